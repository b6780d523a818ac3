"""How often a duty comes back, in the office's words, both ways: 每月28日前, 每周四12:00前, 每季度末.

``read_rhythm`` turns what the clerk typed into a rule; ``describe`` turns a rule into words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hazard_desk.errors import Refused
from hazard_desk.rules.deadlines import Deadline, parse_deadline
from hazard_desk.rules.repeats import LENGTHS, RRULE_DAYS, Repeat
from hazard_desk.rules.wording import WEEKDAYS

_DAYS = dict(zip(RRULE_DAYS, WEEKDAYS, strict=True))
_PERIODS = {"two_months": "每2个月", "quarter": "每季度", "half": "每半年"}
_SEVERAL = {"10,20,-1": "每旬", "15,-1": "每半月"}
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
        return rhythm_of(meaning.periods[0])
    if meaning.due:
        day = meaning.due
        return Rhythm("recurring", "once", f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}")
    if meaning.counter:
        return Rhythm("counter", at_least=meaning.counter.at_least, unit=meaning.counter.unit)
    raise Refused(f"周期“{text}”看不懂，{_EXAMPLE}", "rule")


def rhythm_of(repeat: Repeat) -> Rhythm:
    """Return a recurrence as a duty keeps it."""
    at = repeat.at.isoformat("minutes") if repeat.at else ""
    return Rhythm("recurring", repeat.every, repeat.rrule, at, repeat.at_least, repeat.unit)


def rhythms_of(meaning: Deadline) -> tuple[Rhythm, ...]:
    """Return every recurrence and count of a deadline: each can become a duty of its own."""
    found = [rhythm_of(repeat) for repeat in meaning.periods]
    if meaning.counter:
        found.append(Rhythm("counter", at_least=meaning.counter.at_least, unit=meaning.counter.unit))
    return tuple(found)


def in_words(rhythm: Rhythm) -> str:
    """Return a rhythm in words: 每月28日前."""
    return describe(
        rhythm.kind, rhythm.period, rhythm.rrule, rhythm.at, rhythm.at_least, rhythm.unit, trigger=""
    )


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
    ends = words.endswith(("末", "底", *_SEVERAL.values())) or said["FREQ"] == "DAILY"
    before = "前" if clock or not ends else ""
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
    months = said.get("BYMONTH", "")
    if said["FREQ"] == "MONTHLY" and period not in LENGTHS:
        several = _SEVERAL.get(said.get("BYMONTHDAY", "")) if not every + months else None
        return several or f"{_among(months)}每{every}{'个' if every else ''}月{day}"
    if place := _place(period, months):
        ends = day == "底" and place.endswith("末月")
        return f"{place.removesuffix('月')}" if ends else f"{place}{day}"
    if (period, months, day) == ("year", "12", "底"):
        return "每年年底"
    once = "" if period == "once" else f"每{every}年"
    return f"{once}{months.replace(',', '、')}月{day}"


def _place(period: str, months: str) -> str:
    """Return the month of a period in words where the rule names the same one of each: 每季度首月."""
    length = LENGTHS.get(period, 12)
    numbers = [int(month) for month in months.split(",") if month]
    if length == 12 or not numbers or numbers != list(range(numbers[0], 13, length)):
        return ""
    nth = {1: "首", length: "末"}.get(numbers[0], f"第{numbers[0]}个")
    return f"{_PERIODS[period]}{nth}月"


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
