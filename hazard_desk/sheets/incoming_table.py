"""One table that came in for a ledger: where it lies, and what each of its columns means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.grid.cells import CellContent, is_empty
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import IDLE, HeadingColumn, TableHeading, normal
from hazard_desk.grid.lines import IdleLines, idle_lines
from hazard_desk.grid.understanding import ColumnGuess, Understood
from hazard_desk.rules.dates import YEAR
from hazard_desk.rules.fields import Field, clean
from hazard_desk.sheets.marks import EXAMPLE
from hazard_desk.sheets.questions import Answers

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

    @cached_property
    def lines(self) -> IdleLines:
        """The rows that are no data: bands, sums and signatures, and that there is nothing to report."""
        return idle_lines(self.grid, self.heading)

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
        """What each column that holds anything is called, by place: no two alike, no running numbers."""
        called = {column.place: column.heading for column in self.heading.columns}
        for place in range(self.grid.width):
            if place not in called and self._is_nameless(place):
                called[place] = f"{letter_of(place)}列"
        found: dict[int, str] = {}
        for place, heading in sorted(called.items()):
            number = sum(other == heading for at, other in called.items() if at < place)
            found[place] = f"{heading}（{number + 1}）" if number else heading
        return found

    @property
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
            there.setdefault(place, HeadingColumn(place, self.headings.get(place, f"{letter_of(place)}列")))
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
            place = place_called(match[1])
            found = [place] if place < self.grid.width else []
        return found[:1]

    @cached_property
    def data(self) -> list[tuple[int, list[CellContent]]]:
        """Number (from 1) and cells of every row that says something: no blanks, sums or signatures."""
        idle = self.lines.all
        places = list(self.headings)
        return [
            (at + 1, cells)
            for at, cells in self.grid.rows_from(self.heading.last + 1)
            if at not in idle and not self._is_blank(at, places) and not _is_example(cells)
        ]

    def says(self, line: int) -> bool:
        """Whether a row says anything of a field."""
        return not self._is_blank(line - 1, [column.place for column in self.heading.fields.values()])

    def _is_blank(self, at: int, places: Sequence[int]) -> bool:
        return all(is_empty(self.grid.cell(at, place)) for place in places)

    def _is_nameless(self, place: int) -> bool:
        """Whether a column has no heading and holds more than a running number."""
        if normal(self.grid.text(self.heading.last, place)) in IDLE:
            return False
        last, idle = self.heading.last, self.lines.all
        below = [self.grid.cell(at, place) for at in range(last + 1, len(self.grid.rows)) if at not in idle]
        told = [cell for cell in below if not is_empty(cell)]
        numbers = [cell for cell in told if str(cell).removesuffix(".0").isdigit()]
        return len(told) > (len(numbers) if place == 0 else 0)


def letter_of(place: int) -> str:
    """Return the letter that a spreadsheet gives to a column, counted from 0."""
    high, low = divmod(place, 26)
    return (letter_of(high - 1) if high else "") + chr(ord("A") + low)


def place_called(letters: str) -> int:
    """Return the column, from 0, that a spreadsheet calls so."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _is_example(cells: Sequence[CellContent]) -> bool:
    """Whether a row is the example of the template."""
    return any(isinstance(cell, str) and clean(cell).startswith(EXAMPLE) for cell in cells)
