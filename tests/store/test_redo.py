"""What was taken back is done again; the acts of a day, each of which can be taken back or says why not."""

from __future__ import annotations

import pytest

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.store.tables import Audit
from hazard_desk.store.undo import deeds, take_back, take_back_deed
from tests.conftest import TODAY

SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
RECTIFIED = {"happened_on": "2023-05-20", "rectified_by": "丁整改"}


def names(desk) -> list[str]:
    return [row.name for row in desk.enterprises.select(Query(sort="id"))]


def done(desk) -> list[tuple[str, bool, str]]:
    """Return what is told of the acts of today but the making of the desk: the last first."""
    return [(one.title, one.undone, one.fixed) for one in deeds(desk.cabinet, TODAY)][:-1]


def test_back_and_forth_through_three_acts(desk):
    for name in ("甲店", "乙店", "丙店"):
        desk.enterprises.add(SHOP | {"name": name})
    for left in (["甲店", "乙店"], ["甲店"], []):
        desk.undo()
        assert names(desk) == left
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        desk.undo()
    for there in (["甲店"], ["甲店", "乙店"], ["甲店", "乙店", "丙店"]):
        desk.redo()
        assert names(desk) == there
    with pytest.raises(Refused, match="没有可以恢复的操作"):
        desk.redo()
    desk.undo()
    desk.undo()
    desk.redo()
    assert names(desk) == ["甲店", "乙店"]
    assert (desk.undoable(), desk.redoable()) == ("新增监管对象“乙店”", "新增监管对象“丙店”")
    assert desk.check() == []


def test_once_something_new_is_done_nothing_is_done_again(desk):
    desk.enterprises.add(SHOP)
    desk.undo()
    desk.enterprises.add(SHOP | {"name": "新店"})
    assert desk.redoable() == ""
    desk.undo()
    desk.redo()
    assert desk.redoable() == ""
    assert names(desk) == ["新店"]


def test_a_step_done_again_stands_where_it_stood(desk, found):
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, "rectified", RECTIFIED)
    desk.hazards.correct(number, 2, {"rectified_by": "戊整改"})
    desk.undo()
    desk.undo()
    assert desk.hazards.get(number).state == "待整改"
    desk.redo()
    assert desk.hazards.get(number).rectified_by == ["丁整改"]
    desk.redo()
    assert desk.hazards.get(number).rectified_by == ["戊整改"]
    assert [row.kind_label for row in desk.hazards.events(number)] == [
        "登记",
        "整改完成",
        "更正“整改完成”",
        "撤回“更正‘整改完成’”",
        "撤回“整改完成”",
        "恢复“整改完成”",
        "恢复“更正‘整改完成’”",
    ]
    assert [row.effective for row in desk.hazards.events(number)][1:3] == [False, True]
    desk.undo()
    assert desk.hazards.get(number).rectified_by == ["丁整改"]
    assert desk.check() == []


def test_a_voided_hazard_that_others_were_merged_into_comes_back_with_them(desk, found):
    first, second = (desk.hazards.add(found).ids[0] for _ in range(2))
    into = {"happened_on": "2023-05-21", "merged_into": desk.hazards.get(first).number, "note": "同一处"}
    desk.hazards.step(second, "merged", into)
    desk.hazards.step(first, "voided", {"happened_on": "2023-05-22", "note": "误登"})
    states = [desk.hazards.get(one).state for one in (first, second)]
    desk.undo()
    assert [desk.hazards.get(one).state for one in (first, second)] == ["待整改", "已并案"]
    desk.redo()
    assert [desk.hazards.get(one).state for one in (first, second)] == states
    assert desk.check() == []


def test_any_act_of_the_day_on_which_nothing_stands_is_taken_back(desk, found):
    shop = desk.enterprises.add(SHOP).ids[0]
    number = desk.hazards.add(found).ids[0]
    desk.enterprises.change(shop, {"principal": "甲"})
    desk.enterprises.add(SHOP | {"name": "第二家"})
    stands = "之后又办理了“修改监管对象‘示例商店’”，请先撤销那一项"
    assert done(desk) == [
        ("新增监管对象“第二家”", False, ""),
        ("修改监管对象“示例商店”", False, ""),
        (f"登记隐患 {desk.hazards.get(number).number}", False, ""),
        ("新增监管对象“示例商店”", False, stands),
    ]
    _, changed, registered, first, _ = deeds(desk.cabinet, TODAY)
    with pytest.raises(Refused, match="请先撤销那一项"):
        take_back_deed(desk.cabinet, first.number)
    take_back_deed(desk.cabinet, changed.number)
    take_back_deed(desk.cabinet, registered.number)
    with pytest.raises(Refused, match="请刷新"):
        take_back_deed(desk.cabinet, changed.number)
    assert [(undone, fixed) for _, undone, fixed in done(desk)] == [
        (False, ""),
        (True, ""),
        (True, ""),
        (False, ""),
    ]
    assert desk.hazards.get(number).state == "已作废"
    again = deeds(desk.cabinet, TODAY)[2]
    take_back_deed(desk.cabinet, again.number)
    assert desk.hazards.get(number).state == "待整改"
    assert desk.check() == []


def test_an_act_undone_that_a_later_one_wrote_over_is_not_done_again(desk):
    shop = desk.enterprises.add(SHOP).ids[0]
    desk.enterprises.change(shop, {"principal": "甲"})
    desk.undo()
    desk.enterprises.change(shop, {"principal": "乙"})
    undone = deeds(desk.cabinet, TODAY)[1]
    assert (undone.undone, undone.fixed[:6]) == (True, "之后又办理了")
    desk.undo()
    assert deeds(desk.cabinet, TODAY)[1].fixed == ""
    take_back_deed(desk.cabinet, undone.number)
    assert desk.enterprises.get(shop).principal == "甲"


def test_what_is_final_says_so(desk):
    number = desk.tips.add(
        {"received_on": "2023-05-20", "way": "电话", "content": "堵塞", "informant_name": "王示例"}
    ).ids[0]
    desk.tips.reveal(number, "回访")
    assert [fixed for *_, fixed in done(desk)] == ["没有改动任何记录", ""]


def test_what_changed_since_is_said_of_doing_again_not_of_taking_back(desk):
    shop = desk.enterprises.add(SHOP).ids[0]
    desk.enterprises.change(shop, {"name": "改名的店"})
    desk.undo()
    (last, *_) = deeds(desk.cabinet, TODAY)
    with desk.cabinet.act("test", "enterprises") as act:
        act.update(Enterprise, shop, {"name": "另有改动"})
        act.done("另有改动")
    with pytest.raises(Refused, match="这条记录之后又有改动，不能恢复"):
        take_back(desk.cabinet, desk.cabinet.row(Audit, last.number))
