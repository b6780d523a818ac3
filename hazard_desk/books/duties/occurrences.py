"""Every time a duty falls due, with what was found for it: computed, never stored.

The tables here hold only what no ledger can know: the clerk's own word on an occurrence, and the events
(a holiday, a storm, an accident) on which a triggered duty falls due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

import peewee

from hazard_desk.books.duties.asked import Asking
from hazard_desk.books.duties.evidence import Proofs
from hazard_desk.books.kit.source import NO_FIRMS
from hazard_desk.books.opening import kept_since
from hazard_desk.books.plans.tables import DutyFacts, PlanRow
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.fulfilment import (
    BEHIND,
    OPEN,
    Mark,
    MarkKind,
    OccurrenceState,
    Verdict,
    judge,
    occurrence_since,
    read_code,
)
from hazard_desk.rules.obligation import Demand, Evidence
from hazard_desk.rules.recurrence import CAMPAIGN, Occurrence, occurrences
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, column

_AROUND = timedelta(days=15)
"""How long before a holiday work counts for it; how long after a triggered duty's day it counts as late."""


class OccurrenceMarkRow(Record, table="occurrence_mark", indexes=((("duty_id", "key"), True),)):
    """The clerk's own word on one occurrence: done, done by that record, or not required this time."""

    duty_id = peewee.IntegerField()
    key = peewee.TextField()
    kind = peewee.TextField()
    happened_on = column("完成日期", Kind.DATE, required=True, width=7, now=True)
    note = column("说明", Kind.LONG, required=True, width=24)
    record = peewee.TextField(default="")
    who = peewee.TextField(default="")
    entered_at = peewee.DateTimeField()


class DutyTriggerRow(Record, table="duty_trigger"):
    """One event on which a triggered duty fell due."""

    duty_id = peewee.IntegerField(index=True)
    name = column("事由", required=True, width=12, help="如 国庆节前、8月3日暴雨")
    happened_on = column(
        "日期", Kind.DATE, required=True, width=7, now=True, help="事情发生的日期，或节假日的第一天"
    )
    due = column("完成期限", Kind.DATE, required=True, width=7)
    starts_on = column(
        "起算日期", Kind.DATE, width=7, help="这一天起的工作计入；不填的，事前工作从期限前15天算起"
    )
    note = column("说明", Kind.LONG, width=20)
    who = peewee.TextField(default="")
    entered_at = peewee.DateTimeField()


@dataclass(frozen=True)
class DutyOccurrence:
    """One time a duty falls due and where it stands. ``key`` names it within its duty."""

    duty: DutyFacts
    key: str
    when: Occurrence
    verdict: Verdict
    asked: Demand
    evidence: tuple[Evidence, ...] = ()
    mark: Mark | None = None
    trigger: DutyTriggerRow | None = None

    @property
    def title(self) -> str:
        return f"{self.duty.title}（{self.when.period}）"

    @property
    def due(self) -> date:
        return self.when.due

    @property
    def state(self) -> OccurrenceState:
        return self.verdict.state

    @property
    def missing(self) -> tuple[str, ...]:
        """The objects for which nothing was done yet, by name; () where it is done once for all."""
        return self.verdict.missing

    @property
    def open(self) -> bool:
        """Whether it still asks for work."""
        return self.state in OPEN

    @property
    def behind(self) -> bool:
        """Whether its day passed and nothing was done."""
        return self.state in BEHIND


