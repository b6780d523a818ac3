"""Rows of a small table as high as their wrapped words need."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget

_PAD_X, _PAD_Y = 30, 14
"""What the style sheet and the grid take of a cell."""
_TALLEST = 4000


def fit_rows(table: QTableWidget, least: int, first_column: int = 0) -> None:
    """Set the height of every row by its tallest cell, those before ``first_column`` left out."""
    for row in range(table.rowCount()):
        columns = range(first_column, table.columnCount())
        table.setRowHeight(row, max(least, *(_height(table, row, column) for column in columns)))


def _height(table: QTableWidget, row: int, column: int) -> int:
    item = table.item(row, column)
    if item is None:
        return 0
    room = max(table.columnWidth(column) - _PAD_X, _PAD_X)
    wrapped = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
    return table.fontMetrics().boundingRect(0, 0, room, _TALLEST, wrapped, item.text()).height() + _PAD_Y
