"""What 日历 tells: a month as a sheet of weeks, and the year as twelve months with what falls due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.board import StageView
from hazard_desk.figures.calendar import Calendar, calendar, month_span
from hazard_desk.figures.dated import DUE_KINDS, DueItem
from hazard_desk.papers.model import Cell, Column, Fill, Table, TableRow
from hazard_desk.papers.wording.facts import PaperFacts, Put, fact
from hazard_desk.rules.phrases.points import month_end
from hazard_desk.rules.wording import WEEKDAYS

_LINES = 25
"""Lines that the weeks of a month have on one sheet; of a day what does not fit is counted."""
_LONGEST = 8
"""Characters of an item: one line of a day."""
_MONTHS = range(1, 13)
_ACROSS = 4
"""Months side by side."""
_DAY_WIDE = 3.3


def month_facts(books: Books, day: date) -> PaperFacts:
    """Return the month of ``day`` as seven columns of days, and what is said of it."""
    first, last = day.replace(day=1), month_end(day.year, day.month)
    begin, end = month_span(day)
    shown = cache(lambda: calendar(books, begin, end))
    return PaperFacts(
        {
            "月份": fact("月份", lambda: f"{day.year}年{day.month}月"),
            "阶段": fact("阶段", lambda: _stages(shown(), first, last)),
            "节假日说明": fact("节假日说明", lambda: shown().note),
            "月历": Put("一个月的日历，每天列出到期事项", lambda: [_weeks_of_month(shown(), first.month)]),
        }
    )


def year_facts(books: Books, day: date) -> PaperFacts:
    """Return the year of ``day``: its months as on a wall, then what falls due."""
    shown = cache(lambda: calendar(books, date(day.year, 1, 1), date(day.year, 12, 31)))
    return PaperFacts(
        {
            "节假日说明": fact("节假日说明", lambda: shown().note),
            "年历": Put("十二个月的日历，写明当天到期的件数", lambda: _bands(shown())),
            "到期事项表": Put("各月到期的事项", lambda: [_dues(shown(), day.year)]),
        }
    )


def _weeks_of_month(shown: Calendar, month: int) -> Table:
    days = [shown.first + timedelta(days=n) for n in range((shown.last - shown.first).days + 1)]
    told = _LINES * 7 // len(days) - 1
    weeks = tuple(
        tuple(_day(shown, one, month, told) for one in days[at : at + 7]) for at in range(0, len(days), 7)
    )
    return Table(tuple(Column(f"星期{word}", 10) for word in WEEKDAYS), weeks, row_lines=told + 1)


def _bands(shown: Calendar) -> Iterator[Table]:
    dated = Counter(item.date for item in shown.items)
    return (_band(shown, dated, _MONTHS[at : at + _ACROSS]) for at in range(0, 12, _ACROSS))


def _dues(shown: Calendar, year: int) -> Table:
    columns = (
        Column("月份", 4, "center"),
        Column("件数", 4, "center"),
        Column("阶段", 8),
        Column("到期事项", 90),
    )
    return Table(columns, tuple(_month(shown, date(year, month, 1)) for month in _MONTHS))


def _band(shown: Calendar, dated: Mapping[date, int], months: Sequence[int]) -> Table:
    """Some months side by side, a row for each week, a gap between them."""
    grids = [_weeks(shown, dated, date(shown.first.year, month, 1)) for month in months]
    weeks = max(len(grid) for grid in grids)
    named: list[Cell | None] = []
    days: list[Cell | None] = []
    rows: list[list[Cell | None]] = [[] for _ in range(weeks)]
    for month, grid in zip(months, grids, strict=True):
        if named:
            named.append(Cell("", 2))
            days.append(None)
            rows[0].append(Cell("", weeks))
            for row in rows[1:]:
                row.append(None)
        named += [Cell(f"{month}月", colspan=7), *[None] * 6]
        days += map(Cell, WEEKDAYS)
        for at, row in enumerate(rows):
            row.extend(grid[at] if at < len(grid) else [Cell("")] * 7)
    day, gap = Column("", _DAY_WIDE, "center", fixed=True), Column("", 1, fixed=True)
    columns = [day if at % 8 < 7 else gap for at in range(len(named))]
    head = (tuple(named), tuple(days))
    return Table(tuple(columns), tuple(map(tuple, rows)), head, row_lines=2)


def _weeks(shown: Calendar, dated: Mapping[date, int], first: date) -> list[list[Cell]]:
    begin, end = month_span(first)
    days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    cells = [_date(shown, dated, day) if day.month == first.month else Cell("") for day in days]
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def _date(shown: Calendar, dated: Mapping[date, int], day: date) -> Cell:
    """A day in two lines: its number, the holiday or 班, how much falls due."""
    mark = shown.marks[day]
    counted = f"{dated[day]}件" if day in dated else ""
    number = f"{day.day}{mark.word}" if mark.word == "班" else str(day.day)
    told = [f"{number} {counted}".strip(), mark.name] if mark.name else [number, counted]
    return Cell("\n".join(filter(None, told)), fill=_ground(shown, day))


def _ground(shown: Calendar, day: date) -> Fill:
    late = any(item.overdue for item in shown.items if item.date == day)
    return "red" if late else "" if shown.marks[day].working else "grey"


def _day(shown: Calendar, day: date, month: int, told: int) -> Cell:
    items = [item for item in shown.items if item.date == day]
    mark = shown.marks[day]
    head = f"{day.day}{_word(mark.word)}" if day.month == month else f"{day.month}月{day.day}日"
    more = f"　共{len(items)}项" if len(items) > told else ""
    lines = [head + more, *(_told(item) for item in items[:told])]
    return Cell("\n".join(lines), align="left", fill=_ground(shown, day))


def _word(word: str) -> str:
    return f"（{word}）" if word else ""


def _told(item: DueItem) -> str:
    text = item.short if len(item.short) <= _LONGEST else f"{item.short[: _LONGEST - 1]}…"
    return f"·{text}" if item.open else f"√{text}"


def _stages(shown: Calendar, first: date, last: date) -> str:
    return "、".join(stage.name for stage in shown.stages if _meets(stage, first, last))


def _meets(stage: StageView, first: date, last: date) -> bool:
    return stage.starts_on <= last and stage.due >= first


def _month(shown: Calendar, first: date) -> TableRow:
    last = month_end(first.year, first.month)
    items = [item for item in shown.items if first <= item.date <= last]
    stages = [stage.name for stage in shown.stages if _meets(stage, first, last)]
    return (
        Cell(f"{first.month}月"),
        Cell(str(len(items))),
        Cell("、".join(stages)),
        Cell("；".join(_named(items))),
    )


def _named(items: Sequence[DueItem]) -> Iterator[str]:
    """Name stages, tasks, duties and reports by their days; count what there are many of."""
    single = [item for item in items if item.kind not in ("hazard", "enterprise", "supervision")]
    days: dict[tuple[date, str], None] = {(item.date, item.short): None for item in single}
    yield from (f"{day.day}日{text}" for day, text in days)
    many = Counter(item.kind for item in items if item not in single)
    yield from (f"{DUE_KINDS[kind]}{number}件" for kind, number in many.items())
