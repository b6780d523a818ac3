"""Wordings that count from a day: 3日内, 一周内, 15个工作日内, 当日, 本月底前, 下周五前.

The day is that of issue, of finding, of handing over; without it there is no date, only a doubt.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from hazard_desk.rules.phrases.points import CLOCK, month_end, months_later
from hazard_desk.rules.wording import LEAD_IN, WORDS, Doubt, weekday_named
from hazard_desk.rules.workdays import is_workday, uncertain_note

_FROM = (
    r"(?:(?:自|从)?(?P<event>发现|检查|排查|下达|下发|印发|发文|发布|签发|交办|收到|收|接到|接)"
    r"(?:[一-龥]{0,8})?(?:之日|当日|当天|起|后|之日起)+(?:的)?)"
)
_WITHIN = re.compile(
    rf"{LEAD_IN}{_FROM}?(?P<count>\d{{1,3}}|半)"
    rf"(?:(?P<unit>个?工作日|日|天|个?周|个月|年|小时)(?:之|以)?内前?|(?P<bare>个?工作日|天|个?周|个月|小时))(?:之内)?{WORDS}",
    re.ASCII,
)
_SAME_DAY = re.compile(rf"(?:发现|检查|即)?(?:当日|当天|当场|现场)(?:之?内)?前?{WORDS}")
_DAY_AFTER = re.compile(rf"(?:次日|明日|明天|第2天){CLOCK}?前?{WORDS}", re.ASCII)
_MONTH = re.compile(
    rf"{LEAD_IN}(?P<which>[本当下]个?)?月(?:(?P<day>\d{{1,2}})日|(?P<tail>底|内|上旬|中旬|下旬))前?{WORDS}",
    re.ASCII,
)
_WEEK = re.compile(rf"{LEAD_IN}(?P<which>[本下])周(?P<day>[一二三四五六日天]|底|内)前?{WORDS}")
_AT_ONCE = re.compile(rf"(?:立即|立刻|马上|即刻|即时|随即){WORDS}")
_NO_START = "没有写明从哪一天算起，请核对后填写日期。"


def read_relative(part: str, since: date | None) -> tuple[date, str] | None:
    """Return the day that ``part`` (in plain spelling) means when counted from ``since``, and a note.

    None when it is no such wording; raises ``Doubt`` when it is one and the day to count from is not known.
    """
    if match := _WITHIN.fullmatch(part):
        if (match["event"] or "").startswith(("收", "接")):
            raise Doubt("从收到之日算起，请核对后填写日期。")
        return _within(match, _known(since))
    if _SAME_DAY.fullmatch(part):
        return _known(since), ""
    if _DAY_AFTER.fullmatch(part):
        return _known(since) + timedelta(days=1), ""
    if match := _MONTH.fullmatch(part):
        if since is None:
            raise Doubt("没有写明是哪个月，请核对后填写日期。")
        return _of_month(match, since), ""
    if match := _WEEK.fullmatch(part):
        if since is None:
            raise Doubt("没有写明是哪一周，请核对后填写日期。")
        weeks = 7 if match["which"] == "下" else 0
        place = weekday_named(match["day"])
        return since + timedelta(days=weeks + (6 if place < 0 else place) - since.weekday()), ""
    return None


def at_once(part: str) -> bool:
    """Return whether ``part`` says that work begins, or is to be done, at once: 立即整改."""
    return bool(_AT_ONCE.fullmatch(part))


def _known(since: date | None) -> date:
    if since is None:
        raise Doubt(_NO_START)
    return since


def _within(match: re.Match[str], since: date) -> tuple[date, str]:
    unit = (match["unit"] or match["bare"]).removeprefix("个")
    half = match["count"] == "半"
    count = 0 if half else int(match["count"])
    if half:
        if unit not in ("月", "年"):
            raise Doubt
        return since + timedelta(days=15) if unit == "月" else months_later(since, 6), ""
    if unit == "工作日":
        day = since
        for _ in range(count):
            day = _next_workday(day)
        return day, uncertain_note(day.year)
    if unit == "小时":
        return since + timedelta(hours=24 * -(-count // 24)), ""
    if unit in ("日", "天", "周"):
        return since + timedelta(days=count * (7 if unit == "周" else 1)), ""
    return months_later(since, count * (12 if unit == "年" else 1)), ""


def _next_workday(day: date) -> date:
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def _of_month(match: re.Match[str], since: date) -> date:
    if (match["which"] or "").startswith("下"):
        since = months_later(since.replace(day=1), 1)
    if not match["day"]:
        day = {"上旬": 10, "中旬": 20}.get(match["tail"])
        return since.replace(day=day) if day else month_end(since.year, since.month)
    try:
        return since.replace(day=int(match["day"]))
    except ValueError:
        raise Doubt("不是有效的日期，请核对后填写。") from None
