"""What a sheet's row tells of a step: a tale for each way in which rows tell.

A sheet keeps what became of a hazard, not how. A step that leaves no day in the row (五落实, 一案一策,
限期整改意见书) is taken on the first day on which it may have been.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.step import Move, Step
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import parse_date
from hazard_desk.rules.fields import absent
from hazard_desk.rules.states import ESCALATED, State
from hazard_desk.store.columns import Made, name_of

_AFTER = {State.FOUND: 0, State.COMMITTED: 0, State.RECTIFIED: 1, State.RECHECKED: 2, State.CLOSED: 3}
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


def on_its_day(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """A day in the row of its own tells it."""
    day = wanted.get(name_of(step.dates)) if step.dates else None
    if isinstance(day, date) and is_new(step.dates, now, wanted) and reached(step, wanted):
        yield step.move(day, wanted)


def handed_over(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """Its day, unless the list that holds the hazard says that it was escalated."""
    if wanted.pool != ESCALATED:
        yield from on_its_day(step, now, wanted, since)


def escalated(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """The day of handing over, where the list that holds the hazard is the higher one."""
    if wanted.pool == ESCALATED:
        yield from on_its_day(step, now, wanted, since)


def by_commitments(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """All five commitments, of which one is new."""
    if commits(now, wanted):
        yield step.move(since, now | wanted)


def by_facts(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """One of its facts is new."""
    if any(is_new(made, now, wanted) for made in step.needs):
        yield step.move(since, wanted)


def by_number(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """The number of its paper."""
    if is_new(step.number, now, wanted):
        yield step.move(since, now | wanted)


def by_number_after_recheck(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """The number of its paper, on the day of the recheck that it tells."""
    if is_new(step.number, now, wanted):
        yield step.move(wanted.rechecked_on or since, wanted)


def by_reports(step: Step, now: Hazard, wanted: Hazard, since: date) -> Iterator[Move]:
    """Each report with its day: 监管单位（2023-05-20）."""
    told, known = wanted.reports, now.reports
    if told and told[: len(known)] != known:
        raise Refused("“双报告”与台账中已有的不一致，请在工作台办理", name_of(Hazard.reports))
    for day, group in groupby(map(_report, told[len(known) :]), key=lambda pair: pair[1]):
        yield Move(step.kind, day, {name_of(Hazard.reports): [name for name, _ in group]})


def _report(text: str) -> tuple[str, date]:
    """Return to whom and when."""
    match = _REPORT.fullmatch(text)
    day = parse_date(match[2], 0) if match else None
    if match is None or day is None:
        raise Refused("“双报告”请写明报告日期，例如 监管单位（2023-05-20）", name_of(Hazard.reports))
    return match[1], day


def commits(now: Hazard, wanted: Hazard) -> bool:
    """Whether the row tells that the five commitments were made for a hazard that waits for them."""
    merged = now | {name: value for name, value in wanted.items() if not absent(value)}
    if now.state != State.FOUND or any(absent(merged.get(name)) for name in COMMITMENTS):
        return False
    told = ((wanted.get(name), now.get(name)) for name in COMMITMENTS)
    new = any(not absent(one) and one != there for one, there in told)
    state = wanted.get(name_of(Hazard.state))
    return new if state is None else state == State.COMMITTED
