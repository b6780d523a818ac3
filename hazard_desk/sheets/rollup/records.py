"""The rows of a table that was sent for a ledger: as written, and as they stand in the roll-up of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

from hazard_desk.grid.cells import Broken, CellContent, cell_text, is_empty
from hazard_desk.grid.headings import IDLE, bare, normal
from hazard_desk.library.headings import lexicon
from hazard_desk.rules.fields import NUMBERS, Field, Kind, Row, Value, absent, clean
from hazard_desk.rules.wording import letters_wide, quoted
from hazard_desk.sheets.book import Written
from hazard_desk.sheets.incoming_table import IncomingTable
from hazard_desk.sheets.rollup.summing import Mention, Sent, as_written
from hazard_desk.sheets.row_reader import BAND, IncomingRow, read_rows

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
        self._where = incoming.grid.called if of_several else ""
        self.doubts: list[Mention] = []
        if shielded := self.incoming.protected.values():
            said = f"{self._where}{'、'.join(map(quoted, shielded))}是举报人信息，没有汇总，请看原表"
            self.doubts.append(Mention(said, self.sheet))
        rows = zip(read_rows(incoming), incoming.data, strict=True)
        self.records = [self._record(row, cells) for row, (_, cells) in rows]

    @cached_property
    def keys(self) -> dict[int, str]:
        """By which column of the roll-up each column is kept: a field's name, else what its heading means.

        Whoever reported a hazard is protected: such a column stays in the sender's file.
        """
        found: dict[int, str] = {}
        for place, heading in self.incoming.headings.items():
            if place in self.incoming.protected:
                continue
            key = self.heading.places.get(place, "") or meaning(heading)
            while key in found.values():
                key += "+"
            found[place] = key
        return found

    @property
    def aside(self) -> dict[str, str]:
        """Columns that no field has: heading by key."""
        fields = self.incoming.fields
        return {key: self.incoming.headings[at] for at, key in self.keys.items() if key not in fields}

    def nil_rows(self) -> list[str]:
        """Return the rows that say that there is nothing, each as written: 第8行：各村 本月无隐患."""
        return [f"{self._where}第{line}行：{said}" for line, said in self.incoming.nil_rows]

    def columns(self) -> list[tuple[str, str]]:
        """Return each heading with the field that it fills, '' for none."""
        fields = self.incoming.fields
        headings = self.incoming.headings
        return [(headings[place], key if key in fields else "") for place, key in self.keys.items()]

    def sent(self) -> Sent:
        """Return the table as it was sent, its running numbers too."""
        grid, last = self.incoming.grid, self.heading.last
        called = {place: clean(grid.text(last, place)) for place in range(grid.width)}
        heads = {place: text for place, text in called.items() if normal(text) in IDLE}
        heads |= {column.place: column.heading for column in self.heading.columns}
        heads |= {place: text for place, text in self.incoming.headings.items() if place not in heads}
        places = sorted(heads.keys() - self.incoming.protected.keys())
        rows = [[as_written(grid.cell(one.line - 1, place)) for place in places] for one in self.records]
        widths = [width_of(heads[place], [row[at] for row in rows]) for at, place in enumerate(places)]
        return Sent(self.sheet, [heads[place] for place in places], widths, rows)

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
        if band := row.others.get(BAND):
            record.cells[meaning(BAND)] = band
        return record

    def _cannot_read(self, line: int, place: int, cell: CellContent, reason: str) -> None:
        heading = self.incoming.headings[place]
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
                    heading = self.incoming.headings[places[one.name]]
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
        called[key] = [BAND]
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
