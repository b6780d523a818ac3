"""Exported ledgers, opened again with openpyxl."""

from __future__ import annotations

import gc
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hazard_desk.books.kit.gaps import without_taken_in
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble

HAZARD = {
    "level": "一般",
    "source": "企业自查",
    "sector": "工贸",
    "unit_name": "示例木材加工厂",
    "place": "加工车间",
    "description": "=1+1",
    "found_on": "2023-05-30",
    "funds": "1.5",
}


def opened(desk: Desk, ledger: str, to: Path, query: Query | None = None):
    return load_workbook(desk.sheets.export(ledger, to, query)).active


def test_headings_are_the_declared_labels(desk, tmp_path):
    sheet = opened(desk, "hazards", tmp_path / "a.xlsx")
    assert [cell.value for cell in sheet[3]] == [
        field.heading for field in without_taken_in(desk.hazards.fields)
    ], "what is missing is no column, and nothing came in under a heading of its own"


def test_numbers_stay_numbers_and_dates_dates(desk, tmp_path):
    desk.hazards.add(HAZARD)
    sheet = opened(desk, "hazards", tmp_path / "a.xlsx")
    row = {head.value: cell for head, cell in zip(sheet[3], sheet[4], strict=True)}
    assert row["整改资金（万元）"].value == 1.5
    assert row["发现日期"].value == datetime(2023, 5, 30)
    assert row["发现日期"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("x")', "<b>&"])
def test_what_a_person_typed_never_becomes_a_formula(desk, tmp_path, text):
    desk.hazards.add(HAZARD | {"description": text})
    sheet = opened(desk, "hazards", tmp_path / "a.xlsx")
    cell = next(cell for cell in sheet[4] if cell.value == text)
    assert cell.data_type == "s"


def test_codes_stay_text(desk, tmp_path):
    desk.enterprises.add(
        {"name": "示例加油站", "category": "企业", "sector": "危险化学品", "phone": "13800000001"}
    )
    sheet = opened(desk, "enterprises", tmp_path / "a.xlsx")
    assert "13800000001" in [cell.value for cell in sheet[4]]


def test_only_what_the_query_wants(desk, tmp_path):
    desk.hazards.add(HAZARD)
    desk.hazards.add(HAZARD | {"source": "执法检查"})
    sheet = opened(desk, "hazards", tmp_path / "a.xlsx", Query(where={"source": "执法检查"}))
    assert sheet.max_row == 4


def test_tasks_are_all_there(desk, tmp_path):
    assert opened(desk, "tasks", tmp_path / "a.xlsx").max_row == 3 + 34


def test_prints_on_landscape_a4_with_the_heading_repeated(desk, tmp_path):
    sheet = opened(desk, "hazards", tmp_path / "a.xlsx")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert all(sheet.row_dimensions[number].height for number in range(1, sheet.max_row + 1))


def test_other_endings_are_refused(desk, tmp_path):
    with pytest.raises(Refused, match=r"\.xlsx"):
        desk.sheets.export("hazards", tmp_path / "a.pdf")


def test_what_cannot_be_asked_is_refused_before_a_sheet_is_begun(desk, tmp_path, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: said.append(str(told.exc_value)))
    with pytest.raises(Refused, match="“剩余天数”不能用来筛选"):
        desk.sheets.export("hazards", tmp_path / "a.xlsx", Query(where={"days_left": "3"}))
    gc.collect()
    assert said == []  # a half-written sheet that is thrown away would put a trace on the clerk's screen
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_file_in_the_way_is_named(desk, tmp_path):
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(Trouble, match=r"taken\.xlsx"):
        desk.sheets.export("hazards", tmp_path / "taken.xlsx")


def test_the_state_of_a_past_day(desk, tmp_path):
    desk.hazards.add(HAZARD)
    sheet = opened(desk, "hazards", tmp_path / "a.xlsx", Query(as_of=date(2023, 5, 29)))
    assert sheet.max_row == 3
