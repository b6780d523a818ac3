"""The sheets of many sub-units as one: sums, a sheet for each, who is missing, what cannot be right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
import xlwt
from openpyxl import Workbook, load_workbook

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.sheets.rollup.workbook import write_rollup
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
    assert ("甲村", "第5行“从业人数（人）”写的是“-3”，未能识别，已照录") in said
    assert ("乙村", "第6行没有填写“类别”") in said
    assert ("乙村", "第5行与甲村第4行相同，请核对是否重复上报") in said


def test_the_workbook_has_the_sum_the_state_and_a_sheet_for_each(
    desk: Desk, villages: list[Path], tmp_path: Path
) -> None:
    rollup = desk.sheets.roll_up("enterprises", villages, ["丙村"])
    book = load_workbook(write_rollup(rollup, tmp_path / "汇总.xlsx"))
    assert book.sheetnames == ["汇总", "报送情况", "全部记录", "需要核对", "甲村", "乙村"]
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
    from hazard_desk.papers.given import progress_form_paper
    from hazard_desk.printing import write_paper

    form = find_progress_form("fangshan-2023")
    file = write_paper(
        progress_form_paper(desk.books, fill(desk.books, form, desk.today)), tmp_path / "a.xlsx"
    )
    rollup = desk.sheets.roll_up("fangshan-2023", [file])
    assert all(row[2] is not None for row in rollup.rows)
    assert rollup.doubts == []


def test_another_sheet_is_no_form(desk: Desk, villages: list[Path]) -> None:
    with pytest.raises(Refused, match="没有找到"):
        desk.sheets.roll_up("fangshan-2023", villages)


VILLAGE: list[list[str | None]] = [
    [text or None for text in line.strip().split("|")]
    for line in """
东村安全隐患排查整改台账
填报单位：东村　　　填报人：赵丁　　时间：2023年6月
序号|检查时间|被检查单位名称|隐患地点|检查发现的问题|是否重大隐患|整改责任单位|整改责任人及联系电话|整改完成时限|是否完成整改|整改完成时间|未完成原因|整改前照片|整改后照片
1|2023.6.5|某家具厂|打磨车间|除尘器未接地|否|某家具厂|张甲 13800000001|2023.6.15|是|2023.6.12||见附件1|见附件2
2|2023.6.6|某养老院|二楼走廊|安全出口上锁|是|某养老院|李乙13800000002|尽早|否||正在采购门禁系统||
合计：2处，已整改1处
""".strip().split("\n")
]


def whole_book(file: Path) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook: the rows below its title."""
    book = load_workbook(file)
    return {page.title: [list(row) for row in page.iter_rows(min_row=2, values_only=True)] for page in book}


def column(rows: list[list[Any]], heading: str) -> list[Any]:
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def test_whoever_reported_stays_in_the_sheet_of_the_village(desk: Desk, sheet: Write, tmp_path: Path) -> None:
    rows = [
        ["举报台账"],
        ["接报日期", "举报方式", "被举报单位", "举报内容", "反映人", "反映人电话"],
        ["2023-05-20", "电话", "某商店", "安全出口上锁", "张三丰", "13800000001"],
    ]
    rollup = desk.sheets.roll_up("tips", [sheet(rows, "东村.xlsx")])
    file = write_rollup(rollup, tmp_path / "汇总.xlsx")
    text = str(whole_book(file))
    assert "安全出口上锁" in text and "张三丰" not in text and "13800000001" not in text
    assert "“反映人”、“反映人电话”是举报人信息，没有汇总，请看原表" in text


