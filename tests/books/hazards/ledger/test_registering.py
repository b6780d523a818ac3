"""Registering a hazard on a real desk: what the desk gives, what it refuses."""

from __future__ import annotations

import pytest

from hazard_desk.errors import RefusedFields
from hazard_desk.rules.states import State
from tests.books.hazards.ledger.conftest import FOUND_ON


class TestRegistering:
    def test_the_desk_gives_number_and_state(self, desk, number, found):
        row = desk.hazards.get(number)
        assert row["number"] == "三星隐患〔2023〕001号"
        assert row["state"] == "待整改"
        assert row["found_on"] == FOUND_ON
        assert row["inspectors"] == ["甲检查", "乙检查"]
        assert row["description"] == found["description"]

    def test_numbers_go_on_by_the_year_of_discovery(self, desk, found):
        days = ("2023-05-01", "2022-12-31", "2023-01-01", "2022-11-30")
        ids = [desk.hazards.add(found | {"found_on": day}).ids[0] for day in days]
        numbers = [row["number"][4:] for row in desk.hazards.rows(ids)]
        assert numbers == ["〔2023〕001号", "〔2022〕001号", "〔2023〕002号", "〔2022〕002号"]

    def test_a_number_stays_though_the_year_is_corrected(self, desk, number):
        desk.hazards.change(number, {"found_on": "2022-12-30"})
        assert desk.hazards.get(number)["number"] == "三星隐患〔2023〕001号"
        assert desk.check() == []

    def test_every_wrong_field_is_told_at_once(self, desk, refused):
        wrong = refused(desk.hazards.add, {"level": "特大", "found_on": "昨天", "funds": "多", "place": " "})
        assert isinstance(wrong, RefusedFields)
        expected = {"level", "source", "sector", "place", "description", "found_on", "funds"}
        assert set(wrong.problems) == expected

    @pytest.mark.parametrize(
        ("other", "field"),
        [
            ({"level": "重大"}, "criterion"),
            ({"found_on": "2023-06-02"}, "found_on"),
            ({"deadline": "2023-05-19"}, "deadline"),
        ],
    )
    def test_the_rules_of_a_registration(self, desk, refused, found, other, field):
        wrong = refused(desk.hazards.add, found | other)
        assert list(wrong.problems) == [field]

    def test_what_the_desk_gives_cannot_be_entered(self, desk, found):
        typed = {"state": "已销号", "number": "1", "rectified_on": "2023-05-20", "signed_off_by": "甲"}
        row = desk.hazards.get(desk.hazards.add(found | typed).ids[0])
        assert row["state"] == "待整改"
        assert row["number"] == "三星隐患〔2023〕001号"
        assert row["rectified_on"] is None
        assert row["signed_off_by"] == ""

    def test_the_unit_is_linked_when_the_ledger_has_it(self, desk, found):
        unit = desk.enterprises.add({"name": found["unit_name"], "category": "企业", "sector": "工贸"}).ids[0]
        known = desk.hazards.add(found).ids[0]
        unknown = desk.hazards.add(found | {"unit_name": "台账外的单位"}).ids[0]
        assert desk.hazards.get(known)["enterprise_id"] == unit
        assert desk.hazards.get(unknown)["enterprise_id"] is None
        assert desk.hazards.options("unit_name") == [found["unit_name"]]

    def test_a_hazard_is_never_taken_out(self, desk, number, refused):
        refused(desk.hazards.remove, number, match="作废")


def test_every_state_is_a_choice_of_the_field(desk):
    assert desk.hazards.options("state") == [str(state) for state in State]


def test_a_form_offers_first_who_did_it_last(desk, found):
    for people in ("甲检查、乙检查", "丙检查、丁检查", "甲检查、戊检查"):
        desk.hazards.add(found | {"inspectors": people})
    offered = desk.hazards.options_for("inspectors", {})
    assert offered[:5] == ["甲检查、戊检查", "甲检查", "戊检查", "丙检查", "丁检查"]
    assert sorted(offered[1:]) == sorted(desk.hazards.options("inspectors"))
