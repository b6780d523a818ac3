"""What people type into cells, and what it means."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.sheets.reading.cells import value_of
from hazard_desk.sheets.reading.file import read_file
from tests.conftest import TODAY

DAY = Field("d", "日期", Kind.DATE)
FUNDS = Field("f", "整改资金", Kind.NUMBER, unit="万元")
PEOPLE = Field("n", "人数", Kind.INTEGER, unit="人")
YES = Field("b", "是否匿名", Kind.BOOL)
CODE = Field("c", "联系电话", Kind.CODE)
TEXT = Field("t", "地点")
LEVEL = Field("l", "级别", Kind.CHOICE, choices=("重大", "一般"))
RISK = Field("r", "风险等级", Kind.CHOICE, choices=("红", "橙"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2023.5.18", date(2023, 5, 18)),
        ("2023/5/18", date(2023, 5, 18)),
        ("5月18日", date(2023, 5, 18)),
        ("２０２３年５月１８日", date(2023, 5, 18)),
        ("2023-05-18 00:00:00", date(2023, 5, 18)),
        ("2023.5.18.", date(2023, 5, 18)),
        ("20230518", date(2023, 5, 18)),
        (20230518.0, date(2023, 5, 18)),
        (45064.0, date(2023, 5, 18)),
        ("45064", date(2023, 5, 18)),
        (45064.75, date(2023, 5, 18)),
        (5.18, date(2023, 5, 18)),
        ("5.2", date(2023, 5, 2)),
        (datetime(2023, 5, 18, 9, 30), date(2023, 5, 18)),
        ("", None),
        ("—", None),
        ("/", None),
    ],
)
def test_dates(typed: object, meant: date | None) -> None:
    assert value_of(DAY, typed, "", TODAY) == meant


@pytest.mark.parametrize("typed", [5.2, 2023.5, "月底", 12.0, time(9), "2023-02-30", "2023年5月", True])
def test_what_is_no_certain_date_is_refused(typed: object) -> None:
    with pytest.raises(Refused):
        value_of(DAY, typed, "", TODAY)


def test_a_day_that_the_sheet_cut_is_told() -> None:
    with pytest.raises(Refused, match="看不出是5月2日还是5月20日"):
        value_of(DAY, 5.2, "", TODAY)


@pytest.mark.parametrize(
    ("typed", "heading", "meant"),
    [
        ("1.5", "", 1.5),
        (1.5, "万元", 1.5),
        ("1.5万元", "", 1.5),
        ("1.5万", "元", 1.5),
        ("5000元", "", 0.5),
        (5000.0, "元", 0.5),
        ("￥5,000.00元整", "", 0.5),
        ("５０００元", "", 0.5),
        ("0.02亿元", "", 200),
        ("1，500元", "", 0.15),
    ],
)
def test_amounts_come_into_the_unit_of_their_field(typed: object, heading: str, meant: float) -> None:
    assert value_of(FUNDS, typed, heading, TODAY) == meant


@pytest.mark.parametrize("typed", ["若干", "-1", float("nan"), float("inf"), True, "1.2.3"])
def test_what_is_no_amount_is_refused(typed: object) -> None:
    with pytest.raises(Refused):
        value_of(FUNDS, typed, "", TODAY)


def test_people_are_counted_whole() -> None:
    assert value_of(PEOPLE, "１２人", "", TODAY) == 12
    assert value_of(PEOPLE, 12.0, "", TODAY) == 12
    with pytest.raises(Refused, match="整数"):
        value_of(PEOPLE, 1.5, "", TODAY)


@pytest.mark.parametrize("typed", ["是", "√", "✔", "有", True, "１"])
def test_yes(typed: object) -> None:
    assert value_of(YES, typed, "", TODAY) is True


@pytest.mark.parametrize("typed", ["否", "×", "✗", "x", "无", False, "", "0", "/"])
def test_no(typed: object) -> None:
    assert value_of(YES, typed, "", TODAY) is False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (13800000001.0, "13800000001"),
        ("１３８０００００００１", "13800000001"),
        ("0556-7890123", "0556-7890123"),
        ("110101199003071234", "110101199003071234"),
        (7.0, "7"),
    ],
)
def test_long_numbers_come_out_as_they_are(typed: object, meant: str) -> None:
    assert value_of(CODE, typed, "", TODAY) == meant


def test_what_a_program_spoilt_is_told_with_the_column() -> None:
    with pytest.raises(Refused, match="“联系电话”号码超过15位"):
        value_of(CODE, Broken("号码超过15位"), "", TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(1.5, "1.5"), (3.0, "3"), (datetime(2023, 5, 18), "2023-05-18"), (True, "是"), ("-", "-")],
)
def test_texts_read_as_a_person_reads_them(typed: object, meant: str) -> None:
    assert value_of(TEXT, typed, "", TODAY) == meant


def test_choices_are_known_with_what_people_add() -> None:
    assert value_of(LEVEL, "重大事故隐患", "", TODAY) == "重大"
    assert value_of(LEVEL, " 一般隐患 ", "", TODAY) == "一般"
    assert value_of(RISK, "红色", "", TODAY) == "红"
    with pytest.raises(Refused, match="请从以下选项中选择"):
        value_of(LEVEL, "较重大", "", TODAY)


def test_formulas_without_results_are_told_at_the_edge_of_a_sheet_too(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["单位", "数"], ["一厂", "=1+1"], ["=A2", "=B2"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    (grid,) = read_file(tmp_path / "a.xlsx")
    assert [[isinstance(cell, Broken) for cell in row] for row in grid.rows] == [
        [False, False],
        [False, True],
        [True, True],
    ]
