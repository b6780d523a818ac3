"""What a field says when an entry is wrong, and the last entry that is still right."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Kind, clean, field_called, read_all

TODAY = date(2023, 6, 1)


def field(kind: Kind, unit: str = "", required: bool = False) -> Field:
    return Field("fact", "事实", kind, required, choices=("甲", "乙"), unit=unit)


@pytest.mark.parametrize(
    ("one", "raw", "message"),
    [
        (field(Kind.TEXT, required=True), " ", "请填写“事实”"),
        (field(Kind.NAMES, required=True), "、", "请填写“事实”"),
        (field(Kind.TEXT), "字" * 201, "“事实”最多200个字，现有201个字，请精简"),
        (field(Kind.CODE), "1" * 201, "“事实”最多200个字，现有201个字，请精简"),
        (field(Kind.LONG), "字" * 4001, "“事实”最多4000个字，现有4001个字，请精简"),
        (field(Kind.CHOICE), "丙", "“事实”请从以下选项中选择：甲、乙"),
        (field(Kind.DATE), "明天", "“事实”请填写日期，例如2023-06-01"),
        (field(Kind.MOMENT), "明天", "“事实”请填写日期和时间，例如2023-06-01 09:30"),
        (field(Kind.NUMBER), "一", "“事实”请填写数字"),
        (field(Kind.NUMBER, "万元"), "一", "“事实”请填写数字，单位为万元"),
        (field(Kind.INTEGER, "人"), "-1", "“事实”请填写数字，单位为人"),
        (field(Kind.INTEGER, "人"), "1.5", "“事实”请填写整数"),
        (field(Kind.BOOL), "也许", "“事实”请填写“是”或“否”"),
        (field(Kind.LINK), "甲", "“事实”请从列表中选择"),
        (field(Kind.LINK), ("甲",), "“事实”请从列表中选择"),
    ],
)
def test_a_wrong_entry_is_told_in_one_sentence(one: Field, raw: object, message: str) -> None:
    with pytest.raises(Refused) as caught:
        one.read(raw, TODAY)
    assert (caught.value.message, caught.value.field) == (message, "fact")
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("one", "raw", "value"),
    [
        (field(Kind.TEXT), "字" * 200, "字" * 200),
        (field(Kind.LONG), "字" * 4000, "字" * 4000),
        (field(Kind.NUMBER), "999999999999", 999_999_999_999),
        (field(Kind.NUMBER), 0, 0),
        (field(Kind.NUMBER), "1,234，567", 1_234_567),
        (field(Kind.NUMBER), "1.23456", 1.2346),
        (field(Kind.NUMBER, "万元"), "1.5万元", 1.5),
        (field(Kind.INTEGER), "1,000", 1000),
        (field(Kind.LINK), "12", 12),
        (field(Kind.MOMENT), "2023-05-18 09:30", datetime(2023, 5, 18, 9, 30)),
        (field(Kind.DATE), "2023年5月18日", date(2023, 5, 18)),
        (field(Kind.DATE), date(2023, 5, 18), date(2023, 5, 18)),
        (field(Kind.NAMES), ("甲", "乙"), ["甲", "乙"]),
        (field(Kind.NAMES), "甲\r乙\n丙;丁；戊,己，庚、辛", list("甲乙丙丁戊己庚辛")),
        (field(Kind.LONG), "一\r\n二\r三\t四", "一\n二\n三 四"),
        (field(Kind.TEXT), "一\r\n二", "一 二"),
    ],
)
def test_what_is_just_right_is_read(one: Field, raw: object, value: object) -> None:
    assert one.read(raw, TODAY) == value
    assert type(one.read(raw, TODAY)) is type(value) or one.kind is Kind.NUMBER


@pytest.mark.parametrize("raw", ["1e12", "1000000000000", "999999999999.5", "-0.001"])
def test_what_is_just_too_much_is_not(raw: str) -> None:
    with pytest.raises(Refused, match="请填写数字"):
        field(Kind.NUMBER).read(raw, TODAY)


@pytest.mark.parametrize("word", ["是", "有", "√", "✓", "1", "对", "y", "Y", "true", "True"])
def test_every_way_to_say_yes(word: str) -> None:
    assert field(Kind.BOOL).read(word, TODAY) is True


@pytest.mark.parametrize("word", ["否", "无", "×", "0", "n", "N", "false", "False"])
def test_every_way_to_say_no(word: str) -> None:
    assert field(Kind.BOOL).read(word, TODAY) is False


@pytest.mark.parametrize(
    ("kind", "empty"),
    [(kind, "") for kind in (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.CODE)]
    + [(kind, None) for kind in (Kind.DATE, Kind.MOMENT, Kind.INTEGER, Kind.NUMBER, Kind.LINK)]
    + [(Kind.NAMES, []), (Kind.BOOL, False)],
)
def test_nothing_entered(kind: Kind, empty: object) -> None:
    assert field(kind).read("", TODAY) == field(kind).empty == empty
    assert field(kind).read(None, TODAY) == empty


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", ""),
        ([], ""),
        (True, "是"),
        (("甲", "乙"), "甲、乙"),
        ([1, 2], "1、2"),
        (0.25, "0.25"),
        (1.23456, "1.2346"),
        (1200.0, "1200"),
        (7, "7"),
        ("字", "字"),
    ],
)
def test_what_a_table_shows(value: object, shown: str) -> None:
    assert field(Kind.TEXT).show(value) == shown


def test_the_heading_of_a_column_has_its_unit() -> None:
    assert field(Kind.NUMBER).heading == "事实"
    assert field(Kind.NUMBER, "万元").heading == "事实（万元）"


def test_a_field_of_which_nothing_is_said() -> None:
    plain = Field("fact", "事实")
    assert (plain.kind, plain.required, plain.given, plain.shown) == (Kind.TEXT, False, False, True)
    assert (plain.searched, plain.sensitive, plain.ledger, plain.unit, plain.help) == (
        False,
        False,
        "",
        "",
        "",
    )
    assert (plain.width, plain.choices, plain.check) == (10, (), None)


@pytest.mark.parametrize("char", [*map(chr, range(32)), "\x7f", "\x80", "\x9f", "\u200b", "\u2060", "\ufeff"])
def test_what_nobody_sees_is_stripped(char: str) -> None:
    assert clean(f"甲{char}乙") == ("甲 乙" if char in "\t\r\n" else "甲乙")


@pytest.mark.parametrize("char", ["\ud800", "\udfff", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"])
def test_what_no_paper_takes_is_stripped(char: str) -> None:
    assert clean(f"甲{char}乙") == "甲乙"


@pytest.mark.parametrize("char", [" ", "~", "\xa0", "é", "\ud7ff", "\ue000", "\ufffd", "\U00010000", "𬎆"])
def test_what_can_be_written_stays(char: str) -> None:
    assert clean(f"甲{char}乙") == f"甲{char}乙"


def test_a_check_is_for_texts_and_speaks_with_the_label() -> None:
    asked: list[str] = []

    def check(text: str) -> None:
        asked.append(text)
        if text == "错":
            raise Refused("有误，请核对")

    one = Field("code", "代码", Kind.CODE, check=check)
    assert one.read(" 对 ", TODAY) == "对"
    with pytest.raises(Refused) as caught:
        one.read("错", TODAY)
    assert (caught.value.message, caught.value.field) == ("“代码”有误，请核对", "code")
    assert Field("count", "个数", Kind.INTEGER, check=check).read("3", TODAY) == 3
    assert asked == ["对", "错"]


def test_all_that_is_wrong_is_told_at_once_in_its_order() -> None:
    fields = (field(Kind.DATE), Field("name", "名称", required=True), Field("id", "编号", given=True))
    with pytest.raises(RefusedFields) as caught:
        read_all(fields, {"fact": "明天"}, TODAY)
    assert caught.value.problems == {"fact": "“事实”请填写日期，例如2023-06-01", "name": "请填写“名称”"}
    assert caught.value.message == "“事实”请填写日期，例如2023-06-01；请填写“名称”"
    assert read_all(fields, {"fact": "5月18日", "name": "甲"}, TODAY) == {
        "fact": date(2023, 5, 18),
        "name": "甲",
    }


def test_an_unknown_column_names_the_known() -> None:
    with pytest.raises(Refused) as caught:
        field_called((Field("a", "甲"), Field("b", "乙")), "丙")
    assert caught.value.message == "没有“丙”这一栏，可用的栏目有：甲、乙"
