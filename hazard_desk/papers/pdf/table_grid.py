"""Lays a table's cells out: wrapped texts and row heights. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import ceil, inf

from hazard_desk.papers.fonts import FontRole
from hazard_desk.papers.lines import printable
from hazard_desk.papers.model import Align, Column, Fill, TableRow
from hazard_desk.papers.pdf.table_ruler import Ruler
from hazard_desk.stopping import stop_if_unwanted


@dataclass(slots=True)
class Box:
    """A cell laid out: where it stands, what it covers, its lines."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    align: Align
    role: FontRole
    fill: Fill = ""
    lines: list[str] = field(default_factory=list)
    flows: bool = False
    """Its text covers more than half a page: it goes on overleaf instead of standing there again."""


@dataclass
class BoxGrid:
    """Rows laid out: the boxes by the row they begin in, and the height of each row, in points."""

    boxes: list[list[Box]]
    heights: list[float]


def boxes_of(rows: Sequence[TableRow], columns: Sequence[Column], heavy: bool) -> list[list[Box]]:
    """Return the boxes of ``rows``; ``heavy`` sets them as column heads: 黑体, centred."""
    return [
        [
            Box(
                row,
                at,
                cell.rowspan,
                cell.colspan,
                printable(cell.text).strip(),
                cell.align or ("center" if heavy else columns[at].align),
                role_of(heavy or cell.bold),
                cell.fill,
            )
            for at, cell in enumerate(cells)
            if cell
        ]
        for row, cells in enumerate(rows)
    ]


def role_of(heavy: bool) -> FontRole:
    """Return the font of a cell."""
    return "黑体" if heavy else "仿宋"


def grid_of(
    boxes: list[list[Box]], edges: Sequence[float], ruler: Ruler, page: float = inf, row_lines: int = 1
) -> BoxGrid:
    """Return the boxes with their lines, and rows as high as their cells need, at least ``row_lines``.

    ``page`` is the room for rows on an empty page: a merged text that flows over several loses up to two
    lines on each.
    """
    heights = [ruler.height(row_lines)] * len(boxes)
    tall = []
    for box in _each(boxes):
        width = edges[box.column + box.columns] - edges[box.column]
        box.lines = ruler.wrap(box.text, box.role, width, even=box.align == "center")
        if box.rows == 1:
            heights[box.row] = max(heights[box.row], ruler.height(len(box.lines)))
        else:
            tall.append(box)
    for box in sorted(tall, key=lambda box: box.rows):
        covered = range(box.row, box.row + box.rows)
        needed = ruler.height(len(box.lines))
        box.flows = needed > page / 2
        if box.flows:
            needed += 2 * ruler.leading * ceil(2 * needed / page + 1)
        lacking = needed - sum(heights[row] for row in covered)
        for row in covered if lacking > 0 else ():
            heights[row] += lacking / box.rows
    return BoxGrid(boxes, heights)


def _each(boxes: list[list[Box]]) -> Iterator[Box]:
    """The boxes one after the other, as long as they are wanted: wrapping their texts takes a while."""
    for line in boxes:
        stop_if_unwanted()
        yield from line


def split_tall_rows(grid: BoxGrid, most: float, ruler: Ruler) -> BoxGrid:
    """Return the grid with every row higher than ``most`` cut, between lines, into rows that are not.

    A cell of such a row is cut with it; a cell that covers it and others covers all the pieces.
    """
    if max(grid.heights, default=0) <= most:
        return grid
    held = ruler.lines_in(most)
    pieces = [_pieces(grid, row, most, ruler) for row in range(len(grid.heights))]
    starts = [0, *accumulate(len(piece) for piece in pieces)]
    boxes: list[list[Box]] = [[] for _ in range(starts[-1])]
    for box in (box for line in grid.boxes for box in line):
        for piece in _cut(box, starts[box.row], starts[box.row + box.rows], held):
            boxes[piece.row].append(piece)
    return BoxGrid(boxes, [height for piece in pieces for height in piece])


def _pieces(grid: BoxGrid, row: int, most: float, ruler: Ruler) -> list[float]:
    """The heights that a row is cut into: enough for its height and for its lines."""
    height, held = grid.heights[row], ruler.lines_in(most)
    if height <= most:
        return [height]
    lines = max((len(box.lines) for box in grid.boxes[row] if box.rows == 1), default=0)
    whole = max(ceil(lines / held), ceil(height / most)) - 1
    return [most] * whole + [max(ruler.height(max(lines - held * whole, 1)), height - most * whole)]


def _cut(box: Box, first: int, end: int, held: int) -> list[Box]:
    """The box where it now stands, in rows ``first`` to ``end``: whole when it covers several rows."""
    if box.rows > 1 or end - first == 1:
        return [replace(box, row=first, rows=end - first)]
    return [
        replace(box, row=row, rows=1, lines=box.lines[held * number : held * (number + 1)])
        for number, row in enumerate(range(first, end))
    ]
