"""Where sample hazards come from: a check whose finding became one, or a report by the public."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

from hazard_desk.books.checks.book import CheckRow, FindingRow
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.rewards import PENALTY, RewardRow
from hazard_desk.books.tips import TipRow
from hazard_desk.demo.content import (
    CheckContent,
    People,
    TipContent,
    load_checks,
    load_rows,
    load_tips,
    taken,
)
from hazard_desk.demo.course import Course, sample_number, working_day_after
from hazard_desk.desk import Desk
from hazard_desk.rules.states import INSPECTED, REPORTED
from hazard_desk.rules.workdays import remind_on
from hazard_desk.store.columns import name_of

SampleAct = tuple[date, Callable[[], object]]

_BEGIN = date(2023, 6, 1)
"""From this day on the office kept its checks in the desk."""
_HOURS = ("09:00—11:00", "09:30—11:30", "14:30—16:30", "15:00—17:00")
_WAYS = ("电话", "12345热线", "来访", "网络", "来信", "上级转办", "其他")
_PAPER = "限期整改意见书"


def _call(index: int) -> str:
    """Return a telephone number that is nobody's."""
    return f"1390000{index:04}"


@dataclass(frozen=True)
class SampleChecks:
    """The sample year's checks: one for each hazard that a check found, and those that found nothing."""

    desk: Desk
    people: People
    content: CheckContent
    penalised: Sequence[int]
    """The numbers of the hazards for which a penalty was imposed."""

    @cached_property
    def _badges(self) -> dict[str, str]:
        names = [name for office in self.people.offices for name in (*office.staff, office.head)]
        return {name: f"示例{index:03}" for index, name in enumerate(names, start=1)}

    def _visit(self, on: date, unit: str, kind: str, inspectors: Sequence[str]) -> CheckRow:
        row = CheckRow()
        row.checked_on, row.times = on, _HOURS[on.day % len(_HOURS)]
        row.kind, row.unit_name = kind, unit
        row.inspectors = list(inspectors)
        row.badges = [self._badges[name] for name in inspectors]
        row.diagnosis = "已完成"
        return row

    def without_hazard(self) -> Iterator[SampleAct]:
        """Yield the checks that found nothing to be entered."""
        for told in self.content.rows:
            row = self._visit(told.on, told.unit_name, told.kind, self.people.offices[0].staff)
            row.situation, row.penalty, row.recheck = told.situation, "不予处罚", "无需复查"
            yield told.on, partial(self.desk.checks.add, row)

    def acts(self, course: Course, ordinal: int, kept: list[int]) -> Iterator[SampleAct]:
        """Yield the check that found a hazard, its findings, the hazard, and what became of the check."""
        check: list[int] = []
        yield course.case.found, partial(self._check, course, ordinal, check, kept)
        at_once = course.pattern.at_once
        for step in course.steps:
            row = CheckRow()
            if step.kind == Steps.RECHECK_PASSED.kind:
                row.recheck = "无需复查" if at_once else "已复查"
            elif step.kind == Steps.SIGNED_OFF.kind and ordinal % 6:
                row.penalty = "已处罚" if course.turn + 1 in self.penalised else "不予处罚"
            if row:
                yield step.day, partial(self._change, check, row)

    def _check(self, course: Course, ordinal: int, check: list[int], kept: list[int]) -> None:
        found = course.registration
        kinds, spots = self.content.kinds, self.content.spots
        kind = kinds[ordinal % len(kinds)]
        row = self._visit(course.case.found, course.firm.name, kind, found.inspectors)
        row.update(dict.fromkeys(self.content.defects.get(str(ordinal), ()), True))
        row.situation = f"检查{found.place}等部位，发现问题并当场告知单位负责人。"
        row.penalty, row.recheck = "未完成", "未复查"
        if kind == "带队":
            row.leader = course.office.leader
        if any(step.kind == Steps.NOTICE_RECTIFY.kind for step in course.steps):
            row.papers = [_PAPER]
        check.extend(self.desk.checks.add(row).ids)
        self.desk.checks.add_finding(check[0], _finding(found.level, found.place, found.description))
        (noted,) = self.desk.checks.findings(check[0])
        kept.extend(self.desk.checks.make_hazard(noted.id, found).ids)
        if ordinal % 4 == 0:
            spot = _finding("一般", "检查现场", spots[ordinal // 4 % len(spots)])
            self.desk.checks.add_finding(check[0], spot)

    def _change(self, check: list[int], row: CheckRow) -> None:
        self.desk.checks.change(check[0], row)


def _finding(level: str, place: str, description: str) -> FindingRow:
    row = FindingRow()
    row.level, row.place, row.description = level, place, description
    return row


@dataclass(frozen=True)
class SampleTips:
    """The sample year's reports by the public: those that became a hazard, and those that did not."""

    desk: Desk
    content: TipContent

    def _tip(self, on: date, ordinal: int, informant: str) -> TipRow:
        """Return a report without what it says; the informant is '' for an anonymous one."""
        row = TipRow(informant_name=informant, informant_phone=_call(ordinal + 1) if informant else "")
        row.received_on, row.way = on, _WAYS[ordinal % len(_WAYS)]
        row.anonymous, row.handler = not informant, "谭𬎆"
        row.deadline = working_day_after(on, 10)
        return row

    def without_hazard(self) -> Iterator[SampleAct]:
        """Yield the reports that were not true, and those that nobody has looked into yet."""
        for ordinal, told in enumerate(self.content.rows, start=len(self.content.informants)):
            kept: list[int] = []
            row = self._tip(told.on, ordinal, told.informant)
            row.way, row.unit_name, row.content = told.way, told.unit_name, told.content
            yield told.on, partial(self._add, kept, row)
            if told.settle:
                yield told.settle, partial(self._change, kept, _untrue(told.finding, told.settle))

    def acts(self, course: Course, ordinal: int, kept: list[int]) -> Iterator[SampleAct]:
        """Yield the report of a hazard, its verification, the hazard, the answer and the reward."""
        tip: list[int] = []
        case, serial = course.case, course.turn + 1
        informants = self.content.informants
        received = remind_on(case.found - timedelta(days=2))
        row = self._tip(received, ordinal, informants[ordinal] if ordinal < len(informants) else "")
        row.unit_name, row.content = course.firm.name, f"反映{case.place}：{case.fault}。"
        yield received, partial(self._add, tip, row)
        yield case.found, partial(self._verify, tip, course, kept)
        answered = working_day_after(case.found, 3)
        answer = _untrue(case.void, answered) if case.void else TipRow()
        answer.answered_on = answered
        if serial not in self.content.silent:
            yield answered, partial(self._change, tip, answer)
        if amount := self.content.paid.get(str(serial)):
            reward = RewardRow()
            reward.amount, reward.hazard_number = amount, sample_number(serial)
            reward.basis = "群众举报奖励办法（示例）"
            yield working_day_after(answered, 4), lambda: self.desk.tips.make_reward(tip[0], reward)

    def _add(self, kept: list[int], row: TipRow) -> None:
        kept.extend(self.desk.tips.add(row).ids)

    def _change(self, kept: list[int], row: TipRow) -> None:
        self.desk.tips.change(kept[0], row)

    def _verify(self, tip: list[int], course: Course, kept: list[int]) -> None:
        """Register what was reported; what turned out untrue later was entered before it was looked into."""
        if course.case.void:
            kept.extend(self.desk.hazards.add(course.registration, {name_of(Hazard.tip_id): tip[0]}).ids)
            return
        row = TipRow()
        row.verified = "部分属实" if course.turn % 5 == 0 else "属实"
        row.finding = "经现场核实，已登记隐患。"
        self._change(tip, row)
        kept.extend(self.desk.tips.make_hazard(tip[0], course.registration).ids)


def _untrue(finding: str, answered: date) -> TipRow:
    row = TipRow()
    row.verified, row.finding, row.answered_on = "不属实", finding, answered
    return row


def sources(desk: Desk, people: People) -> Iterator[SampleAct]:
    """Yield the acts by which checks and reports came to the desk, hazards aside."""
    yield from SampleChecks(desk, people, load_checks(), ()).without_hazard()
    yield from SampleTips(desk, load_tips()).without_hazard()


def origins(
    desk: Desk, people: People, found: Sequence[Course]
) -> Iterator[tuple[list[int], Iterator[SampleAct]]]:
    """Yield, for each hazard, a list that will hold its id, and the acts that register it."""
    rewards = load_rows("rewards")["rows"]
    penalised = [taken(told, "hazard", 0) for told in rewards if RewardRow(told).kind == PENALTY]
    checks = SampleChecks(desk, people, load_checks(), penalised)
    tips = SampleTips(desk, load_tips())
    checked = told = 0
    for course in found:
        kept: list[int] = []
        if course.case.source == INSPECTED and course.case.found >= _BEGIN:
            checked += 1
            yield kept, checks.acts(course, checked, kept)
        elif course.case.source == REPORTED:
            yield kept, tips.acts(course, told, kept)
            told += 1
        else:
            yield kept, iter([(course.case.found, partial(_register, desk, course, kept))])


def _register(desk: Desk, course: Course, kept: list[int]) -> None:
    kept.extend(desk.hazards.add(course.registration).ids)
