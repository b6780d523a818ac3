"""Prints a table: its head on every page, its cells vertically centred, its rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from hazard_desk.papers.lines import HALF_AT_END
from hazard_desk.papers.model import FILLS, Table
from hazard_desk.papers.pdf.pen import MIDDLE, Pen, Segment, colour_of
from hazard_desk.papers.pdf.table_columns import set_columns
from hazard_desk.papers.pdf.table_grid import BoxGrid, boxes_of, grid_of, split_tall_rows
from hazard_desk.papers.pdf.table_pages import PageRows, Part, Rows
from hazard_desk.papers.pdf.table_ruler import Ruler
from hazard_desk.papers.pdf.typeset import Strip, Typesetter, shift

_THIN, _OUTER = 0.5, 1.0
"""Widths of the rules, in points."""

_RULES = _OUTER
"""Room for the rules above and below the rows of a page, which Word adds to their height."""


class TablePrinter:
    """One table on its way to paper, given out as one strip per page.

    ``head`` is what stands at the top of each, ``pages`` the rows that were given out, page by page.
    """

    def __init__(self, table: Table, setter: Typesetter) -> None:
        layout = setter.layout
        self._left = layout.left
        head = boxes_of(table.header_rows, table.columns, heavy=True)
        body = boxes_of(table.rows, table.columns, heavy=False)
        every = [box for row in (*head, *body) for box in row]
        size, self.edges = set_columns(table.columns, every, setter.ems, layout.table_sizes, layout.width)
        self.ruler = Ruler(setter.ems, size)
        grid = grid_of(head, self.edges, self.ruler)
        if sum(grid.heights) > layout.height / 2:  # more than a head: rows as others, not repeated
            body = boxes_of((*table.header_rows, *table.rows), table.columns, heavy=False)
            head, grid = [], BoxGrid([], [])
        self.head = PageRows(
            grid.heights, [Part(box, box.row, box.row + box.rows, box.lines) for row in head for box in row]
        )
        full = layout.height - sum(grid.heights) - _RULES
        body_grid = grid_of(body, self.edges, self.ruler, full, table.row_lines)
        self._rows = Rows(split_tall_rows(body_grid, full, self.ruler), self.ruler, full)
        self.pages: list[PageRows] = []

    @property
    def done(self) -> bool:
        """True when all rows are given out."""
        return self._rows.done

    def next_strip(self, room: float, after: float = 0) -> Strip | None:
        """Return the head and as many rows as fit ``room``; None when not one does.

        On an empty page at least one row is given out. ``after`` is the height of what is not to stand
        without a row.
        """
        room -= sum(self.head.heights) + _RULES
        page = PageRows([], []) if self.done else self._rows.take(room, after)
        if page is None:
            return None
        self.pages.append(page)
        return self._strip(page)

    def _strip(self, page: PageRows) -> Strip:
        return Strip(sum((*self.head.heights, *page.heights)), lambda pen, top: self._draw(pen, page, top))

    def _draw(self, pen: Pen, page: PageRows, top: float) -> None:
        moved = len(self.head.heights)
        below = (part._replace(first=part.first + moved, end=part.end + moved) for part in page.parts)
        parts = [*self.head.parts, *below]
        ys = [top - down for down in (0.0, *accumulate((*self.head.heights, *page.heights)))]
        xs = [self._left + edge for edge in self.edges]
        for part in parts:
            if part.box.fill:
                _draw_ground(pen, part, xs, ys)
        for part in parts:
            self._draw_part(pen, part, xs, ys)
        pen.rules(_inner_rules(parts, xs, ys), _THIN)
        left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        pen.rules([(*a, *b) for a, b in pairwise(corners)], _OUTER)

    def _draw_part(self, pen: Pen, part: Part, xs: Sequence[float], ys: Sequence[float]) -> None:
        box, ruler = part.box, self.ruler
        left = xs[box.column] + ruler.pad_x
        room = xs[box.column + box.columns] - ruler.pad_x - left
        middle = (ys[part.first] + ys[part.end]) / 2
        y = middle + (len(part.lines) - 1) / 2 * ruler.leading - MIDDLE * ruler.size
        for line in part.lines:
            if line:
                x = left
                if box.align != "left":
                    width = ruler.width(line, box.role)
                    if line[-1] in HALF_AT_END and (len(part.lines) > 1 or width > room):
                        width -= ruler.size / 2  # its empty half does not count
                    x += shift(box.align, room - width)
                pen.text(x, y, line, box.role, ruler.size)
            y -= ruler.leading


def _draw_ground(pen: Pen, part: Part, xs: Sequence[float], ys: Sequence[float]) -> None:
    left, right = xs[part.box.column], xs[part.box.column + part.box.columns]
    low, high = ys[part.end], ys[part.first]
    pen.fill((left, low, right - left, high - low), colour_of(FILLS[part.box.fill]))


def _inner_rules(parts: Sequence[Part], xs: Sequence[float], ys: Sequence[float]) -> list[Segment]:
    """The rules between cells; none runs through a merged one."""
    rows, columns = len(ys) - 1, len(xs) - 1
    merged_across: dict[int, set[int]] = defaultdict(set)
    merged_down: dict[int, set[int]] = defaultdict(set)
    for part in parts:
        covered = range(part.box.column, part.box.column + part.box.columns)
        for level in range(part.first + 1, part.end):
            merged_down[level].update(covered)
        for edge in covered[1:]:
            merged_across[edge].update(range(part.first, part.end))
    segments = []
    for level in range(1, rows):
        for a, b in _stretches(columns, merged_down[level]):
            segments.append((xs[a], ys[level], xs[b], ys[level]))
    for edge in range(1, columns):
        for a, b in _stretches(rows, merged_across[edge]):
            segments.append((xs[edge], ys[a], xs[edge], ys[b]))
    return segments


def _stretches(count: int, hidden: set[int]) -> Iterator[tuple[int, int]]:
    """The stretches of 0…count without what is hidden."""
    edges = [-1, *sorted(hidden), count]
    for a, b in pairwise(edges):
        if b > a + 1:
            yield a + 1, b
