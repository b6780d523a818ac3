"""Asks the records that fulfil duties: the ``Source`` of each book, once for a whole span.

A book declares its source itself. A record that names a duty counts for that duty and no other; one that
names none counts wherever its kind is wanted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

import peewee
from peewee import fn

from hazard_desk.books.kit.source import Firms, ProofRow, Proving, Source
from hazard_desk.books.registers import REGISTER, RegisterRow
from hazard_desk.library.registers import bundled_registers
from hazard_desk.rules.fields import Kind, Row
from hazard_desk.rules.fulfilment import ANY, SOURCES, Wanted, read_code
from hazard_desk.rules.obligation import Evidence, is_about, named_in
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, name_of

_REGISTER = "register"
"""The word of a code that names a special register, or a book whose records are of one sort."""


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
            for one in self._of(want):
                if is_about(one.title, want.word):
                    found[one.record] = one
        return Records(found.values())

    def _of(self, want: Wanted) -> Iterable[Evidence]:
        if want.name != ANY:
            return self._by_sort.get((want.source, want.name), ())
        return (one for (source, _), some in self._by_sort.items() if source == want.source for one in some)


class Records:
    """The records that fulfil one duty; those of a period are found without looking at the others."""

    def __init__(self, found: Iterable[Evidence]) -> None:
        self._found = sorted(found, key=lambda one: one.belongs)
        self._days = [one.belongs for one in self._found]

    def between(self, first: date, last: date) -> tuple[Evidence, ...]:
        """Return those for the days from ``first`` to ``last``, in order of the day of the work."""
        there = self._found[bisect_left(self._days, first) : bisect_right(self._days, last)]
        return tuple(sorted(there, key=lambda one: (one.on, one.record)))


class _LastWork(Record):
    """The day of the latest record that names a task."""

    task = peewee.IntegerField()
    last = peewee.DateField()


class Proofs:
    """Asks every book whose records fulfil duties; the catalogue says which these are."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet
        self._sources: list[tuple[Proving, Source]] = []

    def take(self, book: Proving, source: Source) -> None:
        """Ask the records of ``book`` too."""
        self._sources.append((book, source))

    def gather(self, wanted: Sequence[Wanted], first: date, last: date, firms: Firms) -> Found:
        """Return every record for the days from ``first`` to ``last`` that may fulfil a duty.

        ``firms`` tell what the enterprises that records name are called today.
        """
        found = Found()
        for book, source in self._sources:
            names = {want.name for want in wanted if want.source == source.word}
            if names or source.duty:
                fits = peewee.Value(1) == 1 if ANY in names else source.sort_in(book).in_(names)
                if source.duty:
                    fits |= source.duty.is_null(False)
                span = (source.belongs or source.on).between(first, last)
                for row in self.cabinet.records(ProofRow, source.select(book).where(span & fits)):
                    found.add(source.word, row.sort, row.duty, source.evidence(book, row, firms))
        for name in sorted({want.name for want in wanted if want.source == _REGISTER}):
            for one in _register_rows(self.cabinet, name, first, last, firms):
                found.add(_REGISTER, name, None, one)
        return found

    def linked(self, records: Iterable[str]) -> dict[str, Evidence]:
        """Return the records that the clerk linked, by ledger/id; those that are gone are left out."""
        ids: dict[str, list[int]] = defaultdict(list)
        for record in records:
            ledger, _, number = record.partition("/")
            ids[ledger].append(int(number))
        found: dict[str, Evidence] = {}
        for book, source in self._sources:
            if book.id in ids:
                select = source.select(book).where(source.on.model.id.in_(ids[book.id]))
                rows = self.cabinet.records(ProofRow, select)
                found |= {one.record: one for one in (source.evidence(book, row) for row in rows)}
        return found

    def candidates(self, first: date, last: date) -> list[Evidence]:
        """Return every record of these days that the clerk may link, the latest first."""
        found: list[Evidence] = []
        for book, source in self._sources:
            within = source.select(book).where(source.on.between(first, last))
            rows = self.cabinet.records(ProofRow, within)
            found += (source.evidence(book, row) for row in rows)
        return sorted(found, key=lambda one: (one.on, one.record), reverse=True)

    def last_work(self, today: date) -> dict[int, date]:
        """Return the day of the latest record up to ``today`` that names a task, by the task's id."""
        found: dict[int, date] = {}
        for _, source in self._sources:
            if source.task:
                last = fn.MAX(source.on).alias(name_of(_LastWork.last))
                select = source.on.model.select(source.task.alias(name_of(_LastWork.task)), last)
                select = select.where(source.task.is_null(False) & (source.on <= today))
                for row in self.cabinet.records(_LastWork, select.group_by(source.task)):
                    found[row.task] = max(found.get(row.task, date.min), row.last)
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """Every code that the office may choose and its words: activity:五进宣传 is 五进宣传."""
        sources = sorted(self._sources, key=lambda pair: SOURCES.index(pair[1].word))
        found = {code: words for book, source in sources for code, words in source.codes(book).items()}
        return found | {
            f"{_REGISTER}:{name}": definition.title for name, definition in bundled_registers().items()
        }

    def in_words(self, code: str) -> str:
        """Return what a code asks for, as the clerk reads it: 教育培训（预案）, 带队检查, 标语宣传品台账."""
        want = read_code(code)
        words = self.labels.get(f"{want.source}:{want.name}", want.name)
        return f"{words}（{want.word}）" if want.word else words

    def code_of(self, words: str) -> str | None:
        """Return the code that ``in_words`` gives these words for, or None."""
        codes = {label: code for code, label in self.labels.items()}
        plain, bracket, word = words.removesuffix("）").partition("（")
        if words in codes or not bracket or plain not in codes:
            return codes.get(words)
        return f"{codes[plain]}/{word}"


