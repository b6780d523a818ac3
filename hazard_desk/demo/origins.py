"""Where sample hazards come from: a check whose finding became one, or a report by the public."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.demo.content import People, load_book
from hazard_desk.demo.course import Course, sample_number, working_day_after
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row, names_in
from hazard_desk.rules.workdays import remind_on

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
    book: Mapping[str, Any]
    penalised: Sequence[int]
    """The numbers of the hazards for which a penalty was imposed."""

    @cached_property
    def _badges(self) -> dict[str, str]:
        names = [name for office in self.people.offices for name in (*office.staff, office.head)]
        return {name: f"示例{index:03}" for index, name in enumerate(names, start=1)}

    def _visit(self, on: date, unit: str, kind: str, inspectors: Sequence[str], more: Row) -> Row:
        return {
            "checked_on": on,
            "times": _HOURS[on.day % len(_HOURS)],
            "kind": kind,
            "unit_name": unit,
            "inspectors": list(inspectors),
            "badges": [self._badges[name] for name in inspectors],
            "diagnosis": "已完成",
            **more,
        }

    def without_hazard(self) -> Iterator[SampleAct]:
        """Yield the checks that found nothing to be entered."""
        done = {"penalty": "不予处罚", "recheck": "无需复查"}
        for row in self.book["rows"]:
            inspectors = self.people.offices[0].staff
            more = {"situation": row["situation"], **done}
            values = self._visit(row["on"], row["unit_name"], row["kind"], inspectors, more)
            yield row["on"], partial(self.desk.checks.add, values)

    def acts(self, course: Course, ordinal: int, kept: list[int]) -> Iterator[SampleAct]:
        """Yield the check that found a hazard, its findings, the hazard, and what became of the check."""
        check: list[int] = []
        yield course.case.found, partial(self._check, course, ordinal, check, kept)
        at_once = course.pattern.at_once
        for step in course.steps:
            if step.kind == Steps.RECHECK_PASSED.kind:
                yield step.day, partial(self._change, check, {"recheck": "无需复查" if at_once else "已复查"})
            elif step.kind == Steps.SIGNED_OFF.kind and ordinal % 6:
                penalty = "已处罚" if course.turn + 1 in self.penalised else "不予处罚"
                yield step.day, partial(self._change, check, {"penalty": penalty})

    def _check(self, course: Course, ordinal: int, check: list[int], kept: list[int]) -> None:
        found = course.registration
        kinds = self.book["kinds"]
        more: Row = dict.fromkeys(self.book["defects"].get(str(ordinal), ()), True)
        more["situation"] = f"检查{found['place']}等部位，发现问题并当场告知单位负责人。"
        more |= {"penalty": "未完成", "recheck": "未复查"}
        kind = kinds[ordinal % len(kinds)]
        if kind == "带队":
            more["leader"] = course.office.leader
        if any(step.kind == Steps.NOTICE_RECTIFY.kind for step in course.steps):
            more["papers"] = [_PAPER]
        values = self._visit(course.case.found, course.firm.name, kind, names_in(found["inspectors"]), more)
        check.extend(self.desk.checks.add(values).ids)
        finding = {name: found[name] for name in ("level", "place", "description")}
        self.desk.checks.add_finding(check[0], finding)
        (noted,) = self.desk.checks.findings(check[0])
        kept.extend(self.desk.checks.make_hazard(noted.id, found).ids)
        if ordinal % 4 == 0:
            spots = self.book["spots"]
            spot = {"level": "一般", "place": "检查现场", "description": spots[ordinal // 4 % len(spots)]}
            self.desk.checks.add_finding(check[0], spot)

    def _change(self, check: list[int], values: Row) -> None:
        self.desk.checks.change(check[0], values)


@dataclass(frozen=True)
class SampleTips:
    """The sample year's reports by the public: those that became a hazard, and those that did not."""

    desk: Desk
    book: Mapping[str, Any]

    def _tip(self, on: date, ordinal: int, values: Row) -> Row:
        """Return a report; ``values`` names the informant, or '' for an anonymous one."""
        told = values.pop("informant")
        return {
            "received_on": on,
            "way": _WAYS[ordinal % len(_WAYS)],
            "anonymous": not told,
            "informant_name": told,
            "informant_phone": _call(ordinal + 1) if told else "",
            "handler": "谭𬎆",
            "deadline": working_day_after(on, 10),
            **values,
        }

    def without_hazard(self) -> Iterator[SampleAct]:
        """Yield the reports that were not true, and those that nobody has looked into yet."""
        names = ("way", "unit_name", "content", "informant")
        for ordinal, row in enumerate(self.book["rows"], start=len(self.book["informants"])):
            kept: list[int] = []
            values = self._tip(row["on"], ordinal, {name: row[name] for name in names})
            yield row["on"], partial(self._add, kept, values)
            if "settle" in row:
                answer = {"verified": "不属实", "finding": row["finding"], "answered_on": row["settle"]}
                yield row["settle"], partial(self._change, kept, answer)

    def acts(self, course: Course, ordinal: int, kept: list[int]) -> Iterator[SampleAct]:
        """Yield the report of a hazard, its verification, the hazard, the answer and the reward."""
        tip: list[int] = []
        case, serial = course.case, course.turn + 1
        informants = self.book["informants"]
        says: Row = {
            "unit_name": course.firm.name,
            "content": f"反映{case.place}：{case.fault}。",
            "informant": informants[ordinal] if ordinal < len(informants) else "",
        }
        received = remind_on(case.found - timedelta(days=2))
        yield received, partial(self._add, tip, self._tip(received, ordinal, says))
        yield case.found, partial(self._verify, tip, course, kept)
        answered = working_day_after(case.found, 3)
        if case.void:
            answer: Row = {"verified": "不属实", "finding": case.void, "answered_on": answered}
        else:
            answer = {"answered_on": answered}
        if serial not in self.book["silent"]:
            yield answered, partial(self._change, tip, answer)
        if amount := self.book["paid"].get(str(serial)):
            reward = {
                "amount": amount,
                "hazard_number": sample_number(serial),
                "basis": "群众举报奖励办法（示例）",
            }
            yield working_day_after(answered, 4), lambda: self.desk.tips.make_reward(tip[0], reward)

    def _add(self, kept: list[int], values: Row) -> None:
        kept.extend(self.desk.tips.add(values).ids)

    def _change(self, kept: list[int], values: Row) -> None:
        self.desk.tips.change(kept[0], values)

    def _verify(self, tip: list[int], course: Course, kept: list[int]) -> None:
        """Register what was reported; what turned out untrue later was entered before it was looked into."""
        if course.case.void:
            kept.extend(self.desk.hazards.add(course.registration, {"tip_id": tip[0]}).ids)
            return
        verified = "部分属实" if course.turn % 5 == 0 else "属实"
        self._change(tip, {"verified": verified, "finding": "经现场核实，已登记隐患。"})
        kept.extend(self.desk.tips.make_hazard(tip[0], course.registration).ids)


