"""Hazards as they stood on a day: what each event made of a hazard is kept, so that a day is one query.

``hazard_past`` holds a row for each stretch of days on which a hazard stood otherwise than now. It follows
from the events and is made anew from them whenever some of them are written, as the search index is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import new_class

import peewee
from peewee import Case, ColumnBase, Expression, ModelSelect, Ordering

from hazard_desk.books.hazards import course
from hazard_desk.books.hazards.events import FEW, event_lines, events_in, kept_row
from hazard_desk.books.hazards.law import overdue
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.query import Query, Wanted, any_of, parts, several
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row
from hazard_desk.rules.states import OWN_WORK, STANDING
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.acts import Act
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Made, Record, field_of, name_of, names_of, table_name
from hazard_desk.store.sql.statements import statements_of

_NEVER = date.max
"""Since when a hazard stood as it did before it came in."""


def _moving() -> Iterator[Made]:
    """Yield the columns that a step after the registration may change."""
    said = {*names_of(Hazard.state, Hazard.gaps, Hazard.lapsed_on, Hazard.pool)}
    for step in STEPS.values():
        if step.after:
            said |= {*step.asked, *names_of(*(made for made, _ in step.makes))}
            said |= {name_of(step.dates)} if step.dates is not None else set()
    yield from (made for name, made in Hazard.model._meta.fields.items() if name in said)


def _kept(made: Made) -> Made:
    """The same column of another table, without its index."""
    kept = deepcopy(made)
    kept.index = kept.unique = False
    return kept


class PastStretch(Record):
    """The days on which a hazard stood so: from ``since`` on, before ``until``."""

    hazard_id = peewee.IntegerField()
    since = peewee.DateField()
    until = peewee.DateField()


_ASKED_BY = (
    names_of(PastStretch.hazard_id, PastStretch.until),
    names_of(PastStretch.until, PastStretch.since),
    names_of(Hazard.level, PastStretch.until, PastStretch.since),
)
"""A hazard, a day, and a day of those of some levels."""
HazardPast: type[PastStretch] = new_class(
    "HazardPast",
    (PastStretch,),
    {"table": "hazard_past", "derived": True, "indexes": tuple((names, False) for names in _ASKED_BY)},
    lambda body: body.update({made.name: _kept(made) for made in _moving()}, __module__=__name__),
)
"""With what the columns held then that a step may change."""


_MOVING = frozenset(HazardPast.model._meta.fields)


# Keeping it


def retell(cabinet: Cabinet, act: Act | None) -> tuple[str, ...]:
    """Keep anew how hazards stood whose events an act wrote, or all; return the tables that were written."""
    numbers = None if act is None else _touched(cabinet, act)
    if numbers is not None and not numbers:
        return ()
    link, name = cabinet.db.link(), table_name(HazardPast)
    before = link.total_changes
    for some in [None] if numbers is None else parts(sorted(numbers)):
        asked = "1" if some is None else f"hazard_id IN ({', '.join('?' * len(some))})"
        link.execute(f"DELETE FROM {name} WHERE {asked}", some or ())
        moved = link.execute(_MOVED.format(asked), some or ()).fetchall()
        statements_of(HazardPast).insert(cabinet.db, _stretches(cabinet, [number for (number,) in moved]))
    return (name,) if link.total_changes > before else ()


_MOVED = """
    SELECT hazard_id FROM hazard_event WHERE {}
    GROUP BY hazard_id HAVING MIN(happened_on) < MAX(happened_on) OR MAX(undated)
