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
    notes = JsonField(default=list)
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
    inherited = JsonField(default=dict)
    """Which cells are merged from above: field name -> number of the task that holds the value."""
    doubts = JsonField(default=list)
    settled = JsonField(default=list)
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
    """A recurring obligation (常态化工作) of the plan."""

    plan_id = peewee.IntegerField(index=True)
    code = peewee.TextField()
    title = column("工作事项", required=True, width=20, searched=True)
    kind = peewee.TextField()
    basis = column("依据", Kind.LONG, width=20)
    tasks = JsonField(default=list)
    rrule = peewee.TextField(default="")
    period = peewee.TextField(default="")
    at = peewee.TextField(default="")
    at_least = column("至少", Kind.INTEGER, width=4)
    counted_in = column("计数单位", width=4)
    doubts = JsonField(default=list)

    class Meta:
        table_name = "duty"


class PlanRegisterRow(Record):
    """A special register (专项台账) that the plan asks for."""

    plan_id = peewee.IntegerField(index=True)
    code = peewee.TextField()
    title = column("台账名称", required=True, width=16)
    basis = column("依据", Kind.LONG, width=20)
    tasks = JsonField(default=list)

    class Meta:
        table_name = "plan_register"
