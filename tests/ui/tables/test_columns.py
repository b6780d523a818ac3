"""Columns are moved, hidden and frozen by keys and menu, and stand so again the next day."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from ui.memory import Memory
from ui.pages.hazard_page import HazardPage
from ui.tables.columns import HeadingMenu
from ui.tables.ledger_table import LedgerTable
from ui.window import MainWindow

At = Callable[[int, str], LedgerTable]
Press = Callable[..., None]
ALT = Qt.KeyboardModifier.AltModifier


def names(page: HazardPage) -> list[str]:
    return [field.name for field in page.model.fields]


def do(menu: HeadingMenu, text: str) -> None:
    next(act for act in menu.actions() if act.text().startswith(text)).trigger()


def test_a_column_is_moved_by_keys_and_the_cell_goes_along(
    at: At, press: Press, page: HazardPage, ids: list[int]
) -> None:
    before = names(page)
    table = at(2, "place")
    press(Qt.Key.Key_Left, ALT)
    assert names(page) == ["place", "unit_name", *before[2:]]
    assert table.currentIndex().data() == "2号车间"
    press(Qt.Key.Key_Left, ALT)
    assert names(page)[0] == "place", "there is nothing further left"
    press(Qt.Key.Key_Right, ALT, times=2)
    assert names(page)[2] == "place"
    assert table.current() == ids[2]


def test_the_order_of_the_rows_and_its_mark_stay(at: At, press: Press, page: HazardPage) -> None:
    at(2, "place")
    press(Qt.Key.Key_Left, ALT)
    assert [page.model.index(row, 0).data() for row in range(6)] == [f"{n}号车间" for n in range(6)]
    assert page.table.horizontalHeader().sortIndicatorSection() == 0


def test_a_heading_that_is_dragged_takes_its_column_along(page: HazardPage) -> None:
    before = names(page)
    header = page.table.horizontalHeader()
    header.moveSection(0, 2)
    QCoreApplication.processEvents()
    assert names(page) == [before[1], before[2], before[0], *before[3:]]
    assert [header.visualIndex(column) for column in range(3)] == [0, 1, 2]


def test_frozen_columns_stay_in_sight_and_are_reached(at: At, press: Press, page: HazardPage) -> None:
    table = page.table
    do(table.heading_menu(1), "冻结到")
    at(3, names(page)[-1])
    table.scrollTo(table.currentIndex())
    assert table.horizontalScrollBar().value()
    first = table.visualRect(page.model.index(3, 0))
    assert first.left() == 0
    assert table.indexAt(first.center()).column() == 0
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first.center())
    assert table.currentIndex().column() == 0
    at(3, names(page)[4])
    table.scrollTo(table.currentIndex())
    assert table.visualRect(table.currentIndex()).left() >= table.frozen_width(), "not under the frozen"
    table.grab()
    do(table.heading_menu(1), "取消冻结")
    assert not table.frozen_width()


def test_a_column_is_hidden(page: HazardPage) -> None:
    before = names(page)
    do(page.table.heading_menu(1), "隐藏")
    assert names(page) == [before[0], *before[2:]]


def test_order_and_freezing_are_remembered(
    page: HazardPage, window: MainWindow, at: At, press: Press
) -> None:
    at(0, "place")
    press(Qt.Key.Key_Left, ALT)
    page.table.freeze(1)
    memory = window.findChild(Memory)
    assert memory is not None
    page.keep(memory)
    page.table.show_columns(())
    page.table.freeze(0)
    page.restore(memory)
    assert names(page)[0] == "place"
    assert page.table.frozen == 1
