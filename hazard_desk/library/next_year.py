"""The turn of the year: a new plan from an old one, its dates moved, its people and duties kept.

A wording is moved by its years (2023年12月 -> 2024年12月) and read anew; what cannot be read, and every text
that still names the old year, is flagged for the office. What a number column printed is not carried over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hazard_desk.errors import Refused
from hazard_desk.library.plan_checks import check_plan
from hazard_desk.library.plans import Action, KeyTask, Plan, Stage, Target, Task, TaskPart
from hazard_desk.rules.dates import YEAR, years_in
from hazard_desk.rules.deadlines import deadline_in


@dataclass(frozen=True)
class NewYear:
    """What the office says of the new plan; ``title`` and dates as it will have them."""

    title: str
    starts_on: date
    ends_on: date
    issued_on: date | None = None
    """Not known when the plan is drawn up."""


def moved_by_its_span(plan: Plan) -> NewYear:
    """Return what the new plan is called and when it runs: a year later, for three years three later."""
    years = plan.ends_on.year - plan.starts_on.year + 1
    title = _moved_text(plan.title, years)
    if title == plan.title:
        title = f"{title}（{plan.starts_on.year + years}年）"
    return NewYear(title, _moved_day(plan.starts_on, years), _moved_day(plan.ends_on, years))


def next_plan(plan: Plan, new: NewYear) -> Plan:
    """Return the plan for a new year. ``Refused`` when its dates or its title are no new plan's."""
    years = new.starts_on.year - plan.starts_on.year
    if years < 1:
        raise Refused(f"新方案应从{plan.starts_on.year + 1}年或以后开始", "starts_on")
    if new.ends_on < new.starts_on:
        raise Refused("结束日期不能早于开始日期", "ends_on")
    if not new.title or new.title == plan.title:
        raise Refused("新方案的名称不能与原方案相同", "title")
    notes = [
        f"本方案由《{plan.title}》延续编制，时限顺延{years}年，成员和常态化工作照旧，请按新印发的文件核对。"
    ]
    stages = []
    for stage in plan.stages:
        moved, note = _stage(stage, years, new)
        stages.append(moved)
        notes += [note] if note else []
    made = replace(
        plan,
        id=_moved_id(plan.id, years, new.starts_on.year),
        title=new.title,
        short=_moved_text(plan.short, years),
        annex_title=_moved_text(plan.annex_title, years),
        number="",
        issued_on=None,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        notes=tuple(notes),
        stages=tuple(stages),
        targets=tuple(_target(target, years, new) for target in plan.targets),
        actions=tuple(_action(action, plan, new, years) for action in plan.actions),
    )
    check_plan(made)
    return made


def _stage(stage: Stage, years: int, new: NewYear) -> tuple[Stage, str]:
    text = _moved_text(stage.deadline, years)
    meaning = deadline_in(new, text)
    starts_on = meaning.starts or _moved_day(stage.starts_on, years)
    if meaning.understood and meaning.due:
        return replace(stage, deadline=text, starts_on=starts_on, due=meaning.due), ""
    moved = replace(stage, deadline=text, starts_on=starts_on, due=_moved_day(stage.due, years))
    return moved, f"“{stage.name}”阶段的时限“{text}”按上一方案的日期顺延，请核对。"


def _target(target: Target, years: int, new: NewYear) -> Target:
    text = _moved_text(target.deadline, years)
    meaning = deadline_in(new, text)
    due = meaning.due if meaning.understood or target.due is None else _moved_day(target.due, years)
    doubt = "按上一方案的目标顺延，请按新印发的文件核对。"
    return replace(
        target,
        deadline=text,
        due=due,
        year=target.year and target.year + years,
        doubts=(*target.doubts, doubt),
    )


def _action(action: Action, plan: Plan, new: NewYear, years: int) -> Action:
    return replace(action, key_tasks=tuple(_key_task(key, plan, new, years) for key in action.key_tasks))


def _key_task(key_task: KeyTask, plan: Plan, new: NewYear, years: int) -> KeyTask:
    return replace(key_task, tasks=tuple(_task(task, plan, new, years) for task in key_task.tasks))


def _task(task: Task, plan: Plan, new: NewYear, years: int) -> Task:
    """Move one task. Its doubts stay, but for those that speak of the old year and its dates."""
    text = _moved_text(task.deadline, years)
    meaning = deadline_in(new, text)
    due = meaning.due
    old = range(plan.starts_on.year, plan.ends_on.year + 1)
    doubts = [doubt for doubt in task.doubts if not set(years_in(doubt)) & set(old)]
    if not meaning.understood and (task.deadline or task.due):
        due = _moved_day(task.due, years) if task.due else None
        doubts.append(f"时限“{text}”未能识别，日期按上一方案顺延，请核对。")
    if named := sorted(set(years_in(task.text)) & set(old)):
        doubts.append(f"任务内容写有{named[0]}年，请核对是否应改为{named[0] + years}年。")
    if due and not new.starts_on <= due <= new.ends_on:
        doubts.append(f"时限“{text}”不在新方案的起止日期之内，请核对。")
    parts = tuple(_part(part, new, years) for part in task.parts)
    return replace(task, deadline=text, due=due, printed="", parts=parts, doubts=tuple(dict.fromkeys(doubts)))


def _part(part: TaskPart, new: NewYear, years: int) -> TaskPart:
    text = _moved_text(part.deadline, years)
    meaning = deadline_in(new, text)
    due, doubts = meaning.due, part.doubts
    if not meaning.understood and part.due:
        due = _moved_day(part.due, years)
        doubts = (*doubts, f"时限“{text}”未能识别，日期按上一方案顺延，请核对。")
    return replace(part, deadline=text, due=due, doubts=doubts)


def _moved_text(text: str, years: int) -> str:
    return YEAR.sub(lambda found: str(int(found.group()) + years), text)


def _moved_id(code: str, years: int, year: int) -> str:
    moved = _moved_text(code, years)
    return moved if moved != code else f"{code}-{year}"


def _moved_day(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
