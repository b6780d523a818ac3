"""Reads the rows of a table that came in: values by field, and as written what has no field or says more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken, CellContent, cell_text, half_width, is_empty
from hazard_desk.grid.headings import HeadingColumn
from hazard_desk.grid.lines import RowBand
from hazard_desk.grid.values import is_body, is_name
from hazard_desk.library.headings import kind_of, words_of
from hazard_desk.rules.fields import NUMBERS, Field, Kind, Row, Value, absent, clean
from hazard_desk.sheets.incoming_table import IncomingTable
from hazard_desk.sheets.reading.cells import value_of
from hazard_desk.sheets.typed_cells import unit_untold, unpadded
from hazard_desk.sheets.words import takes_words, words
from hazard_desk.store.columns import name_of

BAND = "分栏"
"""The heading under which a band over rows is kept: 一、某广场（责任单位：某公司）."""
_PHONE = re.compile(r"(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}|(?<!\d)\d{7,8}(?!\d)")
_BETWEEN = " :：,，、;；/()（）"
_NO_UNIT = re.compile(r"隐患|问题|领域|方面|部分|行业|[类级项]$")
_VILLAGE = re.compile(r".{1,8}(?:村|社区|居委会|村委会)")
_SURE_OF_BAND = 0.9


@dataclass
class IncomingRow:
    """One row of a table, read: its values, what is kept as written, and what is doubtful by field name."""

    line: int
    """The row's number in the table, from 1."""
    values: Row
    problems: dict[str, str] = field(default_factory=dict)
    """Sentence by field: what stands there is no value of it, and is kept in ``others``."""
    others: dict[str, str] = field(default_factory=dict)
    """What has no field, or says more than its field: heading to text as written."""
    table: int = 0
    """Which table of what came in, from 0."""
    written: dict[str, str] = field(default_factory=dict)
    """Values that were read from words, by field, as they were written."""


@dataclass(frozen=True)
class _Told:
    """What one cell says for its field."""

    value: Value
    aside: str = ""
    """What is kept as written besides: under the label of the field, where its gap shows it."""
    problem: str = ""
    beside: tuple[str, Value] | None = None
    """A value of another field that the cell holds too: the telephone after a name."""
    written: str = ""
    """How the value was written, where it was read from words."""
    more: bool = False
    """Whether what is kept besides holds another fact too: it is kept under its own heading."""


def read_rows(table: IncomingTable) -> Iterator[IncomingRow]:
    """Yield every row of data of a table with its values as the fields read them."""
    reader = _RowReader(table)
    for line, cells in table.data:
        yield reader.read(line, cells)


