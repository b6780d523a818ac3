"""常态化工作记录 and 工作周计划: what recurs, what was found for it, and what a week asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.figures.dated import Diary, DueItem
from hazard_desk.figures.due import due_items, overdue_items
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Paper,
    Subtitle,
    Table,
    TableRow,
    Title,
)
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.tables import foot_line, head_line, mark_of
from hazard_desk.rules.dates import show_date, show_weekday, with_dates_written
from hazard_desk.rules.numerals import chinese_numeral
from hazard_desk.rules.states import State
from hazard_desk.store.columns import name_of

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
        Cell(with_dates_written(one.verdict.reason)),
    )


def _none() -> TableRow:
    return (Cell("行动期间没有到期的期次", colspan=5), None, None, None, None)


def week_plan(books: Books, order: Order) -> Paper:
    """Return the plan of the week of the order's day: what is carried over, what waits to be rechecked and
    signed off, and day by day what falls due or is to be reminded of."""
    day = order.as_of or books.today
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    diary = Diary(books)
    late = [item for item in overdue_items(books, None, diary) if item.date < monday]
    items = [item for item in due_items(books, monday, sunday + _AHEAD, diary) if item.open]
    columns = (
        Column("日期", 8, "center"),
        Column("事项", 30),
        Column("期限", 8, "center"),
        Column("责任单位（人）", 14, "center"),
        Column("安排", 14, fixed=True),
    )
    rows = _under("以前结转", (_dated(item) for item in late))
    for state, step, since in _WAITING:
        rows += _under(str(state), _waiting(books, order, state, step, since))
    for one in (monday + timedelta(days=n) for n in range(7)):
        asked = [_dated(item) for item in items if item.remind_on == one]  # a working day
        rows += _under(f"{one.month}月{one.day}日\n{show_weekday(one)}", asked or [("", "", "")])
    title = f"{books.office_name}工作周计划"
    span = Subtitle(f"{show_date(monday)}至{show_date(sunday)}")
    note = Note("以前结转为本周以前到期、尚未办结的事项；待复查、待销号的隐患不分日期，由本周安排。")
    blocks = (Title(title), span, head_line(books, day), Table(columns, tuple(rows)), note)
    return Paper(title, blocks, style="ledger", mark=mark_of(books))


_WAITING = (
    (State.RECTIFIED, "整改完成", name_of(Hazard.rectified_on)),
    (State.RECHECKED, "复查通过", name_of(Hazard.rechecked_on)),
)
"""What of hazards waits for the office, after which step, and where its day stands."""

_Told = tuple[str, str, str]
"""Of a row: what, by when, whose."""


def _dated(item: DueItem) -> _Told:
    who = "、".join((*item.units, *item.people))
    return f"{item.kind_label}：{item.title}", item.date.isoformat(), who


def _waiting(books: Books, order: Order, state: State, step: str, since: str) -> Iterator[_Told]:
    """The hazards in a state, those that wait longest first."""
    query = Query(where={name_of(Hazard.state): str(state)}, as_of=order.as_of, sort=since)
    for row in books.hazards.select(query):
        on = row[since]
        done = f"，{show_date(on)}{step}" if isinstance(on, date) else ""
        who = "、".join(dict.fromkeys(one for one in (row.office, row.overseer) if one))
        yield f"{row.unit_name}{row.place}：{row.description}（{row.number}{done}）", "", who


def _under(name: str, told: Iterable[_Told]) -> list[TableRow]:
    """Rows under one name in the first column; none where nothing is told."""
    several = list(told)
    head = Cell(name, rowspan=len(several))
    return [(head if place == 0 else None, *map(Cell, one), Cell("")) for place, one in enumerate(several)]
