"""Divides a table's rows among pages: rows stay whole, a merged cell is closed and goes on overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from hazard_desk.papers.pdf.table_grid import Box, BoxGrid
from hazard_desk.papers.pdf.table_ruler import Ruler

_GOOD_FILL = 0.85
"""A page may end early, filled at least so far, when that keeps merged cells whole."""

_TOLERANCE = 0.01


class Part(NamedTuple):
    """What stands of a box on one page: the rows there that it covers, and its lines."""

    box: Box
    first: int
    end: int
    lines: list[str]


class PageRows(NamedTuple):
    """The rows of one page: their heights, and the parts of boxes on them.

    ``early``: the page has room for more rows, but merged cells stay whole, or what follows has no room.
    """

    heights: list[float]
    parts: list[Part]
    early: bool = False


class _Cut(NamedTuple):
    """Where a page may end: after so many rows, so far down, with so many merged cells cut through.

    ``lacking`` is what the last row must grow by, for those cells to hold their text.
    """

    rows: int
    used: float
    lacking: float
    crossed: int
    heading: bool = False
    """Whether its last row is a heading over the rows that follow."""


@dataclass
class Rows:
    """The rows of a grid, taken page by page. ``full`` is the room for rows on an empty page."""

    grid: BoxGrid
    ruler: Ruler
    full: float
    at: int = 0

    @property
    def done(self) -> bool:
        """True when no row is left."""
        return self.at >= len(self.grid.heights)

    def take(self, room: float, after: float = 0) -> PageRows | None:
        """Return the next rows that fit ``room``, at least one on an empty page; None when none fits.

        ``after`` is what stands below the table: where it goes overleaf the last row goes along.
        """
        heights, cuts = self._cuts(room)
        furthest = cuts[-1] if cuts else None
        if cuts and self.at + cuts[-1].rows == len(self.grid.heights) and cuts[-1].used + after > room:
            if len(cuts) > 1:
                cuts.pop()
            elif room < self.full - _TOLERANCE:
                return None
        while cuts and cuts[-1].heading:
            cuts.pop()
            if not cuts and room < self.full - _TOLERANCE:
                return None
        if cuts:
            best = self._best(cuts, room)
            heights = heights[: best.rows]
            heights[-1] += best.lacking
            return self._page(heights, early=best is not furthest)
        return self._page(heights[:1]) if room >= self.full - _TOLERANCE else None

    def _cuts(self, room: float) -> tuple[list[float], list[_Cut]]:
        """The heights of rows down to where ``room`` ends, and where the page may end."""
        heights: list[float] = []
        cuts: list[_Cut] = []
        covering: list[Box] = []
        used = 0.0
        for row in range(self.at, len(self.grid.heights)):
            covering += self.grid.boxes[row]
            heights.append(self._height(row, heights, covering))
            used += heights[-1]
            if used > room + _TOLERANCE:
                break
            covering = [box for box in covering if box.row + box.rows > row + 1]
            lacking = max((self._lacking(box, heights) for box in covering), default=0)
            if used + lacking <= room + _TOLERANCE:
                cuts.append(_Cut(len(heights), used, lacking, len(covering), self._is_heading(row)))
        return heights, cuts

    def _is_heading(self, row: int) -> bool:
        """Whether one heavy cell on a ground covers the row, and more rows follow."""
        boxes = self.grid.boxes[row]
        only = boxes[0] if len(boxes) == 1 else None
        heads = only is not None and bool(only.fill) and only.role == "黑体" and only.rows == 1
        return heads and row + 1 < len(self.grid.heights)

    def _height(self, row: int, above: Sequence[float], covering: Sequence[Box]) -> float:
        """The row's height; more where a cell that began overleaf ends here and needs it."""
        height = self.grid.heights[row]
        for box in covering:
            if box.row + box.rows == row + 1:
                height = max(height, self.ruler.height(len(box.lines)) - sum(above[box.row - self.at :]))
        return height

    def _lacking(self, box: Box, heights: Sequence[float]) -> float:
        if box.flows:
            return 0
        return max(self.ruler.height(len(box.lines)) - sum(heights[box.row - self.at :]), 0)

    def _best(self, cuts: Sequence[_Cut], room: float) -> _Cut:
        """The last cut; rather one a little before, when it cuts through fewer merged cells."""
        if self.at + cuts[-1].rows == len(self.grid.heights):
            return cuts[-1]
        late = [cut for cut in cuts if cut.used >= _GOOD_FILL * room] or [cuts[-1]]
        return min(late, key=lambda cut: (cut.crossed, -cut.rows))

    def _page(self, heights: list[float], early: bool = False) -> PageRows:
        start, end = self.at, self.at + len(heights)
        parts = [self._part(box, heights) for row in range(start, end) for box in self.grid.boxes[row]]
        self.at = end
        return PageRows(heights, parts, early)

    def _part(self, box: Box, heights: list[float]) -> Part:
        """The box's part on this page; what goes on overleaf begins anew in the first row there."""
        first, end = box.row - self.at, box.row - self.at + box.rows
        if end <= len(heights):
            return Part(box, first, end, box.lines)
        printed, left = box.lines, box.lines
        if box.flows:
            held = max(self.ruler.lines_in(sum(heights[first:])), 0)
            printed, left = box.lines[:held], box.lines[held:]
        overleaf = self.at + len(heights)
        rest = replace(box, row=overleaf, rows=end - len(heights), lines=left)
        self.grid.boxes[overleaf].append(rest)
        self.grid.boxes[overleaf].sort(key=lambda each: each.column)
        return Part(box, first, len(heights), printed)
