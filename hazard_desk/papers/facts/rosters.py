"""What papers about all can tell of days and plans: who is on watch in a month, which checks a year plans."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.plans import CheckPlanRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.papers.facts.firm import row_facts
from hazard_desk.papers.wording.facts import Each, PaperFacts, Tell, fact, told_fact
from hazard_desk.rules.dates import show_weekday
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.workdays import day_mark

_NEXT_FROM = 21
"""From this day of a month on, the month to make a roster for is the next one."""


def watch_facts(books: Books, day: date) -> PaperFacts:
    """Return the days of the month that a roster is made for: that of ``day``, late in a month the next."""
    first = day.replace(day=1)
    if day.day >= _NEXT_FROM:
        first += timedelta(days=monthrange(day.year, day.month)[1])
    return PaperFacts(
        {
            "月份": told_fact("月份", f"{first.year}年{first.month}月"),
            "日子": Each(lambda: _day(books, None), lambda: _days(books, first)),
        }
    )


def _days(books: Books, first: date) -> Iterator[PaperFacts]:
    for number in range(monthrange(first.year, first.month)[1]):
        yield _day(books, first + timedelta(days=number))


def _day(books: Books, day: date | None) -> PaperFacts:
    """A day of a roster. That it is one of rest stands beside it, and a weekend that is worked."""
    told = {
        "日": f"{day.month}月{day.day}日" if day else "",
        "星期": show_weekday(day) if day else "",
        "放假": _rest(books, day) if day else "",
    }
    return PaperFacts({name: told_fact(name, text) for name, text in told.items()})


def _rest(books: Books, day: date) -> str:
    mark = day_mark(day, books.holidays.days())
    if mark.word == "班":
        return "上班（调休）"
    if mark.word == "休":
        return f"放假（{mark.name}）" if mark.name else "放假"
    return "" if mark.working else "休息"


def check_plan_facts(books: Books, year: int) -> PaperFacts:
    """Return the checks that are planned for a year, each with what the list of firms says of its firm."""
    rows = books.check_plans.of_year(year)
    return PaperFacts(
        {
            "年度": fact("年度", lambda: year, Kind.INTEGER),
            "次数": fact("次数", lambda: len(rows), Kind.INTEGER),
            "家数": fact("家数", lambda: len({row.unit_name for row in rows}), Kind.INTEGER),
            "计划检查": Each(lambda: _planned(books, CheckPlanRow(), None), lambda: _plans(books, rows)),
        }
    )


def _plans(books: Books, rows: list[CheckPlanRow]) -> Iterator[PaperFacts]:
    firms = {firm.id: firm for firm in books.enterprises.rows([row.enterprise_id or 0 for row in rows])}
    for row in rows:
        yield _planned(books, row, firms.get(row.enterprise_id or 0))


def _planned(books: Books, row: CheckPlanRow, firm: Enterprise | None) -> PaperFacts:
    of_firm = row_facts(books.enterprises, firm or Enterprise()).tells
    own: dict[str, Tell] = {**of_firm, **row_facts(books.check_plans, row).tells}
    return PaperFacts(own)
