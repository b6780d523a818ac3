"""A table of six hazards in the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from ui.pages.hazard_page import HazardPage
from ui.tables.ledger_table import LedgerTable
from ui.window import MainWindow


@pytest.fixture
def ids(desk: Desk, found: Row) -> list[int]:
    """Six hazards in the order of their places."""
    return [desk.hazards.add(found | {"place": f"{n}号车间"}).ids[0] for n in range(6)]


@pytest.fixture
def page(window: MainWindow, ids: list[int]) -> HazardPage:
    """The page of the hazards, sorted by place, the first row current."""
    window.activateWindow()
    window.open_ledger("hazards", {})
    shown = window.page
    assert isinstance(shown, HazardPage)
    at = [field.name for field in shown.model.fields].index("place")
    shown.table.sortByColumn(at, Qt.SortOrder.AscendingOrder)
    shown.table.selectRow(0)
    shown.table.setFocus()
    QCoreApplication.processEvents()
    return shown


@pytest.fixture
def at(page: HazardPage) -> Callable[[int, str], LedgerTable]:
    """Put the cursor into the cell of a row and a field."""

    def go(row: int, name: str) -> LedgerTable:
        column = [field.name for field in page.model.fields].index(name)
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        page.table.selectionModel().setCurrentIndex(page.model.index(row, column), only)
        return page.table

    return go


@pytest.fixture
def press(page: HazardPage) -> Callable[..., None]:
    """Press a key in the table, so many times."""

    def key(key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(page.table, key, with_)
        QCoreApplication.processEvents()

    return key
