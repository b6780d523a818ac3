"""Tables and texts in the other kinds of file that offices and their systems send."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from hazard_desk.errors import Refused
from hazard_desk.grid.beside import one_below_another
from hazard_desk.grid.cells import Broken, cell_text
from hazard_desk.grid.document import Paragraph
from hazard_desk.grid.grid import Grid
from hazard_desk.sheets.reading.file import read_document, read_file
from hazard_desk.sheets.reading.pages import read_page
from hazard_desk.sheets.reading.pdf import paragraphs_of

CODE, PHONE = "91500240MA5U6XABCD", "013800000001"


def written(file: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return file


PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset={charset}"><title>x</title>
<style>td {{ color: red }}</style></head><body><h3>某镇隐患台账</h3>
<table border=1><tr><th colspan=4>某镇隐患台账（导出）</th></tr>
<tr><td>序号<td>单位&nbsp;名称<td>信用代码<td>电话
<tr><td rowspan=2>1</td><td>某<br>厂</td><td>{code}</td><td>{phone}</td></tr>
<tr><td>某店</td><td></td><td>3.50</td></tr></table><p>注：导出日期2023年5月</body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("", "gbk")])
@pytest.mark.parametrize("ending", [".xls", ".xlsx", ".doc"])
def test_a_web_page_with_a_table(tmp_path: Path, charset: str, encoding: str, ending: str) -> None:
    text = PAGE.format(charset=charset, code=CODE, phone=PHONE)
    document = read_document(written(tmp_path / f"导出{ending}", text, encoding))
    assert [one.text for one in document.paragraphs] == ["某镇隐患台账", "注：导出日期2023年5月"]
    (grid,) = document.tables
    assert grid.rows == [
        ["某镇隐患台账（导出）", "", "", ""],
        ["序号", "单位 名称", "信用代码", "电话"],
        ["1", "某\n厂", CODE, PHONE],
        ["", "某店", "", "3.50"],
    ]
    assert grid.merges == [(0, 0, 0, 3), (2, 0, 3, 0)]


def test_a_table_within_a_frame_of_a_page() -> None:
    inner = b"<table><tr><td>a</td><td>b</td></tr><tr></tr><tr><td>c</td><td>d</td></tr></table>"
    document = read_page(b"<table><tr><td>" + inner + b"</td></tr></table><div>x</div><div>y</div>")
    assert [grid.rows for grid in document.tables] == [[["a", "b"], ["c", "d"]]]
    assert [one.text for one in document.paragraphs] == ["x", "y"]


def test_a_page_without_a_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="网页格式"):
        read_file(written(tmp_path / "导出.xls", "<html><frameset></frameset></html>"))
    with pytest.raises(Refused, match="没有表格，只有文字"):
        read_file(written(tmp_path / "导出.xls", "<html><p>正文</html>"))


@given(
    pieces=st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td rowspan=3>",
                "<td colspan=999999999>",
                "</td>",
                "x",
                "<p>",
                "<br>",
            ]
        ),
        max_size=60,
    )
)
def test_no_page_ends_the_reading(pieces: list[str]) -> None:
    try:
        document = read_page("".join(pieces).encode())
    except Refused:
        return
    said = "".join("".join(map(str, row)) for grid in document.tables for row in grid.rows)
    said += "".join(one.text for one in document.paragraphs)
    assert said.count("x") <= pieces.count("x")


BOOK = f"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="台账"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">某镇台账</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">名称</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">2.5</Data></Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="Number">{"9" * 18}</Data></Cell>
<Cell><Data ss:Type="DateTime">2023-05-18T00:00:00.000</Data></Cell><Cell><ss:Data ss:Type="String"
 xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B>体</ss:Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="藏"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>
</Worksheet></Workbook>"""


def test_the_xml_of_excel_2003(tmp_path: Path) -> None:
    shown, hidden = read_file(written(tmp_path / "导出.xls", BOOK))
    assert (shown.title, shown.hidden, hidden.title, hidden.hidden) == ("台账", False, "藏", True)
    assert [row[:3] for row in shown.rows[:3]] == [["某镇台账", "", ""], [], ["名称", "", 2.5]]
    assert [str(cell) for cell in shown.rows[3]] == ["9" * 18, "2023-05-18 00:00:00", "粗体"]
    assert shown.merges == [(0, 0, 0, 2)]


@pytest.mark.parametrize(
    "change",
    [
        ('ss:Index="3"><Cell><', 'ss:Index="9999999"><Cell><'),
        ('ss:MergeAcross="2"', 'ss:MergeAcross="9999999"'),
        ("</Workbook>", ""),
        ('<?mso-application progid="Excel.Sheet"?>', '<!DOCTYPE x [<!ENTITY a "b">]>'),
    ],
)
def test_a_broken_one_ends_in_a_sentence(tmp_path: Path, change: tuple[str, str]) -> None:
    with pytest.raises(Refused, match=r"“导出\.xls”"):
        read_file(written(tmp_path / "导出.xls", BOOK.replace(*change)))


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_rows_of_cells_as_text(tmp_path: Path, mark: str, encoding: str) -> None:
    rows = [
        ["某镇台账，2023年"],
        ["单位名称", "电话", "问题"],
        ["某厂", PHONE, "乱堆，乱放，漏电"],
        ["", "", ""],
    ]
    text = "\r\n".join(mark.join(row) for row in rows)
    (grid,) = read_file(written(tmp_path / "表.csv", text, encoding))
    assert grid.rows == rows


