"""Larger and smaller text: what holds it grows with it, nothing is cut and nothing touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLineEdit,
    QStyleOptionButton,
    QTableWidget,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hazard_desk.rules.fields import Field, Kind
from tests.ui.conftest import turn
from ui import style
from ui.forms.editors import DateEditor
from ui.forms.pattern_editor import PatternEditor
from ui.office import Office
from ui.pages.duties_page import DutiesPage
from ui.tables.ledger_model import LedgerModel
from ui.tables.ledger_table import LedgerTable
from ui.widgets.bars import Bars
from ui.widgets.basics import ElidedLink, button, label
from ui.widgets.chip import HEIGHT
from ui.widgets.flow import FlowLayout
from ui.widgets.master_detail import MasterDetail
from ui.widgets.rows import by_rows
from ui.window import MainWindow

TODAY = date(2023, 10, 20)


def _draw_at(percent: int) -> None:
    """Draw all text this large: widgets that stand already are told by events."""
    style.change_scale(percent)
    QCoreApplication.processEvents()


@pytest.fixture(params=style.SCALES)
def board(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[QWidget]:
    """A window whose text has each of the sizes."""
    _draw_at(request.param)
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    _draw_at(100)


def test_the_parts_of_a_number_are_seen_whole(board: QWidget) -> None:
    editor = PatternEditor(Field("number", "隐患编号"), TODAY, board)
    editor.put("三星隐患〔{year}〕{seq:03}号（示例）")
    board.show()
    editor.resize(560, editor.heightForWidth(560))
    for line in (editor.before, editor.between, editor.after):
        assert line.fontMetrics().horizontalAdvance(line.text()) <= line.width() - 20
        assert line.geometry().right() < editor.width()


def test_a_day_beside_other_choices_is_seen_whole(board: QWidget) -> None:
    editor = DateEditor(Field("day", "截至日期", Kind.DATE), TODAY, board)
    editor.stay_short()
    editor.put(TODAY)
    room = editor.sizeHint().width() - style.BODY * 3
    assert editor.line.fontMetrics().horizontalAdvance(editor.line.text()) <= room


def test_the_chips_of_counts_do_not_touch(board: QWidget) -> None:
    bars = Bars(board)
    bars.show_counts({"逾期完成": 5, "已逾期": 2})
    assert all(line.sizeHint().height() > style.px(HEIGHT) for line in bars.findChildren(QAbstractButton))


def test_a_link_to_a_long_name_gives_way_and_keeps_its_whole_name(board: QWidget, qtbot: QtBot) -> None:
    followed: list[bool] = []
    link = ElidedLink(
        "某某乡某某村某某农业机械服务专业合作社 安全生产责任制", board, lambda: followed.append(True)
    )
    assert link.minimumSizeHint().width() < 120
    assert link.sizeHint().width() > link.fontMetrics().horizontalAdvance(link.text())
    link.resize(150, 40)
    option = QStyleOptionButton()
    link.initStyleOption(option)
    assert option.text.endswith("…")
    assert link.accessibleName() == link.toolTip() == link.text()
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert followed == [True]


def test_a_link_with_room_is_seen_whole(board: QWidget) -> None:
    for words in ("三星隐患〔2023〕196号", "2023-10-20 某某农机服务专业合作社", "任务8"):
        link = ElidedLink(words, board, lambda: None)
        link.resize(link.sizeHint())
        option = QStyleOptionButton()
        link.initStyleOption(option)
        assert option.text == words


def test_pieces_of_a_line_stand_on_one_middle(board: QWidget) -> None:
    line = FlowLayout(board)
    pieces = [QComboBox(board), label("年份", board, "small"), QComboBox(board)]
    for piece in pieces:
        line.addWidget(piece)
    board.resize(1000, 200)
    board.show()
    middles = [piece.geometry().center().y() for piece in pieces]
    assert max(middles) - min(middles) <= 1


def test_columns_and_sizes_follow_the_text(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    table, tree, box = QTableWidget(2, 3, around), QTreeWidget(around), QLineEdit(around)
    tree.setColumnCount(2)
    by_rows(table)
    style.sized(box, width=230, least_height=40)
    table.setColumnWidth(0, style.letters(8))
    table.setColumnWidth(1, 71)  # as it was dragged
    tree.setColumnWidth(0, style.letters(5))
    for percent in (175, 90, 150):
        _draw_at(percent)
        assert table.columnWidth(0) == pytest.approx(style.letters(8), abs=2)
        assert table.columnWidth(1) == pytest.approx(style.px(71), abs=2)
        assert tree.columnWidth(0) == pytest.approx(style.letters(5), abs=2)
        assert (box.minimumWidth(), box.maximumWidth(), box.minimumHeight()) == (
            *[style.px(230)] * 2,
            style.px(40),
        )
        assert table.rowHeight(0) == style.px(style.ROW_HEIGHT)
    _draw_at(100)
    assert (box.maximumWidth(), table.columnWidth(0)) == (230, pytest.approx(style.letters(8), abs=2))


@pytest.mark.parametrize("percent", style.SCALES)
def test_the_lists_that_are_not_scrolled_sideways_show_days_and_states_whole(
    window: MainWindow, percent: int
) -> None:
    """At 1366 pixels, whatever the size: the fixed columns take what they show, names take the rest."""
    _draw_at(percent)
    tree = turn(window, DutiesPage).list
    text = tree.fontMetrics()
    for line in tree.lines.values():
        for column, field in enumerate(tree.shown_fields):
            if field.kind in (Kind.DATE, Kind.INTEGER):
                assert text.horizontalAdvance(line.text(column)) <= tree.columnWidth(column) - 16
    assert tree.columnWidth(0) > style.letters(8)
    _draw_at(100)


def test_the_handle_kept_at_one_size_gives_the_list_its_room_at_another(window: MainWindow) -> None:
    _draw_at(150)
    large = MasterDetail(QWidget(window), QWidget(window), window)
    kept = large.state()
    _draw_at(100)
    split = turn(window, DutiesPage).split
    split.restore(kept)
    before = split.splitter.sizes()
    split.restore(split.state())
    assert split.splitter.sizes() == pytest.approx(before, abs=2)
    assert before[1] == pytest.approx(400, abs=12)


def test_only_columns_that_were_dragged_are_kept_and_the_others_fit_every_size(
    office: Office, qtbot: QtBot
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    table = LedgerTable(LedgerModel(office, office.desk.enterprise_duties), around)
    assert table.widths() == {}
    for percent in (175, 90, 150, 100):
        _draw_at(percent)
        assert table.widths() == {}
    table.setColumnWidth(0, 321)
    assert list(table.widths().values()) == [321]


def test_another_size_styles_no_widget_anew_and_reaches_those_that_are_not_seen(window: MainWindow) -> None:
    """A style sheet set again costs half a millisecond for each of some thousand widgets."""
    page, unseen = turn(window, DutiesPage), window.pages[0]
    styled = _Count(QEvent.Type.StyleChange)
    for widget in (page, *page.findChildren(QWidget), unseen):
        widget.installEventFilter(styled)
    dialog = QDialog(window)
    words = [label("字", dialog, role) for role in ("", "small", "title")]
    dialog.show()
    box = button("查看", dialog, dialog.accept, "print")
    _draw_at(150)
    assert styled.times == 0
    assert [one.font().pixelSize() for one in words] == [21, 18, 27]
    assert words[2].font().bold()
    assert (box.iconSize().width(), unseen.font().pixelSize()) == (style.px(style.ICON), 21)
    _draw_at(100)
    assert [one.font().pixelSize() for one in words] == [14, 12, 18]


class _Count(QObject):
    """How many events of a kind the widgets that it watches are sent."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__()
        self._kind, self.times = kind, 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == self._kind
        return False
