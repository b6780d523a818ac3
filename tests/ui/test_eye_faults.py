"""The eye sees what is planted; lists that drop down, menus and refused fields are seen too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.eye import FRAME, TEXT, Looker, contrast, ink_on_ground
from ui import style
from ui.focus.reading_order import stops
from ui.widgets.basics import button, label, restyle, tool
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import across, down


class Board(Dialog):
    """Two lines of fields and a button."""

    def __init__(self) -> None:
        super().__init__("样板", None)
        self.last = button("确定", self, self.accept)
        self.fields = [QLineEdit("甲", self) for _ in range(4)]
        for at, field in enumerate(self.fields):
            field.setAccessibleName(f"第{at + 1}栏")
        above, below = across(*self.fields[:2]), across(*self.fields[2:])
        down(label("说明文字", self), above, below, self.last, within=self, edges=20)


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    made = Board()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    QCoreApplication.processEvents()
    return made


def test_a_sound_dialog_has_no_fault(board: Board) -> None:
    assert Looker().faults(board) == []
    assert stops(board) == [*board.fields, board.last], "made first, read last"


def unreachable(board: Board) -> str:
    board.fields[1].setFocusPolicy(Qt.FocusPolicy.TabFocus)
    board.focusNextPrevChild = lambda forward: False  # type: ignore[method-assign]
    return "Tab never reaches"


def against_the_reading(board: Board) -> str:
    layout = board.layout()
    assert layout is not None
    inner = layout.itemAt(1).layout()
    assert isinstance(inner, QHBoxLayout)
    inner.setDirection(QHBoxLayout.Direction.RightToLeft)
    return "is read before"


def unseen_focus(board: Board) -> str:
    board.last.setStyleSheet("QPushButton:focus { border: 1px solid #7D8996; padding: 5px 12px 4px }")
    return "the focus on"


def pale_words(board: Board) -> str:
    board.findChildren(QLabel)[0].setStyleSheet("color: #A0A8B0")
    return "has contrast"


def pale_frame(board: Board) -> str:
    for field in board.fields:
        field.setStyleSheet("border: 1px solid #DFE4EA")
    return "the frame of"


def no_name(board: Board) -> str:
    nameless = tool("", board, board.accept, "close")
    layout = board.layout()
    assert layout is not None
    layout.addWidget(nameless)
    nameless.show()
    return "has no name"


@pytest.mark.parametrize(
    "plant", [unreachable, against_the_reading, unseen_focus, pale_words, pale_frame, no_name]
)
def test_a_planted_fault_is_found(board: Board, plant: Callable[[Board], str]) -> None:
    told = plant(board)
    QCoreApplication.processEvents()
    found = Looker().faults(board)
    assert any(told in fault for fault in found), found


def test_a_refused_field_is_told_from_others_and_so_is_the_focus_on_it(board: Board) -> None:
    field = board.fields[1]
    board.last.setFocus()
    sound = board.grab(field.geometry()).toImage()
    restyle(field, "wrong", True)
    refused = board.grab(field.geometry()).toImage()
    assert sound != refused
    assert ink_on_ground(refused) >= TEXT
    field.setFocus()
    assert [fault for fault in Looker().faults(board) if "focus" in fault] == []


def test_the_chosen_line_of_what_drops_down_is_read(board: Board, qtbot: QtBot) -> None:
    layout = board.layout()
    assert layout is not None
    combo = QComboBox(board)
    combo.addItems(["重大隐患", "一般隐患"])
    layout.addWidget(combo)
    combo.show()
    combo.showPopup()
    _wait_for(combo.view())
    assert _line(combo.view(), 0) >= TEXT
    combo.hidePopup()
    completer = QCompleter(["红星超市", "红星饭店"], board)
    board.fields[0].setCompleter(completer)
    completer.complete()
    popup = completer.popup()
    popup.setCurrentIndex(completer.completionModel().index(0, 0))
    _wait_for(popup)
    assert _line(popup, 0) >= TEXT
    popup.hide()
    menu = QMenu(board)
    first = menu.addAction("登记整改")
    other = menu.addAction("登记整改")
    menu.popup(board.pos())
    menu.setActiveAction(first)
    _wait_for(menu)
    chosen, plain = (menu.grab(menu.actionGeometry(one)).toImage() for one in (first, other))
    assert ink_on_ground(chosen) >= TEXT
    middle = chosen.height() // 2
    assert contrast(chosen.pixelColor(4, middle), plain.pixelColor(4, middle)) >= FRAME, "seen from across"
    menu.close()


def _wait_for(popup: QWidget) -> None:
    for _ in range(5):
        QCoreApplication.processEvents()
    assert popup.isVisible()


def _line(view: QWidget, row: int) -> float:
    index = view.model().index(row, 0)
    return ink_on_ground(view.viewport().grab(view.visualRect(index)).toImage())


@pytest.mark.parametrize("percent", style.SCALES)
def test_all_text_grows_and_shrinks_at_once(board: Board, percent: int) -> None:
    usual = board.fields[0].fontMetrics().height()
    height = board.last.sizeHint().height()
    style.change_scale(percent)
    QCoreApplication.processEvents()
    try:
        assert board.fields[0].fontMetrics().height() == pytest.approx(usual * percent / 100, abs=2)
        grown = board.fields[0].fontMetrics().height() - usual
        assert board.last.sizeHint().height() == pytest.approx(height + grown, abs=2)
        assert isinstance(board.last, QPushButton)
        assert Looker().faults(board) == []
    finally:
        style.set_scale(100)
