"""Whether an occurrence of a duty is met on a day: by records that are found, or by the clerk's own word.

An obligation is *who × whom × how often × by when × proof*. ``Demand`` says who is to do it and to whom; a
record counts only if its person, its objects and its day fit.

The proof is written as "activity:五进宣传", "activity:教育培训/预案" (only where the title has that word,
or each of several parted by a blank, and does not deny it),
"check:带队", "check:*" (of any kind), "firm:应急演练" (企业履职), "form:fangshan-2023", "paper:bulletin",
"register:slogans".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hazard_desk.errors import Refused
from hazard_desk.rules.obligation import Demand, Evidence
from hazard_desk.rules.recurrence import Occurrence
from hazard_desk.rules.wording import quoted

SOURCES = ("activity", "check", "firm", "form", "paper", "register")
"""Where records that fulfil a duty may stand."""
ANY = "*"
"""The name of a code that takes records of whatever kind."""


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


def named_of(codes: Iterable[str], source: str) -> list[str]:
    """Return what codes name of one source, each once: the ids of the forms, the kinds of checks."""
    wants = (read_code(code) for code in codes)
    return list(dict.fromkeys(want.name for want in wants if want.source == source))


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
    BEFORE = "起账前"
    """It fell due before the desk was begun, and nothing was entered of it: neither late nor missing."""


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
    BEFORE = "起账前"


def duty_state(states: Sequence[OccurrenceState]) -> DutyState:
    """Return where a duty stands whose occurrences stand so; none yet: it waits for its event."""
    if not states:
        return DutyState.WAITING
    if all(state is OccurrenceState.BEFORE for state in states):
        return DutyState.BEFORE
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
    missing: tuple[str, ...] = ()
    """The objects for which nothing was done yet."""


@dataclass(frozen=True)
class _Tally:
    """What was found for an occurrence: the records that count, those near it, and for whom none does."""

    seen: Sequence[Evidence]
    near: Sequence[Evidence]
    """Of its kind and period, but done by another."""
    done: date | None
    """The day on which it was met by records."""
    missing: tuple[str, ...] = ()


def judge(
    occurrence: Occurrence,
    found: Sequence[Evidence],
    mark: Mark | None,
    asked: Demand,
    today: date,
    words: Mapping[str, Mark] | None = None,
) -> Verdict:
    """Return where an occurrence stands at the end of ``today``; what happened later does not count.

    ``found`` are the records of its kind and period, in order of day. One word of the clerk meets it alone;
    ``words`` are those on single objects, by their name.
    """
    course = _tally(occurrence, found, asked, today, words or {})
    if mark and mark.on > today:
        mark = None
    if mark and mark.kind is MarkKind.WAIVER:
        return Verdict(OccurrenceState.WAIVED, None, len(course.seen), f"无需开展：{mark.note}")
    days = [day for day in (course.done, mark.on if mark else None) if day]
    if days:
        return _met(occurrence, min(days), course.seen, mark, asked)
    return _open(occurrence, course, asked, today)


def _tally(
    occurrence: Occurrence,
    found: Sequence[Evidence],
    asked: Demand,
    today: date,
    words: Mapping[str, Mark],
) -> _Tally:
    there = [one for one in found if one.on <= today and one.covers(occurrence.due)]
    seen = [one for one in there if asked.fits(one)]
    near = [one for one in there if not asked.fits(one)]
    if not asked.whom:
        done = seen[asked.at_least - 1].on if len(seen) >= asked.at_least else None
        return _Tally(seen, near, done)
    days: dict[str, date] = {}
    for name, own in asked.days(seen).items():
        said = words.get(name)
        if len(own) >= asked.at_least:
            days[name] = own[asked.at_least - 1]
        elif said and said.on <= today:
            days[name] = said.on
    missing = tuple(name for name in asked.objects if name not in days)
    done = max(days.values(), default=None) if not missing else None
    return _Tally(seen, near, done, missing)


def occurrence_since(occurrence: Occurrence, verdict: Verdict, opened: date | None) -> Verdict:
    """Return a verdict on what may have fallen due before the desk was begun (``opened``, 起账日)."""
    if opened is None or occurrence.due >= opened:
        return verdict
    if verdict.state in BEHIND:
        told = f"时限{occurrence.until}在起账日{opened}之前，没有登记；已经开展的可以补记"
        return replace(verdict, state=OccurrenceState.BEFORE, reason=told)
    if verdict.state is OccurrenceState.MET_LATE and (verdict.done_on or opened) >= opened:
        return replace(verdict, state=OccurrenceState.MET, reason=f"{verdict.done_on}补记，起账日之前到期")
    return verdict


def _met(
    occurrence: Occurrence, done: date, seen: Sequence[Evidence], mark: Mark | None, asked: Demand
) -> Verdict:
    count = len(seen) + (mark is not None and mark.record not in {one.record for one in seen})
    said = f"{done}完成"
    if mark and mark.on == done and mark.note:
        said += f"（{mark.note}）"
    elif seen:
        said += f"，有{quoted(seen[0].title)}" + (f"等{len(seen)}项记录" if len(seen) > 1 else "的记录")
    if asked.whom and not mark:
        said += f"，{len(asked.objects)}个对象全部完成"
    late = (done - occurrence.due).days
    if late > 0:
        return Verdict(OccurrenceState.MET_LATE, done, count, f"{said}，比时限{occurrence.until}晚{late}天")
    return Verdict(OccurrenceState.MET, done, count, f"{said}，时限{occurrence.until}")


def _open(occurrence: Occurrence, course: _Tally, asked: Demand, today: date) -> Verdict:
    so_far = _so_far(course, asked)
    count, missing = len(course.seen), course.missing
    if today < occurrence.starts:
        told = f"{occurrence.starts}起开展，时限{occurrence.until}"
        return Verdict(OccurrenceState.UPCOMING, None, count, told, missing)
    if today <= occurrence.due:
        left = (occurrence.due - today).days
        when = f"距时限{occurrence.until}还有{left}天" if left else f"时限就是当天（{occurrence.until}）"
        return Verdict(OccurrenceState.DUE, None, count, f"{so_far}，{when}", missing)
    late = f"时限{occurrence.until}已过{(today - occurrence.due).days}天，{so_far}"
    state = OccurrenceState.LATE if today <= occurrence.ends else OccurrenceState.MISSED
    return Verdict(state, None, count, late, missing)


_TOLD = 3
"""So many names are told of what is missing; the others are counted."""


def _so_far(course: _Tally, asked: Demand) -> str:
    """Return what was done, what is missing by name, and what looks like it but was done by another."""
    if asked.whom and not asked.objects:
        return f"还没有登记可以对照的对象（{asked.whom}）"
    if asked.who and not asked.doers:
        return f"还没有登记{asked.who}是谁，请在领导小组名单中登记"
    if asked.whom:
        done = len(asked.objects) - len(course.missing)
        more = f"等{len(course.missing)}个" if len(course.missing) > _TOLD else ""
        told = f"{len(asked.objects)}个对象已完成{done}个，还缺{'、'.join(course.missing[:_TOLD])}{more}"
    elif asked.at_least > 1:
        told = f"已有{len(course.seen)}项记录，应有{asked.at_least}项"
    else:
        told = "尚无完成记录"
    return f"{told}，{_other(course.near, asked.who)}" if course.near else told


def _other(near: Sequence[Evidence], who: str) -> str:
    """Return why the records near it do not count."""
    people = "、".join(sorted({name for one in near for name in one.people}))
    by = f"是{people}办的，不是{who}" if people else f"没有写明由谁办，不能算作{who}"
    return f"另有{quoted(near[0].title)}" + (f"等{len(near)}项记录" if len(near) > 1 else "的记录") + by
