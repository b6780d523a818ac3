"""The tables of a campaign plan (方案): stages, the three levels of the 分解表, duties, registers.

A column with the name of a fact that a part of a plan has (``library.plans``) keeps it; see ``parts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import peewee

from hazard_desk.books.kit.gaps import TakenIn
from hazard_desk.books.plans.parts import keeps
from hazard_desk.library.plans import Objects
from hazard_desk.rules.fields import Kind, Value
from hazard_desk.rules.fulfilment import DutyState
from hazard_desk.rules.tasks import LogKind, TaskStatus
from hazard_desk.store.columns import JsonField, Record, column, name_of, told_by


class PlanRow(Record, table="plan"):
    """One campaign plan of this desk."""

    code = keeps("id", peewee.TextField(unique=True))
    title = column("方案名称", required=True, width=24)
    short = column("简称", width=10)
    issuer = column("发文机关", required=True, width=12)
    number = column("发文字号", width=12)
    issued_on = column("成文日期", Kind.DATE)
    starts_on = column("开始日期", Kind.DATE, required=True)
    ends_on = column("结束日期", Kind.DATE, required=True)
    annex_title = column("分解表标题", width=24)
    report_to = column("报送单位", width=12, help="方案的调度表、材料报给谁")
    report_way = column("报送方式", width=8, help="如 政务微信、政务邮箱")
    report_contact = column("报送联系人", width=12, help="由本单位填写，如 区安委会办公室张某 8888888")
    notes: JsonField[list[str]] = JsonField(default=list)
    source = peewee.TextField(default="")
    """The plan file it was entered from: what the tables do not hold is read from there."""


class PlanFacts(PlanRow):
    """A plan with how much it holds, and whether the desk works on it."""

    actions = peewee.IntegerField()
    key_tasks = peewee.IntegerField()
    tasks = peewee.IntegerField()
    stages = peewee.IntegerField()
    duties = peewee.IntegerField()
    current = peewee.BooleanField()


class NextPlan(PlanRow):
    """What is asked of the plan for a new year."""

    switch = column("现在就切换到新方案", Kind.BOOL, help="不切换的，以后在窗口上方的方案菜单里切换")


class StageRow(Record, table="stage"):
    """One of a plan's stages (阶段)."""

    plan_id = peewee.IntegerField(index=True)
    number = column("序号", Kind.INTEGER, required=True)
    name = column("阶段", required=True)
    deadline_text = keeps("deadline", column("时限"))
    starts_on = column("开始日期", Kind.DATE, required=True)
    due = column("截止日期", Kind.DATE, required=True)
    text = column("工作内容", Kind.LONG)


class ActionRow(Record, table="action"):
    """主要行动, the first level."""

    plan_id = peewee.IntegerField(index=True)
    number = column("行动序号", Kind.INTEGER, required=True)
    name = column("主要行动", width=8, searched=True)
    text = column("行动要求", Kind.LONG)


class KeyTaskRow(Record, table="key_task"):
    """重点任务, the second level."""

    action_id = peewee.IntegerField(index=True)
    number = column("重点任务序号", Kind.INTEGER, required=True)
    name = column("重点任务", width=9, searched=True)


class TaskRow(Record, table="task"):
    """具体任务, the third level: a row of the 分解表 with its deadline as written beside the parsed one."""

    key_task_id = peewee.IntegerField(index=True)
    number = column("序号", Kind.INTEGER, required=True, given=True, width=3)
    text = column("具体任务", Kind.LONG, required=True, width=26, searched=True)
    leads = column("牵头领导", Kind.NAMES, width=8, searched=True)
    units = column("责任科室", Kind.NAMES, width=8, searched=True)
    helpers = column("配合单位", Kind.NAMES, width=8, searched=True, shown=False)
    deadline_text = keeps("deadline", column("完成时限", width=6))
    due = column("截止日期", Kind.DATE, width=7, help="时限能识别的自动填写，识别不了的请在这里填写")
    standing = column("长期坚持", Kind.BOOL, given=True, width=5, shown=False)
    remark = column("备注", width=5, shown=False)
    inherited: JsonField[dict[str, int]] = JsonField(default=dict)
    """Which cells are merged from above: field name -> number of the task that holds the value."""
    doubts: JsonField[list[str]] = JsonField(default=list)
    settled: JsonField[list[Mapping[str, Value]]] = JsonField(default=list)
    """What the office settled: ``SettledDoubt``."""
    withdrawn_on = peewee.DateField(null=True)
    """From this day the plan no longer asks for the task."""
    withdrawn_why = column("撤回原因", Kind.LONG, given=True, width=16, shown=False)


