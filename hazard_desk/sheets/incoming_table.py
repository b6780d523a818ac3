"""One table that came in for a ledger: where it lies, and what each of its columns means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.grid.cells import CellContent, is_empty
from hazard_desk.grid.grid import Grid, column_lettered, letters_of
from hazard_desk.grid.headings import IDLE, HeadingColumn, TableHeading, normal
from hazard_desk.grid.lines import IdleLines, idle_lines
from hazard_desk.grid.understanding import ColumnGuess, Understood
from hazard_desk.library.headings import words_of
from hazard_desk.rules.dates import YEAR
from hazard_desk.rules.fields import Field, clean
from hazard_desk.sheets.marks import EXAMPLE
from hazard_desk.sheets.questions import Answers
from hazard_desk.sheets.typed_cells import with_dittos

_PROTECTED = 0.4
"""A column that as surely as this, or in so many of its cells, tells a protected fact is not taken in."""
_INFORMANT = re.compile("(?:举报|投诉|来电|来信|来访|反映|信访)(?:群众|人)")
_ACCOUNT = re.compile("身份证|银行|账号|卡号|领奖|受奖|户名")
_OF_PEOPLE = ("person", "phone", "contact", "credit")
_LETTER = re.compile(r"([A-Za-z]{1,2})列?")
_A_DAY = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")


@dataclass(frozen=True)
class IncomingTable:
    """A table for a ledger, and how its columns are understood."""

    ledger: Ledger
    grid: Grid
    heading: TableHeading
    file: Path | None = None
    """None for what was pasted."""
    understood: Understood | None = None
    """How its columns were understood, with what else each might be; None where it has no heading."""
    settled: frozenset[int] = frozenset()
    """Places of the columns whose meaning the clerk told, now or before."""
    answers: Answers = field(default_factory=Answers)
    """Words and values that hold for its rows."""
    at: int = 0
    """Which table of what came in it is, from 0."""
    mended: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Cells that the clerk wrote anew: text by line, from 1, and name of the field."""
    own: bool = False
    """Whether it is a sheet of this program."""

    @cached_property
    def lines(self) -> IdleLines:
        """The rows that are no data: bands, sums and signatures, and that there is nothing to report."""
        return idle_lines(self.grid, self.heading)

    @property
    def nil_rows(self) -> list[tuple[int, str]]:
        """The rows that say that there is nothing to report: number, from 1, and text as written."""
        lines = ((row, self.grid.line(row)) for row in self.lines.nil)
        return [(row + 1, " ".join(text for text in line if not text.isdigit())) for row, line in lines]

    @property
    def called(self) -> str:
        """How the clerk is told of it."""
        return f"“{self.file.name}”" if self.file else self.grid.called

    @property
    def fields(self) -> dict[str, Field]:
        """The fields that columns of the sheet may fill, by name."""
        return {one.name: one for one in self.ledger.sheet_fields()}

    @cached_property
    def headings(self) -> dict[int, str]:
        """What each column that holds anything is called, by place; no two alike but in an own sheet."""
        called = {column.place: column.heading for column in self.heading.columns}
        for place in self._nameless():
            called.setdefault(place, f"{letters_of(place)}列")
        if self.own:
            return dict(sorted(called.items()))
        found: dict[int, str] = {}
        times: Counter[str] = Counter()
        for place, heading in sorted(called.items()):
            times[heading] += 1
            found[place] = f"{heading}（{times[heading]}）" if times[heading] > 1 else heading
        return found

    def _nameless(self) -> list[int]:
        """The columns that have no heading and hold more than a running number."""
        idle, told = self.lines.all, set[int]()
        for at in range(self.heading.last + 1, len(self.grid.rows)):
            if at not in idle:
                cells = enumerate(self.grid.rows[at])
                told.update(place for place, cell in cells if not (is_empty(cell) or _is_number(place, cell)))
        over = {place: normal(self.grid.text(self.heading.last, place)) for place in told}
        return [place for place in told if over[place] not in IDLE]

    @cached_property
    def aside(self) -> dict[int, str]:
        """What the columns are called that fill no field and are kept beside, by place.

        Not those of a protected field, nor what the program itself reckons out in its own sheets.
        """
        filled = {column.place for column in self.heading.fields.values()}
        reckoned = (
            {one.heading for one in self.ledger.fields if one.name not in self.fields} if self.own else set()
        )
        found: dict[int, str] = {}
        for place, called in self.headings.items():
            if place in filled or place in self.protected:
                continue
            if called in reckoned:
                reckoned.discard(called)
            else:
                found[place] = called
        return found

    def read_by_labels(self) -> IncomingTable:
        """Return a sheet of the program itself with its columns as they are labelled, from the left."""
        labels: dict[str, list[str]] = {}
        for name, one in self.fields.items():
            labels.setdefault(one.heading, []).append(name)
        chosen: dict[int, str] = {}
        for column in self.heading.columns:
            if column.heading in labels:
                names = labels[column.heading]
                chosen[column.place] = names.pop(0) if names else ""
        taken = set(chosen.values())
        columns = tuple(
            replace(one, field=chosen.get(one.place, "" if one.field in taken else one.field))
            for one in self.heading.columns
        )
        return replace(self, heading=replace(self.heading, columns=columns), own=True)

    @cached_property
    def protected(self) -> dict[int, str]:
        """Columns that may tell what a protected field holds (举报人): nothing of them is taken in."""
        fields = tuple(one for one in self.ledger.entry_fields() if one.sensitive)
        filled = self.heading.places
        free = {place: told for place, told in self.headings.items() if not filled.get(place)}
        return {place: told for place, told in free.items() if self._is_protected(place, told, fields)}

    def _is_protected(self, place: int, heading: str, fields: tuple[Field, ...]) -> bool:
        if _INFORMANT.search(heading):
            return True
        if not fields:
            return False
        told = max(words_of(fields).scores(heading).values(), default=0)
        looks = self.guesses[place].looks.share(*_OF_PEOPLE) if place in self.guesses else 0
        return max(told, looks) >= _PROTECTED or _ACCOUNT.search(heading) is not None

    @cached_property
    def guesses(self) -> Mapping[int, ColumnGuess]:
        """What each column was taken for, by place."""
        return {guess.place: guess for guess in self.understood.columns} if self.understood else {}

    @cached_property
    def day(self) -> date:
        """The day in whose year a day without one is: which the sheet names over its table, else today."""
        today = self.ledger.cabinet.clock.today
        notes = self.understood.notes if self.understood else ()
        told = [match for note in notes for match in _A_DAY.finditer(note)]
        try:
            days = [date(*map(int, match.groups())) for match in told]
        except ValueError:
            days = []
        years = [int(year) for note in notes for year in YEAR.findall(note)]
        named = days or [today.replace(month=1, day=1, year=years[-1])] if days or years else [today]
        return min(max(named), today)

    def taking(self, columns: Mapping[int, str], answers: Answers) -> IncomingTable:
        """Return the same with other fields for some columns ('' for none), and with these answers."""
        taken = [name for name in columns.values() if name]
        if len(set(taken)) < len(taken):
            raise Refused("有两列对应了同一个栏目，请检查")
        there = {one.place: one for one in self.heading.columns}
        for place in columns:
            there.setdefault(place, HeadingColumn(place, self.headings.get(place, f"{letters_of(place)}列")))
        told = tuple(
            replace(one, field=columns.get(place, "" if one.field in taken else one.field))
            for place, one in sorted(there.items())
        )
        heading = replace(self.heading, columns=told)
        return replace(self, heading=heading, settled=self.settled.union(columns), answers=answers)

    def mapped(self, chosen: Mapping[int, str]) -> IncomingTable:
        """Return the same with other fields for some columns; '' takes a column out."""
        heading = self.heading.mapped(chosen)
        return replace(self, heading=heading)

    def places_of(self, key: str) -> list[int]:
        """Return the columns with this heading; else the one with this letter (D, D列)."""
        wanted = normal(key)
        found = [place for place, heading in self.headings.items() if normal(heading) == wanted]
        if not found and (match := _LETTER.fullmatch(key.strip())):
            place = column_lettered(match[1])
            found = [place] if place < self.grid.width else []
        return found[:1]

    @cached_property
    def data(self) -> list[tuple[int, list[CellContent]]]:
        """Number (from 1) and cells of every row that says something: no blanks, sums or signatures."""
        idle = self.lines.all
        places = list(self.headings)
        rows = [
            (at + 1, cells)
            for at, cells in self.grid.rows_from(self.heading.last + 1)
            if at not in idle and not self._is_blank(at, places) and not _is_example(cells)
        ]
        return rows if self.own else with_dittos(rows)

    def says(self, line: int) -> bool:
        """Whether a row says anything of a field."""
        return not self._is_blank(line - 1, [column.place for column in self.heading.fields.values()])

    def _is_blank(self, at: int, places: Sequence[int]) -> bool:
        cells = self.grid.rows[at]
        return all(is_empty(cells[place]) for place in places if place < len(cells))


def _is_example(cells: Sequence[CellContent]) -> bool:
    """Whether a row is the example of the template."""
    return any(isinstance(cell, str) and clean(cell).startswith(EXAMPLE) for cell in cells)


def _is_number(place: int, cell: CellContent) -> bool:
    """Whether a cell of the first column is a running number."""
    return place == 0 and str(cell).removesuffix(".0").isdigit()
