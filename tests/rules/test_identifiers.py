"""Numbers that follow a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.identifiers import (
    check_credit_code,
    check_phone,
    credit_code_check_char,
    serial_number,
)

CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
bodies = st.text(CHARS, min_size=17, max_size=17)


def test_the_example_of_the_standard():
    check_credit_code("91350100M000100Y43")  # GB 32100-2015


@given(bodies)
def test_a_code_with_its_check_character_is_lawful(body):
    check_credit_code(body + credit_code_check_char(body))


@given(bodies, st.integers(0, 17), st.sampled_from(CHARS))
def test_one_wrong_character_is_noticed(body, place, char):
    code = body + credit_code_check_char(body)
    wrong = code[:place] + char + code[place + 1 :]
    if wrong != code:
        with pytest.raises(Refused, match="校验码不对"):
            check_credit_code(wrong)


@given(bodies, st.integers(0, 15))
def test_two_neighbours_exchanged_are_noticed(body, place):
    code = body + credit_code_check_char(body)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong != code:
        with pytest.raises(Refused, match="校验码不对"):
            check_credit_code(wrong)


@pytest.mark.parametrize(
    "code", ["", "123", "91350100M000100Y4", "91350100M000100Y433", "91350100I000100Y43", "x" * 18]
)
def test_what_is_no_code_at_all(code):
    with pytest.raises(Refused, match="18位"):
        check_credit_code(code)


@pytest.mark.parametrize(
    "number", ["13800000001", "138 0000 0001", "0734-8550001", "07348550001", "8550001", "010-12345678-8001"]
)
def test_telephone_numbers(number):
    check_phone(number)


@pytest.mark.parametrize(
    "number", ["1380000001", "138000000011", "23800000001", "电话", "0734-855", "13800000001x"]
)
def test_what_is_no_telephone_number(number):
    with pytest.raises(Refused, match="手机号"):
        check_phone(number)


def test_hazard_numbers_follow_the_offices_pattern():
    assert serial_number("三星隐患〔{year}〕{seq:03}号", 2023, 7) == "三星隐患〔2023〕007号"
    assert serial_number("{year}-{seq}", 2024, 1234) == "2024-1234"
