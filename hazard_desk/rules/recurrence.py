"""A duty's rule becomes its occurrences within the campaign.

Rules are written as RFC 5545 has them (FREQ=MONTHLY;BYMONTHDAY=-1). When each occurrence counts from, and
what it is called, follows from the period it belongs to: a month, a quarter, half a year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateutil.rrule import rrulestr

from hazard_desk.errors import Refused
from hazard_desk.rules.phrases.points import month_end

CAMPAIGN = "行动期间"
"""The period of what is to be done once in the whole campaign."""
_DAY_OF_MONTH = r"-?(?:[1-9]|[12]\d|3[01])"
_VALUES = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "BYMONTH": r"(?:[1-9]|1[0-2])",
    "BYMONTHDAY": _DAY_OF_MONTH,
    "BYDAY": r"(?:-?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)",
    "BYSETPOS": _DAY_OF_MONTH,
}
"""The parts a rule may have. COUNT and UNTIL are left out: the campaign's dates set the end."""


@dataclass(frozen=True)
class Occurrence:
    """One time a duty falls due; the day ``due`` still counts.

    What is done from ``starts`` to ``ends`` is done for this time: to its ``due`` in time, after it late.
    """

    period: str
    """As papers name it: 2023年6月, 2023年第三季度, 2023年上半年, 2023年, 2023年第24周（6月15日）."""
    starts: dt.date
    due: dt.date
    ends: dt.date
    time: dt.time | None = None

    @property
    def until(self) -> str:
        """The day, with its hour where it has one: 2023-06-15 12:00."""
        return f"{self.due} {self.time:%H:%M}" if self.time else str(self.due)


def check_rule(rrule: str) -> None:
    """Raise ``Refused``, naming the rule, when it is not a recurrence that can happen."""
    parts = [part.partition("=") for part in rrule.split(";")]
    said = {name: value for name, _, value in parts}
    if len(said) < len(parts) or "FREQ" not in said:
        raise Refused(f"重复规则“{rrule}”的写法有误：应以“名称=值”逐项写明，并写有 FREQ", "rrule")
    for name, value in said.items():
        one = _VALUES.get(name)
        pattern = one if name in ("FREQ", "INTERVAL") else f"(?:{one})(?:,(?:{one}))*"
        if one is None or not re.fullmatch(pattern or "", value, re.ASCII):
            raise Refused(f"重复规则“{rrule}”中的“{name}={value}”不能识别", "rrule")
    if said["FREQ"] != "DAILY" and not ("BYDAY" in said or "BYMONTHDAY" in said):
        raise Refused(f"重复规则“{rrule}”没有写明在哪一天，请用 BYMONTHDAY 或 BYDAY 写明", "rrule")
    if said["FREQ"] == "WEEKLY" and "BYMONTHDAY" in said:
        raise Refused(f"重复规则“{rrule}”按周重复，不能写 BYMONTHDAY", "rrule")
    if not _can_happen(said):
        raise Refused(f"重复规则“{rrule}”写的日期不存在", "rrule")


def _can_happen(said: dict[str, str]) -> bool:
    """False for 30 February, which the generator would seek to the end of time."""
    if "BYMONTHDAY" not in said or "BYMONTH" not in said:
        return True
    longest = max(month_end(2024, int(month)).day for month in said["BYMONTH"].split(","))
    return any(abs(int(day)) <= longest for day in said["BYMONTHDAY"].split(","))


@lru_cache(maxsize=1024)
def occurrences(
    rrule: str, period: str, starts: dt.date, ends: dt.date, at: dt.time | None = None
) -> Sequence[Occurrence]:
    """Return when a duty falls due in a campaign that lasts from ``starts`` to ``ends``.

    A period that began before the campaign counts when its day has not passed by ``starts``. Where the
    campaign ends within a period, a duty due at that period's end falls due at the campaign's end.
    Where several fall due in one period, each begins the day after the one before, which ends with its day.
    ``period`` "once" gives one occurrence: the rule's first day, or without a rule the campaign's last.
    Raises ``Refused`` for a malformed rule or an unknown period.
    """
    if period == "once":
        day = next(_days(rrule, starts, ends), None) if rrule else ends
        return [Occurrence(CAMPAIGN, starts, day, ends, at)] if day else []
    found: list[Occurrence] = []
    begins = period_of(starts, period)[0]
    if period == "two_weeks":  # 每两周周五 is the Friday of the second
        begins += dt.timedelta(weeks=1)
    for day in _days(rrule, begins, period_of(ends, period)[1]):
        first, last = period_of(day, period)
        due = ends if day == last and day > ends else day
        again = found and found[-1].due == due  # the campaign's end falls on a day that is due anyway
        if starts <= due <= ends and not again:
            begin = max(first, starts)
            if found and found[-1].due >= begin:
                found[-1] = replace(found[-1], ends=found[-1].due)
                begin = found[-1].due + dt.timedelta(days=1)
            found.append(Occurrence(_name(day, due, period), begin, due, min(last, ends), at))
    return found


def _days(rrule: str, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    check_rule(rrule)
    for moment in rrulestr(rrule, dtstart=dt.datetime.combine(first, dt.time())):
        if moment.date() > last:
            return
        yield moment.date()


def period_of(day: dt.date, period: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the week, month, quarter, half or year that holds ``day``.

    Two weeks and two months are those of the calendar: January and February are a pair.
    """
    if period == "day":
        return day, day
    if period == "two_weeks":
        monday = day - dt.timedelta(days=(day.toordinal() - 1) % 14)
        return monday, monday + dt.timedelta(days=13)
    if period == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    months = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}.get(period)
    if months is None:
        raise Refused(f"周期“{period}”不能识别", "period")
    first = (day.month - 1) // months * months + 1
    return day.replace(month=first, day=1), month_end(day.year, first + months - 1)


def _name(day: dt.date, due: dt.date, period: str) -> str:
    if period in ("week", "two_weeks"):
        year, week, _ = day.isocalendar()
        return f"{year}年第{week}周（{due.month}月{due.day}日）"
    return {
        "day": f"{day.year}年{day.month}月{day.day}日",
        "month": f"{day.year}年{day.month}月",
        "two_months": f"{day.year}年{(day.month + 1) // 2 * 2 - 1}至{(day.month + 1) // 2 * 2}月",
        "quarter": f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度",
        "half": f"{day.year}年{'上' if day.month <= 6 else '下'}半年",
        "year": f"{day.year}年",
    }[period]
