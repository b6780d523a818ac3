"""常态化工作记录 and 工作周计划: what recurs, what was found for it, and what a week asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.figures.dated import DueItem
from hazard_desk.figures.due import due_items
from hazard_desk.papers.model import Block, Cell, Column, Heading, Paper, Subtitle, Table, TableRow, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.tables import foot_line, head_line, mark_of
from hazard_desk.rules.dates import show_date, show_weekday
from hazard_desk.rules.numerals import chinese_numeral

_AHEAD = timedelta(days=31)
"""So far ahead something due may have to be reminded of in a week: rests are no longer."""


def duty_record(books: Books, order: Order) -> Paper:
    """Return every duty with each time it falls due over the campaign, its state and what was found."""
    title = f"{books.plans.current().short}常态化工作记录"
    blocks: list[Block] = [Title(title), head_line(books, order.as_of)]
    day = order.as_of or books.today
    for place, (duty, times) in enumerate(books.duties.courses(day), start=1):
        blocks += _duty(place, duty, times, day)
    return Paper(title, (*blocks, foot_line(books)), style="ledger", mark=mark_of(books))


def _duty(place: int, duty: DutyFacts, times: list[DutyOccurrence], day: date) -> Iterator[Block]:
    yield Heading(2, f"（{chinese_numeral(place)}）{duty.title}")
    columns = (
        Column("期次", 12, "center"),
        Column("期限", 9, "center"),
        Column("状态", 6, "center"),
        Column("依据", 6, "center"),
        Column("说明", 24),
    )
    rows = tuple(_time(one, day) for one in times) or (_none(),)
    yield Table(columns, rows)


def _time(one: DutyOccurrence, day: date) -> TableRow:
    found = sum(1 for record in one.evidence if record.on <= day)
    return (
        Cell(one.when.period),
        Cell(one.due.isoformat()),
        Cell(str(one.state)),
        Cell(f"{found}条" if found else ""),
        Cell(one.verdict.reason),
    )


def _none() -> TableRow:
    return (Cell("行动期间没有到期的期次", colspan=5), None, None, None, None)


def week_plan(books: Books, order: Order) -> Paper:
    """Return what falls due or is to be reminded of in the week of the order's day, day by day."""
    day = order.as_of or books.today
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    items = due_items(books, monday, sunday + _AHEAD)
    columns = (
        Column("日期", 8, "center"),
        Column("事项", 30),
        Column("期限", 8, "center"),
        Column("责任单位（人）", 14, "center"),
        Column("安排", 16),
    )
    rows: list[TableRow] = []
    for one in (monday + timedelta(days=n) for n in range(7)):
        rows += _of_day(one, [item for item in items if _on(item) == one])
    title = f"{books.office_name}工作周计划"
    span = Subtitle(f"{show_date(monday)}至{show_date(sunday)}")
    return Paper(
        title, (Title(title), span, Table(columns, tuple(rows))), style="ledger", mark=mark_of(books)
    )


def _on(item: DueItem) -> date:
    """The day to work on an item: the day to be reminded, which is a working day."""
    return item.remind_on


def _of_day(day: date, items: list[DueItem]) -> Iterator[TableRow]:
    name = f"{day.month}月{day.day}日\n{show_weekday(day)}"
    asked = [item for item in items if item.open]
    if not asked:
        yield (Cell(name), Cell(""), Cell(""), Cell(""), Cell(""))
    for place, item in enumerate(asked):
        who = "、".join((*item.units, *item.people))
        head = Cell(name, rowspan=len(asked)) if place == 0 else None
        yield (
            head,
            Cell(f"{item.kind_label}：{item.title}"),
            Cell(item.date.isoformat()),
            Cell(who),
            Cell(""),
        )
