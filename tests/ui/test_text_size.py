"""Larger and smaller text: what holds it grows with it, nothing is cut and nothing touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.rules.fields import Field, Kind
from ui import style
from ui.forms.editors import DateEditor
from ui.forms.pattern_editor import PatternEditor
from ui.widgets.bars import Bars
from ui.widgets.basics import ElidedLink
from ui.widgets.chip import HEIGHT

TODAY = date(2023, 10, 20)


@pytest.fixture(params=style.SCALES)
def board(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[QWidget]:
    """A window whose text has each of the sizes."""
    style.set_scale(request.param)
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    style.set_scale(100)


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
