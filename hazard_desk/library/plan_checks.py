"""What must hold in a plan file beyond the types of its keys. Each check raises at the first thing wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from string import Formatter

from hazard_desk.errors import Refused
from hazard_desk.library.plans import Duty, KeyTask, Plan, Stage, Task
from hazard_desk.library.reader import wrong
from hazard_desk.rules.deadlines import Deadline, deadline_in
from hazard_desk.rules.fields import Value
from hazard_desk.rules.fulfilment import Wanted, read_code
from hazard_desk.rules.recurrence import check_rule

FORMAT = 1
"""The format of plan files that this program reads."""


_OF_A_YEAR = ("major_stock", "major_increase", "trainings")
"""Measures of targets that count by the target's year."""


def check_format(table: Mapping[str, Value]) -> None:
    """Refuse a file of another format before its keys are judged by this one's."""
    head = table.get("plan")
    if not isinstance(head, dict):
        raise wrong("plan", "缺少 [plan] 一节，或没有写在其他各节之前。")
    if head.get("format") != FORMAT:
        raise wrong("plan.format", f"应为 {FORMAT}；如果方案文件来自更新的版本，请先升级本程序。")


def check_plan(plan: Plan) -> None:
    """Raise ``Refused``, naming the key, when the parts of a plan disagree."""
    _check_head(plan)
    _check_groups(plan)
    _check_stages(plan)
    _check_targets(plan)
    _check_tasks(plan)
    _check_duties(plan)
    _check_references(plan)


def _check_head(plan: Plan) -> None:
    _check_ids((("plan.id", plan.id),))
    if plan.ends_on < plan.starts_on:
        raise wrong("plan.ends_on", f"结束日期 {plan.ends_on} 早于开始日期 {plan.starts_on}。")
    try:
        places = {name for _, name, _, _ in Formatter().parse(plan.hazard_number) if name is not None}
        numbers = {plan.hazard_number.format(year=year, seq=seq) for year in (2023, 2024) for seq in (1, 2)}
    except (ValueError, LookupError, AttributeError):
        places, numbers = set(), set()
    if not places <= {"year", "seq"} or len(numbers) < 4:
        raise wrong(
            "plan.hazard_number", "隐患编号的样式应含 {year} 和 {seq}，如“隐患〔{year}〕{seq:03}号”。"
        )


def _check_groups(plan: Plan) -> None:
    _check_ids((f"groups[{index}].id", group.id) for index, group in enumerate(plan.groups))
    seen: set[str] = set()
    for index, group in enumerate(plan.groups):
        if group.parent and group.parent not in seen:
            raise wrong(f"groups[{index}].parent", f"前面没有 id 为“{group.parent}”的小组。")
        seen.add(group.id)
        for place, member in enumerate(group.members):
            if not member.person and not member.post:
                raise wrong(f"groups[{index}].members[{place}]", "person（姓名）和 post（职务）至少写一项。")


def _check_stages(plan: Plan) -> None:
    _check_unique((f"stages[{index}].number", stage.number) for index, stage in enumerate(plan.stages))
    before: Stage | None = None
    for index, stage in enumerate(plan.stages):
        path = f"stages[{index}]"
        meaning = deadline_in(plan, stage.deadline)
        _check_due(path, meaning, stage.due)
        if meaning.starts and stage.starts_on != meaning.starts:
            raise wrong(f"{path}.starts_on", f"与时限“{stage.deadline}”不一致，应为 {meaning.starts}。")
        if stage.due < stage.starts_on:
            raise wrong(f"{path}.due", f"早于本阶段的开始日期 {stage.starts_on}。")
        if before and stage.starts_on <= before.due:
            raise wrong(f"{path}.starts_on", f"没有晚于上一阶段的截止日期 {before.due}。")
        before = stage


def _check_targets(plan: Plan) -> None:
    _check_ids((f"targets[{index}].id", target.id) for index, target in enumerate(plan.targets))
    for index, target in enumerate(plan.targets):
        path = f"targets[{index}]"
        if target.deadline or target.due:
            _check_due(path, deadline_in(plan, target.deadline), target.due)
        if target.year and not plan.starts_on.year <= target.year <= plan.ends_on.year:
            raise wrong(f"{path}.year", "不在行动的起止年份之内。")
        if target.measure in _OF_A_YEAR and not target.year:
            raise wrong(f"{path}.year", f"按 {target.measure} 对照的目标必须写年度。")
        if target.fulfilled_by and target.measure != "trainings":
            raise wrong(f"{path}.fulfilled_by", "只有按 trainings 对照的目标才写办哪些培训。")
        for code in target.fulfilled_by:
            if _wanted(f"{path}.fulfilled_by", code).source != "activity":
                raise wrong(f"{path}.fulfilled_by", "只能写 activity:类型/词。")
        if target.unit and target.value is None:
            raise wrong(f"{path}.unit", "没有写 value（目标数）的，不写单位。")


def _check_tasks(plan: Plan) -> None:
    key_tasks = list(_key_tasks(plan))
    tasks = [
        (f"{path}.tasks[{index}]", task)
        for path, key_task in key_tasks
        for index, task in enumerate(key_task.tasks)
    ]
    _check_unique((f"actions[{index}].number", action.number) for index, action in enumerate(plan.actions))
    _check_unique((f"{path}.number", key_task.number) for path, key_task in key_tasks)
    _check_unique((f"{path}.number", task.number) for path, task in tasks)
    earlier: dict[int, Task] = {}
    for path, task in tasks:
        _check_deadline(path, task, plan)
        _check_parts(path, task, plan)
        _check_inherited(path, task, earlier)
        earlier[task.number] = task


