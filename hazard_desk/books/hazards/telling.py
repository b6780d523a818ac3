"""What a sheet's row tells of a step: a tale for each way in which rows tell.

A sheet keeps what became of a hazard, not how, and often not when. A step whose day the row does not tell
has none: it holds from the day on which the sheet comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from hazard_desk.books.hazards.law import COMMITMENTS, needed_commitments, with_others
from hazard_desk.books.hazards.step import Move, Step
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.dates import parse_date
from hazard_desk.rules.fields import absent, names_in
from hazard_desk.rules.states import ESCALATED, FULL_LIST, HANDED, State
from hazard_desk.store.columns import Made, name_of

_AFTER = {
    State.FOUND: 0,
    State.COMMITTED: 0,
    State.HANDED: 0,
    State.RECTIFIED: 1,
    State.RECHECKED: 2,
    State.CLOSED: 3,
}
"""How many steps of the round a hazard of this state has behind it."""
_REPORT = re.compile(r"(.+?)\s*[（(]([^（()）]+)[）)]")


def is_new(made: Made | None, now: Hazard, wanted: Hazard) -> bool:
    """Whether the row tells something of this fact that the hazard does not have yet."""
    if made is None:
        return False
    told = wanted.get(name_of(made))
    return not absent(told) and told != now.get(name_of(made))


def reached(step: Step, wanted: Hazard) -> bool:
    """Whether a hazard of the wanted state has this step of the round behind it, or may have."""
    state, to = wanted.get(name_of(Hazard.state)), step.leads_to
    if to not in _AFTER or state not in _AFTER:
        return True
    return _AFTER[to] <= _AFTER[State(str(state))]


def on_its_day(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """A day in the row of its own tells it."""
    day = wanted.get(name_of(step.dates)) if step.dates else None
    if isinstance(day, date) and is_new(step.dates, now, wanted) and reached(step, wanted):
        yield step.move(day, wanted)


def in_the_round(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """Its day, else the state; what is closed was rectified, and rechecked where the row says by whom."""
    assert step.leads_to is not None
    if now.state not in _AFTER or _AFTER[State(now.state)] >= _AFTER[step.leads_to]:
        return
    state = wanted.get(name_of(Hazard.state))
    told = wanted.get(name_of(step.dates)) if step.dates else None
    if isinstance(told, date):
        yield from on_its_day(step, now, wanted)
    elif state == step.leads_to or (_implied(step, now, wanted) and _goes_on(step, wanted)):
        yield step.move(None, wanted)


def _implied(step: Step, now: Hazard, wanted: Hazard) -> bool:
    """Whether a later step presupposes this one: nothing is said of it but that, or by whom it was done."""
    return step.leads_to is State.RECTIFIED or any(is_new(made, now, wanted) for made in step.needs)


def _goes_on(step: Step, wanted: Hazard) -> bool:
    """Whether the row tells a later step of the round than this one."""
    assert step.leads_to is not None
    state = wanted.get(name_of(Hazard.state))
    if state in _AFTER:
        return _AFTER[State(str(state))] > _AFTER[step.leads_to]
    days = ((State.RECHECKED, wanted.rechecked_on), (State.CLOSED, wanted.signed_off_on))
    return any(_AFTER[to] > _AFTER[step.leads_to] for to, day in days if day is not None)


def by_list(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """Its day or its facts, or the list that holds the hazard, where none did."""
    if wanted.pool == FULL_LIST and not now.pool and wanted.listed_on is None:
        yield step.move(None, wanted)
    else:
        yield from by_day_or_facts(step, now, wanted)


def handed_over(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """Its day or its facts or its state, unless the list that holds the hazard says that it was escalated."""
    told = wanted.pool == HANDED or (wanted.state == State.HANDED and wanted.pool != ESCALATED)
    if told and not with_others(now):
        yield step.move(wanted.handed_on, wanted)
    elif wanted.pool != ESCALATED:
        yield from by_day_or_facts(step, now, wanted)


def escalated(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """The same, where the list that holds the hazard is the higher one."""
    if wanted.pool == ESCALATED != now.pool:
        yield step.move(wanted.handed_on, wanted)


def by_day_or_facts(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """Its day; without one what the row tells that only this step brings."""
    if step.dates is not None and wanted.get(name_of(step.dates)) is not None:
        yield from on_its_day(step, now, wanted)
    elif (step.dates is None or now.get(name_of(step.dates)) is None) and any(
        is_new(made, now, wanted) for made in step.needs
    ):
        yield step.move(None, wanted)


def by_commitments(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """The state, or all commitments that its level needs, of which one is new."""
    if commits(now, wanted):
        yield step.move(None, now | wanted)


def by_number(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """The number of its paper."""
    if is_new(step.number, now, wanted):
        yield step.move(None, now | wanted)


def by_reports(step: Step, now: Hazard, wanted: Hazard) -> Iterator[Move]:
    """Each report with its day, where one is told: 监管单位（2023-05-20）."""
    (name,) = step.asked
    told, known = names_in(wanted.get(name)), names_in(now.get(name))
    if told[: len(known)] != known:
        return
    for day, group in groupby(map(_report, told[len(known) :]), key=lambda pair: pair[1]):
        yield Move(step.kind, day, {name: [to for to, _ in group]})


def _report(text: str) -> tuple[str, date | None]:
    """Return to whom and when."""
    match = _REPORT.fullmatch(text)
    day = parse_date(match[2], 0) if match else None
    return (match[1], day) if match and day else (text, None)


def commits(now: Hazard, wanted: Hazard) -> bool:
    """Whether the row tells that the commitments were made for a hazard that waits for them."""
    if now.state != State.FOUND:
        return False
    state = wanted.get(name_of(Hazard.state))
    if state is not None:
        return state == State.COMMITTED
    merged = Hazard(now | {name: value for name, value in wanted.items() if not absent(value)})
    needed = needed_commitments(merged.level)
    told = ((wanted.get(name), now.get(name)) for name in COMMITMENTS)
    new = any(not absent(one) and one != there for one, there in told)
    return new and not any(absent(merged.get(name)) for name in needed)