"""
"""Those that may have stood otherwise once."""


def _touched(cabinet: Cabinet, act: Act) -> set[int]:
    """Return the hazards whose events an act wrote."""
    found, changed = set(), []
    for row in act.rows:
        if row["table"] == table_name(HazardEvent):
            told = row["before"] if row["after"] is None else row["after"]
            number = (told or {}).get(name_of(HazardEvent.hazard_id))
            if isinstance(number, int):
                found.add(number)
            else:
                changed.append(row["id"])
    for some in parts(changed):
        asked = HazardEvent.select(HazardEvent.hazard_id).where(HazardEvent.id.in_(some))
        found |= set(cabinet.numbers(asked))
    return found


def _stretches(cabinet: Cabinet, numbers: Sequence[int]) -> Iterator[Row]:
    """Yield how each of these hazards stood before it stood as now; nothing of a line that is not lawful."""
    for at in range(0, len(numbers), FEW - 1):
        for number, events in events_of(cabinet, numbers[at : at + FEW - 1]).items():
            yield from _before_now(number, _line(events))


def _line(events: Sequence[Event]) -> list[tuple[date, Hazard]]:
    """Return how a hazard stood from each day on; nothing of a line that is not lawful."""
    with suppress(Refused):
        return [(day, kept_row(folded)) for day, folded in course.stretches(events)]
    return []


def _before_now(number: int, line: Sequence[tuple[date, Hazard]]) -> Iterator[Row]:
    """Yield the rows of ``hazard_past`` that a line makes."""
    if line and line[0][1].found_on is None:
        line = [(_NEVER, line[0][1]), *line]
    for (since, row), (until, _) in pairwise(line):
        told = {name: value for name, value in row.items() if name in _MOVING}
        yield {**told, "hazard_id": number, "since": since, "until": until}


# Asking it


def on_day(select: ModelSelect, day: date) -> ModelSelect:
    """Return a query of hazards as one of how they stood at the end of ``day``, those that were there.

    By when things happened, not by when they were entered.
    """
    return select.with_cte(peewee.CTE(table_name(Hazard), peewee.RawQuery(_STOOD, (day,) * 4)))


def _stood(then: str) -> str:
    """The columns of a hazard, those that may have been otherwise ``then``."""
    names = Hazard.model._meta.fields
    return ", ".join(f"{then if name in _MOVING - {'id'} else 'h'}.{name}" for name in names)


_STOOD = f"""
    SELECT {_stood("h")} FROM main.hazard AS h
    WHERE (h.found_on <= ? OR h.found_on IS NULL)
        AND NOT EXISTS (SELECT 1 FROM hazard_past AS p WHERE p.hazard_id = h.id AND p.until > ?)
    UNION ALL
    SELECT {_stood("p")} FROM hazard_past AS p JOIN main.hazard AS h ON h.id = p.hazard_id
    WHERE p.since <= ? AND p.until > ?