class _RegisterProof(Record):
    """A row of a special register by its first date, which its facts keep as text."""

    done = peewee.TextField()
    named = peewee.TextField()
    firm = peewee.IntegerField(null=True)


def _register_rows(cabinet: Cabinet, register: str, first: date, last: date, firms: Firms) -> list[Evidence]:
    """Return the rows of a special register by their first date."""
    definition = bundled_registers().get(register)
    day = (
        next((field for field in definition.fields if field.kind == Kind.DATE), None) if definition else None
    )
    if definition is None or day is None:
        return []
    on = fn.JSON_EXTRACT(RegisterRow.facts, f"$.{day.name}")
    named = fn.JSON_EXTRACT(RegisterRow.facts, f"$.{definition.fields[0].name}")
    facts = (
        on.alias(name_of(_RegisterProof.done)),
        named.alias(name_of(_RegisterProof.named)),
        RegisterRow.enterprise_id.alias(name_of(_RegisterProof.firm)),
    )
    select = RegisterRow.select(RegisterRow.id, *facts)
    select = select.where((register == REGISTER) & on.between(first, last))
    found = []
    for row in cabinet.records(_RegisterProof, select):
        done = date.fromisoformat(row.done)
        title = str(row.named or "")
        about = firms.called(named_in(title), row.firm)
        found.append(Evidence(done, f"{register}/{row.id}", title, done, about=about))
    return found


_IN_USE = {"slogans": ("set_on", "removed_on", "quantity")}
"""Registers of things that stand for a while: first day, last day, how many; their ``state`` 在用 counts."""


def in_use(cabinet: Cabinet, registers: Iterable[str], today: date) -> dict[str, int]:
    """Return how much of each of these registers stands on ``today``: 3 条 in use. One query."""
    counts = dict.fromkeys(registers, 0)
    select = RegisterRow.select(REGISTER, RegisterRow.facts)
    rows = cabinet.records(RegisterRow, select.where(REGISTER.in_(list(counts)))) if counts else []
    for row in rows:
        counts[row.register] += _stands(_IN_USE.get(row.register), row.facts, today)
    return counts


def _stands(names: tuple[str, str, str] | None, facts: Row, today: date) -> int:
    if names is None:
        return 1
    begin, end, quantity = names
    now = today.isoformat()
    if str(facts.get(begin, "")) > now:
        return 0
    gone, many = str(facts.get(end) or ""), facts.get(quantity, 1)
    there = gone > now if gone else facts.get("state") == "在用"
    return many if there and isinstance(many, int) else 0
