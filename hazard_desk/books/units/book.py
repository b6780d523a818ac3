"""报送单位: what the office is divided into and who reports to it: 科室, 专项小组, villages, groups of firms.

A row holds from a day to a day: a unit that is given other sectors ends and begins anew, and a form for an
earlier day is counted as it was then. A unit that is renamed is the same one: its records bear the new name.
What a unit sends and by when follows from its two days of the month; a 专项小组 with sectors sends two
sheets, of its office and of its sectors (S2, 填报说明4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import get_args

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.groups import GroupRow
from hazard_desk.books.kit.gaps import TakenIn, ahead
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.lists import SECTORS, sectors_now
from hazard_desk.books.plans.parts import row_of
from hazard_desk.books.rewards import RewardRow
from hazard_desk.books.units.renaming import Bearing, regroup, rename
from hazard_desk.errors import Refused
from hazard_desk.library.plans import Plan, UnitKind
from hazard_desk.rules.fields import Field, Kind, Value
from hazard_desk.rules.identifiers import check_phone
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import (
    Record,
    column,
    column_named,
    declared,
    field_of,
    name_of,
    names_of,
    table_name,
    tables,
)

KINDS: tuple[str, ...] = get_args(UnitKind)
OFFICE, SUB_GROUP, VILLAGE, FIRMS = "科室", "专项小组", "村（社区）", "企业分组"
OF_OFFICE, OF_SECTORS = "（本股室）", "（所属行业领域）"
"""What follows a unit's name where one of its two sheets is meant."""
_LAST_DAY = 31


class UnitRow(TakenIn, table="unit"):
    """One unit, from a day to a day."""

    name = column("单位名称", required=True, width=18, searched=True)
    short = column("简称", width=8, searched=True, help="填报范围里用的名称，不填用单位名称")
    kind = column("单位类别", Kind.CHOICE, required=True, choices=KINDS, width=6)
    office = column("牵头科室", width=8, searched=True, help="专项小组填牵头的科室，“本股室”一张表按它统计")
    sectors = column(
        "所属行业领域", Kind.NAMES, listed=SECTORS, width=10, help="管哪些行业领域，多个用顿号分开"
    )
    members = column(
        "成员", Kind.NAMES, width=12, searched=True, help="企业分组填企业名称，按这些企业统计；其他填人员"
    )
    head = column("负责人", width=6, searched=True)
    phone = column("联系电话", Kind.CODE, width=9, check=check_phone, shown=False)
    list_day = column(
        "隐患清单报送日", Kind.INTEGER, unit="日", width=5, help="每月几日前报隐患清单，不报不填"
    )
    form_day = column("调度表报送日", Kind.INTEGER, unit="日", width=5, help="每月几日前报调度表，不报不填")
    starts_on = column("启用日期", Kind.DATE, width=7)
    ends_on = column("停用日期", Kind.DATE, width=7, help="自这一天起不再报送；换了行业领域的停用后另增一条")
    remark = column("备注", Kind.LONG, width=10, shown=False)

    @property
    def called(self) -> str:
        """The name by which a form is asked for it."""
        return self.short or self.name

    @property
    def two_sheets(self) -> bool:
        """Whether it sends one sheet of its office and one of its sectors."""
        return self.kind == SUB_GROUP and bool(self.sectors)

    @property
    def sheets(self) -> tuple[str, ...]:
        """What its sheets are called as groups of a form, each to be sent by its day."""
        return (self.called + OF_OFFICE, self.called + OF_SECTORS) if self.two_sheets else (self.called,)

    def serves(self, day: date) -> bool:
        """Whether it is a unit on a day."""
        return not ahead(self.starts_on, day) and (self.ends_on is None or day < self.ends_on)


