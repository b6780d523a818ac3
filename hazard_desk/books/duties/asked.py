"""Who a duty is asked of and to whom it is to be done, from the leading group, the enterprises and the plan.

党政主要负责人 are the leaders (组长) of the plan's first group, 分管负责人 their deputies and the leaders of
the sub-groups, each on the days of service. A person who is in no group counts where a task names that
person as its leader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from hazard_desk.books.enterprises import SMALL, STOPPED, Enterprise
from hazard_desk.books.groups import GroupRow, MembershipRow
from hazard_desk.books.kit.source import Firms
from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.books.units.book import OFFICE, SUB_GROUP, VILLAGE, UnitRow
from hazard_desk.rules.fulfilment import named_of
from hazard_desk.rules.identifiers import person as person_key
from hazard_desk.rules.identifiers import same_key
from hazard_desk.rules.obligation import Demand, Serving
from hazard_desk.rules.recurrence import Occurrence
from hazard_desk.store.cabinet import Cabinet

PRINCIPALS, DEPUTIES = "党政主要负责人", "分管负责人"
LEADER, DEPUTY_ROLES, IN_CHARGE = "组长", ("组长", "常务副组长", "副组长"), "分管"
DOERS = (PRINCIPALS, DEPUTIES)
"""The words for those who are found in the leading group."""
_UNITS = re.compile(r".*(?:[办科室股组队村局所站部会企业司区门员人]|中心|单位|乡镇|科室|负责同志|领导)")
"""What is no person's name: such a doer says whose work it is, and binds nobody by name."""
FIRMS = ("企业", "个体工商户", "")
"""Categories of 监管对象 that are firms; one whose category nobody told is taken for one."""
_OF_UNITS = ("每个专项小组", "每个村（社区）", "每个责任科室")


