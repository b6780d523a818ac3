"""How high the lines of a document stand in a width, and where the columns of its tables are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from ui.plans.review.lines import LineKey, PaperCell, PaperLine, column_shares
from ui.plans.review.measure import lines_needed

MARGIN = 14
"""Pixels beside the text; the mark of what was not used stands in them."""
PADDING = 4
_BETWEEN = 6
"""Pixels between paragraphs."""
_SAMPLE = 40
"""Rows that the widths of the columns are made of."""


class Sizes:
    """The measures of the lines; ``fit`` reckons them for a width."""

    def __init__(self, lines: Sequence[PaperLine], font: QFont) -> None:
        self._lines = lines
        self.font = font
        metrics = QFontMetrics(font)
        self.em = metrics.horizontalAdvance("国")
        self.step = metrics.lineSpacing() + 1
        self.width = 0
        self._heights: dict[LineKey, int] = {}
        self._tops: dict[LineKey, int] = {}
        """Of the rows of a table: how far below its first row."""
        self._edges: dict[int, list[int]] = {}
        tables: dict[int, list[int]] = {}
        for line in lines:
            if line.table is not None:
                tables.setdefault(line.place, []).append(line.row)
        held = {line.place: line.table for line in lines if line.table is not None}
        self._shares = {place: column_shares(held[place], rows[:_SAMPLE]) for place, rows in tables.items()}

    def fit(self, width: int) -> bool:
        """Reckon everything for so many pixels; return whether anything is different now."""
        if width == self.width:
            return False
        self.width = width
        room = width - 2 * MARGIN
        for place, shares in self._shares.items():
            self._edges[place] = [MARGIN + round(part * room) for part in (0.0, *accumulate(shares))]
        self._heights.clear()
        self._tops.clear()
        place, top = -1, 0
        for line in self._lines:
            if line.table is None:
                lines = lines_needed(line.ems, room, self.em)
                self._heights[line.key] = lines * self.step + _BETWEEN
                continue
            place, top = (place, top) if place == line.place else (line.place, 0)
            self._tops[line.key] = top
            self._heights[line.key] = self._row_height(line, top)
            top += self._heights[line.key]
        return True

    def height(self, line: PaperLine) -> int:
        """Return how high a line stands."""
        return self._heights.get(line.key, self.step)

    def area(self, line: PaperLine, cell: PaperCell) -> QRect:
        """Return where the block of a cell stands, as seen from its row: what is above is negative."""
        edges = self._edges[line.place]
        above = self._tops.get(line.key, 0) - self._tops.get((line.place, cell.origin[0]), 0)
        left = edges[cell.origin[1]]
        return QRect(left, -above, edges[cell.right] - left, self.height(line) + above)

    def _row_height(self, line: PaperLine, top: int) -> int:
        """High enough for the cells of one row, and for the blocks that end in it."""
        pixels = self.step + 2 * PADDING
        edges = self._edges[line.place]
        for cell in line.cells:
            if cell.ends and cell.text:
                width = edges[cell.right] - edges[cell.origin[1]] - 2 * PADDING
                above = top - self._tops.get((line.place, cell.origin[0]), top)
                whole = lines_needed(cell.ems, width, self.em) * self.step + 2 * PADDING
                pixels = max(pixels, whole - above)
        return pixels
