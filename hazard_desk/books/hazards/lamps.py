"""重大隐患一览: what a hazard must have from its judgement to its sign-off, a lamp for each.

All of 五落实, 一案一策 and 双报告 (on discovery, on rectification) are asked of major hazards (S0 三（二）).
What a plan asks besides stands in its ``hazard_asks``; S2: 企业公示, 挂牌督办, 县领导签字. What is
missing is asked back when the hazard is signed off, and may be answered with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hazard_desk.books.hazards.course import effective, fold
from hazard_desk.books.hazards.law import (
    missing_commitments,
    on_the_spot,
    overdue,
    was_supervised,
    with_others,
)
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import PLAN, Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import absent
from hazard_desk.rules.states import ASSIGNED, INSPECTED, MAJOR, REPORTED, SELF_FOUND, State
from hazard_desk.store.columns import name_of, names_of

Asks = Callable[[], Collection[str]]
"""Tells what the plan in use asks of its hazards besides."""


class LampState(StrEnum):
    """How a part of the loop stands; the words are what the clerk reads."""

    LIT = "已办"
    MISSING = "缺"
    LATE = "逾期"
    WAITING = "未到"
    NONE = "不涉及"


@dataclass(frozen=True)
class Lamp:
    """One part of the loop of a hazard: how it stands, since when, and in a few words what is there."""

    id: str
    label: str
    state: LampState
    on: date | None = None
    said: str = ""
    step: str = ""
    """The kind of the step that lights it, '' for what is registered."""

    @property
    def short(self) -> str:
        """What stands in a narrow cell: the day where there is one, else how it stands."""
        if self.on is None or self.state is not LampState.LIT:
            return str(self.state)
        return f"{self.on.month}月{self.on.day}日"


_AFTER = {State.RECTIFIED: 1, State.RECHECKED: 2, State.CLOSED: 2}
"""How far the round is: what is asked for once a hazard is rectified (1), or rechecked (2)."""


@dataclass(frozen=True)
class _Part:
    """A part of the loop: when it is asked for, and what shows that it is there ('' where it is not)."""

    id: str
    label: str
    wanted: Callable[[Hazard, Collection[str]], bool]
    there: Callable[[Hazard], str]
    on: Callable[[Hazard], date | None] = lambda facts: None
    lacks: Callable[[Hazard], str] = lambda facts: ""
    since: int = 0
    step: str = ""


def _of_major(facts: Hazard, asks: Collection[str]) -> bool:
    return facts.level == MAJOR


def _major_here(facts: Hazard, asks: Collection[str]) -> bool:
    """A major hazard that this office sees put right, and that was not put right on the spot."""
    return facts.level == MAJOR and not with_others(facts) and not on_the_spot(facts)


def _listed(facts: Hazard, asks: Collection[str]) -> bool:
    return was_supervised(facts)


def _to_be_listed(facts: Hazard, asks: Collection[str]) -> bool:
    own = facts.level == MAJOR and facts.source in (SELF_FOUND, INSPECTED)
    return was_supervised(facts) or ("supervised" in asks and own)


def _to_be_signed(facts: Hazard, asks: Collection[str]) -> bool:
    return "county_signed" in asks and facts.source in (ASSIGNED, REPORTED)


def _committed(facts: Hazard) -> str:
    return "" if missing_commitments(facts) else f"时限{facts.deadline}"


def _without(facts: Hazard) -> str:
    return "、".join(missing_commitments(facts))


def _planned(facts: Hazard) -> str:
    whole = not any(absent(facts.get(name)) for name in names_of(*PLAN))
    return f"治理时限{facts.plan_deadline}" if whole else ""


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


_PARTS = (
    _Part("judged", "判定依据", _of_major, lambda facts: facts.criterion),
    _Part(
        "reported", "发现报告", _of_major, lambda facts: "、".join(facts.reports), step=Steps.REPORTED.kind
    ),
    _Part("committed", "五落实", _major_here, _committed, lacks=_without, step=Steps.COMMITTED.kind),
    _Part("planned", "一案一策", _major_here, _planned, step=Steps.PLANNED.kind),
    _Part(
        "posted",
        "企业公示",
        lambda facts, asks: facts.level == MAJOR and "posted" in asks,
        lambda facts: f"{_day(facts.posted_on)}{facts.posted_at}",
        lambda facts: facts.posted_on,
        step=Steps.POSTED.kind,
    ),
    _Part(
        "supervised",
        "挂牌督办",
        _to_be_listed,
        lambda facts: f"{facts.supervision_level}{facts.supervision_number}" if was_supervised(facts) else "",
        lambda facts: facts.supervision_on,
        step=Steps.SUPERVISED.kind,
    ),
    _Part(
        "done_reported",
        "整改报告",
        _of_major,
        lambda facts: "、".join(facts.done_reports),
        since=1,
        step=Steps.REPORTED_DONE.kind,
    ),
    _Part(
        "accepted",
        "督办验收",
        _listed,
        lambda facts: _day(facts.supervision_accepted_on or facts.supervision_removed_on),
        lambda facts: facts.supervision_accepted_on,
        since=1,
        step=Steps.SUPERVISION_ACCEPTED.kind,
    ),
    _Part(
        "removed",
        "摘牌",
        _listed,
        lambda facts: _day(facts.supervision_removed_on),
        lambda facts: facts.supervision_removed_on,
        since=2,
        step=Steps.SUPERVISION_REMOVED.kind,
    ),
    _Part(
        "county_signed",
        "县领导签字",
        _to_be_signed,
        lambda facts: f"{_day(facts.county_signed_on)}{facts.county_leader}",
        lambda facts: facts.county_signed_on,
        since=1,
        step=Steps.COUNTY_SIGNED.kind,
    ),
)
"""What may be missing; how far the round is stands beside it."""
_BEFORE = {"rectified": "done_reported", "rechecked": "accepted"}
"""Where the marks of the round stand among them."""


def lamps(state: str, facts: Hazard, asks: Collection[str], today: date) -> list[Lamp]:
    """Return every lamp of a hazard in the order of the loop; ``asks`` is what the plan asks besides."""
    found = [_lamp(part, state, facts, asks) for part in _PARTS]
    marks = _marks(state, facts, today)
    for name, before in _BEFORE.items():
        place = [lamp.id for lamp in found].index(before)
        found.insert(place, marks[name])
    return [*found, marks["signed_off"]]


def missing(state: str, facts: Hazard, asks: Collection[str]) -> list[Lamp]:
    """Return what a hazard lacks where it stands."""
    found = (_lamp(part, state, facts, asks) for part in _PARTS)
    return [lamp for lamp in found if lamp.state is LampState.MISSING]


def refuse_lacking(events: Sequence[Event], closing: Event, asks: Collection[str]) -> None:
    """Ask back what a hazard lacks that is to be signed off, unless the sign-off says why without."""
    if closing.said.closing_reason:
        return
    until = [event for event in effective(events) if event.happened_on <= closing.happened_on]
    now = fold(until)
    if lacking := [lamp.label + lamp.said for lamp in missing(now.state, now.facts, asks)]:
        sentence = f"还缺：{'、'.join(lacking)}。请补办后再销号；确实没有的，请在“缺项说明”中写明原因"
        raise RefusedFields({name_of(Hazard.closing_reason): sentence})


def _lamp(part: _Part, state: str, facts: Hazard, asks: Collection[str]) -> Lamp:
    said = part.there(facts)
    if said:
        return Lamp(part.id, part.label, LampState.LIT, part.on(facts), said, part.step)
    if not part.wanted(facts, asks):
        return Lamp(part.id, part.label, LampState.NONE)
    if _AFTER.get(State(state), 0) < part.since:
        return Lamp(part.id, part.label, LampState.WAITING, step=part.step)
    return Lamp(part.id, part.label, LampState.MISSING, None, part.lacks(facts), part.step)


def _marks(state: str, facts: Hazard, today: date) -> dict[str, Lamp]:
    """How far the round is: rectified, rechecked, signed off."""
    far = _AFTER.get(State(state), 0)
    waits = LampState.LATE if overdue(state, facts.deadline, today) else LampState.WAITING
    limit = f"时限{facts.deadline}" if facts.deadline else ""
    waiting = (
        Lamp("rectified", "整改完成", waits, None, limit, Steps.RECTIFIED.kind),
        Lamp("rechecked", "复查", LampState.WAITING, step=Steps.RECHECK_PASSED.kind),
        Lamp("signed_off", "销号", LampState.WAITING, step=Steps.SIGNED_OFF.kind),
    )
    days = (facts.rectified_on, facts.rechecked_on, facts.signed_off_on)
    there = (far > 0, far > 1, state == State.CLOSED)
    return {
        lamp.id: replace(lamp, state=LampState.LIT, on=day, said=_day(day)) if lit else lamp
        for lamp, day, lit in zip(waiting, days, there, strict=True)
    }
