"""A state word as a chip: a shape, a word, a quiet ground."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import SMALL, px
from ui.tones import Sign, look

HEIGHT = 22
_SIDE = 8
_MARK = 9
_SPACE = 5


def chip_font(base: QFont) -> QFont:
    """Return the font of chips, made from the font around them."""
    font = QFont(base)
    font.setPixelSize(px(SMALL))
    font.setBold(False)
    return font


def chip_width(word: str, base: QFont) -> int:
    """Return the width in pixels that the chip of ``word`` needs."""
    return QFontMetrics(chip_font(base)).horizontalAdvance(word) + px(2 * _SIDE + _MARK + _SPACE)


def paint_chip(painter: QPainter, left: float, middle: float, word: str, base: QFont) -> float:
    """Paint the chip of ``word`` from ``left`` around the line ``middle``; return its right edge.

    A count may follow the state word after a blank: 已逾期 3.
    """
    tone, mark = look(word.partition(" ")[0])
    box = QRectF(left, middle - px(HEIGHT) / 2, chip_width(word, base), px(HEIGHT))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.ground))
    painter.drawRoundedRect(box, 4, 4)
    side = px(_MARK)
    paint_mark(painter, QRectF(left + px(_SIDE), middle - side / 2, side, side), mark, tone.ink)
    painter.setFont(chip_font(base))
    painter.setPen(QColor(tone.ink))
    text = box.adjusted(px(_SIDE + _MARK + _SPACE), 0, 0, 0)
    painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
    painter.restore()
    return box.right()


def paint_mark(painter: QPainter, box: QRectF, mark: Sign, ink: str) -> None:
    """Paint one of the shapes into ``box`` (a square) in colour ``ink``."""
    colour = QColor(ink)
    pen = QPen(colour, box.width() / 6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    line = box.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is Sign.RING:
        painter.drawEllipse(line)
    elif mark is Sign.HALF:
        painter.drawEllipse(line)
        painter.setBrush(colour)
        painter.drawPie(line, -90 * 16, 180 * 16)
    elif mark is Sign.CHECK:
        painter.drawPolyline(_at(line, (0.05, 0.55), (0.4, 0.9), (1.0, 0.15)))
    elif mark is Sign.CROSS:
        painter.drawLine(line.topLeft(), line.bottomRight())
        painter.drawLine(line.topRight(), line.bottomLeft())
    else:
        _paint_solid(painter, box, mark, colour)
    painter.restore()


def _paint_solid(painter: QPainter, box: QRectF, mark: Sign, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if mark is Sign.TRIANGLE:
        painter.drawPolygon(_at(box, (0.5, 0.02), (1.0, 0.95), (0.0, 0.95)))
    elif mark is Sign.BAR:
        painter.drawRoundedRect(box.adjusted(0, box.height() * 0.3, 0, -box.height() * 0.3), 1, 1)
    else:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _at(box: QRectF, *points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points])


class Chip(QWidget):
    """One chip standing by itself."""

    def __init__(self, word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    @property
    def word(self) -> str:
        """The word it shows."""
        return self._word

    def sizeHint(self) -> QSize:
        """The size the word needs."""
        return QSize(chip_width(self._word, self.font()), px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, 0, self.height() / 2, self._word, self.font())
        painter.end()
