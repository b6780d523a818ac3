"""The course of a sample hazard: what is registered, and which step is taken on which working day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.demo.content import Case, Content, Firm, Pattern, SampleOffice
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Row, show_number
from hazard_desk.rules.identifiers import serial_number
from hazard_desk.rules.states import ASSIGNED, INSPECTED, MAJOR, REPORTED, SELF_FOUND
from hazard_desk.rules.workdays import is_workday, remind_on

_REMARKS = {
    SELF_FOUND: "",
    INSPECTED: "",
    REPORTED: "群众举报线索，经现场核实",
    ASSIGNED: "上级检查组交办",
}
_MAJOR_SELF_FOUND = "已按“双报告”要求报监管科室和乡政府"
_NUMBER = "三星隐患〔{year}〕{seq:03}号"
_RECIPIENT = "三星乡人民政府"
_TOWNSHIP_HEAD = "覃维翰"
"""Invented, as all people of the sample."""
_PASSED = ("{done}，复查合格", "经现场复查，{done}，整改到位", "对照整改措施逐项核查，{done}，同意提请销号")


@dataclass(frozen=True)
class SampleStep:
    """One step of the closed loop, on its day."""

    day: date
    kind: str
    facts: Hazard = field(default_factory=Hazard)
    note: str = ""

    @property
    def values(self) -> Row:
        """What the clerk enters besides the day."""
        return {**self.facts, "note": self.note}


@dataclass(frozen=True)
class Course:
    """One sample hazard from registration to its last step; ``turn`` is its place in the year."""

    content: Content
    pattern: Pattern
    case: Case
    turn: int
    firm: Firm = field(init=False)
    office: SampleOffice = field(init=False)

    def __post_init__(self) -> None:
        enterprises = self.content.enterprises
        firm = next(firm for firm in enterprises.firms if firm.name == self.case.at)
        object.__setattr__(self, "firm", firm)
        office = self.content.people.office_for(enterprises.kind_of(firm).sector)
        object.__setattr__(self, "office", office)

    # Who

    @property
    def _major(self) -> bool:
        return self.pattern.level == MAJOR

    @property
    def _noticed(self) -> bool:
        """Whether an order to rectify was issued (限期整改意见书): for majors and some others."""
        return self.case.source == INSPECTED and (self._major or self.turn % 4 == 0)

    @property
    def _own_find(self) -> bool:
        return self.case.source == SELF_FOUND

    @property
    def _hands(self) -> list[str]:
        """Who finds and mends at the unit itself."""
        return list(self.firm.officers[:2]) or [self.firm.principal]

    @property
    def _checkers(self) -> list[str]:
        """Who rechecks: the village's officer for small things, else two of the office."""
        if self._own_find and not self._major:
            return [self.content.people.keeper_of(self.firm.village)]
        return [*self.office.staff, self.office.head][:2]

    @property
    def _lister(self) -> str:
        """The leader in charge of the office that keeps the full list."""
        return self.content.people.office_for("其他").leader

    @property
    def _approver(self) -> str:
        return self.office.leader if self._major else self.office.head

    # What

    @property
    def _funds(self) -> float:
        """The money planned, in 万元."""
        funds = self.pattern.funds or (0.0,)
        return funds[self.pattern.cases.index(self.case) % len(funds)]

    @property
    def _measures(self) -> str:
        return self.case.measures or self.pattern.measures

    @property
    def _done(self) -> str:
        """What had been done in the end."""
        return self.case.done or self.pattern.done

    @property
    def _deadline(self) -> date:
        return self.case.found + timedelta(days=self.pattern.days)

    @property
    def registration(self) -> Hazard:
        """What the clerk enters on the day it is found."""
        pattern, case = self.pattern, self.case
        row = Hazard()
        row.level, row.source = pattern.level, case.source
        row.sector = pattern.sector or self.content.enterprises.kind_of(self.firm).sector
        row.unit_name, row.place = self.firm.name, case.slip or case.place
        row.description = f"{case.fault}，{case.why or pattern.why}。"
        row.category = pattern.category
        row.criterion = self.content.dangers.criteria[pattern.criterion] if pattern.criterion else ""
        row.found_on = case.found
        row.inspectors = self._hands if self._own_find else [*self.office.staff, self.office.head][:2]
        row.responsible, row.office = self.firm.principal, self.office.name
        row.overseer = self.office.staff[self.turn % len(self.office.staff)]
        row.remark = _MAJOR_SELF_FOUND if self._own_find and self._major else _REMARKS[case.source]
        if case.source == ASSIGNED:
            row.assigned_number = f"石安办交〔2023〕{self.turn + 1}号（示例）"
            row.feedback_due = working_day_after(self._deadline, 3)
        if pattern.at_once:
            row.measures = self._measures
        elif not self._own_find:
            row.deadline = self._deadline  # an inspector orders it at once
        return row

    # When

    @property
    def steps(self) -> Iterator[SampleStep]:
        """The steps after registration, in order."""
        if self.case.void:
            day = self.case.void_on or working_day_after(self.case.found, 2)
            yield SampleStep(day, Steps.VOIDED.kind, note=self.case.void)
        elif self.case.merged:
            into = Hazard()
            into.merged_into = sample_number(self.case.merged)
            yield SampleStep(self.case.found, Steps.MERGED.kind, into)
        elif self.pattern.at_once:
            yield self._rectified(self.case.found, f"即查即改：{self._done}")
            yield from self._closing(self.case.found)
        else:
            yield from self._over_time()

    def _over_time(self) -> Iterator[SampleStep]:
        committed = working_day_after(self.case.found, self.case.commit_after or 1 + self.turn % 2)
        if self._noticed:
            ordered = Hazard()
            ordered.deadline = self._deadline
            yield SampleStep(self.case.found, Steps.NOTICE_RECTIFY.kind, ordered)
        listed = Hazard()
        listed.deputy_consent, listed.principal_consent = self._lister, _TOWNSHIP_HEAD
        yield SampleStep(self.case.found, Steps.LISTED.kind, listed)
        if self._major:
            yield self._reported(working_day_after(self.case.found, 1))
        yield SampleStep(committed, Steps.COMMITTED.kind, self._commitments())
        if self._major:
            yield SampleStep(committed, Steps.PLANNED.kind, self._plan())
        begin, deadline = committed, self._deadline
        if self.case.extended_to:
            begin = max(committed, remind_on(deadline - timedelta(days=1)))
            extended = Hazard()
            extended.deadline = deadline = self.case.extended_to
            extended.extended_by = self._approver
            yield SampleStep(begin, Steps.EXTENDED.kind, extended, self.case.delay)
        share = 6 + self.turn % 4  # of the term in tenths, so that not all is done on the last day
        done = max(begin, remind_on(begin + (deadline - begin) * share // 10))
        if self.case.failed:
            yield self._rectified(done, "单位报告整改完成，申请复查")
            refused = working_day_after(done, 1)
            again = working_day_after(refused, 3)
            failed = self._recheck(self.case.failed)
            if deadline < again:
                failed.deadline = deadline = again
            yield SampleStep(refused, Steps.RECHECK_FAILED.kind, failed)
            done = again
        if self.case.late:
            done = working_day_after(deadline + timedelta(days=self.case.late - 1), 1)
        yield self._rectified(done, self.case.note or f"{self._done}。")
        yield from self._closing(done)

    def _closing(self, done: date) -> Iterator[SampleStep]:
        rechecked = working_day_after(done, 1 + self.turn % 3)
        finding = _PASSED[self.turn % len(_PASSED)].format(done=self._done)
        yield SampleStep(rechecked, Steps.RECHECK_PASSED.kind, self._recheck(finding))
        if self._noticed and not self.pattern.at_once:
            yield SampleStep(rechecked, Steps.NOTICE_RECHECK.kind)
        if self._major:
            if self.pattern.at_once:
                yield self._reported(done)
            told = Hazard()
            told.done_reports = [self.office.name, _RECIPIENT]
            yield SampleStep(rechecked, Steps.REPORTED_DONE.kind, told)
        signed = Hazard()
        signed.signed_off_by = self._approver
        yield SampleStep(working_day_after(rechecked, 1 + self.turn % 4), Steps.SIGNED_OFF.kind, signed)

    def _reported(self, day: date) -> SampleStep:
        told = Hazard()
        told.reports = [self.office.name, _RECIPIENT]
        return SampleStep(day, Steps.REPORTED.kind, told)

    def _commitments(self) -> Hazard:
        plans = self.content.dangers.dangers[self.pattern.danger]
        told = Hazard()
        told.responsible, told.measures, told.funds = self.firm.principal, self._measures, self._funds
        told.deadline, told.contingency = self._deadline, plans[self.turn % len(plans)]
        return told

    def _plan(self) -> Hazard:
        """The plan of a major hazard (一案一策)."""
        told = Hazard()
        told.plan_goal = f"{show_date(self._deadline)}前消除{self.case.place}的重大事故隐患"
        told.plan_methods = self._measures
        spent = f"计划投入{show_number(self._funds)}万元，由单位自筹"
        told.plan_resources = spent if self._funds else "由单位自行调配人员、物资，不另列资金"
        told.plan_people = f"{self.firm.principal}负责，{self.office.name}督促指导"
        told.plan_deadline = self._deadline
        told.plan_safety = self._commitments().contingency
        return told

    def _rectified(self, day: date, note: str) -> SampleStep:
        told = Hazard()
        told.rectified_by = self._hands
        told.spent = round(self._funds * (90 + 5 * (self.turn % 4)) / 100, 2)
        return SampleStep(day, Steps.RECTIFIED.kind, told, note)

    def _recheck(self, finding: str) -> Hazard:
        told = Hazard()
        told.rechecked_by, told.recheck_finding = self._checkers, finding
        return told


def sample_number(serial: int) -> str:
    """Return the number that the desk gives to a hazard of the sample year."""
    return serial_number(_NUMBER, 2023, serial)


def courses(content: Content) -> list[Course]:
    """Return every sample hazard in the order in which they were found."""
    found = [(pattern, case) for pattern in content.patterns for case in pattern.cases]
    found.sort(key=lambda pair: pair[1].found)
    return [Course(content, pattern, case, turn) for turn, (pattern, case) in enumerate(found)]


def working_day_after(day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day``."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
