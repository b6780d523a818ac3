"""Whether an occurrence of a duty is met on a day: by records that are found, or by the clerk's own word.

What fulfils a duty is written as "activity:五进宣传", "activity:教育培训/预案" (only where the title has that
word), "check:带队", "form:fangshan-2023", "paper:bulletin", "register:slogans".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hazard_desk.errors import Refused
from hazard_desk.rules.recurrence import Occurrence
from hazard_desk.rules.wording import quoted

SOURCES = ("activity", "check", "form", "paper", "register")
"""Where records that fulfil a duty may stand."""


@dataclass(frozen=True)
class Wanted:
    """One sort of record that fulfils a duty."""

    source: str
    name: str
    """A kind of activity or check; the id of a form, paper or register."""
    word: str = ""
    """What the record's title must hold."""


def read_code(code: str) -> Wanted:
    """Return what ``code`` names. ``Refused``, field ``fulfilled_by``, when it is not written so."""
    source, colon, rest = code.partition(":")
    name, slash, word = rest.partition("/")
    if source not in SOURCES or not colon or not name.strip() or (slash and not word.strip()):
        raise Refused(
            f"“{code}”应写成 来源:名称 或 来源:名称/词，来源只能是{'、'.join(SOURCES)}", "fulfilled_by"
        )
    return Wanted(source, name, word)


class OccurrenceState(StrEnum):
    """Where one occurrence stands; the words are what the clerk reads."""

    UPCOMING = "未开始"
    """Its period has not begun."""
    DUE = "待完成"
    """Its period is under way, its day has not passed."""
    MET = "已完成"
    MET_LATE = "逾期完成"
    LATE = "已逾期"
    """Its day has passed, its period not yet."""
    MISSED = "未开展"
    """Its period is over, nothing was done."""
    WAIVED = "无需开展"
    """Not required this time, for the reason that the clerk gave."""


OPEN = (OccurrenceState.UPCOMING, OccurrenceState.DUE, OccurrenceState.LATE)
"""Still ask for work."""
MET = (OccurrenceState.MET, OccurrenceState.MET_LATE, OccurrenceState.WAIVED)
BEHIND = (OccurrenceState.LATE, OccurrenceState.MISSED)


class DutyState(StrEnum):
    """Where a whole duty stands."""

    ON_TRACK = "按期"
    LATE = "已逾期"
    """An occurrence whose day has passed can still be done."""
    GAPS = "有缺项"
    """An occurrence was missed for good."""
    DONE = "已完成"
    KEPT = "达标"
    SHORT = "不足"
    WAITING = "未触发"
    ENDED = "已停用"


def duty_state(states: Sequence[OccurrenceState]) -> DutyState:
    """Return where a duty stands whose occurrences stand so; none yet: it waits for its event."""
    if not states:
        return DutyState.WAITING
    if OccurrenceState.LATE in states:
        return DutyState.LATE
    if OccurrenceState.MISSED in states:
        return DutyState.GAPS
    return DutyState.ON_TRACK if any(state in OPEN for state in states) else DutyState.DONE


class MarkKind(StrEnum):
    """What the clerk herself says of an occurrence."""

    TICK = "登记完成"
    LINK = "指定记录"
    WAIVER = "无需开展"


@dataclass(frozen=True)
class Evidence:
    """One record that fulfils a duty: ``on`` is the day of the work, ``belongs`` a day of its period."""

    on: date
    record: str
    """ledger/id."""
    title: str
    belongs: date


@dataclass(frozen=True)
class Mark:
    """The clerk's own word on one occurrence."""

    kind: MarkKind
    on: date
    """The day on which the work was done, or the waiver decided."""
    note: str
    record: str = ""


@dataclass(frozen=True)
class Verdict:
    """Where an occurrence stands on a day, and why, in one Chinese sentence."""

    state: OccurrenceState
    done_on: date | None
    count: int
    """How many records were found, those of the clerk's word included."""
    reason: str


def judge(
    occurrence: Occurrence, found: Sequence[Evidence], mark: Mark | None, at_least: int, today: date
) -> Verdict:
    """Return where an occurrence stands at the end of ``today``; what happened later does not count.

    ``found`` are the records of its period, in order of day. ``at_least`` of them meet it; one word of the
    clerk meets it alone.
    """
    seen = [one for one in found if one.on <= today]
    if mark and mark.on > today:
        mark = None
    if mark and mark.kind is MarkKind.WAIVER:
        return Verdict(OccurrenceState.WAIVED, None, len(seen), f"无需开展：{mark.note}")
    days = [seen[at_least - 1].on] if len(seen) >= at_least else []
    if mark:
        days.append(mark.on)
    if days:
        return _met(occurrence, min(days), seen, mark)
    return _open(occurrence, len(seen), at_least, today)


def _met(occurrence: Occurrence, done: date, seen: Sequence[Evidence], mark: Mark | None) -> Verdict:
    count = len(seen) + (mark is not None and mark.record not in {one.record for one in seen})
    said = f"{done}完成"
    if mark and mark.on == done and mark.note:
        said += f"（{mark.note}）"
    elif seen:
        said += f"，有{quoted(seen[0].title)}" + (f"等{len(seen)}项记录" if len(seen) > 1 else "的记录")
    late = (done - occurrence.due).days
    if late > 0:
        return Verdict(OccurrenceState.MET_LATE, done, count, f"{said}，比时限{occurrence.until}晚{late}天")
    return Verdict(OccurrenceState.MET, done, count, f"{said}，时限{occurrence.until}")


def _open(occurrence: Occurrence, count: int, at_least: int, today: date) -> Verdict:
    so_far = f"已有{count}项记录，应有{at_least}项" if at_least > 1 else "尚无完成记录"
    if today < occurrence.starts:
        return Verdict(
            OccurrenceState.UPCOMING, None, count, f"{occurrence.starts}起开展，时限{occurrence.until}"
        )
    if today <= occurrence.due:
        left = (occurrence.due - today).days
        when = f"距时限{occurrence.until}还有{left}天" if left else f"时限就是当天（{occurrence.until}）"
        return Verdict(OccurrenceState.DUE, None, count, f"{so_far}，{when}")
    late = f"时限{occurrence.until}已过{(today - occurrence.due).days}天，{so_far}"
    state = OccurrenceState.LATE if today <= occurrence.ends else OccurrenceState.MISSED
    return Verdict(state, None, count, late)
