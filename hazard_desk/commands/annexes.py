"""What was understood of a plan, as the command line tells it: to a script and to a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from hazard_desk.books.plans.annex_entry import TASK_FIELDS, task_row
from hazard_desk.console import shown_table
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.deadlines import parse_deadline
from hazard_desk.rules.fields import Field, Row, by_name

_FIELDS = (*TASK_FIELDS, Field("inherited", "沿用", width=8), Field("doubts", "存疑", width=12))


def annex_value(annex: Annex) -> Row:
    """Return what was understood as JSON has it; tasks with the keys of the command ``tasks``."""
    return {
        "title": annex.title,
        "issuer": annex.issuer,
        "number": annex.number,
        "issued_on": annex.issued_on,
        "annex_title": annex.annex_title,
        "year": annex.year,
        "found_in": annex.found_in,
        "columns": {role: list(labels) for role, labels in annex.columns.items()},
        "actions": annex.actions,
        "key_tasks": annex.key_tasks,
        "tasks": [task_row(task) | _told(task, annex.year) for task in annex.tasks],
        "groups": [asdict(group) for group in annex.groups],
        "stages": [asdict(stage) for stage in annex.stages],
        "duties": [asdict(duty) for duty in annex.duties],
        "inherited": sum(len(task.inherited) for task in annex.tasks),
        "doubtful": sum(bool(task.doubts) for task in annex.tasks),
        "doubts": list(annex.doubts),
        "unread": [{"place": one.place, "kind": one.kind, "text": one.text} for one in annex.unread],
        "notes": list(annex.notes),
    }


def annex_lines(annex: Annex) -> list[str]:
    """Return what was understood as a person reads it."""
    labels = "、".join(label for places in annex.columns.values() for label in places)
    found = annex_value(annex)
    return [
        f"{annex.found_in}：{annex.annex_title or '没有标题'}",
        f"认出的栏目：{labels or '没有'}；没写年份的时限按{annex.year}年",
        *_head_lines(annex),
        *shown_table(_FIELDS, [task_row(task) | _written(task) for task in annex.tasks]),
        *annex.notes,
        *annex.doubts,
        *_unread_lines(annex),
        f"共{len(annex.tasks)}项任务，沿用上面的{found['inherited']}格，存疑{found['doubtful']}项",
    ]


def _head_lines(annex: Annex) -> Iterator[str]:
    told = [annex.title, annex.issuer, annex.number, show_date(annex.issued_on)]
    yield "，".join(filter(None, told)) or "没有认出方案名称"
    counts = (
        f"主要行动{annex.actions}个、重点任务{annex.key_tasks}个、小组{len(annex.groups)}个、"
        f"阶段{len(annex.stages)}个、周期性工作{len(annex.duties)}项"
    )
    yield counts


def _unread_lines(annex: Annex) -> Iterator[str]:
    columns = [one.text for one in annex.unread if one.kind == "column"]
    if columns:
        yield f"没有读取的列：{'、'.join(columns)}；用 --map 列=栏目 写明它是什么"
    for one in annex.unread:
        if one.kind != "column":
            yield f"没有用到的{one.place}：{one.text[:60]}"


def _told(task: AnnexTask, year: int) -> Row:
    meaning = parse_deadline(task.deadline, year)
    return {
        "helpers": list(task.helpers),
        "milestones": [asdict(one) for one in meaning.milestones] if len(meaning.milestones) > 1 else [],
        "recurs": [repeat.rrule for repeat in meaning.periods],
        "notes": [*task.notes, *task.doubts.values()],
        "inherited": {str(name): number for name, number in task.inherited.items()},
        "doubts": task.doubts,
    }


def _written(task: AnnexTask) -> Row:
    return {"inherited": "，".join(_inherited(task)), "doubts": "".join(task.doubts.values())}


def _inherited(task: AnnexTask) -> Iterator[str]:
    for name, number in task_row(task).inherited.items():
        yield f"{by_name(TASK_FIELDS, name).label}沿用第{number}项"
