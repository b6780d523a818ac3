"""The closed loop of a hazard, as a pure fold over its events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.closing import (
    COMMITMENTS,
    MAJOR,
    STEPS,
    Event,
    Folded,
    State,
    StepKind,
    effective,
    fold,
    lawful_steps,
    missing_commitments,
    overdue,
)

FOUND_ON = date(2023, 5, 20)
K = StepKind

FIVE = {
    "responsible": "丙负责",
    "measures": "更换线路",
    "funds": 1.5,
    "deadline": FOUND_ON + timedelta(10),
    "contingency": "断电",
}
FACTS = {
    K.REGISTERED: {"level": "一般"},
    K.COMMITTED: FIVE,
    K.RECTIFIED: {"rectified_by": ["丁整改"], "spent": None},
    K.RECHECK_PASSED: {"rechecked_by": ["戊复查"], "recheck_finding": "合格"},
    K.RECHECK_FAILED: {"rechecked_by": ["戊复查"], "recheck_finding": "未穿管"},
    K.SIGNED_OFF: {"signed_off_by": "己审批"},
    K.EXTENDED: {"deadline": FOUND_ON + timedelta(20), "extended_by": "己审批"},
    K.VOIDED: {},
}


def course(*taken: tuple[StepKind, int] | tuple[StepKind, int, dict]) -> list[Event]:
    """Return events: kind, days after discovery, and facts other than usual."""
    return [
        Event(number, kind, FOUND_ON + timedelta(day), FACTS[kind] | (other[0] if other else {}))
        for number, (kind, day, *other) in enumerate(taken, start=1)
    ]


def corrected(events: list[Event], number: int, days: int, facts: dict | None = None) -> list[Event]:
    day = FOUND_ON + timedelta(days)
    return [*events, Event(len(events) + 1, K.CORRECTED, day, facts or {}, corrects=number)]


WHOLE = (
    (K.REGISTERED, 0),
    (K.COMMITTED, 1),
    (K.RECTIFIED, 5),
    (K.RECHECK_PASSED, 6),
    (K.SIGNED_OFF, 7),
)


def test_the_whole_loop_sets_state_dates_and_facts():
    folded = fold(course(*WHOLE))
    assert folded.state is State.CLOSED
    assert list(folded.after.values()) == [
        State.FOUND,
        State.COMMITTED,
        State.RECTIFIED,
        State.RECHECKED,
        State.CLOSED,
    ]
    days = ("found_on", "rectified_on", "rechecked_on", "signed_off_on")
    assert [(folded.facts[name] - FOUND_ON).days for name in days] == [0, 5, 6, 7]
    assert folded.facts["deadline"] == FIVE["deadline"]


def test_rectified_on_the_day_itself_needs_no_commitments():
    assert fold(course((K.REGISTERED, 0), (K.RECTIFIED, 0))).state is State.RECTIFIED


def test_rectified_later_needs_all_five():
    with pytest.raises(Refused, match="须先落实“五落实”，现缺：责任、措施、资金、时限、预案"):
        fold(course((K.REGISTERED, 0), (K.RECTIFIED, 1)))


@pytest.mark.parametrize(("name", "word"), COMMITMENTS.items())
def test_each_of_the_five_counts(name, word):
    some = {key: value for key, value in FIVE.items() if key != name}
    assert missing_commitments(some) == [word]
    with pytest.raises(Refused, match=f"现缺：{word}$"):
        fold(course((K.REGISTERED, 0, some), (K.RECTIFIED, 1)))
    assert fold(course((K.REGISTERED, 0, FIVE), (K.RECTIFIED, 1))).state is State.RECTIFIED


def test_no_funds_needed_is_a_commitment_too():
    assert missing_commitments(FIVE | {"funds": 0}) == []


def test_a_failed_recheck_goes_back():
    folded = fold(course(*WHOLE[:3], (K.RECHECK_FAILED, 6)))
    assert folded.state is State.COMMITTED
    assert folded.facts["rectified_on"] is None
    assert folded.facts["rechecked_on"] == FOUND_ON + timedelta(6)
    uncommitted = fold(course((K.REGISTERED, 0), (K.RECTIFIED, 0), (K.RECHECK_FAILED, 0)))
    assert uncommitted.state is State.FOUND


class TestSignOff:
    def loop(self, level: str, rectified_by: list[str], rechecked_by: list[str]) -> Folded:
        return fold(
            course(
                (K.REGISTERED, 0, {"level": level}),
                (K.COMMITTED, 1),
                (K.RECTIFIED, 5, {"rectified_by": rectified_by}),
                (K.RECHECK_PASSED, 6, {"rechecked_by": rechecked_by}),
                (K.SIGNED_OFF, 7),
            )
        )

    @pytest.mark.parametrize("rechecked_by", [["甲"], ["甲", "乙"], ["乙"]])
    def test_a_major_hazard_is_rechecked_by_somebody_else(self, rechecked_by):
        with pytest.raises(Refused, match="整改人以外的人员复查") as caught:
            self.loop(MAJOR, ["甲", "乙"], rechecked_by)
        assert caught.value.field == "signed_off_by"

    def test_one_other_rechecker_is_enough(self):
        assert self.loop(MAJOR, ["甲"], ["甲", "丙"]).state is State.CLOSED

    def test_an_ordinary_hazard_may_be_rechecked_by_the_same_person(self):
        assert self.loop("一般", ["甲"], ["甲"]).state is State.CLOSED


class TestDeadlines:
    def test_an_extension_must_be_later(self):
        for days in (9, 10):
            sooner = {"deadline": FOUND_ON + timedelta(days)}
            with pytest.raises(Refused, match="须晚于原时限2023-05-30") as caught:
                fold(course(*WHOLE[:2], (K.EXTENDED, 3, sooner)))
            assert caught.value.field == "deadline"

    def test_a_second_extension_is_later_than_the_first(self):
        first = (K.EXTENDED, 3)
        with pytest.raises(Refused, match="须晚于原时限2023-06-09"):
            fold(course(*WHOLE[:2], first, (K.EXTENDED, 4, {"deadline": FOUND_ON + timedelta(20)})))
        again = fold(course(*WHOLE[:2], first, (K.EXTENDED, 4, {"deadline": FOUND_ON + timedelta(21)})))
        assert again.facts["deadline"] == FOUND_ON + timedelta(21)

    def test_a_deadline_before_discovery_is_refused(self):
        with pytest.raises(Refused, match="不能早于发现日期") as caught:
            fold(course((K.REGISTERED, 0), (K.COMMITTED, 1, {"deadline": FOUND_ON - timedelta(1)})))
        assert caught.value.field == "deadline"

    @pytest.mark.parametrize(
        ("state", "days", "late"),
        [(State.FOUND, 11, True), (State.COMMITTED, 11, True), (State.COMMITTED, 10, False)]
        + [(state, 99, False) for state in (State.RECTIFIED, State.RECHECKED, State.CLOSED, State.VOID)],
    )
    def test_overdue_is_past_the_day_and_not_rectified(self, state, days, late):
        assert overdue(state, FIVE["deadline"], FOUND_ON + timedelta(days)) is late
        assert not overdue(state, None, FOUND_ON + timedelta(days))


class TestOrder:
    def test_a_step_entered_late_takes_its_place_by_its_day(self):
        events = course((K.REGISTERED, 0), (K.COMMITTED, 5), (K.COMMITTED, 2, {"responsible": "乙"}))
        assert [event.number for event in effective(events)] == [1, 3, 2]
        assert fold(events).facts["responsible"] == "丙负责"

    def test_on_one_day_the_order_of_entry_decides(self):
        assert fold(course(*((kind, 0) for kind, _ in WHOLE))).state is State.CLOSED

    def test_a_step_before_discovery_is_refused(self):
        with pytest.raises(Refused, match="“落实“五落实””的日期不能早于发现日期|不能早于发现日期"):
            fold(course((K.REGISTERED, 0), (K.COMMITTED, -1)))

    def test_a_step_put_where_it_is_not_lawful_is_refused(self):
        with pytest.raises(Refused, match="当前为“整改中”，不能办理“复查通过”"):
            fold(course(*WHOLE[:3], (K.RECHECK_PASSED, 4)))

    def test_the_list_may_come_in_any_order(self):
        events = course(*WHOLE)
        assert fold(reversed(events)) == fold(events)

    def test_nothing_is_no_hazard(self):
        with pytest.raises(Refused, match="须先登记"):
            fold([])

    def test_a_hazard_is_registered_once(self):
        with pytest.raises(Refused, match="不能办理“登记”"):
            fold(course((K.REGISTERED, 0), (K.REGISTERED, -1)))


class TestCorrections:
    def test_only_the_named_facts_change(self):
        events = corrected(course(*WHOLE), 2, 1, {"responsible": "乙"})
        folded = fold(events)
        assert folded.facts == fold(course(*WHOLE)).facts | {"responsible": "乙"}
        assert list(folded.after) == [1, 2, 3, 4, 5], "a correction is no step of its own"

    def test_a_correction_is_corrected_by_a_further_one(self):
        once = corrected(course(*WHOLE), 2, 1, {"responsible": "乙"})
        twice = corrected(once, 2, 1, {"measures": "停用"})
        assert fold(twice).facts["responsible"] == "乙"
        assert fold(twice).facts["measures"] == "停用"
        back = corrected(twice, 2, 1, {"responsible": "丙负责", "measures": "更换线路"})
        assert fold(back) == fold(course(*WHOLE))

    def test_a_corrected_day_moves_the_step(self):
        events = corrected(course(*WHOLE), 3, 2)
        assert fold(events).facts["rectified_on"] == FOUND_ON + timedelta(2)

    @pytest.mark.parametrize(("number", "days"), [(1, 2), (2, 6), (3, 7), (4, 8), (5, 5), (4, 4)])
    def test_a_day_that_breaks_the_order_is_refused(self, number, days):
        with pytest.raises(Refused):
            fold(corrected(course(*WHOLE), number, days))

    def test_moving_discovery_back_ends_the_same_day_rule(self):
        with pytest.raises(Refused, match="五落实"):
            fold(corrected(course((K.REGISTERED, 0), (K.RECTIFIED, 0)), 1, -1))

    def test_making_it_major_asks_for_another_rechecker(self):
        own = {"rechecked_by": ["丁整改"]}
        events = course(*WHOLE[:3], (K.RECHECK_PASSED, 6, own), (K.SIGNED_OFF, 7))
        with pytest.raises(Refused, match="整改人以外"):
            fold(corrected(events, 1, 0, {"level": MAJOR}))

    def test_a_note_stands_unless_replaced(self):
        events = [*course(WHOLE[0]), Event(2, K.VOIDED, FOUND_ON, {}, "重复登记")]
        assert effective(corrected(events, 2, 1))[1].note == "重复登记"


@pytest.mark.parametrize("length", range(1, 6))
def test_the_steps_offered_are_those_that_the_state_allows(length):
    offered = {step.kind for step in lawful_steps(course(*WHOLE[:length]), FOUND_ON)}
    assert offered == set(NEXT[fold(course(*WHOLE[:length])).state])


# Any course of events

NEXT: dict[State, dict[StepKind, set[State]]] = {
    State.FOUND: {
        K.COMMITTED: {State.COMMITTED},
        K.RECTIFIED: {State.RECTIFIED},
        K.VOIDED: {State.VOID},
    },
    State.COMMITTED: {
        K.COMMITTED: {State.COMMITTED},
        K.RECTIFIED: {State.RECTIFIED},
        K.EXTENDED: {State.COMMITTED},
        K.VOIDED: {State.VOID},
    },
    State.RECTIFIED: {
        K.RECHECK_PASSED: {State.RECHECKED},
        K.RECHECK_FAILED: {State.COMMITTED, State.FOUND},
        K.VOIDED: {State.VOID},
    },
    State.RECHECKED: {K.SIGNED_OFF: {State.CLOSED}, K.VOIDED: {State.VOID}},
    State.CLOSED: {},
    State.VOID: {},
}
"""What may follow what, written down once more so that the rules are not their own witness."""

people = st.lists(st.sampled_from("甲乙"), min_size=1, max_size=2, unique=True)


@st.composite
def attempts(draw: Callable, events: list[Event]) -> Event:
    """A step or a correction: a likely one (the next in the loop, soon) or any."""
    kinds = [kind for kind in STEPS if kind is not K.REGISTERED]
    days = st.integers(-1, 9)
    likely = draw(st.sampled_from([True, True, True, False]))
    if likely:
        last = max((event.happened_on - FOUND_ON).days for event in effective(events))
        days = st.integers(last, last + 1)
        kinds = [kind for kind in NEXT[fold(events).state] if kind is not K.VOIDED] or kinds
    kind = draw(st.sampled_from(kinds))
    facts = dict(FACTS[kind])
    for name in {"rectified_by", "rechecked_by"} & set(facts):
        facts[name] = draw(people)
    if "deadline" in facts:
        facts["deadline"] = FOUND_ON + timedelta(draw(st.integers(-1, 30)))
    day, number = FOUND_ON + timedelta(draw(days)), len(events) + 1
    target = None if likely else draw(st.sampled_from([None, *effective(events)]))
    if target is None:
        return Event(number, kind, day, facts)
    known = {name: value for name, value in facts.items() if name in target.facts}
    return Event(number, K.CORRECTED, day, known, corrects=target.number)


@st.composite
def courses(draw: Callable) -> list[Event]:
    """The events of a hazard that keeps every attempt that is lawful."""
    events = course((K.REGISTERED, 0, {"level": draw(st.sampled_from(["一般", MAJOR]))}))
    for _ in range(draw(st.integers(0, 12))):
        attempt = draw(attempts(events))
        before = fold(events)
        try:
            fold([*events, attempt])
        except Refused:
            assert fold(events) == before
        else:
            events.append(attempt)
    return events


@settings(max_examples=150)
@given(courses())
def test_every_course_follows_the_table(events):
    folded = fold(events)
    state = State.FOUND
    for event in effective(events)[1:]:
        assert folded.after[event.number] in NEXT[state][event.kind]
        state = folded.after[event.number]
    assert folded.state is state


@settings(max_examples=150)
@given(courses())
def test_every_beginning_of_a_lawful_course_is_lawful(events):
    straight = effective(events)
    for length in range(1, len(straight) + 1):
        part = fold(straight[:length])
        assert part.after == {event.number: fold(events).after[event.number] for event in straight[:length]}


@settings(max_examples=150)
@given(courses())
def test_the_law_of_S0_holds_in_every_course(events):
    facts: dict = {}
    for event in effective(events):
        if event.kind is K.RECTIFIED and event.happened_on != facts["found_on"]:
            assert missing_commitments(facts) == []
        if event.kind is K.EXTENDED:
            assert event.facts["deadline"] > facts["deadline"]
        if event.kind is K.SIGNED_OFF and facts["level"] == MAJOR:
            assert not set(facts["rechecked_by"]) <= set(facts["rectified_by"])
        facts |= event.facts
        if event.kind is K.REGISTERED:
            facts["found_on"] = event.happened_on
        assert event.happened_on >= facts["found_on"]
