"""A register's row that tells of a hazard, a check or a penalty names it; a penalty may be asked back."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import RefusedFields
from hazard_desk.figures.due import due_items
from hazard_desk.figures.links import linked
from tests.every_act import FINE, FOUND, SHOP, UNIT, VISIT

CASE = {
    "unit_name": UNIT,
    "kind": "其他",
    "matter": "违规",
    "checked_on": "2023-05-20",
    "inspectors": "甲、乙",
}


def test_a_case_names_what_it_tells_of(desk: Desk) -> None:
    desk.enterprises.add(SHOP)
    hazard = desk.hazards.add(FOUND).ids[0]
    check = desk.checks.add(VISIT).ids[0]
    fine = desk.rewards.add(FINE | {"target_kind": "单位", "number": "示例罚〔2023〕1号"}).ids[0]
    named = {"hazard_number": desk.hazards.get(hazard).number, "check_named": f"2023-05-20 {UNIT}"}
    cases = desk.ledgers["enforcement"]
    number = cases.add(CASE | named | {"penalty_number": "示例罚〔2023〕1号"}).ids[0]
    row = cases.get(number)
    assert [row[key] for key in ("hazard_id", "check_id", "reward_id")] == [hazard, check, fine]
    about = {(one.ledger, one.id) for one in linked(desk.books, "enforcement", number)}
    assert {("hazards", hazard), ("checks", check), ("rewards-penalties", fine)} <= about
    assert ("enforcement", number) in {(one.ledger, one.id) for one in linked(desk.books, "hazards", hazard)}
    assert named["check_named"] in cases.options("check_named")
    assert desk.check() == []


def test_what_is_not_found_stays_as_it_was_written(desk: Desk) -> None:
    number = desk.ledgers["enforcement"].add(CASE | {"hazard_number": "旧001", "check_named": "旧"}).ids[0]
    row = desk.ledgers["enforcement"].get(number)
    assert (row["hazard_number"], row["hazard_id"], row["check_id"]) == ("旧001", None, None)


def test_a_problem_that_is_a_hazard_is_due_once(desk: Desk) -> None:
    hazard = desk.hazards.add(FOUND | {"deadline": "2023-06-20"}).ids[0]
    row = {
        "unit_name": UNIT,
        "problem": "其他",
        "found_on": "2023-05-20",
        "state": "未整治",
        "deadline": "2023-06-20",
    }
    for named in ("", desk.hazards.get(hazard).number):
        desk.ledgers["fire-legacy"].add(row | {"hazard_number": named})
    items = due_items(desk.books, date(2023, 6, 20), date(2023, 6, 20))
    assert [item.record for item in items if item.kind == "register"] == ["fire-legacy/1"]


def asked(desk: Desk, **values: object) -> str:
    with pytest.raises(RefusedFields) as caught:
        desk.rewards.add(FINE | {"target_kind": "单位"} | values)
    assert list(caught.value.problems) == ["despite"]
    return caught.value.message


def test_a_penalty_before_the_plan_is_asked_back(desk: Desk) -> None:
    assert "早于方案的起始日期2023-05-18" in asked(desk, happened_on="2023-05-17")
    early = desk.rewards.add(
        FINE | {"target_kind": "单位", "happened_on": "2023-05-17", "despite": "补录"}
    ).ids[0]
    desk.rewards.change(early, {"remark": "说明"})
    number = desk.rewards.add(FINE | {"target_kind": "单位"}).ids[0]
    with pytest.raises(RefusedFields, match="起始日期"):
        desk.rewards.change(number, {"happened_on": "2023-05-01"})


def test_a_penalty_on_what_a_firm_found_and_reported_itself_is_asked_back(desk: Desk) -> None:
    major = {"level": "重大", "criterion": "判定标准第三条", "source": "企业自查"}
    number = desk.hazards.add(FOUND | major).ids[0]
    called = {"hazard_number": desk.hazards.get(number).number}
    desk.rewards.add(FINE | {"target_kind": "单位"} | called)
    desk.hazards.step(number, "reported", {"happened_on": "2023-05-21", "reports": "乡政府"})
    assert "不予处罚" in asked(desk, **called)
    desk.rewards.add(FINE | {"target_kind": "单位", "despite": "逾期未整改"} | called)


def test_a_number_is_known_however_its_brackets_are_typed(desk: Desk) -> None:
    hazard = desk.hazards.add(FOUND).ids[0]
    typed = desk.hazards.get(hazard).number.replace("〔", " [").replace("〕", "] ")
    number = desk.ledgers["enforcement"].add(CASE | {"hazard_number": typed}).ids[0]
    assert desk.ledgers["enforcement"].get(number)["hazard_id"] == hazard
    assert desk.hazards.find("") is None
