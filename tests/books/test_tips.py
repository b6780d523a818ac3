"""What the public reports, whether it was true, and what comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.kit.ledger import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.sheets.importing import OnExisting, run_import

TIP = {
    "received_on": "2023-05-20",
    "way": "电话",
    "unit_name": "示例商店",
    "content": "消防通道堵塞",
    "informant_name": "王示例",
    "informant_phone": "13800005678",
}
MORE = {"level": "一般", "sector": "消防", "place": "后门"}


@pytest.fixture
def tip(desk: Desk) -> int:
    return desk.tips.add(TIP).ids[0]


@pytest.fixture
def true(desk: Desk, tip: int) -> int:
    desk.tips.change(tip, {"verified": "部分属实"})
    return tip


class TestEntering:
    @pytest.mark.parametrize(
        ("other", "field"),
        [
            ({"received_on": "2023-06-02"}, "received_on"),
            ({"content": ""}, "content"),
            ({"way": "口信"}, "way"),
            ({"answered_on": "2023-05-25"}, "verified"),
            ({"answered_on": "2023-05-19", "verified": "属实"}, "answered_on"),
        ],
    )
    def test_what_is_refused(self, desk, other, field):
        with pytest.raises(RefusedFields) as caught:
            desk.tips.add(TIP | other)
        assert set(caught.value.problems) == {field}
        assert desk.tips.count(Query()) == 0

    def test_without_a_unit_or_an_informant(self, desk):
        change = desk.tips.add(
            {"received_on": "2023-05-20", "way": "来信", "content": "x", "anonymous": "是"}
        )
        row = desk.tips.get(change.ids[0])
        assert (row["anonymous"], row["informant"], row["enterprise_id"]) == (True, "", None)
        assert change.title == "新增举报“2023-05-20 来信”"

    def test_the_unit_is_linked_when_the_ledger_has_it(self, desk):
        unit = desk.enterprises.add({"name": "示例商店", "category": "其他", "sector": "消防"}).ids[0]
        assert desk.tips.get(desk.tips.add(TIP).ids[0])["enterprise_id"] == unit


class TestMakingAHazard:
    @pytest.mark.parametrize("verified", ["", "不属实"])
    def test_only_of_what_was_found_true(self, desk, tip, verified):
        desk.tips.change(tip, {"verified": verified})
        with pytest.raises(Refused, match="核查属实或部分属实") as caught:
            desk.tips.make_hazard(tip, MORE)
        assert caught.value.field == "verified"

    def test_it_takes_over_what_was_reported_and_not_who(self, desk, true):
        number = desk.tips.make_hazard(true, MORE).ids[0]
        row = desk.hazards.get(number)
        assert (row["source"], row["unit_name"], row["description"]) == (
            "群众举报",
            "示例商店",
            "消防通道堵塞",
        )
        assert (row["found_on"], row["tip_id"]) == (date(2023, 5, 20), true)
        assert "王" not in str(row)
        assert desk.tips.get(true)["hazards"] == [row["number"]]

    def test_several_of_one_tip(self, desk, true):
        for place in ("后门", "仓库"):
            desk.tips.make_hazard(true, MORE | {"place": place})
        assert len(desk.tips.get(true)["hazards"]) == 2

    def test_a_missing_field_keeps_nothing(self, desk, true):
        with pytest.raises(RefusedFields):
            desk.tips.make_hazard(true, {"level": "一般"})
        assert desk.tips.get(true)["hazards"] == []


class TestMakingAReward:
    @pytest.mark.parametrize("verified", ["", "不属实"])
    def test_only_for_what_was_found_true(self, desk, tip, verified):
        desk.tips.change(tip, {"verified": verified})
        with pytest.raises(Refused, match="才能奖励"):
            desk.tips.make_reward(tip, {"amount": "500"})

    def test_it_is_linked_to_tip_and_informant_and_names_neither(self, desk, true):
        number = desk.tips.make_reward(true, {"amount": "500", "basis": "示例奖励办法"}).ids[0]
        row = desk.rewards.get(number)
        assert (row["kind"], row["target_kind"], row["target"]) == ("举报奖励", "个人", "举报人")
        assert (row["amount"], row["amount_unit"]) == (500, "元")
        assert (row["tip_id"], row["informant"]) == (true, "王**")
        assert row["happened_on"] == desk.today
        assert "王示例" not in str(row)
        assert desk.tips.get(true)["rewarded"] is True
        assert desk.rewards.reveal(number, "发放奖金")[0]["informant_name"] == "王示例"

    def test_an_anonymous_tip_gives_an_anonymous_reward(self, desk, true):
        desk.tips.change(true, {"anonymous": "是"})
        number = desk.tips.make_reward(true, {"amount": "300"}).ids[0]
        assert desk.rewards.get(number)["anonymous"] is True

    def test_setting_the_number_right_in_one_leaves_the_other(self, desk, true):
        number = desk.tips.make_reward(true, {"amount": "500"}).ids[0]
        desk.rewards.change(number, {"informant_phone": "13900001234"})
        assert desk.rewards.get(number)["informant_call"] == "139****1234"
        assert desk.tips.get(true)["informant_call"] == "138****5678"

    def test_it_is_rewarded_once(self, desk, true):
        first = desk.tips.make_reward(true, {"amount": "500", "number": "奖〔2023〕1号"}).ids[0]
        again = "这件举报已于2023年6月1日奖励（奖〔2023〕1号，500元），不能重复奖励"
        with pytest.raises(Refused, match=again):
            desk.tips.make_reward(true, {"amount": "500"})
        desk.rewards.change(first, {"amount": "800", "kind": "表扬表彰"})
        with pytest.raises(Refused, match="不能重复奖励"):
            desk.tips.make_reward(true, {"amount": "500"})
        desk.rewards.remove(first)
        desk.tips.make_reward(true, {"amount": "500"})

    def test_typed_imported_or_changed_it_is_not_told_over_again(self, desk, true, tmp_path):
        desk.tips.make_reward(true, {"amount": "500"})
        sheet = tmp_path / "奖惩.xlsx"
        desk.sheets.export("rewards-penalties", sheet)
        incoming = desk.sheets.incoming("rewards-penalties", sheet)
        refused = run_import(desk.books, incoming, OnExisting.NEW).told()
        assert ["不能重复奖励" in row["reason"] for row in refused] == [True]
        same = desk.tips.reward_values(true) | {"amount": "500"}
        with pytest.raises(Refused, match="已于2023年6月1日奖励（500元）"):
            desk.rewards.add(same)
        other = desk.rewards.add(same | {"reason": "另一件举报"}).ids[0]
        with pytest.raises(Refused, match="不能重复奖励"):
            desk.rewards.change(other, {"reason": same["reason"]})
        assert len(desk.rewards.select(Query())) == 2

    def test_typed_before_it_is_not_made_from_the_report_over_again(self, desk, true):
        desk.rewards.add(desk.tips.reward_values(true) | {"amount": "500"})
        with pytest.raises(Refused, match="已于2023年6月1日奖励（500元）"):
            desk.tips.make_reward(true, {"amount": "500"})

    def test_undo(self, desk, true):
        desk.tips.make_reward(true, {"amount": "500"})
        desk.undo()
        assert desk.tips.get(true)["rewarded"] is False
        assert desk.tips.reveal(true, "回访")[0]["informant_name"] == "王示例"


def test_a_tip_from_which_something_came_stays(desk, true):
    desk.tips.make_reward(true, {"amount": "500"})
    with pytest.raises(Refused, match="关联"):
        desk.tips.remove(true)