class Asking:
    """Answers for the duties of one plan; what it reads, it reads once."""

    def __init__(self, cabinet: Cabinet, plan: int) -> None:
        self._cabinet = cabinet
        self._plan = plan
        self._found: dict[tuple[str, int], tuple[str, ...]] = {}

    def of(self, duty: DutyFacts, when: Occurrence) -> Demand:
        """Return what one occurrence of a duty asks for."""
        at_least = duty.at_least or 1
        doers = [name for name in duty.doers if name in DOERS or not _UNITS.fullmatch(name)]
        services = tuple(one for name in doers for one in self._services(name, duty.people))
        objects = self._objects(duty, when, services)
        by_doer = duty.objects == "每位负责人"
        known = self._known_as if duty.objects in _OF_UNITS else {}
        return Demand(at_least, "、".join(doers), services, duty.objects, objects, by_doer, known)

    @cached_property
    def firms(self) -> Firms:
        """What the enterprises are called, by every name that they had."""
        by_id = {row.id: same_key(row.name) for row in self._enterprises}
        former = {same_key(old): by_id[row.id] for row in self._enterprises for old in row.former}
        return Firms(by_id, former | {name: name for name in by_id.values()})

    def _services(self, name: str, people: Sequence[str]) -> Iterator[Serving]:
        if name not in DOERS:
            yield Serving(name)
            return
        for row in self._members:
            if row.person and self._is(name, row):
                yield Serving(row.person, row.starts_on, row.ends_on)
        known = {person_key(row.person) for row in self._members}
        for person in people:
            if person_key(person) not in known and not _UNITS.fullmatch(person):
                yield Serving(person)

    def _is(self, name: str, row: MembershipRow) -> bool:
        first = self._groups.get(row.group_id) is None
        if name == PRINCIPALS:
            return first and row.role == LEADER
        return IN_CHARGE in row.post or (row.role in DEPUTY_ROLES and not (first and row.role == LEADER))

    def _objects(self, duty: DutyFacts, when: Occurrence, doers: Sequence[Serving]) -> tuple[str, ...]:
        if duty.objects == "每个责任科室":
            return tuple(dict.fromkeys(self._offices(duty, when.due)))
        if duty.objects == "每个村（社区）" and (villages := self._called(VILLAGE, when.due)):
            return villages
        if duty.objects == "每位负责人":
            return tuple(dict.fromkeys(one.person for one in doers if one.on(when.due)))
        if duty.objects == "每个专项小组":
            return self._sub_groups(when.due, bool(named_of(duty.codes, "form")))
        asked = (duty.objects, bisect_right(self._stops, when.due))
        if asked not in self._found:
            self._found[asked] = tuple(dict.fromkeys(self._all(duty.objects, when.due)))
        return self._found[asked]

    def _offices(self, duty: DutyFacts, day: date) -> Iterator[str]:
        """Yield the offices of a duty; 各科室 are those that report to the desk, where any does."""
        for name in duty.offices:
            everyone = self._called(OFFICE, day) if name.startswith("各") and name.endswith("科室") else ()
            yield from everyone or (name,)

    def _called(self, kind: str, day: date) -> tuple[str, ...]:
        return tuple(row.called for row in self._units if row.kind == kind and row.serves(day))

    @cached_property
    def _known_as(self) -> Mapping[str, tuple[str, ...]]:
        """By what other names records call a unit: its whole name, and the office that leads it."""
        known: dict[str, tuple[str, ...]] = {}
        for row in self._units:
            known[row.called] = (*known.get(row.called, ()), row.name, *([row.office] if row.office else []))
        return known

    def _all(self, objects: str, day: date) -> Iterator[str]:
        if objects == "每个村（社区）":
            yield from sorted({row.village for row in self._enterprises if row.village})
        elif objects:
            yield from (row.name for row in self._enterprises if _asked_of(row, objects, day))

    @cached_property
    def _enterprises(self) -> list[Enterprise]:
        return self._cabinet.records(Enterprise, Enterprise.select().order_by(Enterprise.id))

    @cached_property
    def _stops(self) -> list[date]:
        """The days on which enterprises were stopped: between two of them the same are asked."""
        return sorted(row.stopped_on for row in self._enterprises if row.stopped_on)

    @cached_property
    def _group_rows(self) -> list[GroupRow]:
        select = GroupRow.select().where(GroupRow.plan_id == self._plan).order_by(GroupRow.id)
        return self._cabinet.records(GroupRow, select)

    @cached_property
    def _groups(self) -> dict[int, int | None]:
        """Every group of the plan, and the one it belongs to."""
        return {row.id: row.parent_id for row in self._group_rows}

    def _sub_groups(self, day: date, sheets: bool) -> tuple[str, ...]:
        """What the sub-groups of a day are called, or their sheets; the plan's, where none is a unit."""
        units = [row for row in self._units if row.kind == SUB_GROUP and row.serves(day)]
        if not units:
            return tuple(row.name for row in self._group_rows if row.parent_id)
        return tuple(name for row in units for name in (row.sheets if sheets else (row.called,)))

    @cached_property
    def _units(self) -> list[UnitRow]:
        return self._cabinet.records(UnitRow, UnitRow.select().order_by(UnitRow.id))

    @cached_property
    def _members(self) -> list[MembershipRow]:
        select = MembershipRow.select().where(MembershipRow.group_id.in_(list(self._groups)))
        return self._cabinet.records(MembershipRow, select.order_by(MembershipRow.id))


def _asked_of(row: Enterprise, objects: str, day: date) -> bool:
    """Whether an enterprise is asked for what falls due on a day: that it is stopped since undoes nothing."""
    if row.status in STOPPED and (row.stopped_on is None or row.stopped_on <= day):
        return False
    if objects == "每家小微企业":
        return row.headcount is not None and row.headcount <= SMALL
    if objects == "每家高危企业":
        return bool(row.high_risk)
    return objects == "每个监管对象" or row.category in FIRMS
