"""How a hazard ends: signed off, merged, voided; and the enterprise that it stays with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import RefusedFields
from tests.books.hazards.loop.conftest import (
    FIVE,
    FOUND_ON,
    PASSED,
    RECTIFIED,
    SIGNED,
    day,
    on,
)


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
