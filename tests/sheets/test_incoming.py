"""Sheets of other offices: where the heading is, what its columns mean, which rows are data."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlwt
from openpyxl import load_workbook

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.sheets.importing import Fate, OnExisting, run_import
from hazard_desk.sheets.marking import write_marked
from hazard_desk.sheets.questions import Answers
from hazard_desk.sheets.telling import told_lines
from hazard_desk.stopping import Stopped, while_wanted
from tests.sheets.annexes import Made
from tests.sheets.conftest import Write

PLAIN = ["单位名称", "类别", "行业领域"]
ROW = ["示例一厂", "企业", "工贸"]


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
    rows = [row.values for row in incoming.entries()]
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
    assert [entry.line for entry in desk.sheets.incoming("enterprises", file).entries()] == [3]


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
        assert [row.values["name"] for row in incoming.entries()] == ['示例"一" 厂', '"甲']

    def test_one_column_under_its_heading(self, desk: Desk) -> None:
        assert [
            row.values for row in desk.sheets.incoming("enterprises", "单位名称\n示例一厂").entries()
        ] == [{"name": "示例一厂"}]

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


class TestTakingIn:
    def test_it_is_one_act_and_one_undo(self, desk: Desk, sheet: Write) -> None:
        file = sheet([PLAIN, ROW, ["示例二厂", "企业", "工贸"]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert result.change is not None
        assert result.change.title == "导入监管对象：新增2条"
        assert [hit.title for hit in desk.cabinet.find("示例二厂")] == ["示例二厂"]
        desk.undo()
        assert desk.enterprises.names() == []
        assert desk.cabinet.find("示例二厂") == []
        assert desk.check() == []

    def test_hazards_with_their_steps_go_back_whole(self, desk: Desk, sheet: Write) -> None:
        heads = ["级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期", "整改完成日期", "整改人"]
        row = ["一般", "企业自查", "工贸", "车间", "通道堵塞", "2023-05-20", "2023-05-20", "丙"]
        run_import(desk.books, desk.sheets.incoming("hazards", sheet([heads, row])))
        assert desk.hazards.get(1)["state"] == "待复查"
        desk.undo()
        assert desk.hazards.count(Query()) == 0
        assert desk.check() == []

    def test_a_number_that_a_row_brings_is_its_own_even_below_rows_without(
        self, desk: Desk, sheet: Write
    ) -> None:
        """The desk gives 001 to nobody before the row that has it is in; the rows are told in their order."""
        heads = ["编号", "级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期"]
        rest = ["一般", "企业自查", "工贸", "车间"]
        rows = [
            [None, *rest, "通道堵塞", "2023-05-20"],
            ["三星隐患〔2023〕001号", *rest, "电线乱接", "2023-05-21"],
        ]
        result = run_import(desk.books, desk.sheets.incoming("hazards", sheet([heads, *rows])))
        assert result.told() == []
        assert [row.entry.line for row in result.rows] == [2, 3]
        numbers = {row["description"]: row["number"] for row in desk.hazards.select(Query())}
        assert numbers == {"电线乱接": "三星隐患〔2023〕001号", "通道堵塞": "三星隐患〔2023〕002号"}

    def test_a_row_without_a_needed_fact_comes_in_with_a_gap(self, desk: Desk, sheet: Write) -> None:
        file = sheet([PLAIN, ROW, ["示例二厂", "甲类", "工贸"]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert (result.count(Fate.NEW), result.told()) == (2, [])
        assert result.gaps == {"category": 1}
        (doubt,) = result.told(result.doubtful)
        assert (doubt["row"], doubt["column"]) == (3, "类别")
        row = desk.enterprises.get(2)
        assert (row.category, row.others, row.gaps) == ("", {"类别": "甲类"}, ["category"])

    def test_the_same_row_again_is_left_out_and_told(self, desk: Desk, sheet: Write) -> None:
        file = sheet([["序号", *PLAIN], [1, *ROW], [2, *ROW]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert [row.fate for row in result.rows] == [Fate.NEW, Fate.REPEATED]
        assert result.told(result.doubtful) == [{"row": 3, "column": "", "reason": "与第2行重复"}]

    def test_a_row_that_says_nothing_of_a_field_is_left_out_and_told(self, desk: Desk, sheet: Write) -> None:
        file = sheet([[*PLAIN, "喜好"], [*ROW, "茶"], ["", "", "", "茶"]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file))
        assert [row.fate for row in result.rows] == [Fate.NEW, Fate.REFUSED]
        assert result.told()[0]["reason"] == "这一行只写了“喜好”，没有可以导入的内容"

    def test_a_trial_keeps_nothing(self, desk: Desk, sheet: Write) -> None:
        result = run_import(desk.books, desk.sheets.incoming("enterprises", sheet([PLAIN, ROW])), trial=True)
        assert result.count(Fate.NEW) == 1
        assert desk.enterprises.names() == []

    @pytest.mark.parametrize("rows", [1, 2])
    def test_what_is_stopped_keeps_nothing(self, desk: Desk, sheet: Write, rows: int) -> None:
        told: list[tuple[int, int]] = []
        incoming = desk.sheets.incoming("enterprises", sheet([PLAIN, ROW, ["示例二厂", "企业", "工贸"]]))
        with while_wanted(lambda: len(told) < rows), pytest.raises(Stopped):
            run_import(desk.books, incoming, progress=lambda *done: told.append(done))
        assert told == [(0, 2), (1, 2)][:rows]
        assert desk.enterprises.names() == []

    def test_updating_changes_what_is_told_and_erases_nothing(self, desk: Desk, sheet: Write) -> None:
        desk.enterprises.add({"name": "示例一厂", "category": "企业", "sector": "工贸", "leader": "某某"})
        file = sheet([[*PLAIN, "分管领导"], ["示例一厂", "学校", "工贸", None]])
        result = run_import(desk.books, desk.sheets.incoming("enterprises", file), OnExisting.UPDATE)
        assert result.count(Fate.UPDATED) == 1
        row = desk.enterprises.get(1)
        assert (row["category"], row["leader"]) == ("学校", "某某")

    def test_a_hazard_sent_back_with_its_day_is_brought_on(
        self, desk: Desk, found: dict, tmp_path: Path
    ) -> None:
        from openpyxl import load_workbook

        desk.hazards.add(found | {"found_on": "2023-05-30"})
        file = desk.sheets.export("hazards", tmp_path / "a.xlsx")
        book = load_workbook(file)
        page = book.active
        assert page is not None
        places = {cell.value: cell.column for cell in page[3]}
        page.cell(4, places["整改完成日期"]).value = "2023.5.30"
        page.cell(4, places["整改人"]).value = "丙负责"
        book.save(file)
        result = run_import(desk.books, desk.sheets.incoming("hazards", file), OnExisting.UPDATE)
        assert result.told() == []
        assert desk.hazards.get(1)["state"] == "待复查"

    def test_a_step_without_its_commitments_is_history(self, desk: Desk, sheet: Write) -> None:
        """Asked of a step that is taken here; what a sheet tells is past."""
        heads = ["级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期", "整改完成日期", "整改人"]
        row = ["一般", "企业自查", "工贸", "车间", "通道堵塞", "2023-05-20", "2023-05-25", "丙"]
        result = run_import(desk.books, desk.sheets.incoming("hazards", sheet([heads, row])))
        assert result.told() == []
        assert desk.hazards.get(1)["state"] == "待复查"

    def test_the_informant_never_comes_from_a_sheet(self, desk: Desk, sheet: Write) -> None:
        heads = ["接报日期", "举报方式", "举报内容", "举报人", "举报人电话"]
        file = sheet([heads, ["2023-05-20", "电话", "堵塞通道", "王示例", "13800000001"]])
        incoming = desk.sheets.incoming("tips", file)
        assert "informant_name" not in incoming.heading.fields
        result = run_import(desk.books, incoming)
        row = desk.tips.get(1)
        assert (row["informant"], row["others"]) == ("", {})
        assert "受保护的内容不从表格导入：举报人、举报人电话" in "\n".join(told_lines(result, trial=False))


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


def test_a_check_that_found_nothing_is_a_check(desk: Desk, sheet: Write) -> None:
    heads = ["检查日期", "检查对象", "检查人", "检查情况"]
    rows = [heads, ["2023-06-01", "一厂", "张甲 李乙", "未发现隐患"], ["6月", "各村", None, "本月无隐患"]]
    entries = list(desk.sheets.incoming("checks", sheet(rows)).entries())
    assert [(one.line, one.values["inspectors"]) for one in entries] == [(2, ["张甲", "李乙"])]
    heads = ["发现日期", "单位名称", "隐患部位", "隐患描述", "备注"]
    rows = [
        heads,
        ["2023-06-01", "一厂", "车间", "未发现隐患", None],
        ["2023-06-01", "一厂", "车间", "灯坏", "无"],
    ]
    assert [one.line for one in desk.sheets.incoming("hazards", sheet(rows)).entries()] == [3]
