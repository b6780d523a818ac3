"""报送单位: rows with their sectors, what they send, and the days on which they hold."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.library.plan_file import find_plan

OFFICE = {"name": "经济发展办公室", "short": "经发办", "kind": "科室", "sectors": "工贸、电力"}
GROUP = {
    "name": "工贸专项小组",
    "kind": "专项小组",
    "office": "经发办",
    "sectors": "工贸",
    "list_day": 25,
    "form_day": 28,
}


def test_a_plan_brings_its_units(tmp_path):
    with Desk.create(tmp_path / "desk", find_plan("fangshan-2023"), today=date(2023, 6, 1)) as desk:
        units = desk.books.units.serving(date(2023, 6, 1))
        assert [row.called for row in units] == ["能源小组", "粮食小组", "人防小组", "帮扶村小组"]
        assert {(row.list_day, row.form_day) for row in units} == {(25, 28)}
        assert units[1].sheets == ("粮食小组（本股室）", "粮食小组（所属行业领域）")
        groups = {row.name for row in desk.groups.groups()}
        assert {row.name for row in units} < groups, "each is a sub-group of the plan"


def test_a_plan_entered_again_brings_none_twice(tmp_path):
    with Desk.create(tmp_path / "desk", find_plan("fangshan-2023"), today=date(2023, 6, 1)) as desk:
        desk.plans.next_year(desk.plans.next_values())
        assert len(desk.books.units.select(Query())) == 4


def test_its_names(desk):
    desk.books.units.add(OFFICE)
    for name in ("经发办", "经济发展办公室"):
        assert desk.books.units.called(name).kind == "科室"
    with pytest.raises(Refused, match="没有“宣传办”这个报送单位，可用的有：经发办"):
        desk.books.units.called("宣传办")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"sectors": "航天"}, "没有“航天”这个行业领域"),
        ({"list_day": 32}, "请填写1至31之间的日子"),
        ({"starts_on": "2023-06-01", "ends_on": "2023-05-01"}, "“停用日期”不能早于启用日期"),
    ],
)
def test_what_cannot_be(desk, wrong, told):
    with pytest.raises(Refused, match=told):
        desk.books.units.add(GROUP | wrong)


class TestInService:
    def test_one_of_a_name_at_a_time(self, desk):
        desk.books.units.add(GROUP)
        with pytest.raises(Refused, match="这一段时间已在列表中"):
            desk.books.units.add(OFFICE | {"short": "工贸专项小组"})

    def test_another_after_it(self, desk):
        units = desk.books.units
        units.add(GROUP | {"ends_on": "2023-07-01"})
        units.add(GROUP | {"starts_on": "2023-07-01", "sectors": "工贸、烟花爆竹"})
        for day, sectors in ((date(2023, 6, 30), ["工贸"]), (date(2023, 7, 1), ["工贸", "烟花爆竹"])):
            (row,) = units.serving(day)
            assert row.sectors == sectors


class TestItsSectors:
    def test_renamed_with_the_sector(self, desk):
        desk.books.units.add(OFFICE)
        sectors = desk.books.sectors
        sectors.change(sectors.called("工贸"), {"name": "工矿商贸"})
        assert desk.books.units.get(1).sectors == ["工矿商贸", "电力"]
        sectors.merge(sectors.called("工矿商贸"), {"into": "电力"})
        assert desk.books.units.get(1).sectors == ["电力"]

    def test_a_former_name_is_understood(self, desk):
        sectors = desk.books.sectors
        sectors.change(sectors.called("工贸"), {"name": "工矿商贸"})
        desk.books.units.add(OFFICE)
        assert desk.books.units.get(1).sectors == ["工矿商贸", "电力"]

    def test_a_sector_that_a_unit_has_stays(self, desk):
        desk.books.units.add(OFFICE)
        with pytest.raises(Refused, match="已有记录使用"):
            desk.books.sectors.remove(desk.books.sectors.called("电力"))
