"""企业履职: what each enterprise must have and do itself (S0 三（二）（三）), with its next due day."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date

import peewee

from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.kit.gaps import TakenIn
from hazard_desk.books.kit.named_links import LinkedLedger
from hazard_desk.books.kit.source import Source
from hazard_desk.rules.fields import NAMES_FIRM, Due, Kind
from hazard_desk.store.acts import Act
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import column, name_of, names_of

HIGH_RISK_SYSTEMS = ("双重预防", "一会三卡")
"""What S3 二（五）11 asks of every dangerous trade."""
DUTIES = (
    "安全生产责任制",
    "两单两卡",
    "安全风险明白卡",
    "安全费用提取",
    "安全管理机构或人员",
    "应急预案",
    "应急演练",
    "教育培训",
    "安责险",
    *HIGH_RISK_SYSTEMS,
)
DONE = "已落实"


class EnterpriseDutyRow(TakenIn, table="enterprise_duty", indexes=((("enterprise_id", "duty"), True),)):
    """One duty of one enterprise."""

    enterprise_id = peewee.IntegerField(index=True)
    unit_name = column("单位名称", required=True, width=16, searched=True, of_firm=NAMES_FIRM)
    duty = column("履职事项", Kind.CHOICE, required=True, choices=DUTIES, width=9)
    state = column(
        "落实情况", Kind.CHOICE, required=True, choices=(DONE, "部分落实", "未落实", "不适用"), width=6
    )
    last_on = column("最近一次", Kind.DATE, width=7)
    next_due = column(
        "下次到期",
        Kind.DATE,
        width=7,
        index=True,
        due=Due(
            "enterprise",
            "{name}到期",
            state="state",
            done_in=("不适用",),
            lapses=DONE,
            units=("unit_name",),
        ),
    )
    remark = column("备注", Kind.LONG, width=14)
    overdue = column("是否逾期", Kind.BOOL, width=4, computed=True)


class EnterpriseDuties(LinkedLedger[EnterpriseDutyRow]):
    """The duties of all enterprises, one row for each that was looked at."""

    id = "enterprise-duties"
    title = "企业履职"
    noun = "履职事项"
    why = "每家企业的双重预防、两单两卡、应急演练等落实了没有记在这里，到期提醒，没有落实的一起催办"
    icon = "duties"
    in_binder = False
    evidence: Source | None = Source(
        EnterpriseDutyRow.last_on,
        EnterpriseDutyRow.unit_name.concat(EnterpriseDutyRow.duty),
        "firm",
        EnterpriseDutyRow.duty,
        sorts=lambda: {duty: f"企业履职（{duty}）" for duty in DUTIES},
        about=(EnterpriseDutyRow.unit_name,),
        firm=EnterpriseDutyRow.enterprise_id,
        valid=EnterpriseDutyRow.state == DONE,
    )
    default_sort = name_of(EnterpriseDutyRow.next_due)
    table = EnterpriseDutyRow
    same_by = (names_of(EnterpriseDutyRow.unit_name, EnterpriseDutyRow.duty),)
    cannot_lack = names_of(EnterpriseDutyRow.unit_name, EnterpriseDutyRow.duty)

    def __init__(self, cabinet: Cabinet, enterprises: Enterprises) -> None:
        super().__init__(cabinet)
        named = enterprises.link(self.id, EnterpriseDutyRow, EnterpriseDutyRow.unit_name, must_exist=True)
        self.links = (named,)
        self.enterprises = enterprises
        enterprises.links.clashes.append(self._keep_later)

    def name_of(self, row: EnterpriseDutyRow) -> str:
        return f"{row.unit_name} {row.duty}"

    def wrong(self, row: EnterpriseDutyRow, number: int | None) -> dict[str, str]:
        problems: dict[str, str] = {}
        if row.next_due and row.last_on and row.next_due <= row.last_on:
            problems[name_of(EnterpriseDutyRow.next_due)] = "“下次到期”应晚于最近一次的日期"
        table = EnterpriseDutyRow
        same = self.cabinet.column(
            table.select(table.id).where(
                (table.enterprise_id == row.enterprise_id) & (table.duty == row.duty)
            )
        )
        if same and same != [number]:
            told = f"“{row.unit_name}”的“{row.duty}”已登记，请修改原记录"
            problems[name_of(EnterpriseDutyRow.duty)] = told
        return problems

    def unique(self, row: EnterpriseDutyRow) -> Mapping[str, Hashable]:
        return {name_of(EnterpriseDutyRow.duty): (row.enterprise_id, row.duty)}

    def _keep_later(self, act: Act, gone: int, stays: int) -> None:
        """Of two enterprises that become one, keep of each duty what was done last."""
        table = EnterpriseDutyRow
        rows = self.cabinet.records(table, table.select().where(table.enterprise_id.in_((gone, stays))))
        latest = sorted(
            rows, key=lambda row: (row.last_on or date.min, row.state == DONE, row.enterprise_id == stays)
        )
        kept = {row.duty: row for row in latest}
        for row in rows:
            if kept[row.duty] is not row:
                self.take_out(act, row.id)

    def finish(self, row: EnterpriseDutyRow) -> EnterpriseDutyRow:
        late = row.next_due is not None and row.next_due < self.cabinet.clock.today
        row.overdue = late and row.state != "不适用"
        return row
