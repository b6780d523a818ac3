"""Deadlines as people write them, and what they mean.

``parse_deadline("5月底前", 2023)`` is 31 May 2023; "长期坚持" is standing; "每月28日前" recurs; "5月底启动，
11月底前完成" has two milestones. A wording is understood only when all of it is: "原则上5月底前" is kept,
flagged and given no date, never guessed.
Source: 完成时限 of S0's annex and the like in other plans (每月28日前, 每星期四上午12点前, 5月中旬前).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import lru_cache
from typing import Protocol

from hazard_desk.rules.phrases import idioms
from hazard_desk.rules.phrases.parts import parts_in
from hazard_desk.rules.phrases.points import PointDays, clock_of, point_days, says_something
from hazard_desk.rules.phrases.relative import at_once, read_relative
from hazard_desk.rules.repeats import Repeat, read_repeat, within_periods
from hazard_desk.rules.wording import (
    WEEKDAYS,
    Doubt,
    doubt_note,
    empty,
    one_spelling,
    weekday_named,
)


@dataclass(frozen=True)
class Counter:
    """A number to be reached during the campaign, or kept up: 行动期间至少1次, 不少于3条."""

    at_least: int
    unit: str


@dataclass(frozen=True)
class Milestone:
    """One date of a deadline with what is to be done by it: 5月底前完成首轮."""

    due: date
    """That day still counts."""
    text: str = ""
    """What the wording says of it besides the date, '' for nothing."""
    at: time | None = None

    @property
    def in_words(self) -> str:
        """The day, with its hour and its words where it has them: 2023-05-31 完成首轮."""
        return " ".join(filter(None, (str(self.due), f"{self.at:%H:%M}" if self.at else "", self.text)))


@dataclass(frozen=True)
class Deadline:
    """A deadline's wording and its meaning."""

    text: str
    """As written."""
    milestones: tuple[Milestone, ...] = ()
    """Every date named, in order (8月5日前、12月20日前)."""
    starts: date | None = None
    """The first day, where the wording names a span (2023年12月, 8-11月)."""
    standing: bool = False
    """长期坚持: no date ever."""
    periods: tuple[Repeat, ...] = ()
    counter: Counter | None = None
    understood: bool = True
    """False: the wording stands as it is and a person must give the date."""
    empty: bool = False
    """Nothing is written, or only a dash: not understood, but no doubt either."""
    note: str = ""
    """A Chinese sentence for the clerk when there is a doubt, else ''."""

    @property
    def dates(self) -> tuple[date, ...]:
        """The days of the milestones."""
        return tuple(one.due for one in self.milestones)

    @property
    def due(self) -> date | None:
        """The last of the dates, None where there is none."""
        return max(self.dates, default=None)

    @property
    def several(self) -> tuple[Milestone, ...]:
        """The milestones where there is more than one; a single date is just when it is due."""
        return self.milestones if len(self.milestones) > 1 else ()

    @property
    def recurs(self) -> bool:
        """Whether it comes back or asks for a number of times."""
        return bool(self.periods or self.counter)


@dataclass
class _Reading:
    """What the parts of one wording have said so far."""

    plan_year: int
    since: date | None = None
    span: tuple[date, date] | None = None
    year: int = 0
    milestones: list[Milestone] = field(default_factory=list)
    starts: date | None = None
    standing: bool = False
    periods: list[Repeat] = field(default_factory=list)
    counter: Counter | None = None
    at_once: bool = False
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.year = self.year or self.plan_year

    def begin(self, first: date) -> None:
        self.starts = min(self.starts or first, first)

    def note(self, sentence: str) -> None:
        if sentence and sentence not in self.notes:
            self.notes.append(sentence)


_LONGEST, _LONGEST_CELL = 60, 500
"""Characters of a part and of all; no idiom is longer, and a pasted page must not keep the patterns busy."""


