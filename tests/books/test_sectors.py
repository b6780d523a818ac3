"""行业领域 belong to the desk and its plans: added, renamed and merged, with what they were called before."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.groups import groups_of
from hazard_desk.library.plan_file import find_plan
from hazard_desk.rules.fields import Row, by_name
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.opening import open_pasted
from hazard_desk.store.undo import last_act, take_back
from tests.every_act import FOUND, SHOP, VISIT

FIRM = {"name": "示例粮库", "category": "企业", "sector": "粮食"}


@pytest.fixture
def bureau(tmp_path) -> Desk:
    """A desk on S2's plan."""
    with Desk.create(tmp_path / "desk", find_plan("fangshan-2023"), today=date(2023, 6, 1)) as desk:
        yield desk


def choices(desk: Desk, ledger: str = "hazards") -> tuple[str, ...]:
    return by_name(desk.ledgers[ledger].fields, "sector").choices


def undo(desk: Desk) -> None:
    done = last_act(desk.cabinet)
    assert done is not None
    take_back(desk.cabinet, done)


def in_force(desk: Desk) -> list[str]:
    return [row.name for row in desk.books.sectors.select(Query()) if row.until is None]


class TestOfThePlan:
    def test_a_plan_brings_its_own(self, bureau):
        assert {"能源", "粮食", "人防", "帮扶村"} < set(choices(bureau))
        assert choices(bureau)[-1] == "其他"
        bureau.enterprises.add(FIRM)
        assert bureau.enterprises.get(1).sector == "粮食"

    def test_other_desks_do_not_have_them(self, desk):
        assert "粮食" not in choices(desk)
        with pytest.raises(Refused, match="请从以下选项中选择"):
            desk.enterprises.add(FIRM)

    def test_a_further_plan_adds_what_is_not_there(self, desk):
        before = choices(desk)
        desk.plans.enter(find_plan("fangshan-2023"))
        assert set(choices(desk)) - set(before) == {"能源", "粮食", "人防", "帮扶村"}

    @pytest.mark.parametrize(
        "ledger", ["enterprises", "hazards", "checks", "rewards-penalties", "activities"]
    )
    def test_every_book_offers_them(self, bureau, ledger):
        assert "人防" in choices(bureau, ledger)


class TestAdded:
    def test_at_once_to_choose(self, desk):
        desk.books.sectors.add({"name": "渔业船舶"})
        desk.enterprises.add(SHOP | {"sector": "渔业船舶"})
        (row,) = [row for row in desk.books.sectors.select(Query()) if row.name == "渔业船舶"]
        assert (row.origin, row.since) == ("本单位", desk.today)

    def test_in_a_sheet(self, desk):
        change = run_import(
            desk.books, open_pasted(desk.books, desk.books.sectors, "行业领域名称\n渔业船舶\n工贸")
        ).change
        assert change is not None
        (row,) = desk.books.sectors.rows(change.ids)
        assert (row.name, row.origin, row.since) == ("渔业船舶", "本单位", desk.today)

    def test_twice_is_refused(self, desk):
        with pytest.raises(Refused, match="“工贸”已在列表中"):
            desk.books.sectors.add({"name": "工贸"})

    def test_removed_only_when_nothing_is_under_it(self, desk):
        number = desk.books.sectors.add({"name": "渔业船舶"}).ids[0]
        desk.enterprises.add(SHOP | {"sector": "渔业船舶"})
        with pytest.raises(Refused, match="已有记录使用"):
            desk.books.sectors.remove(number)
        desk.enterprises.remove(1)
        desk.books.sectors.remove(number)
        assert "渔业船舶" not in choices(desk)


def furnished(desk: Desk) -> None:
    """A firm, a hazard with a past, a check, a view and a technical inspector under 工贸."""
    desk.enterprises.add(SHOP)
    desk.hazards.add(FOUND)
    desk.hazards.step(1, "rectified", {"happened_on": "2023-05-20", "rectified_by": "丁"})
    desk.checks.add(VISIT | {"sector": "工贸"})
    desk.views.save("hazards", "工贸的", Query(where={"sector": "工贸"}))
    staff: Row = {"person": "甲", "level": "镇", "sector": "工贸", "starts_on": "2023-05-20"}
    desk.ledgers["technical-inspectors"].add(staff)


