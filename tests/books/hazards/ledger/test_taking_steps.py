"""The closed loop on a real desk, step by step; one hazard merged into another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hazard_desk.books.hazards.law import ALWAYS_COMMITTED, COMMITMENTS
from hazard_desk.books.hazards.step import CORRECTED
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.store.tables import Audit
from tests.books.hazards.ledger.conftest import FOUND_ON, RECTIFIED, SIGNED, on


class TestTheLoop:
    def test_from_discovery_to_sign_off(self, desk, closed):
        row = desk.hazards.get(closed)
        assert row["state"] == "已销号"
        assert (row["rectified_on"], row["rechecked_on"], row["signed_off_on"]) == tuple(
            FOUND_ON + timedelta(day) for day in (5, 6, 7)
        )
        assert row["funds"] == 1.5
        assert row["spent"] == 1.2
        assert row["overdue"] is False
        assert row["days_left"] is None
        assert desk.check() == []

    def test_each_step_is_one_change_and_one_audit_row(self, desk, number, five):
        before = len(desk.cabinet.rows(Audit.select()))
        change = desk.hazards.step(number, "committed", five)
        assert change.title == "三星隐患〔2023〕001号 落实“五落实”"
        corrected = desk.hazards.correct(number, 2, {"responsible": "乙"})
        assert corrected.title == "三星隐患〔2023〕001号 更正“落实‘五落实’”"
        assert change.ids == (number,)
        assert len(desk.cabinet.rows(Audit.select())) == before + 2

    def test_days_left_and_overdue(self, desk, number, five):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        assert desk.hazards.get(number)["days_left"] == -1
        assert desk.hazards.get(number)["overdue"] is True
        desk.cabinet.clock.set(date(2023, 5, 31))
        assert desk.hazards.get(number)["days_left"] == 0
        assert desk.hazards.get(number)["overdue"] is False

    @pytest.mark.parametrize("name", ALWAYS_COMMITTED)
    def test_person_measures_and_deadline_may_not_be_missing(self, desk, number, refused, five, name):
        wrong = refused(desk.hazards.step, number, Steps.COMMITTED.kind, five | {name: " "})
        assert list(wrong.problems) == [name]

    def test_a_step_tells_all_that_is_missing(self, desk, number, refused):
        wrong = refused(desk.hazards.step, number, Steps.COMMITTED.kind, {})
        assert set(wrong.problems) == {"happened_on", *ALWAYS_COMMITTED}

    def test_names_need_a_name(self, desk, number, refused):
        wrong = refused(desk.hazards.step, number, Steps.RECTIFIED.kind, on(0, rectified_by="、"))
        assert list(wrong.problems) == ["rectified_by"]

    def test_put_right_on_the_day_itself(self, desk, number):
        desk.hazards.step(number, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        assert desk.hazards.get(number)["state"] == "待复查"

    def test_put_right_later_without_the_five(self, desk, number, refused):
        refused(
            desk.hazards.step,
            number,
            Steps.RECTIFIED.kind,
            on(1, **RECTIFIED),
            match="现缺：责任、措施、时限",
        )

    def test_a_step_does_not_lie_ahead(self, desk, number, refused):
        wrong = refused(
            desk.hazards.step, number, Steps.VOIDED.kind, {"happened_on": "2023-06-02", "note": "重复"}
        )
        assert wrong.field == "happened_on"

    def test_a_step_before_discovery(self, desk, number, refused, five):
        refused(desk.hazards.step, number, Steps.COMMITTED.kind, five | on(-1), match="不能早于发现日期")

    def test_an_extension_is_later_approved_and_explained(self, desk, number, refused, five):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        asks = on(3, deadline="2023-06-15", extended_by="己审批", note="材料未到")
        for missing in ("deadline", "extended_by", "note"):
            wrong = refused(desk.hazards.step, number, Steps.EXTENDED.kind, asks | {missing: ""})
            assert list(wrong.problems) == [missing]
        refused(
            desk.hazards.step, number, Steps.EXTENDED.kind, asks | {"deadline": "2023-05-31"}, match="须晚于"
        )
        desk.hazards.step(number, Steps.EXTENDED.kind, asks)
        assert desk.hazards.get(number)["deadline"] == date(2023, 6, 15)

    def test_a_major_hazard_is_rechecked_by_somebody_else(self, desk, found, five, refused):
        number = desk.hazards.add(found | {"level": "重大", "criterion": "判定标准第三条"}).ids[0]
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        desk.hazards.step(number, Steps.RECTIFIED.kind, on(5, rectified_by="甲、乙"))
        desk.hazards.step(number, Steps.RECHECK_PASSED.kind, on(6, rechecked_by="乙", recheck_finding="合格"))
        refused(desk.hazards.step, number, Steps.SIGNED_OFF.kind, on(7, **SIGNED), match="整改人以外")
        desk.hazards.correct(number, 4, {"rechecked_by": "丙"})
        desk.hazards.step(number, Steps.SIGNED_OFF.kind, on(7, **SIGNED, closing_reason="已另行报告"))
        assert desk.hazards.get(number)["state"] == "已销号"

    def test_a_step_entered_late_takes_its_place(self, desk, number, five):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        desk.hazards.step(number, Steps.RECTIFIED.kind, on(5, **RECTIFIED))
        late = {"deadline": "2023-06-15", "extended_by": "己审批", "note": "补录"}
        desk.hazards.step(number, Steps.EXTENDED.kind, on(4, **late))
        assert desk.hazards.get(number)["state"] == "待复查"
        assert desk.hazards.get(number)["deadline"] == date(2023, 6, 15)
        assert [row["state"] for row in desk.hazards.events(number)] == [
            "待整改",
            "整改中",
            "待复查",
            "整改中",
        ]

    def test_a_step_entered_late_where_it_is_not_lawful(self, desk, closed, refused, five):
        refused(
            desk.hazards.step, closed, Steps.COMMITTED.kind, five | on(5), match="2023-05-25时隐患为“待复查”"
        )

    def test_the_steps_offered_are_lawful_and_say_what_they_ask(self, desk, number):
        forms = {form.kind: form for form in desk.hazards.steps(number)}
        assert {Steps.COMMITTED.kind, Steps.RECTIFIED.kind, Steps.VOIDED.kind} <= set(forms)
        assert not {
            Steps.RECHECK_PASSED.kind,
            Steps.SIGNED_OFF.kind,
            Steps.REGISTERED.kind,
            CORRECTED,
        } & set(forms)
        asked = {field.name: field.required for field in forms[Steps.COMMITTED.kind].fields}
        assert asked == {"happened_on": True, **dict.fromkeys(COMMITMENTS, True), "note": False}

    def test_only_steps_can_be_taken(self, desk, number, refused):
        refused(desk.hazards.step, number, Steps.REGISTERED.kind, on(1))
        refused(desk.hazards.step, number, Steps.REGISTERED.kind, on(-1))

    def test_a_hazard_that_is_gone(self, desk, refused, five):
        for act in (
            lambda: desk.hazards.step(99, Steps.COMMITTED.kind, five),
            lambda: desk.hazards.change(99, {}),
            lambda: desk.hazards.correct(99, 1, {}),
            lambda: desk.hazards.withdraw(99),
            lambda: desk.hazards.steps(99),
            lambda: desk.hazards.events(99),
        ):
            refused(act, match="已不存在")


class TestMerging:
    def test_into_another_that_counts(self, desk, number, found, refused):
        first = desk.hazards.get(number)["number"]
        second = desk.hazards.add(found).ids[0]
        own = desk.hazards.get(second)["number"]
        for into, says in ((own, "不能并入自己"), ("三星隐患〔2023〕999号", "没有隐患")):
            refused(desk.hazards.step, second, Steps.MERGED.kind, on(1, merged_into=into), match=says)
        desk.hazards.step(second, Steps.MERGED.kind, on(1, merged_into=first))
        assert desk.hazards.get(second)["state"] == "已并案"
        refused(desk.hazards.step, number, Steps.MERGED.kind, on(1, merged_into=own), match="不能并入")
