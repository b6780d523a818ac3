"""Amounts as people type them: their value in the unit of the field, and what they say besides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.amounts import amount_words, read_amount
from hazard_desk.rules.numerals import capital_yuan, chinese_number, chinese_numeral


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("200", "人", 200),
        ("200人", "人", 200),
        ("２００ 人", "人", 200),
        ("约200人", "人", 200),
        ("大约200名", "人", 200),
        ("近200人", "人", 200),
        ("200余人", "人", 200),
        ("200多人", "人", 200),
        ("200人左右", "人", 200),
        ("200人以上", "人", 200),
        ("共12人", "人", 12),
        ("二十人", "人", 20),
        ("一百二十三人", "人", 123),
        ("两千人", "人", 2000),
        ("1.2万人", "人", 12000),
        ("十五", "人", 15),
        ("3次", "次", 3),
        ("三次", "次", 3),
        ("12家", "", 12),
        ("1,234", "", 1234),
        ("5千元", "元", 5000),
        ("5千", "元", 5000),
        ("1.2万", "元", 12000),
        ("1.2万元", "元", 12000),
        ("5,000.00", "元", 5000),
        ("￥5,000.00", "元", 5000),
        ("¥5000", "元", 5000),
        ("人民币5000元整", "元", 5000),
        ("伍仟元", "元", 5000),
        ("伍仟元整", "元", 5000),
        ("壹万贰仟叁佰元", "元", 12300),
        ("壹仟贰佰元伍角", "元", 1200.5),
        ("三万五千元", "元", 35000),
        ("3百万", "元", 3_000_000),
        ("3000元", "万元", 0.3),
        ("0.5万元", "万元", 0.5),
        ("0.5万", "万元", 0.5),
        ("0.5", "万元", 0.5),
        ("5千元", "万元", 0.5),
        ("￥5,000.00", "万元", 0.5),
        ("伍仟元", "万元", 0.5),
        ("约2万元", "万元", 2),
        ("2亿元", "万元", 20000),
        ("一万", "万元", 1),
        ("0", "万元", 0),
        ("-5", "万元", -5),
    ],
)
def test_an_amount_in_the_unit_of_its_field(text: str, unit: str, amount: float) -> None:
    assert read_amount(text, unit) == amount


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "人"),
        ("—", "人"),
        ("无", "万元"),
        ("一", "万元"),
        ("3-5人", "人"),
        ("100～200", "人"),
        ("2台", "人"),
        ("5千元", "人"),
        ("3人", "万元"),
        ("三万五", "元"),
        ("若干", "人"),
        ("几十人", "人"),
        ("1.2.3", "元"),
        ("12,34", "元"),
        ("5元/人", "元"),
        ("已落实", "万元"),
        ("二〇二三", "人"),
    ],
)
def test_what_is_no_amount_is_not_guessed(text: str, unit: str) -> None:
    assert read_amount(text, unit) is None


def test_a_bare_number_is_in_the_unit_of_its_heading() -> None:
    assert read_amount("5000", "万元", "元") == 0.5
    assert read_amount("5000元", "万元", "万元") == 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("200人", ""),
        ("约200人", "约200人"),
        ("5千元", ""),
        ("200余人", "200余人"),
        ("若干", "若干"),
        ("—", ""),
    ],
)
def test_the_words_beside_an_amount(text: str, words: str) -> None:
    assert amount_words(text, "人") == words


@given(st.text(), st.sampled_from(["元", "万元", "人", "次", ""]))
def test_any_text_is_an_amount_or_none(text: str, unit: str) -> None:
    assert read_amount(text, unit) is None or isinstance(read_amount(text, unit), float)


@given(st.integers(0, 99_999_999))
def test_capitals_read_back(yuan: int) -> None:
    assert read_amount(capital_yuan(yuan), "元") == yuan


@given(st.integers(1, 10**8).map(lambda cents: cents / 100))
def test_capitals_with_jiao_and_fen_read_back(amount: float) -> None:
    found = read_amount(capital_yuan(amount), "元")
    assert found is None or found == pytest.approx(amount)


@given(st.integers(1, 99))
def test_numerals_read_back(number: int) -> None:
    assert chinese_number(chinese_numeral(number)) == number
