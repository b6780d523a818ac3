"""Fields: how a raw entry becomes a value, is shown, and is read again."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import (
    LONG_LIMIT,
    TEXT_LIMIT,
    Field,
    Kind,
    by_name,
    clean,
    field_called,
    read_all,
)

TODAY = date(2023, 6, 1)


def field(kind: Kind, **says: object) -> Field:
    return Field("fact", "事实", kind, choices=("甲", "乙") if kind is Kind.CHOICE else (), **says)


def read(kind: Kind, raw: object, **says: object) -> object:
    return field(kind, **says).read(raw, TODAY)


# Every character, lone surrogates and non-characters too, and what looks like an entry.
any_text = st.one_of(
    st.text(st.characters()),
    st.text("0123456789.,，-+eE_%年月日 \n\t、;；：:是否甲乙/"),
    st.from_regex(r"\d{1,4}[-./年]\d{1,2}[-./月]\d{1,2}日?", fullmatch=True),
    st.from_regex(r"-?\d{0,14}\.?\d{0,8}(e-?\d{1,30})?(万元)?", fullmatch=True),
)


@given(st.sampled_from(list(Kind)), any_text)
@example(Kind.NUMBER, "-0")
@example(Kind.NUMBER, "999999999999.99999")
@example(Kind.NUMBER, "1e999999999999999999999")
@example(Kind.NUMBER, "sNaN")
@example(Kind.INTEGER, "9" * 5000)
@example(Kind.LINK, "9" * 5000)
@example(Kind.NAMES, "甲\n乙")
@example(Kind.DATE, "0000-01-01")
@example(Kind.DATE, "٢٠٢٣-٠٥-١٨")
def test_any_text_is_read_or_refused_and_what_is_shown_reads_the_same(kind, text):
    one = field(kind, unit="万元")
    try:
        value = one.read(text, TODAY)
    except Refused as wrong:
        assert wrong.field == "fact"
        assert "“事实”" in wrong.message
        return
    shown = one.show(value)
    assert "\x00" not in shown
    if kind is not Kind.MOMENT:  # shown to the minute
        assert one.read(shown, TODAY) == value
        assert one.show(one.read(shown, TODAY)) == shown


@given(
    st.one_of(
        st.tuples(st.just(Kind.DATE), st.dates()),
        st.tuples(st.just(Kind.MOMENT), st.datetimes().map(lambda at: at.replace(second=0, microsecond=0))),
        st.tuples(st.just(Kind.INTEGER), st.integers(0, 10**12 - 1)),
        st.tuples(st.just(Kind.NUMBER), st.integers(0, 10**15).map(lambda tenth: tenth / 10000)),
        st.tuples(st.just(Kind.BOOL), st.booleans()),
        st.tuples(st.just(Kind.CHOICE), st.sampled_from(["", "甲", "乙"])),
        st.tuples(st.just(Kind.LINK), st.integers(1, 2**62)),
        st.tuples(st.just(Kind.NAMES), st.lists(st.text("甲乙丙 abc·", min_size=1).map(clean).filter(bool))),
        st.tuples(st.sampled_from([Kind.TEXT, Kind.CODE]), st.text("甲乙 0aZ=<&%_", max_size=200).map(clean)),
        st.tuples(st.just(Kind.LONG), st.text("甲乙 \n0aZ", max_size=400).map(lambda t: clean(t, True))),
    )
)
def test_every_value_survives_show_and_read(kind_and_value):
    kind, value = kind_and_value
    one = field(kind)
    assert one.read(one.show(value), TODAY) == value
    assert one.read(value, TODAY) == value, "a typed value is taken as it is"


@given(st.text(st.characters()), st.booleans())
def test_control_characters_surrogates_and_noncharacters_are_stripped(text, keep_lines):
    cleaned = clean(text, keep_lines)
    kinds = {unicodedata.category(char) for char in cleaned if char != "\n"}
    assert not kinds & {"Cc", "Cs"}
    assert not any(ord(char) & 0xFFFE == 0xFFFE for char in cleaned)
    assert keep_lines or "\n" not in cleaned
    assert cleaned == cleaned.strip()
    assert clean(cleaned, keep_lines) == cleaned
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    "blank", ["", " ", "\u3000", "\u2003\u00a0", "\ufeff", "\u200b", "\x00", "\r\n", None]
)
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG, Kind.DATE, Kind.NAMES, Kind.CHOICE, Kind.NUMBER])
def test_blank_is_nothing_entered(kind, blank):
    assert read(kind, blank) == field(kind).empty
    with pytest.raises(Refused, match="请填写“事实”"):
        read(kind, blank, required=True)


@pytest.mark.parametrize("raw", ["、", " ， ；", ["", " "], []])
def test_names_without_a_name_are_nothing_entered(raw):
    assert read(Kind.NAMES, raw) == []
    with pytest.raises(Refused, match="请填写“事实”"):
        read(Kind.NAMES, raw, required=True)


@pytest.mark.parametrize(
    "raw", ["甲、乙", "甲，乙", "甲,乙;", "甲；乙", " 甲 \n 乙\r\n", ["甲", "乙"], ["甲、乙"]]
)
def test_names_are_parted_by_the_usual_marks(raw):
    assert read(Kind.NAMES, raw) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1,234.5", 1234.5), ("１２", 12), ("3万元", 3), ("3 万元", 3), ("0.00004", 0), (2.5, 2.5), (7, 7)],
)
def test_numbers(raw, value):
    assert read(Kind.NUMBER, raw, unit="万元") == value


@pytest.mark.parametrize("raw", ["-1", "NaN", "inf", "1e12", "3人", "1.2.3", float("nan"), True])
def test_what_is_no_number_is_refused_with_its_unit(raw):
    with pytest.raises(Refused, match="请填写数字，单位为万元"):
        read(Kind.NUMBER, raw, unit="万元")


def test_integers_have_no_fraction():
    assert read(Kind.INTEGER, "3.0") == 3
    with pytest.raises(Refused, match="请填写整数"):
        read(Kind.INTEGER, "3.5")


@pytest.mark.parametrize(("kind", "limit"), [(Kind.TEXT, TEXT_LIMIT), (Kind.LONG, LONG_LIMIT)])
def test_texts_have_a_limit_and_the_sentence_says_it(kind, limit):
    assert read(kind, "字" * limit) == "字" * limit
    with pytest.raises(Refused, match=f"最多{limit}个字，现有{limit + 1}个字"):
        read(kind, "字" * (limit + 1))


def test_a_date_without_a_year_belongs_to_this_year():
    assert read(Kind.DATE, "5月18日") == date(2023, 5, 18)
    assert read(Kind.DATE, datetime(2023, 5, 18, 9, 30)) == date(2023, 5, 18)
    with pytest.raises(Refused, match="例如2023-06-01"):
        read(Kind.DATE, "2023-02-30")


@pytest.mark.parametrize(
    ("raw", "value"), [("是", True), ("有", True), ("√", True), ("否", False), ("无", False), (True, True)]
)
def test_yes_and_no(raw, value):
    assert read(Kind.BOOL, raw) is value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (0, "0"),
        (0.0, "0"),
        (1.5, "1.5"),
        (100.0, "100"),
        (12345.6789, "12345.6789"),
        (False, "否"),
        (["甲", "乙"], "甲、乙"),
        (date(2023, 5, 8), "2023-05-08"),
        (datetime(2023, 5, 8, 9, 5, 59), "2023-05-08 09:05"),
    ],
)
def test_values_as_tables_show_them(value, shown):
    assert field(Kind.TEXT).show(value) == shown


def test_a_check_speaks_with_the_label():
    def check(text: str) -> None:
        raise Refused("不对")

    with pytest.raises(Refused, match=r"^“事实”不对$") as caught:
        read(Kind.CODE, "x", check=check)
    assert caught.value.field == "fact"
    assert read(Kind.CODE, "", check=check) == "", "nothing entered is not checked"


def test_every_wrong_field_is_named_at_once():
    fields = (
        Field("name", "名称", required=True),
        Field("day", "日期", Kind.DATE),
        Field("kind", "种类", Kind.CHOICE, choices=("甲",)),
        Field("fine", "好的"),
        Field("number", "编号", given=True, required=True),
    )
    with pytest.raises(RefusedFields) as caught:
        read_all(fields, {"day": "明天", "kind": "丙", "fine": "行"}, TODAY)
    assert set(caught.value.problems) == {"name", "day", "kind"}
    assert caught.value.field == "name"
    assert all(sentence in caught.value.message for sentence in caught.value.problems.values())


def test_only_what_the_clerk_enters_is_read():
    fields = (Field("name", "名称"), Field("number", "编号", given=True))
    assert read_all(fields, {"name": " 厂 ", "number": "1", "other": "x"}, TODAY) == {"name": "厂"}


def test_a_field_is_found_by_name_label_and_heading():
    fields = (Field("funds", "整改资金", Kind.NUMBER, unit="万元"),)
    for name in ("funds", "整改资金", "整改资金（万元）"):
        assert field_called(fields, name) is fields[0]
    with pytest.raises(Refused, match="没有“钱”这一栏，可用的栏目有：整改资金"):
        field_called(fields, "钱")


def test_the_program_finds_a_field_only_by_the_name_that_is_declared():
    fields = (Field("funds", "整改资金", Kind.NUMBER, unit="万元"),)
    assert by_name(fields, "funds") is fields[0]
    for misspelt in ("fund", "整改资金", ""):
        with pytest.raises(KeyError):
            by_name(fields, misspelt)
