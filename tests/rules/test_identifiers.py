"""Numbers that follow a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.identifiers import (
    check_credit_code,
    check_mail,
    check_phone,
    credit_code_check_char,
    serial_number,
    serial_number_parts,
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


@pytest.mark.parametrize("number", ["07348550001-1", "0734-8550001-123456", "85500012"])
def test_extensions_and_long_numbers(number):
    check_phone(number)


@pytest.mark.parametrize(
    "number",
    ["07348550001-", "8550001-1234567", "855000", "855000123", "07-8550001", "07341-8550001", "a13800000001"],
)
def test_telephone_numbers_cut_off_or_too_long(number):
    with pytest.raises(Refused) as caught:
        check_phone(number)
    assert caught.value.message == "应为11位手机号或带区号的座机号，请核对"


def test_what_a_wrong_code_is_told():
    with pytest.raises(Refused) as caught:
        check_credit_code("9135")
    assert caught.value.message == "应为18位数字和大写字母（不含I、O、S、V、Z），请核对"
    with pytest.raises(Refused) as caught:
        check_credit_code("91350100M000100Y44")
    assert caught.value.message == "校验码不对，请核对是否抄错"


@pytest.mark.parametrize(
    "addresses", ["a@b.cn", "Wang.Wu+x%y_z-1@xz-1.gov.cn", "a@b.cn, c@d.com", "a@b.cn，c@d.com ,e@f.org"]
)
def test_addresses(addresses):
    check_mail(addresses)


@pytest.mark.parametrize(
    ("addresses", "wrong"),
    [
        ("", ""),
        ("a", "a"),
        ("a@b", "a@b"),
        ("@b.cn", "@b.cn"),
        ("a@b..cn", "a@b..cn"),
        ("a@b.cn;c@d.cn", "a@b.cn;c@d.cn"),
        ("a@b.cn, 王@d.cn ", "王@d.cn"),
        ("a@b.cn,", ""),
    ],
)
def test_what_is_no_address_is_named(addresses, wrong):
    with pytest.raises(Refused) as caught:
        check_mail(addresses)
    assert caught.value.message == f"“{wrong}”不像邮箱地址，应形如 name@example.com，请核对"


PATTERNS = ("三星隐患〔{year}〕{seq:03}号", "{year}-{seq}", "（{seq:02}）{year}.{year}号", "{seq}+{year}")


@given(st.sampled_from(PATTERNS), st.integers(1000, 9999), st.integers(1, 99_999))
def test_a_number_tells_its_year_and_serial(pattern, year, serial):
    number = serial_number(pattern, year, serial)
    assert serial_number_parts(pattern, number) == (year, serial)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三星隐患〔2023〕7号",
        "三星隐患〔2023〕0007号",
        "三星隐患〔2023〕007号 ",
        "x三星隐患〔2023〕007号",
        "三星隐患〔二〕007号",
        "三星隐患〔２０２３〕007号",
        "三星隐患〔2023〕００７号",
        "三星隐患〔2023〕1234567890号",
        "三星隐患[2023]007号",
    ],
)
def test_what_was_not_made_by_the_pattern_is_no_number(text):
    assert serial_number_parts(PATTERNS[0], text) is None


def test_a_year_written_twice_is_the_same_year():
    assert serial_number_parts(PATTERNS[2], "（07）2023.2023号") == (2023, 7)
    assert serial_number_parts(PATTERNS[2], "（07）2023.2024号") is None


def test_marks_of_a_pattern_are_only_marks():
    assert serial_number_parts("{year}.{seq}", "2023x7") is None
    assert serial_number_parts("{year}.{seq}", "2023.7") == (2023, 7)
