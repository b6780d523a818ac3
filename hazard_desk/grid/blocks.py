"""Tables side by side in one sheet, told apart: each keeps the rows and columns that it has in the sheet."""

from __future__ import annotations

from dataclasses import replace

from hazard_desk.grid.cells import CellContent, is_empty
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import LONGEST, SEARCHED_COLUMNS, SEARCHED_ROWS, normal

_LEAST = 2
"""Columns of a table."""


def side_by_side(grid: Grid) -> list[Grid]:
    """Return the tables that stand beside each other in a sheet, from the left; the sheet where it is one.

    They are told apart by a row of headings that says the same again: 序号 姓名 电话 序号 姓名 电话.
    What stands over them all, such as the title, belongs to each. Cells keep their places.
    """
    if grid.width < 2 * _LEAST or grid.width > SEARCHED_COLUMNS:
        return [grid]
    for row in range(min(len(grid.rows), SEARCHED_ROWS)):
        starts = _repeats(grid, row)
        if starts:
            ends = [*starts[1:], grid.width]
            return [_cut(grid, row, first, end) for first, end in zip(starts, ends, strict=True)]
    return [grid]


def _repeats(grid: Grid, row: int) -> list[int]:
    """Where the same headings begin again and again in a row; none where they do not."""
    texts = [normal(grid.text(row, column)) for column in range(grid.width)]
    told = [(place, text) for place, text in enumerate(texts) if text]
    words = [text for _, text in told]
    if any(len(word) > LONGEST or word.isdigit() for word in words):
        return []
    for size in range(_LEAST, len(words) // 2 + 1):
        whole, left = divmod(len(words), size)
        if not left and len(set(words[:size])) == size and words == words[:size] * whole:
            return [told[size * block][0] for block in range(whole)]
    return []


def _cut(grid: Grid, heading: int, first: int, end: int) -> Grid:
    """The columns of a block, the others emptied below the titles."""

    def own(cells: list[CellContent]) -> list[CellContent]:
        kept = cells[:end]
        return [cell if place >= first else "" for place, cell in enumerate(kept)]

    rows = [list(row) if at < heading else own(list(row)) for at, row in enumerate(grid.rows)]
    while rows and all(map(is_empty, rows[-1])):
        rows.pop()
    merges = [merge for merge in grid.merges if merge[0] < heading or (first <= merge[1] and merge[3] < end)]
    return replace(grid, rows=rows, merges=merges)
