"""An annex that was read, put right by the clerk, and made a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import groupby

from hazard_desk.errors import Refused
from hazard_desk.library.annex.annex import Annex, FoundDuty
from hazard_desk.library.annex.columns import SHARED
from hazard_desk.library.annex.task import AnnexTask, with_cell
from hazard_desk.library.plan_checks import FORMAT, check_plan
from hazard_desk.library.plans import Action, Duty, DutyPeriod, KeyTask, Plan, SharedCell, Task
from hazard_desk.library.task_parts import with_parts
from hazard_desk.rules.dates import parse_date
from hazard_desk.rules.deadlines import deadline_in, parse_deadline
from hazard_desk.rules.repeats import Repeat

NAMED = ("action", "key_task")
"""Cells that stand for all tasks of one action or key task."""


@dataclass(frozen=True)
class AnnexHead:
    """What the office says of the plan that no table tells."""

    title: str
    issuer: str
    starts_on: date
    ends_on: date
    short: str = ""
    number: str = ""
    issued_on: date | None = None


def put_right(annex: Annex, number: int, cell: str, text: str) -> Annex:
    """Return the annex with one cell of a task written anew; those that take it over follow.

    Raises ``Refused`` for an empty text and a date that disagrees with its deadline.
    """
    task = next(task for task in annex.tasks if task.number == number)
    if cell in NAMED:
        return _renamed(annex, task, cell, text)
    if cell in SHARED:
        return _shared(annex, task, cell, text)
    if cell == "due":
        return _dated(annex, task, text)
    if cell == "text" and not text.strip():
        raise Refused("请填写“具体任务”", cell)
    return _with(annex, [_written(task, cell, text)])


def confirmed(annex: Annex, number: int) -> Annex:
    """Return the annex with one task looked at: what was doubtful in it stands as it was understood."""
    task = next(task for task in annex.tasks if task.number == number)
    return _with(annex, [replace(task, doubts={})])


def left_out(annex: Annex, number: int) -> Annex:
    """Return the annex without a task; tasks that take a cell over from it keep the value as their own."""
    tasks = [
        replace(task, inherited={cell: of for cell, of in task.inherited.items() if of != number})
        for task in annex.tasks
        if task.number != number
    ]
    duties = tuple(duty for duty in annex.duties if duty.task != number)
    return replace(annex, tasks=tuple(tasks), duties=duties)


def code_for(head: AnnexHead, taken: Collection[str]) -> str:
    """Return an id for a plan that no document gives: plan-2023, and plan-2023-2 where that is taken."""
    code, number = f"plan-{head.starts_on.year}", 2
    while code in taken:
        code, number = f"plan-{head.starts_on.year}-{number}", number + 1
    return code


def plan_of_annex(annex: Annex, head: AnnexHead, code: str) -> Plan:
    """Return the plan; doubts that are left go with it. Raises ``Refused`` when it is none."""
    if not annex.tasks:
        raise Refused("表里没有一项任务，请检查表格")
    if not head.title.strip():
        raise Refused("请填写“方案名称”", "title")
    if head.ends_on < head.starts_on:
        raise Refused("结束日期不能早于开始日期", "ends_on")
    plan = Plan(
        **vars(replace(head, short=head.short or head.title)),
        format=FORMAT,
        id=code,
        annex_title=annex.annex_title,
        notes=("本方案由文件导入，领导小组、阶段、常态化工作请核对补充。", *annex.notes, *annex.doubts),
        actions=tuple(_actions(annex, head)),
        groups=annex.groups,
        stages=annex.stages,
        duties=tuple(_duties(annex)),
    )
    check_plan(plan)
    return with_parts(plan)


def _duties(annex: Annex) -> Iterable[Duty]:
    """The recurring work of the text whose rhythm is known; each of several is one duty."""
    number = 0
    for found in annex.duties:
        for period, rule in _rhythms(found, annex.year):
            number += 1
            yield Duty(
                f"duty-{number}",
                found.title,
                found.basis,
                "recurring",
                tasks=(found.task,) if found.task else (),
                period=period,
                rrule=rule.rrule,
                at=rule.at.isoformat("minutes") if rule.at else "",
                at_least=rule.at_least,
            )


def _rhythms(found: FoundDuty, year: int) -> Iterable[tuple[DutyPeriod, Repeat]]:
    for day in found.dates:
        yield "once", Repeat("year", (day.day,), (day.month,))
    if found.understood and not found.dates:
        for rule in parse_deadline(found.rhythm, year).periods:
            yield rule.every, rule


def _actions(annex: Annex, head: AnnexHead) -> Iterable[Action]:
    for number, rows in groupby(annex.tasks, key=lambda task: task.action_number):
        tasks = list(rows)
        name = tasks[0].action or head.short or head.title
        yield Action(number, name, key_tasks=tuple(_key_tasks(tasks, annex, head, name)))


def _key_tasks(tasks: list[AnnexTask], annex: Annex, head: AnnexHead, action: str) -> Iterable[KeyTask]:
    for number, rows in groupby(tasks, key=lambda task: task.key_number):
        held = list(rows)
        yield KeyTask(
            number, held[0].key_task or action, tasks=tuple(_task(task, annex, head) for task in held)
        )


def _task(task: AnnexTask, annex: Annex, head: AnnexHead) -> Task:
    doubts = list(dict.fromkeys(task.doubts.values()))
    remark = "；".join(filter(None, [task.remark, *task.notes]))
    meaning = deadline_in(head, task.deadline)
    if meaning.understood:
        task = replace(task, due=meaning.due, standing=meaning.standing)
    if not meaning.understood and (task.deadline or task.due) and not doubts:
        doubts.append(f"完成时限“{task.deadline}”未能识别，截止日期由本单位核定。")
    if task.due and not head.starts_on <= task.due <= head.ends_on:
        doubts.append(f"完成时限“{task.deadline}”不在方案的起止日期之内，请核对。")
    told = {field.name: getattr(task, field.name) for field in fields(Task) if hasattr(task, field.name)}
    return Task(**{**told, "doubts": tuple(doubts), "remark": remark})


def _renamed(annex: Annex, task: AnnexTask, cell: str, text: str) -> Annex:
    if not text.strip():
        raise Refused("请填写名称", cell)
    if cell == "action":
        same = [other for other in annex.tasks if other.action_number == task.action_number]
    else:
        same = [other for other in annex.tasks if other.key_number == task.key_number]
    return _with(annex, [_written(other, cell, text) for other in same])


def _written(task: AnnexTask, cell: str, text: str) -> AnnexTask:
    task, text = replace(task, doubts=_without(task, cell)), text.strip()
    if cell == "action":
        return replace(task, action=text)
    if cell == "key_task":
        return replace(task, key_task=text)
    return replace(task, text=text) if cell == "text" else replace(task, remark=text)


def _shared(annex: Annex, task: AnnexTask, cell: SharedCell, text: str) -> Annex:
    changed = with_cell(task, cell, text, annex.year)
    following = [
        replace(with_cell(other, cell, text, annex.year), inherited=other.inherited)
        for other in annex.tasks
        if other.inherited.get(cell) == task.number
    ]
    return _with(annex, [changed, *following])


def _dated(annex: Annex, task: AnnexTask, text: str) -> Annex:
    due = parse_date(text, annex.year) if text.strip() else None
    if text.strip() and due is None:
        raise Refused("“截止日期”请填写日期，例如2023-05-31", "due")
    meaning = parse_deadline(task.deadline, annex.year)
    if meaning.understood and due != meaning.due:
        should = meaning.due.isoformat() if meaning.due else "没有日期"
        raise Refused(f"与完成时限“{task.deadline}”不一致（应为{should}），请改完成时限", "due")
    following = [other for other in annex.tasks if other.inherited.get("deadline") == task.number]
    changed = [replace(other, due=due, doubts=_without(other, "deadline")) for other in (task, *following)]
    return _with(annex, changed)


def _without(task: AnnexTask, cell: str) -> dict[str, str]:
    return {name: doubt for name, doubt in task.doubts.items() if name != cell}


def _with(annex: Annex, changed: Iterable[AnnexTask]) -> Annex:
    new = {task.number: task for task in changed}
    return replace(annex, tasks=tuple(new.get(task.number, task) for task in annex.tasks))
