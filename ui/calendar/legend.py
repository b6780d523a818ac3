"""Which colour stands for which kind of dated thing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hazard_desk.figures.dated import DUE_KINDS
from ui.calendar.looks import LEFT
from ui.style import CONTROL_HEIGHT, INK_SOFT, SMALL, px
from ui.tones import KIND_TONES

_BAR, _SPACE, _BETWEEN = 4, 5, 12


class KindLegend(QWidget):
    """A short bar and a word for each kind; takes no more room than is left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._font = QFont(self.font())
        self._font.setPixelSize(px(SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("图例")

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font)
        widths = [_BAR + _SPACE + metrics.horizontalAdvance(word) + _BETWEEN for word in DUE_KINDS.values()]
        return QSize(sum(widths), px(CONTROL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, px(CONTROL_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many kinds as have room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        left = 0.0
        for kind, word in DUE_KINDS.items():
            width = painter.fontMetrics().horizontalAdvance(word)
            if left + _BAR + _SPACE + width > self.width():
                break
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(KIND_TONES[kind].ink))
            painter.drawRoundedRect(QRectF(left, self.height() / 2 - 7, _BAR, 14), 2, 2)
            painter.setPen(QColor(INK_SOFT))
            painter.drawText(QRectF(left + _BAR + _SPACE, 0, width + 4, self.height()), LEFT, word)
            left += _BAR + _SPACE + width + _BETWEEN
        painter.end()
