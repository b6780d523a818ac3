"""Which labels stand around an empty cell: beside it and above it, with the groups that they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from hazard_desk.grid.grid import Grid, Place
from hazard_desk.rules.fields import clean
from hazard_desk.sheets.filling.blank import BlankTable

_UNIT = re.compile(
    r"[（(【]?(?:单位[:：])?(?:[个项条处起件次家户人名场期份元宗%％]|万元|[家人场个户]次|次[/、]万元)[）)】]?"
)
"""A label that is but a unit: （项）, 家."""
_FOOT = re.compile(r"签字|签章|填表人|填报人|审核人|制表人|填报日期|^\s*(?:注|说明|备注)\s*\d*[:：]")
"""What stands in the row below a table."""
_SEVERAL = re.compile(r"[:：][^:：]*[:：]|[ 　_]{2,}\S")
"""Several labels in one cell, with room for what is written by hand."""
_LONGEST = 60
"""Characters of a label; what is longer is a note."""


@dataclass(frozen=True)
class Labels:
    """What stands around one empty cell."""

    place: Place
    own: tuple[str, ...]
    """The label of its row and that of its column, what is nearest first."""
    groups: tuple[str, ...] = ()
    """What stands around those, nearest first."""
    before: tuple[str, ...] = ()
    """The labels that come before its own, nearest first."""
    beside: bool = False
    """Whether a label stands directly at its left."""

    @property
    def label(self) -> str:
        """How the cell is told of: 工贸 · 重大隐患 已整改."""
        return " · ".join(dict.fromkeys(reversed([*self.own, *self.groups]))) if self.own else ""


def labels_of(table: BlankTable, place: Place) -> Labels | None:
    """Return the labels of an empty cell; None where none stands beside or above it."""
    row = _beside(table, place)
    column = _above(table, place, row[0] if row else None)
    if not row and not column:
        return None
    adjacent = bool(row) and _is_adjacent(table, row[0], place)
    if not column and not adjacent:
        return None
    if row and _FOOT.search(_text(table.grid, row[0])):
        alone = adjacent and not _SEVERAL.search(_text(table.grid, row[0]))
        return Labels(place, (_text(table.grid, row[0]),), beside=True) if alone else None
    if _is_heading(table, place, row[0] if adjacent else None):
        return None
    own: list[str] = []
    groups: list[str] = []
    units: list[str] = []
    for found in (row, column):
        texts = [_text(table.grid, at) for at in found]
        units += [text for text in texts if _UNIT.fullmatch(text)][:1]
        named = [text for text in texts if not _UNIT.fullmatch(text)]
        own, groups = own + named[:1], groups + named[1:]
    own += units
    before = _before(table.grid, row, column)
    return Labels(place, tuple(own), tuple(groups), tuple(before), adjacent)


def _text(grid: Grid, place: Place) -> str:
    return clean(grid.text(*place).replace("\n", ""))


def _is_label(grid: Grid, place: Place) -> bool:
    text = _text(grid, place)
    return bool(text) and text != "=" and len(text) <= _LONGEST and not _is_number(text)


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdigit()


def _beside(table: BlankTable, place: Place) -> list[Place]:
    """The labels at the left in its row, nearest first: behind empty cells the first text and its groups."""
    row, column = place
    return _nearest(table.grid, ((row, at) for at in range(column - 1, -1, -1)), lambda text: not text)


def _above(table: BlankTable, place: Place, beside: Place | None) -> list[Place]:
    """The labels above in its column, nearest first; with a label beside it only those of a heading row."""
    row, column = place
    found = _nearest(
        table.grid, ((at, column) for at in range(row - 1, -1, -1)), lambda text: not _is_number(text)
    )
    if beside is not None and found and not _is_heading_row(table, found[0][0], beside[1]):
        return []
    return found


def _nearest(grid: Grid, places: Iterable[Place], ends: Callable[[str], bool]) -> list[Place]:
    """The labels on a way through a table, each once, as far as the first text behind one that ends it."""
    found: list[Place] = []
    for origin in (grid.origin(*place) for place in places):
        if _is_label(grid, origin) and not is_title(grid, origin):
            found.append(origin)
        elif found and ends(grid.text(*origin)):
            break
    return list(dict.fromkeys(found))


def _is_heading_row(table: BlankTable, row: int, column: int) -> bool:
    """Whether a row is a heading over the labels in a column: texts, and no empty cell between them."""
    grid = table.grid
    if not grid.text(row, column):
        return False
    told = [at for at in range(grid.width) if grid.text(row, at)]
    return not any(place in table.free for place in grid.places(row) if place[1] < told[-1])


def is_title(grid: Grid, place: Place) -> bool:
    """Return whether a text stands alone over the whole table."""
    row, column = place
    last = next((block[3] for block in grid.merges if block[:2] == (row, column)), column)
    alone, span = len(grid.line(row)) == 1, last - column + 1
    wide = span >= max(3, 0.7 * grid.width) or 1 < span == grid.width
    return alone and (wide or (column == 0 and last == 0 and row == 0))


def _is_adjacent(table: BlankTable, label: Place, place: Place) -> bool:
    """Whether nothing stands between a label and the cell."""
    grid = table.grid
    places = grid.places(place[0])
    return any(one == label and other == place for one, other in pairwise(places)) or (
        grid.origin(place[0], place[1] - 1) == label or _only_units(grid, label, place)
    )


def _is_heading(table: BlankTable, place: Place, beside: Place | None) -> bool:
    """Whether an empty cell belongs to a heading: a text stands directly below it, and none above.

    With a label ``beside`` it only where that reaches down to that text.
    """
    grid, (row, column) = table.grid, place
    last = next((block[2] for block in grid.merges if block[:2] == place), row)
    if beside is not None and grid.origin(last + 1, beside[1]) != beside:
        return False
    above = row > 0 and _is_label(grid, grid.origin(row - 1, column))
    below = grid.origin(last + 1, column)
    return _is_label(grid, below) and not (above and not is_title(grid, grid.origin(row - 1, column)))


def _only_units(grid: Grid, label: Place, place: Place) -> bool:
    between = [grid.origin(place[0], at) for at in range(label[1] + 1, place[1])]
    return all(one == label or _is_label(grid, one) for one in between)


def _before(grid: Grid, row: list[Place], column: list[Place]) -> list[str]:
    """The labels before its own: those above the one beside it, those at the left."""
    found: list[str] = []
    if row:
        at, column_at = row[0]
        found += [
            _text(grid, origin)
            for left in range(column_at - 1, -1, -1)
            if (origin := grid.origin(at, left)) not in row and _is_label(grid, origin)
        ][:1]
        found += [
            _text(grid, origin)
            for line in range(at - 1, column[0][0] if column else -1, -1)
            if _is_label(grid, origin := grid.origin(line, column_at)) and not is_title(grid, origin)
        ]
    if column:
        found += [
            _text(grid, origin)
            for left in range(column[0][1] - 1, -1, -1)
            for line, _ in column
            if (origin := grid.origin(line, left)) not in column
            and _is_label(grid, origin)
            and not is_title(grid, origin)
        ]
    return list(dict.fromkeys(found))