def _key_tasks(plan: Plan) -> Iterator[tuple[str, KeyTask]]:
    for index, action in enumerate(plan.actions):
        for place, key_task in enumerate(action.key_tasks):
            yield f"actions[{index}].key_tasks[{place}]", key_task


def _check_deadline(path: str, task: Task, plan: Plan) -> None:
    """Compare the date with the wording; what the wording leaves open must be a stated doubt."""
    meaning = deadline_in(plan, task.deadline)
    _check_due(path, meaning, task.due)
    if task.standing != meaning.standing:
        said = "应为 true" if meaning.standing else "应为 false 或不写"
        raise wrong(f"{path}.standing", f"与完成时限“{task.deadline}”不一致，{said}。")
    if not meaning.understood and (task.deadline or task.due) and not task.doubts:
        raise wrong(f"{path}.doubts", f"完成时限待核对（{meaning.note}）请在这里写明疑点。")
    if task.due and not plan.starts_on <= task.due <= plan.ends_on and not task.doubts:
        raise wrong(f"{path}.due", "不在行动的起止日期之内，请核对；原文如此的，请在 doubts 中写明。")


def _check_parts(path: str, task: Task, plan: Plan) -> None:
    _check_unique((f"{path}.parts[{index}].number", part.number) for index, part in enumerate(task.parts))
    for index, part in enumerate(task.parts):
        where = f"{path}.parts[{index}]"
        if not part.text:
            raise wrong(f"{where}.text", f"任务内容中没有（{part.number}）这一行，须写明分项的内容。")
        if part.deadline or part.due:
            _check_due(where, deadline_in(plan, part.deadline), part.due)


def _check_due(path: str, meaning: Deadline, due: date | None) -> None:
    if meaning.understood and due != meaning.due:
        should = f"应为 {meaning.due}" if meaning.due else "没有日期，不应填写"
        raise wrong(f"{path}.due", f"与时限“{meaning.text}”不一致，{should}。")


def _check_inherited(path: str, task: Task, earlier: dict[int, Task]) -> None:
    for cell, number in task.inherited.items():
        source = earlier.get(number)
        if source is None:
            raise wrong(f"{path}.inherited.{cell}", f"前面没有编号为 {number} 的任务。")
        if getattr(source, cell) != getattr(task, cell):
            raise wrong(f"{path}.{cell}", f"写明沿用第 {number} 项，内容却与第 {number} 项不同。")


def _check_duties(plan: Plan) -> None:
    _check_ids((f"duties[{index}].id", duty.id) for index, duty in enumerate(plan.duties))
    for index, duty in enumerate(plan.duties):
        _check_duty(f"duties[{index}]", duty)


def _check_duty(path: str, duty: Duty) -> None:
    if (duty.kind == "recurring") != bool(duty.period):
        raise wrong(f"{path}.period", "recurring（周期性）工作必须写周期，其他工作不写。")
    if duty.rrule and not duty.period:
        raise wrong(f"{path}.rrule", "只有 recurring（周期性）工作才写重复规则。")
    if duty.period and (duty.rrule or duty.period != "once"):
        try:
            check_rule(duty.rrule)
        except Refused as refused:
            raise wrong(f"{path}.rrule", refused.message + "。") from None
    if (duty.kind == "triggered") != bool(duty.trigger):
        raise wrong(f"{path}.trigger", "triggered（遇事触发）工作必须写触发情形，其他工作不写。")
    for code in duty.fulfilled_by:
        _wanted(f"{path}.fulfilled_by", code)
    if duty.at_least < 1:
        raise wrong(f"{path}.at_least", "应不小于 1。")
    if duty.at and not _is_time(duty.at):
        raise wrong(f"{path}.at", "时间应写成 12:00 的样式。")


def _wanted(path: str, code: str) -> Wanted:
    try:
        return read_code(code)
    except Refused as refused:
        raise wrong(path, refused.message + "。") from None


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return re.fullmatch(r"\d\d:\d\d", text) is not None


def _check_references(plan: Plan) -> None:
    """Check that every task, stage and duty that is referred to exists."""
    tasks = {task.number for task in plan.tasks}
    _check_ids((f"registers[{index}].id", register.id) for index, register in enumerate(plan.registers))
    _check_ids((f"narrative[{index}].id", item.id) for index, item in enumerate(plan.narrative))
    named = [(f"duties[{index}].tasks", duty.tasks) for index, duty in enumerate(plan.duties)]
    named += [(f"registers[{index}].tasks", item.tasks) for index, item in enumerate(plan.registers)]
    for path, numbers in named:
        if unknown := [number for number in numbers if number not in tasks]:
            raise wrong(path, f"没有编号为 {unknown[0]} 的任务。")
    stages, duties = {stage.number for stage in plan.stages}, {duty.id for duty in plan.duties}
    for index, item in enumerate(plan.narrative):
        if item.stage is not None and item.stage not in stages:
            raise wrong(f"narrative[{index}].stage", f"没有编号为 {item.stage} 的阶段。")
        if item.duty and item.duty not in duties:
            raise wrong(f"narrative[{index}].duty", f"没有 id 为“{item.duty}”的常态化工作。")


def _check_ids(named: Iterable[tuple[str, str]]) -> None:
    pairs = list(named)
    for path, name in pairs:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            raise wrong(path, f"“{name}”只能用小写英文字母、数字和连字符。")
    _check_unique(pairs)


def _check_unique(numbered: Iterable[tuple[str, str | int]]) -> None:
    first: dict[str | int, str] = {}
    for path, value in numbered:
        if value in first:
            raise wrong(path, f"“{value}”与 {first[value]} 重复。")
        first[value] = path
