"""The State Council's notice of a year's holidays, as it is published, becomes days off and make-up days.

六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
Weekdays and the number of days that the notice states are checked, so that a wrong year is noticed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hazard_desk.errors import Refused
from hazard_desk.rules.wording import WEEKDAYS

_DATE = (
    r"(?:(?P<{0}year>\d{{4}})年)?(?:(?P<{0}month>\d{{1,2}})月)?(?P<{0}day>\d{{1,2}})日"
    r"(?:\((?P<{0}said>[^()]*)\))?"
)
_TOKEN = re.compile(
    _DATE.format("") + rf"(?:至{_DATE.format('end_')})?"
    r"|(?P<rest>放假|补休)(?P<count>\d{1,2})?|(?P<work>上班)|共(?P<total>\d{1,2})天",
    re.ASCII,
)
_NAME = re.compile(r"^\(?[一二三四五六七八九十\d]+[\)、.]?(?P<name>[^:：\d]{2,12})[:：]")
_LONGEST = 31


@dataclass(frozen=True)
class HolidayDay:
    """One day of the notice: off, or a make-up working day."""

    day: date
    rest: bool
    name: str
    """国庆节、中秋节; '' where the notice names none."""


def notice_year(text: str) -> int | None:
    """Return the year that the notice is for: the one before 年部分节假日, else the first it names."""
    found = re.search(r"(\d{4})年(?:部分)?节假日", text) or re.search(r"(\d{4})年", text)
    return int(found[1]) if found else None


def read_notice(text: str, year: int | None = None) -> list[HolidayDay]:
    """Return the days that a notice names, in order; dates without a year belong to ``year``.

    Raises ``Refused``, saying where, for text that holds no such days or contradicts itself.
    """
    year = year or notice_year(text)
    if year is None:
        raise Refused("通知里没有写明年份，请填写年份", "year")
    found: dict[date, HolidayDay] = {}
    for line in re.split(r"[\r\n]+", text):
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", line)).replace("星期", "周")
        named = _NAME.match(plain)
        name = named["name"] if named else ""
        for sentence in re.split(r"[。;]", plain[named.end() :] if named else plain):
            for one in _read_sentence(sentence, year, name):
                if found.setdefault(one.day, one).rest != one.rest:
                    raise Refused(f"通知里{one.day}既写放假又写上班，请核对", "text")
    if not found:
        raise Refused("没有读到放假或上班的日期，请把通知中各节假日的安排原文粘贴进来", "text")
    return [found[day] for day in sorted(found)]


def _read_sentence(sentence: str, year: int, name: str) -> Iterator[HolidayDay]:
    """Yield the days of a sentence: dates wait for the word that says what they are."""
    waiting: list[date] = []
    resting: list[date] = []
    month = 0
    for match in _TOKEN.finditer(sentence):
        if match["day"]:
            days = _days(match, year, month)
            month = days[-1].month
            waiting += days
            continue
        if match["rest"]:
            resting += waiting
        if match["rest"] or match["work"]:
            yield from (HolidayDay(day, bool(match["rest"]), name) for day in waiting)
            waiting = []
        told = match["count"] or match["total"]
        if told and resting and int(told) != len(resting):
            raise Refused(f"“{sentence[:30]}”写明{told}天，按日期是{len(resting)}天，请核对", "text")


def _days(match: re.Match[str], year: int, month: int) -> list[date]:
    """Return every day from the first date of a match to its last, or its only one."""
    first = last = _day(match, "", year, month)
    if match["end_day"]:
        last = _day(match, "end_", year, first.month)
        if last < first and not match["year"]:  # 12月30日至1月1日: it begins the year before
            first = _day(match, "", last.year - 1, month)
        _check_weekday(match, "end_", last)
    _check_weekday(match, "", first)
    length = (last - first).days + 1
    if not 1 <= length <= _LONGEST:
        raise Refused(f"“{match.group()}”的起止日期前后颠倒或间隔过长，请核对", "text")
    return [first + timedelta(days=number) for number in range(length)]


def _day(match: re.Match[str], side: str, year: int, month: int) -> date:
    written = int(match[f"{side}year"] or year)
    try:
        return date(written, int(match[f"{side}month"] or month), int(match[f"{side}day"]))
    except ValueError:
        raise Refused(f"“{match.group()}”不是有效的日期，请核对", "text") from None


def _check_weekday(match: re.Match[str], side: str, day: date) -> None:
    """A weekday that is written behind a date must be its own."""
    said = re.search(r"周([一二三四五六日])", match[f"{side}said"] or "")
    if said and day.weekday() != WEEKDAYS.index(said[1]):
        raise Refused(f"“{match.group()}”写的是周{said[1]}，与{day.year}年的日历不符，请核对年份", "text")
