"""Blocks as WPS and Excel copy them: headings, quotation marks, empty cells, dates written otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from tests.ui.conftest import Seen
from ui.pages.hazard_page import HazardPage
from ui.tables.ledger_table import LedgerTable
from ui.tables.paste_dialog import PasteDialog
from ui.together.refusals_dialog import RefusalsDialog
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
Paste = Callable[[str, int, str], PasteDialog]


@pytest.fixture
def paste(
    at: Callable[[int, str], LedgerTable], press: Callable[..., None], window: MainWindow, seen: Seen
) -> Paste:
    """Paste a text at a cell and return what it says it would change."""

    def do(text: str, row: int, name: str) -> PasteDialog:
        QGuiApplication.clipboard().setText(text)
        at(row, name)
        press(Qt.Key.Key_V, CTRL)
        return seen(window, PasteDialog)

    return do


def places(desk: Desk, ids: list[int]) -> list[str]:
    return [desk.hazards.get(number).place for number in ids]


def test_a_column_copied_with_its_heading_changes_as_many_rows_as_it_has(
    paste: Paste, desk: Desk, ids: list[int], qtbot: QtBot
) -> None:
    qtbot.keyClick(paste("隐患部位\r\n东门\r\n", 1, "place"), Qt.Key.Key_Return)
    assert places(desk, ids) == ["0号车间", "东门", "2号车间", "3号车间", "4号车间", "5号车间"]
    assert desk.hazards.get(ids[1]).description == desk.hazards.get(ids[0]).description


def test_one_row_copied_with_its_headings_is_one_row(
    paste: Paste, desk: Desk, ids: list[int], qtbot: QtBot
) -> None:
    dialog = paste("隐患部位\t隐患描述\r\n东门\t门锁坏\r\n", 1, "place")
    assert dialog.table.rowCount() == 2
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert places(desk, ids)[1:3] == ["东门", "2号车间"]


def test_a_text_that_begins_with_a_quotation_mark_comes_back_as_it_went(
    at: Callable[[int, str], LedgerTable],
    press: Callable[..., None],
    paste: Paste,
    desk: Desk,
    ids: list[int],
) -> None:
    desk.hazards.change(ids[0], {"place": '"安全出口"标志旁'})
    at(0, "place").choose(ids[0])
    press(Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    dialog = paste(copied, 2, "place")
    assert dialog.table.item(0, 3).text() == '"安全出口"标志旁'


@pytest.mark.parametrize("written", ["2023/5/1", "２０２３－０５－０１", "45047", "2023年5月1日"])
def test_a_date_written_otherwise_is_no_change(
    paste: Paste, desk: Desk, ids: list[int], written: str
) -> None:
    desk.hazards.change(ids[2], {"found_on": "2023-05-01"})
    dialog = paste(f"{written}\r\n", 2, "found_on")
    assert not dialog.table.rowCount()
    assert not dialog.enter.isEnabled()
    assert "没有可以修改的内容" in dialog.told.text()


def test_empty_rows_at_the_end_are_pasted_like_those_before(
    paste: Paste, desk: Desk, ids: list[int], qtbot: QtBot, page: HazardPage
) -> None:
    for number in ids:
        desk.hazards.change(number, {"remark": "旧"})
    page.table.show_columns(["place", "remark"])
    dialog = paste("\r\n新\r\n\r\n", 1, "remark")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [desk.hazards.get(number).remark for number in ids] == ["旧", "", "新", "", "旧", "旧"]


def test_what_another_act_made_impossible_meanwhile_is_told_and_wears_no_tick(
    paste: Paste, desk: Desk, ids: list[int], qtbot: QtBot, window: MainWindow, seen: Seen
) -> None:
    for number in ids[1:3]:
        desk.hazards.change(number, {"found_on": "2023-05-01"})
    dialog = paste("2023/5/20\r\n2023/5/21\r\n", 1, "deadline")
    assert dialog.enter.text() == "修改"
    desk.hazards.change(ids[1], {"found_on": "2023-05-25"})
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hazards.get(ids[2]).deadline == date(2023, 5, 21)
    assert desk.hazards.get(ids[1]).deadline != date(2023, 5, 20)
    assert seen(window, RefusalsDialog).table.rowCount() == 1
    assert "1条没有办成" in window.notice.text


def test_the_word_for_a_gap_is_no_content(paste: Paste) -> None:
    assert "不是内容" in paste("待补", 2, "place").table.item(0, 4).text()