class TestNothingIsLost:
    """Of what villages send in forms of their own."""

    def test_every_column_of_the_sender_stands_in_the_roll_up(
        self, desk: Desk, sheet: Write, tmp_path: Path
    ) -> None:
        rollup = desk.sheets.roll_up("hazards", [sheet(VILLAGE, "a.xlsx")], ["东村", "西村"])
        pages = whole_book(write_rollup(rollup, tmp_path / "汇总.xlsx"))
        assert pages["东村"][0] == VILLAGE[2]
        assert [[str(cell) for cell in row if cell] for row in pages["东村"][1:]] == [
            [str(cell) for cell in row if cell] for row in VILLAGE[3:5]
        ]
        told = pages["全部记录"]
        assert column(told, "隐患描述") == ["除尘器未接地", "安全出口上锁"]
        assert column(told, "整改责任单位") == ["某家具厂", "某养老院"]
        assert column(told, "整改前照片") == ["见附件1", None]
        everything = {str(cell) for row in told for cell in row}
        assert {"张甲 13800000001", "正在采购门禁系统", "见附件2", "尽早"} <= everything

    def test_what_cannot_be_read_is_named_where_it_stands(self, desk: Desk, sheet: Write) -> None:
        rollup = desk.sheets.roll_up("hazards", [sheet(VILLAGE, "a.xlsx")])
        said = [one for one in rollup.doubts if one["column"] == "整改完成时限"]
        assert [(one["file"], one["sheet"], one["row"], one["written"]) for one in said] == [
            ("a.xlsx", "Sheet", 5, "尽早")
        ]

    def test_nobody_is_told_to_have_left_out_what_the_form_does_not_ask(
        self, desk: Desk, sheet: Write
    ) -> None:
        rollup = desk.sheets.roll_up("hazards", [sheet(VILLAGE, "a.xlsx")])
        assert not [one["reason"] for one in rollup.doubts if "没有填写" in str(one["reason"])]
        assert set(rollup.kept_aside) == {"整改责任单位", "整改前照片", "整改后照片"}
        assert "东村：没有对应栏目、已照录的列：整改责任单位、整改前照片、整改后照片" in rollup.told()

    def test_headings_that_mean_the_same_stand_in_one_column(
        self, desk: Desk, sheet: Write, tmp_path: Path
    ) -> None:
        one = sheet(
            [["填报单位：甲村"], [*HEADS, "经营范围", "喜好"], ["一厂", "企业", "工贸", 1, "五金", "茶"]],
            "a.xlsx",
        )
        two = sheet(
            [["填报单位：乙村"], ["喜 好", *HEADS, "备用电源"], ["酒", "二厂", "企业", "工贸", 1, "有"]],
            "b.xlsx",
        )
        rollup = desk.sheets.roll_up("enterprises", [one, two])
        assert rollup.records is not None
        table = [rollup.records.heads, *rollup.records.rows]
        assert column(table, "喜好") == ["茶", "酒"]
        assert column(table, "经营范围") == ["五金", None]
        assert column(table, "备用电源") == [None, "有"]
        assert rollup.plain()["kept_aside"] == [
            {"heading": "经营范围", "units": ["甲村"]},
            {"heading": "喜好", "units": ["甲村"]},
            {"heading": "喜 好", "units": ["乙村"]},
            {"heading": "备用电源", "units": ["乙村"]},
        ]

    def test_a_row_that_says_something_only_where_no_field_is_stays(self, desk: Desk, sheet: Write) -> None:
        rows = [[*HEADS, "喜好"], ["一厂", "企业", "工贸", 1, "茶"], [None, None, None, None, "酒"], [3]]
        rows += [["二厂", "企业", "工贸", 1, None, "没有标题的话"]]
        rollup = desk.sheets.roll_up("enterprises", [sheet(rows)])
        assert rollup.records is not None
        table = [rollup.records.heads, *rollup.records.rows]
        assert column(table, "喜好") == ["茶", "酒", None, None]
        assert column(table, "F列") == [None, None, None, "没有标题的话"]

    def test_bands_name_the_unit_and_foot_rows_are_left_out(self, desk: Desk, sheet: Write) -> None:
        heads = ["序号", "隐患描述", "级别", "整改时限"]
        rows = [heads, ["一、某广场（责任单位：某公司）"], [1, "通道堵塞", "一般", "2023-6-30"]]
        rows += [["二、消防领域"], [2, "灭火器过期", "一般", "2023-6-30"], ["合计", 2]]
        rollup = desk.sheets.roll_up("hazards", [sheet(rows, merges=["A2:D2", "A4:D4"])])
        assert rollup.records is not None
        table = [rollup.records.heads, *rollup.records.rows]
        assert column(table, "单位名称") == ["某广场", None]
        assert column(table, "分栏") == ["一、某广场（责任单位：某公司）", "二、消防领域"]


