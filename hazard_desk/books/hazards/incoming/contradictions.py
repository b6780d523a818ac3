"""What cannot be of what a sheet tells of a hazard: a day ahead, a deed before discovery, a wrong person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hazard_desk.books.hazards.law import rechecked_by_another, too_long_ago
from hazard_desk.books.hazards.step import Step
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.states import State
from hazard_desk.store.columns import Made, field_of, name_of

_DATED = [step for step in STEPS.values() if step.dates is not None]
_ROUND = (Hazard.rectified_on, Hazard.rechecked_on, Hazard.signed_off_on)
_LIMITS: tuple[tuple[Made, Made], ...] = (
    (Hazard.deadline, Hazard.found_on),
    (Hazard.supervision_deadline, Hazard.supervision_on),
    (Hazard.supervision_accepted_on, Hazard.supervision_on),
    (Hazard.supervision_removed_on, Hazard.supervision_on),
)
"""Days, and the day before which none of them lies."""


def contradictions(told: Hazard, today: date) -> dict[str, str]:
    """Return what cannot be of the facts of a hazard, of which some may be unknown: a sentence by field."""
    found = dict(_ahead(told, today))
    if too_long_ago(told, today):
        found[name_of(Hazard.found_on)] = f"发现日期{told.found_on.isoformat()}距今太久，请核对"
    known = Hazard({name: value for name, value in told.items() if name not in found})
    found |= dict(_too_early(known))
    known = Hazard({name: value for name, value in known.items() if name not in found})
    found |= dict(_out_of_order(known))
    if _closes(known) and known.rechecked_by and known.rectified_by and not rechecked_by_another(known):
        found[name_of(Hazard.rechecked_by)] = "重大隐患应由整改人以外的人员复查"
    return found


def _ahead(told: Hazard, today: date) -> Iterator[tuple[str, str]]:
    for step, day in _days(told):
        if day > today:
            yield _day(step), f"{_called(step.dates)}不能晚于今天"


def _too_early(told: Hazard) -> Iterator[tuple[str, str]]:
    for step, day in _days(told):
        if step.after and told.found_on and day < told.found_on:
            yield _day(step), f"{_called(step.dates)}早于发现日期{told.found_on.isoformat()}"
    for made, since in _LIMITS:
        limit, first = told.get(name_of(made)), told.get(name_of(since))
        if isinstance(limit, date) and isinstance(first, date) and limit < first:
            yield name_of(made), f"{_called(made)}早于{field_of(since).label}{first.isoformat()}"


def _out_of_order(told: Hazard) -> Iterator[tuple[str, str]]:
    last: tuple[date, Made] | None = None
    for made in _ROUND:
        day = told.get(name_of(made))
        if not isinstance(day, date):
            continue
        if last and day < last[0]:
            yield name_of(made), f"{_called(made)}早于{field_of(last[1]).label}{last[0].isoformat()}"
        else:
            last = day, made


def _days(told: Hazard) -> Iterator[tuple[Step, date]]:
    for step in _DATED:
        day = told.get(_day(step))
        if isinstance(day, date):
            yield step, day


def _closes(told: Hazard) -> bool:
    return told.get(name_of(Hazard.state)) == State.CLOSED or told.signed_off_on is not None


def _day(step: Step) -> str:
    assert step.dates is not None
    return name_of(step.dates)


def _called(made: Made | None) -> str:
    assert made is not None
    return f"“{field_of(made).label}”"
