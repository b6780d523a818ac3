"""Paints the cells of a ledger: the rows that are chosen, the block within them, and the current cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from ui.style import ACCENT, INK_FAINT
from ui.tables.chip_delegate import ChipDelegate

_BLOCK = QColor("#CFE0F1")
"""The ground of a block of cells: darker than that of the rows it lies in."""


class CellDelegate(ChipDelegate):
    """A chosen row is seen over its whole width, the block of cells in it, and where the cursor stands."""

    def __init__(self, view: QAbstractItemView, row_is_chosen: Callable[[int], bool]) -> None:
        super().__init__(view)
        self._view, self._row_is_chosen = view, row_is_chosen
        self.marks_block = False
        """Whether less than whole rows is selected, so that the block is to be seen."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        shown = QStyleOptionViewItem(option)
        selected = QStyle.StateFlag.State_Selected
        if self.marks_block and shown.state & selected:
            painter.fillRect(shown.rect, _BLOCK)
            shown.state &= ~selected
        elif self._row_is_chosen(index.row()):
            shown.state |= selected
        shown.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, shown, index)
        if index == self._view.currentIndex():
            _frame(painter, shown.rect, ACCENT if self._view.hasFocus() else INK_FAINT)


def _frame(painter: QPainter, rect: QRect, colour: str) -> None:
    painter.save()
    painter.setPen(QPen(QColor(colour), 2))
    painter.drawRect(rect.adjusted(1, 1, -1, -1))
    painter.restore()
