"""The closed loop of a hazard, as a pure fold over its events."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hazard_desk.books.hazards.course import Folded, effective, fold
from hazard_desk.books.hazards.law import COMMITMENTS, missing_commitments, overdue, supervised
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.errors import Refused
from hazard_desk.rules.states import MAJOR, State
from tests.books.hazards.courses import FIVE, FOUND_ON, WHOLE, corrected, course, withdrawn


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
        fold(course((Steps.REGISTERED.kind, 0, {"level": MAJOR}), (Steps.RECTIFIED.kind, 1)))


@pytest.mark.parametrize(("name", "word"), COMMITMENTS.items())
def test_each_of_the_five_counts(name, word):
    some = {key: value for key, value in FIVE.items() if key != name} | {"level": MAJOR}
    assert missing_commitments(some) == [word]
    with pytest.raises(Refused, match=f"现缺：{word}$"):
        fold(course((Steps.REGISTERED.kind, 0, some), (Steps.RECTIFIED.kind, 1)))
    whole = FIVE | {"level": MAJOR}
    assert fold(course((Steps.REGISTERED.kind, 0, whole), (Steps.RECTIFIED.kind, 1))).state is State.RECTIFIED


def test_an_ordinary_hazard_needs_person_measures_and_day():
    some = {name: FIVE[name] for name in ("responsible", "measures", "deadline")}
    assert missing_commitments({"level": "一般"}) == ["责任", "措施", "时限"]
    with pytest.raises(Refused, match=r"须先落实“五落实”，现缺：责任、措施、时限$"):
        fold(course((Steps.REGISTERED.kind, 0), (Steps.RECTIFIED.kind, 1)))
    assert fold(course((Steps.REGISTERED.kind, 0, some), (Steps.RECTIFIED.kind, 1))).state is State.RECTIFIED


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
        with pytest.raises(Refused, match="2023-05-24时隐患为“整改中”，不能办理“复查通过”，请核对办理日期"):
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
        with pytest.raises(Refused, match="须先落实"):
            fold(corrected(course((Steps.REGISTERED.kind, 0), (Steps.RECTIFIED.kind, 0)), 1, -1))

    def test_making_it_major_asks_for_another_rechecker(self):
        own = {"rechecked_by": ["丁整改"]}
        events = course(*WHOLE[:3], (Steps.RECHECK_PASSED.kind, 6, own), (Steps.SIGNED_OFF.kind, 7))
        with pytest.raises(Refused, match="整改人以外"):
            fold(corrected(events, 1, 0, {"level": MAJOR}))

    def test_a_note_stands_unless_replaced(self):
        events = [*course(WHOLE[0]), Event(2, Steps.VOIDED.kind, FOUND_ON, {}, "重复登记")]
        assert effective(corrected(events, 2, 1))[1].note == "重复登记"


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
