"""Cuts a table of more columns than a sheet holds into parts that can be read, each with the key columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hazard_desk.papers.model import Cell, Subtitle, Table, TableRow
from hazard_desk.papers.pdf.table_columns import readable_widths
from hazard_desk.papers.pdf.typeset import Typesetter

_FEW = 7
"""A table of so many columns fits any sheet."""
_KEYS_PART = 1 / 3
"""The most of a sheet's width that key columns take."""


def is_too_wide(table: Table, setter: Typesetter) -> bool:
    """Return whether the page has not room for the columns of a table side by side."""
    return len(_grouped(table, setter)) > 1


def parts_of(table: Table, setter: Typesetter) -> list[Table | Subtitle]:
    """Return the table, or where its columns are too many its parts, a title before all but the first."""
    groups = _grouped(table, setter)
    if len(groups) == 1:
        return [table]
    parts: list[Table | Subtitle] = []
    for place, group in enumerate(groups, start=1):
        if place > 1:
            parts.append(Subtitle(f"续表（第{place}部分，共{len(groups)}部分）"))
        parts.append(_part(table, group))
    return parts


def _grouped(table: Table, setter: Typesetter) -> list[list[int]]:
    if len(table.columns) <= _FEW:
        return [list(range(len(table.columns)))]
    layout = setter.layout
    widths = readable_widths(table, setter.ems)
    return _groups(widths, table.keys, layout.width / layout.table_sizes[-1])


def _groups(widths: Sequence[float], keys: int, room: float) -> list[list[int]]:
    """The columns of each part: the keys, and as many others as ``room`` holds, evened out."""
    if sum(widths) <= room:
        return [list(range(len(widths)))]
    while keys and sum(widths[:keys]) > room * _KEYS_PART:
        keys -= 1
    most = room - sum(widths[:keys])
    count = len(_filled(widths, keys, most))
    even = sum(widths[keys:]) / count
    while len(_filled(widths, keys, even)) > count:
        even += 1
    return [[*range(keys), *group] for group in _filled(widths, keys, even)]


def _filled(widths: Sequence[float], first: int, room: float) -> list[list[int]]:
    groups: list[list[int]] = []
    used = room
    for at in range(first, len(widths)):
        if not groups or used + widths[at] > room:
            groups.append([])
            used = 0
        groups[-1].append(at)
        used += widths[at]
    return groups


def _part(table: Table, columns: Sequence[int]) -> Table:
    """The table with these columns only; a cell over several is cut to those that are here."""
    return replace(
        table,
        columns=tuple(table.columns[at] for at in columns),
        rows=tuple(_row(row, columns) for row in table.rows),
        head=tuple(_row(row, columns) for row in table.head),
    )


def _row(row: TableRow, columns: Sequence[int]) -> TableRow:
    if all(cell is None or cell.colspan == 1 for cell in row):
        return tuple(map(row.__getitem__, columns))
    return tuple(_cells(row, columns))


def _cells(row: TableRow, columns: Sequence[int]) -> Iterator[Cell | None]:
    whose = {at: (first, cell) for first, cell in enumerate(row) if cell for at in _over(first, cell)}
    begun: set[int] = set()
    for at in columns:
        first, cell = whose.get(at, (-1, None))
        if cell is None or first in begun:
            yield None
        else:
            begun.add(first)
            yield replace(cell, colspan=sum(1 for one in _over(first, cell) if one in columns))


def _over(first: int, cell: Cell) -> range:
    """The columns that a cell covers."""
    return range(first, first + cell.colspan)
