"""What was understood of an annex, as the command line tells it: to a script and to a person."""

from __future__ import annotations

from collections.abc import Iterator

from hazard_desk.books.plans.annex_entry import TASK_FIELDS, task_row
from hazard_desk.console import shown_table
from hazard_desk.library.annex.reading import Annex
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.rules.fields import Field, Row, by_name

_FIELDS = (*TASK_FIELDS, Field("inherited", "沿用", width=8), Field("doubts", "存疑", width=12))


def annex_value(annex: Annex) -> Row:
    """Return what was understood as JSON has it; tasks with the keys of the command ``tasks``."""
    return {
        "title": annex.title,
        "annex_title": annex.annex_title,
        "year": annex.year,
        "found_in": annex.found_in,
        "columns": {role: list(labels) for role, labels in annex.columns.items()},
        "tasks": [task_row(task) | _told(task) for task in annex.tasks],
        "inherited": sum(len(task.inherited) for task in annex.tasks),
        "doubtful": sum(bool(task.doubts) for task in annex.tasks),
        "notes": list(annex.notes),
    }


def annex_lines(annex: Annex) -> list[str]:
    """Return what was understood as a person reads it."""
    labels = "、".join(label for places in annex.columns.values() for label in places)
    found = annex_value(annex)
    return [
        f"{annex.found_in}：{annex.annex_title or '没有标题'}",
        f"认出的栏目：{labels}；没写年份的时限按{annex.year}年",
        *shown_table(_FIELDS, [task_row(task) | _written(task) for task in annex.tasks]),
        *annex.notes,
        f"共{len(annex.tasks)}项任务，沿用上面的{found['inherited']}格，存疑{found['doubtful']}项",
    ]


def _told(task: AnnexTask) -> Row:
    return {
        "inherited": {str(name): number for name, number in task.inherited.items()},
        "doubts": task.doubts,
    }


def _written(task: AnnexTask) -> Row:
    return {"inherited": "，".join(_inherited(task)), "doubts": "".join(task.doubts.values())}


def _inherited(task: AnnexTask) -> Iterator[str]:
    for name, number in task_row(task).inherited.items():
        yield f"{by_name(TASK_FIELDS, name).label}沿用第{number}项"