class TaskPartRow(Record, table="task_part"):
    """分项: one of several things that a task asks for, with those who lead it."""

    task_id = peewee.IntegerField(index=True)
    number = column("分项", Kind.INTEGER, required=True, given=True, width=3)
    text = column("分项内容", Kind.LONG, required=True, width=26)
    leads = column("牵头", Kind.NAMES, width=8, help="牵头的领导、科室或部门")
    units = column("责任单位", Kind.NAMES, width=8)
    deadline_text = keeps("deadline", column("完成时限", width=6, help="不填的，按任务的时限"))
    due = column("截止日期", Kind.DATE, width=7, help="时限能识别的自动填写，识别不了的请在这里填写")
    doubts: JsonField[list[str]] = JsonField(default=list)
    withdrawn_on = peewee.DateField(null=True)
    """From this day the plan no longer asks for the part."""
    withdrawn_why = column("撤回原因", Kind.LONG, given=True, width=16, shown=False)


class TaskPartFacts(TaskPartRow):
    """A part of a task, and where it stands."""

    status = column("状态", Kind.CHOICE, choices=tuple(TaskStatus), width=5, computed=True)
    overdue = column("是否逾期", Kind.BOOL, width=4, shown=False, computed=True)
    reason = column("说明", width=16, computed=True)
    done_on = peewee.DateField(null=True)

    @property
    def mark(self) -> str:
        """How it is called beside its task: （2）."""
        return f"（{self.number}）"


class SettledDoubt(Record):
    """A doubt of a task that the office settled, as the task keeps it."""

    doubt = peewee.TextField()
    answer = column("核对结果", Kind.LONG, required=True, help="例如：经与县安委办核实，按6月底执行")
    by = column("核对人", required=True)
    on = peewee.TextField()
    """The day, as 2023-06-01."""

    @property
    def sentence(self) -> str:
        """What was doubtful, what the office decided, who and when."""
        return f"{self.doubt}（{self.on} {self.by}核对：{self.answer}）"


class TaskFacts(TaskRow):
    """A task with its action and key task, and where it stands."""

    plan_id = peewee.IntegerField()
    action = told_by(ActionRow.name)
    action_number = peewee.IntegerField()
    key_task = told_by(KeyTaskRow.name)
    key_task_number = peewee.IntegerField()
    status = column("状态", Kind.CHOICE, choices=tuple(TaskStatus), width=5, computed=True)
    overdue = column("是否逾期", Kind.BOOL, width=4, shown=False, computed=True)
    reason = column("说明", width=16, shown=False, computed=True)
    done_on = peewee.DateField(null=True)
    taken_over: JsonField[list[str]] = JsonField()
    """The cells merged from above, each in a sentence."""
    log_count = peewee.IntegerField()
    milestones = column("时间节点", Kind.NAMES, width=10, shown=False, computed=True)
    """Each date with its words, where the deadline names more than one."""
    part_leads = column("分项牵头", Kind.NAMES, width=8, shown=False, computed=True)
    """Who leads a part of it: 政策法规股（2）."""
    part_course = column("分项进展", width=8, shown=False, computed=True)
    parts: JsonField[list[TaskPartFacts]] = JsonField()


def tasks_with(*what: peewee.Node | type[Record]) -> peewee.ModelSelect:
    """Return the query for these columns of all tasks, joined with their key tasks and actions."""
    keys = TaskRow.select(*what).join(KeyTaskRow.model, on=(TaskRow.key_task_id == KeyTaskRow.id))
    return keys.join(ActionRow.model, on=(KeyTaskRow.action_id == ActionRow.id))


