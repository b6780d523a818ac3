"""The closed loop of a hazard, as a pure fold over its events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.closing import (
    Event,
    Folded,
    effective,
    fold,
    lawful_steps,
    missing_commitments,
    overdue,
    supervised,
)
from hazard_desk.rules.steps import COMMITMENTS, MAJOR, STEPS, State, StepKind

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
    K.REPORTED: {"reports": ["乡政府", "监管单位"]},
    K.PLANNED: {"plan_goal": "消除隐患"},
    K.NOTICE_RECTIFY: {"notice_number": "限改〔2023〕1号", "deadline": FOUND_ON + timedelta(15)},
    K.NOTICE_RECHECK: {"recheck_number": "复查〔2023〕1号"},
    K.SUPERVISED: {"supervision_number": "督办〔2023〕1号", "supervision_deadline": FOUND_ON + timedelta(15)},
    K.SUPERVISION_EXTENDED: {"supervision_deadline": FOUND_ON + timedelta(25)},
    K.SUPERVISION_ACCEPTED: {},
    K.SUPERVISION_REMOVED: {},
    K.HANDED_OVER: {"handed_to": "行业主管部门"},
    K.ESCALATED: {"handed_to": "县安委办"},
    K.REOPENED: {},
    K.MERGED: {"merged_into": "三星隐患〔2023〕001号"},
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
        with pytest.raises(Refused, match="的日期不能早于发现日期"):
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


def withdrawn(events: list[Event], number: int) -> list[Event]:
    return [*events, Event(len(events) + 1, K.WITHDRAWN, FOUND_ON, corrects=number)]


class TestWithdrawals:
    def test_a_step_taken_back_is_as_if_it_had_never_been(self):
        events = course(*WHOLE)
        assert fold(withdrawn(events, 5)) == fold(events[:4])

    def test_a_correction_taken_back_leaves_the_step(self):
        events = corrected(course(*WHOLE), 2, 1, {"responsible": "乙"})
        assert fold(withdrawn(events, 6)) == fold(course(*WHOLE))

    def test_a_correction_of_what_is_taken_back_counts_no_more(self):
        events = corrected(course(*WHOLE), 5, 9)
        assert fold(withdrawn(events, 5)) == fold(course(*WHOLE[:4]))

    def test_what_later_steps_rest_on_cannot_be_taken_back(self):
        for number in (1, 2, 3, 4):
            with pytest.raises(Refused):
                fold(withdrawn(course(*WHOLE), number))


class TestSupervision:
    LISTED = ((K.REGISTERED, 0), (K.SUPERVISED, 1))

    def test_listed_once_until_removed(self):
        with pytest.raises(Refused, match="已挂牌督办"):
            fold(course(*self.LISTED, (K.SUPERVISED, 2)))
        assert supervised(fold(course(*self.LISTED)).facts)

    def test_removed_only_after_acceptance(self):
        whole = (*WHOLE[:2], (K.SUPERVISED, 2), *WHOLE[2:])
        with pytest.raises(Refused, match="须先办理“督办验收”"):
            fold(course(*whole, (K.SUPERVISION_REMOVED, 8)))
        done = fold(course(*whole, (K.SUPERVISION_ACCEPTED, 8), (K.SUPERVISION_REMOVED, 9)))
        assert not supervised(done.facts)
        assert done.facts["supervision_removed_on"] == FOUND_ON + timedelta(9)

    def test_listed_again_begins_anew(self):
        removed = (*WHOLE[:2], (K.SUPERVISED, 2), *WHOLE[2:4])
        removed += ((K.SUPERVISION_ACCEPTED, 6), (K.SUPERVISION_REMOVED, 6), (K.SUPERVISED, 6))
        assert supervised(fold(course(*removed)).facts)
        with pytest.raises(Refused, match="须先办理“督办验收”"):
            fold(course(*removed, (K.SUPERVISION_REMOVED, 6)))

    def test_an_extension_is_later_and_of_something(self):
        later = (K.SUPERVISION_EXTENDED, 3)
        assert fold(course(*self.LISTED, later)).facts["supervision_deadline"] == FOUND_ON + timedelta(25)
        with pytest.raises(Refused, match="须晚于原时限2023-06-14"):
            fold(course(*self.LISTED, later, later))
        with pytest.raises(Refused, match="未挂牌督办"):
            fold(course((K.REGISTERED, 0), later))


class TestPapers:
    def test_reports_add_up_each_with_its_day(self):
        more = (K.REPORTED, 3, {"reports": ["职代会"]})
        told = fold(course((K.REGISTERED, 0), (K.REPORTED, 1), more)).facts["reports"]
        assert told == ["乡政府（2023-05-21）", "监管单位（2023-05-21）", "职代会（2023-05-23）"]

    def test_a_plan_of_its_own_is_for_major_hazards(self):
        with pytest.raises(Refused, match="只用于重大隐患"):
            fold(course((K.REGISTERED, 0), (K.PLANNED, 1)))
        assert fold(course((K.REGISTERED, 0, {"level": MAJOR}), (K.PLANNED, 1))).state is State.FOUND

    def test_a_recheck_paper_follows_a_rectification_paper_and_a_recheck(self):
        with pytest.raises(Refused, match="须先下发限期整改意见书"):
            fold(course(*WHOLE, (K.NOTICE_RECHECK, 8)))
        noticed = (WHOLE[0], (K.NOTICE_RECTIFY, 1), *WHOLE[1:])
        with pytest.raises(Refused, match="须先登记复查结果"):
            fold(course(*noticed[:4], (K.NOTICE_RECHECK, 8)))
        assert fold(course(*noticed, (K.NOTICE_RECHECK, 8))).facts["recheck_number"]

    def test_the_deadline_of_a_paper_lies_ahead(self):
        with pytest.raises(Refused, match="不能早于下发日期"):
            fold(course((K.REGISTERED, 0), (K.NOTICE_RECTIFY, 16)))


class TestEnds:
    def test_a_closed_hazard_may_be_opened_again(self):
        folded = fold(course(*WHOLE, (K.REOPENED, 9)))
        assert folded.state is State.COMMITTED
        days = ("rectified_on", "rechecked_on", "signed_off_on")
        assert [folded.facts[name] for name in days] == [None] * 3
        again = fold(course(*WHOLE, (K.REOPENED, 9), (K.RECTIFIED, 10), (K.RECHECK_PASSED, 11)))
        assert again.state is State.RECHECKED

    @pytest.mark.parametrize("end", [K.VOIDED, K.MERGED])
    @pytest.mark.parametrize("then", [K.COMMITTED, K.RECTIFIED, K.VOIDED, K.MERGED, K.REPORTED, K.REOPENED])
    def test_after_the_end_there_is_nothing(self, end, then):
        with pytest.raises(Refused, match="不能办理"):
            fold(course((K.REGISTERED, 0), (end, 0), (then, 0)))


# What may follow what, written down once more so that the rules are not their own witness.

OPEN = (State.FOUND, State.COMMITTED, State.RECTIFIED, State.RECHECKED)
MOVES: dict[StepKind, tuple[tuple[State, ...], tuple[State, ...]]] = {
    K.COMMITTED: ((State.FOUND, State.COMMITTED), (State.COMMITTED,)),
    K.RECTIFIED: ((State.FOUND, State.COMMITTED), (State.RECTIFIED,)),
    K.RECHECK_PASSED: ((State.RECTIFIED,), (State.RECHECKED,)),
    K.RECHECK_FAILED: ((State.RECTIFIED,), (State.COMMITTED, State.FOUND)),
    K.SIGNED_OFF: ((State.RECHECKED,), (State.CLOSED,)),
    K.REOPENED: ((State.CLOSED,), (State.COMMITTED, State.FOUND)),
    K.MERGED: (OPEN, (State.MERGED,)),
    K.VOIDED: (OPEN, (State.VOID,)),
}
STAYS: dict[StepKind, tuple[State, ...]] = {
    K.EXTENDED: (State.COMMITTED,),
    K.REPORTED: (*OPEN, State.CLOSED),
    K.PLANNED: (State.FOUND, State.COMMITTED),
    K.NOTICE_RECTIFY: (State.FOUND, State.COMMITTED),
    K.NOTICE_RECHECK: (State.COMMITTED, State.RECTIFIED, State.RECHECKED, State.CLOSED),
    K.SUPERVISED: OPEN,
    K.SUPERVISION_EXTENDED: OPEN,
    K.SUPERVISION_ACCEPTED: (State.RECTIFIED, State.RECHECKED, State.CLOSED),
    K.SUPERVISION_REMOVED: (State.RECHECKED, State.CLOSED),
    K.HANDED_OVER: OPEN,
    K.ESCALATED: OPEN,
}
NEXT: dict[State, dict[StepKind, tuple[State, ...]]] = {
    state: {kind: after for kind, (before, after) in MOVES.items() if state in before}
    | {kind: (state,) for kind, states in STAYS.items() if state in states}
    for state in State
}


def test_the_table_knows_every_step():
    assert {*MOVES, *STAYS, K.REGISTERED} == set(STEPS)


@pytest.mark.parametrize("level", ["一般", MAJOR])
@pytest.mark.parametrize("length", range(1, 6))
def test_the_steps_offered_are_those_that_the_state_allows(length, level):
    events = course((K.REGISTERED, 0, {"level": level}), *WHOLE[1:length])
    offered = {step.kind for step in lawful_steps(events)}
    not_now = {K.SUPERVISION_EXTENDED, K.SUPERVISION_ACCEPTED, K.SUPERVISION_REMOVED}
    not_now |= {K.PLANNED} if level != MAJOR else set()
    assert offered == set(NEXT[fold(events).state]) - not_now


# Any course of events

people = st.lists(st.sampled_from("甲乙"), min_size=1, max_size=2, unique=True)


@st.composite
def attempts(draw: Callable, events: list[Event]) -> Event:
    """A step, a correction or a withdrawal: a likely one (the next in the loop, soon) or any."""
    number, straight = len(events) + 1, effective(events)
    if draw(st.sampled_from([True, True, True, False])):
        last = max((event.happened_on - FOUND_ON).days for event in straight)
        kinds = [kind for kind in NEXT[fold(events).state] if kind not in (K.VOIDED, K.MERGED)]
        onward = [kind for kind in kinds if kind in MOVES]
        kind = draw(st.sampled_from([*kinds, *onward * 5] or [K.VOIDED]))
        return Event(number, kind, FOUND_ON + timedelta(draw(st.integers(last, last + 1))), draw(facts(kind)))
    kind = draw(st.sampled_from([kind for kind in STEPS if kind is not K.REGISTERED]))
    day = FOUND_ON + timedelta(draw(st.integers(-1, 9)))
    target = draw(st.sampled_from([None, *straight]))
    if target is None:
        return Event(number, kind, day, draw(facts(kind)))
    if draw(st.booleans()):
        return Event(number, K.WITHDRAWN, day, corrects=draw(st.integers(1, len(events))))
    known = {name: value for name, value in draw(facts(target.kind)).items() if name in target.facts}
    return Event(number, K.CORRECTED, day, known, corrects=target.number)


@st.composite
def facts(draw: Callable, kind: StepKind) -> dict:
    """The facts of a step, with any people and deadlines."""
    drawn = dict(FACTS[kind])
    for name in {"rectified_by", "rechecked_by"} & set(drawn):
        drawn[name] = draw(people)
    for name in {"deadline", "supervision_deadline"} & set(drawn):
        drawn[name] = FOUND_ON + timedelta(draw(st.integers(-1, 30)))
    return drawn


@st.composite
def courses(draw: Callable) -> list[Event]:
    """The events of a hazard that keeps every attempt that is lawful."""
    events = course((K.REGISTERED, 0, {"level": draw(st.sampled_from(["一般", MAJOR]))}))
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
        if event.kind is K.RECTIFIED and event.happened_on != before["found_on"]:
            assert missing_commitments(before) == []
        if event.kind is K.EXTENDED:
            assert event.facts["deadline"] > before["deadline"]
        if event.kind is K.SIGNED_OFF and before["level"] == MAJOR:
            assert not set(before["rechecked_by"]) <= set(before["rectified_by"])
        if event.kind is K.SUPERVISION_REMOVED:
            assert supervised(before)
            assert before["supervision_accepted_on"]
        if event.kind is K.NOTICE_RECHECK:
            assert before["notice_number"]
