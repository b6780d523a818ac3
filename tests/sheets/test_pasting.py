"""Rows pasted from another program, with headings or in the order of the form."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.marking import write_marked


class TestPasting:
    def test_by_the_headings(self, desk: Desk) -> None:
        incoming = desk.sheets.incoming(
            "enterprises", "企业名称\t行业\t类别\t喜好\n示例一厂\t工贸\t企业\t茶\n"
        )
        result = run_import(desk.books, incoming)
        assert result.change is not None
        assert result.change.title == "粘贴到监管对象：新增1条"
        desk.undo()
        assert desk.enterprises.names() == []

    def test_in_the_order_of_the_form(self, desk: Desk) -> None:
        result = run_import(
            desk.books,
            desk.sheets.incoming("enterprises", "示例一厂\t企业\t\t工贸\n示例二厂\t\t\t工贸"),
        )
        assert (result.told(), result.gaps) == ([], {"category": 1})
        assert desk.enterprises.names() == ["示例一厂", "示例二厂"]

    def test_a_cell_of_several_lines_is_one_cell(self, desk: Desk) -> None:
        incoming = desk.sheets.incoming(
            "enterprises", '单位名称\t类别\r\n"示例""一""\n厂"\t企业\r\n"甲\t企业'
        )
        assert [row.values["name"] for row in incoming.entries] == ['示例"一" 厂', '"甲']

    def test_one_column_under_its_heading(self, desk: Desk) -> None:
        assert [row.values for row in desk.sheets.incoming("enterprises", "单位名称\n示例一厂").entries] == [
            {"name": "示例一厂"}
        ]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (" \n\t\n", "剪贴板里没有表格内容"),
            ("单位名称\t类别\n", "粘贴的内容里没有数据，表头在第1行"),
            ("\t".join("甲" * 40), "没有标题行，列数又多于监管对象的栏目"),
        ],
    )
    def test_what_cannot_be_pasted(self, desk: Desk, text: str, sentence: str) -> None:
        with pytest.raises(Refused, match=sentence):
            run_import(desk.books, desk.sheets.incoming("enterprises", text))

    def test_its_bad_rows_are_written_to_a_sheet_of_their_own(self, desk: Desk, tmp_path: Path) -> None:
        result = run_import(desk.books, desk.sheets.incoming("enterprises", "单位名称\t类别\n示例一厂\t甲类"))
        page = load_workbook(write_marked(result, tmp_path / "b.xlsx")).active
        assert page is not None and page["B2"].comment is not None
