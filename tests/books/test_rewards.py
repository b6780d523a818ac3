"""Rewards and penalties in one ledger."""

from __future__ import annotations

import pytest

from hazard_desk.books.kit.ledger import Query
from hazard_desk.books.rewards import IN_YUAN, KINDS
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row

FINE = {
    "kind": "行政处罚",
    "target_kind": "单位",
    "target": "示例木材加工厂",
    "happened_on": "2023-05-25",
    "reason": "未按要求整改",
    "amount": "2",
}


def pair_of(desk: Desk) -> list[int]:
    """Return a penalty of an enterprise and one of its principal."""
    people = {"target_kind": "个人", "target": "丙负责", "amount": "0.5"}
    return [desk.rewards.add(FINE | other).ids[0] for other in ({}, people)]


class TestEntering:
    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_with_the_unit_of_its_amount(self, desk, kind):
        row = desk.rewards.get(desk.rewards.add(FINE | {"kind": kind, "target_kind": "个人"}).ids[0])
        assert row["amount_unit"] == ("元" if kind in IN_YUAN else "万元")

    def test_no_amount_has_no_unit(self, desk):
        row = desk.rewards.get(desk.rewards.add(FINE | {"amount": ""}).ids[0])
        assert (row["amount"], row["amount_unit"]) == (None, "")

    @pytest.mark.parametrize(
        ("other", "field"),
        [
            ({"kind": "举报奖励"}, "target_kind"),
            ({"published_on": "2023-05-26"}, "published_at"),
            ({"amount": "-1"}, "amount"),
            ({"people": "1.5"}, "people"),
            ({"kind": "口头批评"}, "kind"),
            ({"hazard_number": "三星隐患〔2023〕999号"}, "hazard_number"),
        ],
    )
    def test_what_is_refused(self, desk, other, field):
        with pytest.raises(RefusedFields) as caught:
            desk.rewards.add(FINE | other)
        assert set(caught.value.problems) == {field}
        assert desk.rewards.count(Query()) == 0

    def test_hazard_and_enterprise_are_linked_by_their_names(self, desk, found):
        unit = desk.enterprises.add({"name": FINE["target"], "category": "企业", "sector": "工贸"}).ids[0]
        hazard = desk.hazards.add(found).ids[0]
        number = desk.hazards.get(hazard)["number"]
        row = desk.rewards.get(desk.rewards.add(FINE | {"hazard_number": number}).ids[0])
        assert (row["enterprise_id"], row["hazard_id"]) == (unit, hazard)
        assert desk.rewards.options("hazard_number") == [number]
        desk.rewards.change(row["id"], {"hazard_number": ""})
        assert desk.rewards.get(row["id"])["hazard_id"] is None


class TestPairs:
    def paired(self, desk: Desk, *numbers: int) -> list[bool]:
        return [row["paired"] for row in desk.rewards.rows(list(numbers))]

    def test_enterprise_and_principal_for_one_case(self, desk):
        one, other = pair_of(desk)
        assert desk.rewards.pair(one, other).title == "一案双罚：示例木材加工厂、丙负责"
        assert self.paired(desk, one, other) == [True, True]

    @pytest.mark.parametrize(
        ("other", "says"),
        [
            ({"kind": "约谈"}, "都应为行政处罚"),
            ({"target_kind": "单位"}, "对其主要负责人个人"),
            ({"target_kind": "科室村社区"}, "对其主要负责人个人"),
        ],
    )
    def test_what_makes_no_pair(self, desk, other, says):
        one = desk.rewards.add(FINE).ids[0]
        two = desk.rewards.add(FINE | {"target_kind": "个人"} | other).ids[0]
        with pytest.raises(Refused, match=says):
            desk.rewards.pair(one, two)
        assert self.paired(desk, one, two) == [False, False]

    def test_neither_the_wrong_way_round_nor_with_itself(self, desk):
        one, other = pair_of(desk)
        for wrong in ((other, one), (one, one), (one, 99)):
            with pytest.raises(Refused):
                desk.rewards.pair(*wrong)

    def test_each_only_once_and_anew_when_the_first_is_undone(self, desk):
        one, other = pair_of(desk)
        third = desk.rewards.add(FINE | {"target_kind": "个人", "target": "丁负责"}).ids[0]
        desk.rewards.pair(one, other)
        with pytest.raises(Refused, match="请先取消关联"):
            desk.rewards.pair(one, third)
        desk.rewards.unpair(other)
        assert self.paired(desk, one, other) == [False, False]
        desk.rewards.pair(one, third)
        assert self.paired(desk, one, other, third) == [True, False, True]
        with pytest.raises(Refused, match="没有与另一条关联"):
            desk.rewards.unpair(other)

    def test_undo_takes_both_marks_off(self, desk):
        one, other = pair_of(desk)
        desk.rewards.pair(one, other)
        desk.undo()
        assert self.paired(desk, one, other) == [False, False]

    @pytest.mark.parametrize("other", [{"kind": "约谈"}, {"target_kind": "科室村社区"}])
    def test_a_pair_stays_one(self, desk, other: Row):
        one, two = pair_of(desk)
        desk.rewards.pair(one, two)
        with pytest.raises(RefusedFields, match="请先取消关联"):
            desk.rewards.change(two, other)
        desk.rewards.change(two, {"amount": "0.8"})
        assert self.paired(desk, one, two) == [True, True]

    def test_neither_of_a_pair_is_taken_out(self, desk):
        one, other = pair_of(desk)
        desk.rewards.pair(one, other)
        with pytest.raises(Refused, match="关联"):
            desk.rewards.remove(one)
        desk.rewards.unpair(one)
        desk.rewards.remove(one)
        assert desk.rewards.count(Query()) == 1
