"""The campaign on a time axis: its stages and dated tasks, what was planned and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.board import StageView, stage_views
from hazard_desk.figures.dated import DueItem
from hazard_desk.figures.due import due_items


@dataclass(frozen=True)
class Bar:
    """One stage or task: planned from ``starts_on`` to the item's date; ``slipped_to`` is where it got to.

    ``slipped_to`` is the day of completion when late, today while overdue, else None; ``done_on`` the
    day of completion, None for stages and what is not done.
    """

    item: DueItem
    title: str
    starts_on: date
    done_on: date | None = None
    slipped_to: date | None = None


@dataclass(frozen=True)
class TimeAxis:
    """All bars, and the first and last day that any of them reaches."""

    first: date
    last: date
    today: date
    bars: list[Bar]


def time_axis(books: Books) -> TimeAxis:
    """Return the current campaign's axis: the stages in order, then the dated tasks by deadline."""
    plan = books.plans.current()
    tasks = {f"{books.tasks.id}/{row.id}": row for row in books.tasks.all_rows()}
    dues = [row.due for row in tasks.values() if row.due]
    stages = stage_views(books)
    days = [plan.starts_on, plan.ends_on, *dues, *(stage.due for stage in stages)]
    dated = [item for item in due_items(books, min(days), max(days)) if item.kind in ("stage", "task")]
    bars = [_stage_bar(item, stages) for item in dated if item.kind == "stage"]
    bars += [
        _task_bar(item, plan.starts_on, tasks[item.record].done_on, books.today)
        for item in dated
        if item.kind == "task"
    ]
    ends = [bar.slipped_to for bar in bars if bar.slipped_to]
    return TimeAxis(min(days), max(days + ends), books.today, bars)


def _stage_bar(item: DueItem, stages: Sequence[StageView]) -> Bar:
    stage = next(stage for stage in stages if stage.id == item.number)
    return Bar(item, f"{stage.name}阶段（{stage.deadline_text}）", stage.starts_on)


def _task_bar(item: DueItem, starts_on: date, done_on: date | None, today: date) -> Bar:
    if item.overdue:
        return Bar(item, item.title, starts_on, None, today)
    late = done_on is not None and done_on > item.date
    return Bar(item, item.title, starts_on, done_on, done_on if late else None)
