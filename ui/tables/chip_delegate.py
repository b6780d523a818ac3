"""Paints state words as chips, in tables and trees."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.style import ROW_HEIGHT, px
from ui.tables.ledger_model import CHIP_ROLE, Index
from ui.widgets.chip import chip_width, paint_chip

TAIL_ROLE = Qt.ItemDataRole.UserRole + 3
"""Chips that stand after the text of a cell."""

_LEFT = 11
_SPACE = 6


class ChipDelegate(QStyledItemDelegate):
    """Cells with ``CHIP_ROLE`` show a chip for each word, those with ``TAIL_ROLE`` their text and chips."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        chips = index.data(CHIP_ROLE)
        if chips is not None:
            self._paint_ground(painter, option, index)
            _paint_chips(painter, option, option.rect.left() + px(_LEFT), chips)
            return
        super().paint(painter, option, index)
        if tail := index.data(TAIL_ROLE):
            shown = QStyleOptionViewItem(option)
            self.initStyleOption(shown, index)
            text = QFontMetrics(shown.font).horizontalAdvance(shown.text)
            _paint_chips(painter, option, option.rect.left() + text + px(2 * _LEFT), tail)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for the chips."""
        chips = index.data(CHIP_ROLE)
        if chips is None:
            hint = super().sizeHint(option, index)
            return QSize(hint.width(), max(hint.height(), px(ROW_HEIGHT)))
        return QSize(chips_width(chips, option.font), px(ROW_HEIGHT))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = blank.widget.style() if blank.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)


def chips_width(words: Sequence[str], font: QFont) -> int:
    """Return the width in pixels of a column cell that shows these chips."""
    return sum(chip_width(word, font) + px(_SPACE) for word in words) + px(2 * _LEFT)


def _paint_chips(painter: QPainter, option: QStyleOptionViewItem, left: float, words: Sequence[str]) -> None:
    painter.save()
    painter.setClipRect(option.rect)
    for word in words:
        left = paint_chip(painter, left, option.rect.center().y() + 0.5, word, option.font) + px(_SPACE)
    painter.restore()
