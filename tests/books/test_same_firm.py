"""Whatever names an enterprise is linked to it, whichever was entered first; two that are one are merged."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from openpyxl import Workbook

from hazard_desk.books.kit.firm_links import FIRM
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.identifiers import like_key, same_key
from hazard_desk.sheets.importing import OnExisting, run_import
from hazard_desk.store.columns import table_named
from tests.books.taking import take
from tests.every_act import FINE, FOUND, TIP, VISIT

FIRM_ROW = {"name": "甲厂（东区）", "category": "企业", "sector": "工贸"}
SPELLINGS = ("甲厂（东区）", "甲厂(东区)", "甲 厂（东区）", "甲厂\u3000(东区）")


@pytest.mark.parametrize("other", SPELLINGS)
def test_blanks_and_width_make_no_other_name(other: str) -> None:
    assert same_key(other) == same_key(SPELLINGS[0])


@pytest.mark.parametrize("other", ["甲厂", "甲厂（西区）", "甲厂（东区）有限公司"])
def test_what_stands_in_brackets_counts_and_so_does_the_form(other: str) -> None:
    assert same_key(other) != same_key(SPELLINGS[0])


def test_the_form_of_a_firm_is_no_difference_for_an_offer() -> None:
    assert (
        like_key("甲石料有限责任公司")
        == like_key("甲石料有限公司")
        == like_key("甲石料")
        != like_key("乙石料")
    )


def test_a_blank_makes_no_other_person(desk: Desk) -> None:
    with pytest.raises(RefusedFields, match="至少两人"):
        desk.checks.add(VISIT | {"inspectors": "张 三、张三"})
    desk.checks.add(VISIT | {"inspectors": "张 三、李四"})


def records(desk: Desk, spelled: str) -> None:
    """Enter a record of each book that names the firm."""
    desk.hazards.add(FOUND | {"unit_name": spelled})
    desk.checks.add(VISIT | {"unit_name": spelled})
    desk.rewards.add(FINE | {"target_kind": "单位", "target": spelled})
    desk.tips.add(TIP | {"unit_name": spelled})
    row = {
        "unit_name": spelled,
        "kind": "其他",
        "matter": "违规",
        "checked_on": "2023-05-20",
        "inspectors": "甲、乙",
    }
    desk.ledgers["enforcement"].add(row)


def firms(desk: Desk) -> list[int | None]:
    """Return which firm each record is linked to."""
    tables = ("hazard", "check_visit", "reward_penalty", "tip", "register_row")
    return [
        row[FIRM]
        for name in tables
        for row in desk.cabinet.rows(table_named(name).select().order_by(table_named(name).id))
    ]


def test_every_table_that_names_an_enterprise_is_linked(desk: Desk) -> None:
    naming = set()
    for (name,) in desk.cabinet.db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'"):
        naming |= {name for table in desk.cabinet.links(name).values() if table == "enterprise"}
    assert naming == desk.enterprises.links.tables


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_the_order_of_entry_changes_nothing(desk: Desk, spelled: str) -> None:
    records(desk, spelled)
    assert firms(desk) == [None] * 5
    number = desk.enterprises.add(FIRM_ROW).ids[0]
    assert firms(desk) == [number] * 5
    records(desk, spelled)
    assert firms(desk) == [number] * 10
    assert desk.check() == []


def test_undo_of_the_entry_takes_the_links_back(desk: Desk) -> None:
    records(desk, SPELLINGS[1])
    desk.enterprises.add(FIRM_ROW)
    desk.undo()
    assert firms(desk) == [None] * 5
    assert desk.enterprises.names() == []


def test_an_import_links_as_well(desk: Desk, tmp_path: Path) -> None:
    records(desk, SPELLINGS[2])
    book = Workbook()
    assert book.active is not None
    for row in (("单位名称", "类别", "行业领域"), ("甲厂（东区）", "企业", "工贸"), ("乙厂", "企业", "工贸")):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    run_import(desk.books, desk.sheets.incoming("enterprises", tmp_path / "f.xlsx"))
    assert firms(desk) == [desk.enterprises.find("甲厂（东区）")] * 5


def test_what_was_judged_before_the_firm_came_is_linked_when_it_is_written(desk: Desk) -> None:
    visit, hazard = (
        desk.checks.judge(VISIT | {"unit_name": "甲厂"}),
        desk.hazards.judge(FOUND | {"unit_name": "甲 厂"}),
    )
    number = desk.enterprises.add(FIRM_ROW | {"name": "甲厂"}).ids[0]
    (one,), (two,) = desk.checks.enter([visit]), desk.hazards.enter([hazard])
    assert desk.checks.get(one).enterprise_id == desk.hazards.get(two).enterprise_id == number


def test_a_firm_is_entered_once_however_it_is_spelled(desk: Desk) -> None:
    number = desk.enterprises.add(FIRM_ROW).ids[0]
    with pytest.raises(RefusedFields, match="写作“甲厂（东区）”"):
        desk.enterprises.add(FIRM_ROW | {"name": "甲 厂(东区)"})
    take(desk.enterprises, FIRM_ROW | {"name": "甲 厂(东区)", "village": "示例村"}, number)
    row = desk.enterprises.get(number)
    assert (row.name, row.village, row.former) == ("甲厂（东区）", "示例村", [])


def test_a_sheet_knows_a_firm_again_however_it_is_spelled(desk: Desk, tmp_path: Path) -> None:
    desk.enterprises.add(FIRM_ROW)
    book = Workbook()
    assert book.active is not None
    for row in (("单位名称", "所在村（社区）"), ("甲 厂(东区)", "示例村")):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    run_import(desk.books, desk.sheets.incoming("enterprises", tmp_path / "f.xlsx"), OnExisting.UPDATE)
    assert [(row.name, row.village) for row in desk.enterprises.facts()] == [("甲厂（东区）", "示例村")]


def test_a_renamed_firm_keeps_its_records_and_its_old_name(desk: Desk) -> None:
    number = desk.enterprises.add(FIRM_ROW).ids[0]
    records(desk, SPELLINGS[0])
    records(desk, "甲集团")
    desk.enterprises.change(number, {"name": "甲集团"})
    records(desk, SPELLINGS[3])
    assert firms(desk) == [number] * 15
    assert desk.enterprises.get(number).former == ["甲厂（东区）"]
    with pytest.raises(RefusedFields, match="曾用名"):
        desk.enterprises.add(FIRM_ROW)
    desk.enterprises.change(number, {"name": "甲厂（东区）"})
    assert desk.enterprises.get(number).former == ["甲集团"]


def test_two_that_are_one_are_merged_by_one_act(desk: Desk) -> None:
    stays = desk.enterprises.add(FIRM_ROW | {"name": "甲厂有限公司", "village": "一村"}).ids[0]
    gone = desk.enterprises.add(
        FIRM_ROW | {"name": "甲厂有限责任公司", "village": "二村", "principal": "丙"}
    ).ids[0]
    records(desk, "甲厂有限公司")
    records(desk, "甲厂有限责任公司")
    for name, done in (("甲厂有限公司", "2023-04-01"), ("甲厂有限责任公司", "2023-05-01")):
        for duty in ("应急演练", "安责险")[: 2 if name == "甲厂有限公司" else 1]:
            desk.enterprise_duties.add({"unit_name": name, "duty": duty, "state": "已落实", "last_on": done})
    desk.attachments.add("enterprises", gone, b"text", "a.txt")
    assert desk.enterprises.twins() == [("甲厂有限公司", "甲厂有限责任公司")]
    before = desk.enterprises.facts()
    desk.enterprises.merge([gone], stays)
    assert firms(desk) == [stays] * 10
    (row,) = desk.enterprises.facts()
    assert (row.id, row.village, row.principal, row.former) == (stays, "一村", "丙", ["甲厂有限责任公司"])
    duties = desk.enterprise_duties.facts()
    assert sorted((one.duty, str(one.last_on), one.enterprise_id) for one in duties) == [
        ("安责险", "2023-04-01", stays),
        ("应急演练", "2023-05-01", stays),
    ]
    assert [one.name for one in desk.attachments.of("enterprises", stays)] == ["a.txt"]
    assert desk.check() == []
    desk.undo()
    assert desk.enterprises.facts() == before
    assert set(firms(desk)) == {stays, gone}
    assert len(desk.enterprise_duties.facts()) == 3
    assert desk.check() == []


def test_two_codes_are_two_firms(desk: Desk) -> None:
    codes = ("91350100M000100Y43", "92500240MA00000011")
    one = desk.enterprises.add(FIRM_ROW | {"credit_code": codes[0]}).ids[0]
    two = desk.enterprises.add(FIRM_ROW | {"name": "乙厂"}).ids[0]
    with pytest.raises(Refused, match="两家不同"):
        desk.enterprises.merge([one], one)
    desk.enterprises.merge([two], one)
    assert desk.enterprises.get(one).credit_code == codes[0]


def test_unlinked_names_are_told_with_what_they_may_mean(desk: Desk) -> None:
    number = desk.enterprises.add(FIRM_ROW | {"name": "甲石料有限责任公司"}).ids[0]
    records(desk, "村道三公里处")
    records(desk, "甲石料有限公司")
    offered, road = desk.enterprises.unlinked()
    assert (offered.name, offered.like) == ("甲石料有限公司", ("甲石料有限责任公司",))
    assert (road.name, road.like) == ("村道三公里处", ())
    assert road.records == {
        "hazards": (1,),
        "checks": (1,),
        "rewards-penalties": (1,),
        "tips": (1,),
        "enforcement": (1,),
    }
    desk.enterprises.also_called(number, "甲石料有限公司")
    assert [one.name for one in desk.enterprises.unlinked()] == ["村道三公里处"]
    assert firms(desk).count(number) == 5


def test_a_name_of_two_firms_is_refused(desk: Desk) -> None:
    one = desk.enterprises.add(FIRM_ROW).ids[0]
    desk.enterprises.add(FIRM_ROW | {"name": "乙厂"})
    with pytest.raises(RefusedFields, match="核对或合并"):
        desk.enterprises.also_called(one, "乙 厂")


def test_any_order_of_firm_and_records_links_the_same(desk: Desk) -> None:
    for turn, order in enumerate(permutations(range(3))):
        acts = (
            lambda at=turn: desk.enterprises.add(FIRM_ROW | {"name": f"第{at}厂（东区）"}),
            lambda at=turn: desk.checks.add(VISIT | {"unit_name": f"第 {at}厂(东区)"}),
            lambda at=turn: desk.hazards.add(FOUND | {"unit_name": f"第{at}厂　（东区）"}),
        )
        for place in order:
            acts[place]()
        assert desk.enterprises.links.unlinked() == []


def test_a_double_that_was_closed_before_it_is_merged_closes_nobody(desk: Desk) -> None:
    stays, gone = (desk.enterprises.add(FIRM_ROW | {"name": name}).ids[0] for name in ("甲厂", "甲厂公司"))
    desk.enterprises.change(gone, {"status": "关闭", "village": "示例村"})
    desk.enterprises.merge([gone], stays)
    row = desk.enterprises.get(stays)
    assert (row.status, row.village) == ("", "示例村")


def test_what_is_said_to_be_no_enterprise_is_not_asked_again(desk: Desk) -> None:
    desk.enterprises.add(FIRM_ROW | {"village": "白果村"})
    for name in ("村道三公里处", "王大爷家", "白果村"):
        desk.hazards.add(FOUND | {"unit_name": name})
    assert [one.name for one in desk.enterprises.unlinked()] == ["村道三公里处", "王大爷家"], "no village"
    desk.enterprises.no_firm("王 大爷家")
    desk.hazards.add(FOUND | {"unit_name": "王大爷家", "place": "灶房"})
    assert [one.name for one in desk.enterprises.unlinked()] == ["村道三公里处"]
    desk.enterprises.no_firm("村道三公里处")
    assert desk.enterprises.unlinked() == []
    desk.undo()
    assert [one.name for one in desk.enterprises.unlinked()] == ["村道三公里处"]
    for name, says in (("甲厂（东区）", "是监管对象“甲厂（东区）”的名称"), (" ", "请写明名称")):
        with pytest.raises(Refused, match=says):
            desk.enterprises.no_firm(name)
    desk.enterprises.add(FIRM_ROW | {"name": "王大爷家"})
    assert desk.hazards.get(2).enterprise_id == 2, "once it is one, it is"


def test_what_two_told_otherwise_is_kept_and_of_a_duty_what_was_done(desk: Desk) -> None:
    stays, gone = (desk.enterprises.add(FIRM_ROW | {"name": name}).ids[0] for name in ("甲厂", "甲厂公司"))
    for number, phone in ((stays, "13800000001"), (gone, "13800000002")):
        desk.enterprises.change(number, {"phone": phone})
    for name, state in (("甲厂", "未落实"), ("甲厂公司", "已落实")):
        desk.enterprise_duties.add({"unit_name": name, "duty": "应急预案", "state": state})
    desk.enterprises.merge([gone], stays)
    row = desk.enterprises.get(stays)
    assert (row.phone, row.others) == ("13800000001", {"联系电话（甲厂公司）": "13800000002"})
    assert [one.state for one in desk.enterprise_duties.facts()] == ["已落实"]