def test_the_mark_that_a_file_names_itself(tmp_path: Path) -> None:
    (grid,) = read_file(written(tmp_path / "表.csv", "sep=|\n甲|乙,丙\n丁|戊\n"))
    assert grid.rows == [["甲", "乙,丙"], ["丁", "戊"]]


def test_a_text_is_its_lines(tmp_path: Path) -> None:
    file = written(tmp_path / "方案.txt", "某镇方案\n\n一、任务，共两项\n1.检查，整改\n", "gb18030")
    assert read_document(file).blocks == [
        Paragraph("某镇方案"),
        Paragraph("一、任务，共两项", place=1),
        Paragraph("1.检查，整改", place=2),
    ]
    with pytest.raises(Refused, match="没有表格，只有文字"):
        read_file(file)


def test_the_text_of_a_pdf(tmp_path: Path) -> None:
    registerFont(UnicodeCIDFont("STSong-Light"))
    lines = ["某镇整治方案", "一、任务", "1.各单位按照分工认真开展排查整治工作", "并按时报送。", "- 1 -"]
    canvas = Canvas(str(tmp_path / "方案.pdf"))
    canvas.setFont("STSong-Light", 16)
    for at, line in enumerate(lines):
        canvas.drawString(80, 700 - 30 * at, line)
    canvas.save()
    document = read_document(tmp_path / "方案.pdf")
    assert [one.text for one in document.paragraphs] == [*lines[:2], lines[2] + lines[3]]
    assert "PDF里的表格" in document.notes[0]
    with pytest.raises(Refused, match="PDF里的表格请用WPS转成"):
        read_file(tmp_path / "方案.pdf")


def test_a_scanned_or_broken_pdf_is_told(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "扫描.pdf"))
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    with pytest.raises(Refused, match="扫描的PDF"):
        read_document(tmp_path / "扫描.pdf")
    with pytest.raises(Refused, match="已损坏"):
        read_document(written(tmp_path / "坏.pdf", b"%PDF-1.7\n" + bytes(200)))


@given(st.lists(st.text("甲乙丙。1a、", max_size=12)))
def test_no_line_of_a_pdf_is_lost(lines: list[str]) -> None:
    assert "".join(paragraphs_of(lines)) == "".join(lines)


def test_sheets_of_an_old_workbook_and_which_are_hidden(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name, visible in (("工贸", 0), ("消防", 0), ("旧", 1)):
        page = book.add_sheet(name)
        page.visibility = visible
        for at, value in enumerate(("某镇台账", 13800000001, PHONE, CODE, 512345678901234567)):
            page.write(at, 0, value)
    book.save(str(tmp_path / "表.et"))
    grids = read_file(tmp_path / "表.et")
    assert [(grid.title, grid.hidden) for grid in grids] == [("工贸", False), ("消防", False), ("旧", True)]
    told = [row[0] for row in grids[0].rows]
    assert [cell_text(cell) for cell in told[:4]] == ["某镇台账", "13800000001", PHONE, CODE]
    assert isinstance(told[4], Broken), "digits beyond 15 are lost, and nobody may guess them"


BESIDE = [
    ["某镇名单", "", "", "", "", "", ""],
    ["序号", "姓名", "电话", "", "序号", "姓名", "电话"],
    ["1", "甲", PHONE, "", "3", "丙", "5"],
    ["2", "乙", "4", "", "", "", ""],
]


def test_the_same_columns_side_by_side_are_one_table(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in BESIDE:
        sheet.append([cell or None for cell in row])
    sheet.merge_cells("A1:G1")
    book.save(tmp_path / "名单.xlsx")
    (grid,) = read_file(tmp_path / "名单.xlsx")
    assert [list(row[:3]) for row in grid.rows[1:]] == [
        ["序号", "姓名", "电话"],
        ["1", "甲", PHONE],
        ["2", "乙", "4"],
        ["3", "丙", "5"],
    ]
    assert grid.title != sheet.title
    assert grid.called == f"工作表“{sheet.title}”"


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "姓名", "电话"], ["1", "甲", "乙"]],
        [["是", "否", "是", "否", "计"], ["1", "2", "3", "4", "5"]],
        [["组长", "", "成员", ""], ["姓名", "电话", "姓名", "电话"], ["甲", "1", "乙", "2"]],
        [["单位", "问题", "结果", "说明"], ["有", "无", "有", "无"]],
        [["1", "2", "1", "2"]],
    ],
)
def test_other_tables_stay_as_they_are(rows: list[list[str]]) -> None:
    grid = Grid("表", rows, [(0, 0, 0, 1), (0, 2, 0, 3)] if rows[0][1] == "" else [])
    assert one_below_another(grid) is grid


def test_merged_cells_go_down_with_their_block() -> None:
    rows = [["村", "户", "村", "户"], ["甲", "1", "乙", "3"], ["", "2", "", "4"]]
    grid = one_below_another(Grid("表", rows, [(1, 0, 2, 0), (1, 2, 2, 2)]))
    assert grid.rows == [["村", "户"], ["甲", "1"], ["", "2"], ["乙", "3"], ["", "4"]]
    assert grid.merges == [(1, 0, 2, 0), (3, 0, 4, 0)]
