"""Draws one line of a document: a paragraph, or the row of a table."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hazard_desk.library.annex.columns import LABELS
from hazard_desk.library.annex.origins import Origin, UsedCell, UsedSpan
from hazard_desk.library.prose.points import OF_TASKS, WHO
from ui.plans.review.lines import PaperCell, PaperLine, Used
from ui.plans.review.sizes import MARGIN, PADDING, Sizes
from ui.style import ACCENT, INK, LINE_STRONG
from ui.tables.ledger_model import Index
from ui.tones import AMBER, BLUE, GREEN, GREY

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_WHO = {WHO, *(LABELS[role] for role in ("leads", "units", "helpers", "deadline", "period"))}
_TASKS = {*OF_TASKS, *LABELS.values()} - _WHO
_MARKED = "#BBD6F2"
_BAR = 4
"""Width of the mark beside a line of which something was not used."""


def ground_of(what: str) -> str:
    """Return the colour of a part of the document by what was made of it."""
    if what in _WHO:
        return GREEN.ground
    return BLUE.ground if what in _TASKS else GREY.ground


class LineDelegate(QStyledItemDelegate):
    """``used`` tells what is coloured."""

    def __init__(self, sizes: Sizes, used: Used, parent: QObject) -> None:
        super().__init__(parent)
        self.sizes, self.used = sizes, used
        self.mark(())

    def mark(self, origins: Collection[Origin]) -> None:
        """Let these parts stand out."""
        self._spans = [one for one in origins if isinstance(one, UsedSpan)]
        self._cells = {(one.place, one.row, one.column) for one in origins if isinstance(one, UsedCell)}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the view, as high as the line was reckoned."""
        return QSize(self.sizes.width, self.sizes.height(index.data(LINE_ROLE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: PaperLine = index.data(LINE_ROLE)
        painter.save()
        painter.setClipRect(option.rect)
        painter.translate(option.rect.topLeft())
        area = QRect(0, 0, option.rect.width(), option.rect.height())
        if line.table is None:
            layout = self._paragraph(line)
            layout.draw(painter, QPointF(MARGIN, 0))
        else:
            for cell in line.cells:
                self._draw_cell(painter, line, cell)
        if line.key in self.used.lost:
            painter.fillRect(QRect(2, 1, _BAR, area.height() - 2), QColor(AMBER.ink))
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_Active)
            painter.setPen(QPen(QColor(ACCENT if focused else LINE_STRONG), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(8, 1, -2, -1))
        painter.restore()

    def character_at(self, line: PaperLine, point: QPoint) -> int:
        """Return the character of a paragraph at a point of its line; 0 in a table."""
        if line.table is not None:
            return 0
        layout = self._paragraph(line)
        for number in range(layout.lineCount()):
            part = layout.lineAt(number)
            if part.y() <= point.y() < part.y() + self.sizes.step:
                found = part.xToCursor(float(point.x() - MARGIN))
                return found[0] if isinstance(found, tuple) else found
        return 0

    def _paragraph(self, line: PaperLine) -> QTextLayout:
        layout = QTextLayout(line.text.replace("\n", "\u2028"), self.sizes.font)
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter if line.centred else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(line))
        layout.beginLayout()
        y = 2.0
        while (part := layout.createLine()).isValid():
            part.setLineWidth(self.sizes.width - 2 * MARGIN)
            part.setPosition(QPointF(0, y))
            y += self.sizes.step
        layout.endLayout()
        return layout

    def _formats(self, line: PaperLine) -> list[QTextLayout.FormatRange]:
        spans = [(span, ground_of(span.what)) for span in self.used.spans.get(line.place, ())]
        spans += [(one, _MARKED) for one in self._spans if one.place == line.place]
        return [_range(span.start, span.end, colour) for span, colour in spans]

    def _draw_cell(self, painter: QPainter, line: PaperLine, cell: PaperCell) -> None:
        area = self.sizes.area(line, cell)
        what = self.used.cells.get((line.place, *cell.origin))
        if what is not None:
            painter.fillRect(area, QColor(ground_of(what)))
        if (line.place, *cell.origin) in self._cells:
            painter.fillRect(area, QColor(_MARKED))
        painter.setPen(QColor(LINE_STRONG))
        painter.drawLine(area.topLeft(), area.bottomLeft())
        painter.drawLine(area.topRight(), area.bottomRight())
        if cell.origin[0] == line.row:
            painter.drawLine(area.topLeft(), area.topRight())
        if cell.ends:
            painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(INK))
        painter.setFont(self.sizes.font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(QRectF(area.adjusted(PADDING, PADDING, -PADDING, 0)), cell.text, option)


def _range(start: int, end: int, colour: str) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    form = QTextCharFormat()
    form.setBackground(QColor(colour))
    made.format = form
    return made
