"""Handed over, a new round, a late extension, another level, the full list: what each makes of a hazard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hazard_desk.books.hazards.course import fold
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.due import due_items, overdue_items
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import read_pool
from hazard_desk.figures.rates import progress
from hazard_desk.rules.readings import Span
from hazard_desk.rules.states import MAJOR, State
from tests.books.hazards.courses import FOUND_ON as FOUND
from tests.books.hazards.courses import WHOLE, course
from tests.books.hazards.loop.conftest import (
    FAILED,
    FIVE,
    FOUND_ON,
    LISTED,
    PASSED,
    RECTIFIED,
    SIGNED,
    day,
    on,
)

HANDED = {"handed_to": "县住建局", "reply_due": day(10)}

CONSENT = {"deputy_consent": "辛分管", "principal_consent": "壬主要"}


def on_time(desk: Desk, after: int) -> float | None:
    return progress(desk.books, Span(FOUND_ON, FOUND_ON + timedelta(after))).on_time_rate


class TestHandedOver:
    def test_it_is_a_state_off_the_overdue_list(self, desk, minor):
        desk.hazards.step(minor, Steps.NOTICE_RECTIFY.kind, on(0, notice_number="1号", deadline=day(1)))
        desk.cabinet.clock.set(FOUND_ON + timedelta(5))
        assert [item.number for item in overdue_items(desk.books) if item.kind == "hazard"] == [minor]
        desk.hazards.step(minor, Steps.HANDED_OVER.kind, on(5, **HANDED))
        row = desk.hazards.get(minor)
        assert (row.state, row.overdue, row.days_left) == ("已移交", False, None)
        assert desk.hazards.count(Query(where={"overdue": "是"})) == 0
        assert not [item for item in overdue_items(desk.books) if item.kind == "hazard"]

    def test_the_answer_is_due_and_then_late(self, desk, minor):
        desk.hazards.step(minor, Steps.HANDED_OVER.kind, on(2, **HANDED))
        until = FOUND_ON + timedelta(10)
        (asked,) = [item for item in due_items(desk.books, until, until) if item.kind == "report"]
        assert (asked.date, asked.open, asked.record) == (until, True, f"hazards/{minor}")
        assert "移交回复" in asked.title
        desk.cabinet.clock.set(FOUND_ON + timedelta(11))
        assert [item.number for item in overdue_items(desk.books) if item.kind == "report"] == [minor]
        desk.hazards.step(minor, Steps.REPLIED.kind, on(11, reply="正在整改"))
        assert not [item for item in overdue_items(desk.books) if item.kind == "report"]

    def test_its_result_is_entered_without_commitments(self, desk, minor):
        desk.hazards.step(minor, Steps.HANDED_OVER.kind, on(2, **HANDED))
        desk.hazards.step(minor, Steps.REPLIED.kind, on(6, reply="已更换线路"))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(6, **RECTIFIED))
        row = desk.hazards.get(minor)
        assert (row.state, row.reply, row.responsible) == ("待复查", "已更换线路", "")
        desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(7, **FAILED, deadline=day(14)))
        assert desk.hazards.get(minor).state == "已移交", "they put it right once more"

    def test_sent_back_it_is_ours_again(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.step(minor, Steps.ESCALATED.kind, on(2, handed_to="县安委办", note="整改困难"))
        refused(minor, Steps.SENT_BACK.kind, 13, "原整改时限2023-05-22已过，请定新的整改时限", note="退回")
        desk.hazards.step(minor, Steps.SENT_BACK.kind, on(13, note="不属职责", deadline=day(20)))
        row = desk.hazards.get(minor)
        assert (row.state, row.pool, row.handed_to, row.handed_on) == ("整改中", "", "", None)
        assert row.deadline == FOUND_ON + timedelta(20)

    def test_an_answer_is_not_due_before_it_is_asked_for(self, minor, refused):
        wrong = refused(
            minor, Steps.HANDED_OVER.kind, 3, "不能早于推送日期", **HANDED | {"reply_due": day(2)}
        )
        assert wrong.field == "reply_due"

    def test_what_was_pushed_under_the_first_law_stays_the_office_s_work(self):
        events = course((Steps.REGISTERED.kind, 0), (Steps.HANDED_OVER.kind, 1))
        assert fold(events).state is State.HANDED
        old = [type(event)(**{**event.__dict__, "law": 0}) for event in events]
        assert (fold(old).state, fold(old[:1]).facts.pool) == (State.FOUND, "全量库")


class TestDeadlines:
    def test_an_extension_after_the_deadline_does_not_make_it_on_time(self, desk, minor):
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        later = {"deadline": day(30), "extended_by": "己审批", "note": "材料未到"}
        desk.hazards.step(minor, Steps.EXTENDED.kind, on(13, **later))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(15, **RECTIFIED))
        row = desk.hazards.get(minor)
        assert (row.lapsed_on, row.deadline) == (FOUND_ON + timedelta(12), FOUND_ON + timedelta(30))
        assert on_time(desk, 20) == 0
        desk.hazards.correct(minor, 3, {"happened_on": day(12)})
        assert on_time(desk, 20) == 1, "it was approved on the last day"

    def test_a_commitment_made_when_the_notice_has_run_out_is_late_too(self, desk, minor):
        desk.hazards.step(minor, Steps.NOTICE_RECTIFY.kind, on(0, notice_number="1号", deadline=day(3)))
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(5, **FIVE))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(6, **RECTIFIED))
        assert on_time(desk, 20) == 0

    def test_the_deadline_of_a_notice_can_be_extended(self, desk, minor, refused):
        later = {"deadline": day(9), "extended_by": "己审批", "note": "材料未到"}
        refused(minor, Steps.EXTENDED.kind, 1, "还没有整改时限", **later)
        desk.hazards.step(minor, Steps.NOTICE_RECTIFY.kind, on(1, notice_number="1号", deadline=day(5)))
        desk.hazards.step(minor, Steps.EXTENDED.kind, on(4, **later))
        row = desk.hazards.get(minor)
        assert (row.state, row.deadline, row.lapsed_on) == ("待整改", FOUND_ON + timedelta(9), None)

    def test_a_round_of_its_own_has_a_deadline_of_its_own(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(12, **RECTIFIED))
        refused(minor, Steps.RECHECK_FAILED.kind, 14, "请定新的整改时限", **FAILED)
        refused(
            minor, Steps.RECHECK_FAILED.kind, 14, "不能早于“复查未通过”的日期", **FAILED, deadline=day(13)
        )
        desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(14, **FAILED, deadline=day(18)))
        assert (desk.hazards.get(minor).state, desk.hazards.get(minor).lapsed_on) == ("整改中", None)
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(18, **RECTIFIED))
        assert on_time(desk, 20) == 1

    def test_a_failed_recheck_within_the_deadline_leaves_it(self):
        facts = fold(course(*WHOLE[:3], (Steps.RECHECK_FAILED.kind, 6))).facts
        assert facts.deadline == FOUND + timedelta(10)


class TestLevel:
    def test_a_hazard_regraded_later_is_what_it_was_before(self, desk, minor, refused):
        grave = {"level": MAJOR, "regraded_by": "己审批", "note": "专家判定"}
        wrong = refused(minor, Steps.REGRADED.kind, 9, "判定依据", **grave)
        assert wrong.field == "criterion"
        desk.hazards.step(minor, Steps.REGRADED.kind, on(9, **grave, criterion="示例标准"))
        then, now = (desk.hazards.select(Query(as_of=FOUND_ON + timedelta(day)))[0] for day in (8, 9))
        assert (then.level, now.level, now.regraded_on) == ("一般", MAJOR, FOUND_ON + timedelta(9))
        refused(minor, Steps.REGRADED.kind, 10, "已经是“重大”", **grave, criterion="示例标准")
        desk.undo()
        assert desk.hazards.get(minor).level == "一般"


class TestFullList:
    def test_both_leaders_agree_before_it_enters(self, desk, minor, refused):
        assert desk.hazards.get(minor).pool == ""
        refused(minor, Steps.LISTED.kind, 1, "主要领导", deputy_consent="辛分管")
        desk.hazards.step(minor, Steps.LISTED.kind, on(1, **CONSENT))
        assert desk.hazards.get(minor).pool == "全量库"
        refused(minor, Steps.LISTED.kind, 2, "已纳入全量库", **CONSENT)

    def test_what_comes_back_stands_where_it_stood(self, desk, minor):
        desk.hazards.step(minor, Steps.LISTED.kind, on(1, **CONSENT))
        desk.hazards.step(minor, Steps.HANDED_OVER.kind, on(2, **HANDED))
        assert desk.hazards.get(minor).pool == "已推送"
        desk.hazards.step(minor, Steps.SENT_BACK.kind, on(3, note="退回", deadline=day(9)))
        assert desk.hazards.get(minor).pool == "全量库"


class TestMerged:
    @pytest.fixture
    def merged(self, desk, minor, found) -> int:
        other = desk.hazards.add(found | {"place": "二车间"}).ids[0]
        desk.hazards.step(other, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.step(other, Steps.MERGED.kind, on(2, merged_into=desk.hazards.get(minor).number))
        return other

    def test_voiding_the_one_gives_the_other_back(self, desk, minor, merged):
        desk.hazards.step(minor, Steps.VOIDED.kind, on(5, note="并非隐患"))
        row = desk.hazards.get(merged)
        assert (row.state, row.merged_into) == ("整改中", "")
        counted = [
            {row.number for row in desk.hazards.standing(FOUND_ON + timedelta(after), ())} for after in (4, 5)
        ]
        assert counted == [{desk.hazards.get(minor).number}, {row.number}], "one hazard on every day"
        assert desk.check() == []
        desk.undo()
        assert [desk.hazards.get(number).state for number in (minor, merged)] == ["待整改", "已并案"]
        assert desk.check() == []

    def test_a_voiding_taken_back_merges_the_other_again(self, desk, minor, merged):
        desk.hazards.step(minor, Steps.VOIDED.kind, on(5, note="并非隐患"))
        desk.hazards.withdraw(minor)
        assert [desk.hazards.get(number).state for number in (minor, merged)] == ["待整改", "已并案"]
        assert len(desk.hazards.standing(FOUND_ON + timedelta(6), ())) == 1
        desk.hazards.step(minor, Steps.VOIDED.kind, on(6, note="并非隐患"))
        desk.hazards.step(merged, Steps.RECTIFIED.kind, on(7, rectified_by="丁整改"))
        desk.hazards.withdraw(minor)
        assert desk.hazards.get(merged).state == "待复查", "somebody went on with it"
        assert desk.check() == []

    def test_merged_by_mistake(self, desk, merged):
        desk.hazards.step(merged, Steps.RESTORED.kind, on(3, note="不是同一处"))
        assert desk.hazards.get(merged).state == "整改中"


def test_found_before_the_plan_and_listed_within_it_counts_as_listed_alone(desk, found):
    """The plan of 三星乡 begins on 18 May."""
    old = found | {"level": MAJOR, "criterion": "示例标准", "found_on": "2023-05-10", "source": "企业自查"}
    number = desk.hazards.add(old).ids[0]
    desk.hazards.step(number, Steps.SUPERVISED.kind, on(10, **LISTED | {"supervision_deadline": day(22)}))
    pool = read_pool(desk.books, Span(date(2023, 5, 18), date(2023, 5, 28)))
    counted = {name: INDICATORS[name].count(pool).value for name in ("self_found_major", "supervised_major")}
    assert counted == {"self_found_major": 0, "supervised_major": 1}


def test_the_same_person_with_a_space_in_the_name_does_not_recheck(desk, major):
    desk.hazards.step(major, Steps.COMMITTED.kind, on(1, **FIVE))
    desk.hazards.step(major, Steps.RECTIFIED.kind, on(2, rectified_by="李四"))
    desk.hazards.step(major, Steps.RECHECK_PASSED.kind, on(3, **PASSED | {"rechecked_by": "李 四"}))
    with pytest.raises(Refused, match="整改人以外的人员"):
        desk.hazards.step(major, Steps.SIGNED_OFF.kind, on(4, **SIGNED))


def test_a_hazard_found_long_ago_is_asked_back(desk, found):
    old = found | {"found_on": "1890-05-10"}
    with pytest.raises(Refused, match="距今超过10年，请核对"):
        desk.hazards.add(old)
    number = desk.hazards.add(old | {"remark": "档案中的老隐患"}).ids[0]
    assert desk.hazards.get(number).found_on == date(1890, 5, 10)
