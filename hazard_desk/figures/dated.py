"""One dated thing as the lists of dates hold it, and what they ask of a desk to make them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprises import STOPPED, Enterprise
from hazard_desk.books.kit.query import Query
from hazard_desk.books.opening import kept_since
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.workdays import remind_on
from hazard_desk.store.columns import name_of

DUE_KINDS = {
    "stage": "阶段",
    "task": "任务",
    "milestone": "节点",
    "target": "目标",
    "occurrence": "常态化",
    "hazard": "隐患",
    "supervision": "督办",
    "report": "报送",
    "tip": "举报",
    "document": "来文",
    "register": "台账",
    "certificate": "证件",
    "enterprise": "企业履职",
}
"""Kinds of dated items and what the clerk reads."""

PLANS = "plans"
"""Where a target is looked at: the plan as a whole."""
UNTRIGGERED = "holiday-"
"""How the keys of occurrences begin that a holiday asks for and nobody has triggered yet."""
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
    before: bool = False
    """Whether it fell due before the desk was begun (起账前), undone for all that is known: not late."""
    reason: str = ""
    """Why it stands so, in one sentence; '' where the state says it all."""
    key: str = ""
    """Of an occurrence: which one of its duty (``Duties.occurrence(number, key)``); of a part: its id."""
    field: str = ""
    """Of a row of a book: the name of its field that holds the day."""
    people: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    brief: str = ""
    """The title without numbers that take up a narrow cell, where it differs."""

    def row(self) -> Row:
        """Return the item as a row of ``DUE_FIELDS``."""
        return {field.name: getattr(self, field.name) for field in DUE_FIELDS}

    @property
    def ledger(self) -> str:
        """The book that the record stands in."""
        return self.record.partition("/")[0]

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


class Diary:
    """What the lists of dates ask of a desk, each read once for as many of them as are made from it.

    It knows of no act after it was made: make one, make the lists, let it go.
    """

    def __init__(self, books: Books) -> None:
        self.books = books
        self.opened = kept_since(books.cabinet)
        self._holidays = books.holidays.days()
        self._reminds: dict[date, date] = {}

    @cached_property
    def tasks(self) -> list[TaskFacts]:
        """The tasks of the plan as they stand today."""
        return self.books.tasks.all_rows()

    @cached_property
    def stopped(self) -> set[int]:
        """The ids of enterprises of which nothing is asked."""
        return set(self.books.enterprises.ids(Query(where={name_of(Enterprise.status): STOPPED})))

    def remind(self, day: date) -> date:
        """Return the day to remind of a deadline, with the holidays that the office entered."""
        if day not in self._reminds:
            self._reminds[day] = remind_on(day, holidays=self._holidays)
        return self._reminds[day]
