"""Checks on enterprises, what they found, and the three parts of an enforcement."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.books.checks.book import DIAGNOSED, KINDS, check_times
from hazard_desk.books.kit.ledger import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row
from hazard_desk.store.tables import Audit

VISIT = {
    "checked_on": "2023-05-20",
    "kind": "日常",
    "unit_name": "示例木材加工厂",
    "inspectors": "甲检查、乙检查",
}
PROBLEM = {"level": "一般", "place": "加工车间", "description": "电线私拉乱接"}


@pytest.fixture
def check(desk: Desk) -> int:
    return desk.checks.add(VISIT).ids[0]


@pytest.fixture
def finding(desk: Desk, check: int) -> int:
    desk.checks.add_finding(check, PROBLEM)
    return int(desk.checks.findings(check)[0]["id"])


def problems(act, *words) -> dict[str, str]:
    with pytest.raises(RefusedFields) as caught:
        act(*words)
    return caught.value.problems


class TestEntering:
    def test_what_is_entered_stands(self, desk, check):
        row = desk.checks.get(check)
        assert (row["checked_on"], row["inspectors"]) == (date(2023, 5, 20), ["甲检查", "乙检查"])
        assert (row["closed"], row["findings"]) == (False, 0)

    def test_all_that_is_missing_is_told_at_once(self, desk):
        missing = {name for name in VISIT if name != "x"}
        assert set(problems(desk.checks.add, {})) == missing

    @pytest.mark.parametrize(
        ("other", "field"),
        [
            ({"inspectors": "甲检查"}, "inspectors"),
            ({"inspectors": "甲检查、甲检查"}, "inspectors"),
            ({"badges": "证1"}, "badges"),
            ({"checked_on": "2023-06-02"}, "checked_on"),
            ({"kind": "随便看看"}, "kind"),
            ({"times": "上午"}, "times"),
        ],
    )
    def test_what_is_refused(self, desk, other, field):
        assert set(problems(desk.checks.add, VISIT | other)) == {field}

    def test_every_kind_of_check_and_the_seven_things_seen_can_be_entered(self, desk):
        seen = [field for field in desk.checks.entry_fields() if field.kind == "bool"]
        assert len(seen) == 7
        for kind in KINDS:
            number = desk.checks.add(VISIT | {"kind": kind} | {field.name: "是" for field in seen}).ids[0]
            assert all(desk.checks.get(number)[field.name] for field in seen)
        assert desk.checks.count(Query(where={seen[0].name: "是"})) == len(KINDS)


class TestTimes:
    @pytest.mark.parametrize(
        "text",
        ["09:00—11:30", "9:00-11:30", "9：00至11：30", "00:00～23:59", "09:00 — 11:30", "9:05–9:05"],
    )
    def test_a_span_of_hours(self, text):
        check_times(text)

    @pytest.mark.parametrize(
        "text", ["9点到11点", "11:30—09:00", "25:00—26:00", "09:60—10:00", "10:00—9:00", "09:00", "—", "１"]
    )
    def test_what_is_none(self, text):
        with pytest.raises(Refused, match="09:00—11:30 的样子"):
            check_times(text)

    @given(st.times(), st.times(), st.sampled_from("—–-~～至"))
    def test_any_two_times_in_their_order(self, one, other, mark):
        first, last = sorted((one, other))
        check_times(f"{first:%H:%M}{mark}{last:%H:%M}")

    @given(st.text(max_size=16))
    def test_any_text_is_accepted_or_refused_and_never_a_bug(self, text):
        try:
            check_times(text)
        except Refused:
            return
        assert text.count(":") + text.count("：") == 2


class TestEnforcement:
    @pytest.mark.parametrize("answers", list(product(["", *DIAGNOSED, "未完成"], ["不予处罚", "未完成"])))
    def test_it_is_closed_only_with_all_three_parts(self, desk, answers):
        diagnosis, penalty = answers
        parts = {"diagnosis": diagnosis, "penalty": penalty, "recheck": "已复查"}
        row = desk.checks.get(desk.checks.add(VISIT | parts).ids[0])
        assert row["closed"] == (answers == ("已完成", "不予处罚"))

    @pytest.mark.parametrize("recheck", ["", "未复查"])
    def test_not_without_the_recheck(self, desk, recheck):
        parts = {"diagnosis": "已完成", "penalty": "已处罚", "recheck": recheck}
        assert desk.checks.get(desk.checks.add(VISIT | parts).ids[0])["closed"] is False


class TestFindings:
    def test_they_are_counted_and_listed(self, desk, check, finding):
        desk.checks.add_finding(check, PROBLEM | {"place": "仓库"})
        assert desk.checks.get(check)["findings"] == 2
        assert [row["place"] for row in desk.checks.findings(check)] == ["加工车间", "仓库"]
        assert desk.checks.get(desk.checks.add(VISIT).ids[0])["findings"] == 0

    def test_what_is_missing_is_told(self, desk, check):
        assert set(problems(desk.checks.add_finding, check, {"level": "大"})) == {
            "level",
            "place",
            "description",
        }

    def test_of_a_check_that_is_gone(self, desk):
        with pytest.raises(Refused, match="已不存在"):
            desk.checks.add_finding(99, PROBLEM)


class TestMakingHazards:
    MORE: ClassVar[Row] = {"sector": "工贸"}

    def test_all_that_the_check_knows_is_taken_over(self, desk, check, finding):
        change = desk.checks.make_hazard(finding, self.MORE)
        row = desk.hazards.get(change.ids[0])
        for name in ("level", "place", "description"):
            assert row[name] == PROBLEM[name]
        assert (row["source"], row["unit_name"]) == ("执法检查", VISIT["unit_name"])
        assert (row["found_on"], row["inspectors"]) == (date(2023, 5, 20), ["甲检查", "乙检查"])
        assert row["check_id"] == check
        assert desk.checks.findings(check)[0]["hazard_id"] == row["id"]

    def test_sector_and_office_come_from_the_enterprise(self, desk):
        unit = {"name": VISIT["unit_name"], "category": "企业", "sector": "消防", "office": "示例科室"}
        desk.enterprises.add(unit)
        check = desk.checks.add(VISIT).ids[0]
        desk.checks.add_finding(check, PROBLEM)
        number = desk.checks.make_hazard(desk.checks.findings(check)[0]["id"]).ids[0]
        row = desk.hazards.get(number)
        assert (row["sector"], row["office"]) == ("消防", "示例科室")

    def test_what_is_missing_is_told_and_nothing_is_kept(self, desk, check, finding):
        before = len(desk.cabinet.rows(Audit.select()))
        assert set(problems(desk.checks.make_hazard, finding)) == {"sector"}
        assert desk.hazards.count(Query()) == 0
        assert desk.checks.findings(check)[0]["hazard_id"] is None
        assert len(desk.cabinet.rows(Audit.select())) == before

    def test_a_major_one_needs_its_criterion(self, desk, check):
        desk.checks.add_finding(check, PROBLEM | {"level": "重大"})
        finding = desk.checks.findings(check)[0]["id"]
        assert set(problems(desk.checks.make_hazard, finding, self.MORE)) == {"criterion"}

    def test_once_only(self, desk, finding):
        desk.checks.make_hazard(finding, self.MORE)
        with pytest.raises(Refused, match="已登记为隐患"):
            desk.checks.make_hazard(finding, self.MORE)

    def test_one_act_that_undo_takes_back_whole(self, desk, finding):
        before = len(desk.cabinet.rows(Audit.select()))
        number = desk.checks.make_hazard(finding, self.MORE).ids[0]
        assert len(desk.cabinet.rows(Audit.select())) == before + 1
        desk.undo()
        assert desk.hazards.get(number)["state"] == "已作废"
        again = desk.checks.make_hazard(finding, self.MORE).ids[0]
        assert desk.hazards.get(again)["state"] == "待整改"

    def test_again_when_the_first_was_void(self, desk, check, finding):
        first = desk.checks.make_hazard(finding, self.MORE).ids[0]
        desk.hazards.step(first, "voided", {"happened_on": "2023-05-21", "note": "编号错"})
        second = desk.checks.make_hazard(finding, self.MORE).ids[0]
        assert desk.checks.findings(check)[0]["hazard_id"] == second


class TestRemoving:
    def test_a_check_with_findings_stays(self, desk, check, finding):
        with pytest.raises(Refused, match="关联"):
            desk.checks.remove(check)
        assert desk.checks.get(check)["findings"] == 1

    def test_one_without_goes(self, desk, check):
        desk.checks.remove(check)
        assert desk.checks.count(Query()) == 0
