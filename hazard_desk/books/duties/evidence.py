"""Where the records that fulfil duties stand: one ``Source`` for each book, asked once for a whole span.

A new book of evidence is one more line in ``SOURCES``. A record that names a duty itself counts for that
duty and no other; one that names none counts wherever its kind is wanted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from peewee import fn

from hazard_desk.books.activities import KINDS as ACTIVITY_KINDS
from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.checks import KINDS as CHECK_KINDS
from hazard_desk.books.checks import CheckRow
from hazard_desk.books.document_kinds import DOCUMENT_KINDS
from hazard_desk.books.documents import DocumentRow
from hazard_desk.books.registers import RegisterRow
from hazard_desk.books.submissions import SubmissionRow
from hazard_desk.library.forms import bundled_forms
from hazard_desk.library.registers import bundled
from hazard_desk.rules.fields import Kind, Row
from hazard_desk.rules.fulfilment import Evidence, Wanted, read_code
from hazard_desk.store.cabinet import Cabinet


@dataclass(frozen=True)
class Source:
    """A book whose records fulfil duties: its columns for the sort, the day and the title of a record."""

    word: str
    """What stands before the colon of a code."""
    ledger: str
    sort: Any
    on: Any
    title: Any
    belongs: Any = None
    """The day whose period the record is for, where it is not the day of the work."""
    duty: Any = None
    """The column that names the one duty the record is for."""
    task: Any = None
    valid: Any = None
    """The condition under which a record counts at all."""

    def select(self) -> Any:
        """Return the query of all records, with the columns that ``_evidence`` reads."""
        table = self.sort.model
        select = table.select(
            table.id,
            self.sort.alias("sort"),
            self.on.alias("done"),
            self.title.alias("named"),
            (self.belongs or self.on).alias("belongs"),
            *([self.duty.alias("duty")] if self.duty else []),
        )
        return select if self.valid is None else select.where(self.valid)

    def evidence(self, row: Row) -> Evidence:
        """Return a row of ``select`` as evidence."""
        return Evidence(row["done"], f"{self.ledger}/{row['id']}", row["named"], row["belongs"])


_CHECK_TITLE = CheckRow.unit_name.concat(CheckRow.kind).concat("检查")

SOURCES = (
    Source(
        "activity",
        "activities",
        ActivityRow.kind,
        ActivityRow.held_on,
        ActivityRow.title,
        duty=ActivityRow.duty_id,
        task=ActivityRow.task_id,
    ),
    Source("check", "checks", CheckRow.kind, CheckRow.checked_on, _CHECK_TITLE),
    Source(
        "form",
        "submissions",
        SubmissionRow.form,
        SubmissionRow.submitted_on,
        SubmissionRow.title,
        belongs=SubmissionRow.as_of,
    ),
    Source(
        "paper",
        "documents",
        DocumentRow.report,
        DocumentRow.issued_on,
        DocumentRow.title,
        valid=DocumentRow.voided_on.is_null(),
    ),
)


class Found:
    """The records of one span by what they fulfil; ``of`` picks those of one duty."""

    def __init__(self) -> None:
        self._by_sort: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        self._by_duty: dict[int, list[Evidence]] = defaultdict(list)

    def add(self, source: str, sort: str, duty: int | None, one: Evidence) -> None:
        if duty:
            self._by_duty[duty].append(one)
        else:
            self._by_sort[source, sort].append(one)

    def of(self, duty: int, wanted: Iterable[Wanted]) -> Records:
        """Return the records that fulfil a duty."""
        found = {one.record: one for one in self._by_duty.get(duty, ())}
        for want in wanted:
            for one in self._by_sort.get((want.source, want.name), ()):
                if want.word in one.title:
                    found[one.record] = one
        return Records(found.values())


class Records:
    """The records that fulfil one duty; those of a period are found without looking at the others."""

    def __init__(self, found: Iterable[Evidence]) -> None:
        self._found = sorted(found, key=lambda one: one.belongs)
        self._days = [one.belongs for one in self._found]

    def between(self, first: date, last: date) -> tuple[Evidence, ...]:
        """Return those for the days from ``first`` to ``last``, in order of the day of the work."""
        there = self._found[bisect_left(self._days, first) : bisect_right(self._days, last)]
        return tuple(sorted(there, key=lambda one: (one.on, one.record)))


def gather(cabinet: Cabinet, wanted: Sequence[Wanted], first: date, last: date) -> Found:
    """Return every record for the days from ``first`` to ``last`` that may fulfil a duty: a query each."""
    found = Found()
    for source in SOURCES:
        names = {want.name for want in wanted if want.source == source.word}
        if names or source.duty:
            fits = source.sort.in_(names)
            if source.duty:
                fits |= source.duty.is_null(False)
            span = (source.belongs or source.on).between(first, last)
            for row in cabinet.rows(source.select().where(span & fits)):
                found.add(source.word, row["sort"], row.get("duty"), source.evidence(row))
    for name in sorted({want.name for want in wanted if want.source == "register"}):
        for one in _register_rows(cabinet, name, first, last):
            found.add("register", name, None, one)
    return found


def _register_rows(cabinet: Cabinet, register: str, first: date, last: date) -> list[Evidence]:
    """Return the rows of a special register by their first date."""
    definition = bundled().get(register)
    day = (
        next((field for field in definition.fields if field.kind is Kind.DATE), None) if definition else None
    )
    if definition is None or day is None:
        return []
    on = fn.JSON_EXTRACT(RegisterRow.facts, f"$.{day.name}")
    named = fn.JSON_EXTRACT(RegisterRow.facts, f"$.{definition.fields[0].name}")
    select = RegisterRow.select(RegisterRow.id, on.alias("done"), named.alias("named"))
    select = select.where((RegisterRow.register == register) & on.between(first, last))
    found = []
    for row in cabinet.rows(select):
        done = date.fromisoformat(row["done"])
        found.append(Evidence(done, f"{register}/{row['id']}", str(row["named"] or ""), done))
    return found


def linked(cabinet: Cabinet, records: Iterable[str]) -> dict[str, Evidence]:
    """Return the records that the clerk linked, by ledger/id; those that are gone are left out."""
    ids: dict[str, list[int]] = defaultdict(list)
    for record in records:
        ledger, _, number = record.partition("/")
        ids[ledger].append(int(number))
    found: dict[str, Evidence] = {}
    for source in SOURCES:
        if source.ledger in ids:
            rows = cabinet.rows(source.select().where(source.sort.model.id.in_(ids[source.ledger])))
            found |= {one.record: one for one in map(source.evidence, rows)}
    return found


def candidates(cabinet: Cabinet, first: date, last: date) -> list[Evidence]:
    """Return every record of these days that the clerk may link, the latest first."""
    found: list[Evidence] = []
    for source in SOURCES:
        rows = cabinet.rows(source.select().where(source.on.between(first, last)))
        found += map(source.evidence, rows)
    return sorted(found, key=lambda one: (one.on, one.record), reverse=True)


def last_work(cabinet: Cabinet, today: date) -> dict[int, date]:
    """Return the day of the latest record up to ``today`` that names a task, by the task's id."""
    found: dict[int, date] = {}
    for source in SOURCES:
        if source.task:
            select = source.sort.model.select(source.task.alias("task"), fn.MAX(source.on).alias("last"))
            select = select.where(source.task.is_null(False) & (source.on <= today)).group_by(source.task)
            for row in cabinet.rows(select):
                found[row["task"]] = max(found.get(row["task"], date.min), row["last"])
    return found