class Campaign(Protocol):
    """What a deadline belongs to: a plan, with the days that wordings count from."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def issued_on(self) -> date | None: ...


def deadline_in(plan: Campaign, text: str) -> Deadline:
    """Return the meaning of a deadline in its plan, whose first year is that of dates without one."""
    return parse_deadline(text, plan.starts_on.year, plan.issued_on, (plan.starts_on, plan.ends_on))


@lru_cache(maxsize=2048)
def parse_deadline(
    text: str, year: int, issued_on: date | None = None, span: tuple[date, date] | None = None
) -> Deadline:
    """Return the meaning of ``text``; a date without a year belongs to ``year``. Never raises on a text.

    ``issued_on`` is the day that 3日内 and 立即 count from: of issue, of finding. ``span`` is the first and
    the last day of the campaign, for 行动期间. What needs one that is not given is flagged.
    """
    if empty(text):
        return Deadline(text, understood=False, empty=True, note="未填写完成时限。")
    reading = _Reading(year, issued_on, span)
    try:
        if len(text) > _LONGEST_CELL:
            raise Doubt
        spelt = idioms.HEADING.sub("", one_spelling(text), count=1)
        for segment in filter(None, idioms.SEGMENTS.split(spelt)):
            _read_segment(segment, reading)
        _check_whole(reading)
    except Doubt as doubt:
        return Deadline(text, understood=False, note=doubt_note(text, doubt))
    return Deadline(
        text,
        milestones=tuple(reading.milestones),
        starts=reading.starts,
        standing=reading.standing,
        periods=tuple(dict.fromkeys(reading.periods)),
        counter=reading.counter,
        note="".join(reading.notes),
    )


def _check_whole(reading: _Reading) -> None:
    """Refuse to understand parts that say something else together than each alone."""
    said = reading.milestones or reading.standing or reading.periods or reading.counter
    if not said and reading.at_once and reading.since:
        reading.milestones.append(Milestone(reading.since))
    elif not said:
        start_only = "只写明了开始时间，没有写明截止时间，请核对后填写。"
        raise Doubt(start_only if reading.starts else "没有写明日期，请核对后填写。")
    if reading.starts and reading.milestones and max(one.due for one in reading.milestones) < reading.starts:
        raise Doubt("的开始时间晚于截止时间，请核对后填写。")
    if reading.milestones and any(repeat.months for repeat in reading.periods):
        raise Doubt("把“每年”的日期与单独的日期写在一起，分不清是否每年都要办，请核对后填写。")
    if len(reading.milestones) == 1 and not idioms.MERE.fullmatch(words := reading.milestones[0].text):
        reading.note(f"日期之外写有“{words}”。")


def _read_segment(segment: str, reading: _Reading) -> None:
    """Read what stands between two semicolons; 2024年：… is what the column of a year says."""
    label = idioms.LABEL.fullmatch(segment)
    if label and says_something(label):
        _read_labelled(label, reading)
        return
    inside = idioms.BRACKET.findall(segment)
    for part in parts_in(idioms.BRACKET.sub("", segment)):
        _read(part, reading)
    for words in filter(None, inside):
        joined = re.sub(r"[、和及]", "|", words)
        repeat = within_periods(reading.periods[-1], joined) if reading.periods else None
        if repeat:
            reading.periods[-1] = repeat
            continue
        for part in parts_in(words):
            _read(part, reading)


def _read_labelled(label: re.Match[str], reading: _Reading) -> None:
    span = _span(label, reading)
    of_label = _Reading(span.year, reading.since, reading.span)
    rest = label["rest"]
    try:
        _read_segment(rest, of_label)
        _check_whole(of_label)
    except Doubt:
        if len(rest) > _LONGEST or idioms.DATELIKE.search(rest):
            raise
        of_label = _Reading(span.year)
        _until_its_end(of_label, span, rest)
    if of_label.counter and span.whole and not (of_label.milestones or of_label.periods or of_label.standing):
        of_label.counter = None
        _until_its_end(of_label, span, rest)
    if any(not span.first <= one.due <= span.last for one in of_label.milestones if span.whole):
        raise Doubt("中有日期不在所写的年份或季度之内，请核对后填写。")
    if reading.periods and of_label.periods and set(reading.periods) != set(of_label.periods):
        raise Doubt("中各个时段的周期不同，请分开填写。")
    reading.milestones += of_label.milestones
    reading.periods += of_label.periods
    reading.standing |= of_label.standing
    reading.counter = of_label.counter or reading.counter
    for sentence in of_label.notes:
        reading.note(sentence)


def _until_its_end(reading: _Reading, span: PointDays, words: str) -> None:
    """What a year or quarter has to reach without a day is due on its last."""
    reading.milestones.append(Milestone(span.last, words := words.replace(",", "，")))
    reading.note(f"“{words}”没有写明日期，按{span.last.year}年{span.last.month}月底计算。")


def _read(part: str, reading: _Reading) -> None:
    """Add the meaning of one part to ``reading``; raise Doubt when not all of it is known."""
    if len(part) > _LONGEST:
        raise Doubt
    part = _read_since(part, reading)
    if not part:
        return
    if idioms.STANDING.fullmatch(part):
        reading.standing = True
    elif repeat := idioms.YEARLY.fullmatch(part):
        reading.periods.append(Repeat("year", at_least=_counted(repeat).at_least, unit=repeat["unit"]))
    elif found := read_repeat(part):
        reading.periods.append(found[0])
        reading.note(found[1])
    elif match := idioms.COUNTER.fullmatch(part):
        reading.counter = _counted(match)
    elif at_once(part):
        reading.at_once = True
    elif day := read_relative(part, reading.since):
        reading.milestones.append(Milestone(day[0]))
        reading.note(day[1])
    elif not _read_campaign(part, reading):
        _read_dated(part, reading)


def _counted(match: re.Match[str]) -> Counter:
    if int(match["count"]) == 0:
        raise Doubt
    return Counter(int(match["count"]), match["unit"])


def _read_campaign(part: str, reading: _Reading) -> bool:
    """Read 行动期间 and 专项行动结束前; without the campaign's days the one stands, the other is open."""
    if idioms.THROUGHOUT.fullmatch(part):
        if reading.span:
            reading.begin(reading.span[0])
            reading.milestones.append(Milestone(reading.span[1]))
        else:
            reading.standing = True
        return True
    if not idioms.CAMPAIGN_END.fullmatch(part):
        return False
    if not reading.span:
        raise Doubt("没有写明行动结束的日期，请核对后填写。")
    reading.milestones.append(Milestone(reading.span[1]))
    return True


