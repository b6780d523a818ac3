"""Every act says how it is taken back; that and what stands on it decide, never its name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.store.acts import Undo
from hazard_desk.store.tables import Audit
from hazard_desk.store.undo import deeds, take_back

SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
RECTIFIED = {"happened_on": "2023-05-20", "rectified_by": "丁整改"}


def audits(desk) -> list[dict]:
    return desk.cabinet.records(Audit, Audit.select().order_by(Audit.id))


def said(desk) -> str:
    return audits(desk)[-1]["undo"]


def rename(desk, number: int, name: str, undo: Undo) -> None:
    with desk.cabinet.act("test", "enterprises", undo) as act:
        act.update(Enterprise, number, {"name": name})
        act.done(f"改名{name}", number)


def test_what_an_act_says_is_kept_with_its_audit_row(desk, found):
    desk.enterprises.add(SHOP)
    assert said(desk) == "rows"
    number = desk.hazards.add(found).ids[0]
    assert said(desk) == "step"
    desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-10"})
    assert said(desk) == "parts"
    assert [row.get("undo") for row in audits(desk)[-1]["rows"]] == ["number", "step", "step"]
    desk.undo()
    assert said(desk) == "parts"


def test_a_final_act_is_passed_over(desk):
    desk.enterprises.add(SHOP)
    desk.enterprises.add(SHOP | {"name": "第二家"})
    other = desk.enterprises.add(SHOP | {"name": "第三家"}).ids[0]
    desk.undo()
    row = desk.cabinet.one(Enterprise, Enterprise.select().limit(1))
    with desk.cabinet.act("test", "enterprises", Undo.FINAL) as act:
        number = act.insert(Enterprise, row | {"id": None, "name": "终"})
        act.done("不能撤销的", number)
    assert number != other
    assert desk.undoable() == "新增监管对象“第二家”"
    desk.undo()
    assert [row["name"] for row in desk.enterprises.select(Query())] == ["示例商店", "终"]


def test_an_act_on_which_a_final_one_stands_is_not_offered(desk):
    number = desk.enterprises.add(SHOP).ids[0]
    rename(desk, number, "改过", Undo.FINAL)
    assert desk.undoable() == ""
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        desk.undo()
    desk.enterprises.add(SHOP)
    desk.undo()
    assert desk.undoable() == ""


def test_an_act_is_offered_again_when_what_stood_on_it_was_taken_back(desk):
    number = desk.enterprises.add(SHOP).ids[0]
    rename(desk, number, "改过", Undo.ROWS)
    assert desk.undoable() == "改名改过"
    desk.undo()
    assert desk.undoable() == "新增监管对象“示例商店”"


def test_a_later_change_is_never_lost(desk):
    number = desk.enterprises.add(SHOP).ids[0]
    first = audits(desk)[-1]
    desk.enterprises.change(number, {"principal": "甲"})
    second = audits(desk)[-1]
    desk.enterprises.change(number, {"principal": "乙"})
    for audit in (first, second):
        with pytest.raises(Refused) as caught:
            take_back(desk.cabinet, audit)
        assert caught.value.message == "这条记录之后又有改动，不能撤销"
    assert desk.enterprises.get(number)["principal"] == "乙"
    desk.enterprises.remove(number)
    with pytest.raises(Refused, match="又有改动"):
        take_back(desk.cabinet, second)


def test_a_step_with_a_later_one_on_it_is_not_withdrawn(desk, found):
    number = desk.hazards.add(found).ids[0]
    first = audits(desk)[-1]
    desk.hazards.step(number, "rectified", RECTIFIED)
    with pytest.raises(Refused, match="又有改动"):
        take_back(desk.cabinet, first)
    assert desk.hazards.get(number)["state"] == "待复查"


def test_a_number_whose_entry_was_changed_since_is_not_voided(desk):
    values = {"kind": "提醒函", "title": "示例", "issued_on": "2023-06-01"}
    number = desk.documents.add(values).ids[0]
    first = audits(desk)[-1]
    desk.documents.change(number, {"title": "改过"})
    with pytest.raises(Refused, match="又有改动"):
        take_back(desk.cabinet, first)
    assert desk.documents.get(number)["state"] == "已印发"


def test_a_step_taken_back_that_was_imported_leaves_its_line(desk, found):
    """Only a whole import erases a line, and not once something was entered on it."""
    with desk.cabinet.whole("hazards.import", "hazards", Undo.ROWS) as act:
        number = desk.hazards.add(found).ids[0]
        act.done("导入", number)
    desk.hazards.step(number, "rectified", RECTIFIED)
    desk.undo()
    assert [row["effective"] for row in desk.hazards.events(number)] == [True, False, False]
    with pytest.raises(Refused):
        desk.undo()
    assert len(desk.hazards.events(number)) == 3
    assert desk.check() == []


def test_a_whole_act_in_a_whole_act_is_a_part_of_it(desk, found):
    before = len(audits(desk))
    with desk.cabinet.whole("test", "hazards") as act:
        number = desk.hazards.add(found).ids[0]
        desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-10"})
        desk.enterprises.add(SHOP)
        act.done("三件事", number)
    assert len(audits(desk)) == before + 1
    assert [row.get("undo") for row in audits(desk)[-1]["rows"]] == [
        "step",
        "step",
        "number",
        "step",
        "step",
        None,
    ]
    desk.undo()
    assert desk.hazards.get(number)["state"] == "已作废"
    assert [row["state"] for row in desk.documents.select(Query())] == ["已作废"]
    assert desk.enterprises.count(Query()) == 0
    assert desk.undoable() == ""


def test_a_whole_act_with_a_final_part_is_final(desk):
    with desk.cabinet.whole("test", "enterprises") as act:
        number = desk.enterprises.add(SHOP).ids[0]
        rename(desk, number, "改过", Undo.FINAL)
        act.done("两件事", number)
    assert said(desk) == "final"
    assert desk.undoable() == ""


def test_the_acts_of_a_day_are_found_without_reading_all(desk):
    desk.enterprises.add(SHOP)
    asked = []
    desk.cabinet.db.link().set_trace_callback(asked.append)
    try:
        (deed, *_) = deeds(desk.cabinet, desk.today)
    finally:
        desk.cabinet.db.link().set_trace_callback(None)
    assert deed.title == "新增监管对象“示例商店”"
    assert deeds(desk.cabinet, desk.today - timedelta(1)) == []
    first = next(sql for sql in asked if '"at" >=' in sql)
    plan = desk.cabinet.db.execute_sql(f"EXPLAIN QUERY PLAN {first}").fetchall()
    assert "audit_at" in plan[0][-1]
