"""The tables of a campaign plan (方案): stages, the three levels of the 分解表, duties, registers."""

from __future__ import annotations

import peewee

from hazard_desk.rules.fields import Kind
from hazard_desk.rules.tasks import LogKind
from hazard_desk.store.columns import JsonField, Record, column


class PlanRow(Record):
    """One campaign plan of this desk."""

    code = peewee.TextField(unique=True)
    title = column("方案名称", required=True, width=24)
    short = column("简称", width=10)
    number = column("发文字号", width=12)
    issuer = column("发文机关", width=12)
    issued_on = column("成文日期", Kind.DATE)
    starts_on = column("开始日期", Kind.DATE)
    ends_on = column("结束日期", Kind.DATE)
    annex_title = column("分解表标题", width=24)
    notes: JsonField[list[str]] = JsonField(default=list)
    source = peewee.TextField(default="")
    """The plan file it was entered from: what the tables do not hold is read from there."""

    class Meta:
        table_name = "plan"


class StageRow(Record):
    """One of a plan's stages (阶段)."""

    plan_id = peewee.IntegerField(index=True)
    number = column("序号", Kind.INTEGER)
    name = column("阶段", required=True)
    deadline_text = column("时限")
    starts_on = column("开始日期", Kind.DATE)
    due = column("截止日期", Kind.DATE)
    text = column("工作内容", Kind.LONG)

    class Meta:
        table_name = "stage"


class ActionRow(Record):
    """主要行动, the first level."""

    plan_id = peewee.IntegerField(index=True)
    number = column("行动序号", Kind.INTEGER)
    name = column("主要行动", width=8, searched=True)
    text = column("行动要求", Kind.LONG)

    class Meta:
        table_name = "action"


class KeyTaskRow(Record):
    """重点任务, the second level."""

    action_id = peewee.IntegerField(index=True)
    number = column("重点任务序号", Kind.INTEGER)
    name = column("重点任务", width=9, searched=True)

    class Meta:
        table_name = "key_task"


class TaskRow(Record):
    """具体任务, the third level: a row of the 分解表 with its deadline as written beside the parsed one."""

    key_task_id = peewee.IntegerField(index=True)
    number = column("序号", Kind.INTEGER, width=3)
    text = column("具体任务", Kind.LONG, width=26, searched=True)
    leads = column("牵头领导", Kind.NAMES, width=8, searched=True)
    units = column("责任科室", Kind.NAMES, width=8, searched=True)
    deadline_text = column("完成时限", width=6)
    due = column("截止日期", Kind.DATE, width=7)
    standing = column("长期坚持", Kind.BOOL, width=5, shown=False)
    remark = column("备注", width=5, shown=False)
    inherited: JsonField[dict[str, int]] = JsonField(default=dict)
    """Which cells are merged from above: field name -> number of the task that holds the value."""
    doubts: JsonField[list[str]] = JsonField(default=list)
    settled: JsonField[list[dict[str, str]]] = JsonField(default=list)
    """Doubts that the office settled: doubt, answer, by, on."""
    withdrawn_on = peewee.DateField(null=True)
    """From this day the plan no longer asks for the task."""
    withdrawn_why = column("撤回原因", Kind.LONG, given=True, width=16, shown=False)

    class Meta:
        table_name = "task"


class TaskLogRow(Record):
    """One entry of a task's work log."""

    task_id = peewee.IntegerField(index=True)
    happened_on = column("日期", Kind.DATE, required=True, width=7)
    kind = column("类型", Kind.CHOICE, required=True, choices=tuple(LogKind), width=5)
    note = column("工作情况", Kind.LONG, required=True, width=24)
    who = peewee.TextField(default="")
    entered_at = peewee.DateTimeField()

    class Meta:
        table_name = "task_log"


class DutyRow(Record):
    """A recurring obligation (常态化工作): of the plan, or the office's own."""

    plan_id = peewee.IntegerField(index=True)
    code = peewee.TextField()
    """The id in the plan file; '' for the office's own."""
    kind = peewee.TextField()
    period = peewee.TextField(default="")
    rrule = peewee.TextField(default="")
    at = peewee.TextField(default="")
    at_least = peewee.IntegerField(null=True, default=1)
    counted_in = peewee.TextField(default="次")
    tasks: JsonField[list[int]] = JsonField(default=list)
    doubts: JsonField[list[str]] = JsonField(default=list)
    title = column("工作事项", required=True, width=20, searched=True)
    rule = column(
        "周期",
        width=7,
        help="如 每月28日前、每季度、每周四12点前、9月30日前、行动期间至少1次；遇事办理的不填",
    )
    trigger = column("遇事办理", width=8, help="如 节假日前、灾害天气、事故后；按周期办理的不填")
    fulfilled_by = column(
        "完成依据", Kind.NAMES, width=12, help="有哪种记录就算完成；不填的，由经办人登记完成情况"
    )
    """Kept as ``rules.fulfilment`` reads it, shown in words."""
    basis = column("依据", Kind.LONG, width=20)
    leads = column("牵头领导", Kind.NAMES, width=8, shown=False, help="不填的，按对应任务的牵头领导")
    units = column("责任科室", Kind.NAMES, width=8, shown=False, help="不填的，按对应任务的责任科室")
    starts_on = column("起始日期", Kind.DATE, width=7, shown=False, help="不填的，从方案开始之日起")
    ends_on = column("停用日期", Kind.DATE, given=True, width=7, shown=False)
    """The last day on which it counts, where it ended before its plan."""
    end_reason = column("停用原因", given=True, width=10, shown=False)

    class Meta:
        table_name = "duty"


class PlanRegisterRow(Record):
    """A special register (专项台账) that the plan asks for."""

    plan_id = peewee.IntegerField(index=True)
    code = peewee.TextField()
    title = column("台账名称", required=True, width=16)
    basis = column("依据", Kind.LONG, width=20)
    tasks: JsonField[list[int]] = JsonField(default=list)

    class Meta:
        table_name = "plan_register"
