"""Recurring deadlines: 每月28日前, 每星期四上午12点前, 每季度, 每年至少1次."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from hazard_desk.rules.dates import WEEKDAYS
from hazard_desk.rules.wording import LEAD_IN, VERBS, Doubt, short, unknown

Frequency = Literal["day", "week", "month", "quarter", "half", "year"]

_FREQUENCIES: dict[str, Frequency] = {
    "日": "day",
    "周": "week",
    "月": "month",
    "季度": "quarter",
    "半年": "half",
    "年": "year",
}
RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of the week in RFC 5545, from Monday on."""
_MONTHS = {"quarter": "3,6,9,12", "half": "6,12"}


@dataclass(frozen=True)
class Repeat:
    """One recurrence: how often, and when in each period. ``day`` is None for the period's last day."""

    every: Frequency
    day: int | None = None
    """Day of the month, or of the week (Monday is 1)."""
    month: int | None = None
    """The month, for a yearly date such as 每年12月20日前."""
    at: time | None = None
    at_least: int = 1
    """How many times in each period."""

    @property
    def rrule(self) -> str:
        """The rule as RFC 5545 writes it; in a month too short for ``day`` it is the month's last day."""
        if self.every == "day":
            return "FREQ=DAILY"
        if self.every == "week":
            return f"FREQ=WEEKLY;BYDAY={RRULE_DAYS[(self.day or 7) - 1]}"
        months = _MONTHS.get(self.every, str(self.month or 12))
        start = "FREQ=MONTHLY" if self.every == "month" else f"FREQ=YEARLY;BYMONTH={months}"
        if self.day is None or self.day <= 28:
            return f"{start};BYMONTHDAY={self.day or -1}"
        days = ",".join(str(day) for day in range(28, self.day + 1))
        return f"{start};BYMONTHDAY={days};BYSETPOS=-1"


_CLOCK = (
    r"(?P<clock>(?P<half>上午|下午|中午|早上|晚上)?(?P<hour>\d{1,2})"
    r"(?:[点时](?:(?P<minute>\d{1,2})分?|(?P<thirty>半)|整)?|:(?P<colon>\d{2})))"
)
_REPEAT = re.compile(
    rf"{LEAD_IN}每(?P<every>日|周|月|季度|半年|年)"
    r"(?:(?P<weekday>[一二三四五六日天])|(?P<day>\d{1,2})日|(?P<tail>底|年底|上旬|中旬|下旬)"
    r"|(?P<month>\d{1,2})月(?:(?P<month_day>\d{1,2})日|(?P<month_end>底)))?"
    rf"{_CLOCK}?(?P<before>前)?{VERBS}(?:(?:至少|不少于)?{VERBS}(?P<count>\d{{1,3}})次(?:以上)?)?",
    re.ASCII,
)
_EACH_END = re.compile(r"(季度|半年)底前?")


def read_repeat(part: str) -> tuple[Repeat, str] | None:
    """Return the recurrence that ``part`` (in plain spelling) names and a note, or None when it names none.

    Raises ``Doubt`` for a recurrence that can't be (每月32日前, 每季度28日).
    """
    if match := _EACH_END.fullmatch(part):
        word = match[1]
        return Repeat(_FREQUENCIES[word]), f"没有写明是哪个{word}末，按每{word}末理解。"
    match = _REPEAT.fullmatch(part)
    if not match:
        return None
    every = _FREQUENCIES[match["every"]]
    _check_words(match, every, part)
    day, month = _day(match), int(match["month"]) if match["month"] else None
    try:
        date(2024, month or 1, day or 1)  # a leap year: 每年2月29日 is a date
    except ValueError:
        raise Doubt(f"“{short(part)}”不是有效的日期，请核对后填写。") from None
    note = f"不足{day}天的月份按当月最后一天计算。" if every == "month" and day and day > 28 else ""
    return Repeat(every, day, month, _clock(match, part), int(match["count"] or 1)), note


def _day(match: re.Match[str]) -> int | None:
    if match["weekday"]:
        return WEEKDAYS.find(match["weekday"].replace("天", "日")) + 1
    if match["tail"] in ("上旬", "中旬"):
        return {"上旬": 10, "中旬": 20}[match["tail"]]
    number = match["day"] or match["month_day"]
    return int(number) if number else None


def _check_words(match: re.Match[str], every: Frequency, part: str) -> None:
    """Refuse words that don't belong to the frequency (每季度28日), and 前 with nothing before it."""
    tail = match["tail"]
    belongs = (
        (not match["weekday"] or every == "week")
        and (not match["day"] or every == "month")
        and (not match["month"] or every == "year")
        and (tail not in ("上旬", "中旬", "下旬") or every == "month")
        and (tail != "年底" or every == "year")
        and (tail != "底" or every not in ("day", "week"))
        and (not match["clock"] or every == "day" or match["weekday"] or match["day"])
    )
    named = match["weekday"] or match["day"] or match["month"] or tail or match["clock"]
    if not belongs or (match["before"] and not named) or (match["count"] and int(match["count"]) == 0):
        raise Doubt(unknown(part))


def _clock(match: re.Match[str], part: str) -> time | None:
    """Return the time of day; 24点 is the day's last minute."""
    if not match["clock"]:
        return None
    hour = int(match["hour"])
    minute = 30 if match["thirty"] else int(match["minute"] or match["colon"] or 0)
    if match["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    if (hour, minute) == (24, 0):
        return time(23, 59)
    if hour > 23 or minute > 59:
        raise Doubt(f"“{short(part)}”不是有效的时间，请核对后填写。")
    return time(hour, minute)
