"""What a desk knows is what a sentence is understood against, and every field it fills is one of the form."""

from __future__ import annotations

import pytest

from hazard_desk.capture.known import About
from hazard_desk.capture.library import (
    ASKS,
    FIELDS,
    facts_shown,
    things_known,
    unsaid,
    values_of,
    values_typed,
)
from hazard_desk.capture.sentence import read_sentence
from hazard_desk.capture.told import CHECKS, HAZARDS
from hazard_desk.desk import Desk
from hazard_desk.store.columns import name_of


@pytest.fixture
def shop(desk: Desk) -> int:
    values = {"name": "红星超市", "category": "企业", "sector": "消防", "principal": "周掌柜"}
    return desk.enterprises.add(values).ids[0]


def test_people_and_words_of_the_desk_are_known(desk, shop, found):
    desk.hazards.add({**found, "inspectors": "甲检查、乙检查"})
    known = things_known(desk.books)
    assert [(firm.name, firm.sector, firm.people) for firm in known.firms] == [
        ("红星超市", "消防", ("周掌柜",))
    ]
    assert {"甲检查", "乙检查"} <= known.inspectors
    assert found["place"] in known.places


def test_a_sentence_registers_a_hazard(desk, shop, found):
    desk.hazards.add(found)
    text = "5.25 红星超市 一般 加工车间 电线裸露 甲检查 责任人 周掌柜"
    sentence = read_sentence(text, things_known(desk.books), desk.today)
    assert unsaid(sentence, desk.books) == []
    row = desk.hazards.get(desk.hazards.add(values_of(sentence)).ids[0])
    assert (row.unit_name, row.sector, row.level, row.place) == ("红星超市", "消防", "一般", "加工车间")
    assert (row.inspectors, row.responsible, row.description) == (["甲检查"], "周掌柜", "电线裸露")
    assert row.found_on is not None
    assert row.found_on.isoformat() == "2023-05-25"


def test_a_sentence_registers_a_check(desk, shop):
    text = "检查 红星超市 日常 昨天 检查人 王小明 李小红 未发现问题"
    sentence = read_sentence(text, things_known(desk.books), desk.today)
    row = desk.checks.get(desk.checks.add(values_of(sentence)).ids[0])
    assert (row.unit_name, row.kind, row.inspectors, row.situation) == (
        "红星超市",
        "日常",
        ["王小明", "李小红"],
        "未发现问题",
    )


def test_what_was_understood_is_told_by_the_labels_of_the_form(desk, shop):
    sentence = read_sentence("红星超市 安全出口堵塞 当场整改", things_known(desk.books), desk.today)
    assert [(label, shown) for label, shown, _ in facts_shown(sentence, desk.books)] == [
        ("发现日期", "2023-06-01"),
        ("单位名称", "红星超市"),
        ("行业领域", "消防"),
        ("隐患部位", "安全出口"),
        ("隐患描述", "安全出口堵塞"),
        ("当场整改", "是"),
    ]
    assert unsaid(sentence, desk.books) == ["级别", "来源", "整改人"]


@pytest.mark.parametrize("book", [HAZARDS, CHECKS])
def test_every_field_that_a_sentence_fills_is_one_of_the_form(desk, book):
    asked = {field.name for field in desk.books.ledger(book).entry_fields()}
    filled = {name_of(made) for about, made in FIELDS[book].items() if about is not About.RECTIFIED_BY}
    assert filled <= asked
    assert ASKS[book] >= FIELDS[book].keys()


def test_what_follows_from_the_firm_is_left_to_the_form(desk, shop):
    known = things_known(desk.books)
    assert "sector" not in values_typed(read_sentence("红星超市 出口堵塞", known, desk.today))
    assert values_typed(read_sentence("红星超市 工贸 出口堵塞", known, desk.today))["sector"] == "工贸"