class Units(TableLedger[UnitRow]):
    """The units of this desk."""

    id = "units"
    title = "报送单位"
    noun = "报送单位"
    why = "写明科室、专项小组、村和每月几日前报表，谁还没有报一目了然"
    icon = "groups"
    in_binder = False
    table = UnitRow
    same_by = (names_of(UnitRow.name, UnitRow.starts_on),)
    cannot_lack = names_of(UnitRow.name)

    def wrong(self, row: UnitRow, number: int | None) -> dict[str, str]:
        problems: dict[str, str] = {}
        known = sectors_now(self.cabinet)
        row.sectors = [dict(known.meant).get(name, name) for name in row.sectors]
        if unknown := [name for name in row.sectors if name not in known.choices]:
            problems[name_of(UnitRow.sectors)] = (
                f"没有“{unknown[0]}”这个行业领域，可选的有：{'、'.join(known.choices)}"
            )
        for made in (UnitRow.list_day, UnitRow.form_day):
            day = row[name_of(made)]
            if isinstance(day, int) and not 1 <= day <= _LAST_DAY:
                problems[name_of(made)] = f"请填写1至{_LAST_DAY}之间的日子"
        if row.ends_on and ahead(row.starts_on, row.ends_on):
            problems[name_of(UnitRow.ends_on)] = "“停用日期”不能早于启用日期"
        if twin := self._twin(row, number):
            problems[name_of(UnitRow.name)] = f"“{twin.called}”这一段时间已在列表中，请先填它的停用日期"
        return problems

    def _twin(self, row: UnitRow, number: int | None) -> UnitRow | None:
        """Another unit of the same name that is there on a day on which this one is."""
        first, last = row.starts_on or date.min, row.ends_on or date.max
        for other in self.facts():
            alike = {row.name, row.called} & {other.name, other.called}
            over = (other.starts_on or date.min) < last and first < (other.ends_on or date.max)
            if other.id != number and alike and over:
                return other
        return None

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        """Change a unit; what bears a name that it gives up bears the one by which it is called now."""
        old = self.get(number)
        row = self.read(old | dict(values), number)
        others = {name for one in self.facts() if one.id != number for name in (one.name, one.called)}
        with self.cabinet.act(f"{self.id}.change", self.id) as act:
            act.update(UnitRow, number, self.kept(row))
            act.done(f"修改报送单位“{row.name}”", number)
            count = 0
            for name in sorted({old.name, old.called} - {row.name, row.called} - others):
                count += rename(self.cabinet, act, Bearing(tuple(_naming()), _FACTS), name, row.called)
            if old.called != row.called and old.called not in others:
                for ending in ("", OF_OFFICE, OF_SECTORS):
                    regroup(self.cabinet, act, old.called + ending, row.called + ending)
                    self.cabinet.renamed(act, old.called + ending, row.called + ending)
            if count:
                act.title = f"报送单位“{old.called}”更名为“{row.called}”，{count}条记录随之更改"
        return act.result

    def options(self, name: str) -> list[str]:
        if name == name_of(UnitRow.sectors):
            return list(sectors_now(self.cabinet).choices)
        return super().options(name)

    def serving(self, day: date) -> list[UnitRow]:
        """Return the units of a day, in the order in which they were entered."""
        return serving(self.cabinet, day)

    def named(self, name: str, day: date) -> UnitRow | None:
        """Return the unit of a day that is called so, by its name or its short one, or None."""
        return next((row for row in self.serving(day) if name in (row.called, row.name)), None)

    def called(self, name: str) -> UnitRow:
        """Return the unit of today with this name. ``Refused`` with those that there are."""
        today = self.cabinet.clock.today
        found = self.named(name, today)
        if found is None:
            known = "、".join(row.called for row in self.serving(today))
            raise Refused(f"没有“{name}”这个报送单位" + (f"，可用的有：{known}" if known else ""))
        return found


_FACTS = names_of(UnitRow.office, Enterprise.village)
"""By which names units stand in records, and among facts that are kept together."""
_PLAN = name_of(GroupRow.plan_id)
_TOLD_OF = ("firms", "audience")
"""By which names a piece of work, whose book needs the units itself, tells whom it was about."""


def _naming() -> Iterator[tuple[type[Record], Field]]:
    """Every table with a field that names an office or a village, and that field; a plan stays as written."""
    found = {table_name(table): table for table in tables() if column_named(table, _PLAN) is None}
    for table in found.values():
        yield from ((table, field) for field in declared(table) if field.name in (*_FACTS, *_TOLD_OF))
    yield RewardRow, field_of(RewardRow.target)


def serving(cabinet: Cabinet, day: date) -> list[UnitRow]:
    """Return the units of a day, in the order in which they were entered."""
    rows = cabinet.records(UnitRow, UnitRow.select().order_by(UnitRow.id))
    return [row for row in rows if row.serves(day)]


def units_of_plan(cabinet: Cabinet, plan: Plan) -> list[UnitRow]:
    """Return the rows to enter with a plan: its units that the desk does not have on the day it begins."""
    there = {name for row in serving(cabinet, plan.starts_on) for name in (row.name, row.called)}
    rows = (row_of(UnitRow, unit) for unit in plan.units)
    return [UnitRow(row, starts_on=plan.starts_on) for row in rows if not {row.name, row.called} & there]
