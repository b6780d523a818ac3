"""Sheets of other offices: where the heading is, what its columns mean, which rows are data."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.sheets.importing import Fate, run_import
from hazard_desk.sheets.questions import Answers
from tests.sheets.annexes import Made
from tests.sheets.conftest import PLAIN, ROW, Write


def mapped(desk: Desk, ledger: str, file: Path) -> dict[str, str]:
    return {name: one.heading for name, one in desk.sheets.incoming(ledger, file).heading.fields.items()}


def test_the_heading_is_found_under_titles(desk: Desk, sheet: Write) -> None:
    file = sheet(
        [["某村企业情况统计表"], ["填报单位：示例村　日期：2023.5.18"], [], PLAIN, ROW], merges=["A1:C1"]
    )
    incoming = desk.sheets.incoming("enterprises", file)
    assert (incoming.heading.first, incoming.heading.sender) == (3, "示例村")


def test_a_heading_of_two_rows_merged_both_ways(desk: Desk, sheet: Write) -> None:
    file = sheet(
        [
            [
                "序号",
                "级别",
                "来源",
                "行业",
                "隐患部位",
                "隐患描述",
                "发现时间",
                "五落实",
                None,
                None,
                "整改",
            ],
            [None, None, None, None, None, None, None, "责任人", "措施", "资金（元）", "完成时限"],
            [1, "一般", "执法检查", "工贸", "车间", "电线乱接", "5月20日", "丙", "更换", 5000, "2023.5.31"],
        ],
        merges=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:F2", "G1:G2", "H1:J1"],
    )
    result = run_import(desk.books, desk.sheets.incoming("hazards", file))
    assert result.told() == []
    row = desk.hazards.get(1)
    assert (row["responsible"], row["measures"], row["funds"]) == ("丙", "更换", 0.5)
    assert (str(row["found_on"]), str(row["deadline"])) == ("2023-05-20", "2023-05-31")


def test_a_deadline_counts_from_the_day_of_its_own_row(desk: Desk, sheet: Write) -> None:
    heading = ["级别", "来源", "行业领域", "隐患描述", "发现日期", "整改时限", "整改资金（万元）"]
    file = sheet(
        [
            heading,
            ["一般", "执法检查", "工贸", "电线乱接", "2023.5.18", "一周内", "3000元"],
            ["一般", "执法检查", "工贸", "灭火器过期", "2023.5.20", "立即整改", "约0.5万元"],
            ["一般", "执法检查", "工贸", "通道堵塞", "5月22日上午", "10月底", "—"],
        ]
    )
    incoming = desk.sheets.incoming("hazards", file)
    rows = [row.values for row in incoming.entries]
    assert [str(row["deadline"]) for row in rows] == ["2023-05-25", "2023-05-20", "2023-10-31"]
    assert [row["funds"] for row in rows] == [0.3, 0.5, None]
    assert str(rows[2]["found_on"]) == "2023-05-22"


def test_synonyms_notes_and_order(desk: Desk, sheet: Write) -> None:
    file = sheet(
        [["企 业\n名称*", "类 别", "所属行业", "负责人", "电话（手机）", "员工人数（人）", "喜好"], ROW]
    )
    assert mapped(desk, "enterprises", file) == {
        "name": "企 业 名称",
        "category": "类 别",
        "sector": "所属行业",
        "principal": "负责人",
        "phone": "电话（手机）",
        "headcount": "员工人数（人）",
    }


def test_without_a_heading_the_order_of_the_template_counts(desk: Desk, sheet: Write) -> None:
    file = sheet([["示例一厂", "企业", None, "工贸"], ["示例二厂", "学校", None, "工贸"]])
    assert run_import(desk.books, desk.sheets.incoming("enterprises", file)).count(Fate.NEW) == 2


def test_without_its_naming_column_a_sheet_is_refused_with_the_columns_found(
    desk: Desk, sheet: Write
) -> None:
    incoming = desk.sheets.incoming("enterprises", sheet([["甲", "乙"], ["丙", "丁"]]))
    with pytest.raises(
        Refused, match="没有找到“单位名称”一列，表格里的列有：甲、乙。请指定哪一列是“单位名称”"
    ):
        run_import(desk.books, incoming)
    run_import(desk.books, incoming.answered(Answers(columns={"甲": "单位名称"})))
    assert [(row.name, row.others) for row in desk.enterprises.select(Query())] == [("丙", {"乙": "丁"})]


def test_a_sheet_of_one_line_has_no_heading(desk: Desk, sheet: Write) -> None:
    with pytest.raises(Refused, match=r"没有找到监管对象的表头，应有“单位名称、类别"):
        desk.sheets.incoming("enterprises", sheet([["甲", "乙"]]))


def test_sums_signatures_examples_and_blanks_are_no_rows(desk: Desk, sheet: Write) -> None:
    file = sheet(
        [
            ["序号", *PLAIN],
            ["示例行，填写时请删除", "甲", "企业", "工贸"],
            [1, *ROW],
            [2],
            [],
            ["合计", 1],
            ["填表人：某某", None, "审核人：某某"],
        ]
    )
    assert [entry.line for entry in desk.sheets.incoming("enterprises", file).entries] == [3]


def test_a_cell_merged_downwards_counts_for_each_row(desk: Desk, sheet: Write) -> None:
    heads = ["单位名称", "级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期"]
    row = ["一般", "企业自查", "工贸", "车间"]
    file = sheet(
        [heads, ["示例一厂", *row, "甲", "2023-05-20"], [None, *row, "乙", "2023-05-20"]], merges=["A2:A3"]
    )
    run_import(desk.books, desk.sheets.incoming("hazards", file))
    assert [one["unit_name"] for one in desk.hazards.select(Query())] == ["示例一厂", "示例一厂"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_files_of_every_encoding(desk: Desk, tmp_path: Path, encoding: str, mark: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text("\n".join(mark.join(row) for row in (PLAIN, ROW)), encoding=encoding)
    assert run_import(desk.books, desk.sheets.incoming("enterprises", file)).count(Fate.NEW) == 1


@pytest.mark.parametrize("ending", [".xls", ".et"])
def test_old_files_keep_long_numbers_and_dates(desk: Desk, tmp_path: Path, ending: str) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for at, row in enumerate(([*PLAIN, "联系电话"], [*ROW, 13800000001])):
        for place, value in enumerate(row):
            page.write(at, place, value)
    file = tmp_path / f"a{ending}"
    book.save(str(file))
    run_import(desk.books, desk.sheets.incoming("enterprises", file))
    assert desk.enterprises.get(1)["phone"] == "13800000001"


def test_the_sheet_of_another_ledger_is_refused(desk: Desk, tmp_path: Path) -> None:
    file = desk.sheets.template("hazards", tmp_path / "a.xlsx")
    with pytest.raises(Refused, match=r"是“隐患台账”的表格，不能导入“监管对象”"):
        desk.sheets.incoming("enterprises", file)


def test_what_comes_with_the_plan_takes_no_sheet(desk: Desk, sheet: Write) -> None:
    with pytest.raises(Refused, match="随方案生成"):
        desk.sheets.incoming("tasks", sheet([PLAIN, ROW]))


def test_a_table_in_word_is_taken_in_like_a_sheet(desk: Desk, tmp_path: Path) -> None:
    heads = ["序号", "企业名称", "基本情况", "", "所属行业"]
    table = Made(
        [heads, ["", "", "类别", "从业人数", ""], ["1", "示例一厂", "企业", "12人", "工贸"]],
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)],
        ["示例村企业台账", "填报单位：示例村"],
    )
    incoming = desk.sheets.incoming("enterprises", table.as_word(tmp_path / "来表.docx"))
    assert incoming.heading.sender == "示例村"
    result = run_import(desk.books, incoming)
    assert (result.told(), desk.enterprises.get(1)["headcount"]) == ([], 12)


def test_a_check_that_found_nothing_is_a_check(desk: Desk, sheet: Write) -> None:
    heads = ["检查日期", "检查对象", "检查人", "检查情况"]
    rows = [heads, ["2023-06-01", "一厂", "张甲 李乙", "未发现隐患"], ["6月", "各村", None, "本月无隐患"]]
    entries = desk.sheets.incoming("checks", sheet(rows)).entries
    assert [(one.line, one.values["inspectors"]) for one in entries] == [(2, ["张甲", "李乙"])]
    heads = ["发现日期", "单位名称", "隐患部位", "隐患描述", "备注"]
    rows = [
        heads,
        ["2023-06-01", "一厂", "车间", "未发现隐患", None],
        ["2023-06-01", "一厂", "车间", "灯坏", "无"],
    ]
    assert [one.line for one in desk.sheets.incoming("hazards", sheet(rows)).entries] == [3]
