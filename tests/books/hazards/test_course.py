"""The closed loop of a hazard, as a pure fold over its events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.books.hazards.course import Folded, effective, fold, lawful_steps
from hazard_desk.books.hazards.law import COMMITMENTS, missing_commitments, overdue, supervised
from hazard_desk.books.hazards.step import CORRECTED, WITHDRAWN, Event
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.states import MAJOR, State

FOUND_ON = date(2023, 5, 20)

FIVE = {
    "responsible": "丙负责",
    "measures": "更换线路",
    "funds": 1.5,
    "deadline": FOUND_ON + timedelta(10),
    "contingency": "断电",
}
FACTS = {
    Steps.REGISTERED.kind: {"level": "一般"},
    Steps.COMMITTED.kind: FIVE,
    Steps.RECTIFIED.kind: {"rectified_by": ["丁整改"], "spent": None},
    Steps.RECHECK_PASSED.kind: {"rechecked_by": ["戊复查"], "recheck_finding": "合格"},
    Steps.RECHECK_FAILED.kind: {"rechecked_by": ["戊复查"], "recheck_finding": "未穿管"},
    Steps.SIGNED_OFF.kind: {"signed_off_by": "己审批"},
    Steps.EXTENDED.kind: {"deadline": FOUND_ON + timedelta(20), "extended_by": "己审批"},
    Steps.VOIDED.kind: {},
    Steps.REPORTED.kind: {"reports": ["乡政府", "监管单位"]},
    Steps.PLANNED.kind: {"plan_goal": "消除隐患"},
    Steps.NOTICE_RECTIFY.kind: {"notice_number": "限改〔2023〕1号", "deadline": FOUND_ON + timedelta(15)},
    Steps.NOTICE_RECHECK.kind: {"recheck_number": "复查〔2023〕1号"},
    Steps.SUPERVISED.kind: {
        "supervision_number": "督办〔2023〕1号",
        "supervision_deadline": FOUND_ON + timedelta(15),
    },
    Steps.SUPERVISION_EXTENDED.kind: {"supervision_deadline": FOUND_ON + timedelta(25)},
    Steps.SUPERVISION_ACCEPTED.kind: {},
    Steps.SUPERVISION_REMOVED.kind: {},
    Steps.HANDED_OVER.kind: {"handed_to": "行业主管部门"},
    Steps.ESCALATED.kind: {"handed_to": "县安委办"},
    Steps.REOPENED.kind: {},
    Steps.MERGED.kind: {"merged_into": "三星隐患〔2023〕001号"},
}


def some(kind: str) -> dict:
    """Return facts of a step of which this test knows only the declaration."""
    said = {Kind.DATE: FOUND_ON + timedelta(15), Kind.NUMBER: 1.5, Kind.INTEGER: 1, Kind.NAMES: ["庚"]}
    needed = STEPS[kind].fields[1:-1]
    return {one.name: one.choices[0] if one.choices else said.get(one.kind, "庚") for one in needed}


def course(*taken: tuple[str, int] | tuple[str, int, dict]) -> list[Event]:
    """Return events: kind, days after discovery, and facts other than usual."""
    return [
        Event(number, kind, FOUND_ON + timedelta(day), FACTS[kind] | (other[0] if other else {}))
        for number, (kind, day, *other) in enumerate(taken, start=1)
    ]


def corrected(events: list[Event], number: int, days: int, facts: dict | None = None) -> list[Event]:
    day = FOUND_ON + timedelta(days)
    return [*events, Event(len(events) + 1, CORRECTED, day, facts or {}, corrects=number)]


WHOLE = (
    (Steps.REGISTERED.kind, 0),
    (Steps.COMMITTED.kind, 1),
    (Steps.RECTIFIED.kind, 5),
    (Steps.RECHECK_PASSED.kind, 6),
    (Steps.SIGNED_OFF.kind, 7),
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
    assert fold(course((Steps.REGISTERED.kind, 0), (Steps.RECTIFIED.kind, 0))).state is State.RECTIFIED


def test_rectified_later_needs_all_five():
    with pytest.raises(Refused, match="须先落实“五落实”，现缺：责任、措施、资金、时限、预案"):
        fold(course((Steps.REGISTERED.kind, 0), (Steps.RECTIFIED.kind, 1)))


@pytest.mark.parametrize(("name", "word"), COMMITMENTS.items())
def test_each_of_the_five_counts(name, word):
    some = {key: value for key, value in FIVE.items() if key != name}
    assert missing_commitments(some) == [word]
    with pytest.raises(Refused, match=f"现缺：{word}$"):
        fold(course((Steps.REGISTERED.kind, 0, some), (Steps.RECTIFIED.kind, 1)))
    assert fold(course((Steps.REGISTERED.kind, 0, FIVE), (Steps.RECTIFIED.kind, 1))).state is State.RECTIFIED


def test_no_funds_needed_is_a_commitment_too():
    assert missing_commitments(FIVE | {"funds": 0}) == []


def test_a_failed_recheck_goes_back():
    folded = fold(course(*WHOLE[:3], (Steps.RECHECK_FAILED.kind, 6)))
    assert folded.state is State.COMMITTED
    assert folded.facts["rectified_on"] is None
    assert folded.facts["rechecked_on"] == FOUND_ON + timedelta(6)
    uncommitted = fold(
        course((Steps.REGISTERED.kind, 0), (Steps.RECTIFIED.kind, 0), (Steps.RECHECK_FAILED.kind, 0))
    )
    assert uncommitted.state is State.FOUND


class TestSignOff:
    def loop(self, level: str, rectified_by: list[str], rechecked_by: list[str]) -> Folded:
        return fold(
            course(
                (Steps.REGISTERED.kind, 0, {"level": level}),
                (Steps.COMMITTED.kind, 1),
                (Steps.RECTIFIED.kind, 5, {"rectified_by": rectified_by}),
                (Steps.RECHECK_PASSED.kind, 6, {"rechecked_by": rechecked_by}),
                (Steps.SIGNED_OFF.kind, 7),
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
                fold(course(*WHOLE[:2], (Steps.EXTENDED.kind, 3, sooner)))
            assert caught.value.field == "deadline"

    def test_a_second_extension_is_later_than_the_first(self):
        first = (Steps.EXTENDED.kind, 3)
        with pytest.raises(Refused, match="须晚于原时限2023-06-09"):
            fold(course(*WHOLE[:2], first, (Steps.EXTENDED.kind, 4, {"deadline": FOUND_ON + timedelta(20)})))
        again = fold(
            course(*WHOLE[:2], first, (Steps.EXTENDED.kind, 4, {"deadline": FOUND_ON + timedelta(21)}))
        )
        assert again.facts["deadline"] == FOUND_ON + timedelta(21)

    def test_a_deadline_before_discovery_is_refused(self):
        with pytest.raises(Refused, match="不能早于发现日期") as caught:
            fold(
                course(
                    (Steps.REGISTERED.kind, 0),
                    (Steps.COMMITTED.kind, 1, {"deadline": FOUND_ON - timedelta(1)}),
                )
            )
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
        events = course(
            (Steps.REGISTERED.kind, 0),
            (Steps.COMMITTED.kind, 5),
            (Steps.COMMITTED.kind, 2, {"responsible": "乙"}),
        )
        assert [event.number for event in effective(events)] == [1, 3, 2]
        assert fold(events).facts["responsible"] == "丙负责"

    def test_on_one_day_the_order_of_entry_decides(self):
        assert fold(course(*((kind, 0) for kind, _ in WHOLE))).state is State.CLOSED

    def test_a_step_before_discovery_is_refused(self):
        with pytest.raises(Refused, match="的日期不能早于发现日期"):
            fold(course((Steps.REGISTERED.kind, 0), (Steps.COMMITTED.kind, -1)))

    def test_a_step_put_where_it_is_not_lawful_is_refused(self):
        with pytest.raises(Refused, match="当前为“整改中”，不能办理“复查通过”"):
            fold(course(*WHOLE[:3], (Steps.RECHECK_PASSED.kind, 4)))

    def test_the_list_may_come_in_any_order(self):
        events = course(*WHOLE)
        assert fold(reversed(events)) == fold(events)

    def test_nothing_is_no_hazard(self):
        with pytest.raises(Refused, match="须先登记"):
            fold([])

    def test_a_hazard_is_registered_once(self):
        with pytest.raises(Refused, match="不能办理“登记”"):
            fold(course((Steps.REGISTERED.kind, 0), (Steps.REGISTERED.kind, -1)))


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
            fold(corrected(course((Steps.REGISTERED.kind, 0), (Steps.RECTIFIED.kind, 0)), 1, -1))

    def test_making_it_major_asks_for_another_rechecker(self):
        own = {"rechecked_by": ["丁整改"]}
        events = course(*WHOLE[:3], (Steps.RECHECK_PASSED.kind, 6, own), (Steps.SIGNED_OFF.kind, 7))
        with pytest.raises(Refused, match="整改人以外"):
            fold(corrected(events, 1, 0, {"level": MAJOR}))

    def test_a_note_stands_unless_replaced(self):
        events = [*course(WHOLE[0]), Event(2, Steps.VOIDED.kind, FOUND_ON, {}, "重复登记")]
        assert effective(corrected(events, 2, 1))[1].note == "重复登记"


def withdrawn(events: list[Event], number: int) -> list[Event]:
    return [*events, Event(len(events) + 1, WITHDRAWN, FOUND_ON, corrects=number)]


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
    LISTED = ((Steps.REGISTERED.kind, 0), (Steps.SUPERVISED.kind, 1))

    def test_listed_once_until_removed(self):
        with pytest.raises(Refused, match="已挂牌督办"):
            fold(course(*self.LISTED, (Steps.SUPERVISED.kind, 2)))
        assert supervised(fold(course(*self.LISTED)).facts)

    def test_removed_only_after_acceptance(self):
        whole = (*WHOLE[:2], (Steps.SUPERVISED.kind, 2), *WHOLE[2:])
        with pytest.raises(Refused, match="须先办理“督办验收”"):
            fold(course(*whole, (Steps.SUPERVISION_REMOVED.kind, 8)))
        done = fold(course(*whole, (Steps.SUPERVISION_ACCEPTED.kind, 8), (Steps.SUPERVISION_REMOVED.kind, 9)))
        assert not supervised(done.facts)
        assert done.facts["supervision_removed_on"] == FOUND_ON + timedelta(9)

    def test_listed_again_begins_anew(self):
        removed = (*WHOLE[:2], (Steps.SUPERVISED.kind, 2), *WHOLE[2:4])
        removed += (
            (Steps.SUPERVISION_ACCEPTED.kind, 6),
            (Steps.SUPERVISION_REMOVED.kind, 6),
            (Steps.SUPERVISED.kind, 6),
        )
        assert supervised(fold(course(*removed)).facts)
        with pytest.raises(Refused, match="须先办理“督办验收”"):
            fold(course(*removed, (Steps.SUPERVISION_REMOVED.kind, 6)))

    def test_an_extension_is_later_and_of_something(self):
        later = (Steps.SUPERVISION_EXTENDED.kind, 3)
        assert fold(course(*self.LISTED, later)).facts["supervision_deadline"] == FOUND_ON + timedelta(25)
        with pytest.raises(Refused, match="须晚于原时限2023-06-14"):
            fold(course(*self.LISTED, later, later))
        with pytest.raises(Refused, match="未挂牌督办"):
            fold(course((Steps.REGISTERED.kind, 0), later))


class TestPapers:
    def test_reports_add_up_each_with_its_day(self):
        more = (Steps.REPORTED.kind, 3, {"reports": ["职代会"]})
        told = fold(course((Steps.REGISTERED.kind, 0), (Steps.REPORTED.kind, 1), more)).facts["reports"]
        assert told == ["乡政府（2023-05-21）", "监管单位（2023-05-21）", "职代会（2023-05-23）"]

    def test_a_plan_of_its_own_is_for_major_hazards(self):
        with pytest.raises(Refused, match="只用于重大隐患"):
            fold(course((Steps.REGISTERED.kind, 0), (Steps.PLANNED.kind, 1)))
        assert (
            fold(course((Steps.REGISTERED.kind, 0, {"level": MAJOR}), (Steps.PLANNED.kind, 1))).state
            is State.FOUND
        )

    def test_a_recheck_paper_follows_a_rectification_paper_and_a_recheck(self):
        with pytest.raises(Refused, match="须先下发限期整改意见书"):
            fold(course(*WHOLE, (Steps.NOTICE_RECHECK.kind, 8)))
        noticed = (WHOLE[0], (Steps.NOTICE_RECTIFY.kind, 1), *WHOLE[1:])
        with pytest.raises(Refused, match="须先登记复查结果"):
            fold(course(*noticed[:4], (Steps.NOTICE_RECHECK.kind, 8)))
        assert fold(course(*noticed, (Steps.NOTICE_RECHECK.kind, 8))).facts["recheck_number"]

    def test_the_deadline_of_a_paper_lies_ahead(self):
        with pytest.raises(Refused, match="不能早于下发日期"):
            fold(course((Steps.REGISTERED.kind, 0), (Steps.NOTICE_RECTIFY.kind, 16)))


class TestEnds:
    def test_a_closed_hazard_may_be_opened_again(self):
        folded = fold(course(*WHOLE, (Steps.REOPENED.kind, 9)))
        assert folded.state is State.COMMITTED
        days = ("rectified_on", "rechecked_on", "signed_off_on")
        assert [folded.facts[name] for name in days] == [None] * 3
        again = fold(
            course(
                *WHOLE, (Steps.REOPENED.kind, 9), (Steps.RECTIFIED.kind, 10), (Steps.RECHECK_PASSED.kind, 11)
            )
        )
        assert again.state is State.RECHECKED

    @pytest.mark.parametrize("end", [Steps.VOIDED.kind, Steps.MERGED.kind])
    @pytest.mark.parametrize(
        "then",
        [
            Steps.COMMITTED.kind,
            Steps.RECTIFIED.kind,
            Steps.VOIDED.kind,
            Steps.MERGED.kind,
            Steps.REPORTED.kind,
            Steps.REOPENED.kind,
        ],
    )
    def test_after_the_end_there_is_nothing(self, end, then):
        with pytest.raises(Refused, match="不能办理"):
            fold(course((Steps.REGISTERED.kind, 0), (end, 0), (then, 0)))


# What may follow what, written down once more so that the rules are not their own witness.

OPEN = (State.FOUND, State.COMMITTED, State.RECTIFIED, State.RECHECKED)
MOVES: dict[str, tuple[tuple[State, ...], tuple[State, ...]]] = {
    Steps.COMMITTED.kind: ((State.FOUND, State.COMMITTED), (State.COMMITTED,)),
    Steps.RECTIFIED.kind: ((State.FOUND, State.COMMITTED), (State.RECTIFIED,)),
    Steps.RECHECK_PASSED.kind: ((State.RECTIFIED,), (State.RECHECKED,)),
    Steps.RECHECK_FAILED.kind: ((State.RECTIFIED,), (State.COMMITTED, State.FOUND)),
    Steps.SIGNED_OFF.kind: ((State.RECHECKED,), (State.CLOSED,)),
    Steps.REOPENED.kind: ((State.CLOSED,), (State.COMMITTED, State.FOUND)),
    Steps.MERGED.kind: (OPEN, (State.MERGED,)),
    Steps.VOIDED.kind: (OPEN, (State.VOID,)),
}
STAYS: dict[str, tuple[State, ...]] = {
    Steps.EXTENDED.kind: (State.COMMITTED,),
    Steps.REPORTED.kind: (*OPEN, State.CLOSED),
    Steps.PLANNED.kind: (State.FOUND, State.COMMITTED),
    Steps.NOTICE_RECTIFY.kind: (State.FOUND, State.COMMITTED),
    Steps.NOTICE_RECHECK.kind: (State.COMMITTED, State.RECTIFIED, State.RECHECKED, State.CLOSED),
    Steps.SUPERVISED.kind: OPEN,
    Steps.SUPERVISION_EXTENDED.kind: OPEN,
    Steps.SUPERVISION_ACCEPTED.kind: (State.RECTIFIED, State.RECHECKED, State.CLOSED),
    Steps.SUPERVISION_REMOVED.kind: (State.RECHECKED, State.CLOSED),
    Steps.HANDED_OVER.kind: OPEN,
    Steps.ESCALATED.kind: OPEN,
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


# Any course of events

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
        if event.kind == Steps.RECTIFIED.kind and event.happened_on != before["found_on"]:
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
