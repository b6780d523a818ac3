"""Any course of a hazard follows the table of what may follow what, and keeps the law."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.books.hazards.course import effective, fold, lawful_steps
from hazard_desk.books.hazards.law import missing_commitments, supervised
from hazard_desk.books.hazards.step import CORRECTED, WITHDRAWN, Event
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.errors import Refused
from hazard_desk.rules.states import ESCALATED, HANDED, MAJOR, State
from tests.books.hazards.courses import FACTS, FOUND_ON, WHOLE, course, some

# What may follow what, written down once more so that the rules are not their own witness.

UNDONE = (State.FOUND, State.COMMITTED, State.HANDED)
DONE = (State.RECTIFIED, State.RECHECKED, State.CLOSED)
OPEN = (*UNDONE, State.RECTIFIED, State.RECHECKED)
MOVES: dict[str, tuple[tuple[State, ...], tuple[State, ...]]] = {
    Steps.COMMITTED.kind: (UNDONE, (State.COMMITTED, State.HANDED)),
    Steps.RECTIFIED.kind: (UNDONE, (State.RECTIFIED,)),
    Steps.RECHECK_PASSED.kind: ((State.RECTIFIED,), (State.RECHECKED,)),
    Steps.RECHECK_FAILED.kind: ((State.RECTIFIED,), UNDONE),
    Steps.SIGNED_OFF.kind: ((State.RECHECKED,), (State.CLOSED,)),
    Steps.REOPENED.kind: ((State.CLOSED,), UNDONE),
    Steps.HANDED_OVER.kind: (OPEN, (State.HANDED, State.RECTIFIED, State.RECHECKED)),
    Steps.ESCALATED.kind: (OPEN, (State.HANDED, State.RECTIFIED, State.RECHECKED)),
    Steps.SENT_BACK.kind: ((State.HANDED,), (State.FOUND, State.COMMITTED)),
    Steps.RESTORED.kind: ((State.MERGED,), OPEN),
    Steps.MERGED.kind: (OPEN, (State.MERGED,)),
    Steps.VOIDED.kind: (OPEN, (State.VOID,)),
}
STAYS: dict[str, tuple[State, ...]] = {
    Steps.EXTENDED.kind: UNDONE,
    Steps.LISTED.kind: (*OPEN, State.CLOSED),
    Steps.REGRADED.kind: (*OPEN, State.CLOSED),
    Steps.POSTED.kind: (*OPEN, State.CLOSED),
    Steps.REPLIED.kind: (State.HANDED,),
    Steps.REPORTED_DONE.kind: DONE,
    Steps.COUNTY_SIGNED.kind: DONE,
    Steps.REPORTED.kind: (*OPEN, State.CLOSED),
    Steps.PLANNED.kind: UNDONE,
    Steps.NOTICE_RECTIFY.kind: UNDONE,
    Steps.NOTICE_RECHECK.kind: (State.COMMITTED, State.RECTIFIED, State.RECHECKED, State.CLOSED),
    Steps.SUPERVISED.kind: OPEN,
    Steps.SUPERVISION_EXTENDED.kind: OPEN,
    Steps.SUPERVISION_ACCEPTED.kind: (State.RECTIFIED, State.RECHECKED, State.CLOSED),
    Steps.SUPERVISION_REMOVED.kind: (State.RECHECKED, State.CLOSED),
}
TOLD = {*MOVES, *STAYS, Steps.REGISTERED.kind}
FURTHER = [step for kind, step in STEPS.items() if kind not in TOLD]
"""A step that comes to these is its own witness of what it may follow; all else holds of it too."""
NEXT: dict[State, dict[str, tuple[State, ...]]] = {
    state: {kind: after for kind, (before, after) in MOVES.items() if state in before}
    | {kind: (state,) for kind, states in STAYS.items() if state in states}
    | {step.kind: (step.leads_to or state, State.FOUND) for step in FURTHER if state in step.after}
    for state in State
}


def test_the_table_tells_of_steps_that_there_are():
    assert set(STEPS) >= TOLD


@pytest.mark.parametrize("level", ["一般", MAJOR])
@pytest.mark.parametrize("length", range(1, 6))
def test_the_steps_offered_are_those_that_the_state_allows(length, level):
    events = course((Steps.REGISTERED.kind, 0, {"level": level}), *WHOLE[1:length])
    offered = {step.kind for step in lawful_steps(events)}
    not_now = {
        Steps.SUPERVISION_EXTENDED.kind,
        Steps.SUPERVISION_ACCEPTED.kind,
        Steps.SUPERVISION_REMOVED.kind,
    }
    not_now |= {Steps.PLANNED.kind} if level != MAJOR else set()
    assert offered == set(NEXT[fold(events).state]) - not_now


people = st.lists(st.sampled_from("甲乙"), min_size=1, max_size=2, unique=True)


@st.composite
def attempts(draw: Callable, events: list[Event]) -> Event:
    """A step, a correction or a withdrawal: a likely one (the next in the loop, soon) or any."""
    number, straight = len(events) + 1, effective(events)
    if draw(st.sampled_from([True, True, True, False])):
        last = max((event.happened_on - FOUND_ON).days for event in straight)
        kinds = [
            kind for kind in NEXT[fold(events).state] if kind not in (Steps.VOIDED.kind, Steps.MERGED.kind)
        ]
        onward = [kind for kind in kinds if kind in MOVES]
        kind = draw(st.sampled_from([*kinds, *onward * 5] or [Steps.VOIDED.kind]))
        return Event(number, kind, FOUND_ON + timedelta(draw(st.integers(last, last + 1))), draw(facts(kind)))
    kind = draw(st.sampled_from([kind for kind in STEPS if kind != Steps.REGISTERED.kind]))
    day = FOUND_ON + timedelta(draw(st.integers(-1, 9)))
    target = draw(st.sampled_from([None, *straight]))
    if target is None:
        return Event(number, kind, day, draw(facts(kind)))
    if draw(st.booleans()):
        return Event(number, WITHDRAWN, day, corrects=draw(st.integers(1, len(events))))
    known = {name: value for name, value in draw(facts(target.kind)).items() if name in target.facts}
    return Event(number, CORRECTED, day, known, corrects=target.number)


@st.composite
def facts(draw: Callable, kind: str) -> dict:
    """The facts of a step, with any people and deadlines."""
    drawn = dict(FACTS[kind]) if kind in FACTS else some(kind)
    for name in {"rectified_by", "rechecked_by"} & set(drawn):
        drawn[name] = draw(people)
    for name in {"deadline", "supervision_deadline"} & set(drawn):
        drawn[name] = FOUND_ON + timedelta(draw(st.integers(-1, 30)))
    return drawn


@st.composite
def courses(draw: Callable) -> list[Event]:
    """The events of a hazard that keeps every attempt that is lawful."""
    events = course((Steps.REGISTERED.kind, 0, {"level": draw(st.sampled_from(["一般", MAJOR]))}))
    for _ in range(draw(st.integers(0, 16))):
        attempt = draw(attempts(events))
        before = fold(events)
        try:
            fold([*events, attempt])
        except Refused:
            assert fold(events) == before
        else:
            events.append(attempt)
    return events


@settings(max_examples=60)
@given(courses())
def test_every_course_follows_the_table(events):
    folded = fold(events)
    state = State.FOUND
    for event in effective(events)[1:]:
        assert folded.after[event.number] in NEXT[state][event.kind]
        state = folded.after[event.number]
    assert folded.state is state


@settings(max_examples=60)
@given(courses())
def test_every_beginning_of_a_lawful_course_is_lawful(events):
    straight = effective(events)
    for length in range(1, len(straight) + 1):
        part = fold(straight[:length])
        assert part.after == {event.number: fold(events).after[event.number] for event in straight[:length]}


@settings(max_examples=60)
@given(courses())
def test_the_law_of_S0_holds_in_every_course(events):
    straight = effective(events)
    assert all(event.happened_on >= straight[0].happened_on for event in straight)
    for place, event in enumerate(straight[1:], start=1):
        before = fold(straight[:place]).facts
        ours = before.pool not in (HANDED, ESCALATED)
        if event.kind == Steps.RECTIFIED.kind and event.happened_on != before["found_on"] and ours:
            assert missing_commitments(before) == []
        if event.kind == Steps.EXTENDED.kind:
            assert event.facts["deadline"] > before["deadline"]
        if event.kind == Steps.SIGNED_OFF.kind and before["level"] == MAJOR:
            assert not set(before["rechecked_by"]) <= set(before["rectified_by"])
        if event.kind == Steps.SUPERVISION_REMOVED.kind:
            assert supervised(before)
            assert before["supervision_accepted_on"]
        if event.kind == Steps.NOTICE_RECHECK.kind:
            assert before["notice_number"]
