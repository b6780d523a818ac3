"""The office's words for choices: what the file says is there, and is meant."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Field
from hazard_desk.sheets.words import near, suggested, takes_words, words


def fields(desk: Desk) -> dict[str, list[Field]]:
    """The fields that take words, by label."""
    found: dict[str, list[Field]] = {}
    for book in desk.books.ledgers.values():
        for one in book.sheet_fields():
            if takes_words(one):
                found.setdefault(one.label, []).append(one)
    return found


def test_every_label_and_choice_of_the_file_is_one_of_a_ledger(desk: Desk) -> None:
    known = fields(desk)
    for label, said in words().said.items():
        choices = {choice for one in known[label] for choice in one.choices}
        assert set(said) <= choices, label
    for one in words().asked:
        choices = {choice for there in known[one.field] for choice in there.choices}
        assert {one.yes, one.no} - {""} <= choices, one


def test_no_word_means_two_choices(desk: Desk) -> None:
    for label, said in words().said.items():
        for one in fields(desk)[label]:
            mine = [word for choice, told in said.items() if choice in one.choices for word in told]
            assert len(mine) == len(set(mine)), label


@pytest.mark.parametrize(
    ("name", "word", "heading", "choice"),
    [
        ("source", "自查", "", "企业自查"),
        ("source", "部门检查", "", "执法检查"),
        ("sector", "工贸行业", "", "工贸"),
        ("sector", "危化品", "", "危险化学品"),
        ("level", "一般事故隐患", "", "一般"),
        ("level", "较大隐患", "", "一般"),
        ("level", "重大（挂牌）", "", "重大"),
        ("level", "√", "是否重大隐患", "重大"),
        ("level", "否", "是否重大隐患", "一般"),
        ("level", "是", "级别", None),
        ("state", "关闭", "", "已销号"),
        ("state", "已闭环", "", "已销号"),
        ("state", "整改完成", "", "待复查"),
        ("state", "未整改", "", "待整改"),
        ("state", "是", "是否整改到位", "待复查"),
        ("state", "否", "是否完成整改", "待整改"),
        ("state", "否", "是否销号", ""),
        ("source", "飞检", "", None),
    ],
)
def test_what_is_meant(desk: Desk, name: str, word: str, heading: str, choice: str | None) -> None:
    one = next(field for field in desk.hazards.sheet_fields() if field.name == name)
    assert words().choice(one, word, heading) == choice


def test_what_is_likely_is_but_proposed(desk: Desk) -> None:
    by_name = {field.name: field for field in desk.hazards.sheet_fields()}
    assert near(by_name["sector"], "烟花爆竹零售") == "烟花爆竹"
    assert near(by_name["sector"], "工贸与消防") == ""
    assert suggested(by_name["source"], ["某县执法检查问题清单"]) == "执法检查"
    assert suggested(by_name["source"], ["某县隐患台账"]) == ""
