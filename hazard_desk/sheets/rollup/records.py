"""The rows of a table that was sent for a ledger: as written, and as they stand in the roll-up of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from openpyxl.utils import get_column_letter

from hazard_desk.grid.cells import Broken, CellContent, cell_text, is_empty
from hazard_desk.grid.headings import IDLE, bare, normal
from hazard_desk.grid.lines import RowBand
from hazard_desk.library.headings import lexicon
from hazard_desk.rules.fields import NUMBERS, Field, Kind, Row, Value, absent, clean
from hazard_desk.rules.wording import letters_wide
from hazard_desk.sheets.book import Written
from hazard_desk.sheets.incoming_table import IncomingTable
from hazard_desk.sheets.marks import EXAMPLE
from hazard_desk.sheets.rollup.summing import Mention, Sent, as_written
from hazard_desk.sheets.row_reader import IncomingRow, read_rows

UNIT = "单位名称"
"""The field that a band over rows fills: 一、某广场（责任单位：某公司）."""
_BAND = "分栏"
"""The heading under which the bands of a table stand that fill no field."""
_NO_UNIT = re.compile(r"隐患|问题|领域|方面|部分|行业|[类级项]$")
_NARROW, _WIDE = 5, 24
"""Chinese characters of a column."""
_READ = (Kind.DATE, Kind.MOMENT, Kind.CHOICE, Kind.BOOL, *NUMBERS)
"""Kinds that stand in the roll-up as they were read; a text stands as it was written."""


@dataclass
class SentRow:
    """One row: where it stands, what its fields say, and its cells by column of the roll-up."""

    line: int
    values: Row
    cells: dict[str, Written] = field(default_factory=dict)


class SentTable:
    """A table that was sent, read row by row."""

    def __init__(self, incoming: IncomingTable, of_several: bool) -> None:
        """``of_several`` tables of one file the sheet is told with each row."""
        self.incoming = incoming
        self.heading = incoming.heading
        self.sheet = incoming.grid.title
        self._where = f"{incoming.grid.called}" if of_several else ""
        self.doubts: list[Mention] = []
        self.records = [self._record(*told) for told in self._rows()]

    @cached_property
    def headings(self) -> dict[int, str]:
        """What stands over each column that holds anything, by its place: the running numbers too."""
        grid, last = self.incoming.grid, self.heading.last
        called = {column.place: column.heading for column in self.heading.columns}
        for place in range(grid.width):
            if place not in called and self._is_told(place):
                called[place] = clean(grid.text(last, place))
        return dict(sorted(called.items()))

    @cached_property
    def keys(self) -> dict[int, str]:
        """By which column of the roll-up each column is kept: a field's name, else what its heading means."""
        found: dict[int, str] = {}
        for place, heading in self.headings.items():
            if normal(heading) in IDLE:
                continue
            name = self.heading.places.get(place, "")
            key = name or meaning(heading or self.called(place))
            while key in found.values():
                key += "+"
            found[place] = key
        return found

    def called(self, place: int) -> str:
        """Return what the clerk reads over a column of the roll-up that no field has."""
        return self.headings[place] or f"{get_column_letter(place + 1)}列（没有标题）"

    @property
    def aside(self) -> dict[str, str]:
        """Columns that no field has: heading by key."""
        fields = self.incoming.fields
        return {key: self.called(place) for place, key in self.keys.items() if key not in fields}

    def nil_rows(self) -> Iterator[str]:
        """Yield the rows that say that there is nothing, each as written: 第8行：各村 本月无隐患."""
        for row in self.incoming.lines.nil:
            texts = [text for text in self.incoming.grid.line(row) if not text.isdigit()]
            yield f"{self._where}第{row + 1}行：{' '.join(texts)}"

    def columns(self) -> list[tuple[str, str]]:
        """Return each heading with the field that it fills, '' for none."""
        fields = self.incoming.fields
        return [(self.called(place), key if key in fields else "") for place, key in self.keys.items()]

    def sent(self) -> Sent:
        """Return the table as it was sent."""
        places = list(self.headings)
        grid = self.incoming.grid
        rows = [[as_written(grid.cell(one.line - 1, place)) for place in places] for one in self.records]
        heads = list(self.headings.values())
        widths = [width_of(head, [row[at] for row in rows]) for at, head in enumerate(heads)]
        return Sent(self.sheet, heads, widths, rows)

    def _is_told(self, place: int) -> bool:
        rows = self.incoming.grid.rows
        idle = self.incoming.lines.all
        below = range(self.heading.last + 1, len(rows))
        return any(
            place < len(rows[row]) and not is_empty(rows[row][place]) for row in below if row not in idle
        )

    def _rows(self) -> Iterator[tuple[IncomingRow, list[CellContent]]]:
        """Yield each row that says anything, in whatever column: as its fields read it, and its cells."""
        read = {row.line: row for row in read_rows(self.incoming)}
        idle = self.incoming.lines.all
        for at, cells in self.incoming.grid.rows_from(self.heading.last + 1):
            told = [place for place in self.keys if place < len(cells) and not is_empty(cells[place])]
            if at not in idle and told and not _is_example(cells):
                yield read.get(at + 1, IncomingRow(at + 1, {})), cells

    def _record(self, row: IncomingRow, cells: Sequence[CellContent]) -> SentRow:
        fields = self.incoming.fields
        record = SentRow(row.line, dict(row.values))
        for place, key in self.keys.items():
            cell = cells[place] if place < len(cells) else ""
            record.cells[key] = as_written(cell)
            if key in row.problems:
                self._cannot_read(row.line, place, cell, row.problems[key])
            elif key in fields:
                record.cells[key] = in_rollup(fields[key], row.values.get(key), cell)
        for name, value in row.values.items():
            if name not in record.cells and not absent(value):
                record.cells[name] = in_rollup(fields[name], value, None)
        if band := self.incoming.lines.band_over(row.line - 1):
            self._stand_under(record, band)
        return record

    def _stand_under(self, record: SentRow, band: RowBand) -> None:
        """What stands over a row belongs to it: the unit where the row names none."""
        name = next((name for name, one in self.incoming.fields.items() if one.label == UNIT), "")
        if name and absent(record.values.get(name)) and not _NO_UNIT.search(band.name):
            record.values[name] = record.cells[name] = band.name
        if record.cells.get(name) != band.text:
            record.cells[meaning(_BAND)] = band.text

    def _cannot_read(self, line: int, place: int, cell: CellContent, reason: str) -> None:
        heading = self.headings[place]
        written = cell.reason if isinstance(cell, Broken) else cell_text(cell)
        said = f"写的是“{clean(written)}”，未能识别，已照录" if not isinstance(cell, Broken) else reason
        self.doubts.append(
            Mention(f"{self._where}第{line}行“{heading}”{said}", self.sheet, line, heading, written, True)
        )

    def blanks(self, required: Sequence[Field]) -> Iterator[Mention]:
        """Yield each needed cell that was left empty; where there is no column for it nobody left it out."""
        places = {key: place for place, key in self.keys.items()}
        wanted = [one for one in required if one.name in places]
        for record in self.records:
            for one in wanted:
                if record.cells.get(one.name) is None:
                    heading = self.headings[places[one.name]]
                    said = f"{self._where}第{record.line}行没有填写“{heading}”"
                    yield Mention(said, self.sheet, record.line, heading)


