"""Tables that stand side by side on one sheet: the same columns twice, to save paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hazard_desk.grid.cells import CellContent, is_empty
from hazard_desk.grid.grid import Grid, Merge

_SEARCHED = 12
"""Rows in which the heading stands."""
_LABEL = re.compile("[:：]")
"""In the lines over a heading: 填报单位：某村."""
_NARROWEST = 2
_MOST_BLOCKS = 6


def one_below_another(grid: Grid) -> Grid:
    """Return a table whose columns stand there several times side by side as one; any other as it is.

    The copy is no longer the sheet of its file, so its title is not the sheet's.
    """
    for row in range(min(_SEARCHED, len(grid.rows))):
        line = grid.line(row)
        if len(set(line)) > 1 and not all(_LABEL.search(text) for text in line):
            starts = _starts(grid, row)
            return _below(grid, row, starts) if starts else grid
    return grid


def _starts(grid: Grid, row: int) -> list[int]:
    """Return where each block begins when the texts of a row are several times the same; [] when not."""
    texts = [
        grid.text(row, column) if grid.origin(row, column)[1] == column else ""
        for column in range(grid.width)
    ]
    told = [column for column, text in enumerate(texts) if text]
    if len(told) < 2 * _NARROWEST or any(text.replace(".", "").isdigit() for text in texts):
        return []
    starts = [column for column in told if texts[column] == texts[told[0]]]
    blocks = [
        [texts[column] for column in told if first <= column < behind]
        for first, behind in pairwise([*starts, grid.width])
    ]
    alike = all(block == blocks[0] for block in blocks) and len(set(blocks[0])) == len(blocks[0])
    if not 2 <= len(blocks) <= _MOST_BLOCKS or len(blocks[0]) < _NARROWEST or not alike:
        return []
    return starts if _alike(starts, told) else []


def _alike(starts: Sequence[int], told: Sequence[int]) -> bool:
    """Whether every block is laid out as the first one."""
    first = [column - starts[0] for column in told if column < starts[1]]
    return all(start + step in told for start in starts for step in first)


def _below(grid: Grid, heading: int, starts: Sequence[int]) -> Grid:
    widths = [behind - first for first, behind in pairwise([*starts, grid.width])]
    width = max(widths)
    rows: list[list[CellContent]] = [
        [grid.cell(row, column) for column in range(width + starts[0])] for row in range(heading + 1)
    ]
    merges: list[Merge] = [block for block in grid.merges if block[2] <= heading]
    for start, wide in zip(starts, widths, strict=True):
        last = max(
            (row for row in range(heading + 1, len(grid.rows)) if _says(grid, row, start, start + wide)),
            default=heading,
        )
        moved = len(rows) - heading - 1
        before = starts[0]
        for row in range(heading + 1, last + 1):
            own = [grid.cell(row, column) for column in range(start, start + wide)]
            rows.append([*[grid.cell(row, column) for column in range(before)], *own])
        merges += [
            (top + moved, left - start + before, bottom + moved, right - start + before)
            for top, left, bottom, right in grid.merges
            if top > heading and start <= left and right < start + wide and top <= last
        ]
    return replace(grid, rows=rows, merges=merges, title=f"{grid.title}（{len(starts)}栏合为一栏）")


def _says(grid: Grid, row: int, first: int, behind: int) -> bool:
    return any(not is_empty(grid.cell(row, column)) for column in range(first, behind))
