"""How many of each state, as a list of words, counts and bars; each line can be clicked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.style import ACCENT, GROUND, INK, LINE, px
from ui.tones import look
from ui.widgets.basics import clear
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.layouts import down

_LINE_HEIGHT = 32
_BESIDE = 140
"""Pixels beside the chips, for the bar and the count."""
_FIGURES = "0000"
"""The widest count."""


class Bars(QWidget):
    """Lines of counts. ``chosen`` tells the word that was clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = down(within=self, gap=0)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show the counts in the order given."""
        clear(self._layout)
        most = max(counts.values(), default=0)
        for word, count in counts.items():
            line = _BarLine(word, count, count / most if most else 0.0, tuple(counts), self)
            line.clicked.connect(partial(self.chosen.emit, word))
            self._layout.addWidget(line)


class _BarLine(QAbstractButton):
    def __init__(self, word: str, count: int, part: float, words: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._word, self._count, self._part, self._words = word, count, part, words
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{word} {count}")
        self.setToolTip(f"查看“{word}”的{count}条")

    def sizeHint(self) -> QSize:
        return QSize(self._widest() + _BESIDE, px(_LINE_HEIGHT))

    def _widest(self) -> int:
        """How wide the widest chip of all lines is, at the size that the text has now."""
        return max(chip_width(word, self.font()) for word in self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(ACCENT) if self.hasFocus() else QColor(GROUND))
            painter.setBrush(QColor(GROUND))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        paint_chip(painter, 4, middle, self._word, self.font())
        figures = self.fontMetrics().horizontalAdvance(_FIGURES)
        left = 4 + self._widest() + 12
        room = max(0, self.width() - left - figures - 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LINE))
        painter.drawRoundedRect(QRectF(left, middle - 3, room, 6), 3, 3)
        if self._part:
            painter.setBrush(QColor(look(self._word)[0].ink))
            painter.drawRoundedRect(QRectF(left, middle - 3, max(6.0, room * self._part), 6), 3, 3)
        painter.setPen(QColor(INK))
        count = QRectF(self.width() - figures - 6, 0, figures, self.height())
        painter.drawText(count, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._count))
        painter.end()