"""
"""Those that stood as now, and those that stood otherwise."""


def events_of(cabinet: Cabinet, numbers: Sequence[int]) -> dict[int, list[Event]]:
    """Return the events of each of these hazards in order of entry, numbered from 1; of those that are."""
    return {number: events_in(lines) for number, lines in event_lines(cabinet, numbers).items()}


def late_on(day: date) -> Expression:
    """Return the condition that a hazard is overdue on a day; compare ``law.overdue``."""
    return (Hazard.deadline < day) & Hazard.deadline.is_null(False) & Hazard.state.in_(OWN_WORK)


def seen_on(row: Hazard, today: date) -> Hazard:
    """Return a hazard with what follows from the day on which it is looked at."""
    running = row.deadline is not None and row.state in OWN_WORK
    row.overdue = overdue(row.state, row.deadline, today)
    row.days_left = (row.deadline - today).days if row.deadline and running else None
    return row


class LookingBack(TableLedger[Hazard]):
    """The part of the hazard ledger that reads it, as it stands or as it stood on a day."""

    looks_back = True
    table = Hazard
    headed_by = names_of(Hazard.number, Hazard.unit_name, Hazard.place)

    def finish(self, row: Hazard) -> Hazard:
        return seen_on(row, self.cabinet.clock.today)

    def where(self, field: Field, wanted: Sequence[str]) -> Expression:
        if field.name != name_of(Hazard.overdue):
            return super().where(field, wanted)
        return self._late(wanted, self.cabinet.clock.today)

    def _late(self, wanted: Wanted, day: date) -> Expression:
        """Return the condition that a hazard is overdue on a day, or is not."""
        field = field_of(Hazard.overdue)
        late = late_on(day)
        return any_of(late if field.read(one, day) else ~late for one in several(field, wanted))

    def select(self, query: Query) -> list[Hazard]:
        if query.as_of is None:
            return super().select(query)
        found = self._select(query).order_by(*self._order(query))
        return [seen_on(row, query.as_of) for row in self.cabinet.records(Hazard, found)]

    def rows_on(self, ids: Sequence[int], day: date) -> list[Hazard]:
        """Return these rows as they stood at the end of ``day``, by when things happened.

        One that was not found by then is left out.
        """
        asked = (on_day(Hazard.select().where(Hazard.id.in_(some)), day) for some in parts(ids))
        found = {row.id: seen_on(row, day) for some in asked for row in self.cabinet.records(Hazard, some)}
        return [found[number] for number in ids if number in found]

    def _select(self, query: Query, *what: ColumnBase) -> ModelSelect:
        if query.as_of is None:
            return super()._select(query, *what)
        where = dict(query.where)
        late = where.pop(name_of(Hazard.overdue), None)
        found = on_day(super()._select(replace(query, where=where, as_of=None), *what), query.as_of)
        return found if late is None else found.where(self._late(late, query.as_of))

    def _order(self, query: Query) -> list[Ordering]:
        """Of a day past what is empty comes last; of what is alike, what was found last first."""
        if query.as_of is None:
            return super()._order(query)
        name, descending = query.sort.removeprefix("-"), query.descending
        descending = descending != query.sort.startswith("-")
        alike = [Hazard.found_on.desc(), Hazard.id.asc()]
        if not name:
            return [Hazard.found_on.asc(), Hazard.id.asc()] if descending else alike
        made = self._sorted_by(name, query.as_of)
        return [*((one.desc() if descending else one.asc()) for one in (made.is_null(), made)), *alike]

    def _sorted_by(self, name: str, day: date) -> ColumnBase:
        if name == name_of(Hazard.overdue):
            return late_on(day)
        running = Hazard.state.in_(OWN_WORK)
        return (
            Case(None, ((running, Hazard.deadline),))
            if name == name_of(Hazard.days_left)
            else self._kept(name)
        )

    def standing(self, day: date, names: Sequence[str], levels: Sequence[str] = ()) -> list[Hazard]:
        """Return the hazards found by ``day`` that counted then, with these columns as they stood.

        ``names`` are columns; id, number, state, enterprise_id, found_on come anyway. Without ``levels``
        those of every level. One statement.
        """
        always = (Hazard.id, Hazard.number, Hazard.state, Hazard.enterprise_id, Hazard.found_on)
        columns = [self._kept(name) for name in dict.fromkeys((*names_of(*always), *names))]
        asked = on_day(Hazard.select(*columns).where(Hazard.state.in_(STANDING)), day)
        asked = asked.where(Hazard.level.in_(levels)) if levels else asked
        return sorted(self.cabinet.records(Hazard, asked), key=lambda row: row.id)


def unfaithful(cabinet: Cabinet) -> list[str]:
    """Return a sentence for each hazard kept otherwise than its events fold to, now or on past days."""
    found = []
    for row, line, past in _compared(cabinet):
        if not _follows(row, line):
            found.append(f"隐患 {row.number} 的台账与办理记录不一致")
        elif not _same(past, list(_before_now(row.id, line))):
            found.append(f"隐患 {row.number} 以前各日的情况与办理记录不一致")
    return found


def unfollowed(cabinet: Cabinet) -> list[Hazard]:
    """Return the kept rows that differ from what their events fold to."""
    return [row for row, line, _ in _compared(cabinet) if not _follows(row, line)]


def _compared(cabinet: Cabinet) -> Iterator[tuple[Hazard, list[tuple[date, Hazard]], list[PastStretch]]]:
    """Yield every hazard, its line and what is kept of its past; some are held at a time."""
    last, some = 0, Hazard.select().order_by(Hazard.id).limit(FEW - 1)
    kept = HazardPast.select().order_by(HazardPast.until)
    while rows := cabinet.records(Hazard, some.where(Hazard.id > last)):
        stop_if_unwanted()
        past: dict[int, list[PastStretch]] = defaultdict(list)
        between = HazardPast.hazard_id.between(rows[0].id, rows[-1].id)
        for one in cabinet.records(HazardPast, kept.where(between)):
            past[one.hazard_id].append(one)
        events = events_of(cabinet, [row.id for row in rows])
        yield from ((row, _line(events.get(row.id, ())), past[row.id]) for row in rows)
        last = rows[-1].id


def _follows(row: Hazard, line: Sequence[tuple[date, Hazard]]) -> bool:
    """Whether the kept row is what the events fold to; never for events that are not lawful."""
    return bool(line) and {**row, **line[-1][1]} == row


def _same(kept: Sequence[PastStretch], told: Sequence[Row]) -> bool:
    return len(kept) == len(told) and all({**one, **row} == one for one, row in zip(kept, told, strict=True))
