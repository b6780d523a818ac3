"""What the loop refuses: in which words, and which entry must be mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hazard_desk.errors import Refused
from hazard_desk.rules.closing import (
    Event,
    effective,
    fold,
    lawful_steps,
    missing_commitments,
    overdue,
    supervised,
)
from hazard_desk.rules.steps import MAJOR, State, StepKind
from tests.rules.test_closing import FIVE, FOUND_ON, WHOLE, corrected, course, withdrawn

K = StepKind
FOUND = (K.REGISTERED, 0)
GRAVE = (K.REGISTERED, 0, {"level": MAJOR})
LISTED = (FOUND, (K.SUPERVISED, 1))
Taken = tuple[StepKind, int] | tuple[StepKind, int, dict]


def later(days: int) -> dict:
    return {"deadline": FOUND_ON + timedelta(days)}


@pytest.mark.parametrize(
    ("taken", "message", "field"),
    [
        ([], "隐患须先登记", ""),
        ([FOUND, (K.COMMITTED, -1)], "“落实‘五落实’”的日期不能早于发现日期", "happened_on"),
        (
            [FOUND, (K.RECHECK_PASSED, 1)],
            "隐患当前为“待整改”，不能办理“复查通过”，请先办理“落实‘五落实’”或“整改完成”",
            "happened_on",
        ),
        (
            [*WHOLE[:2], (K.SIGNED_OFF, 2)],
            "隐患当前为“整改中”，不能办理“销号”，请先办理“整改完成”",
            "happened_on",
        ),
        ([*WHOLE[:3], (K.SIGNED_OFF, 6)], "隐患当前为“待复查”，不能办理“销号”，请先办理复查", "happened_on"),
        (
            [*WHOLE[:4], (K.RECTIFIED, 7)],
            "隐患当前为“待销号”，不能办理“整改完成”，下一步是“销号”",
            "happened_on",
        ),
        ([*WHOLE, (K.RECTIFIED, 8)], "隐患当前为“已销号”，不能办理“整改完成”", "happened_on"),
        ([FOUND, (K.VOIDED, 1), (K.REOPENED, 2)], "隐患当前为“已作废”，不能办理“重新打开”", "happened_on"),
        ([FOUND, (K.PLANNED, 1)], "“制定一案一策”只用于重大隐患", "happened_on"),
        (
            [(K.REGISTERED, 0, FIVE | {"funds": None, "contingency": ""}), (K.RECTIFIED, 1)],
            "未在发现当日整改的隐患，须先落实“五落实”，现缺：资金、预案",
            "happened_on",
        ),
        (
            [GRAVE, *WHOLE[1:3], (K.RECHECK_PASSED, 6, {"rechecked_by": ["丁整改"]}), WHOLE[4]],
            "重大隐患销号前，须由整改人以外的人员复查，请先更正复查人或重新复查",
            "signed_off_by",
        ),
        ([FOUND, (K.COMMITTED, 1, later(-1))], "整改时限不能早于发现日期2023-05-20", "deadline"),
        ([*WHOLE[:2], (K.EXTENDED, 2, later(10))], "延期后的整改时限须晚于原时限2023-05-30", "deadline"),
        ([FOUND, (K.NOTICE_RECTIFY, 3, later(2))], "限期整改的时限不能早于下发日期", "deadline"),
        (
            [*WHOLE[:2], (K.NOTICE_RECTIFY, 3, later(11))],
            "已定的整改时限是2023-05-30，要推后请办理“延期”，写明原因和批准人",
            "deadline",
        ),
        (
            [*WHOLE[:2], (K.COMMITTED, 3, later(11))],
            "已定的整改时限是2023-05-30，要推后请办理“延期”，写明原因和批准人",
            "deadline",
        ),
        ([*WHOLE, (K.NOTICE_RECHECK, 8)], "出具复查意见书前，须先下发限期整改意见书", "recheck_number"),
        (
            [FOUND, (K.NOTICE_RECTIFY, 1), *WHOLE[1:3], (K.NOTICE_RECHECK, 8)],
            "出具复查意见书前，须先登记复查结果",
            "recheck_number",
        ),
        ([*LISTED, (K.SUPERVISED, 2)], "该隐患已挂牌督办，尚未摘牌", "supervision_number"),
        ([FOUND, (K.SUPERVISED, 16)], "督办时限不能早于挂牌日期", "supervision_deadline"),
        ([FOUND, (K.SUPERVISION_EXTENDED, 1)], "该隐患未挂牌督办，不能办理“督办延期”", "happened_on"),
        ([*WHOLE[:3], (K.SUPERVISION_ACCEPTED, 6)], "该隐患未挂牌督办，不能办理“督办验收”", "happened_on"),
        (
            [*LISTED, (K.SUPERVISION_EXTENDED, 2, {"supervision_deadline": FOUND_ON + timedelta(15)})],
            "延期后的督办时限须晚于原时限2023-06-04",
            "supervision_deadline",
        ),
        (
            [*WHOLE[:2], (K.SUPERVISED, 2), *WHOLE[2:], (K.SUPERVISION_REMOVED, 8)],
            "摘牌前须先办理“督办验收”",
            "happened_on",
        ),
        ([*WHOLE, (K.SUPERVISION_REMOVED, 8)], "该隐患未挂牌督办，不能办理“摘牌”", "happened_on"),
    ],
)
def test_the_sentence_and_the_field(taken: list[Taken], message: str, field: str) -> None:
    with pytest.raises(Refused) as caught:
        fold(course(*taken))
    assert (caught.value.message, caught.value.field) == (message, field)


@pytest.mark.parametrize(
    "taken",
    [
        [FOUND, (K.COMMITTED, 1, later(0))],
        [*WHOLE[:2], (K.COMMITTED, 3, later(10))],
        [*WHOLE[:2], (K.COMMITTED, 3, later(9))],
        [FOUND, (K.NOTICE_RECTIFY, 3, later(3))],
        [FOUND, (K.NOTICE_RECTIFY, 1), (K.NOTICE_RECTIFY, 2, later(40))],
        [*WHOLE[:2], (K.EXTENDED, 2, later(11))],
        [FOUND, (K.SUPERVISED, 15)],
        [*LISTED, (K.SUPERVISION_EXTENDED, 2, {"supervision_deadline": FOUND_ON + timedelta(16)})],
    ],
)
def test_the_last_day_that_is_still_lawful(taken: list[Taken]) -> None:
    assert fold(course(*taken)).after


def test_a_deadline_not_committed_to_may_be_moved_by_a_notice() -> None:
    told = fold(course(FOUND, (K.NOTICE_RECTIFY, 1), (K.NOTICE_RECTIFY, 2, later(40))))
    assert told.facts["deadline"] == FOUND_ON + timedelta(40)


class TestWhatAStepSetsByItself:
    def test_the_list_in_which_the_hazard_stands(self) -> None:
        assert fold(course(FOUND)).facts["pool"] == "全量库"
        assert fold(course(FOUND, (K.HANDED_OVER, 1))).facts["pool"] == "已推送"
        up = fold(course(FOUND, (K.HANDED_OVER, 1), (K.ESCALATED, 2))).facts
        assert (up["pool"], up["handed_on"]) == ("蓄水池", FOUND_ON + timedelta(2))

    def test_a_failed_recheck_takes_back_what_was_rectified_and_accepted(self) -> None:
        accepted = (*WHOLE[:2], (K.SUPERVISED, 2), WHOLE[2], (K.SUPERVISION_ACCEPTED, 5))
        assert fold(course(*accepted)).facts["supervision_accepted_on"] == FOUND_ON + timedelta(5)
        facts = fold(course(*accepted, (K.RECHECK_FAILED, 6))).facts
        assert facts["rectified_on"] is None
        assert facts["supervision_accepted_on"] is None
        assert facts["rechecked_on"] == FOUND_ON + timedelta(6)

    def test_opening_again_takes_back_all_that_was_done(self) -> None:
        whole = (*WHOLE[:2], (K.SUPERVISED, 2), *WHOLE[2:], (K.SUPERVISION_ACCEPTED, 8))
        facts = fold(course(*whole, (K.REOPENED, 9))).facts
        days = ("rectified_on", "rechecked_on", "signed_off_on", "supervision_accepted_on")
        assert {name: facts[name] for name in days} == dict.fromkeys(days)
        assert supervised(facts)

    def test_opening_again_without_the_five_waits_for_them(self) -> None:
        same_day = [(kind, 0) for kind in (K.REGISTERED, K.RECTIFIED, K.RECHECK_PASSED, K.SIGNED_OFF)]
        assert fold(course(*same_day, (K.REOPENED, 1))).state is State.FOUND

    def test_reports_are_kept_with_their_day_and_in_their_order(self) -> None:
        facts = fold(course(FOUND, (K.REPORTED, 0, {"reports": ["乡政府"]}))).facts
        assert facts["reports"] == ["乡政府（2023-05-20）"]


class TestCorrecting:
    def test_a_correction_is_an_event_of_its_target_s_kind_and_place(self) -> None:
        events = corrected(course(*WHOLE[:2]), 2, 3, {"measures": "停用"})
        (_, event) = effective(events)
        assert (event.number, event.kind, event.happened_on) == (2, K.COMMITTED, FOUND_ON + timedelta(3))
        assert event.facts == FIVE | {"measures": "停用"}
        assert event.corrects is None

    def test_its_own_note_takes_the_place_of_the_old_one(self) -> None:
        events = [*course(FOUND), Event(2, K.VOIDED, FOUND_ON, {}, "重复登记")]
        mended = [*events, Event(3, K.CORRECTED, FOUND_ON, {}, "并非隐患", corrects=2)]
        assert [event.note for event in effective(mended)] == ["", "并非隐患"]

    def test_a_correction_of_nothing_changes_nothing(self) -> None:
        assert fold(corrected(course(*WHOLE), 9, 1)) == fold(course(*WHOLE))

    def test_a_withdrawal_takes_back_only_what_it_names(self) -> None:
        events = withdrawn(course(*WHOLE, (K.REPORTED, 8)), 6)
        assert [event.number for event in effective(events)] == [1, 2, 3, 4, 5]


SUPERVISING = {K.SUPERVISION_EXTENDED, K.SUPERVISION_ACCEPTED, K.SUPERVISION_REMOVED}


class TestWhatIsOffered:
    def offered(self, *taken: Taken) -> set[StepKind]:
        return {step.kind for step in lawful_steps(course(*taken))}

    def test_what_is_listed_is_not_listed_again_but_can_be_removed(self) -> None:
        offered = self.offered(*WHOLE[:2], (K.SUPERVISED, 2), *WHOLE[2:4])
        assert K.SUPERVISED not in offered
        assert offered >= SUPERVISING

    def test_what_is_not_listed_can_be_listed_only(self) -> None:
        offered = self.offered(*WHOLE[:4])
        assert K.SUPERVISED in offered
        assert not offered & SUPERVISING

    def test_a_plan_of_its_own_is_offered_to_major_hazards(self) -> None:
        assert K.PLANNED in self.offered(GRAVE)
        assert K.PLANNED not in self.offered(FOUND)

    def test_the_end_offers_nothing(self) -> None:
        assert self.offered(FOUND, (K.VOIDED, 1)) == set()


@pytest.mark.parametrize("nothing", [None, "", []])
def test_a_commitment_is_there_or_not(nothing: object) -> None:
    assert missing_commitments({}) == ["责任", "措施", "资金", "时限", "预案"]
    assert missing_commitments(FIVE | {"responsible": nothing}) == ["责任"]
    assert missing_commitments(FIVE) == []


def test_supervised_from_listing_to_removal() -> None:
    assert not supervised({})
    assert supervised({"supervision_on": FOUND_ON})
    assert not supervised({"supervision_on": FOUND_ON, "supervision_removed_on": FOUND_ON})


def test_due_today_is_not_overdue() -> None:
    assert not overdue(State.FOUND, FOUND_ON, FOUND_ON)
    assert overdue(State.FOUND, FOUND_ON, FOUND_ON + timedelta(1))
