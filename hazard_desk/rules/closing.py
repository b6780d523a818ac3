"""A hazard is its events: the steps it may take, what each must bring, and the fold to its state.

S0 三（二）：能立即整改的即查即改；不能立即整改的，必须明确责任人、措施、资金、时限和应急预案（五落实）。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row


class State(StrEnum):
    """Where a hazard stands; the words are what the clerk reads."""

    FOUND = "待整改"
    COMMITTED = "整改中"
    RECTIFIED = "待复查"
    RECHECKED = "待销号"
    CLOSED = "已销号"
    VOID = "已作废"


OPEN_STATES = (State.FOUND, State.COMMITTED, State.RECTIFIED, State.RECHECKED)
UNRECTIFIED = (State.FOUND, State.COMMITTED)
"""States in which the rectification deadline runs."""

MAJOR = "重大"
LEVELS = (MAJOR, "一般")
SOURCES = ("企业自查", "执法检查", "群众举报", "上级交办")


class StepKind(StrEnum):
    """The kinds of events."""

    REGISTERED = "registered"
    COMMITTED = "committed"
    RECTIFIED = "rectified"
    RECHECK_PASSED = "recheck_passed"
    RECHECK_FAILED = "recheck_failed"
    SIGNED_OFF = "signed_off"
    EXTENDED = "extended"
    VOIDED = "voided"
    CORRECTED = "corrected"


COMMITMENTS = {
    "responsible": "责任",
    "measures": "措施",
    "funds": "资金",
    "deadline": "时限",
    "contingency": "预案",
}
"""The five commitments (五落实): field of the hazard -> its one-word name."""


@dataclass(frozen=True)
class Step:
    """What one kind of event asks for and does. ``needs`` and ``may`` are fields of the hazard."""

    kind: StepKind
    label: str
    after: tuple[State, ...]
    """The states from which the step may be taken; empty: only to begin with."""
    leads_to: State | None
    """The state it leads to; None leaves the state as it is."""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    help: str = ""
    note_required: bool = False


STEPS: dict[StepKind, Step] = {
    step.kind: step
    for step in (
        Step(StepKind.REGISTERED, "登记", (), State.FOUND),
        Step(
            StepKind.COMMITTED,
            "落实“五落实”",
            UNRECTIFIED,
            State.COMMITTED,
            needs=tuple(COMMITMENTS),
            help="不能立即整改的隐患，须明确责任人、措施、资金、时限和应急预案",
        ),
        Step(
            StepKind.RECTIFIED,
            "整改完成",
            UNRECTIFIED,
            State.RECTIFIED,
            needs=("rectified_by",),
            may=("spent",),
            help="当日整改的可直接填写；其余须先完成“五落实”",
        ),
        Step(
            StepKind.RECHECK_PASSED,
            "复查通过",
            (State.RECTIFIED,),
            State.RECHECKED,
            needs=("rechecked_by", "recheck_finding"),
        ),
        Step(
            StepKind.RECHECK_FAILED,
            "复查未通过",
            (State.RECTIFIED,),
            State.COMMITTED,
            needs=("rechecked_by", "recheck_finding"),
            help="退回继续整改",
        ),
        Step(StepKind.SIGNED_OFF, "销号", (State.RECHECKED,), State.CLOSED, needs=("signed_off_by",)),
        Step(
            StepKind.EXTENDED,
            "延期",
            (State.COMMITTED,),
            None,
            needs=("deadline", "extended_by"),
            note_required=True,
            help="请写明延期原因和批准人",
        ),
        Step(StepKind.VOIDED, "作废", OPEN_STATES, State.VOID, note_required=True, help="请写明作废原因"),
    )
}

DATED = {
    StepKind.REGISTERED: "found_on",
    StepKind.RECTIFIED: "rectified_on",
    StepKind.RECHECK_PASSED: "rechecked_on",
    StepKind.RECHECK_FAILED: "rechecked_on",
    StepKind.SIGNED_OFF: "signed_off_on",
}
"""The field of the hazard that takes the day on which the event happened."""


@dataclass(frozen=True)
class Event:
    """One thing that happened to a hazard. ``facts`` are the hazard's fields that it set."""

    number: int
    """Order of entry; decides between events of one day."""
    kind: StepKind
    happened_on: date
    facts: Row = field(default_factory=dict)
    note: str = ""
    corrects: int | None = None
    """For a correction: the number of the event that it sets right."""


