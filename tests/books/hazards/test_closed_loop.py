"""Every step of the closed loop over real ledgers: a course, what is refused, days past, any acts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.books.hazards.course import effective, fold
from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row, by_name
from hazard_desk.rules.states import State
from hazard_desk.store.tables import Audit
from tests.books.hazards.test_step_table import ASKS
from tests.books.taking import take

TODAY = date(2023, 6, 1)
FOUND_ON = date(2023, 5, 10)


def day(after: int) -> str:
    return (FOUND_ON + timedelta(after)).isoformat()


def on(after: int, **values: Any) -> Row:
    """Return the entry of a step so many days after discovery, as the clerk types it."""
    return {"happened_on": day(after)} | values


FIVE = {
    "responsible": "丙负责",
    "measures": "更换线路并穿管",
    "funds": "1.5",
    "deadline": day(12),
    "contingency": "断电、撤人、报告",
}
PLAN = {
    "plan_goal": "消除火灾隐患",
    "plan_methods": "更换线路",
    "plan_resources": "电缆两盘",
    "plan_people": "丙负责、丁整改",
    "plan_deadline": day(12),
    "plan_safety": "断电作业，专人监护",
}
LISTED = {
    "supervision_level": "县级",
    "supervision_number": "示例督〔2023〕1号",
    "supervisor": "庚督办",
    "supervision_deadline": day(15),
}
RECTIFIED = {"rectified_by": "丁整改", "spent": "1.2"}
FAILED = {"rechecked_by": "戊复查", "recheck_finding": "未穿管"}
PASSED = {"rechecked_by": "戊复查", "recheck_finding": "合格"}
SIGNED = {"signed_off_by": "己审批"}

COURSE: tuple[tuple[str, int, Row, str], ...] = (
    (Steps.REPORTED.kind, 0, {"reports": "监管单位、乡政府"}, "待整改"),
    (Steps.COMMITTED.kind, 1, FIVE, "整改中"),
    (Steps.PLANNED.kind, 1, PLAN, "整改中"),
    (Steps.NOTICE_RECTIFY.kind, 2, {"notice_number": "示例限改〔2023〕1号", "deadline": day(8)}, "整改中"),
    (Steps.HANDED_OVER.kind, 2, {"handed_to": "县住建局"}, "整改中"),
    (Steps.SUPERVISED.kind, 3, LISTED, "整改中"),
    (Steps.ESCALATED.kind, 4, {"handed_to": "县安委办", "note": "整改需停产"}, "整改中"),
    (Steps.EXTENDED.kind, 5, {"deadline": day(14), "extended_by": "己审批", "note": "材料未到"}, "整改中"),
    (Steps.SUPERVISION_EXTENDED.kind, 5, {"supervision_deadline": day(18), "note": "随整改延期"}, "整改中"),
    (Steps.RECTIFIED.kind, 6, RECTIFIED, "待复查"),
    (Steps.SUPERVISION_ACCEPTED.kind, 7, {}, "待复查"),
    (Steps.RECHECK_FAILED.kind, 7, FAILED, "整改中"),
    (Steps.RECTIFIED.kind, 9, RECTIFIED | {"spent": "1.4"}, "待复查"),
    (Steps.RECHECK_PASSED.kind, 10, PASSED, "待销号"),
    (Steps.NOTICE_RECHECK.kind, 10, {"recheck_number": "示例复查〔2023〕1号"}, "待销号"),
    (Steps.SUPERVISION_ACCEPTED.kind, 11, {}, "待销号"),
    (Steps.SUPERVISION_REMOVED.kind, 12, {}, "待销号"),
    (Steps.SIGNED_OFF.kind, 12, SIGNED, "已销号"),
    (Steps.REOPENED.kind, 14, {"note": "线路又被改动"}, "整改中"),
    (Steps.RECTIFIED.kind, 15, RECTIFIED, "待复查"),
    (Steps.RECHECK_PASSED.kind, 16, PASSED, "待销号"),
    (Steps.SIGNED_OFF.kind, 17, SIGNED, "已销号"),
)
"""A major hazard through every step that does not end it, each with the state that it must lead to."""


@pytest.fixture
def found(found: Row) -> Row:
    return found | {"found_on": FOUND_ON.isoformat()}


@pytest.fixture
def major(desk: Desk, found: Row) -> int:
    """A registered major hazard."""
    return desk.hazards.add(found | {"level": "重大", "criterion": "示例判定标准第三条"}).ids[0]


@pytest.fixture
def minor(desk: Desk, found: Row) -> int:
    return desk.hazards.add(found).ids[0]


@pytest.fixture
def reopened(desk: Desk, major: int) -> int:
    """The hazard after the whole course."""
    for kind, after, values, _ in COURSE:
        desk.hazards.step(major, kind, on(after, **values))
    return major


def everything(desk: Desk) -> list[list[Row]]:
    """Return all that acts on hazards write."""
    return [desk.cabinet.rows(table.select()) for table in (Hazard, HazardEvent, Audit)]


@pytest.fixture
def refused(desk: Desk) -> Callable[..., Refused]:
    """Take a step that is refused, and see that nothing changed."""

    def check(number: int, kind: str, after: int, match: str, **values: Any) -> Refused:
        before = everything(desk)
        with pytest.raises(Refused, match=match) as caught:
            desk.hazards.step(number, kind, on(after, **values))
        assert everything(desk) == before
        return caught.value

    return check


def stored(desk: Desk, number: int) -> list[Event]:
    """Return the events as the rules know them, read from what the ledger shows."""
    fields = desk.hazards.fields
    return [
        Event(
            row["entry"],
            row["kind"],
            row["happened_on"],
            {name: by_name(fields, name).read(value, TODAY) for name, value in row["facts"].items()},
            row["note"],
            row["corrects"],
        )
        for row in desk.hazards.events(number)
    ]


class TestTheWholeCourse:
    def test_it_takes_every_step_that_does_not_end_a_hazard(self):
        others = {Steps.REGISTERED.kind, Steps.MERGED.kind, Steps.VOIDED.kind}
        assert {kind for kind, *_ in COURSE} >= set(ASKS) - others

    def test_each_step_is_offered_taken_and_leads_where_it_must(self, desk, major):
        for kind, after, values, state in COURSE:
            offered = {form.kind: form for form in desk.hazards.steps(major)}
            assert kind in offered, kind
            required = {field.name for field in offered[kind].fields if field.required}
            assert required <= {"happened_on", *values}, kind
            desk.hazards.step(major, kind, on(after, **values))
            assert desk.hazards.get(major)["state"] == state, kind
            assert desk.check() == []

    def test_what_it_leaves(self, desk, reopened):
        row = desk.hazards.get(reopened)
        assert row["reports"] == [f"监管单位（{day(0)}）", f"乡政府（{day(0)}）"]
        assert row["deadline"] == date.fromisoformat(day(14))
        assert (row["notice_number"], row["recheck_number"]) == ("示例限改〔2023〕1号", "示例复查〔2023〕1号")
        assert (row["pool"], row["handed_to"], row["handed_on"]) == (
            "蓄水池",
            "县安委办",
            date.fromisoformat(day(4)),
        )
        assert row["supervision_deadline"] == date.fromisoformat(day(18))
        assert row["supervision_removed_on"] == date.fromisoformat(day(12))
        dates = [row[name].isoformat() for name in ("rectified_on", "rechecked_on", "signed_off_on")]
        assert dates == [day(15), day(16), day(17)]
        assert {name: row[name] for name in ("plan_goal", "plan_safety")} == {
            name: PLAN[name] for name in ("plan_goal", "plan_safety")
        }

    def test_the_kept_row_is_what_the_events_fold_to(self, desk, reopened):
        folded, row = fold(stored(desk, reopened)), desk.hazards.get(reopened)
        assert {name: row[name] for name in folded.facts} == folded.facts
        assert row["state"] == folded.state

    def test_the_state_of_any_day_is_that_of_the_last_step_until_then(self, desk, reopened):
        for after in range(-1, 20):
            states = ["待整改"] if after >= 0 else []
            states += [state for _, at, _, state in COURSE if at <= after]
            rows = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(after)))
            assert [row["state"] for row in rows] == states[-1:], after

    def test_the_facts_of_a_past_day(self, desk, reopened):
        (row,) = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(4)))
        assert (row["deadline"], row["pool"]) == (date.fromisoformat(day(8)), "蓄水池")
        (row,) = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(13)))
        assert (row["signed_off_on"], row["spent"]) == (date.fromisoformat(day(12)), 1.4)
        (row,) = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(14)))
        assert (row["signed_off_on"], row["rectified_on"]) == (None, None)

    def test_all_of_it_can_be_taken_back_step_by_step(self, desk, reopened):
        for _, _, _, state in reversed([(None, 0, {}, "待整改"), *COURSE[:-1]]):
            desk.undo()
            assert desk.hazards.get(reopened)["state"] == state
        assert desk.check() == []
        assert len(desk.hazards.events(reopened)) == 1 + 2 * len(COURSE)


class TestTheFive:
    @pytest.mark.parametrize(("name", "word"), COMMITMENTS.items())
    def test_what_is_missing_is_named(self, desk, found, refused, name, word):
        some = {key: value for key, value in FIVE.items() if key != name}
        number = desk.hazards.add(found | some).ids[0]
        refused(number, Steps.RECTIFIED.kind, 1, f"现缺：{word}$", **RECTIFIED)

    def test_a_step_names_what_its_form_lacks(self, minor, refused):
        some = FIVE | {"funds": "", "contingency": ""}
        wrong = refused(minor, Steps.COMMITTED.kind, 1, "整改资金.*应急预案", **some)
        assert isinstance(wrong, RefusedFields)
        assert set(wrong.problems) == {"funds", "contingency"}

    def test_on_the_day_itself_none_is_needed_not_even_after_a_failed_recheck(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(0, **FAILED))
        assert desk.hazards.get(minor)["state"] == "待整改"
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(1, **FAILED))
        refused(minor, Steps.RECTIFIED.kind, 1, "现缺：责任、措施、资金、时限、预案", **RECTIFIED)


class TestPapers:
    def test_a_plan_is_for_major_hazards_only(self, desk, minor, major, refused):
        refused(minor, Steps.PLANNED.kind, 1, "“制定一案一策”只用于重大隐患", **PLAN)
        assert Steps.PLANNED.kind not in {form.kind for form in desk.hazards.steps(minor)}
        assert Steps.PLANNED.kind in {form.kind for form in desk.hazards.steps(major)}

    def test_a_plan_is_whole(self, major, refused):
        wrong = refused(major, Steps.PLANNED.kind, 1, "安全措施和应急预案", **PLAN | {"plan_safety": " "})
        assert wrong.field == "plan_safety"

    def test_a_hazard_with_a_plan_does_not_become_an_ordinary_one(self, desk, major):
        desk.hazards.step(major, Steps.PLANNED.kind, on(1, **PLAN))
        with pytest.raises(Refused, match="只用于重大隐患"):
            desk.hazards.change(major, {"level": "一般"})

    def test_a_notice_has_a_number_and_a_deadline_not_before_it(self, minor, refused):
        number = {"notice_number": "示例限改〔2023〕2号"}
        refused(minor, Steps.NOTICE_RECTIFY.kind, 3, "整改时限", **number)
        wrong = refused(minor, Steps.NOTICE_RECTIFY.kind, 3, "不能早于下发日期", **number, deadline=day(2))
        assert wrong.field == "deadline"
        refused(minor, Steps.NOTICE_RECTIFY.kind, 3, "文号", deadline=day(9))

    def test_the_deadline_of_a_notice_may_be_its_own_day(self, desk, minor):
        desk.hazards.step(minor, Steps.NOTICE_RECTIFY.kind, on(3, notice_number="1", deadline=day(3)))
        row = desk.hazards.get(minor)
        assert (row["state"], row["deadline"]) == ("待整改", date.fromisoformat(day(3)))

    def test_a_recheck_paper_needs_a_notice_and_a_recheck(self, desk, minor, refused):
        paper = {"recheck_number": "示例复查〔2023〕2号"}
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        refused(minor, Steps.NOTICE_RECHECK.kind, 2, "须先下发限期整改意见书", **paper)
        desk.hazards.step(minor, Steps.NOTICE_RECTIFY.kind, on(2, notice_number="1", deadline=day(9)))
        refused(minor, Steps.NOTICE_RECHECK.kind, 2, "须先登记复查结果", **paper)
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(3, **RECTIFIED))
        refused(minor, Steps.NOTICE_RECHECK.kind, 3, "须先登记复查结果", **paper)
        desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(4, **FAILED))
        desk.hazards.step(minor, Steps.NOTICE_RECHECK.kind, on(4, **paper))
        assert desk.hazards.get(minor)["recheck_number"] == paper["recheck_number"]

    def test_a_reopened_hazard_needs_a_new_recheck_for_a_new_paper(self, desk, reopened, refused):
        desk.hazards.step(reopened, Steps.REOPENED.kind, on(18, note="再次出现"))
        refused(
            reopened, Steps.NOTICE_RECHECK.kind, 19, "须先登记复查结果", recheck_number="示例复查〔2023〕3号"
        )

    def test_reports_are_added_never_replaced(self, desk, minor):
        for after, to in ((0, "监管单位，乡政府"), (3, "职代会")):
            desk.hazards.step(minor, Steps.REPORTED.kind, on(after, reports=to))
        assert len(desk.hazards.get(minor)["reports"]) == 3
        desk.undo()
        assert len(desk.hazards.get(minor)["reports"]) == 2


class TestMajor:
    def test_sign_off_needs_another_rechecker(self, desk, major, refused):
        desk.hazards.step(major, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.step(major, Steps.RECTIFIED.kind, on(2, rectified_by="丁整改、戊复查"))
        desk.hazards.step(major, Steps.RECHECK_PASSED.kind, on(3, **PASSED))
        wrong = refused(major, Steps.SIGNED_OFF.kind, 4, "整改人以外的人员复查", **SIGNED)
        assert wrong.field == "signed_off_by"


class TestSupervision:
    def test_listed_once(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(1, **LISTED))
        refused(minor, Steps.SUPERVISED.kind, 2, "已挂牌督办，尚未摘牌", **LISTED)

    def test_its_deadline_is_not_before_it(self, minor, refused):
        wrong = refused(
            minor, Steps.SUPERVISED.kind, 3, "不能早于挂牌日期", **LISTED | {"supervision_deadline": day(2)}
        )
        assert wrong.field == "supervision_deadline"

    @pytest.mark.parametrize("after", [14, 15])
    def test_an_extension_is_later(self, desk, minor, refused, after):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(1, **LISTED))
        wrong = refused(
            minor,
            Steps.SUPERVISION_EXTENDED.kind,
            2,
            f"须晚于原时限{day(15)}",
            supervision_deadline=day(after),
            note="原因",
        )
        assert wrong.field == "supervision_deadline"

    @pytest.mark.parametrize(
        ("kind", "values"),
        [
            (Steps.SUPERVISION_EXTENDED.kind, {"supervision_deadline": day(20), "note": "原因"}),
            (Steps.SUPERVISION_ACCEPTED.kind, {}),
            (Steps.SUPERVISION_REMOVED.kind, {}),
        ],
    )
    def test_what_is_not_listed_has_nothing_of_it(self, desk, minor, refused, kind, values):
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        refused(minor, kind, 2, f"未挂牌督办，不能办理“{STEPS[kind].label}”", **values)
        assert kind not in {form.kind for form in desk.hazards.steps(minor)}

    def test_removed_only_after_acceptance(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        refused(minor, Steps.SUPERVISION_REMOVED.kind, 2, "须先办理“督办验收”")

    def test_signed_off_only_after_acceptance(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        wrong = refused(minor, Steps.SIGNED_OFF.kind, 2, "正在挂牌督办，销号前请先办理“督办验收”", **SIGNED)
        assert wrong.field == "happened_on"
        desk.hazards.step(minor, Steps.SUPERVISION_ACCEPTED.kind, on(3))
        refused(minor, Steps.SIGNED_OFF.kind, 2, "销号前请先办理“督办验收”", **SIGNED)
        desk.hazards.step(minor, Steps.SIGNED_OFF.kind, on(3, **SIGNED))
        assert desk.hazards.get(minor)["state"] == "已销号"

    def test_history_signed_off_without_acceptance_is_kept_corrected_and_reopened(self, desk, minor, refused):
        """As an older version let it, or a sheet tells it."""
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        day = on(2)["happened_on"]
        take(desk.hazards, {"signed_off_on": day, **SIGNED}, minor)
        assert desk.hazards.check() == []
        desk.hazards.correct(minor, 5, {"note": "补记"})
        desk.hazards.step(minor, Steps.REPORTED.kind, on(3, reports="乡政府"))
        desk.hazards.step(minor, Steps.REOPENED.kind, on(4, note="又出现"))
        assert desk.hazards.get(minor)["state"] == "待整改"

    @pytest.mark.parametrize(
        "back",
        [
            ((Steps.RECHECK_FAILED.kind, FAILED),),
            (
                (Steps.RECHECK_PASSED.kind, PASSED),
                (Steps.SIGNED_OFF.kind, SIGNED),
                (Steps.REOPENED.kind, {"note": "又出现"}),
            ),
        ],
    )
    def test_an_acceptance_does_not_outlive_the_rectification_that_it_accepted(
        self, desk, minor, refused, back
    ):
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(0, **FIVE))
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(1, **RECTIFIED))
        desk.hazards.step(minor, Steps.SUPERVISION_ACCEPTED.kind, on(1))
        for kind, values in back:
            desk.hazards.step(minor, kind, on(2, **values))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(3, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(4, **PASSED))
        refused(minor, Steps.SUPERVISION_REMOVED.kind, 5, "须先办理“督办验收”")

    def test_not_accepted_before_it_is_rectified(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(1, **LISTED))
        refused(minor, Steps.SUPERVISION_ACCEPTED.kind, 2, "当前为“待整改”")


class TestEnds:
    @pytest.mark.parametrize(
        "kind", [Steps.VOIDED.kind, Steps.ESCALATED.kind, Steps.REOPENED.kind, Steps.EXTENDED.kind]
    )
    def test_a_reason_is_asked_for(self, desk, minor, refused, kind):
        values = {"handed_to": "县安委办", "deadline": day(20), "extended_by": "己审批", "note": ""}
        wrong = refused(minor, kind, 1, "说明", **values)
        assert "note" in wrong.problems  # type: ignore[attr-defined]

    def test_only_what_is_closed_is_opened_again(self, minor, refused):
        refused(minor, Steps.REOPENED.kind, 1, "当前为“待整改”，不能办理“重新打开”", note="又出现")

    @pytest.mark.parametrize(
        ("state", "hint"),
        [
            ("待整改", "请先办理“落实‘五落实’”或“整改完成”"),
            ("整改中", "请先办理“整改完成”"),
            ("待复查", "请先办理复查"),
            ("待销号", "下一步是“销号”"),
        ],
    )
    def test_a_step_too_soon_or_too_late_is_told_what_comes_first(self, desk, minor, refused, state, hint):
        steps = (
            (Steps.COMMITTED.kind, FIVE),
            (Steps.RECTIFIED.kind, RECTIFIED),
            (Steps.RECHECK_PASSED.kind, PASSED),
        )
        for kind, values in steps:
            if desk.hazards.get(minor)["state"] != state:
                desk.hazards.step(minor, kind, on(1, **values))
        wrong_step = Steps.RECTIFIED.kind if state in ("待复查", "待销号") else Steps.SIGNED_OFF.kind
        refused(minor, wrong_step, 2, hint, **RECTIFIED | SIGNED)

    @pytest.mark.parametrize(
        ("into", "says"),
        [
            ("self", "不能并入自己"),
            ("void", "已作废，不能并入"),
            ("merged", "已并案，不能并入"),
            ("三星隐患〔2023〕999号", "没有隐患“三星隐患〔2023〕999号”"),
            ("", "并入隐患编号"),
        ],
    )
    def test_what_nothing_is_merged_into(self, desk, minor, found, refused, into, says):
        other, gone = (desk.hazards.add(found).ids[0] for _ in range(2))
        called = {number: desk.hazards.get(number)["number"] for number in (minor, other, gone)}
        desk.hazards.step(gone, Steps.VOIDED.kind, on(1, note="重复"))
        third = desk.hazards.add(found).ids[0]
        desk.hazards.step(third, Steps.MERGED.kind, on(1, merged_into=called[other]))
        names = {"self": called[minor], "void": called[gone], "merged": desk.hazards.get(third)["number"]}
        wrong = refused(minor, Steps.MERGED.kind, 1, says, merged_into=names.get(into, into))
        assert wrong.field == "merged_into"

    def test_a_correction_does_not_merge_into_what_a_step_could_not(self, desk, minor, found):
        other = desk.hazards.add(found).ids[0]
        own = desk.hazards.get(other)["number"]
        desk.hazards.step(other, Steps.MERGED.kind, on(1, merged_into=desk.hazards.get(minor)["number"]))
        for into in (own, "没有这一条"):
            with pytest.raises(RefusedFields):
                desk.hazards.correct(other, 2, {"merged_into": into})
        desk.hazards.correct(other, 2, {"note": "同一处线路"})
        assert desk.hazards.get(other)["merged_into"] == desk.hazards.get(minor)["number"]

    def test_a_merged_hazard_counts_no_more_but_did(self, desk, minor, found):
        other = desk.hazards.add(found).ids[0]
        desk.hazards.step(other, Steps.MERGED.kind, on(3, merged_into=desk.hazards.get(minor)["number"]))
        before = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(2), sort="number"))
        after = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(3), sort="number"))
        assert [row["state"] for row in before] == ["待整改", "待整改"]
        assert [row["state"] for row in after] == ["待整改", "已并案"]


class TestLinks:
    def test_an_enterprise_that_takes_another_name_keeps_its_hazards(self, desk, found):
        unit = desk.enterprises.add({"name": found["unit_name"], "category": "企业", "sector": "工贸"}).ids[0]
        number = desk.hazards.add(found).ids[0]
        desk.enterprises.change(unit, {"name": "示例新厂"})
        desk.hazards.step(number, Steps.COMMITTED.kind, on(1, **FIVE))
        assert desk.hazards.get(number)["enterprise_id"] == unit
        desk.hazards.change(number, {"unit_name": "别家"})
        assert desk.hazards.get(number)["enterprise_id"] is None

    def test_an_enterprise_entered_later_is_found_by_the_next_step(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        unit = desk.enterprises.add({"name": found["unit_name"], "category": "企业", "sector": "工贸"}).ids[0]
        desk.hazards.step(number, Steps.COMMITTED.kind, on(1, **FIVE))
        assert desk.hazards.get(number)["enterprise_id"] == unit


class TestDaysPast:
    def test_a_past_day_is_sorted_by_what_stood_then(self, desk, minor, found):
        other = desk.hazards.add(found | {"deadline": day(13)}).ids[0]
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.step(
            minor, Steps.EXTENDED.kind, on(5, deadline=day(20), extended_by="己审批", note="材料未到")
        )
        then, now = (Query(sort="deadline", as_of=FOUND_ON + timedelta(after)) for after in (4, 5))
        assert [row["id"] for row in desk.hazards.select(then)] == [minor, other]
        assert [row["id"] for row in desk.hazards.select(now)] == [other, minor]
        down = Query(sort="deadline", descending=True, as_of=FOUND_ON + timedelta(4))
        assert desk.hazards.ids(down) == [other, minor]


class TestTheLine:
    def test_a_correction_taken_back_counts_no_more(self, desk, minor):
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.correct(minor, 2, {"responsible": "壬"})
        assert [row["effective"] for row in desk.hazards.events(minor)] == [True, False, True]
        desk.undo()
        assert desk.hazards.get(minor)["responsible"] == FIVE["responsible"]
        assert [row["effective"] for row in desk.hazards.events(minor)] == [True, True, False, False]


# Any acts on three hazards: steps, ends, mergers, corrections, undo

DAYS = st.integers(-1, 14).map(day)
PEOPLE = st.sampled_from(["甲", "乙", "甲、乙", "丙"])
NUMBERS = st.sampled_from([f"三星隐患〔2023〕00{serial}号" for serial in (1, 2, 3, 9)])
ENTERED = {
    "funds": st.just("0"),
    "spent": st.just("1.5"),
    "supervision_level": st.just("县级"),
    "merged_into": NUMBERS,
}


def entered(name: str) -> st.SearchStrategy[str]:
    """What a clerk may type into a field of a step."""
    if name.endswith("deadline"):
        return DAYS
    if name in ("rectified_by", "rechecked_by", "reports"):
        return PEOPLE
    return ENTERED.get(name, st.just("写明"))


ENDS = (Steps.MERGED.kind, Steps.VOIDED.kind)
LIKELY = [kind for kind in STEPS if kind not in (Steps.REGISTERED.kind, *ENDS)]


@st.composite
def acts(draw: Callable[..., Any]) -> tuple[str, int, Any, Row]:
    """One of the three hazards, what is done to it, and what is typed."""
    what = draw(st.sampled_from(["next"] * 6 + ["step"] * 4 + ["correct", "undo", "undo"]))
    kind = draw(st.sampled_from(LIKELY * 3 + list(ENDS)))
    names = {name for step in STEPS.values() for name in (*step.needs, *step.may)}
    values = {name: draw(entered(name)) for name in sorted(names)}
    which = draw(st.integers(0, 99)) if what == "next" else kind
    if what == "correct":
        which = draw(st.integers(1, 9))
    return what, draw(st.integers(1, 3)), which, values | {"happened_on": draw(DAYS), "note": "说明"}


def do(desk: Desk, act: tuple[str, int, Any, Row]) -> None:
    what, number, which, values = act
    if what == "undo":
        desk.undo()
    elif what == "correct":
        desk.hazards.correct(number, which, values)
    elif what == "next":  # a step that is offered, at the day of the last one: most are lawful
        offered = [form.kind for form in desk.hazards.steps(number) if form.kind not in ENDS]
        if not offered:
            raise Refused("nothing is offered")
        last = max(row["happened_on"] for row in desk.hazards.events(number))
        desk.hazards.step(number, offered[which % len(offered)], values | {"happened_on": last})
    else:
        desk.hazards.step(number, which, values)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts(), min_size=5, max_size=16))
def test_whatever_is_done_to_several_hazards_every_one_is_what_its_events_say(
    blank: Path, found: Row, tried: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(blank, Path(scratch) / "desk")
        with Desk.open(Path(scratch) / "desk", TODAY) as desk:
            desk.hazards.add(found)
            desk.hazards.add(found | FIVE)
            desk.hazards.add(found | FIVE | {"level": "重大", "criterion": "标准"})
            for act in tried:
                before = everything(desk)
                try:
                    do(desk, act)
                except Refused as wrong:
                    assert wrong.message
                    assert everything(desk) == before
                else:
                    assert len(everything(desk)[2]) == len(before[2]) + 1, "one act, one audit row"
            courses = {number: stored(desk, number) for number in (1, 2, 3)}
            for number, events in courses.items():
                folded, row = fold(events), desk.hazards.get(number)
                assert row["state"] == folded.state
                assert {name: row[name] for name in folded.facts} == folded.facts
            assert desk.check() == []
            for after in range(-1, 15):
                until = FOUND_ON + timedelta(after)
                expected = {}
                for number, events in courses.items():
                    happened = [event for event in effective(events) if event.happened_on <= until]
                    if happened:
                        expected[number] = State(fold(happened).state)
                rows = desk.hazards.select(Query(as_of=until))
                assert {row["id"]: row["state"] for row in rows} == expected
