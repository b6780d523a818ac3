"""Chinese numerals: headings and the capitals of receipts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.numerals import capital_yuan, chinese_numeral


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "零元整"),
        (800, "捌佰元整"),
        (1050, "壹仟零伍拾元整"),
        (1200.5, "壹仟贰佰元伍角"),
        (0.05, "伍分"),
        (3.05, "叁元零伍分"),
        (10, "壹拾元整"),
        (10000, "壹万元整"),
        (100500, "壹拾万零伍佰元整"),
        (20300, "贰万零叁佰元整"),
        (123456.78, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        (100000001, "壹亿零壹元整"),
        (1000000, "壹佰万元整"),
    ],
)
def test_amounts_as_receipts_write_them(amount, said):
    assert capital_yuan(amount) == said


@pytest.mark.parametrize("amount", [-1, 1e16])
def test_no_capitals(amount):
    with pytest.raises(ValueError, match="no capitals"):
        capital_yuan(amount)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
    ],
)
def test_numbers_of_headings(number, said):
    assert chinese_numeral(number) == said


def test_every_heading_has_another_number():
    assert len({chinese_numeral(number) for number in range(1, 100)}) == 99


@pytest.mark.parametrize("number", [-1, 0, 100])
def test_headings_are_numbered_from_1_to_99(number):
    with pytest.raises(ValueError, match=f"no Chinese numeral for {number}$"):
        chinese_numeral(number)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0.5, "伍角"),
        (0.1, "壹角"),
        (0.55, "伍角伍分"),
        (1, "壹元整"),
        (5, "伍元整"),
        (6789, "陆仟柒佰捌拾玖元整"),
        (1005, "壹仟零伍元整"),
        (1000, "壹仟元整"),
        (1500, "壹仟伍佰元整"),
        (11000, "壹万壹仟元整"),
        (10500, "壹万零伍佰元整"),
        (20003000, "贰仟万叁仟元整"),
        (100000, "壹拾万元整"),
        (110000000, "壹亿壹仟万元整"),
        (1e12, "壹万亿元整"),
        (1e15, "壹仟万亿元整"),
        (9999999999999.99, "玖万亿玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        (10000.01, "壹万元零壹分"),
        (0.014, "壹分"),
        (0.004, "零元整"),
    ],
)
def test_amounts_at_the_turns(amount, said):
    assert capital_yuan(amount) == said


CAPITALS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def worth(said: str) -> int:
    """Read capitals back, in fen; written for this test only."""
    whole, yuan, small = said.removesuffix("整").rpartition("元")
    total = part = digit = 0
    for char in whole if yuan else "":
        if char in CAPITALS:
            digit = CAPITALS.index(char)
        elif char in UNITS:
            part, digit = part + digit * UNITS[char], 0
        else:
            total, part, digit = total + (part + digit) * {"万": 10**4, "亿": 10**8}[char], 0, 0
    fen = (total + part + digit) * 100
    for char, following in pairwise(small):
        fen += CAPITALS.index(char) * {"角": 10, "分": 1}.get(following, 0) if char in CAPITALS else 0
    return fen


@given(st.integers(0, 10**12))
def test_capitals_are_worth_the_amount(fen):
    said = capital_yuan(fen / 100)
    assert worth(said) == fen
    assert "零零" not in said
    assert said.endswith("整") == (fen % 100 == 0)
