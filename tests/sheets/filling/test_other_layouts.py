"""Layouts that any county may think of: what their labels ask for, and what is taken for no figure."""

from __future__ import annotations

import docx
import pytest
from openpyxl import Workbook

from hazard_desk.errors import Refused


@pytest.fixture
def filled(sample, tmp_path):
    """Fill a sheet of these rows, in which '' is an empty cell; return the values by cell."""

    def done(*rows, merges="", **options):
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "表"
        for row in rows:
            sheet.append([text or None for text in row.split("|")])
        for cells in merges.split():
            sheet.merge_cells(cells)
        width = max(row.count("|") for row in rows) + 1
        for row in range(1, len(rows) + 1):
            for column in range(1, width + 1):
                sheet.cell(row, column).number_format = "0"
        file = tmp_path / "表.xlsx"
        book.save(file)
        found = sample.sheets.filled(file, **options)
        return {one.cell.rpartition("!")[2]: one.value for one in found.filled}, found

    return done


def test_a_column_for_each_month_counts_that_month_and_none_to_come(filled, count):
    cells, found = filled(
        "2023年隐患排查整改分月统计表||||",
        "项目|6月|7月|12月|累计",
        "发现一般隐患（项）||||",
        "其中：已整改（项）||||",
        "发现重大隐患（项）||||",
        merges="A1:E1",
    )
    for letter, month in (("B", "2023-06"), ("C", "2023-07")):
        assert cells[f"{letter}3"] == count("level = '一般'", f"found_on LIKE '{month}%'")
        assert cells[f"{letter}4"] == count("level = '一般'", f"rectified_on LIKE '{month}%'")
    assert cells["E5"] == count("level = '重大'")
    assert {one.reason for one in found.unknown} == {"还没有到这个时间"}


def test_a_title_over_two_columns_is_no_label(filled, count):
    cells, found = filled(
        "重大事故隐患专项排查整治情况统计表|",
        "指标|累计",
        "重大隐患数（条）|",
        "发放明白卡（份）|",
        merges="A1:B1",
    )
    assert cells == {"B3": count("level = '重大'")}
    assert [one.label for one in found.unknown] == ["累计 · 发放明白卡（份）"]


def test_the_title_says_what_the_sources_are_of(filled, count):
    cells, _ = filled(
        "重大事故隐患排查整治情况统计表|||",
        "隐患来源|发现数|已整改数|未整改数",
        "企业自查|||",
        "部门检查|||",
        merges="A1:D1",
    )
    for line, source in ((3, "企业自查"), (4, "执法检查")):
        of = ("level = '重大'", f"source = '{source}'")
        assert cells[f"B{line}"] == count(*of)
        assert cells[f"C{line}"] == count(*of, "rectified_on IS NOT NULL")
        assert cells[f"D{line}"] == count(*of, "rectified_on IS NULL")


def test_units_that_are_named_are_told_of_from_their_records(filled, rows, count):
    cells, found = filled(
        "重点企业情况统计表||||",
        "序号|企业名称|主要负责人|从业人员（人）|隐患数（项）",
        "1|红岩石料加工厂|||",
        "2|没有这家厂|||",
        merges="A1:E1",
    )
    (firm,) = rows("SELECT * FROM enterprise WHERE name = '红岩石料加工厂'")
    own = f"enterprise_id = {firm['id']}"
    assert cells == {"C3": firm["principal"], "D3": firm["headcount"], "E3": count(own)}
    assert [one.about for one in found.questions] == ["没有这家厂"]


def test_two_rows_of_headings_over_the_desk_s_own_row(filled, count, rows):
    cells, _ = filled(
        "安全生产执法检查情况月报表（2023年10月）||||||",
        "单位|检查次数|发现隐患（项）||已整改（项）||罚款（万元）",
        "||一般|重大|一般|重大|",
        "三星乡||||||",
        merges="A1:G1 A2:A3 B2:B3 C2:D2 E2:F2 G2:G3",
    )
    october = "BETWEEN '2023-10-01' AND '2023-10-20'"
    visits = rows(f"SELECT COUNT(*) AS n FROM check_visit WHERE checked_on {october}")[0]["n"]
    fines = rows(
        "SELECT TOTAL(amount) AS n FROM reward_penalty WHERE kind = '行政处罚' AND happened_on " + october
    )
    assert cells["B4"] == visits and cells["G4"] == pytest.approx(fines[0]["n"])
    for letter, level, day in (
        ("C", "一般", "found_on"),
        ("D", "重大", "found_on"),
        ("E", "一般", "rectified_on"),
        ("F", "重大", "rectified_on"),
    ):
        assert cells[f"{letter}4"] == count(f"level = '{level}'", f"{day} {october}")


