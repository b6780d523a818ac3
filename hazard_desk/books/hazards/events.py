"""Hazard events between the table and the rules: facts as JSON, and what an entry of the line is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from peewee import fn

from hazard_desk.books.hazards.course import Folded, taken_back
from hazard_desk.books.hazards.step import HAPPENED_ON, WITHDRAWN, Event
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import EventFacts, Hazard, HazardEvent
from hazard_desk.rules.fields import Field, Kind, Row, Value
from hazard_desk.rules.states import OPEN_STATES, State
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Act, plain
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import declared, name_of

_EMPTY: Row = {field.name: field.empty for field in declared(Hazard)}
FEW = 500
"""More hazards than these have their events read in one sweep over the table."""
_DAYS = frozenset(field.name for field in declared(Hazard) if field.kind is Kind.DATE)


def event_of(row: HazardEvent, entry: int) -> Event:
    """Return the event that a row of ``hazard_event`` holds; ``entry`` is its number in the line."""
    facts = {
        name: date.fromisoformat(str(value)) if value and name in _DAYS else value
        for name, value in row.facts.items()
        if name in _EMPTY
    }
    return Event(
        entry, row.kind, row.happened_on, facts, row.note, row.corrects, row.past, row.undated, row.law
    )


def kept_event(hazard: int, event: Event, folded: Folded, at: datetime, who: str) -> HazardEvent:
    """Return the row that keeps an event of a hazard, entered at that moment by that clerk."""
    row = HazardEvent()
    row.hazard_id, row.kind, row.corrects = hazard, event.kind, event.corrects
    row.happened_on, row.note = event.happened_on, event.note
    row.facts = {name: plain(value) for name, value in event.facts.items()}
    row.entered_at, row.who, row.past, row.undated = at, who, event.past, event.undated
    row.law = event.law
    row.state = str(folded.after.get(event.number, State.FOUND))
    return row


def keep_states(act: Act, lines: Sequence[HazardEvent], folded: Folded) -> None:
    """Write the state after each event beside it, so that a past day's states are one query.

    ``lines`` are the rows of a hazard's line in order of entry.
    """
    for entry, line in enumerate(lines, start=1):
        if entry in folded.after:
            act.update_from(HazardEvent, line, {name_of(HazardEvent.state): str(folded.after[entry])})


_LINE = (
    HazardEvent.id,
    HazardEvent.hazard_id,
    HazardEvent.kind,
    HazardEvent.happened_on,
    HazardEvent.facts,
    HazardEvent.note,
    HazardEvent.corrects,
    HazardEvent.past,
    HazardEvent.undated,
    HazardEvent.law,
    HazardEvent.state,
)
"""Of an event all but who entered it when."""


def event_lines(cabinet: Cabinet, numbers: Sequence[int]) -> dict[int, list[HazardEvent]]:
    """Return the rows of the lines of these hazards, in order of entry; [] for one that is gone."""
    select = HazardEvent.select(*_LINE).order_by(HazardEvent.id)
    wanted = set(numbers)
    if len(wanted) < FEW:
        select = select.where(HazardEvent.hazard_id.in_(list(wanted)))
    found: dict[int, list[HazardEvent]] = defaultdict(list)
    for row in cabinet.records(HazardEvent, select):
        if row.hazard_id in wanted:
            found[row.hazard_id].append(row)
    return found


def events_in(lines: Sequence[HazardEvent]) -> list[Event]:
    """Return the events that the rows of a line hold, numbered from 1."""
    return [event_of(row, entry) for entry, row in enumerate(lines, start=1)]


def last_events(cabinet: Cabinet) -> dict[int, int]:
    """Return the id of the last event of every hazard that is open."""
    still = Hazard.select(Hazard.id).where(Hazard.state.in_(OPEN_STATES))
    select = HazardEvent.select(HazardEvent.hazard_id, fn.MAX(HazardEvent.id))
    asked = select.where(HazardEvent.hazard_id.in_(still)).group_by(HazardEvent.hazard_id)
    return dict(cabinet.pairs(asked))


def enterprise_of(row: Hazard, old: Hazard | None, find: Callable[[str], int | None]) -> int | None:
    """Return the id of the enterprise that a hazard names, where there is one.

    A link stays while the name in the hazard stays: the enterprise may be called otherwise by now.
    """
    if old is not None and old.enterprise_id and old.unit_name == row.unit_name:
        return old.enterprise_id
    return find(row.unit_name) if row.unit_name else None


def typed(facts: Row) -> Iterable[tuple[Field, Value]]:
    """Yield the fields that kept facts name, each with its value, in the order of the ledger."""
    for field in declared(Hazard):
        if field.name in facts:
            value = facts[field.name]
            yield field, date.fromisoformat(str(value)) if field.kind is Kind.DATE and value else value


def label_of(event: Event, events: Sequence[Event]) -> str:
    """Return what an entry of the event line is called: 整改完成, 更正“登记”, 撤回“销号”, 恢复“销号”."""
    if event.corrects is None:
        return STEPS[event.kind].label
    times, target = 0, event
    while times == 0 or target.kind == WITHDRAWN:
        times += 1
        target = next(other for other in events if other.number == target.corrects)
    verb = "更正" if event.kind != WITHDRAWN else "撤回" if times % 2 else "恢复"
    return verb + quoted(label_of(target, events))


def last_standing(events: Sequence[Event]) -> Event:
    """Return what was entered last and is not withdrawn."""
    gone = taken_back(events)
    return next(e for e in reversed(events) if e.number not in gone and e.kind != WITHDRAWN)


def withdrawn(events: Sequence[Event]) -> list[Event]:
    """Return the line with what was entered last taken back: it stays, marked so."""
    return without(events, last_standing(events))


def without(events: Sequence[Event], one: Event) -> list[Event]:
    """Return the line with one of its events taken back; what a withdrawal took back then stands again."""
    return [*events, Event(events[-1].number + 1, WITHDRAWN, one.happened_on, corrects=one.number)]


def place_of_gap(course: Sequence[Event], name: str) -> tuple[int, str]:
    """Return which entry of the event line a gap is filled in, and what the form of that entry calls it.

    ``course`` is what stands of the line: the last step of history that requires the fact, else the
    registration.
    """
    for event in reversed(course):
        step = STEPS[event.kind]
        if event.past and step.after and name in step.required:
            is_day = step.dates is not None and name_of(step.dates) == name
            return event.number, HAPPENED_ON if is_day else name
    return course[0].number, name


def kept_row(folded: Folded) -> Hazard:
    """Return the columns of the kept row that ``folded`` gives; all but the number."""
    row = Hazard(_EMPTY | folded.facts)
    row.pop(name_of(Hazard.number), None)
    row.state, row.gaps = str(folded.state), list(folded.gaps)
    return row


def told_line(stored: list[EventFacts], events: Sequence[Event]) -> list[EventFacts]:
    """Return the kept events with what each is called, what it set, and whether it still stands."""
    gone = taken_back(events)
    replaced = {event.corrects for event in events if event.number not in gone}
    for event, row in zip(events, stored, strict=True):
        row.entry, row.kind_label = event.number, label_of(event, events)
        shown = ((field.label, field.show(value)) for field, value in typed(row.facts))
        row.lines = [(told, value) for told, value in shown if value]
        row.withdrawn = event.number in gone
        row.effective = event.number not in replaced and event.kind != WITHDRAWN
    return stored
