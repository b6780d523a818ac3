"""How a day stands in the office's calendar: worked or free, and what a wall calendar writes beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import chinese_calendar
from chinese_calendar.constants import Holiday

from hazard_desk.rules.workdays import NONE, Holidays, is_workday, known_year


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
    return DayMark(False, "休", str(Holiday(english).chinese)) if english else DayMark(False)
