"""How high the lines of a document stand in a width, and where the columns of its tables are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

from hazard_desk.grid.grid import Grid, Place
from ui.plans.review.lines import LineKey, PaperLine, column_shares
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
        open_blocks: dict[tuple[int, Place], int] = {}
        place, top = -1, 0
        for line in self._lines:
            if line.table is None:
                lines = lines_needed(line.text, room, self.em)
                self._heights[line.key] = lines * self.step + _BETWEEN
                continue
            place, top = (place, top) if place == line.place else (line.place, 0)
            self._tops[line.key] = top
            self._heights[line.key] = self._row_height(line, line.table, top, open_blocks)
            top += self._heights[line.key]
        return True

    def height(self, line: PaperLine) -> int:
        """Return how high a line stands."""
        return self._heights.get(line.key, self.step)

    def cell(self, line: PaperLine, origin: Place) -> QRect:
        """Return where the block of a cell begins within its row, and what it spans of the row."""
        edges = self._edges[line.place]
        right = origin[1] + 1
        if line.table is not None:
            while right < len(edges) - 1 and line.table.origin(line.row, right) == origin:
                right += 1
        above = self._tops.get(line.key, 0) - self._tops.get((line.place, origin[0]), 0)
        return QRect(edges[origin[1]], -above, edges[right] - edges[origin[1]], self.height(line) + above)

    def _row_height(
        self, line: PaperLine, table: Grid, top: int, blocks: dict[tuple[int, Place], int]
    ) -> int:
        """High enough for the cells of one row, and for the blocks that end in it."""
        needed = 1
        pixels = 0
        edges = self._edges[line.place]
        for origin in line.cells():
            right = origin[1] + 1
            while right < len(edges) - 1 and table.origin(line.row, right) == origin:
                right += 1
            text = table.text(*origin)
            width = edges[right] - edges[origin[1]] - 2 * PADDING
            if table.origin(line.row + 1, origin[1]) == origin:  # it goes on below
                blocks.setdefault((line.place, origin), top)
                continue
            if origin[0] < line.row:
                began = blocks.get((line.place, origin), top)
                whole = lines_needed(text, width, self.em) * self.step + 2 * PADDING
                pixels = max(pixels, whole - (top - began))
            elif text:
                needed = max(needed, lines_needed(text, width, self.em))
        return max(needed * self.step + 2 * PADDING, pixels)
