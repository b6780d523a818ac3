"""What 常态化工作记录 and 工作周计划 tell: what recurs, what was found for it, what a week asks for."""

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
from hazard_desk.papers.model import Cell, Column, Table, TableRow
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.tables import row_of_nothing
from hazard_desk.papers.wording.facts import Each, PaperFacts, Put, fact, facts_of_row
from hazard_desk.rules.dates import show_date, show_weekday, with_dates_written
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.states import State
from hazard_desk.store.columns import declared, name_of

_AHEAD = timedelta(days=31)
"""So far ahead something due may have to be reminded of in a week: rests are no longer."""


def duties_told(books: Books, day: date) -> Each:
    """Return every duty: the times it falls due over the campaign, their state on ``day``, what was found."""
    return Each(
        lambda: _duty(DutyFacts(), [], day),
        lambda: (_duty(duty, times, day) for duty, times in books.duties.courses(day)),
    )


def _duty(duty: DutyFacts, times: list[DutyOccurrence], day: date) -> PaperFacts:
    told = Put("各期的期限、状态和依据", lambda: [_times(times, day)])
    return PaperFacts({**facts_of_row(declared(DutyFacts), duty), "各期表": told})


def _times(times: list[DutyOccurrence], day: date) -> Table:
    columns = (
        Column("期次", 12, "center"),
        Column("期限", 9, "center"),
        Column("状态", 6, "center"),
        Column("依据", 6, "center"),
        Column("说明", 24),
    )
    return Table(columns, tuple(_time(one, day) for one in times) or (_none(),))


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
    return row_of_nothing(5, "行动期间没有到期的期次")


def week_facts(books: Books, order: Order) -> PaperFacts:
    """Return the week of the order's day: its first and last, and what it asks for."""
    day = order.day or books.today
    monday = day - timedelta(days=day.weekday())
    told = "以前结转的、待复查和待销号的，以及每天到期和应提醒的"
    return PaperFacts(
        {
            "周一": fact("周一", lambda: monday, Kind.DATE),
            "周日": fact("周日", lambda: monday + timedelta(days=6), Kind.DATE),
            "计划表": Put(told, lambda: [_week(books, order, monday)]),
        }
    )


def _week(books: Books, order: Order, monday: date) -> Table:
    """What is carried over, what waits to be rechecked and signed off, and day by day what falls due or is to
    be reminded of."""
    diary = Diary(books)
    late = [item for item in overdue_items(books, None, diary) if item.date < monday]
    items = [
        item for item in due_items(books, monday, monday + timedelta(days=6) + _AHEAD, diary) if item.open
    ]
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
    return Table(columns, tuple(rows))


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