class _RowReader:
    """Reads rows of one table; the same cell is read once."""

    def __init__(self, table: IncomingTable) -> None:
        self._table = table
        self._today = table.day
        self._fields = table.fields
        order = {name: at for at, name in enumerate(self._fields)}
        told = sorted(table.heading.fields.items(), key=lambda one: order[one[0]])
        self._columns = [(self._fields[name], column) for name, column in told]
        self._aside = list(table.aside.items())
        self._read: dict[tuple[str, type, CellContent, date | None, str], _Told] = {}
        self._values = {name: self._for_all(name, text) for name, text in table.answers.values.items()}
        known = words_of(tuple(self._fields.values()))
        both = {column.place: (one.name, known.joined(column.heading)) for one, column in self._columns}
        self._joined = {place: told[1] for place, (name, told) in both.items() if name == told[0]}
        self._partner = _partners(self._fields, {one.name for one, _ in self._columns})

    def read(self, line: int, cells: Sequence[CellContent]) -> IncomingRow:
        """Return one row of data."""
        row = IncomingRow(line, {}, table=self._table.at)
        mended = self._table.mended.get(line, {})
        for one, column in [*self._columns, *self._mended(mended)]:
            lies = cells[column.place] if 0 <= column.place < len(cells) else ""
            cell = mended.get(one.name, lies)
            since = row.values.get(one.since) if one.since else None
            told = self._told(row, one, column, cell, since if isinstance(since, date) else None)
            row.values[one.name] = told.value
            if told.written:
                row.written[one.name] = told.written
            if told.problem:
                row.problems[one.name] = told.problem
            if told.aside:
                called = self._table.headings.get(column.place, column.heading)
                _keep(row, called if told.more else one.label, told.aside)
            if told.beside and absent(row.values.get(told.beside[0])):
                row.values[told.beside[0]] = told.beside[1]
        for place, called in self._aside:
            if place < len(cells) and (text := _written(cells[place])):
                _keep(row, called, text)
        if band := self._table.lines.band_over(line - 1):
            self._stand_under(row, band)
        for name, value in self._values.items():
            if absent(row.values.get(name)) and name not in row.problems and name not in mended:
                row.values[name] = value
        return row

    def _mended(self, mended: Mapping[str, str]) -> list[tuple[Field, HeadingColumn]]:
        """The fields without a column that the clerk wrote in a row."""
        filled = self._table.heading.fields
        fields = [self._fields[name] for name in mended if name not in filled]
        return [(one, HeadingColumn(-1, one.label, one.name)) for one in fields]

    def _told(
        self, row: IncomingRow, one: Field, column: HeadingColumn, cell: CellContent, start: date | None
    ) -> _Told:
        unit = one.unit
        if one.kind in NUMBERS and not unit:
            unit = self._table.ledger.unit_of(one, row.values)
        key = (one.name, type(cell), cell, start, unit)
        if key not in self._read:
            asked = one if unit == one.unit else replace(one, unit=unit)
            plain = cell if self._table.own else unpadded(one, cell)
            self._read[key] = self._cell(asked, column, plain, start)
        return self._read[key]

    def _cell(self, one: Field, column: HeadingColumn, cell: CellContent, start: date | None) -> _Told:
        if is_empty(cell) and one.kind not in (Kind.TEXT, Kind.LONG):
            return _Told(one.empty)
        if takes_words(one) and (word := self._word(one, column, cell)):
            return word
        if (person := self._joined.get(column.place)) and not is_empty(cell):
            return self._both(one, self._fields[person], cell)
        if one.name in self._partner and (told := self._contact(one, cell)):
            return told
        if not self._table.own and (untold := unit_untold(one, cell, column.unit)):
            return _Told(one.empty, _written(cell), untold)
        try:
            value = value_of(one, cell, column.unit, self._today, start)
        except Refused as wrong:
            return _Told(one.empty, _written(cell), wrong.message)
        written = "" if one.kind in (Kind.TEXT, Kind.LONG) else _written(cell)
        return _Told(value, one.words(half_width(cell_text(cell)), self._today, start), written=written)

    def _word(self, one: Field, column: HeadingColumn, cell: CellContent) -> _Told | None:
        """What a word means as a choice, by the answers and by what is known; None for an unknown one."""
        written = _written(cell)
        answer = self._table.answers.words.get((one.name, clean(written)))
        choice = answer if answer is not None else words().choice(one, cell, column.heading)
        if choice is None:
            return None
        if not choice:
            return _Told(one.empty, written)
        value = choice == "是" if one.kind is Kind.BOOL else choice
        return _Told(value, written if answer is None and words().keeps(cell) else "", written=written)

    def _both(self, one: Field, person: Field, cell: CellContent) -> _Told:
        """A unit and a person in one cell; kept whole where it does not say which is which."""
        text = half_width(clean(cell_text(cell)))
        parts = [part for part in re.split(r"[\s:：,，、;；/()]+", _PHONE.sub("、", text)) if part]
        names = [part for part in parts[1:] if is_name(part) and not is_body(part)]
        if len(parts) - len(names) != 1 or (is_name(parts[0]) and not is_body(parts[0])):
            return _Told(one.empty, _written(cell), f"“{one.label}”看不出哪是单位、哪是人", more=True)
        beside = (person.name, replace(person, required=False).read("、".join(names), self._today))
        aside = _written(cell) if _PHONE.search(text) else ""
        return _Told(one.read(parts[0], self._today), aside, beside=beside, more=True)

    def _contact(self, one: Field, cell: CellContent) -> _Told | None:
        """A name and a telephone in one cell: told apart where both have fields, else kept whole too."""
        text = half_width(clean(cell_text(cell)))
        phones = _PHONE.findall(text)
        names = _PHONE.sub("、", text).replace("(", "").replace(")", "")
        name = re.sub(r"[\s:：,，、;；/]+", "、", names).strip("、")
        if not phones or not name:
            return None
        other = self._partner[one.name]
        phone = "、".join(phones)
        mine, others = (phone, name) if kind_of(one) == "phone" else (name, phone)
        today = self._today
        try:
            value = replace(one, required=False).read(mine, today)
            beside = self._fields[other].read(others, today) if other else None
        except Refused as wrong:
            return _Told(one.empty, _written(cell), wrong.message)
        return _Told(value, beside=(other, beside)) if other else _Told(value, _written(cell), more=True)

    def _stand_under(self, row: IncomingRow, band: RowBand) -> None:
        """What stands over a row belongs to it: the unit, the village or the choice that it names."""
        for label, said in band.told.items():
            scores = words_of(tuple(self._fields.values())).scores(label)
            name = max(scores, key=lambda one: scores[one], default="")
            if name in self._fields and scores[name] >= _SURE_OF_BAND and name != _unit(self._fields):
                self._fill(row, self._fields[name], said)
        for one in self._fields.values():
            if one.required and takes_words(one) and words().choice(one, band.name, ""):
                self._fill(row, one, band.name)
        unit = _unit(self._fields)
        villages = [one for one in self._fields.values() if kind_of(one) == "village"]
        if villages and _VILLAGE.fullmatch(band.name):
            unit = villages[0].name
        if unit and band.name and not _NO_UNIT.search(band.name):
            self._fill(row, self._fields[unit], band.name)
        if band.text not in row.values.values():
            row.others[BAND] = band.text

    def _fill(self, row: IncomingRow, one: Field, said: str) -> None:
        if not absent(row.values.get(one.name)) or one.name in row.problems:
            return
        told = self._cell(one, HeadingColumn(-1, one.label), said, None)
        if not told.problem:
            row.values[one.name] = told.value

    def _for_all(self, name: str, text: str) -> Value:
        one = replace(self._fields[name], required=False)
        return one.read(text, self._table.ledger.cabinet.clock.today)


def _keep(row: IncomingRow, heading: str, text: str) -> None:
    there = row.others.get(heading, "")
    row.others[heading] = f"{there}；{text}" if there and there != text else text


def _written(cell: CellContent) -> str:
    """A cell as it is kept beside the fields; why there is nothing of one that is broken."""
    if isinstance(cell, Broken):
        return f"（{cell.reason}）"
    return "" if is_empty(cell) else clean(cell_text(cell), keep_lines=True)


def _unit(fields: dict[str, Field]) -> str:
    """The field of the unit that a row is about: 单位名称, 检查对象."""
    name = name_of(Hazard.unit_name)
    return name if name in fields else ""


def _partners(fields: dict[str, Field], filled: set[str]) -> dict[str, str]:
    """Persons and telephones, each with the field of the other that no column fills; '' for none."""
    found: dict[str, str] = {}
    person = ""
    for name, one in fields.items():
        kind = kind_of(one)
        if kind == "person":
            person = found[name] = ""
            person = name
        elif kind == "phone":
            found[name] = person if person and person not in filled else ""
            if person and name not in filled:
                found[person] = name
    return found
