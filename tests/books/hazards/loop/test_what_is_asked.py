"""What a step of the closed loop asks for: the five commitments, papers, another rechecker."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.law import ALWAYS_COMMITTED, COMMITMENTS
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.errors import Refused, RefusedFields
from tests.books.hazards.loop.conftest import (
    FAILED,
    FIVE,
    PASSED,
    PLAN,
    RECTIFIED,
    SIGNED,
    day,
    on,
)


class TestTheFive:
    @pytest.mark.parametrize(("name", "word"), COMMITMENTS.items())
    def test_what_a_major_hazard_lacks_is_named(self, desk, found, refused, name, word):
        some = {key: value for key, value in FIVE.items() if key != name}
        number = desk.hazards.add(found | some | {"level": "重大", "criterion": "标准"}).ids[0]
        refused(number, Steps.RECTIFIED.kind, 1, f"现缺：{word}$", **RECTIFIED)

    def test_an_ordinary_one_is_put_right_by_person_measures_and_day(self, desk, found):
        some = {name: FIVE[name] for name in ALWAYS_COMMITTED}
        number = desk.hazards.add(found).ids[0]
        desk.hazards.step(number, Steps.COMMITTED.kind, on(1, **some))
        assert desk.hazards.get(number).state == "整改中"
        desk.hazards.step(number, Steps.RECTIFIED.kind, on(2, **RECTIFIED))
        assert desk.hazards.get(number).state == "待复查"

    def test_a_step_names_what_its_form_lacks(self, major, refused):
        some = FIVE | {"funds": "", "contingency": ""}
        wrong = refused(major, Steps.COMMITTED.kind, 1, "整改资金.*应急预案", **some)
        assert isinstance(wrong, RefusedFields)
        assert set(wrong.problems) == {"funds", "contingency"}

    def test_on_the_day_itself_none_is_needed_not_even_after_a_failed_recheck(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(0, **FAILED))
        assert desk.hazards.get(minor)["state"] == "待整改"
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        refused(minor, Steps.RECHECK_FAILED.kind, 1, "请定新的整改时限", **FAILED)
        desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(1, **FAILED, deadline=day(4)))
        refused(minor, Steps.RECTIFIED.kind, 1, "现缺：责任、措施$", **RECTIFIED)


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
        desk.hazards.step(reopened, Steps.REOPENED.kind, on(18, note="再次出现", deadline=day(25)))
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
