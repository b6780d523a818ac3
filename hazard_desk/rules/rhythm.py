"""How often a duty comes back, in the office's words, both ways: 每月28日前, 每周四12:00前, 每季度末.

``read_rhythm`` turns what the clerk typed into a rule; ``describe`` turns a rule into words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hazard_desk.errors import Refused
from hazard_desk.rules.dates import WEEKDAYS
from hazard_desk.rules.deadlines import parse_deadline
from hazard_desk.rules.repeats import RRULE_DAYS

_DAYS = dict(zip(RRULE_DAYS, WEEKDAYS, strict=True))
_ENDS = {("quarter", "3,6,9,12"): "每季度末", ("half", "6,12"): "每半年末", ("year", "12"): "每年年底"}
_EXAMPLE = "请写成“每月28日前”“每季度”“每周四12点前”“9月30日前”或“行动期间至少1次”的样子"


@dataclass(frozen=True)
class Rhythm:
    """A duty's kind and when it falls due, as a plan file writes them."""

    kind: str
    """recurring or counter."""
    period: str = ""
    rrule: str = ""
    at: str = ""
    at_least: int = 1
    unit: str = "次"


def read_rhythm(text: str, year: int) -> Rhythm:
    """Return the rhythm that ``text`` names; a day without a year belongs to ``year``.

    Raises ``Refused`` (field ``rule``) when it names none, or more than one.
    """
    meaning = parse_deadline(text, year)
    if not meaning.understood or meaning.standing or len(meaning.periods) + len(meaning.dates) > 1:
        raise Refused(f"周期“{text}”看不懂，{_EXAMPLE}", "rule")
    if meaning.periods:
        (repeat,) = meaning.periods
        at = repeat.at.isoformat("minutes") if repeat.at else ""
        return Rhythm("recurring", repeat.every, repeat.rrule, at, repeat.at_least)
    if meaning.due:
        day = meaning.due
        return Rhythm("recurring", "once", f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}")
    if meaning.counter:
        return Rhythm("counter", at_least=meaning.counter.at_least, unit=meaning.counter.unit)
    raise Refused(f"周期“{text}”看不懂，{_EXAMPLE}", "rule")


def describe(kind: str, period: str, rrule: str, at: str, at_least: int, unit: str, trigger: str) -> str:
    """Return in words when a duty falls due: 每月月底, 每季度末, 行动期间至少1次, 遇节假日前."""
    if kind == "triggered":
        return f"遇事办理（{trigger}）"
    if kind == "standing_count":
        return f"随时保持{at_least}{unit}以上"
    if kind == "counter" or not rrule:
        return f"行动期间至少{at_least}{unit}"
    said = dict(part.split("=", 1) for part in rrule.split(";"))
    words = _when(said, period)
    clock = f"{dt.time.fromisoformat(at):%H:%M}" if at else ""
    before = "前" if clock or not (words.endswith(("末", "底")) or said["FREQ"] == "DAILY") else ""
    times = f"至少{at_least}{unit}" if at_least > 1 else ""
    return f"{words}{clock}{before}{times}"


def _when(said: dict[str, str], period: str) -> str:
    every = said.get("INTERVAL", "1")
    every = "" if every == "1" else every
    day = _day(said)
    if said["FREQ"] == "DAILY":
        return f"每{every}日"
    if said["FREQ"] == "WEEKLY":
        return f"每{every}{'周' if every else ''}{day}"
    if said["FREQ"] == "MONTHLY":
        among = _among(said.get("BYMONTH", ""))
        return f"{among}每{every}{'个' if every else ''}月{day}"
    months = said.get("BYMONTH", "")
    if (period, months) in _ENDS and day == "底":
        return _ENDS[period, months]
    once = "" if period == "once" else f"每{every}年"
    return f"{once}{months.replace(',', '、')}月{day}"


def _among(months: str) -> str:
    """Return the months that a monthly rule is for: 6至12月, or '' for all of them."""
    first, _, rest = months.partition(",")
    return f"{first}至{rest.rpartition(',')[2]}月" if rest else f"{first}月" if first else ""


def _day(said: dict[str, str]) -> str:
    """Return which day of the month or week the rule names: 28日, 底, 周四, 第一个周四."""
    if "BYDAY" in said:
        return "、".join(map(_weekday, said["BYDAY"].split(",")))
    days = said.get("BYMONTHDAY", "").split(",")
    if days == ["-1"]:
        return "底"
    if said.get("BYSETPOS") == "-1":  # 28,29,30,31: the last of these that the month has
        days = days[-1:]
    return "、".join(f"{day}日" if day[:1] != "-" else f"倒数第{day[1:]}天" for day in days if day)


def _weekday(word: str) -> str:
    place, day = word[:-2], f"周{_DAYS[word[-2:]]}"
    if not place:
        return day
    return f"最后一个{day}" if place == "-1" else f"第{place.removeprefix('-')}个{day}"
