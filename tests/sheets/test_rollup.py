"""The sheets of many sub-units as one: sums, a sheet for each, who is missing, what cannot be right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.sheets.rollup.summing import write_rollup
from tests.sheets.conftest import Write

HEADS = ["单位名称", "类别", "行业领域", "从业人数（人）"]


@pytest.fixture
def villages(sheet: Write) -> list[Path]:
    def of(name: str, *rows: list[Any]) -> Path:
        return sheet([["企业台账"], [f"填报单位：{name}"], HEADS, *rows], f"{name}.xlsx")

    return [
        of("甲村", ["一厂", "企业", "工贸", 12], ["二厂", "企业", "工贸", -3]),
        of("乙村", ["三厂", "学校", "教育", 8], ["一厂", "企业", "工贸", 12], ["四厂", None, "工贸", 1]),
    ]


def test_a_ledger_is_added_up_by_unit(desk: Desk, villages: list[Path]) -> None:
    rollup = desk.sheets.roll_up("enterprises", villages, ["甲村", "乙村", "丙村"])
    assert rollup.heads == ["单位", "记录数", "从业人数（人）"]
    assert rollup.rows == [["甲村", 2, 12], ["乙村", 3, 21], ["合计", 5, 33]]
    assert rollup.missing == ["丙村"]
    assert desk.enterprises.names() == [], "nothing is entered"


def test_what_cannot_be_right_is_said_with_unit_and_row(desk: Desk, villages: list[Path]) -> None:
    said = {(one["unit"], one["reason"]) for one in desk.sheets.roll_up("enterprises", villages).doubts}
    assert ("甲村", "第5行“从业人数”请填写数字，单位为人") in said
    assert ("乙村", "第6行没有填写“类别”") in said
    assert ("乙村", "第5行与甲村第4行相同，请核对是否重复上报") in said


def test_the_workbook_has_the_sum_the_state_and_a_sheet_for_each(
    desk: Desk, villages: list[Path], tmp_path: Path
) -> None:
    rollup = desk.sheets.roll_up("enterprises", villages, ["丙村"])
    book = load_workbook(write_rollup(rollup, tmp_path / "汇总.xlsx"))
    assert book.sheetnames == ["汇总", "报送情况", "甲村", "乙村"]
    assert [cell.value for cell in book["汇总"][5]] == ["合计", 5, 33]
    states = {row[0].value: row[1].value for row in book["报送情况"].iter_rows(min_row=3)}
    assert states == {"甲村": "已报", "乙村": "已报", "丙村": "未报"}
    assert book["甲村"]["A3"].value == "一厂"


def test_a_unit_that_sent_twice_is_told(desk: Desk, villages: list[Path], tmp_path: Path) -> None:
    again = tmp_path / "甲村更新.xlsx"
    again.write_bytes(villages[0].read_bytes())
    rollup = desk.sheets.roll_up("enterprises", [villages[0], again])
    assert [one.unit for one in rollup.sources] == ["甲村", "甲村（甲村更新）"]
    assert any("报了两份" in one["reason"] for one in rollup.doubts)


def test_a_file_that_cannot_be_read_stops_no_other(desk: Desk, villages: list[Path], tmp_path: Path) -> None:
    (tmp_path / "丁村.xlsx").write_bytes(b"")
    rollup = desk.sheets.roll_up("enterprises", [*villages, tmp_path / "丁村.xlsx"])
    assert len(rollup.sources) == 2
    assert rollup.unread == ["“丁村.xlsx”是空文件"]
    with pytest.raises(Refused, match="是空文件"):
        desk.sheets.roll_up("enterprises", [tmp_path / "丁村.xlsx"])


def filled_form(desk: Desk, to: Path, name: str, changes: dict[str, Any]) -> Path:
    """A progress form as a sub-unit sends it: values by item id."""
    form = find_progress_form("fangshan-2023")
    filled = fill(desk.books, form, desk.today)
    book = Workbook()
    page: Any = book.active
    page.append([form.title])
    page.append([form.unit_line.replace("{unit}", name)])
    for cell in filled.cells:
        page.append([cell.id, cell.label, changes.get(cell.id, cell.text)])
    book.save(to)
    return to


def test_forms_are_added_up_item_by_item(desk: Desk, tmp_path: Path) -> None:
    one = filled_form(desk, tmp_path / "a.xlsx", "甲股室", {"1.1": 3, "1.2": 2, "3.3": "2次，1.5万元"})
    two = filled_form(desk, tmp_path / "b.xlsx", "乙股室", {"1.1": 4, "1.2": 5, "3.3": "1次，0.25万元"})
    rollup = desk.sheets.roll_up("fangshan-2023", [one, two], ["丙股室"])
    rows = {row[0]: row[2:] for row in rollup.rows}
    assert rows["1.1"] == [7, 3, 4]
    assert rows["3.3"] == ["3次，1.75万元", "2次，1.5万元", "1次，0.25万元"]
    assert [source.unit for source in rollup.sources] == ["甲股室", "乙股室"]
    assert rollup.missing == ["丙股室"]
    (said,) = rollup.doubts
    assert said["unit"] == "乙股室"
    assert "为5，大于第1.1项" in said["reason"]


def test_a_figure_that_is_no_number_is_told(desk: Desk, tmp_path: Path) -> None:
    file = filled_form(desk, tmp_path / "a.xlsx", "甲股室", {"1.1": "若干"})
    (said,) = desk.sheets.roll_up("fangshan-2023", [file]).doubts
    assert "填的是“若干”，看不出数字" in said["reason"]


def test_the_form_that_the_desk_writes_is_read(desk: Desk, tmp_path: Path) -> None:
    from hazard_desk.papers.texts.progress_form_paper import progress_form_paper
    from hazard_desk.printing import write_paper

    form = find_progress_form("fangshan-2023")
    file = write_paper(progress_form_paper(fill(desk.books, form, desk.today)), tmp_path / "a.xlsx")
    rollup = desk.sheets.roll_up("fangshan-2023", [file])
    assert all(row[2] is not None for row in rollup.rows)
    assert rollup.doubts == []


def test_another_sheet_is_no_form(desk: Desk, villages: list[Path]) -> None:
    with pytest.raises(Refused, match="没有找到"):
        desk.sheets.roll_up("fangshan-2023", villages)
