"""Finds the heading of a sheet under its titles, and which column is which field.

A heading may stand in two rows, merged across and down; a column is known by its label, by the names
that other offices use, or by what the clerk chose for the same headings before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from hazard_desk.errors import Refused
from hazard_desk.library.headings import synonyms
from hazard_desk.rules.fields import Field, clean
from hazard_desk.sheets.reading.grid import Broken, Grid

_SEARCHED_ROWS = 40
_SEARCHED_COLUMNS = 200
_LONGEST = 60
"""Characters of a heading; what is longer is no heading."""
_UNITS = ("万元", "元", "人", "天", "个", "处", "次", "家", "米", "平方米", "小时")
_NOTE = re.compile(r"[（(【\[]([^（()）】\]]*)[）)】\]]")
_IDLE = ("序号", "编次", "行号", "no", "no.")
_SENDER = re.compile(r"(?:填报|报送|上报|填表|编制)(?:单位|部门|村|镇|乡镇)\s*[:：]\s*([^\s　:：]+)")


@dataclass(frozen=True)
class Column:
    """One column of a sheet: what stands over it, and the field that it fills."""

    place: int
    """From 0."""
    heading: str
    field: str = ""
    """Name of the field, '' for a column that is not taken in."""
    unit: str = ""
    """The unit that the heading names."""


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet: the rows it takes (from 0) and its columns."""

    first: int
    last: int
    columns: tuple[Column, ...]
    sender: str = ""
    remembered: bool = False

    @property
    def fields(self) -> dict[str, Column]:
        """The columns that are taken in, by field name."""
        return {column.field: column for column in self.columns if column.field}

    @property
    def places(self) -> dict[int, str]:
        """Place of each column to the field that it fills, '' for none."""
        return {column.place: column.field for column in self.columns}

    @property
    def shape(self) -> str:
        """What two sheets have in common whose columns mean the same."""
        return "|".join(normal(column.heading) for column in self.columns)

    def mapped(self, chosen: Mapping[int, str]) -> Heading:
        """Return the heading with other fields for some columns; one field is never filled by two."""
        columns = [replace(one, field=chosen.get(one.place, one.field)) for one in self.columns]
        taken = [column.field for column in columns if column.field]
        if len(set(taken)) < len(taken):
            raise Refused("有两列对应了同一个栏目，请检查")
        return replace(self, columns=tuple(columns))


def find_heading(grid: Grid, fields: Sequence[Field]) -> Heading | None:
    """Return the heading of a sheet: the row, or the two, in which most fields are found; None for none."""
    names = _names(fields)
    best: Heading | None = None
    best_count = 1 if len(fields) > 1 else 0
    texts = _spread(grid)
    for rows in (1, 2):  # two rows only where one alone says less
        for first in range(min(len(texts) - rows + 1, _SEARCHED_ROWS)):
            heading = _mapped(texts[first : first + rows], names, first)
            count = len(heading.fields)
            if count > best_count and _is_whole(heading, texts):
                best, best_count = heading, count
    return best and replace(best, sender=_sender(grid, best.first))


def in_order(grid: Grid, fields: Sequence[Field]) -> Heading | None:
    """Return the columns of a sheet without a heading that has just the columns of the template."""
    first = next((at for at, row in enumerate(grid.rows) if any(map(_filled, row))), None)
    if first is None or not 1 < len([cell for cell in grid.rows[first] if _filled(cell)]) <= len(fields):
        return None
    columns = tuple(Column(place, field.label, field.name) for place, field in enumerate(fields))
    return Heading(first, first - 1, columns)


def normal(text: str) -> str:
    """Return a heading as it is compared: no blanks, marks, notes; half-width."""
    text = unicodedata.normalize("NFKC", clean(text))
    return re.sub(r"[\s*＊:：、,，。.·_\-]", "", text).lower()


def _bare(text: str) -> str:
    """A heading without what stands in brackets."""
    return normal(_NOTE.sub("", unicodedata.normalize("NFKC", text)))


def _names(fields: Sequence[Field]) -> list[dict[str, list[str]]]:
    """Return field names by heading, the surest ways to call a field first."""
    sure: dict[str, list[str]] = {}
    also: dict[str, list[str]] = {}
    for field in fields:
        for name in {normal(field.label), normal(field.heading), _bare(field.label)}:
            sure.setdefault(name, []).append(field.name)
        for other in synonyms().get(field.label, ()):
            for name in {normal(other), _bare(other)}:
                also.setdefault(name, []).append(field.name)
    return [sure, also]


def _spread(grid: Grid) -> list[list[str]]:
    """The texts of the first rows; those of merged blocks stand in each of their cells."""
    rows = [[_text(cell) for cell in row[:_SEARCHED_COLUMNS]] for row in grid.rows[: _SEARCHED_ROWS + 1]]
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    for top, left, bottom, right in grid.merges:
        if top < len(rows) and right - left < width and right < width:
            for at in range(top, min(bottom + 1, len(rows))):
                rows[at][left : right + 1] = [rows[top][left]] * (right + 1 - left)
    return rows


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return clean(cell[: 4 * _LONGEST])[: _LONGEST + 1]
    return "" if isinstance(cell, Broken) else str(cell)


def _mapped(rows: list[list[str]], names: list[dict[str, list[str]]], first: int) -> Heading:
    """Return what the columns are when the heading stands in ``rows``; each field is taken once."""
    stacks = [list(dict.fromkeys(filter(None, stack))) for stack in zip(*rows, strict=True)]
    chosen: dict[int, str] = {}
    for known in names:
        for way in (_whole, _lowest):
            for place, stack in enumerate(stacks):
                if stack and place not in chosen:
                    for called in way(stack):
                        free = [name for name in known.get(called, ()) if name not in chosen.values()]
                        if free:
                            chosen[place] = free[0]
                            break
    columns = [
        Column(place, "".join(stack).rstrip("*＊"), chosen.get(place, ""), _unit(stack[-1]))
        for place, stack in enumerate(stacks)
        if stack and not (place not in chosen and normal(stack[-1]) in _IDLE)
    ]
    return Heading(first, first + len(rows) - 1, tuple(columns))


def _whole(stack: list[str]) -> Iterator[str]:
    """What a heading of one or two rows is called when read downwards: 整改 over 责任人."""
    yield from (normal("".join(stack)), _bare("".join(stack)))


def _lowest(stack: list[str]) -> Iterator[str]:
    yield from (normal(stack[-1]), _bare(stack[-1]))


def _unit(text: str) -> str:
    found = [note.strip() for note in _NOTE.findall(unicodedata.normalize("NFKC", text))]
    return next((note.removeprefix("单位:") for note in found if note.removeprefix("单位:") in _UNITS), "")


def _is_whole(heading: Heading, texts: list[list[str]]) -> bool:
    """A heading is texts, not values: a row of data that happens to hold two labels is none."""
    cells = [cell for row in texts[heading.first : heading.last + 1] for cell in row if cell]
    values = [cell for cell in cells if len(cell) > _LONGEST or cell.replace(".", "").isdigit()]
    return len(values) * 3 <= len(cells)


def _sender(grid: Grid, before: int) -> str:
    """Who sent the sheet, from a line such as 填报单位：示例村."""
    for row in grid.rows[:before]:
        for cell in row:
            if isinstance(cell, str) and (match := _SENDER.search(cell)):
                return match[1]
    return ""


def _filled(cell: Any) -> bool:
    return isinstance(cell, date | datetime) or cell not in ("", None)
