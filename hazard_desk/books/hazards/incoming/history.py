"""A sheet's row of a hazard as history: the events that it tells, with gaps; nothing of it is made up.

What no event can hold is kept among the others. A new hazard begins with what was registered, one that is
here goes on: what its history lacked is filled, what was registered is corrected, further steps follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from hazard_desk.books.hazards.course import Folded, effective, fold
from hazard_desk.books.hazards.events import kept_row
from hazard_desk.books.hazards.incoming.replay import moves
from hazard_desk.books.hazards.incoming.sheets import corrected
from hazard_desk.books.hazards.step import CORRECTED, Event, Move
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import OTHERS
from hazard_desk.books.kit.judging import Telling
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, absent, by_name
from hazard_desk.store.columns import declared, name_of, names_of

_FOUND_ON = name_of(Hazard.found_on)
_STATE = name_of(Hazard.state)
_OWN_NUMBER = name_of(Hazard.number)
_MOVED = names_of(Hazard.state, Hazard.pool)
"""What a step changes by itself: told as it was before the step, it is not lost."""
_LEFT_OVER = names_of(Hazard.rechecked_on)
"""Days that a registration may hold of an earlier round."""
_DAYS = {name_of(step.dates): step for step in STEPS.values() if step.dates is not None}


def begun(
    telling: Telling, entered: Collection[str], today: date, undated: Collection[str]
) -> tuple[list[Event], Folded]:
    """Return the course of a new hazard that a row tells; ``entered`` are the fields of a registration.

    ``undated`` are days that the row told and that cannot be. What is not reached goes to the others.
    """
    told = Hazard(telling.values)
    day = told.found_on
    facts = {name: value for name, value in told.items() if name in entered and name != _FOUND_ON}
    first = Event(1, Steps.REGISTERED.kind, day or today, facts, past=True, undated=day is None)
    events = [first]
    for move in moves(kept_row(fold(events)), told, undated):
        events.append(_event(move, len(events) + 1, today))
    return _settled(events, telling, told, 0)


def gone_on(
    line: Sequence[Event], telling: Telling, entered: Collection[str], today: date, undated: Collection[str]
) -> tuple[list[Event], Folded]:
    """Return the course of a hazard that is here with what a row tells besides."""
    now = kept_row(fold(line))
    wanted = Hazard({name: value for name, value in telling.values.items() if value != now.get(name)})
    events = list(line)
    for event in _filled(events, wanted):
        _try(events, event)
    now = kept_row(fold(events))
    if facts := corrected(now, wanted, entered):
        events = _registered_with(events, facts, len(line))
        now = kept_row(fold(events))
    for move in moves(now, Hazard(_news(now, wanted)), undated):
        _try(events, _event(move, len(events) + 1, today))
    lost = {name: value for name, value in telling.values.items() if name not in _MOVED}
    return _settled(events, telling, wanted | lost, len(line))


def _news(now: Row, wanted: Row) -> Row:
    return {name: value for name, value in wanted.items() if value != now.get(name)}


def _event(move: Move, number: int, today: date) -> Event:
    facts = dict(move.values)
    note = str(facts.pop("note", ""))
    return Event(number, move.kind, move.day or today, facts, note, past=True, undated=move.day is None)


def _try(events: list[Event], event: Event) -> bool:
    """Take an event in where the course stays lawful with it."""
    try:
        fold([*events, event])
    except Refused:
        return False
    events.append(event)
    return True


def _filled(events: Sequence[Event], wanted: Hazard) -> Iterable[Event]:
    """Corrections that fill what steps lack which came in as history; the registration comes later."""
    number = len(events)
    for target in effective(events):
        step = STEPS[target.kind]
        if not target.past or step is Steps.REGISTERED:
            continue
        facts = {
            name: wanted[name] for name in step.asked if name in wanted and absent(target.facts.get(name))
        }
        day = wanted.get(name_of(step.dates)) if step.dates is not None and target.undated else None
        if facts or isinstance(day, date):
            number += 1
            yield _correction(target, number, facts, day if isinstance(day, date) else None)


def _correction(target: Event, number: int, facts: Row, day: date | None) -> Event:
    return Event(
        number,
        CORRECTED,
        day or target.happened_on,
        facts,
        corrects=target.number,
        undated=target.undated and day is None,
    )


def _registration_corrected(events: Sequence[Event], facts: Row) -> Event:
    first = next(event for event in effective(events) if event.kind == Steps.REGISTERED.kind)
    day = facts.get(_FOUND_ON)
    rest = {name: value for name, value in facts.items() if name != _FOUND_ON}
    return _correction(first, len(events) + 1, rest, day if isinstance(day, date) else None)


def _settled(events: list[Event], telling: Telling, wanted: Row, stored: int) -> tuple[list[Event], Folded]:
    """Let the registration hold what no step brought, and the others what it cannot hold.

    ``wanted`` is what of the row must be kept, ``stored`` how many of the events the desk has already.
    """
    folded = fold(events)
    missed = _missed(folded, wanted)
    carried = {name: value for name, value in missed.items() if _may_carry(name)}
    if carried:
        events = _registered_with(events, carried, stored)
        folded = fold(events)
        missed = _missed(folded, wanted)
    for name, value in missed.items():
        telling.problems.setdefault(name, _unreached(name, kept_row(folded)))
        telling.keep_aside(name, value)
    known = folded.facts.others
    news = {heading: text for heading, text in telling.others.items() if known.get(heading) != text}
    if not news:
        return events, folded
    events = _registered_with(events, {OTHERS: known | news}, stored)
    return events, fold(events)


def _missed(folded: Folded, values: Row) -> Row:
    """Return what a row tells otherwise than the hazard that was made of it; its number may differ."""
    row = kept_row(folded)
    return {name: value for name, value in values.items() if name != _OWN_NUMBER and row[name] != value}


def _may_carry(name: str) -> bool:
    given = name in _DAYS or name in (_STATE, name_of(Hazard.pool))
    return not given or name in _LEFT_OVER


def _unreached(name: str, row: Hazard) -> str:
    field = by_name(declared(Hazard), name)
    there = field.show(row[name])
    if name == _STATE:
        return f"按表格中填写的内容，状态是“{there}”"
    return f"“{field.label}”在台账中是“{there}”" if there else f"“{field.label}”与状态“{row.state}”不符"


def _registered_with(events: list[Event], facts: Row, stored: int) -> list[Event]:
    """Return the course with more facts of the registration, as far as no later event covers them."""
    for _ in range(2):
        if stored:
            more = [*events, _registration_corrected(events, facts)]
        else:
            more = [replace(events[0], facts=events[0].facts | facts), *events[1:]]
        try:
            row = kept_row(fold(more))
        except Refused:
            return events
        reached = {name: value for name, value in facts.items() if row[name] == value}
        if reached == facts:
            return more
        facts = reached
        if not facts:
            break
    return events
