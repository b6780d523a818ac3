"""The import dialog on the page of the hazards, driven by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.conftest import Seen, turn
from ui.imports.dialog import ImportDialog
from ui.pages.hazard_page import HazardPage
from ui.window import MainWindow

Kind = TypeVar("Kind", bound=QWidget)
Rows = Sequence[Sequence[str | int]]
Made = Callable[[Rows], Path]
Press = Callable[..., None]

LEDGER: Rows = (
    ("2023年隐患排查台账",),
    ("填报单位：示例村",),
    ("序号", "隐患等级", "隐患情况", "所在部位", "检查日期", "整改期限", "天气"),
    (1, "一般", "配电箱未上锁", "配电房", "2023-05-01", "2023-05-20", "晴"),
    (2, "较重", "通道堵塞", "仓库", "2023-05-02", "2023-05-20", "阴"),
    (3, "一般", "灭火器过期", "厨房", "五一前后", "2023-05-20", ""),
    (1, "一般", "配电箱未上锁", "配电房", "2023-05-01", "2023-05-20", "晴"),
)
"""A village's ledger: no source and no sector, an unknown word, a day that is none, a row twice."""


@pytest.fixture
def page(window: MainWindow) -> HazardPage:
    return turn(window, HazardPage)


@pytest.fixture
def dialog(page: HazardPage, seen: Seen) -> ImportDialog:
    """The dialog, empty."""
    page.import_sheet()
    found: ImportDialog = seen(page, ImportDialog)
    return found


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Write rows into a workbook."""

    def write(rows: Rows) -> Path:
        book = Workbook()
        sheet: Any = book.active
        for row in rows:
            sheet.append(row)
        book.save(tmp_path / "示例村.xlsx")
        return tmp_path / "示例村.xlsx"

    return write


def press(*keys: Qt.Key) -> None:
    """Press keys one after the other, each where the focus is then."""
    for key in keys:
        QCoreApplication.processEvents()
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)
    QCoreApplication.processEvents()


def focus_text() -> str:
    """Return what stands on the button that has the focus."""
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton), button
    return button.text()


def cells(dialog: ImportDialog, column: str) -> list[str]:
    """Return what a column of the mending table shows; by its heading in the sheet, else by its label."""
    model = dialog.mending.table.rows
    heads = [
        str(model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        for at in range(model.columnCount())
    ]
    place = next(at for at, head in enumerate(heads) if column in head.replace("→ ", "").split("\n"))
    return [str(model.data(model.index(row, place))) for row in range(model.rowCount())]


def filters(dialog: ImportDialog) -> list[str]:
    """Return the filters that are offered, with their counts."""
    return [made.text() for made in dialog.mending.buttons.values() if made.isVisible()]
