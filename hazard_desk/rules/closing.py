"""A hazard is its events: the fold to its state and facts, and what makes a step unlawful.

The steps themselves are declared in ``steps``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, Value
from hazard_desk.rules.steps import (
    COMMITMENTS,
    ESCALATED,
    FULL_LIST,
    HANDED,
    MAJOR,
    STEPS,
    UNRECTIFIED,
    State,
    Step,
    StepKind,
    quoted,
)


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
    """For a correction or withdrawal: the number of the event that it sets right or takes back."""


@dataclass(frozen=True)
class Folded:
    """What the events make of a hazard: its state, its facts, and the state after each event."""

    state: State
    facts: Row
    after: dict[int, State]


def effective(events: Iterable[Event]) -> list[Event]:
    """Return the events as corrected and without those withdrawn, in the order in which they happened.

    A correction replaces the facts it names in the event it corrects; the day moves if it says so.
    """
    entered = sorted(events, key=lambda event: event.number)
    withdrawn = {event.corrects for event in entered if event.kind is StepKind.WITHDRAWN}
    standing: dict[int, Event] = {}
    for event in entered:
        if event.number in withdrawn or event.kind is StepKind.WITHDRAWN:
            continue
        if event.corrects is None:
            standing[event.number] = event
        elif event.corrects in standing:
            old = standing[event.corrects]
            standing[old.number] = Event(
                old.number, old.kind, event.happened_on, old.facts | event.facts, event.note or old.note
            )
    return sorted(standing.values(), key=lambda event: (event.happened_on, event.number))


def fold(events: Iterable[Event], taking: int | None = None) -> Folded:
    """Return the hazard that ``events`` make.

    ``taking`` is the number of the step that is taken here and now: the law asks more of it than of what
    was kept or comes in from a sheet, which may have gaps. Raises ``Refused`` naming the first step that
    is not lawful where it stands.
    """
    state: State | None = None
    facts: Row = {}
    after: dict[int, State] = {}
    for event in effective(events):
        _lawful(event, state, facts)
        if event.number == taking and event.kind is StepKind.SIGNED_OFF:
            _supervision_done(event, facts)
        facts = _facts_after(event, facts)
        state = _state_after(event, state, facts)
        after[event.number] = state
    if state is None:
        raise Refused("隐患须先登记")
    return Folded(state, facts, after)


def _state_after(event: Event, state: State | None, facts: Row) -> State:
    """Back to work means 整改中 only where the five commitments stand; else 待整改."""
    leads_to = STEPS[event.kind].leads_to or state
    assert leads_to is not None  # the first event is a registration, which leads to a state
    if leads_to is State.COMMITTED and not _committed(facts):
        return State.FOUND
    return leads_to


def _facts_after(event: Event, facts: Row) -> Row:
    """Return the facts with what the event brings, its day, and what it makes void."""
    step = STEPS[event.kind]
    told = dict(event.facts)
    if event.kind is StepKind.REPORTED:
        day = event.happened_on.isoformat()
        told["reports"] = [*facts.get("reports", ()), *(f"{name}（{day}）" for name in told["reports"])]
    facts = facts | told | _BECOMES.get(event.kind, {})
    return facts | {step.dates: event.happened_on} if step.dates else facts


_BECOMES: dict[StepKind, Row] = {
    StepKind.REGISTERED: {"pool": FULL_LIST},
    StepKind.HANDED_OVER: {"pool": HANDED},
    StepKind.ESCALATED: {"pool": ESCALATED},
    StepKind.RECHECK_FAILED: {"rectified_on": None, "supervision_accepted_on": None},
    StepKind.REOPENED: {
        "rectified_on": None,
        "rechecked_on": None,
        "signed_off_on": None,
        "supervision_accepted_on": None,
    },
    StepKind.SUPERVISED: {"supervision_accepted_on": None, "supervision_removed_on": None},
}
"""Fields that a step sets by itself, without being asked."""


def _lawful(event: Event, state: State | None, facts: Row) -> None:
    step = STEPS[event.kind]
    if state is None:
        if event.kind is not StepKind.REGISTERED:
            raise Refused(f"{quoted(step.label)}的日期不能早于发现日期", "happened_on")
        return
    if state not in step.after:
        raise Refused(
            f"隐患当前为“{state}”，不能办理{quoted(step.label)}{_HINTS.get(state, '')}", "happened_on"
        )
    if step.major_only and facts.get("level") != MAJOR:
        raise Refused(f"{quoted(step.label)}只用于重大隐患", "happened_on")
    if guard := _GUARDS.get(event.kind):
        guard(event, facts)


_HINTS = {
    State.FOUND: "，请先办理“落实‘五落实’”或“整改完成”",
    State.COMMITTED: "，请先办理“整改完成”",
    State.RECTIFIED: "，请先办理复查",
    State.RECHECKED: "，下一步是“销号”",
}


def _rectifiable(event: Event, facts: Row) -> None:
    """Not rectified on the very day: all five commitments must stand (S0 三（二）)."""
    if event.happened_on == facts["found_on"] or _committed(facts):
        return
    missing = "、".join(missing_commitments(facts))
    raise Refused(f"未在发现当日整改的隐患，须先落实“五落实”，现缺：{missing}", "happened_on")


def _closable(event: Event, facts: Row) -> None:
    """A major hazard is rechecked by somebody other than who rectified it."""
    if facts.get("level") == MAJOR and set(facts["rechecked_by"]) <= set(facts["rectified_by"]):
        raise Refused("重大隐患销号前，须由整改人以外的人员复查，请先更正复查人或重新复查", "signed_off_by")


def _deadline_after_discovery(event: Event, facts: Row) -> None:
    if event.facts["deadline"] < facts["found_on"]:
        raise Refused(f"整改时限不能早于发现日期{facts['found_on'].isoformat()}", "deadline")
    _deadline_kept(event, facts)


def _later_deadline(event: Event, facts: Row) -> None:
    if event.facts["deadline"] <= facts["deadline"]:
        raise Refused(f"延期后的整改时限须晚于原时限{facts['deadline'].isoformat()}", "deadline")


def _notice_deadline(event: Event, facts: Row) -> None:
    if event.facts["deadline"] < event.happened_on:
        raise Refused("限期整改的时限不能早于下发日期", "deadline")
    _deadline_kept(event, facts)


def _deadline_kept(event: Event, facts: Row) -> None:
    """Once committed to, a deadline moves back only by an extension, which somebody approves."""
    if _committed(facts) and event.facts["deadline"] > facts["deadline"]:
        raise Refused(
            f"已定的整改时限是{facts['deadline'].isoformat()}，要推后请办理“延期”，写明原因和批准人",
            "deadline",
        )


def _noticed(event: Event, facts: Row) -> None:
    if not facts.get("notice_number"):
        raise Refused("出具复查意见书前，须先下发限期整改意见书", "recheck_number")
    if not facts.get("rechecked_on"):
        raise Refused("出具复查意见书前，须先登记复查结果", "recheck_number")


def supervised(facts: Row) -> bool:
    """Whether the hazard is listed for supervision (挂牌督办) and not removed from it."""
    return facts.get("supervision_on") is not None and facts.get("supervision_removed_on") is None


def _not_supervised(event: Event, facts: Row) -> None:
    if supervised(facts):
        raise Refused("该隐患已挂牌督办，尚未摘牌", "supervision_number")
    if event.facts["supervision_deadline"] < event.happened_on:
        raise Refused("督办时限不能早于挂牌日期", "supervision_deadline")


def _supervised(event: Event, facts: Row) -> None:
    if not supervised(facts):
        raise Refused(f"该隐患未挂牌督办，不能办理{quoted(STEPS[event.kind].label)}", "happened_on")


def _later_supervision(event: Event, facts: Row) -> None:
    _supervised(event, facts)
    old = facts["supervision_deadline"]
    if event.facts["supervision_deadline"] <= old:
        raise Refused(f"延期后的督办时限须晚于原时限{old.isoformat()}", "supervision_deadline")


def _accepted(event: Event, facts: Row) -> None:
    _supervised(event, facts)
    if facts.get("supervision_accepted_on") is None:
        raise Refused("摘牌前须先办理“督办验收”", "happened_on")


def _supervision_done(event: Event, facts: Row) -> None:
    """What was listed for supervision is accepted by its supervisor before it is signed off."""
    if supervised(facts) and facts.get("supervision_accepted_on") is None:
        raise Refused("该隐患正在挂牌督办，销号前请先办理“督办验收”", "happened_on")


_GUARDS: dict[StepKind, Callable[[Event, Row], None]] = {
    StepKind.COMMITTED: _deadline_after_discovery,
    StepKind.RECTIFIED: _rectifiable,
    StepKind.SIGNED_OFF: _closable,
    StepKind.EXTENDED: _later_deadline,
    StepKind.NOTICE_RECTIFY: _notice_deadline,
    StepKind.NOTICE_RECHECK: _noticed,
    StepKind.SUPERVISED: _not_supervised,
    StepKind.SUPERVISION_EXTENDED: _later_supervision,
    StepKind.SUPERVISION_ACCEPTED: _supervised,
    StepKind.SUPERVISION_REMOVED: _accepted,
}


def missing_commitments(facts: Row) -> list[str]:
    """Return the names of the commitments (责任 措施 资金 时限 预案) that are not there yet."""
    return [word for name, word in COMMITMENTS.items() if _absent(facts.get(name))]


def _committed(facts: Row) -> bool:
    return not missing_commitments(facts)


def _absent(value: Value) -> bool:
    return value is None or value == "" or value == []


_ONLY_SUPERVISED = (
    StepKind.SUPERVISION_EXTENDED,
    StepKind.SUPERVISION_ACCEPTED,
    StepKind.SUPERVISION_REMOVED,
)


def lawful_steps(events: Sequence[Event]) -> list[Step]:
    """Return the steps that the hazard may take from where it stands; what they bring is not asked yet."""
    now = fold(events)
    steps = [step for step in STEPS.values() if now.state in step.after]
    if now.facts.get("level") != MAJOR:
        steps = [step for step in steps if not step.major_only]
    barred = (StepKind.SUPERVISED,) if supervised(now.facts) else _ONLY_SUPERVISED
    return [step for step in steps if step.kind not in barred]


def overdue(state: str, deadline: date | None, today: date) -> bool:
    """Whether the rectification deadline has passed and the hazard is not rectified."""
    return deadline is not None and deadline < today and state in UNRECTIFIED