def named(desk: Desk) -> list[str]:
    """The sector wherever it stands, today and in the past."""
    hazards = desk.hazards
    standing = hazards.standing(date(2023, 5, 20), ("sector",))
    view = desk.views.of("hazards")["工贸的"].where["sector"]
    (staff,) = desk.ledgers["technical-inspectors"].select(Query())
    found = [desk.enterprises.get(1).sector, hazards.get(1).sector, standing[0].sector]
    return [*found, desk.checks.get(1).sector, str(view), str(staff["sector"])]


class TestRenamed:
    def test_wherever_it_stands(self, desk):
        furnished(desk)
        number = desk.books.sectors.called("工贸")
        change = desk.books.sectors.change(number, {"name": "工矿商贸"})
        assert change.title == "行业领域“工贸”更名为“工矿商贸”，3条记录随之更改"
        assert set(named(desk)) == {"工矿商贸"}
        assert "工贸" not in choices(desk)
        assert "工矿商贸" in groups_of(desk.books)

    def test_one_undo(self, desk):
        furnished(desk)
        desk.books.sectors.change(desk.books.sectors.called("工贸"), {"name": "工矿商贸"})
        undo(desk)
        assert set(named(desk)) == {"工贸"}
        assert "工矿商贸" not in choices(desk)

    def test_the_former_name_is_kept_and_understood(self, desk):
        number = desk.books.sectors.called("工贸")
        desk.books.sectors.change(number, {"name": "工矿商贸"})
        (former,) = [row for row in desk.books.sectors.select(Query()) if row.until]
        assert (former.name, former.now, former.until) == ("工贸", "工矿商贸", desk.today)
        desk.enterprises.add(SHOP)
        assert desk.enterprises.get(1).sector == "工矿商贸"
        with pytest.raises(Refused, match="“工贸”是“工矿商贸”以前的名称"):
            desk.books.sectors.add({"name": "工贸"})
        assert desk.books.sectors.called("工贸") == number

    def test_and_back_again(self, desk):
        furnished(desk)
        number = desk.books.sectors.called("工贸")
        desk.books.sectors.change(number, {"name": "工矿商贸"})
        desk.books.sectors.change(number, {"name": "工贸"})
        assert set(named(desk)) == {"工贸"}
        assert in_force(desk).count("工贸") == 1
        assert "工矿商贸" not in in_force(desk)

    def test_the_desk_is_sound_after_it(self, desk):
        furnished(desk)
        desk.books.sectors.change(desk.books.sectors.called("工贸"), {"name": "工矿商贸"})
        assert desk.check() == []


class TestMerged:
    def test_its_records_bear_the_other_name(self, desk):
        furnished(desk)
        sectors = desk.books.sectors
        sectors.change(sectors.called("工贸"), {"name": "工矿商贸"})
        change = sectors.merge(sectors.called("工矿商贸"), {"into": "建设施工"})
        assert change.title == "行业领域“工矿商贸”并入“建设施工”，3条记录随之更改"
        assert set(named(desk)) == {"建设施工"}
        former = {row.name: row.now for row in sectors.select(Query()) if row.until}
        assert former == {"工贸": "建设施工", "工矿商贸": "建设施工"}

    def test_what_was_given_up_is_not_changed(self, desk):
        sectors = desk.books.sectors
        number = sectors.called("工贸")
        sectors.merge(number, {"into": "建设施工"})
        for act in (lambda: sectors.change(number, {"name": "新"}), lambda: sectors.remove(number)):
            with pytest.raises(Refused, match="“工贸”已停用，现为“建设施工”"):
                act()

    @pytest.mark.parametrize("into", ["工贸", "没有的", ""])
    def test_only_into_another_one(self, desk, into):
        with pytest.raises(Refused):
            desk.books.sectors.merge(desk.books.sectors.called("工贸"), {"into": into})


def test_a_sheet_with_the_former_name_comes_in(desk):
    desk.books.sectors.change(desk.books.sectors.called("工贸"), {"name": "工矿商贸"})
    read = by_name(desk.enterprises.sheet_fields(), "sector")
    from hazard_desk.sheets.words import words

    assert words().choice(read, "工贸", "行业领域") == "工矿商贸"
