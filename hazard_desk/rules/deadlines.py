"""Deadlines as people write them, and what they mean.

``parse_deadline("5月底前", 2023)`` is 31 May 2023; "长期坚持" is standing; "每月28日前" recurs. A wording is
understood only when all of it is: "原则上5月底前" is kept, flagged and given no date, never guessed.
Source: 完成时限 of S0's annex and the like in other plans (每月28日前, 每星期四上午12点前, 5月中旬前).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from hazard_desk.rules.repeats import Repeat, read_repeat
from hazard_desk.rules.wording import LEAD_IN, VERBS, Doubt, one_spelling, short, unknown


@dataclass(frozen=True)
class Counter:
    """A number to be reached during the campaign, or kept up: 行动期间至少1次, 不少于3条."""

    at_least: int
    unit: str


@dataclass(frozen=True)
class Deadline:
    """A deadline's wording and its meaning."""

    text: str
    """As written."""
    due: date | None = None
    """The last of ``dates``; that day still counts."""
    dates: tuple[date, ...] = ()
    """Every date named, in order (8月5日前、12月20日前)."""
    starts: date | None = None
    """The first day, where the wording names a span (2023年12月, 8-11月)."""
    standing: bool = False
    """长期坚持: no date ever."""
    periods: tuple[Repeat, ...] = ()
    counter: Counter | None = None
    understood: bool = True
    """False: the wording stands as it is and a person must give the date."""
    note: str = ""
    """A Chinese sentence for the clerk when there is a doubt, else ''."""


@dataclass
class _Reading:
    """What the parts of one wording have said so far."""

    year: int
    dates: list[date] = field(default_factory=list)
    starts: date | None = None
    standing: bool = False
    periods: list[Repeat] = field(default_factory=list)
    counter: Counter | None = None
    note: str = ""

    def begin(self, first: date) -> None:
        self.starts = min(self.starts or first, first)


_LONGEST = 60
"""Characters of one part; no idiom is longer, and a pasted page must not keep the patterns busy."""
_SEPARATORS = re.compile(r"[、,;。]|并且|并|以及|及|和|与|同时")
_DONE = r"(?:截止|止|完成整改|完成|落实到位|到位|办结|结束|上报|报送|报)?"
_STANDING = re.compile(
    r"(?:需|要)?(?:长期|持续|常态化|经常性|常年|长年|始终|贯穿始终|贯穿全程)"
    r"(?:坚持|保持|推进|推动|开展|落实|执行|实施|进行|抓好)?"
)
_POINT = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:"
    r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日?|(?P<tail>底|上旬|中旬|下旬|内))?"
    r"|第?(?P<quarter>[1-4])季度(?P<quarter_tail>底|内)?"
    r"|(?P<half>[上下])半年(?P<half_tail>底|内)?"
    r")"
    r"|(?:(?P<whole>\d{4})|本|当|今)?年(?P<whole_tail>底|内)"
    r"|(?P<only>\d{4})年度?",
    re.ASCII,
)
_DATED = re.compile(rf"{LEAD_IN}(?P<point>.+?)(?P<before>前)?{_DONE}")
_SINCE = re.compile(r"(?:自|从)?(?P<point>.+?)(?:起|开始)(?:执行|上报|报送)?(?P<rest>.*)")
_RANGE = re.compile(r"(?:自|从)?(?P<first>[^至]+?)起?至(?P<last>[^至]+)")
_BARE_NUMBER = re.compile(r"(?:\d{4}年)?\d{1,2}|\d{4}", re.ASCII)
_FROM_NOW = re.compile(r"即日|现在|(?:印发|发文)(?:之日)?")
_COUNTER = re.compile(
    rf"(?:(?:专项)?(?:行动|整治|活动|攻坚)期间)?(?:至少|不少于|不低于)?{VERBS}(?:至少|不少于|不低于)?"
    r"(?P<count>\d{1,4})(?P<unit>[次条幅个场篇期份家人](?:\([条幅次]\))?)(?:以上)?",
    re.ASCII,
)


def parse_deadline(text: str, year: int) -> Deadline:
    """Return the meaning of ``text``; a date without a year belongs to ``year``. Never raises on a text."""
    reading = _Reading(year)
    try:
        parts = [part for part in _SEPARATORS.split(one_spelling(text)) if part]
        if not parts:
            raise Doubt("未填写完成时限。")
        for part in parts:
            _read(part, reading)
        _check_whole(reading)
    except Doubt as doubt:
        return Deadline(text, understood=False, note=str(doubt))
    return Deadline(
        text,
        due=max(reading.dates, default=None),
        dates=tuple(reading.dates),
        starts=reading.starts,
        standing=reading.standing,
        periods=tuple(reading.periods),
        counter=reading.counter,
        note=reading.note,
    )


