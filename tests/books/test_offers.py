"""What a form offers, and how it is found."""

from __future__ import annotations

from hazard_desk.books.kit.offers import Offer, by_letters, fitting_offers, offers_for, with_letters
from tests.books.taking import take

UNITS = with_letters(Offer(text) for text in ("观音村加油点", "三星加油站", "三星乡卫生院"))


def texts(offers):
    return [one.text for one in offers]


def test_any_words_in_any_order_and_initials_find_an_offer():
    assert texts(fitting_offers(UNITS, "加油 三星")) == ["三星加油站"]
    assert texts(fitting_offers(UNITS, "SXX")) == ["三星乡卫生院"]
    assert texts(fitting_offers(UNITS, "三星 wsy")) == ["三星乡卫生院"]
    assert texts(fitting_offers(UNITS, "")) == texts(UNITS)


def test_what_begins_so_comes_first_and_what_is_the_same_before_it():
    lines = with_letters(map(Offer, ("村1", "11", "1")))
    assert texts(fitting_offers(lines, "1")) == ["1", "11", "村1"]


def test_letters_are_meant_as_initials_only_where_no_text_holds_them():
    assert by_letters("jyz", fitting_offers(UNITS, "jyz"))
    named = with_letters([Offer("JYZ公司")])
    assert not by_letters("jyz", fitting_offers(named, "jyz"))
    assert not by_letters("加油", fitting_offers(UNITS, "加油"))


def test_a_task_is_found_by_words_of_what_it_asks_and_taken_by_its_number(desk):
    offered = offers_for(desk.activities.entry_fields(), desk.activities, {})["task_number"]
    assert offered.strict
    assert texts(offered.offers) == [str(row["number"]) for row in desk.tasks.all_rows()]
    first = desk.tasks.all_rows()[0]
    words = f"{first['text'][:4]} {first['text'][-4:]}"
    assert str(first["number"]) in texts(fitting_offers(offered.offers, words))


def test_a_choice_takes_nothing_else_and_a_protected_field_offers_nothing(desk):
    offered = offers_for(desk.tips.entry_fields(), desk.tips, {})
    assert offered["way"].strict
    assert not {field.name for field in desk.tips.entry_fields() if field.sensitive} & offered.keys()


def test_an_enterprise_tells_a_form_what_it_takes_over(desk):
    firm = {
        "name": "示例商店",
        "category": "企业",
        "sector": "工贸",
        "principal": "李老板",
        "village": "观音村",
    }
    desk.enterprises.add(firm)
    told = desk.enterprises.tells(" 示例商店 ", desk.hazards.entry_fields())
    assert told == {"sector": "工贸", "responsible": "李老板", "office": ""}
    assert desk.enterprises.tells("示例商店", desk.checks.entry_fields())["village"] == "观音村"
    assert desk.enterprises.tells("某农户", desk.hazards.entry_fields()) is None


def test_a_firm_whose_name_nobody_told_tells_nothing_to_a_form_without_one(desk):
    take(desk.enterprises, {"category": "企业", "sector": "工贸"})
    assert desk.enterprises.tells("", desk.hazards.entry_fields()) is None


def test_what_forms_take_over_is_a_field_of_the_enterprise(desk):
    known = {field.name for field in desk.enterprises.fields}
    for book in desk.ledgers.values():
        assert {field.of_firm for field in book.fields} - {""} <= known, book.id


def test_any_book_offers_first_who_did_it_last(desk):
    visit = {"checked_on": "2023-05-18", "kind": "日常", "unit_name": "某店", "leader": "甲领导"}
    for leader, people in (
        ("乙领导", "甲检查、乙检查"),
        ("甲领导", "丙检查、甲检查"),
        ("乙领导", "乙检查、丁检查"),
    ):
        desk.checks.add(visit | {"leader": leader, "inspectors": people})
    assert desk.checks.options_for("leader", {}) == ["乙领导", "甲领导"]
    assert desk.checks.options_for("inspectors", {})[:3] == ["乙检查、丁检查", "乙检查", "丁检查"]


def test_characters_left_out_and_another_reading_find_an_offer_too():
    lines = with_letters(map(Offer, ("危险化学品", "化工", "长岭乐民超市", "长岭卫生院")))
    assert texts(fitting_offers(lines, "危化")) == ["危险化学品"]
    assert texts(fitting_offers(lines, "化危")) == []
    for typed in ("cllm", "zllm"):
        assert texts(fitting_offers(lines, typed)) == ["长岭乐民超市"]


def test_a_form_is_told_that_a_firm_is_unknown_or_no_longer_at_work(desk):
    shop = {"name": "示例商店", "category": "企业", "sector": "工贸"}
    number = desk.enterprises.add(shop).ids[0]
    assert [desk.enterprises.remark(name) for name in ("", "示例商店")] == ["", ""]
    assert desk.enterprises.remark("某农户") == "监管对象台账里没有这一家，按所写的名称登记"
    desk.enterprises.change(number, {"status": "关闭", "stopped_on": "2023-05-20"})
    assert desk.enterprises.remark(" 示例商店 ") == "监管对象台账写明这一家已关闭（2023-05-20起），请核对"
