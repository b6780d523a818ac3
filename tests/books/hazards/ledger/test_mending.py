"""What was entered on a hazard is corrected by a further event, or withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hazard_desk.books.hazards.steps import Steps
from tests.books.hazards.ledger.conftest import FOUND_ON, on


class TestCorrections:
    def test_the_registration_is_set_right_by_a_further_event(self, desk, number):
        desk.hazards.change(number, {"place": "仓库"})
        assert desk.hazards.get(number)["place"] == "仓库"
        first, second = desk.hazards.events(number)
        assert dict(first["lines"])["隐患部位"] == "加工车间"
        assert second["lines"] == [("隐患部位", "仓库")]
        assert (first["effective"], second["effective"]) == (False, True)
        assert second["kind_label"] == "更正“登记”"

    def test_a_correction_is_corrected_by_a_further_one(self, desk, closed):
        desk.hazards.correct(closed, 3, {"spent": "2"})
        desk.hazards.correct(closed, 3, {"spent": "3"})
        assert desk.hazards.get(closed)["spent"] == 3
        desk.hazards.correct(closed, 3, {"spent": ""})
        assert desk.hazards.get(closed)["spent"] is None
        assert desk.check() == []

    def test_a_correction_itself_is_no_step(self, desk, closed, refused):
        desk.hazards.correct(closed, 3, {"spent": "2"})
        for entry in (6, 0, 99):
            refused(desk.hazards.correct, closed, entry, {"spent": "3"}, match="没有找到")

    def test_only_what_is_named_changes(self, desk, closed):
        before = desk.hazards.get(closed)
        desk.hazards.correct(closed, 4, {"recheck_finding": "合格"})
        assert desk.hazards.get(closed) == before | {"recheck_finding": "合格"}

    def test_a_day_that_keeps_the_order(self, desk, closed):
        desk.hazards.correct(closed, 3, on(4))
        assert desk.hazards.get(closed)["rectified_on"] == FOUND_ON + timedelta(4)
        assert desk.check() == []

    @pytest.mark.parametrize(("entry", "day"), [(2, 6), (3, 8), (4, 4), (5, 3), (1, 3), (3, -1)])
    def test_a_day_that_breaks_the_order(self, desk, closed, refused, entry, day):
        values = on(day) if entry > 1 else {"found_on": on(day)["happened_on"]}
        refused(desk.hazards.correct, closed, entry, values)

    @pytest.mark.parametrize("entry", range(1, 6))
    def test_no_day_ahead(self, desk, closed, refused, entry):
        refused(desk.hazards.correct, closed, entry, {"found_on": "2023-06-02", "happened_on": "2023-06-02"})

    def test_a_required_fact_stays_required(self, desk, closed, refused):
        wrong = refused(desk.hazards.correct, closed, 5, {"signed_off_by": ""})
        assert list(wrong.problems) == ["signed_off_by"]

    def test_making_it_major_asks_for_the_criterion_and_another_rechecker(self, desk, closed, refused):
        refused(desk.hazards.change, closed, {"level": "重大"}, match="判定依据")
        desk.hazards.correct(closed, 4, {"rechecked_by": "丁整改"})
        major = {"level": "重大", "criterion": "判定标准第三条"}
        refused(desk.hazards.change, closed, major, match="整改人以外")

    def test_a_deadline_stays_before_its_extension(self, desk, number, five, refused):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        desk.hazards.step(
            number, Steps.EXTENDED.kind, on(3, deadline="2023-06-15", extended_by="己审批", note="材料未到")
        )
        refused(desk.hazards.correct, number, 2, {"deadline": "2023-06-20"}, match="须晚于原时限2023-06-20")
        desk.hazards.correct(number, 2, {"deadline": "2023-06-10"})
        assert desk.hazards.get(number)["deadline"] == date(2023, 6, 15)

    def test_the_event_line_shows_the_state_after_each_step(self, desk, closed):
        states = [row["state"] for row in desk.hazards.events(closed)]
        assert states == ["待整改", "整改中", "待复查", "待销号", "已销号"]
        assert [row["entry"] for row in desk.hazards.events(closed)] == [1, 2, 3, 4, 5]


class TestWithdrawing:
    def test_what_was_entered_last_is_taken_back_and_stays_in_sight(self, desk, closed):
        desk.hazards.withdraw(closed)
        assert desk.hazards.get(closed)["state"] == "待销号"
        assert desk.hazards.get(closed)["signed_off_on"] is None
        line = desk.hazards.events(closed)
        assert [row["effective"] for row in line[-2:]] == [False, False]
        assert line[-1]["kind_label"] == "撤回“销号”"
        assert desk.check() == []

    def test_all_the_way_back(self, desk, closed):
        for state in ("待销号", "待复查", "整改中", "待整改", "已作废"):
            desk.hazards.withdraw(closed)
            assert desk.hazards.get(closed)["state"] == state
            assert desk.check() == []
