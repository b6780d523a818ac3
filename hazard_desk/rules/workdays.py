"""Working days in China, with make-up days (调休), the day to remind of a deadline, and what a wall calendar
writes beside a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import chinese_calendar

Holidays = Mapping[date, bool]
"""What the office entered for single days: True for a day off, False for a working day."""

NONE: Holidays = MappingProxyType({})
_NO_NAMES: Mapping[date, str] = MappingProxyType({})
_LONGEST_REST = 31
"""Days to look back for a working day; no rest is longer, whatever was entered."""


@cache
def known_year(year: int) -> bool:
    """Return whether the State Council's holidays of that year are known to the program."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_workday(day: date, holidays: Holidays = NONE) -> bool:
    """Return whether offices work on ``day``: as the office entered it, else as the State Council set it.

    For a year that is not known, Monday to Friday.
    """
    if day in holidays:
        return not holidays[day]
    return _is_workday_by_law(day)


@cache
def _is_workday_by_law(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day)) if known_year(day.year) else day.weekday() < 5


def remind_on(due: date, holidays: Holidays = NONE) -> date:
    """Return the last working day up to and including ``due``."""
    for back in range(_LONGEST_REST):
        day = due - timedelta(days=back)
        if is_workday(day, holidays):
            return day
    return due


def uncertain_note(year: int, holidays: Holidays = NONE) -> str:
    """Return a sentence for the clerk when that year's holidays are only guessed from weekends, else ''."""
    if known_year(year) or any(day.year == year for day in holidays):
        return ""
    return f"{year}年的放假安排尚未收录，暂按周六、周日休息推算，请补录该年的节假日和调休上班日。"


@dataclass(frozen=True)
class Rest:
    """Days off that follow each other: a holiday."""

    name: str
    first: date
    last: date


def rests(
    first: date, last: date, holidays: Holidays = NONE, names: Mapping[date, str] = _NO_NAMES
) -> list[Rest]:
    """Return the holidays that begin from ``first`` to ``last``: as entered, else as set by law."""
    found: list[Rest] = []
    day = first - timedelta(days=_LONGEST_REST)
    while day <= last:
        name = _name_of(day, holidays, names)
        before = found[-1] if found and found[-1].last == day - timedelta(days=1) else None
        if name and before:
            both = dict.fromkeys((*before.name.split("、"), *name.split("、")))
            found[-1] = Rest("、".join(both), before.first, day)
        elif name:
            found.append(Rest(name, day, day))
        day += timedelta(days=1)
    return [rest for rest in found if rest.first >= first]


def _name_of(day: date, holidays: Holidays, names: Mapping[date, str]) -> str:
    """Return which holiday a day belongs to, or ''."""
    if day in holidays:
        return names.get(day, "") if holidays[day] else ""
    return _name_by_law(day)


@cache
def _name_by_law(day: date) -> str:
    if not known_year(day.year):
        return ""
    rest, name = chinese_calendar.get_holiday_detail(day)
    if not rest or not name:
        return ""
    chinese = str(chinese_calendar.Holiday(name).chinese)
    return chinese if chinese.endswith(("节", "元旦")) else f"{chinese}节"


@dataclass(frozen=True)
class DayMark:
    """One day. ``word`` is 休 on a holiday, 班 on a make-up working day (调休), else ''."""

    working: bool
    word: str = ""
    name: str = ""
    """The holiday by name: 端午; '' on other days and where the office entered the day itself."""


def day_mark(day: date, holidays: Holidays = NONE) -> DayMark:
    """Return how ``day`` stands, as the office entered it, else as the State Council set it."""
    working = is_workday(day, holidays)
    weekend = day.weekday() >= 5
    if day in holidays:
        return DayMark(working, "" if working and not weekend else "班" if working else "休")
    if not known_year(day.year):
        return DayMark(working)
    _, english = chinese_calendar.get_holiday_detail(day)
    if working:
        return DayMark(True, "班" if weekend else "")
    return DayMark(False, "休", str(chinese_calendar.Holiday(english).chinese)) if english else DayMark(False)
