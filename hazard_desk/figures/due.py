"""Everything dated: stages, task deadlines, occurrences of duties, hazard deadlines."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.query import Query
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.steps import OPEN_STATES, STANDING, UNRECTIFIED, State
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.rules.workdays import remind_on

KINDS = {
    "stage": "阶段",
    "task": "任务",
    "occurrence": "常态化",
    "hazard": "隐患",
    "supervision": "督办",
    "report": "反馈",
    "enterprise": "企业履职",
}
"""Kinds of dated items and what the clerk reads."""


DUE_FIELDS = (
    Field("date", "日期", Kind.DATE),
    Field("kind", "种类", shown=False),
    Field("kind_label", "种类"),
    Field("title", "事项", width=24),
    Field("state", "状态"),
    Field("remind_on", "提醒日期", Kind.DATE),
    Field("record", "记录", shown=False),
)


@dataclass(frozen=True)
class DueItem:
    """One dated thing. ``record`` is ledger/id; ``open`` means that it still asks for work."""

    date: datetime.date
    kind: str
    title: str
    state: str
    remind_on: datetime.date
    record: str
    open: bool
    overdue: bool = False
    people: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    brief: str = ""
    """The title without numbers that take up a narrow cell, where it differs."""

    def row(self) -> Row:
        """Return the item as a row of ``DUE_FIELDS``."""
        return {field.name: getattr(self, field.name) for field in DUE_FIELDS}

    @property
    def number(self) -> int:
        """The id of the record in its ledger."""
        return int(self.record.split("/")[1])

    @property
    def short(self) -> str:
        """The title for where there is little room."""
        return self.brief or self.title

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]


def due_items(books: Books, first: date, last: date) -> list[DueItem]:
    """Return everything dated from ``first`` to ``last``, both included, in order of date."""
    found = [*_stages(books), *_tasks(books), *_occurrences(books, first, last)]
    found = [item for item in found if first <= item.date <= last]
    for kind in _HAZARD_DATES:
        found += _hazards(books, kind, f"{first}..{last}")
    found += _enterprises(books, Query(where={"next_due": f"{first}..{last}"}, sort="next_due"))
    return sorted(found, key=lambda item: (item.date, list(KINDS).index(item.kind), item.number))


def overdue_items(books: Books, limit: int = 200) -> list[DueItem]:
    """Return the tasks and hazards whose deadline has passed, the longest overdue first."""
    late = [item for item in _tasks(books) if item.overdue]
    late += _hazard_items(books, "hazard", Query(where={"overdue": "是"}, sort="deadline", limit=limit))
    before = f"..{books.today - timedelta(days=1)}"
    late += [
        item for kind in ("supervision", "report") for item in _hazards(books, kind, before) if item.open
    ]
    late += [item for item in _enterprises(books, Query(where={"next_due": before})) if item.overdue]
    return sorted(late, key=lambda item: item.date)[:limit]


def _stages(books: Books) -> Iterator[DueItem]:
    for stage in books.plans.stages():
        day = stage["due"]
        state = stage_state(stage["starts_on"], day, books.today)
        title = f"{stage['name']}阶段结束（{stage['deadline_text']}）"
        yield DueItem(day, "stage", title, state, remind_on(day), f"stages/{stage['id']}", day >= books.today)


def stage_state(starts_on: date, due: date, today: date) -> str:
    """Return 未开始, 进行中 or 已结束."""
    if today > due:
        return "已结束"
    return "进行中" if today >= starts_on else "未开始"


def _tasks(books: Books) -> Iterator[DueItem]:
    for task in books.tasks.all_rows():
        if task["due"]:
            still = task["status"] not in (TaskStatus.DONE, TaskStatus.DONE_LATE)
            yield DueItem(
                task["due"],
                "task",
                f"任务{task['number']}：{task['text']}",
                task["status"],
                remind_on(task["due"]),
                f"tasks/{task['id']}",
                still,
                task["overdue"],
                tuple(task["leads"]),
                tuple(task["units"]),
            )


def _occurrences(books: Books, first: date, last: date) -> Iterator[DueItem]:
    for due in books.duties.between(first, last):
        day = due.occurrence.due
        ahead = day >= books.today
        title = f"{due.duty['title']}（{due.occurrence.period}）"
        state = "未到期" if ahead else "已到期"
        yield DueItem(day, "occurrence", title, state, remind_on(day), f"duties/{due.duty['id']}", ahead)


@dataclass(frozen=True)
class _HazardDate:
    """A date of a hazard that asks for work: its field, what is added to the title, in which states.

    ``until`` is the field of the day that ends it, whatever the state.
    """

    field: str
    about: str
    open_states: tuple[State, ...]
    until: str = ""


_HAZARD_DATES = {
    "hazard": _HazardDate("deadline", "", UNRECTIFIED),
    "supervision": _HazardDate("supervision_deadline", "挂牌督办 ", UNRECTIFIED, "supervision_removed_on"),
    "report": _HazardDate("feedback_due", "上级交办反馈 ", OPEN_STATES),
}


def _hazards(books: Books, kind: str, span: str) -> Iterator[DueItem]:
    field = _HAZARD_DATES[kind].field
    standing = [str(state) for state in STANDING]
    return _hazard_items(books, kind, Query(where={field: span, "state": standing}, sort=field))


def _hazard_items(books: Books, kind: str, query: Query) -> Iterator[DueItem]:
    dated = _HAZARD_DATES[kind]
    for row in books.hazards.rows(books.hazards.ids(query)):
        where = f"{row['unit_name']}{row['place']}"
        title = f"{dated.about}{row['number']} {where}".strip()
        day = row[dated.field]
        still = row["state"] in dated.open_states and not (dated.until and row[dated.until])
        late = still and day < books.today
        record = f"hazards/{row['id']}"
        brief = f"{dated.about}{where}".strip()
        yield DueItem(day, kind, title, row["state"], remind_on(day), record, still, late, brief=brief)


def _enterprises(books: Books, query: Query) -> Iterator[DueItem]:
    for row in books.enterprise_duties.select(query):
        day = row["next_due"]
        still = row["state"] != "不适用"
        title = f"{row['unit_name']} {row['duty']}到期"
        record = f"enterprise-duties/{row['id']}"
        yield DueItem(day, "enterprise", title, row["state"], remind_on(day), record, still, row["overdue"])
