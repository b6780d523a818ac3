"""Everything dated: stages, task deadlines, occurrences of duties, hazard deadlines."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprise_duties import EnterpriseDutyRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import PlanRow, TaskFacts
from hazard_desk.rules.deadlines import deadline_in
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.states import OPEN_STATES, STANDING, UNRECTIFIED, State
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.rules.wording import quoted
from hazard_desk.rules.workdays import remind_on
from hazard_desk.store.columns import name_of

DUE_KINDS = {
    "stage": "阶段",
    "task": "任务",
    "milestone": "节点",
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
    reason: str = ""
    """Why it stands so, in one sentence; '' where the state says it all."""
    key: str = ""
    """Of an occurrence: which one of its duty (``Duties.occurrence(number, key)``)."""
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
        return DUE_KINDS[self.kind]


def due_items(books: Books, first: date, last: date) -> list[DueItem]:
    """Return everything dated from ``first`` to ``last``, in order of date, as it stands today."""
    remind = _reminder(books)
    found = [*_stages(books, remind), *_tasks(books, remind)]
    found = [item for item in found if first <= item.date <= last]
    found += _occurrences(books, remind, first, last)
    for kind in _HAZARD_DATES:
        found += _hazards(books, remind, kind, f"{first}..{last}")
    found += _enterprises(books, remind, f"{first}..{last}")
    return sorted(found, key=lambda item: (item.date, list(DUE_KINDS).index(item.kind), item.number))


def due_notes(books: Books, items: Iterable[DueItem]) -> list[str]:
    """Return a sentence for each year of these items whose holidays are only guessed from weekends."""
    return books.holidays.notes({item.date.year for item in items})


def overdue_items(books: Books, limit: int = 200) -> list[DueItem]:
    """Return the tasks, duties and hazards whose day has passed undone, the longest overdue first."""
    remind = _reminder(books)
    yesterday = books.today - timedelta(days=1)
    late = [item for item in _tasks(books, remind) if item.overdue]
    late += [item for item in _occurrences(books, remind, date.min, yesterday) if item.overdue]
    query = Query(where={name_of(Hazard.overdue): "是"}, sort=name_of(Hazard.deadline), limit=limit)
    late += _hazard_items(books, remind, "hazard", query)
    before = f"..{yesterday}"
    late += [
        item
        for kind in ("supervision", "report")
        for item in _hazards(books, remind, kind, before)
        if item.open
    ]
    late += [item for item in _enterprises(books, remind, before) if item.overdue]
    return sorted(late, key=lambda item: item.date)[:limit]


Remind = Callable[[date], date]


def _reminder(books: Books) -> Remind:
    """Return what gives the day to remind of a deadline, with the holidays that the office entered."""
    return partial(remind_on, holidays=books.holidays.days())


def _stages(books: Books, remind: Remind) -> Iterator[DueItem]:
    for stage in books.plans.stages():
        day = stage.due
        state = stage_state(stage.starts_on, day, books.today)
        title = f"{stage.name}阶段结束（{stage.deadline_text}）"
        yield DueItem(day, "stage", title, state, remind(day), f"stages/{stage.id}", day >= books.today)


def stage_state(starts_on: date, due: date, today: date) -> str:
    """Return 未开始, 进行中 or 已结束."""
    if today > due:
        return "已结束"
    return "进行中" if today >= starts_on else "未开始"


def _tasks(books: Books, remind: Remind) -> Iterator[DueItem]:
    plan = books.plans.current()
    for task in books.tasks.all_rows():
        yield from _milestones(books, remind, plan, task)
        if task.due:
            still = task.status not in (TaskStatus.DONE, TaskStatus.DONE_LATE)
            yield DueItem(
                task.due,
                "task",
                f"任务{task.number}：{task.text}",
                task.status,
                remind(task.due),
                f"{books.tasks.id}/{task.id}",
                still,
                task.overdue,
                reason=task.reason,
                people=tuple(task.leads),
                units=tuple(task.units),
            )


def _milestones(books: Books, remind: Remind, plan: PlanRow, task: TaskFacts) -> Iterator[DueItem]:
    """Yield the dates of a task before its last one: 5月底前完成首轮. That they were met, nobody says."""
    done = task.status in (TaskStatus.DONE, TaskStatus.DONE_LATE)
    for one in deadline_in(plan, task.deadline_text).several:
        if one.due != task.due:
            yield DueItem(
                one.due,
                "milestone",
                f"任务{task.number}节点：{one.text or task.text}",
                task.status,
                remind(one.due),
                f"{books.tasks.id}/{task.id}",
                one.due >= books.today and not done,
                reason=f"时限{quoted(task.deadline_text)}，任务{task.number}：{task.text}",
                people=tuple(task.leads),
                units=tuple(task.units),
            )


def _occurrences(books: Books, remind: Remind, first: date, last: date) -> Iterator[DueItem]:
    for one in books.duties.occurrences(first, last):
        yield DueItem(
            one.due,
            "occurrence",
            one.title,
            str(one.state),
            remind(one.due),
            f"{books.duties.id}/{one.duty.id}",
            one.open or one.behind,
            one.behind,
            reason=one.verdict.reason,
            key=one.key,
            people=tuple(one.duty.people),
            units=tuple(one.duty.offices),
        )


@dataclass(frozen=True)
class _HazardDate:
    """A date of a hazard that asks for work: its field, what is added to the title, in which states.

    ``until`` tells the day that ends it, whatever the state.
    """

    name: str
    day: Callable[[Hazard], date | None]
    about: str
    open_states: tuple[State, ...]
    until: Callable[[Hazard], date | None] = lambda row: None


_HAZARD_DATES = {
    "hazard": _HazardDate(name_of(Hazard.deadline), lambda row: row.deadline, "", UNRECTIFIED),
    "supervision": _HazardDate(
        name_of(Hazard.supervision_deadline),
        lambda row: row.supervision_deadline,
        "挂牌督办 ",
        UNRECTIFIED,
        lambda row: row.supervision_removed_on,
    ),
    "report": _HazardDate(
        name_of(Hazard.feedback_due), lambda row: row.feedback_due, "上级交办反馈 ", OPEN_STATES
    ),
}


def _hazards(books: Books, remind: Remind, kind: str, span: str) -> Iterator[DueItem]:
    name = _HAZARD_DATES[kind].name
    standing = [str(state) for state in STANDING]
    query = Query(where={name: span, name_of(Hazard.state): standing}, sort=name)
    return _hazard_items(books, remind, kind, query)


def _hazard_items(books: Books, remind: Remind, kind: str, query: Query) -> Iterator[DueItem]:
    dated = _HAZARD_DATES[kind]
    for row in books.hazards.rows(books.hazards.ids(query)):
        where = f"{row.unit_name}{row.place}"
        title = f"{dated.about}{row.number} {where}".strip()
        day = dated.day(row)
        assert day is not None  # the query asks for those with a day
        still = row.state in dated.open_states and not dated.until(row)
        late = still and day < books.today
        record = f"{books.hazards.id}/{row.id}"
        item = DueItem(day, kind, title, row.state, remind(day), record, still, late)
        item = replace(
            item, people=_said(row.responsible, row.overseer), units=_said(row.unit_name, row.office)
        )
        yield replace(item, brief=f"{dated.about}{where}".strip())


def _enterprises(books: Books, remind: Remind, span: str) -> Iterator[DueItem]:
    next_due = name_of(EnterpriseDutyRow.next_due)
    for row in books.enterprise_duties.select(Query(where={next_due: span}, sort=next_due)):
        day = row.next_due
        assert day is not None  # the query asks for those with a day
        still = row.state != "不适用"
        title = f"{row.unit_name} {row.duty}到期"
        record = f"{books.enterprise_duties.id}/{row.id}"
        item = DueItem(day, "enterprise", title, row.state, remind(day), record, still, row.overdue)
        yield replace(item, units=_said(row.unit_name))


def _said(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name)
