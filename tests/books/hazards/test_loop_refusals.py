"""What the loop refuses: in which words, and which entry must be mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hazard_desk.books.hazards.course import effective, fold, lawful_steps
from hazard_desk.books.hazards.law import missing_commitments, overdue, supervised
from hazard_desk.books.hazards.step import CORRECTED, Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused
from hazard_desk.rules.states import MAJOR, State
from tests.books.hazards.courses import FIVE, FOUND_ON, WHOLE, corrected, course, withdrawn

FOUND = (Steps.REGISTERED.kind, 0)
GRAVE = (Steps.REGISTERED.kind, 0, {"level": MAJOR})
LISTED = (FOUND, (Steps.SUPERVISED.kind, 1))
Taken = tuple[str, int] | tuple[str, int, dict]


def later(days: int) -> dict:
    return {"deadline": FOUND_ON + timedelta(days)}


@pytest.mark.parametrize(
    ("taken", "message", "field"),
    [
        ([], "隐患须先登记", ""),
        ([FOUND, (Steps.COMMITTED.kind, -1)], "“落实‘五落实’”的日期不能早于发现日期", "happened_on"),
        (
            [FOUND, (Steps.RECHECK_PASSED.kind, 1)],
            "隐患当前为“待整改”，不能办理“复查通过”，请先办理“落实‘五落实’”或“整改完成”",
            "happened_on",
        ),
        (
            [*WHOLE[:2], (Steps.SIGNED_OFF.kind, 2)],
            "隐患当前为“整改中”，不能办理“销号”，请先办理“整改完成”",
            "happened_on",
        ),
        (
            [*WHOLE[:3], (Steps.SIGNED_OFF.kind, 6)],
            "隐患当前为“待复查”，不能办理“销号”，请先办理复查",
            "happened_on",
        ),
        (
            [*WHOLE[:4], (Steps.RECTIFIED.kind, 7)],
            "隐患当前为“待销号”，不能办理“整改完成”，下一步是“销号”",
            "happened_on",
        ),
        ([*WHOLE, (Steps.RECTIFIED.kind, 8)], "隐患当前为“已销号”，不能办理“整改完成”", "happened_on"),
        (
            [FOUND, (Steps.VOIDED.kind, 1), (Steps.REOPENED.kind, 2)],
            "隐患当前为“已作废”，不能办理“重新打开”",
            "happened_on",
        ),
        ([FOUND, (Steps.PLANNED.kind, 1)], "“制定一案一策”只用于重大隐患", "happened_on"),
        (
            [
                (Steps.REGISTERED.kind, 0, FIVE | {"level": MAJOR, "funds": None, "contingency": ""}),
                (Steps.RECTIFIED.kind, 1),
            ],
            "未在发现当日整改的隐患，须先落实“五落实”，现缺：资金、预案",
            "happened_on",
        ),
        (
            [GRAVE, *WHOLE[1:3], (Steps.RECHECK_PASSED.kind, 6, {"rechecked_by": ["丁整改"]}), WHOLE[4]],
            "重大隐患销号前，须由整改人以外的人员复查，请先更正复查人或重新复查",
            "signed_off_by",
        ),
        ([FOUND, (Steps.COMMITTED.kind, 1, later(-1))], "整改时限不能早于发现日期2023-05-20", "deadline"),
        (
            [*WHOLE[:2], (Steps.EXTENDED.kind, 2, later(10))],
            "延期后的整改时限须晚于原时限2023-05-30",
            "deadline",
        ),
        ([FOUND, (Steps.NOTICE_RECTIFY.kind, 3, later(2))], "限期整改的时限不能早于下发日期", "deadline"),
        (
            [*WHOLE[:2], (Steps.NOTICE_RECTIFY.kind, 3, later(11))],
            "已定的整改时限是2023-05-30，要推后请办理“延期”，写明原因和批准人",
            "deadline",
        ),
        (
            [*WHOLE[:2], (Steps.COMMITTED.kind, 3, later(11))],
            "已定的整改时限是2023-05-30，要推后请办理“延期”，写明原因和批准人",
            "deadline",
        ),
        (
            [*WHOLE, (Steps.NOTICE_RECHECK.kind, 8)],
            "出具复查意见书前，须先下发限期整改意见书",
            "recheck_number",
        ),
        (
            [FOUND, (Steps.NOTICE_RECTIFY.kind, 1), *WHOLE[1:3], (Steps.NOTICE_RECHECK.kind, 8)],
            "出具复查意见书前，须先登记复查结果",
            "recheck_number",
        ),
        ([*LISTED, (Steps.SUPERVISED.kind, 2)], "该隐患已挂牌督办，尚未摘牌", "supervision_number"),
        ([FOUND, (Steps.SUPERVISED.kind, 16)], "督办时限不能早于挂牌日期", "supervision_deadline"),
        (
            [FOUND, (Steps.SUPERVISION_EXTENDED.kind, 1)],
            "该隐患未挂牌督办，不能办理“督办延期”",
            "happened_on",
        ),
        (
            [*WHOLE[:3], (Steps.SUPERVISION_ACCEPTED.kind, 6)],
            "该隐患未挂牌督办，不能办理“督办验收”",
            "happened_on",
        ),
        (
            [
                *LISTED,
                (Steps.SUPERVISION_EXTENDED.kind, 2, {"supervision_deadline": FOUND_ON + timedelta(15)}),
            ],
            "延期后的督办时限须晚于原时限2023-06-04",
            "supervision_deadline",
        ),
        (
            [*WHOLE[:2], (Steps.SUPERVISED.kind, 2), *WHOLE[2:], (Steps.SUPERVISION_REMOVED.kind, 8)],
            "摘牌前须先办理“督办验收”；没有验收记录的，请在“说明”中写明原因",
            "note",
        ),
        ([*WHOLE, (Steps.SUPERVISION_REMOVED.kind, 8)], "该隐患未挂牌督办，不能办理“摘牌”", "happened_on"),
    ],
)
def test_the_sentence_and_the_field(taken: list[Taken], message: str, field: str) -> None:
    with pytest.raises(Refused) as caught:
        fold(course(*taken))
    assert (caught.value.message, caught.value.field) == (message, field)


@pytest.mark.parametrize(
    "taken",
    [
        [FOUND, (Steps.COMMITTED.kind, 1, later(0))],
        [*WHOLE[:2], (Steps.COMMITTED.kind, 3, later(10))],
        [*WHOLE[:2], (Steps.COMMITTED.kind, 3, later(9))],
        [FOUND, (Steps.NOTICE_RECTIFY.kind, 3, later(3))],
        [FOUND, (Steps.NOTICE_RECTIFY.kind, 1), (Steps.NOTICE_RECTIFY.kind, 2, later(40))],
        [*WHOLE[:2], (Steps.EXTENDED.kind, 2, later(11))],
        [FOUND, (Steps.SUPERVISED.kind, 15)],
        [*LISTED, (Steps.SUPERVISION_EXTENDED.kind, 2, {"supervision_deadline": FOUND_ON + timedelta(16)})],
    ],
)
def test_the_last_day_that_is_still_lawful(taken: list[Taken]) -> None:
    assert fold(course(*taken)).after


def test_a_deadline_not_committed_to_may_be_moved_by_a_notice() -> None:
    told = fold(course(FOUND, (Steps.NOTICE_RECTIFY.kind, 1), (Steps.NOTICE_RECTIFY.kind, 2, later(40))))
    assert told.facts["deadline"] == FOUND_ON + timedelta(40)


class TestWhatAStepSetsByItself:
    def test_the_list_in_which_the_hazard_stands(self) -> None:
        assert not fold(course(FOUND)).facts.pool
        assert fold(course(FOUND, (Steps.LISTED.kind, 1))).facts["pool"] == "全量库"
        assert fold(course(FOUND, (Steps.HANDED_OVER.kind, 1))).facts["pool"] == "已推送"
        up = fold(course(FOUND, (Steps.HANDED_OVER.kind, 1), (Steps.ESCALATED.kind, 2))).facts
        assert (up["pool"], up["handed_on"]) == ("蓄水池", FOUND_ON + timedelta(2))

    def test_a_failed_recheck_takes_back_what_was_rectified_and_accepted(self) -> None:
        accepted = (*WHOLE[:2], (Steps.SUPERVISED.kind, 2), WHOLE[2], (Steps.SUPERVISION_ACCEPTED.kind, 5))
        assert fold(course(*accepted)).facts["supervision_accepted_on"] == FOUND_ON + timedelta(5)
        facts = fold(course(*accepted, (Steps.RECHECK_FAILED.kind, 6))).facts
        assert facts["rectified_on"] is None
        assert facts["supervision_accepted_on"] is None
        assert facts["rechecked_on"] == FOUND_ON + timedelta(6)

    def test_opening_again_takes_back_all_that_was_done(self) -> None:
        whole = (*WHOLE[:2], (Steps.SUPERVISED.kind, 2), *WHOLE[2:], (Steps.SUPERVISION_ACCEPTED.kind, 8))
        facts = fold(course(*whole, (Steps.REOPENED.kind, 9))).facts
        days = ("rectified_on", "rechecked_on", "signed_off_on", "supervision_accepted_on")
        assert {name: facts[name] for name in days} == dict.fromkeys(days)
        assert supervised(facts)

    def test_opening_again_without_the_five_waits_for_them(self) -> None:
        same_day = [
            (kind, 0)
            for kind in (
                Steps.REGISTERED.kind,
                Steps.RECTIFIED.kind,
                Steps.RECHECK_PASSED.kind,
                Steps.SIGNED_OFF.kind,
            )
        ]
        assert fold(course(*same_day, (Steps.REOPENED.kind, 1))).state is State.FOUND

    def test_reports_are_kept_with_their_day_and_in_their_order(self) -> None:
        facts = fold(course(FOUND, (Steps.REPORTED.kind, 0, {"reports": ["乡政府"]}))).facts
        assert facts["reports"] == ["乡政府（2023-05-20）"]


class TestCorrecting:
    def test_a_correction_is_an_event_of_its_target_s_kind_and_place(self) -> None:
        events = corrected(course(*WHOLE[:2]), 2, 3, {"measures": "停用"})
        (_, event) = effective(events)
        assert (event.number, event.kind, event.happened_on) == (
            2,
            Steps.COMMITTED.kind,
            FOUND_ON + timedelta(3),
        )
        assert event.facts == FIVE | {"measures": "停用"}
        assert event.corrects is None

    def test_its_own_note_takes_the_place_of_the_old_one(self) -> None:
        events = [*course(FOUND), Event(2, Steps.VOIDED.kind, FOUND_ON, {}, "重复登记")]
        mended = [*events, Event(3, CORRECTED, FOUND_ON, {}, "并非隐患", corrects=2)]
        assert [event.note for event in effective(mended)] == ["", "并非隐患"]

    def test_a_correction_of_nothing_changes_nothing(self) -> None:
        assert fold(corrected(course(*WHOLE), 9, 1)) == fold(course(*WHOLE))

    def test_a_withdrawal_takes_back_only_what_it_names(self) -> None:
        events = withdrawn(course(*WHOLE, (Steps.REPORTED.kind, 8)), 6)
        assert [event.number for event in effective(events)] == [1, 2, 3, 4, 5]


SUPERVISING = {
    Steps.SUPERVISION_EXTENDED.kind,
    Steps.SUPERVISION_ACCEPTED.kind,
    Steps.SUPERVISION_REMOVED.kind,
}


class TestWhatIsOffered:
    def offered(self, *taken: Taken) -> set[str]:
        return {step.kind for step in lawful_steps(course(*taken))}

    def test_what_is_listed_is_not_listed_again_but_can_be_removed(self) -> None:
        offered = self.offered(*WHOLE[:2], (Steps.SUPERVISED.kind, 2), *WHOLE[2:4])
        assert Steps.SUPERVISED.kind not in offered
        assert offered >= SUPERVISING

    def test_what_is_not_listed_can_be_listed_only(self) -> None:
        offered = self.offered(*WHOLE[:4])
        assert Steps.SUPERVISED.kind in offered
        assert not offered & SUPERVISING

    def test_a_plan_of_its_own_is_offered_to_major_hazards(self) -> None:
        assert Steps.PLANNED.kind in self.offered(GRAVE)
        assert Steps.PLANNED.kind not in self.offered(FOUND)

    def test_the_end_offers_nothing(self) -> None:
        assert self.offered(FOUND, (Steps.VOIDED.kind, 1)) == set()


@pytest.mark.parametrize("nothing", [None, "", []])
def test_a_commitment_is_there_or_not(nothing: object) -> None:
    assert missing_commitments({"level": MAJOR}) == ["责任", "措施", "资金", "时限", "预案"]
    assert missing_commitments({}) == ["责任", "措施", "时限"]
    assert missing_commitments(FIVE | {"responsible": nothing}) == ["责任"]
    assert missing_commitments(FIVE) == []


def test_supervised_from_listing_to_removal() -> None:
    assert not supervised(Hazard())
    assert supervised(Hazard(supervision_on=FOUND_ON))
    assert not supervised(Hazard(supervision_on=FOUND_ON, supervision_removed_on=FOUND_ON))


def test_due_today_is_not_overdue() -> None:
    assert not overdue(State.FOUND, FOUND_ON, FOUND_ON)
    assert overdue(State.FOUND, FOUND_ON, FOUND_ON + timedelta(1))
