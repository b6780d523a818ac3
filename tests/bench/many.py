"""Desks of any size: the hazards of the sample year, with their events and acts, as often as is wanted.

The copies are written as the program itself would have written them: every row was made by acts, every act
is chained to the one before it and found by the rows it touched. So ``check`` finds nothing, and whatever is
asked of the trail is answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from sqlite3 import Connection
from typing import Any

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import OPEN_STATES
from hazard_desk.store.tables import Noted, NotedField
from hazard_desk.store.trail.chain import COLUMNS, chain_link
from hazard_desk.store.trail.head import newest_act
from hazard_desk.store.trail.packed import packed_act

TEN_YEARS = 3650
_NUMBERS = {
    "hazard": {"id": "hazard", "serial": "hazard"},
    "hazard_event": {"id": "hazard_event", "hazard_id": "hazard"},
    "hazard_past": {"id": "hazard_past", "hazard_id": "hazard"},
}
"""The tables of which rows are copied: columns that hold another number in each copy, and of which table."""
_LEFT_OUT = ("check_id", "tip_id")
"""A copy comes from no check and no tip, which would have hundreds of them."""
_MARKS = {table: f"7700700{at}" for at, table in enumerate(_NUMBERS)}
"""How such a number begins while it is told as one that changes; its eight last digits are its own."""
_CHANGING = re.compile(
    rf"({'|'.join(_MARKS.values())})(\d{{8}})|(\d{{4}}-\d\d-\d\d)|(?<=隐患〔2023〕)(\d+)(?=号)"
)
_SOME = 20_000


def ten_years(desk: Desk, acts: int) -> None:
    """Make of the sample desk one that was kept for ten years, by so many acts.

    The hazards of the years before are closed.
    """
    multiply(desk, acts=acts, days=TEN_YEARS, closed=True)


def multiply(desk: Desk, hazards: int = 0, acts: int = 0, days: int = 0, closed: bool = False) -> None:
    """Copy the hazards of a desk, each as often as all others, until there are so many of them, or acts.

    The copies are spread over so many days before what they are made of. With ``closed`` only those that ask
    for nothing more are copied.
    """
    link = desk.cabinet.db.link()
    copying = _Copying(link, closed)
    there, each = (newest_act(link)[0], len(copying.acts)) if acts else (copying.there, len(copying.ids))
    copies = round(((acts or hazards) - there) / each)
    if not copies:
        return
    with desk.cabinet.together():
        copying.write([day * days // copies for day in range(1, copies + 1)])
        desk.cabinet.reindex()
    desk.cabinet.keep_head()


class _Template:
    """A row as JSON text, with a place for all that is different in each copy."""

    def __init__(self, row: Sequence[Any], highest: Mapping[str, int]) -> None:
        self._highest = {mark: highest[kind] for kind, mark in _MARKS.items()}
        self._numbers: dict[str, tuple[int, int]] = {}
        self._days: dict[str, int] = {}
        self._text = _CHANGING.sub(self._place, json.dumps(row, ensure_ascii=False).replace("%", "%%"))

    def _place(self, found: re.Match[str]) -> str:
        mark, number, day, serial = found.groups()
        if day == str(date.max):
            return day
        if day:
            self._days[day] = date.fromisoformat(day).toordinal()
            return f"%({day})s"
        self._numbers[found[0]] = int(number or serial), self._highest[mark or _MARKS["hazard"]]
        return f"%({found[0]}){'d' if mark else '03d'}"

    def filled(self, copy: int, back: int) -> list[Any]:
        """Return the row of a copy (the first is 1) that lies so many days back."""
        told: dict[str, int | str] = {name: first + copy * of for name, (first, of) in self._numbers.items()}
        for name, day in self._days.items():
            told[name] = date.fromordinal(day - back).isoformat()
        row: list[Any] = json.loads(self._text % told)
        return row


class _Copying:
    """What is copied, and how its copies are written. ``there`` is how many hazards there are."""

    def __init__(self, link: Connection, closed: bool) -> None:
        self._link = link
        states = dict(link.execute("SELECT id, state FROM hazard"))
        self.there = len(states)
        self.ids = {number for number, state in states.items() if not (closed and state in OPEN_STATES)}
        self._of = {
            table: dict(link.execute(f"SELECT id, {_hazard_in(table)} FROM {table}")) for table in _NUMBERS
        }
        self._highest = {table: max(of) for table, of in self._of.items()}
        self._rows = {table: list(self._templates(table)) for table in _NUMBERS}
        self.acts = list(self._templates_of_acts())
        """Each with its day."""

    def write(self, back: Sequence[int]) -> None:
        """Write a copy for each number of days that it lies back, the acts in the order of their days."""
        copies = list(enumerate(back, 1))
        for table, templates in self._rows.items():
            self._insert(table, (one.filled(*copy) for copy in copies for one in templates))
        days = [day for day, _ in self.acts]
        order = sorted((day - lies, copy, at) for copy, lies in copies for at, day in enumerate(days))
        acts = self._chained(self.acts[at][1].filled(copy, back[copy - 1]) for _, copy, at in order)
        while some := list(islice(acts, _SOME)):
            self._insert(f"audit ({', '.join(COLUMNS)}, hash)", (act for act, _ in some))
            touched = ([*pair, act[0]] for act, pairs in some for pair in pairs)
            self._insert("audited (table_name, row_id, audit_id)", touched)

    def _chained(self, acts: Iterable[list[Any]]) -> Iterator[tuple[list[Any], list[Any]]]:
        """Yield each act with its number and its hash, and the rows that it touched."""
        last, _, previous = newest_act(self._link)
        for number, (*facts, rows, touched) in enumerate(acts, last + 1):
            row = [number, *facts, packed_act(rows)]
            previous = chain_link(previous, row)
            yield [*row, previous], touched

    def _insert(self, into: str, rows: Iterable[list[Any]]) -> None:
        rows = iter(rows)
        if first := next(rows, None):
            places = ", ".join("?" * len(first))
            self._link.executemany(f"INSERT INTO {into} VALUES ({places})", chain((first,), rows))

    def _templates(self, table: str) -> Iterator[_Template]:
        names = [row[1] for row in self._link.execute(f"PRAGMA table_info({table})")]
        for row in self._link.execute(f"SELECT * FROM {table}").fetchall():
            values = dict(zip(names, row, strict=True))
            if self._is_copied(table, values["id"]):
                told = _marked(table, values)
                yield _Template([told.get(name) for name in names], self._highest)

    def _templates_of_acts(self) -> Iterator[tuple[int, _Template]]:
        acts = self._link.execute(
            f"SELECT {', '.join(COLUMNS)} FROM audit WHERE id IN "
            "(SELECT audit_id FROM audited WHERE table_name = 'hazard') ORDER BY id"
        )
        for _, *facts, rows in acts.fetchall():
            noted = NotedField().python_value(rows)
            told = [_marked_in(row) for row in noted if self._is_copied(row["table"], row["id"])]
            if told:
                pairs = list({(row["table"], row["id"]): None for row in told})
                day = date.fromisoformat(facts[0][:10]).toordinal()
                yield day, _Template([*facts, NotedField.told(told), pairs], self._highest)

    def _is_copied(self, table: str, number: int) -> bool:
        return table in _NUMBERS and self._of[table][number] in self.ids


def _hazard_in(table: str) -> str:
    """Return the column that tells whose row it is."""
    return next(name for name, of in _NUMBERS[table].items() if of == "hazard")


def _marked_in(row: Noted) -> Noted:
    """Return what was noted of a row, with its numbers marked."""
    before, after = (side and _marked(row["table"], side) for side in (row["before"], row["after"]))
    number = _mark(_NUMBERS[row["table"]]["id"], row["id"])
    marked: Noted = {**row, "id": number, "before": before, "after": after}
    return marked


def _marked(table: str, values: Row) -> Row:
    """Return facts of a row with their numbers marked, without what no copy has."""
    numbers = _NUMBERS[table]
    return {
        name: _mark(numbers[name], value) if name in numbers and isinstance(value, int) else value
        for name, value in values.items()
        if name not in _LEFT_OUT
    }


def _mark(kind: str, number: int) -> int:
    return int(f"{_MARKS[kind]}{number:08}")
