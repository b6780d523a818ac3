"""年度检查计划: which firm is to be checked by when in a year, by whom, and where the plan was filed.

A township draws it up by March and files it with the county's justice office (国办发〔2024〕54号, 待核). What
was done of it follows from the ledger of checks: a planned check is done by the first one of that firm from
the begin of its month to that of the firm's next planned one, or to the end of the year; of several planned
for one month the second is done by the second check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import peewee
from peewee import Expression

from hazard_desk.books.checks.book import TIPPED, CheckRow
from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.kit.gaps import TakenIn, long_ago, odd_day
from hazard_desk.books.kit.named_links import LinkedLedger
from hazard_desk.books.kit.query import in_year
from hazard_desk.books.kit.source import Source
from hazard_desk.rules.fields import NAMES_FIRM, Due, Field, Kind
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import column, name_of, names_of


class CheckPlanRow(TakenIn, table="check_plan"):
    """One planned check of one firm."""

    enterprise_id = peewee.IntegerField(null=True, index=True)
    unit_name = column("单位名称", required=True, width=16, searched=True, of_firm=NAMES_FIRM)
    due_on = column(
        "计划检查时限",
        Kind.DATE,
        required=True,
        width=7,
        index=True,
        help="计划在哪个月检查，如 9月底",
        since="filed_on",
        due=Due(
            "register", "年度检查计划：{name}", names=("unit_name",), done=("done_on",), units=("office",)
        ),
    )
    office = column("检查科室", width=8, of_firm="office")
    kind = column("检查方式", width=8, help="如 日常、双随机；专项检查写明批准情况")
    filed_on = column("报备日期", Kind.DATE, width=7)
    filed_with = column("报备机关", width=10, help="如 县司法局")
    remark = column("备注", Kind.LONG, width=10, shown=False)
    done_on = column("实际检查", Kind.DATE, width=7, computed=True)
    state = column("完成情况", Kind.CHOICE, choices=("已检查", "未检查", "逾期未查"), width=5, computed=True)


class CheckPlans(LinkedLedger[CheckPlanRow]):
    """The yearly check plan, a row for each planned check."""

    id = "check-plans"
    title = "年度检查计划"
    noun = "计划检查"
    why = "哪家单位、哪个月检查先列在这里，查了的自动对上，没有查的到期提醒"
    icon = "calendar"
    in_binder = False
    evidence: Source | None = Source(
        CheckPlanRow.filed_on,
        CheckPlanRow.unit_name.concat("年度检查计划报备"),
        about=(CheckPlanRow.unit_name,),
        firm=CheckPlanRow.enterprise_id,
    )
    default_sort = name_of(CheckPlanRow.due_on)
    table = CheckPlanRow
    same_by = (names_of(CheckPlanRow.unit_name, CheckPlanRow.due_on),)

    def __init__(self, cabinet: Cabinet, enterprises: Enterprises) -> None:
        super().__init__(cabinet)
        self.links = (enterprises.link(self.id, CheckPlanRow, CheckPlanRow.unit_name, must_exist=True),)

    def name_of(self, row: CheckPlanRow) -> str:
        return f"{row.unit_name} {'' if row.due_on is None else row.due_on.isoformat()}".strip()

    def wrong(self, row: CheckPlanRow, number: int | None) -> dict[str, str]:
        today = self.cabinet.clock.today
        problems = odd_day(CheckPlanRow.filed_on, row, today)
        if long_ago(row.due_on, today):
            problems[name_of(CheckPlanRow.due_on)] = "“计划检查时限”距今太久，请核对"
        return problems

    def of_year(self, year: int) -> list[CheckPlanRow]:
        """Return what is planned for a year, by its day."""
        within = CheckPlanRow.select().where(in_year(CheckPlanRow.due_on, year))
        asked = within.order_by(CheckPlanRow.due_on, CheckPlanRow.id)
        return self.finish_all(self.cabinet.records(CheckPlanRow, asked))

    def finish_all(self, rows: list[CheckPlanRow]) -> list[CheckPlanRow]:
        firms = {row.enterprise_id for row in rows if row.enterprise_id}
        planned, visits = self._planned(firms), self._visits(firms)
        for row in rows:
            row.done_on, row.state = None, "未检查"
            if row.due_on and row.enterprise_id:
                row.done_on = _done(row.id, row.due_on, planned[row.enterprise_id], visits[row.enterprise_id])
            if row.done_on:
                row.state = "已检查"
            elif row.due_on and row.due_on < self.cabinet.clock.today:
                row.state = "逾期未查"
        return rows

    def where(self, field: Field, wanted: Sequence[str]) -> Expression:
        """Also whether a planned check was done, and where it stands."""
        if field.name not in names_of(CheckPlanRow.done_on, CheckPlanRow.state):
            return super().where(field, wanted)
        asked = CheckPlanRow.select().where(CheckPlanRow.due_on.is_null(False))
        rows = self.finish_all(self.cabinet.records(CheckPlanRow, asked))
        fits = [row.id for row in rows if field.show(row[field.name]) in wanted]
        return CheckPlanRow.id.in_(fits)

    def _planned(self, firms: set[int]) -> dict[int, list[tuple[date, int]]]:
        """Return by which days each firm is to be checked, in their order, with the id of the row."""
        found: dict[int, list[tuple[date, int]]] = defaultdict(list)
        here = CheckPlanRow.enterprise_id.in_(firms) & CheckPlanRow.due_on.is_null(False)
        asked = CheckPlanRow.select().where(here).order_by(CheckPlanRow.due_on, CheckPlanRow.id)
        for row in self.cabinet.records(CheckPlanRow, asked):
            assert row.enterprise_id is not None and row.due_on is not None  # the query asks for both
            found[row.enterprise_id].append((row.due_on, row.id))
        return found

    def _visits(self, firms: set[int]) -> dict[int, list[date]]:
        """Return the days on which each firm was checked, not for a report or a case from above."""
        found: dict[int, list[date]] = defaultdict(list)
        here = CheckRow.enterprise_id.in_(firms) & CheckRow.checked_on.is_null(False)
        asked = CheckRow.select(CheckRow.enterprise_id, CheckRow.checked_on)
        asked = asked.where(here & CheckRow.kind.not_in(TIPPED))
        for row in self.cabinet.records(CheckRow, asked):
            assert row.enterprise_id is not None and row.checked_on is not None  # the query asks for both
            found[row.enterprise_id].append(row.checked_on)
        return found


def _done(
    number: int, due_on: date, planned: Sequence[tuple[date, int]], visits: Sequence[date]
) -> date | None:
    """Return when a planned check was made; ``planned`` is all that is planned for its firm, in order."""
    first = due_on.replace(day=1)
    months = [(day.replace(day=1), row) for day, row in planned]
    later = [month for month, _ in months if month > first and month.year == first.year]
    until = min(later, default=date(first.year + 1, 1, 1))
    place = [row for month, row in months if month == first].index(number)
    found = sorted(day for day in visits if first <= day < until)
    return found[place] if place < len(found) else None
