"""Working days in China, with make-up days (调休), and the day to remind of a deadline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import chinese_calendar

Holidays = Mapping[date, bool]
"""What the office entered for single days: True for a day off, False for a working day."""

NONE: Holidays = MappingProxyType({})
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
    if known_year(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


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
