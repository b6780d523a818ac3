"""The ledger of enterprises and other objects of supervision."""

from __future__ import annotations

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.errors import RefusedFields

SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}


@pytest.fixture
def number(desk) -> int:
    return desk.enterprises.add(SHOP).ids[0]


def problems(act, *words) -> dict[str, str]:
    with pytest.raises(RefusedFields) as caught:
        act(*words)
    return caught.value.problems


def test_what_is_not_entered_is_empty(desk, number):
    row = desk.enterprises.get(number)
    assert (row["name"], row["phone"], row["headcount"], row["safety_officers"]) == ("示例商店", "", None, [])
    assert row["small"] is False


def test_a_name_stands_once(desk, number):
    for name in ("示例商店", " 示例商店\u200b ", "示例商店\u3000"):
        assert "已在台账中" in problems(desk.enterprises.add, SHOP | {"name": name})["name"]
    other = desk.enterprises.add(SHOP | {"name": "第二家"}).ids[0]
    assert "已在台账中" in problems(desk.enterprises.change, other, {"name": "示例商店"})["name"]
    desk.enterprises.change(number, {"name": "示例商店", "phone": "13800000001"})
    assert desk.enterprises.count(Query()) == 2


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("category", "公司"),
        ("sector", ""),
        ("credit_code", "91350100M000100Y44"),
        ("credit_code", "123"),
        ("phone", "12345"),
        ("headcount", "很多"),
        ("headcount", "3.5"),
        ("headcount", "-1"),
    ],
)
def test_wrong_entries_name_their_field(desk, field, wrong):
    assert list(problems(desk.enterprises.add, SHOP | {field: wrong})) == [field]
    assert desk.enterprises.count(Query()) == 0


def test_every_wrong_field_at_once(desk):
    wrong = {"name": "", "phone": "1", "credit_code": "1", "headcount": "x"}
    assert set(problems(desk.enterprises.add, SHOP | wrong)) == set(wrong)


def test_codes_are_kept_as_text(desk):
    typed = {"credit_code": "91350100M000100Y43", "phone": "0734-8550001", "headcount": "30人"}
    row = desk.enterprises.get(desk.enterprises.add(SHOP | typed).ids[0])
    assert (row["credit_code"], row["phone"], row["headcount"]) == (
        "91350100M000100Y43",
        "0734-8550001",
        30,
    )


@pytest.mark.parametrize(("headcount", "small"), [("", False), ("0", True), ("30", True), ("31", False)])
def test_up_to_thirty_people_is_small(desk, headcount, small):
    row = desk.enterprises.get(desk.enterprises.add(SHOP | {"headcount": headcount}).ids[0])
    assert row["small"] is small


def test_only_the_given_fields_change(desk, number):
    before = desk.enterprises.get(number)
    change = desk.enterprises.change(number, {"principal": "甲"})
    assert change.title == "修改监管对象“示例商店”"
    assert desk.enterprises.get(number) == before | {"principal": "甲"}


def test_found_by_name(desk, number):
    assert desk.enterprises.find("示例商店") == number
    assert desk.enterprises.find("示例") is None
    assert desk.enterprises.names() == ["示例商店"]


def test_options_are_choices_or_what_was_entered(desk, number):
    desk.enterprises.change(number, {"village": "示例村", "safety_officers": "乙、甲"})
    assert desk.enterprises.options("village") == ["示例村"]
    assert desk.enterprises.options("safety_officers") == sorted(["甲", "乙"])
    assert desk.enterprises.options("risk") == ["红", "橙", "黄", "蓝"]
    assert desk.enterprises.options("phone") == []


def test_more_ids_than_one_statement_takes_are_read(desk):
    number = desk.enterprises.add({"name": "示例商店", "category": "其他", "sector": "工贸"}).ids[0]
    (row,) = desk.enterprises.rows([*range(number + 1, number + 300_000), number])
    assert row["name"] == "示例商店"
