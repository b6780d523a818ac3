"""Points in the calendar as wordings name them: 5月底, 次年1月10日, 第三季度, 国庆节, “十四五”末; hours.

``POINT`` and ``CLOCK`` are for patterns of whole wordings; ``point_days`` and ``clock_of`` read what matched.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta

from dateutil.relativedelta import relativedelta

from hazard_desk.rules.wording import Doubt
from hazard_desk.rules.workdays import Rest, known_year, rests

YEAR = r"(?:(?P<year>\d{4})年度?|(?P<near>[本今当明次来翌后])年度?)"
_NEAR = {"明": 1, "次": 1, "来": 1, "翌": 1, "后": 2}
_FEASTS = {
    "元旦": "元旦",
    "春节": "春节",
    "清明": "清明",
    "五一": "劳动",
    "劳动": "劳动",
    "端午": "端午",
    "中秋": "中秋",
    "国庆": "国庆",
    "十一": "国庆",
}
"""Holidays as they are written, and how the State Council's table has them."""
_FIXED = {"元旦": (1, 1), "劳动": (5, 1), "国庆": (10, 1)}
POINT = (
    rf"(?:{YEAR}?(?:"
    r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日?|(?P<tail>底|初|上中旬|中下旬|[上中下]旬|中|内))?"
    r"|第?(?P<quarter>[1-4])季度(?P<quarter_tail>底|内)?"
    r"|(?P<half>[上下])半年(?P<half_tail>底|内)?"
    r"|(?P<all>全年)"
    r"|(?P<feast>元旦|春节|清明|五一(?:国际)?劳动|国际劳动|劳动|五一|端午|中秋|十一国庆|国庆|十一(?=假|长假))"
    r"节?(?:假期|长假|小长假)?"
    r"|(?P<end>年?[底内])"
    r")?|(?P<five>十[一二三四五六七八九]?)五(?:规划)?(?P<five_tail>[末底])?)"
)
CLOCK = (
    r"(?P<clock>(?P<noon>上午|下午|中午|早上?|晚上?)?(?P<hour>\d{1,2})"
    r"(?:[点时](?:(?P<minute>\d{1,2})分?|(?P<thirty>半)|整)?|:(?P<colon>\d{2})))"
)


@dataclass(frozen=True)
class PointDays:
    """What a point means."""

    first: date
    last: date
    whole: bool
    """It names the whole span (6月), not a point of it (6月底, 6月5日)."""
    year: int
    """The year that it belongs to, and dates after it."""
    feast: Rest | None = None
    note: str = ""


def says_something(point: re.Match[str]) -> bool:
    """Return whether a match of ``POINT`` names anything: 底 alone does not."""
    named = ("month", "quarter", "half", "all", "feast", "five")
    dated = bool(point["year"] or point["near"])
    if end := point["end"]:
        return dated != end.startswith("年")
    return dated or any(point[name] for name in named)


def point_days(point: re.Match[str], year: int, current: int, since: date | None = None) -> PointDays:
    """Return what a match of ``POINT`` means. Raises ``Doubt`` for what is in no calendar.

    ``year`` is that of the plan (次年 is the one after it), ``current`` that of dates without one. A holiday
    without a year is the next from ``since`` on, else the one that can be prepared for within ``current``.
    """
    if point["five"]:
        return _five_years(point)
    if point["near"]:
        current = year + _NEAR.get(point["near"], 0)
    current = int(point["year"] or current)
    try:
        if point["feast"]:
            return _feast(point["feast"], current, bool(point["year"] or point["near"]), since)
        return _span(point, current)
    except (ValueError, OverflowError):
        raise Doubt("不是有效的日期，请核对后填写。") from None


def _span(point: re.Match[str], year: int) -> PointDays:
    if point["day"]:
        day = date(year, int(point["month"]), int(point["day"]))
        return PointDays(day, day, False, year)
    first_month, last_month = _months(point)
    first, last = date(year, first_month, 1), month_end(year, last_month)
    tail = point["tail"] or point["quarter_tail"] or point["half_tail"] or point["end"]
    if point["tail"] in _PARTS:
        begin, end = _PARTS[point["tail"]]
        note = f"“{point['month']}月{tail}”按{end}日前理解。" if tail in ("初", "中") else ""
        return PointDays(
            first.replace(day=begin), first.replace(day=end) if end else last, False, year, note=note
        )
    ends = tail is not None and tail.endswith("底")
    return PointDays(last if ends else first, last, tail is None, year)


_PARTS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中": (11, 20),
    "中旬": (11, 20),
    "中下旬": (11, 0),
    "下旬": (21, 0),
}
"""First and last day of a part of a month; 0 for the month's last."""


def _months(point: re.Match[str]) -> tuple[int, int]:
    if point["month"]:
        return int(point["month"]), int(point["month"])
    if point["quarter"]:
        last = int(point["quarter"]) * 3
        return last - 2, last
    return {"上": (1, 6), "下": (7, 12)}.get(point["half"] or "", (1, 12))


def _five_years(point: re.Match[str]) -> PointDays:
    """“十四五” lasts from 2021 to 2025."""
    number = 10 + "一二三四五六七八九".find(point["five"][1:] or "#") + 1
    last = 2025 + 5 * (number - 14)
    end = date(last, 12, 31)
    return PointDays(end if point["five_tail"] else date(last - 4, 1, 1), end, not point["five_tail"], last)


def _feast(written: str, year: int, named: bool, since: date | None) -> PointDays:
    """Return a holiday as the State Council set it; the fixed day where its table has not come out yet."""
    name = next(name for word, name in _FEASTS.items() if word in written)
    begin = since if since and not named else date(year, 1, 1)
    for one in (year,) if named else (year - 1, year, year + 1, year + 2):
        rest = _rest(name, one)
        before = rest.first - timedelta(days=1)
        if named or before >= begin:
            note = f"按{one}年{rest.name}假期{rest.first.month}月{rest.first.day}日开始计算。"
            return PointDays(rest.first, rest.last, True, before.year, rest, note)
    raise Doubt("没有写明日期，请核对后填写。")


def _rest(name: str, year: int) -> Rest:
    if known_year(year):
        for rest in rests(date(year - 1, 12, 20), date(year, 12, 19)):
            if name in rest.name:
                return rest
    if name not in _FIXED:
        raise Doubt(f"是{year}年的节日，该年的放假安排尚未收录，请核对后填写日期。")
    day = date(year, *_FIXED[name])
    return Rest(name, day, day)


def clock_of(match: re.Match[str]) -> time | None:
    """Return the time of day that ``CLOCK`` matched, None where it did not; 24点 is the day's last minute."""
    if not match["clock"]:
        return None
    hour = int(match["hour"])
    minute = 30 if match["thirty"] else int(match["minute"] or match["colon"] or 0)
    if match["noon"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    if (hour, minute) == (24, 0):
        return time(23, 59)
    if hour > 23 or minute > 59:
        raise Doubt("不是有效的时间，请核对后填写。")
    return time(hour, minute)


def month_end(year: int, month: int) -> date:
    """Return the month's last day; ValueError when there is no such month."""
    first = date(year, month, 1)
    return first.replace(day=monthrange(year, month)[1])


def months_later(day: date, months: int) -> date:
    """Return the same day ``months`` months on; the month's last day where it is shorter."""
    return day + relativedelta(months=months)
