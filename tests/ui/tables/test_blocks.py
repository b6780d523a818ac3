"""A block of cells goes to the spreadsheet and comes back: previewed, refused by cell, one act, one undo."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change
from tests.ui.conftest import Seen
from ui.pages.hazard_page import HazardPage
from ui.production import Progress
from ui.tables.ledger_table import LedgerTable
from ui.tables.paste_dialog import PasteDialog
from ui.window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
At = Callable[[int, str], LedgerTable]
Press = Callable[..., None]
Preview = Callable[[], PasteDialog]


def clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def listed(dialog: PasteDialog) -> list[list[str]]:
    table = dialog.table
    cells = [[table.item(row, column) for column in range(5)] for row in range(table.rowCount())]
    return [[cell.text() for cell in row if cell is not None] for row in cells]


@pytest.fixture
def preview(window: MainWindow, seen: Seen) -> Preview:
    return lambda: seen(window, PasteDialog)


def test_a_block_is_copied_with_its_line_breaks(at: At, press: Press, desk: Desk, ids: list[int]) -> None:
    desk.hazards.change(ids[1], {"description": "通道堵塞\n物品堆放"})
    at(0, "place")
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().mimeData()
    lines = copied.text().split("\r\n")
    assert lines[0] == f"0号车间\t{desk.hazards.get(ids[0]).description}"
    assert lines[1] == '1号车间\t"通道堵塞\n物品堆放"'
    assert copied.html().count("<td") == 4
    assert '通道堵塞<br style="mso-data-placement:same-cell">物品堆放' in copied.html()


def test_what_was_copied_comes_back_unchanged(
    at: At, press: Press, page: HazardPage, window: MainWindow, preview: Preview
) -> None:
    at(0, "number")
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_C, CTRL)
    at(0, "unit_name")
    press(Qt.Key.Key_V, CTRL)
    assert not listed(preview()), "every cell says what it said before"


def test_a_pasted_block_is_shown_before_it_is_entered_and_is_one_act(
    at: At,
    press: Press,
    desk: Desk,
    ids: list[int],
    preview: Preview,
    qtbot: QtBot,
    window: MainWindow,
) -> None:
    clipboard('东门\t"一\n二"\r\n西门\t三\r\n')
    at(1, "place")
    press(Qt.Key.Key_V, CTRL)
    dialog = preview()
    assert listed(dialog)[0][1:4] == ["隐患部位", "1号车间", "东门"]
    assert desk.hazards.get(ids[1]).place == "1号车间", "nothing is written before she says so"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hazards.get(ids[1]).place == "东门"
    assert desk.hazards.get(ids[1]).description == "一\n二"
    assert desk.hazards.get(ids[2]).place == "西门"
    assert window.notice.text.startswith("修改隐患2条")
    desk.undo()
    assert [desk.hazards.get(number).place for number in ids[1:3]] == ["1号车间", "2号车间"]


def test_what_cannot_be_entered_is_told_by_cell_and_the_rest_is(
    at: At, press: Press, desk: Desk, ids: list[int], preview: Preview, qtbot: QtBot
) -> None:
    clipboard("2023-05-01\n不是日期\n2023-05-03")
    at(0, "found_on")
    press(Qt.Key.Key_V, CTRL)
    dialog = preview()
    rows = listed(dialog)
    assert rows[0][3] == "不是日期" and "请填写日期" in rows[0][4]
    assert [row[4] for row in rows[1:]] == ["", ""]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.hazards.get(ids[0]).found_on.isoformat() == "2023-05-01"
    assert desk.hazards.get(ids[2]).found_on.isoformat() == "2023-05-03"


def test_what_the_desk_gives_is_not_pasted(
    at: At, press: Press, desk: Desk, ids: list[int], preview: Preview
) -> None:
    clipboard("已销号")
    at(0, "state")
    press(Qt.Key.Key_V, CTRL)
    dialog = preview()
    assert "不在登记的栏目里" in listed(dialog)[0][4]
    assert not dialog.enter.isEnabled()


def test_rows_without_a_record_under_them_are_told(at: At, press: Press, preview: Preview) -> None:
    clipboard("甲\n乙\n丙")
    at(5, "place")
    press(Qt.Key.Key_V, CTRL)
    assert "多出的2行没有对应的记录" in preview().told.text()


def test_one_cell_fills_all_that_are_chosen(
    at: At, press: Press, desk: Desk, ids: list[int], preview: Preview, qtbot: QtBot
) -> None:
    clipboard("仓库")
    at(0, "place")
    press(Qt.Key.Key_Down, SHIFT, times=2)
    press(Qt.Key.Key_V, CTRL)
    qtbot.keyClick(preview(), Qt.Key.Key_Return)
    places = [desk.hazards.get(number).place for number in ids]
    assert places == ["仓库"] * 3 + ["3号车间", "4号车间", "5号车间"]


def test_a_trial_is_beside_the_window_and_can_be_cancelled(
    at: At, press: Press, desk: Desk, ids: list[int], window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    begun, go_on = Event(), Event()
    change = desk.hazards.change

    def slow(number: int, values: Row) -> Change:
        tried.append(number)
        begun.set()
        assert go_on.wait(20)
        return change(number, values)

    monkeypatch.setattr(desk.hazards, "change", slow)
    window.office.jobs.synchronous = False
    clipboard("\n".join(f"{row}号库" for row in range(6)))
    at(0, "place")
    press(Qt.Key.Key_V, CTRL)
    assert begun.wait(20)
    (progress,) = window.findChildren(Progress)
    progress.reject()
    go_on.set()
    window.office.jobs.wait()
    assert tried == ids[:1], "the first record was under way, no other was begun"
    assert not window.findChildren(PasteDialog)
    assert window.notice.text == "已取消"
    assert [desk.hazards.get(number).place for number in ids] == [f"{row}号车间" for row in range(6)]
    monkeypatch.undo()
    desk.hazards.change(ids[0], {"place": "仓库"})
    assert desk.check() == []


def test_the_first_row_is_filled_down_at_once(
    at: At, press: Press, desk: Desk, ids: list[int], window: MainWindow
) -> None:
    at(2, "place")
    press(Qt.Key.Key_Down, SHIFT, times=2)
    press(Qt.Key.Key_D, CTRL)
    assert [desk.hazards.get(number).place for number in ids[2:]] == ["2号车间"] * 3 + ["5号车间"]
    assert window.notice.text.startswith("修改隐患2条")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_D, CTRL)
    assert "请先选择要填充的几行" in window.notice.text
