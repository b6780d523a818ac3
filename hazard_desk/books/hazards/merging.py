"""并案: into which hazard another one may be merged, and what was merged into one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from hazard_desk.books.hazards.course import effective
from hazard_desk.books.hazards.events import last_standing
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.states import ENDED, State
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of

_Course = Callable[[int], list[Event]]
_Alone = Iterator[tuple[Hazard, list[Event]]]


def merge_problem(cabinet: Cabinet, number: int | None, into: str) -> str:
    """Return why a hazard is not merged into another one; '' where that is in the ledger and counts."""
    asked = Hazard.select(Hazard.id, Hazard.state).where(Hazard.number == into)
    problem = "" if cabinet.column(asked) else f"台账里没有隐患“{into}”，请核对编号"
    for other in cabinet.records(Hazard, asked):
        if other.id == number:
            problem = "不能并入自己，请填写另一条隐患的编号"
        elif other.state in ENDED:
            problem = f"隐患“{into}”{other.state}，不能并入"
    return problem


def refuse_merge(cabinet: Cabinet, number: int, into: str) -> None:
    """Raise ``RefusedFields`` where the hazard is not merged into that one."""
    if problem := merge_problem(cabinet, number, into):
        raise RefusedFields({name_of(Hazard.merged_into): problem})


def _merged_into(cabinet: Cabinet, number: str) -> list[Hazard]:
    """Return the hazards that stand merged into the one of this number."""
    merged = (Hazard.merged_into == number) & (Hazard.state == str(State.MERGED))
    return cabinet.records(Hazard, Hazard.select().where(merged).order_by(Hazard.id))


def given_back(cabinet: Cabinet, number: int, course: _Course) -> list[int]:
    """Return the hazards that the voiding of this one gave back, if it was entered last for it and for them.

    ``course`` gives the events of a hazard.
    """
    if last_standing(course(number)).kind != Steps.VOIDED.kind:
        return []
    said = _is_void(str(cabinet.scalar(Hazard.select(Hazard.number).where(Hazard.id == number))))
    restored = (HazardEvent.kind == Steps.RESTORED.kind) & (HazardEvent.note == said)
    rows = cabinet.records(HazardEvent, HazardEvent.select(HazardEvent.hazard_id).where(restored))
    ids = dict.fromkeys(row.hazard_id for row in rows)
    return [one for one in ids if last_standing(course(one)).note == said]


def alone_again(cabinet: Cabinet, number: str, day: date, course: _Course) -> _Alone:
    """Yield what was merged into a hazard that is voided on ``day`` and stands alone again, with events."""
    for row in _merged_into(cabinet, number):
        events = course(row.id)
        since = max(day, effective(events)[-1].happened_on)
        back = Event(events[-1].number + 1, Steps.RESTORED.kind, since, note=_is_void(number))
        yield row, [*events, back]


def _is_void(number: str) -> str:
    """Return why what was merged into this hazard stands by itself again."""
    return f"{number}已作废"