class TestWhoReported:
    def test_a_nil_row_among_others_is_told(self, desk: Desk, sheet: Write) -> None:
        rows = [["上报单位", "隐患内容", "整改期限"], ["教体办", "灯坏", "2023-6-30"], ["各村", "本月无隐患"]]
        (one,) = desk.sheets.roll_up("hazards", [sheet(rows)]).sources
        assert (one.count, one.nil, one.nil_rows) == (1, "", ["第3行：各村 本月无隐患"])

    def test_nil_reports_count_as_reported(self, desk: Desk, sheet: Write, tmp_path: Path) -> None:
        heads = ["序号", "隐患描述", "级别", "整改时限"]
        one = sheet([["填报单位：甲村"], heads, ["本月无隐患"]], "a.xlsx", ["A3:D3"])
        two = tmp_path / "乙村6月.txt"
        two.write_text(
            "乙村2023年6月安全隐患排查情况\n经排查，我村本月未发现安全隐患，特此报告。", encoding="utf-8"
        )
        three = sheet([["填报单位：丙村"], heads], "c.xlsx")
        rollup = desk.sheets.roll_up("hazards", [one, two, three], ["甲村", "乙村", "丙村", "丁村"])
        assert [(source.unit, source.nil, source.count) for source in rollup.sources] == [
            ("甲村", "本月无隐患", 0),
            ("乙村", "我村本月未发现安全隐患", 0),
            ("丙村", "", 0),
        ]
        assert rollup.missing == ["丁村"]
        assert [one["reason"] for one in rollup.doubts] == ["表里没有数据，也没有写明零报告"]
        states = whole_book(write_rollup(rollup, tmp_path / "汇总.xlsx"))["报送情况"]
        assert [row[:2] for row in states[1:]] == [
            ["甲村", "零报告"],
            ["乙村", "零报告"],
            ["丙村", "已报"],
            ["丁村", "未报"],
        ]

    def test_a_unit_within_the_name_of_another_did_not_report(self, desk: Desk, sheet: Write) -> None:
        file = sheet([["填报单位：上东村"], HEADS, ["一厂", "企业", "工贸", 1]], "上东村企业.xlsx")
        assert desk.sheets.roll_up("enterprises", [file], ["东村", "上东村"]).missing == ["东村"]

    def test_a_sheet_for_each_village_in_one_file(self, desk: Desk, tmp_path: Path) -> None:
        book = Workbook()
        book.remove(book.worksheets[0])
        for name, firm in (("甲村", "一厂"), ("乙村", "二厂"), ("说明", "")):
            page: Any = book.create_sheet(name)
            for row in [HEADS, [firm, "企业", "工贸", 1]] if firm else [["填表", "说明"], ["请", "于月底前"]]:
                page.append(row)
        book.save(tmp_path / "全镇.xlsx")
        rollup = desk.sheets.roll_up("enterprises", [tmp_path / "全镇.xlsx"], ["甲村", "乙村"])
        assert [(one.unit, one.sums["记录数"]) for one in rollup.sources] == [("甲村", 1), ("乙村", 1)]
        assert rollup.missing == [] and rollup.twice == []
        assert "工作表“说明”不像监管对象，没有计入，已照录在后面" in {one["reason"] for one in rollup.doubts}
        pages = whole_book(write_rollup(rollup, tmp_path / "汇总.xlsx"))
        assert pages["甲村（说明）"][1] == ["请", "于月底前"]


def test_word_old_and_comma_separated_files_are_rolled_up(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["序号", "检查时间", "单位名称", "存在问题", "督办领导"],
        ["1", "2023-06-05", "一厂", "电线乱接", "张甲"],
    ]
    word = docx.Document()
    word.add_paragraph("填报单位：甲村")
    table = word.add_table(2, 5)
    for at, texts in enumerate(rows):
        for place, text in enumerate(texts):
            table.cell(at, place).text = text
    word.save(str(tmp_path / "甲村.docx"))
    old = xlwt.Workbook()
    page = old.add_sheet("a")
    for at, texts in enumerate(rows):
        for place, text in enumerate(texts):
            page.write(at, place, text)
    old.save(str(tmp_path / "乙村.xls"))
    text = "\n".join(",".join(row) for row in rows)
    (tmp_path / "丙村.csv").write_bytes(text.encode("gb18030"))
    files = [tmp_path / name for name in ("甲村.docx", "乙村.xls", "丙村.csv")]
    rollup = desk.sheets.roll_up("hazards", files)
    assert [one.unit for one in rollup.sources] == ["甲村", "乙村", "丙村"]
    assert rollup.records is not None
    assert column([rollup.records.heads, *rollup.records.rows], "隐患描述") == ["电线乱接"] * 3
    everything = {cell for row in rollup.records.rows for cell in row}
    assert "张甲" in everything


def test_what_is_no_number_stands_in_the_column_of_its_sender(desk: Desk, tmp_path: Path) -> None:
    one = filled_form(desk, tmp_path / "a.xlsx", "甲股室", {"1.1": "约10个或更多5个", "1.3": 2})
    two = filled_form(desk, tmp_path / "b.xlsx", "乙股室", {"1.1": 4})
    rollup = desk.sheets.roll_up("fangshan-2023", [one, two])
    rows = {row[0]: row[2:] for row in rollup.rows}
    assert rows["1.1"] == [4, "约10个或更多5个", 4]
    (said,) = [one for one in rollup.doubts if one["unreadable"]]
    assert (said["unit"], said["written"], said["row"]) == ("甲股室", "约10个或更多5个", 3)


def test_a_form_for_the_office_and_one_for_its_sector_in_a_file(desk: Desk, tmp_path: Path) -> None:
    filled_form(desk, tmp_path / "a.xlsx", "甲股室", {"1.1": 3})
    book = load_workbook(tmp_path / "a.xlsx")
    again = book.copy_worksheet(book.worksheets[0])
    again.title = "所属行业领域"
    book.save(tmp_path / "a.xlsx")
    rollup = desk.sheets.roll_up("fangshan-2023", [tmp_path / "a.xlsx"])
    assert len(rollup.sources) == 2
    assert any("报了两份" in str(one["reason"]) for one in rollup.doubts)