@dataclass(frozen=True)
class Folded:
    """What the events make of a hazard: its state, its facts, and the state after each event."""

    state: State
    facts: Row
    after: dict[int, State]


def effective(events: Iterable[Event]) -> list[Event]:
    """Return the events as corrected, in the order in which they happened.

    A correction replaces the facts it names in the event it corrects; the day moves if it says so.
    """
    standing: dict[int, Event] = {}
    for event in sorted(events, key=lambda e: e.number):
        if event.corrects is None:
            standing[event.number] = event
        else:
            old = standing[event.corrects]
            standing[old.number] = Event(
                old.number, old.kind, event.happened_on, old.facts | event.facts, event.note or old.note
            )
    return sorted(standing.values(), key=lambda e: (e.happened_on, e.number))


def fold(events: Iterable[Event]) -> Folded:
    """Return the hazard that ``events`` make.

    Raises ``Refused`` naming the first step that is not lawful where it stands.
    """
    state: State | None = None
    facts: Row = {}
    after: dict[int, State] = {}
    for event in effective(events):
        step = STEPS[event.kind]
        _lawful(step, event, state, facts)
        state = step.leads_to or state
        assert state is not None  # _lawful: the first event is a registration, which leads to a state
        if event.kind is StepKind.RECHECK_FAILED and not _committed(facts):
            state = State.FOUND
        facts = facts | event.facts
        if event.kind in DATED:
            facts[DATED[event.kind]] = event.happened_on
        if event.kind is StepKind.RECHECK_FAILED:
            facts |= {"rectified_on": None}
        after[event.number] = state
    if state is None:
        raise Refused("隐患须先登记")
    return Folded(state, facts, after)


def _lawful(step: Step, event: Event, state: State | None, facts: Row) -> None:
    if state is None:
        if event.kind is not StepKind.REGISTERED:
            raise Refused(f"“{step.label}”的日期不能早于发现日期", "happened_on")
        return
    if state not in step.after:
        raise Refused(f"隐患当前为“{state}”，不能办理“{step.label}”{_hint(state)}", "happened_on")
    if event.kind is StepKind.COMMITTED and event.facts["deadline"] < facts["found_on"]:
        raise Refused(f"整改时限不能早于发现日期{facts['found_on'].isoformat()}", "deadline")
    if event.kind is StepKind.RECTIFIED:
        _rectifiable(event, facts)
    if event.kind is StepKind.SIGNED_OFF:
        _closable(facts)
    if event.kind is StepKind.EXTENDED and event.facts["deadline"] <= facts["deadline"]:
        raise Refused(f"延期后的整改时限须晚于原时限{facts['deadline'].isoformat()}", "deadline")


def _hint(state: State) -> str:
    hints = {
        State.FOUND: "，请先办理“落实五落实”或“整改完成”",
        State.COMMITTED: "，请先办理“整改完成”",
        State.RECTIFIED: "，请先办理复查",
        State.RECHECKED: "，下一步是“销号”",
    }
    return hints.get(state, "")


def _rectifiable(event: Event, facts: Row) -> None:
    """Not rectified on the very day: all five commitments must stand (S0 三（二）)."""
    if event.happened_on == facts["found_on"] or _committed(facts):
        return
    missing = "、".join(missing_commitments(facts))
    raise Refused(f"未在发现当日整改的隐患，须先落实“五落实”，现缺：{missing}", "happened_on")


def _closable(facts: Row) -> None:
    """A major hazard is rechecked by somebody other than who rectified it."""
    if facts.get("level") == MAJOR and set(facts["rechecked_by"]) <= set(facts["rectified_by"]):
        raise Refused("重大隐患销号前，须由整改人以外的人员复查，请先更正复查人或重新复查", "signed_off_by")


def missing_commitments(facts: Row) -> list[str]:
    """Return the names of the commitments (责任 措施 资金 时限 预案) that are not there yet."""
    return [word for name, word in COMMITMENTS.items() if _absent(facts.get(name))]


def _committed(facts: Row) -> bool:
    return not missing_commitments(facts)


def _absent(value: Any) -> bool:
    return value is None or value == "" or value == []


def lawful_steps(events: Sequence[Event], today: date) -> list[Step]:
    """Return the steps that the hazard may take on ``today``; what they must bring is not asked yet."""
    state = fold(events).state
    return [step for step in STEPS.values() if state in step.after]


def overdue(state: str, deadline: date | None, today: date) -> bool:
    """Whether the rectification deadline has passed and the hazard is not rectified."""
    return deadline is not None and deadline < today and state in UNRECTIFIED
