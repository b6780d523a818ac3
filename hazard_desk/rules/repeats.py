"""Recurring deadlines: 每月28日前, 每星期四上午12点前, 每季度末月25日前, 每年6月、12月, 每两周, 半年一次."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

from hazard_desk.rules.phrases.points import CLOCK, clock_of, month_end
from hazard_desk.rules.wording import AT_LEAST, LEAD_IN, WORDS, Doubt, weekday_named

Frequency = Literal["day", "week", "two_weeks", "month", "two_months", "quarter", "half", "year"]

_FREQUENCIES: dict[str, Frequency] = {
    "日": "day",
    "周": "week",
    "2周": "two_weeks",
    "2个周": "two_weeks",
    "月": "month",
    "2月": "two_months",
    "2个月": "two_months",
    "季度": "quarter",
    "半年": "half",
    "年": "year",
    "旬": "month",
    "半月": "month",
    "半个月": "month",
}
RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The days of the week in RFC 5545, from Monday on."""
LAST = -1
"""The last day of a month."""
LENGTHS = {"two_months": 2, "quarter": 3, "half": 6, "year": 12}
"""Months of a period that is longer than one."""
_SEVERAL_DAYS = {"旬": (10, 20, LAST), "半月": (15, LAST), "半个月": (15, LAST)}


@dataclass(frozen=True)
class Repeat:
    """One recurrence: how often, and when in each period; without ``days`` it is the period's last day."""

    every: Frequency
    days: tuple[int, ...] = ()
    """Days of the month, or of the week (Monday is 1); ``LAST`` for a month's last."""
    months: tuple[int, ...] = ()
    """The months, where they are named: 每年12月20日前, 每季度首月10日前."""
    at: time | None = None
    at_least: int = 1
    """How many times in each period."""
    unit: str = "次"

    @property
    def rrule(self) -> str:
        """The rule as RFC 5545 writes it; in a month too short for a day it is the month's last day."""
        if self.every == "day":
            return "FREQ=DAILY"
        if self.every in ("week", "two_weeks"):
            interval = "INTERVAL=2;" if self.every == "two_weeks" else ""
            return f"FREQ=WEEKLY;{interval}BYDAY={','.join(RRULE_DAYS[day - 1] for day in self.days or (7,))}"
        start = f"FREQ=YEARLY;BYMONTH={self._months}" if self.every in LENGTHS else "FREQ=MONTHLY"
        if self.days and self.days[0] > 28:
            days = ",".join(str(day) for day in range(28, self.days[0] + 1))
            if "," in start:  # the last of each month, not of the year
                start = start.replace("YEARLY", "MONTHLY")
            return f"{start};BYMONTHDAY={days};BYSETPOS=-1"
        return f"{start};BYMONTHDAY={','.join(map(str, self.days or (LAST,)))}"

    @property
    def _months(self) -> str:
        step = LENGTHS[self.every]
        return ",".join(map(str, self.months or range(step, 13, step)))


_COUNT = rf"(?:{AT_LEAST}?{WORDS}(?P<count>\d{{1,3}})(?P<unit>次|场次|场|期|篇|条|轮)(?:以上)?)"
_OF_PERIOD = (
    r"(?P<place>首个?月|头1?个月|底(?:个?月)?|最后1?个?月|末个?月|第(?P<nth>[1-6])个?月"
    r"|(?:结束|终了)?后的?(?:次月|首月|第1个月)?)"
)
_REPEAT = re.compile(
    rf"{LEAD_IN}每(?P<every>2个?周|2个?月|半个?月|日|周|月|旬|季度|半年|年度?)(?:的)?"
    rf"(?:{_OF_PERIOD}?(?P<days>\d{{1,2}}日前?(?:\|\d{{1,2}}日前?)*|(?(place)底前?|(?!)))"
    r"|(?P<weekdays>周?[一二三四五六日天](?:\|周?[一二三四五六日天1-7])*)"
    r"|(?P<in_months>\d{1,2}月(?:\d{1,2}日|底)?前?(?:\|\d{1,2}月(?:\d{1,2}日|底)?前?)*)"
    r"|(?P<tail>底|年底|最后1[天日]|上旬|中旬|下旬|初|中))?"
    rf"{CLOCK}?(?P<before>前|内)?{WORDS}{_COUNT}?{WORDS}",
    re.ASCII,
)
_ONCE_A = re.compile(
    rf"(?P<every>半年|1年|1季度|1个?季|1个月|1个?周|2个?周|2个?月){WORDS}(?P<count>\d{{1,3}})次{WORDS}",
    re.ASCII,
)
_NEXT_MONTH = re.compile(
    rf"{LEAD_IN}(?:次月|每月后|每月(?:结束|终了)后)(?:的?)(?P<day>\d{{1,2}})日[前内]?{WORDS}", re.ASCII
)
_EACH_END = re.compile(rf"(季度|半年)底前?{WORDS}")
_MONTHS_IN = re.compile(r"(?:\d{1,2}月(?:\d{1,2}日|底)?前?\|)*\d{1,2}月(?:\d{1,2}日|底)?前?", re.ASCII)


