"""Her sheet comes back with the doubtful cells marked, and is never written over."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.marking import write_marked
from tests.sheets.conftest import PLAIN, Write


def test_a_text_file_comes_back_as_a_marked_sheet(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("单位名称,类别,行业领域\n=1+1,甲类,工贸\n", encoding="gb18030")
    result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
    page = load_workbook(write_marked(result, tmp_path / "b.xlsx")).active
    assert page is not None
    assert page["B2"].comment.text.startswith("“类别”请从以下选项中选择")
    assert page["A2"].data_type == "s"


def test_a_column_merged_to_the_end_of_the_sheet_is_cut_where_the_rows_end(
    desk: Desk, sheet: Write, tmp_path: Path
) -> None:
    file = sheet([[*PLAIN, "备注"], ["示例一厂", "甲类", "工贸", "甲"], ["示例二厂", "甲类", "工贸"]])
    _merge(file, "D2:D1048576", "A9:XFD9")
    result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
    assert result.incoming.grid.merges == [(1, 3, 2, 3)]
    page = load_workbook(write_marked(result, tmp_path / "b.xlsx")).active
    assert page is not None and page["B3"].comment is not None
    assert {str(block) for block in page.merged_cells.ranges} == {"D2:D3", "A9:D9"}
    assert page.max_row == 9


def _merge(file: Path, *blocks: str) -> None:
    """Merge blocks of a sheet without writing a cell for each."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    merged = "".join(f'<mergeCell ref="{block}"/>' for block in blocks)
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>".encode()
    )
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_her_own_file_is_never_written_over(desk: Desk, sheet: Write) -> None:
    file = sheet([PLAIN, ["示例一厂", "甲类", "工贸"]])
    result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
    with pytest.raises(Refused, match="不能覆盖原来的文件"):
        write_marked(result, file)
