"""One row of a sheet judged without writing: what a ledger keeps of it, what is missing, what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hazard_desk.books.kit.gaps import GAPS, OTHERS
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row, Value, absent, names_in, read_others
from hazard_desk.store.columns import Record

SAYS_NOTHING = "这一行没有内容"
TWICE = "与同一张表里前面的一条重复"
CHANGED_SINCE = "台账在这期间有了改动，请重新导入这张表格"
"""Said where what was judged cannot be written as it was judged."""


@dataclass
class Judgement:
    """What becomes of a row of a sheet; ``Ledger.enter`` writes it."""

    number: int | None
    """The record that it changes; None for a new one."""
    row: Record
    """The record as it will stand."""
    problems: dict[str, str] = field(default_factory=dict)
    """Doubts by field, in a sentence each: the value cannot stand and is kept among the others."""
    refused: str = ""
    """Why the row cannot come in at all; '' for one that can."""
    changed: tuple[str, ...] = ()
    """Names of the facts that the row brings: all that it tells, or what differs from the record."""
    before: Sequence[Row] = ()
    """What it was judged against, as it was kept; empty for a new record."""

    @property
    def changes(self) -> bool:
        """Whether there is something to write."""
        return not self.refused and bool(self.changed)

    @property
    def others(self) -> dict[str, str]:
        """What is kept under headings of its own."""
        return read_others(self.row.get(OTHERS))

    @property
    def gaps(self) -> list[str]:
        """The names of the fields that are required and that nobody told."""
        return names_in(self.row.get(GAPS))


class Batch:
    """What rows that are judged together share: what those before hold already, and what was looked up."""

    def __init__(self) -> None:
        self._taken: dict[str, set[Hashable]] = {}
        self._found: dict[tuple[str, str], int | None] = {}
        self._asked: dict[str, Field] = {}

    def asked(self, fields: Callable[[], Sequence[Field]]) -> dict[str, Field]:
        """Return the fields that the rows may tell, none of them required: first what others count from."""
        if not self._asked:
            told = sorted(fields(), key=lambda one: bool(one.since))
            self._asked = {one.name: replace(one, required=False) for one in told}
        return self._asked

    def taken(self, what: str, load: Callable[[], Iterable[Hashable]] = tuple) -> set[Hashable]:
        """Return what is taken of something that is unique; at first what ``load`` tells."""
        if what not in self._taken:
            self._taken[what] = set(load())
        return self._taken[what]

    def find(self, what: str, name: Value, look: Callable[[Value], int | None]) -> int | None:
        """Return the id that ``look`` finds for a name, looked up once."""
        key = (what, str(name))
        if key not in self._found:
            self._found[key] = look(name)
        return self._found[key]


@dataclass
class Telling:
    """What a row of a sheet tells, while it is judged."""

    fields: Mapping[str, Field]
    values: Row
    """Read values by field; no empty ones."""
    others: dict[str, str]
    problems: dict[str, str]
    written: Mapping[str, str]
    """Values as they were written, by field, where that is known."""

    def put_aside(self, problems: Mapping[str, str]) -> None:
        """Keep values that cannot stand among the others, as they were written; doubt what is not told."""
        for name, sentence in problems.items():
            self.problems.setdefault(name, sentence)
            if name in self.values:
                self.keep_aside(name, self.values.pop(name))

    def keep_aside(self, name: str, value: Value, heading: str = "") -> None:
        """Keep a value of a field under its label, beside what stands there."""
        one = self.fields[name]
        text, label = self.written.get(name) or one.show(value), heading or one.label
        known = self.others.get(label, "")
        if text and text not in known.split("；"):
            self.others[label] = f"{known}；{text}" if known else text


def telling_of(
    asked: Mapping[str, Field],
    values: Mapping[str, Value],
    others: Mapping[str, str],
    written: Mapping[str, str],
    today: date,
) -> Telling:
    """Return what a row tells of the fields ``asked``: read; what cannot be read is among the others."""
    telling = Telling(asked, {}, read_others(others), {}, written)
    unread: dict[str, str] = {}
    for name, one in asked.items():
        raw = values.get(name)
        if not raw and absent(raw):
            continue
        start = telling.values.get(one.since)
        try:
            value = one.read(raw, today, start if isinstance(start, date) else None)
        except Refused as wrong:
            telling.values[name] = raw
            unread[name] = wrong.message
        else:
            if not absent(value):
                telling.values[name] = value
    telling.put_aside(unread)
    return telling