def _read_dated(part: str, reading: _Reading) -> None:
    """Read a date, a span, or words that belong to the date before them."""
    match = idioms.RANGE.fullmatch(part)
    if match:
        _read_range(match, reading)
    elif reading.milestones and idioms.ONLY_WORDS.fullmatch(part):
        last = reading.milestones[-1]
        reading.milestones[-1] = replace(last, text="，".join(filter(None, (last.text, part))))
    else:
        _read_point(part, reading, begins=True)


def _read_since(part: str, reading: _Reading) -> str:
    """Take "自6月起" or "即日起" off the front of a part and return the rest."""
    if match := idioms.SINCE_NOW.fullmatch(part):
        if reading.since:
            reading.begin(reading.since)
        return match["rest"]
    match = None if idioms.RANGE.fullmatch(part) else idioms.SINCE.fullmatch(part)
    point = idioms.ONLY_POINT.fullmatch(match["point"]) if match else None
    if not match or not point or not says_something(point):
        return part
    reading.begin(_span(point, reading).first)
    return match["rest"]


def _read_point(words: str, reading: _Reading, *, begins: bool) -> None:
    """Add the last day that ``words`` name; where they name a span and ``begins``, note its first day."""
    match = idioms.DATED.fullmatch(words)
    if not match or not says_something(match):
        raise Doubt
    span = _span(match, reading)
    last = _feast_day(match, span) if span.feast else span.last
    if match["before"] and span.whole and not span.feast:
        raise Doubt("分不清是指开始之前还是结束之前，请核对后填写日期。")
    weekday = match["weekday"] or match["weekday2"]
    if weekday and weekday_named(weekday[1]) != last.weekday():
        raise Doubt(
            f"中的日期与星期不符（{last.isoformat()}是星期{WEEKDAYS[last.weekday()]}），请核对后填写。"
        )
    if match["clock"] and not match["day"] and not match["feast"]:
        raise Doubt
    if span.whole and begins and not match["before"]:
        reading.begin(span.first)
    if match["counted"]:
        reading.counter = _counted(match)
    reading.note(span.note)
    if match["hope"]:
        reading.note(f"原文写的是“{match['hope']}”，按所写日期计算。")
    milestone = Milestone(last, match["words"], clock_of(match))
    if milestone not in reading.milestones:  # 中秋、国庆 may be one holiday
        reading.milestones.append(milestone)


def _feast_day(match: re.Match[str], span: PointDays) -> date:
    """Return the day before a holiday, or its last day where the wording says 期间."""
    assert span.feast is not None
    if match["before"]:
        return date.fromordinal(span.first.toordinal() - 1)
    if match["during"]:
        return span.last
    raise Doubt("没有写明日期，请核对后填写。")


def _read_range(match: re.Match[str], reading: _Reading) -> None:
    """Read 8至11月, 4月25日起至12月底 or 即日起至年底; a year on one side holds for both."""
    left, right = match["first"], match["last"]
    if years := re.search(r"\d{4}(?=年)", f"{left}至{right}", re.ASCII):
        reading.year = int(years.group())
    if idioms.FROM_NOW.fullmatch(left):
        if reading.since:
            reading.begin(reading.since)
        _read_point(right, reading, begins=False)
        return
    if idioms.BARE_NUMBER.fullmatch(left):
        left += "季度" if "季度" in right else "月" if "月" in right else "年"
    first = idioms.ONLY_POINT.fullmatch(left.removesuffix("起"))
    if not first or not says_something(first):
        raise Doubt
    starts = _span(first, reading).first
    if idioms.BARE_DAY.fullmatch(right) and first["day"]:
        right = f"{first['month']}月{right}"
    _read_point(right, reading, begins=False)
    if reading.milestones[-1].due < starts:
        raise Doubt("的起止时间前后颠倒，请核对后填写日期。")
    reading.begin(starts)


def _span(point: re.Match[str], reading: _Reading) -> PointDays:
    """Return what a point means; its year holds for the dates after it."""
    span = point_days(point, reading.plan_year, reading.year, reading.since)
    if point["year"] or point["near"]:
        reading.year = span.year if not point["feast"] else int(point["year"] or reading.year)
    return span