def _check_whole(reading: _Reading) -> None:
    """Refuse to understand parts that say something else together than each alone."""
    said = reading.dates or reading.standing or reading.periods or reading.counter
    if not said:
        raise Doubt("只写明了开始时间，没有写明截止时间，请核对后填写。")
    if reading.starts and reading.dates and max(reading.dates) < reading.starts:
        raise Doubt("开始时间晚于截止时间，请核对后填写。")
    if reading.dates and any(repeat.month for repeat in reading.periods):
        raise Doubt("“每年”的日期与单独的日期写在一起，分不清是否每年都要办，请核对后填写。")


def _read(part: str, reading: _Reading) -> None:
    """Add the meaning of one part to ``reading``; raise Doubt when not all of it is known."""
    if len(part) > _LONGEST:
        raise Doubt(unknown(part))
    part = _read_since(part, reading)
    if not part:
        return
    if _STANDING.fullmatch(part):
        reading.standing = True
    elif repeat := read_repeat(part):
        reading.periods.append(repeat[0])
        reading.note = repeat[1] or reading.note
    elif match := _COUNTER.fullmatch(part):
        reading.counter = Counter(int(match["count"]), match["unit"])
    elif match := _RANGE.fullmatch(part):
        _read_range(match, part, reading)
    else:
        reading.dates.append(_read_point(part, part, reading, begins=True))


def _read_since(part: str, reading: _Reading) -> str:
    """Take "自6月起" off the front of a part and return the rest."""
    match = None if "至" in part else _SINCE.fullmatch(part)
    point = _POINT.fullmatch(match["point"]) if match else None
    if not match or not point:
        return part
    reading.begin(_span(point, part, reading)[0])
    return match["rest"]


def _read_point(words: str, part: str, reading: _Reading, *, begins: bool) -> date:
    """Return the last day that ``words`` name; where they name a span and ``begins``, note its first day."""
    match = _DATED.fullmatch(words)
    point = _POINT.fullmatch(match["point"]) if match else None
    if not match or not point:
        raise Doubt(unknown(part))
    first, last, whole = _span(point, part, reading)
    if match["before"] and whole:
        raise Doubt(f"“{short(part)}”分不清是指开始之前还是结束之前，请核对后填写日期。")
    if whole and begins:
        reading.begin(first)
    return last


def _read_range(match: re.Match[str], part: str, reading: _Reading) -> None:
    """Read 8至11月, 4月25日起至12月底 or 即日起至年底; a year on one side holds for both."""
    left, right = match["first"], match["last"]
    if years := re.search(r"\d{4}(?=年)", part, re.ASCII):
        reading.year = int(years.group())
    if _FROM_NOW.fullmatch(left):
        reading.dates.append(_read_point(right, part, reading, begins=False))
        return
    if _BARE_NUMBER.fullmatch(left):
        left += "月" if "月" in right else "年"
    first = _POINT.fullmatch(left)
    if not first:
        raise Doubt(unknown(part))
    starts = _span(first, part, reading)[0]
    due = _read_point(right, part, reading, begins=False)
    if due < starts:
        raise Doubt(f"“{short(part)}”的起止时间前后颠倒，请核对后填写日期。")
    reading.begin(starts)
    reading.dates.append(due)


def _span(point: re.Match[str], part: str, reading: _Reading) -> tuple[date, date, bool]:
    """Return first day, last day, and whether the wording names the whole span (6月, not 6月底 or 6月5日)."""
    reading.year = int(point["year"] or point["whole"] or point["only"] or reading.year)
    try:
        if point["day"]:
            day = date(reading.year, int(point["month"]), int(point["day"]))
            return day, day, False
        first_month, last_month = _months(point)
        first, last = date(reading.year, first_month, 1), month_end(reading.year, last_month)
    except ValueError:
        raise Doubt(f"“{short(part)}”不是有效的日期，请核对后填写。") from None
    tail = point["tail"] or point["quarter_tail"] or point["half_tail"] or point["whole_tail"]
    if tail in ("上旬", "中旬"):
        start = {"上旬": 1, "中旬": 11}[tail]
        return first.replace(day=start), first.replace(day=start + 9), False
    if tail == "下旬":
        first = first.replace(day=21)
    return (last if tail == "底" else first), last, tail is None


def _months(point: re.Match[str]) -> tuple[int, int]:
    if point["month"]:
        return int(point["month"]), int(point["month"])
    if point["quarter"]:
        last = int(point["quarter"]) * 3
        return last - 2, last
    return {"上": (1, 6), "下": (7, 12)}.get(point["half"] or "", (1, 12))


def month_end(year: int, month: int) -> date:
    """Return the month's last day; ValueError when there is no such month."""
    first = date(year, month, 1)
    return first.replace(day=monthrange(year, month)[1])