_IN_USE = {"slogans": ("set_on", "removed_on", "quantity")}
"""Registers of things that stand for a while: first day, last day, how many; their ``state`` 在用 counts."""


def in_use(cabinet: Cabinet, registers: Iterable[str], today: date) -> dict[str, int]:
    """Return how much of each of these registers stands on ``today``: 3 条 in use. One query."""
    counts = dict.fromkeys(registers, 0)
    select = RegisterRow.select(RegisterRow.register, RegisterRow.facts)
    rows = cabinet.rows(select.where(RegisterRow.register.in_(list(counts)))) if counts else []
    for row in rows:
        counts[row["register"]] += _stands(_IN_USE.get(row["register"]), row["facts"], today)
    return counts


def _stands(names: tuple[str, str, str] | None, facts: Row, today: date) -> int:
    if names is None:
        return 1
    begin, end, quantity = names
    if facts.get(begin, "") > today.isoformat():
        return 0
    gone = facts.get(end)
    there = gone > today.isoformat() if gone else facts.get("state") == "在用"
    return int(facts.get(quantity, 1)) if there else 0


@cache
def labels() -> dict[str, str]:
    """Return every code that the office may choose and its words: activity:五进宣传 is 五进宣传."""
    found = {f"activity:{kind}": kind for kind in ACTIVITY_KINDS if kind != "其他"}
    found |= {f"check:{kind}": f"{kind}检查" for kind in CHECK_KINDS}
    found |= {f"form:{name}": f"报送{form.short}" for name, form in bundled_forms().items()}
    found |= {f"paper:{kind.report}": f"印发{kind.title}" for kind in DOCUMENT_KINDS.values() if kind.report}
    return found | {f"register:{name}": definition.title for name, definition in bundled().items()}


def in_words(code: str) -> str:
    """Return what a code asks for, as the clerk reads it: 教育培训（预案）, 带队检查, 标语宣传品台账."""
    want = read_code(code)
    words = labels().get(f"{want.source}:{want.name}", want.name)
    return f"{words}（{want.word}）" if want.word else words


def code_of(words: str) -> str | None:
    """Return the code that ``in_words`` gives these words for, or None."""
    codes = {label: code for code, label in labels().items()}
    plain, bracket, word = words.removesuffix("）").partition("（")
    if words in codes or not bracket or plain not in codes:
        return codes.get(words)
    return f"{codes[plain]}/{word}"