@pytest.mark.parametrize(
    "rows",
    [
        (
            "企业基本情况表|||",
            "企业名称||从业人数|",
            "法定代表人||联系电话|",
            "安全员数（人）||隐患数（个）|",
        ),
        ("重大事故隐患报告单|||", "隐患单位||所属行业|", "隐患情况||整改资金（万元）|", "报告人||报告日期|"),
        ("安全生产工作情况表|||", "检查情况||存在问题|", "整改情况||行政处罚|", "下一步打算|||"),
        (
            "森林防火统计表|||",
            "宣传车（台次）||扑火队员（人）|",
            "风力灭火机（台）||涉林隐患（处）|",
            "火灾次数||",
        ),
    ],
    ids=["a unit", "one hazard", "prose", "what no book keeps"],
)
def test_what_is_no_figure_of_the_desk_stays_empty(filled, rows):
    cells, found = filled(*rows, merges="A1:D1")
    assert cells == {}
    assert found.unknown


def test_a_total_that_is_not_the_sum_of_its_rows_stays_empty(filled, count):
    cells, found = filled(
        "隐患排查统计表||",
        "行业领域|发现隐患（项）|整改率（%）",
        "工贸||",
        "消防||",
        "合计||",
        merges="A1:C1",
    )
    assert cells["B3"] == count("sector = '工贸'") and "C4" in cells
    assert "B5" not in cells and "C5" not in cells
    assert {one.reason for one in found.unknown} == {"合计与各行之和不同，请自己核对填写"}


def test_facts_that_are_wanting_are_told(sample, filled):
    sample.cabinet.db.execute_sql("UPDATE hazard SET source = '' WHERE id = 3")
    _, found = filled("隐患统计表||", "来源|发现隐患（项）|", "企业自查||", merges="A1:C1")
    assert "1条隐患没有填“来源”，按来源统计的格子没有计入" in found.notes


def test_states_beside_each_other_are_counts_and_no_list(filled):
    with pytest.raises(Refused, match="没有找到可以填的空格"):
        filled(
            "各村隐患排查整改情况|||||",
            "村名|监管对象数|排查隐患|已整改|正在整改|逾期未整改",
            merges="A1:F1",
        )


def test_what_was_found_is_told_and_not_how_much(filled, rows):
    head = "日期|检查对象|检查人员|发现问题"
    cells, _ = filled("安全检查台账|||", head, "|||", "|||", merges="A1:D1")
    found = {row["situation"] for row in rows("SELECT situation FROM check_visit")}
    assert cells["D3"] in found and cells["D4"] in found


def test_printed_numbers_go_on_under_any_heading(filled, rows):
    cells, found = filled(
        "企业名单||||", "编号|企业|主要负责人|手机|职工数", "1||||", "2||||", merges="A1:E1"
    )
    many = len(rows("SELECT id FROM enterprise"))
    assert cells["A5"] == 3
    assert cells[f"A{2 + many}"] == many
    assert not any(one.about == "编号" for one in found.questions)


def test_a_row_added_in_word_has_its_own_number_only(sample, tmp_path):
    document = docx.Document()
    document.add_paragraph("重大事故隐患整改情况表")
    table = document.add_table(3, 4)
    for row, texts in enumerate(("序号 隐患名称 责任单位 整改时限", "1", "2")):
        for place, text in enumerate(texts.split()):
            table.cell(row, place).text = text
    document.save(tmp_path / "表.docx")
    sample.sheets.keep_filled(sample.sheets.filled(tmp_path / "表.docx"), tmp_path / "填好.docx")
    done = docx.Document(tmp_path / "填好.docx").tables[0]
    numbers = [row.cells[0].text for row in done.rows][1:]
    assert len(numbers) > 3
    assert numbers == [str(at) for at in range(1, len(numbers) + 1)]