def read_repeat(part: str) -> tuple[Repeat, str] | None:
    """Return the recurrence that ``part`` (in plain spelling) names and a note, or None when it names none.

    Raises ``Doubt`` for a recurrence that can't be (每月32日前, 每季度28日).
    """
    if match := _EACH_END.fullmatch(part):
        word = match[1]
        return Repeat(_FREQUENCIES[word]), f"没有写明是哪个{word}末，按每{word}末理解。"
    if match := _ONCE_A.fullmatch(part):
        every = (
            match["every"]
            .replace("1个季", "1季度")
            .replace("个周", "周")
            .replace("1个", "1")
            .removeprefix("1")
        )
        return _counted(Repeat(_FREQUENCIES[every]), match["count"], "次"), ""
    if match := _NEXT_MONTH.fullmatch(part):
        repeat = Repeat("month", (_day(match["day"]),))
        return repeat, "“次月”按每个月的次月理解。" if "次月" in part else ""
    match = _REPEAT.fullmatch(part)
    if not match:
        return None
    repeat = _read(match)
    if not repeat.days or max(repeat.days) <= 28 or repeat.every != "month":
        return repeat, ""
    if len(repeat.days) > 1:
        raise Doubt("中有的日期不是每个月都有，请分开填写。")
    return repeat, f"不足{repeat.days[0]}天的月份按当月最后一天计算。"


def within_periods(repeat: Repeat, part: str) -> Repeat | None:
    """Return ``repeat`` on the months that ``part`` names, one in each period: 每半年1次（6月、12月底前）.

    None when ``part`` does not say that.
    """
    if repeat.days or repeat.months or repeat.every not in LENGTHS or not _MONTHS_IN.fullmatch(part):
        return None
    months, days = _named_months(part)
    length = LENGTHS[repeat.every]
    if [(month - 1) // length for month in months] != list(range(12 // length)):
        raise Doubt("中的月份与次数不符，请核对后填写。")
    return replace(repeat, months=months, days=days)


def _read(match: re.Match[str]) -> Repeat:
    every = _FREQUENCIES[match["every"].removesuffix("度") if "年" in match["every"] else match["every"]]
    _check_words(match, every)
    months: tuple[int, ...] = ()
    days = _SEVERAL_DAYS.get(match["every"], ())
    if match["days"]:
        days = tuple(_day(number) for number in re.findall(r"\d+", match["days"]))
        months = _of_period(match, every)
    elif match["weekdays"]:
        days = tuple(_weekday(word) for word in match["weekdays"].split("|"))
    elif match["in_months"]:
        months, days = _named_months(match["in_months"])
    elif match["tail"] in ("上旬", "中旬", "初", "中"):
        days = (10 if match["tail"] in ("上旬", "初") else 20,)
    repeat = Repeat(every, tuple(dict.fromkeys(days)), months, clock_of(match))
    return _counted(repeat, match["count"], match["unit"])


def _counted(repeat: Repeat, count: str | None, unit: str | None) -> Repeat:
    if count and int(count) == 0:
        raise Doubt
    return replace(repeat, at_least=int(count or 1), unit=unit or "次")


def _day(number: str) -> int:
    if not 1 <= int(number) <= 31:
        raise Doubt("不是有效的日期，请核对后填写。")
    return int(number)


def _weekday(word: str) -> int:
    day = word.removeprefix("周")
    return int(day) if day.isdigit() else weekday_named(day) + 1


def _month_day(word: str) -> list[str]:
    """Return month and day of 6月20日前; the month alone where it is the month's end (6月30日)."""
    month, *day = re.findall(r"\d+", word)
    whole = (
        day and 1 <= int(month) <= 12 and int(month) != 2 and int(day[0]) == month_end(2024, int(month)).day
    )
    return [month] if whole else [month, *day]


def _named_months(words: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the months of 6月|12月底前 and their day, which is that of the last where others have none."""
    found = [_month_day(one) for one in words.split("|")]
    months = tuple(int(numbers[0]) for numbers in found)
    days = {numbers[1] for numbers in found if len(numbers) > 1}
    try:
        for month, day in ((month, int(day)) for month in months for day in days or {"1"}):
            date(2024, month, day)  # a leap year: 每年2月29日 is a date
    except ValueError:
        raise Doubt("不是有效的日期，请核对后填写。") from None
    if len(days) > 1 or (days and len(found[-1]) < 2):
        raise Doubt("各月的日期不同，请分开填写。")
    return months, tuple(map(int, days))


def _of_period(match: re.Match[str], every: Frequency) -> tuple[int, ...]:
    """Return the months of 每季度首月, 每季度末月, 每半年第2个月; () where a day of every month is meant."""
    place, length = match["place"] or "", LENGTHS.get(every, 1)
    if length == 1:
        return ()
    if match["nth"]:
        nth = int(match["nth"])
        if nth > length:
            raise Doubt
    else:
        nth = 1 if re.match(r"首|头|结束|终了|后", place) else length
    return tuple(range(nth, 13, length))


def _check_words(match: re.Match[str], every: Frequency) -> None:
    """Refuse words that don't belong to the frequency (每季度28日), and 前 with nothing before it."""
    tail, several = match["tail"], match["every"] in _SEVERAL_DAYS
    belongs = (
        (not match["weekdays"] or every in ("week", "two_weeks"))
        and (not match["days"] or every == "month" or bool(match["place"] and every in LENGTHS))
        and (not match["place"] or every in ("two_months", "quarter", "half"))
        and (not match["in_months"] or every == "year")
        and (tail in (None, "底", "年底") or every == "month")
        and (tail != "年底" or every == "year")
        and (tail != "底" or every not in ("day", "week", "two_weeks"))
        and (not match["clock"] or every == "day" or match["weekdays"] or match["days"])
    )
    named = match["weekdays"] or match["days"] or match["in_months"] or tail or match["clock"]
    if not belongs or (match["before"] == "前" and not named) or (several and named):
        raise Doubt