def columns_of_all(tables: Sequence[SentTable], fields: Mapping[str, Field]) -> tuple[list[str], list[str]]:
    """Return the columns of the roll-up by key, fields first in their order, and what stands over each."""
    used = {key for one in tables for record in one.records for key in record.cells}
    used |= {key for one in tables for key in one.keys.values()}
    heads = {name: one.heading for name, one in fields.items() if name in used}
    called: dict[str, list[str]] = {}
    for one in tables:
        for key, heading in one.aside.items():
            called.setdefault(key, []).append(heading)
    for key in sorted(used - set(heads) - set(called)):
        called[key] = [_BAND]
    for key, texts in called.items():
        different = {normal(text): text for text in reversed(texts)}
        head = "／".join(reversed(different.values()))
        taken = set(heads.values())
        number = 2
        while head in taken:
            head, number = f"{texts[0]}（{number}）", number + 1
        heads[key] = head
    return list(heads), list(heads.values())


def meaning(heading: str) -> str:
    """Return what two headings of different senders have in common that mean the same."""
    return "：" + ("/".join(lexicon().senses(bare(heading))) or normal(heading) or heading)


def in_rollup(one: Field, value: Value, cell: CellContent) -> Written:
    """Return what stands in the roll-up for a field: dates, numbers and choices as read, texts as written."""
    if one.kind in NUMBERS and isinstance(value, int | float):
        return value
    if one.kind in _READ or is_empty(cell):
        return one.show(value) or as_written(cell)
    return as_written(cell)


def width_of(heading: str, cells: Sequence[Written]) -> float:
    """Return a fitting width in Chinese characters."""
    lines = (line for cell in cells if cell is not None for line in str(cell).split("\n"))
    longest = max((ceil(letters_wide(line) / 2) for line in lines), default=0)
    return max(_NARROW, min(_WIDE, max(longest, min(len(heading), 8))))


def _is_example(cells: Sequence[CellContent]) -> bool:
    return any(isinstance(cell, str) and clean(cell).startswith(EXAMPLE) for cell in cells)