def evaluate(
    proofs: Proofs, plan: PlanRow, duties: Sequence[DutyFacts], first: date, last: date, today: date
) -> list[DutyOccurrence]:
    """Return what falls due from ``first`` to ``last`` under ``plan``, duty by duty, as of ``today``.

    A handful of queries, however long the span and however many the duties.
    """
    fired = _triggers(proofs.cabinet, duties)
    marks = _marks(proofs, duties)
    times = [
        (duty, key, when, trigger)
        for duty in duties
        for key, when, trigger in _times(duty, plan, fired.get(duty.id, []))
        if first <= when.due <= last and ((duty.id, key) in marks or not _unissued(duty, plan, when))
    ]
    if not times:
        return []
    wanted = {duty.id: [read_code(code) for code in duty.codes] for duty in duties}
    begin, end = min(when.starts for _, _, when, _ in times), max(when.ends for _, _, when, _ in times)
    asking = Asking(proofs.cabinet, plan.id)
    firms = asking.firms if any(duty.objects for duty in duties) else NO_FIRMS
    found = proofs.gather([want for wants in wanted.values() for want in wants], begin, end, firms)
    opened = kept_since(proofs.cabinet)
    records = {duty.id: found.of(duty.id, wanted[duty.id]) for duty in duties}
    done = []
    for duty, key, when, trigger in times:
        asked = asking.of(duty, when)
        seen = tuple(one for one in records[duty.id].between(when.starts, when.ends) if one.covers(when.due))
        mark = marks.get((duty.id, key))
        said = {name: marks.get((duty.id, key_of(key, name))) for name in asked.objects}
        words = {name: word for name, word in said.items() if word}
        verdict = occurrence_since(when, judge(when, seen, mark, asked, today, words), opened)
        fitting = tuple(one for one in seen if asked.fits(one))
        done.append(DutyOccurrence(duty, key, when, verdict, asked, fitting, mark, trigger))
    return done


def key_of(key: str, name: str = "") -> str:
    """Return what the clerk's word on one object of an occurrence is kept under; on all of it, its key."""
    return f"{key}/{name}" if name else key


def _times(
    duty: DutyFacts, plan: PlanRow, fired: Sequence[DutyTriggerRow]
) -> Iterator[tuple[str, Occurrence, DutyTriggerRow | None]]:
    """Yield when a duty falls due in its whole campaign, with the key of each time."""
    starts, ends = max(plan.starts_on, duty.starts_on or plan.starts_on), plan.ends_on
    until = duty.ends_on or ends
    if duty.kind == "triggered":
        for row in fired:
            yield f"trigger-{row.id}", _event(row), row
    elif duty.kind == "counter":
        yield "campaign", Occurrence(CAMPAIGN, starts, ends, ends), None
    elif duty.period:
        at = time.fromisoformat(duty.at) if duty.at else None
        for when in occurrences(duty.rrule, duty.period, starts, ends, at):
            if when.due <= until:
                yield when.due.isoformat(), when, None


def _unissued(duty: DutyFacts, plan: PlanRow, when: Occurrence) -> bool:
    """Whether a recurring duty would fall due before there was a plan that asks for it."""
    return bool(duty.period) and plan.issued_on is not None and when.due < plan.issued_on


def _event(row: DutyTriggerRow) -> Occurrence:
    if row.due < row.happened_on:  # to be done before it: once it has come, it is too late
        return Occurrence(row.name, row.starts_on or row.due - _AROUND, row.due, row.happened_on)
    return Occurrence(row.name, row.starts_on or row.happened_on, row.due, row.due + _AROUND)


def _triggers(cabinet: Cabinet, duties: Sequence[DutyFacts]) -> dict[int, list[DutyTriggerRow]]:
    found: dict[int, list[DutyTriggerRow]] = {}
    numbers = [duty.id for duty in duties if duty.kind == "triggered"]
    if numbers:
        select = DutyTriggerRow.select().where(DutyTriggerRow.duty_id.in_(numbers))
        for row in cabinet.records(DutyTriggerRow, select.order_by(DutyTriggerRow.due, DutyTriggerRow.id)):
            found.setdefault(row.duty_id, []).append(row)
    return found


def _marks(proofs: Proofs, duties: Sequence[DutyFacts]) -> dict[tuple[int, str], Mark]:
    """Return the clerk's words by duty and key; a linked record speaks for itself, or not when it is gone."""
    said = OccurrenceMarkRow.select().where(OccurrenceMarkRow.duty_id.in_([duty.id for duty in duties]))
    rows = proofs.cabinet.records(OccurrenceMarkRow, said)
    linked = proofs.linked([row.record for row in rows if row.record])
    found = {}
    for row in rows:
        record = linked.get(row.record)
        if row.record and record is None:
            continue
        on = record.on if record else row.happened_on
        note = row.note or (record.title if record else "")
        found[row.duty_id, row.key] = Mark(MarkKind(row.kind), on, note, row.record)
    return found