def whole_tasks() -> peewee.ModelSelect:
    """Return the query for all tasks as ``TaskFacts``, in the order of the 分解表."""
    above = (
        ActionRow.plan_id,
        ActionRow.name.alias(name_of(TaskFacts.action)),
        ActionRow.number.alias(name_of(TaskFacts.action_number)),
        KeyTaskRow.name.alias(name_of(TaskFacts.key_task)),
        KeyTaskRow.number.alias(name_of(TaskFacts.key_task_number)),
    )
    return tasks_with(TaskRow, *above).order_by(
        ActionRow.plan_id, ActionRow.number, KeyTaskRow.number, TaskRow.number
    )


class TaskLogRow(Record, table="task_log"):
    """One entry of a task's work log."""

    task_id = peewee.IntegerField(index=True)
    part_id = peewee.IntegerField(null=True)
    """The part of the task that it tells of; None for the task as a whole."""
    happened_on = column("日期", Kind.DATE, required=True, width=7, now=True)
    kind = column("类型", Kind.CHOICE, required=True, choices=tuple(LogKind), width=5)
    note = column("工作情况", Kind.LONG, required=True, width=24)
    who = peewee.TextField(default="")
    entered_at = peewee.DateTimeField()


class TaskLogFacts(TaskLogRow):
    """An entry of a task's work log, with the part that it tells of."""

    part = column("分项", width=3, computed=True)


class DutyRow(TakenIn, table="duty"):
    """A recurring obligation (常态化工作): of the plan, or the office's own."""

    plan_id = peewee.IntegerField(index=True)
    code = keeps("id", peewee.TextField())
    """'' for the office's own."""
    kind = peewee.TextField()
    period = peewee.TextField(default="")
    rrule = peewee.TextField(default="")
    at = peewee.TextField(default="")
    at_least = peewee.IntegerField(null=True, default=1)
    counted_in = keeps("unit", peewee.TextField(default="次"))
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
    doers = column(
        "由谁办",
        Kind.NAMES,
        width=9,
        shown=False,
        help="如 党政主要负责人、分管负责人，或者写姓名；别人办的不算。不填的，谁办都算",
    )
    objects = column(
        "对谁办",
        Kind.CHOICE,
        choices=tuple(one for one in get_args(Objects) if one),
        width=7,
        shown=False,
        help="每个对象都办到才算完成，缺哪几个逐一列出；不填的，办一次就算",
    )
    basis = column("依据", Kind.LONG, width=20)
    leads = column("牵头领导", Kind.NAMES, width=8, shown=False, help="不填的，按对应任务的牵头领导")
    units = column("责任科室", Kind.NAMES, width=8, shown=False, help="不填的，按对应任务的责任科室")
    starts_on = column("起始日期", Kind.DATE, width=7, shown=False, help="不填的，从方案开始之日起")
    ends_on = column("停用日期", Kind.DATE, given=True, width=7, shown=False)
    """The last day on which it counts, where it ended before its plan."""
    end_reason = column("停用原因", given=True, width=10, shown=False)


class DutyFacts(DutyRow):
    """A duty as the clerk reads it: what fulfils it in words, when it falls due, and where it stands."""

    rhythm = column("周期", width=9, searched=True, computed=True)
    met = column("已完成", Kind.INTEGER, required=True, unit="次", width=4, computed=True)
    should = column(
        "应完成", Kind.INTEGER, required=True, unit="次", width=4, help="到当天为止", computed=True
    )
    total = column("共", Kind.INTEGER, required=True, unit="次", width=4, shown=False, computed=True)
    next_due = column("下次到期", Kind.DATE, width=7, computed=True)
    state = column("状态", Kind.CHOICE, choices=tuple(DutyState), width=5, computed=True)
    own = column("本单位增列", Kind.BOOL, width=5, shown=False, computed=True)
    codes: JsonField[list[str]] = JsonField()
    """What fulfils it, as ``rules.fulfilment`` reads it."""
    people: JsonField[list[str]] = JsonField()
    offices: JsonField[list[str]] = JsonField()
    """Who answers for it, its tasks included."""


class PlanRegisterRow(Record, table="plan_register"):
    """A special register (专项台账) that the plan asks for."""

    plan_id = peewee.IntegerField(index=True)
    code = keeps("id", peewee.TextField())
    title = column("台账名称", required=True, width=16)
    basis = column("依据", Kind.LONG, width=20)
    tasks: JsonField[list[int]] = JsonField(default=list)
