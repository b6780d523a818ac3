"""Chinese numerals: headings and the capitals of receipts."""

from __future__ import annotations

import pytest

from hazard_desk.rules.numerals import capital_yuan


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
