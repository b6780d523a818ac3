"""Hazards as they stood on a day: from the kept rows where nothing happened since, else from their events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from hazard_desk.books.hazards import course
from hazard_desk.books.hazards.events import event_of, kept_row
from hazard_desk.books.hazards.law import overdue
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field
from hazard_desk.rules.states import OWN_WORK
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.cabinet import Cabinet

_FEW = 500
"""More hazards than these have their events read in one sweep over the table."""


def events_of(cabinet: Cabinet, numbers: Sequence[int]) -> dict[int, list[Event]]:
    """Return the events of each of these hazards in order of entry, numbered from 1."""
    select = HazardEvent.select().order_by(HazardEvent.id)
    wanted = set(numbers)
    if len(wanted) < _FEW:
        select = select.where(HazardEvent.hazard_id.in_(list(wanted)))
    found: dict[int, list[Event]] = defaultdict(list)
    for row in cabinet.records(HazardEvent, select):
        if row.hazard_id in wanted:
            events = found[row.hazard_id]
            events.append(event_of(row, len(events) + 1))
    return found


def stood(cabinet: Cabinet, kept: Sequence[Hazard], day: date) -> list[Hazard]:
    """Return those of the kept rows that were found by then, as they stood at the end of ``day``.

    By when things happened, not by when they were entered. A row has the columns that it came with,
    found_on among them.
    """
    unknown = _known_later(cabinet, [row.id for row in kept if row.found_on is None], day)
    there = [row for row in kept if (row.id not in unknown if row.found_on is None else row.found_on <= day)]
    later = set(
        cabinet.numbers(HazardEvent.select(HazardEvent.hazard_id).where(HazardEvent.happened_on > day))
    )
    moved = events_of(cabinet, [row.id for row in there if row.id in later])
    found = []
    for row in there:
        if row.id not in later:
            found.append(row)
            continue
        until = [event for event in course.effective(moved[row.id]) if event.happened_on <= day]
        past = kept_row(course.fold(until))
        found.append(type(row)({name: past.get(name, value) for name, value in row.items()}))
    return found


def seen_on(row: Hazard, today: date) -> Hazard:
    """Return a hazard with what follows from the day on which it is looked at."""
    running = row.deadline is not None and row.state in OWN_WORK
    row.overdue = overdue(row.state, row.deadline, today)
    row.days_left = (row.deadline - today).days if row.deadline and running else None
    return row


def _known_later(cabinet: Cabinet, numbers: Sequence[int], day: date) -> set[int]:
    """Return those of the hazards found on an unknown day that came in only after ``day``."""
    if not numbers:
        return set()
    after = (HazardEvent.kind == Steps.REGISTERED.kind) & (HazardEvent.happened_on > day)
    return set(numbers).intersection(cabinet.numbers(HazardEvent.select(HazardEvent.hazard_id).where(after)))


def unfaithful(cabinet: Cabinet) -> list[str]:
    """Return a sentence for every hazard whose kept row differs from what its events fold to."""
    return [f"隐患 {row.number} 的台账与办理记录不一致" for row in unfollowed(cabinet)]


def unfollowed(cabinet: Cabinet) -> list[Hazard]:
    """Return the kept rows that differ from what their events fold to; some are held at a time."""
    found: list[Hazard] = []
    last, some = 0, Hazard.select().order_by(Hazard.id).limit(_FEW - 1)
    while rows := cabinet.records(Hazard, some.where(Hazard.id > last)):
        stop_if_unwanted()
        events = events_of(cabinet, [row.id for row in rows])
        found += [row for row in rows if not _follows(row, events[row.id])]
        last = rows[-1].id
    return found


def _follows(row: Hazard, events: Sequence[Event]) -> bool:
    """Whether the kept row is what the events fold to; never for events that are not lawful."""
    try:
        folded = course.fold(events)
    except Refused:
        return False
    return all(row[name] == value for name, value in kept_row(folded).items())


def sums_of(rows: Sequence[Hazard], amounts: Sequence[Field]) -> list[tuple[str, float]]:
    """Return what these fields of rows that stood on a day add up to, by their headings; no zeros."""
    each = ((field.heading, [row[field.name] for row in rows]) for field in amounts)
    totals = ((heading, sum(n for n in some if isinstance(n, int | float))) for heading, some in each)
    return [(heading, total) for heading, total in totals if total]