def sources(desk: Desk, people: People) -> Iterator[SampleAct]:
    """Yield the acts by which checks and reports came to the desk, hazards aside."""
    yield from SampleChecks(desk, people, load_book(desk.checks.id), ()).without_hazard()
    yield from SampleTips(desk, load_book(desk.tips.id)).without_hazard()


def origins(
    desk: Desk, people: People, found: Sequence[Course]
) -> Iterator[tuple[list[int], Iterator[SampleAct]]]:
    """Yield, for each hazard, a list that will hold its id, and the acts that register it."""
    rewards = load_book("rewards")["rows"]
    penalised = [row["hazard"] for row in rewards if row["kind"] == "行政处罚" and "hazard" in row]
    checks = SampleChecks(desk, people, load_book(desk.checks.id), penalised)
    tips = SampleTips(desk, load_book(desk.tips.id))
    checked = told = 0
    for course in found:
        kept: list[int] = []
        if course.case.source == "执法检查" and course.case.found >= _BEGIN:
            checked += 1
            yield kept, checks.acts(course, checked, kept)
        elif course.case.source == "群众举报":
            yield kept, tips.acts(course, told, kept)
            told += 1
        else:
            yield kept, iter([(course.case.found, partial(_register, desk, course, kept))])


def _register(desk: Desk, course: Course, kept: list[int]) -> None:
    kept.extend(desk.hazards.add(course.registration).ids)
