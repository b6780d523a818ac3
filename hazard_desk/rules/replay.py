"""The steps that a sheet's row tells of a hazard: which ones, on which day, in which order.

A sheet keeps what became of a hazard, not how. A step that leaves no day in the row (五落实, 一案一策,
限期整改意见书) is taken on the first day on which it may have been. What is left of earlier rounds (an
extension, a failed recheck, a reopening) comes in with the registration, as the sheet has it, and no step
is made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from hazard_desk.errors import Refused
from hazard_desk.rules.dates import parse_date
from hazard_desk.rules.fields import Row, Value
from hazard_desk.rules.steps import COMMITMENTS, ESCALATED, STEPS, State, StepKind

NOTE = "由表格导入"

_K = StepKind
_DATED = (_K.SUPERVISED, _K.RECTIFIED, _K.RECHECK_PASSED, _K.SUPERVISION_ACCEPTED, _K.SIGNED_OFF)
"""Steps that a day in the row of their own tells."""
_ROUND = (_K.RECTIFIED, _K.RECHECK_PASSED, _K.SIGNED_OFF)
_AFTER = {State.FOUND: 0, State.COMMITTED: 0, State.RECTIFIED: 1, State.RECHECKED: 2, State.CLOSED: 3}
"""How many steps of the round a hazard of this state has behind it."""
_ORDER = (
    _K.COMMITTED,
    _K.REPORTED,
    _K.PLANNED,
    _K.NOTICE_RECTIFY,
    _K.HANDED_OVER,
    _K.ESCALATED,
    _K.SUPERVISED,
    _K.RECTIFIED,
    _K.RECHECK_PASSED,
    _K.NOTICE_RECHECK,
    _K.SUPERVISION_ACCEPTED,
    _K.SIGNED_OFF,
    _K.SUPERVISION_REMOVED,
    _K.MERGED,
    _K.VOIDED,
)
"""Steps of one day follow each other so."""
_REPORT = re.compile(r"(.+?)\s*[（(]([^（()）]+)[）)]")


@dataclass(frozen=True)
class Move:
    """One step to be taken: its day and what it brings."""

    kind: StepKind
    day: date
    values: Row


def moves(now: Row, wanted: Row, since: date | None = None) -> list[Move]:
    """Return the steps that lead from the hazard ``now`` to the row ``wanted``, in their order.

    Both map fields of the hazard to values; what ``wanted`` lacks is not asked for. ``since`` is the first
    day on which something that left no day may have been done; else the last day that the hazard knows.
    Raises ``Refused`` for a story that the row does not tell.
    """
    since = since or max(now[step.dates] for step in STEPS.values() if step.dates and now.get(step.dates))
    if _new("extended_by", now, wanted):
        raise Refused("表格里看不出延期前的时限，请在工作台办理“延期”", "extended_by")
    if _new("rechecked_on", now, wanted) and not (wanted.get("rectified_on") or now.get("rectified_on")):
        raise Refused("填写了“复查日期”的，请一并填写“整改完成日期”", "rectified_on")
    found = [*_undated(now, wanted, since), *_dated(now, wanted), *_reported(now, wanted)]
    found.sort(key=lambda move: (move.day, _ORDER.index(move.kind)))
    if end := _end(now, wanted):
        found.append(_move(end, max([since, *(move.day for move in found)]), wanted))
    return found


def carried(wanted: Row) -> Row:
    """Return what earlier rounds left in a new hazard's row: facts of steps that it has not reached."""
    names = {"extended_by"}
    for kind in _ROUND:
        if not _reached(kind, wanted):
            names |= {*STEPS[kind].needs, *STEPS[kind].may}
            names |= {"rechecked_on"} if kind is _K.RECHECK_PASSED else set()
    return {name: wanted[name] for name in names if not _absent(wanted.get(name))}


def _reached(kind: StepKind, wanted: Row) -> bool:
    """Whether a hazard of the wanted state has this step of the round behind it, or may have."""
    state = wanted.get("state")
    if state not in _AFTER:
        return True
    return _ROUND.index(kind) < _AFTER[state]


def _dated(now: Row, wanted: Row) -> Iterator[Move]:
    for kind in (*_DATED, _K.SUPERVISION_REMOVED):
        if kind in _ROUND and not _reached(kind, wanted):
            continue
        if _new(STEPS[kind].dates, now, wanted):
            yield _move(kind, wanted[STEPS[kind].dates], wanted)
    if _new("handed_on", now, wanted):
        kind = _K.ESCALATED if wanted.get("pool") == ESCALATED else _K.HANDED_OVER
        yield _move(kind, wanted["handed_on"], wanted)


def _undated(now: Row, wanted: Row, since: date) -> Iterator[Move]:
    if commits(now, wanted):
        yield _move(_K.COMMITTED, since, now | wanted)
    if any(_new(name, now, wanted) for name in STEPS[_K.PLANNED].needs):
        yield _move(_K.PLANNED, since, wanted)
    if _new("notice_number", now, wanted):
        yield _move(_K.NOTICE_RECTIFY, since, now | wanted)
    if _new("recheck_number", now, wanted):
        yield _move(_K.NOTICE_RECHECK, wanted.get("rechecked_on") or since, wanted)


def commits(now: Row, wanted: Row) -> bool:
    """Whether the row tells that the five commitments were made for a hazard that waits for them."""
    merged = now | {name: value for name, value in wanted.items() if not _absent(value)}
    if now.get("state") != State.FOUND or any(_absent(merged.get(name)) for name in COMMITMENTS):
        return False
    new = any(_new(name, now, wanted) for name in COMMITMENTS)
    return new if wanted.get("state") is None else wanted["state"] == State.COMMITTED


def _reported(now: Row, wanted: Row) -> Iterator[Move]:
    told, known = wanted.get("reports") or [], now.get("reports") or []
    if told[: len(known)] != known:
        raise Refused("“双报告”与台账中已有的不一致，请在工作台办理", "reports")
    for day, group in groupby(map(_report, told[len(known) :]), key=lambda pair: pair[1]):
        yield Move(_K.REPORTED, day, {"reports": [name for name, _ in group]})


def _report(text: str) -> tuple[str, date]:
    """Return to whom and when from 监管单位（2023-05-20）."""
    match = _REPORT.fullmatch(text)
    day = parse_date(match[2], 0) if match else None
    if match is None or day is None:
        raise Refused("“双报告”请写明报告日期，例如 监管单位（2023-05-20）", "reports")
    return match[1], day


def _end(now: Row, wanted: Row) -> StepKind | None:
    ends = {State.MERGED: _K.MERGED, State.VOID: _K.VOIDED}
    state = wanted.get("state")
    return ends.get(State(state)) if state and state != now.get("state") else None


def _move(kind: StepKind, day: date, facts: Row) -> Move:
    step = STEPS[kind]
    told = {name: facts[name] for name in (*step.needs, *step.may) if not _absent(facts.get(name))}
    return Move(kind, day, told | ({"note": NOTE} if step.note_required else {}))


def _new(name: str, now: Row, wanted: Row) -> bool:
    """Whether the row tells something of this field that the hazard does not have yet."""
    return not _absent(wanted.get(name)) and wanted[name] != now.get(name)


def _absent(value: Value) -> bool:
    return value is None or value == "" or value == []
