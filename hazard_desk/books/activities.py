"""工作开展: meetings, studies, inspections, publicity, training, drills, and what they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from hazard_desk.books.kit.gaps import TakenIn, ahead, odd_day
from hazard_desk.books.kit.lists import SECTORS
from hazard_desk.books.kit.named_links import LinkedLedger, link
from hazard_desk.books.kit.source import Source
from hazard_desk.rules.fields import Kind
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import column, name_of, names_of

if TYPE_CHECKING:
    from hazard_desk.books.duties.book import Duties
    from hazard_desk.books.enterprises import Enterprises
    from hazard_desk.books.plans.tasks import Tasks

KINDS = (
    "专题学习",
    "动员部署",
    "专题研究",
    "风险研判会",
    "听取汇报",
    "督导检查",
    "企业宣讲",
    "帮扶指导",
    "五进宣传",
    "主题宣传",
    "教育培训",
    "应急演练",
    "专家服务",
    "信息公开",
    "调度会",
    "专栏播出",
    "考核巡查",
    "督促自查",
    "企业自查",
    "印发文件",
    "情况通报",
    "其他",
)

OBJECTS = TOWNS, OWN_FIRMS, FIRMS, OTHERS = ("镇村", "直属企业", "重点企业", "其他")
"""Whom guidance (帮扶指导) is given to."""


class ActivityRow(TakenIn, table="activity"):
    """One piece of work done."""

    task_id = peewee.IntegerField(null=True, index=True)
    duty_id = peewee.IntegerField(null=True, index=True)
    kind = column("类型", Kind.CHOICE, required=True, choices=KINDS, width=6, index=True)
    title = column("主题", required=True, width=18, searched=True)
    held_on = column("日期", Kind.DATE, required=True, width=7, index=True, now=True)
    level = column("层级", Kind.CHOICE, required=True, choices=("县", "乡", "镇", "部门", "村"), width=4)
    place = column("地点", width=8, searched=True)
    host = column("主持人", width=6, searched=True)
    attendance = column("参加人数", Kind.INTEGER, unit="人", width=5)
    audience = column("对象", width=10, help="参加的单位或人员")
    firms = column(
        "涉及单位",
        Kind.NAMES,
        width=14,
        searched=True,
        shown=False,
        help="检查、演练、培训的是哪些单位，写台账里的单位名称；企业逐家对照时用",
    )
    office = column("组织科室", width=8, shown=False, help="由哪个科室组织，调度表按科室统计时用")
    sector = column("行业领域", Kind.CHOICE, listed=SECTORS, width=8, shown=False)
    village = column("所在村（社区）", width=8, shown=False, help="在哪个村（社区）开展，按村统计时用")
    object_kind = column(
        "对象类别", Kind.CHOICE, choices=OBJECTS, width=6, shown=False, help="帮扶指导请填写，调度表分类统计"
    )
    objects = column(
        "对象数量", Kind.INTEGER, width=5, shown=False, help="帮扶了几个镇村、几家企业，不填按1计"
    )
    content = column("内容", Kind.LONG, width=20, searched=True)
    task_number = column("对应任务", Kind.INTEGER, width=5, help="填写方案任务的序号，或用任务里的几个字查找")
    duty_title = column("对应常态化工作", width=12, shown=False)
    remark = column("备注", Kind.LONG, width=10, shown=False)


class Activities(LinkedLedger[ActivityRow]):
    """The ledger of work done."""

    id = "activities"
    title = "工作开展"
    noun = "开展记录"
    why = "会议、宣传、培训、演练登记在这里，对应的常态化工作自动算作完成"
    icon = "activities"
    first_columns = names_of(ActivityRow.title, ActivityRow.held_on)
    evidence: Source | None = Source(
        ActivityRow.held_on,
        ActivityRow.title,
        "activity",
        ActivityRow.kind,
        sorts=lambda: {kind: kind for kind in KINDS if kind != "其他"},
        duty=ActivityRow.duty_id,
        task=ActivityRow.task_id,
        person=ActivityRow.host,
        about=(ActivityRow.firms, ActivityRow.audience, ActivityRow.office, ActivityRow.village),
    )
    default_sort = f"-{name_of(ActivityRow.held_on)}"
    table = ActivityRow
    same_by = (names_of(ActivityRow.kind, ActivityRow.title, ActivityRow.held_on),)

    def __init__(self, cabinet: Cabinet, tasks: Tasks, duties: Duties, enterprises: Enterprises) -> None:
        super().__init__(cabinet)
        self.enterprises = enterprises
        self.links = (
            link(ActivityRow.task_number, ActivityRow.task_id, tasks.find, tasks.numbers, says=tasks.texts),
            link(ActivityRow.duty_title, ActivityRow.duty_id, duties.find, duties.names),
        )

    def name_of(self, row: ActivityRow) -> str:
        return row.title

    def options(self, name: str) -> list[str]:
        return self.enterprises.names() if name == name_of(ActivityRow.firms) else super().options(name)

    def wrong(self, row: ActivityRow, number: int | None) -> dict[str, str]:
        if ahead(row.held_on, self.cabinet.clock.today):
            return {name_of(ActivityRow.held_on): "“日期”不能晚于今天，还没有开展的工作请等开展后登记"}
        return odd_day(ActivityRow.held_on, row, self.cabinet.clock.today, ActivityRow.remark)
