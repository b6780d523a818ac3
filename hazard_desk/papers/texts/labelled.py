"""A table without a head whose cells are labels and their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hazard_desk.papers.model import Cell, Column, Table, TableRow

LabelledRow = str | tuple[tuple[str, str | Cell], ...]
"""Pairs of label and value, or a heading over the rows below."""


def labelled_table(
    rows: Sequence[LabelledRow], widths: tuple[float, float] = (7, 14), lines: int = 1
) -> Table:
    """Return a table without a head, each row at least ``lines`` high; the last value fills its row."""
    most = max((len(row) for row in rows if not isinstance(row, str)), default=1)
    columns = tuple(Column("", width, "left") for _ in range(most) for width in widths)
    return Table(columns, tuple(_labelled_row(row, most) for row in rows), row_lines=lines)


def _labelled_row(row: LabelledRow, most: int) -> TableRow:
    if isinstance(row, str):
        heading = Cell(row, colspan=2 * most, align="center", bold=True, fill="grey")
        return (heading, *[None] * (2 * most - 1))
    cells: list[Cell | None] = []
    for place, (label, value) in enumerate(row):
        rest = 2 * (most - len(row)) if place == len(row) - 1 else 0
        cell = value if isinstance(value, Cell) else Cell(value)
        cells += [Cell(label, align="center", bold=True), replace(cell, colspan=1 + rest)]
        cells += [None] * rest
    return tuple(cells)
