"""Dates as people type them and as papers show them.

Built by hand: strftime fails on Chinese characters under Windows.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from hazard_desk.rules.deadlines import parse_deadline
from hazard_desk.rules.wording import WEEKDAYS, empty, half_width_text, one_spelling, weekday_named

_WITH_YEAR = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
"""A year that a title or a deadline names."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
_SHORT_YEAR = re.compile(r"(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?", re.ASCII)
_TYPED_YEAR = re.compile(r"(\d{4})[、,，。](\d{1,2})[、,，。](\d{1,2})[日号]?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_SERIALS = (20_000, 80_000)
"""Numbers that are taken for a day: 1954 to 2119."""
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet; right from 1 March 1900 on."""
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?$", re.ASCII)
_HOUR = re.compile(
    rf"(?P<day>.+?)[ T]?(?:\((?P<weekday>周[{WEEKDAYS}天])\)|(?P<hour>[上下中]午|早上|晚上|凌晨|傍晚)?"
    r"(?P<clock>\d{1,2}(?::\d{2}){1,2}|\d{1,2}[点时](?:\d{1,2}分?|半|许)?)?)",
    re.ASCII,
)
_SAID = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0}
_SAID |= {"明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_OF_WEEK = re.compile(rf"(上|本|这|下)个?(?:周|星期|礼拜)([{WEEKDAYS}天])")
_WEEKS = {"上": -1, "下": 1}
_OF_MONTH = re.compile(r"(\d{1,2})[日号]?", re.ASCII)
_HALF_YEAR = timedelta(days=183)
_SAME_DAY = ("当日", "当天", "同日", "当场", "现场")
_ENDING = re.compile(r"(?:之|以)?前(?:完成(?:整改)?)?$|完成(?:整改)?$")


def parse_date(text: str, year: int) -> date | None:
    """Return the date written in ``text`` (2023-05-18, 2023.5.18, 2023年5月18日, 20230518, 5月18日).

    A date without a year belongs to ``year``. None when it is no date; nothing is guessed.
    """
    text = text.translate(_FULL_WIDTH).strip()
    if match := _WITH_YEAR.fullmatch(text) or _COMPACT.fullmatch(text):
        parts = [int(part) for part in match.groups()]
    elif match := _NO_YEAR.fullmatch(text):
        parts = [year, *(int(part) for part in match.groups())]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def years_in(text: str) -> list[int]:
    """Return the years of this century that a text names, in its order."""
    return [int(year) for year in YEAR.findall(text)]


def show_date(day: date | None) -> str:
    """Return the date as papers write it: 2023年5月18日; '' for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def with_dates_written(text: str) -> str:
    """Return a sentence of the desk with its dates as papers write them: 2023-05-18 is 2023年5月18日."""

    def written(match: re.Match[str]) -> str:
        try:
            return show_date(date.fromisoformat(match.group()))
        except ValueError:
            return match.group()

    return re.sub(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", written, text)


def show_weekday(day: date) -> str:
    """Return the day of the week: 星期四."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def show_moment(moment: datetime) -> str:
    """Return date and time as tables write it: 2023-05-18 09:30."""
    return moment.isoformat(sep=" ", timespec="minutes")


def read_ledger_date(
    text: str, today: date, start: date | None = None, *, deadline: bool = False
) -> tuple[date | None, str]:
    """Return the day that a ledger's cell means, and its words where they say more than the day.

    A day without a year belongs to the year of ``today``; 当日 and, of a ``deadline``, 立即整改 and 一周内
    count from ``start``. A deadline is read as those of plans are (10月底). None, with the words, for what
    names no day: a fact of 2023年5月 has none. None and '' for an empty cell; nothing is guessed.
    """
    typed = text.strip()
    if empty(typed):
        return None, ""
    if day := _typed_day(typed, today):
        return day, ""
    if start and typed in _SAME_DAY:
        return start, typed
    if found := _day_with_hour(typed, today):
        return found
    if not deadline:
        return None, typed
    if day := _typed_day(_ENDING.sub("", typed), today):
        return day, ""
    meaning = parse_deadline(typed, (start or today).year, start)
    if meaning.due is None or meaning.recurs or (start and meaning.due < start):
        return None, typed
    return meaning.due, typed


def said_day(text: str, today: date, ahead: bool = False) -> date | None:
    """Return the day that somebody who types says: 昨天, 上周五, 25, 5.25, or written out; None for no day.

    What happened lies behind ``today``, what is to come ``ahead``: 25 is the last or the next 25th, and a day
    without a year is last or next year's where this year's lies more than half a year the other way.
    """
    text = half_width_text(text).strip()
    if text in _SAID:
        return today + timedelta(days=_SAID[text])
    if match := _OF_WEEK.fullmatch(text):
        monday = today + timedelta(weeks=_WEEKS.get(match[1], 0), days=-today.weekday())
        return monday + timedelta(days=weekday_named(match[2]))
    if match := _OF_MONTH.fullmatch(text):
        return _day_of_month(int(match[1]), today, ahead)
    day = _typed_day(text, today)
    if day is None or not _NO_YEAR.fullmatch(text):
        return day
    if ahead and today - day > _HALF_YEAR:
        return parse_date(text, today.year + 1)
    return parse_date(text, today.year - 1) if not ahead and day - today > _HALF_YEAR else day


def _day_of_month(number: int, today: date, ahead: bool) -> date | None:
    """Return the next day from ``today`` on, or the last up to it, that has this number in its month."""
    step = timedelta(days=1 if ahead else -1)
    days = (today + step * away for away in range(62))  # each number comes within two months
    return next((day for day in days if day.day == number), None)


def _typed_day(text: str, today: date) -> date | None:
    """Return the day of a text that is a day and nothing else; also 23/5/18 and a spreadsheet's 45064."""
    text = _MIDNIGHT.sub("", half_width_text(text)).strip().rstrip(".。,，")
    if match := _SERIAL.fullmatch(text):
        number = int(match[1])
        return _FIRST_DAY + timedelta(days=number) if _SERIALS[0] < number < _SERIALS[1] else None
    if match := _TYPED_YEAR.fullmatch(text):
        text = ".".join(match.groups())
    elif (match := _SHORT_YEAR.fullmatch(text)) and 2000 + int(match[1]) <= today.year + 10:
        text = ".".join((f"20{match[1]}", match[2], match[3]))
    return parse_date(text, today.year) or parse_date(one_spelling(text), today.year)


def _day_with_hour(text: str, today: date) -> tuple[date, str] | None:
    """Read 5月18日上午, 2023-05-18 09:30 and 5月18日（星期四）; the weekday must be right."""
    match = _HOUR.fullmatch(re.sub(r"星期|礼拜", "周", half_width_text(text)))
    day = _typed_day(match["day"], today) if match else None
    if not match or not day:
        return None
    if match["weekday"]:
        right = weekday_named(match["weekday"][1]) == day.weekday()
        return (day, "") if right else None
    return day, text
