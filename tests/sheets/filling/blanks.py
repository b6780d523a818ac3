"""Six blank forms as other offices send them, and what a filled one must have left as it was.

Three follow published forms, in their headings and their layout:

- ``statistic``: 安全生产隐患排查治理情况报表 (矿山、危化、烟花爆竹、冶金等行业和领域), the quarterly
  report of the State Administration of Work Safety from 2009 on, as the system of a city (宁波市) printed it;
- ``word_table``: 全县重大事故隐患专项排查整治2023行动进展情况调度表, the annex of 方发改安全发〔2023〕35号;
- ``check_list``: 建筑施工安全生产专项整治检查表, the annex of a notice of 山西省建设厅 of 25 March 2009.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

_LINE = Side(style="thin")
_BOX = Border(_LINE, _LINE, _LINE, _LINE)
SECTORS = ("非煤矿山", "危险化学品", "烟花爆竹", "工贸", "尾矿库")


def _sheet(title: str, width: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "填报表"
    sheet["A1"] = title
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(f"A1:{width}1")
    return book, sheet


def _boxed(sheet: Worksheet, cells: str) -> None:
    for row in sheet[cells]:
        for cell in row:
            cell.border, cell.font = _BOX, Font(name="仿宋_GB2312", size=11)


def _labelled(sheet: Worksheet, labels: Mapping[str, str | None]) -> None:
    for cells, text in labels.items():
        sheet[cells.partition(":")[0]] = text
        if ":" in cells:
            sheet.merge_cells(cells)


def _of_labels(to: Path, title: str, labels: Mapping[str, str | None]) -> Path:
    """A form of four columns that is nothing but labels and room beside them; None merges room."""
    book, sheet = _sheet(title, "D")
    _labelled(sheet, labels)
    _boxed(sheet, f"A2:D{sheet.max_row}")
    book.save(to)
    return to


def village_list(to: Path, rows: int = 6, foot: bool = False) -> Path:
    """The list of hazards that a village keeps, with a real day in one column and words in the other."""
    book, sheet = _sheet("村级安全隐患排查台账", "I")
    sheet["A2"] = "填报单位："
    heads = [
        "序号",
        "单位名称",
        "负责人",
        "联系电话",
        "隐患内容",
        "排查时间",
        "整改期限",
        "是否整改",
        "影像资料编号",
    ]
    for place, head in enumerate(heads, start=1):
        sheet.cell(3, place, head).fill = PatternFill("solid", fgColor="FFDDEBF7")
    _boxed(sheet, f"A3:I{3 + rows}")
    for row in range(4, 4 + rows):
        sheet.cell(row, 6).number_format = 'yyyy"年"m"月"d"日"'
        sheet.row_dimensions[row].height = 30
    if foot:
        sheet.cell(4 + rows, 1, "注：本表每月25日前报送。")
    book.save(to)
    return to


def statistic(to: Path) -> Path:
    """Three rows of merged headings over the sectors; the totals are formulas."""
    book, sheet = _sheet("安全生产隐患排查治理情况报表", "O")
    labels = {
        "A2": "填报单位（章）：",
        "A3:A7": "行业和领域",
        "B4:B6": "排查单位数",
        "C3:E3": "一般隐患",
        "F3:O3": "重大隐患",
        "C4:C6": "隐患数",
        "D4:D6": "已经整改数",
        "E4:E6": "整改率",
        "F4:H4": "排查治理重大隐患",
        "I4:O4": "列入治理计划的重大隐患",
        "F5:F6": "重大隐患数",
        "G5:G6": "已整改销号数",
        "H5:H6": "整改率",
        "I5:I6": "重大隐患数",
        "J5:N5": "其中",
        "O5:O6": "累计落实治理资金",
        "J6": "落实治理目标任务",
        "K6": "落实治理经费物资",
        "L6": "落实治理机构人员",
        "M6": "落实治理时间要求",
        "N6": "落实安全措施应急预案",
        "A13": "合　计",
        "A14": "单位负责人（签字）：　　　填表人（签字）：　　　联系电话：",
    }
    labels |= {f"{letter}7": "（项）" for letter in "CDFGIJKLMN"}
    labels |= {"B7": "（家）", "E7": "（%）", "H7": "（%）", "O7": "（万元）"}
    labels |= {f"A{row}": sector for row, sector in enumerate(SECTORS, start=8)}
    labels |= {f"{letter}13": f"=SUM({letter}8:{letter}12)" for letter in "BCDFGIJKLMNO"}
    _labelled(sheet, labels)
    _boxed(sheet, "A3:O13")
    sheet.column_dimensions["A"].width = 22
    book.save(to)
    return to


def word_table(to: Path) -> Path:
    """A table in Word with merged groups, two figures in one cell, and who filled it in."""
    document = docx.Document()
    document.add_heading("全县重大事故隐患专项排查整治2023行动进展情况调度表", 1)
    document.add_paragraph("填报单位：　　　　　截至日期：")
    rows = (
        ("总体情况", "企业自查发现的重大事故隐患(个)"),
        ("", "企业自查发现重大事故隐患中已完成整改的(个)"),
        ("", "执法检查发现的重大事故隐患(个)"),
        ("部门执法情况", "抽查检查的企业总数(家)"),
        ("", "行政处罚(次,万元)"),
        ("", "责任倒查追责问责(人)"),
        ("组织领导情况", "是否在本级主流媒体播放安全生产专题栏目"),
        ("", "落实“一会三卡”企业(家)"),
    )
    table = document.add_table(rows=len(rows) + 1, cols=4)
    table.style = "Table Grid"
    for at, texts in enumerate(rows):
        table.cell(at, 0).text, table.cell(at, 1).text = texts
        table.cell(at, 2).merge(table.cell(at, 3))
    for first, last in ((0, 2), (3, 5), (6, 7)):
        table.cell(first, 0).merge(table.cell(last, 0))
    for at, text in enumerate(("填报人", "", "审核人", "")):
        table.cell(len(rows), at).text = text
    document.add_paragraph("说明：本表每月28日前报送。")
    document.save(str(to))
    return to


def check_list(to: Path) -> Path:
    """The head asks for the unit that was visited; the points are for the inspectors to answer."""
    labels = {
        "A2": "受查单位",
        "C2": "负责人",
        "A3": "联系电话",
        "C3": "检查人员",
        "A4": "序号",
        "B4:C4": "检查内容",
        "D4": "检查结果",
        "A5": "1",
        "B5:C5": "是否建立了举报受理工作机制",
        "A6": "2",
        "B6:C6": "是否公布了举报电话",
        "A7": "3",
        "B7:C7": "第一阶段宣传发动情况",
    }
    return _of_labels(to, "建筑施工安全生产专项整治检查表", labels)


def with_formulas(to: Path, villages: Iterable[str]) -> Path:
    """A row for each village; rates and totals are formulas, and stay so."""
    book, sheet = _sheet("2023年1-9月各村隐患排查整改情况统计表", "H")
    heads = (
        "村（社区） 发现隐患（项） 其中：重大（项） 已整改（项） 未整改（项） 整改率 检查企业（家次） 备注"
    )
    for place, head in enumerate(heads.split(), start=1):
        sheet.cell(2, place, head)
    row = 2
    for row, name in enumerate(villages, start=3):
        sheet.cell(row, 1, name)
        sheet.cell(row, 6, f'=IF(B{row}=0,"",D{row}/B{row})').number_format = "0.0%"
    sheet.cell(row + 1, 1, "合计")
    for letter in "BCDEG":
        sheet[f"{letter}{row + 1}"] = f"=SUM({letter}3:{letter}{row})"
    _boxed(sheet, f"A2:H{row + 1}")
    book.save(to)
    return to


def unknown_form(to: Path) -> Path:
    """Labels of which the desk knows but some."""
    labels: dict[str, str | None] = {
        "A2": "填报单位",
        "C2": "填报日期",
        "A3": "开展应急演练（场）",
        "C3": "参演人数（人）",
        "A4": "悬挂横幅（条）",
        "C4": "出动宣传车（台次）",
        "A5": "走访监管单位（户）",
        "C5": "发现隐患（处）",
        "A6": "工作亮点",
        "B6:D6": None,
    }
    return _of_labels(to, "安全生产月活动情况反馈表", labels)


# What was left as it was

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def changed_cells(blank: Path, made: Path) -> set[str]:
    """Return the cells that differ; fail where anything else does, or a cell that was not empty."""
    with zipfile.ZipFile(blank) as before, zipfile.ZipFile(made) as after:
        assert before.namelist() == after.namelist()
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        found: set[str] = set()
        for name in changed:
            old, new = ET.fromstring(before.read(name)), ET.fromstring(after.read(name))
            if name.startswith("xl/worksheets/"):
                found |= _in_sheet(old, new)
            else:
                assert name == "word/document.xml"
                found |= _in_document(old, new)
    return found


def _in_sheet(old: ET.Element, new: ET.Element) -> set[str]:
    assert _but(old, f"{S}sheetData", f"{S}dimension") == _but(new, f"{S}sheetData", f"{S}dimension")
    before, after = ({cell.get("r", ""): cell for cell in root.iter(f"{S}c")} for root in (old, new))
    assert before.keys() <= after.keys()
    for row, other in zip(old.iter(f"{S}row"), new.iter(f"{S}row"), strict=False):
        assert row.attrib == other.attrib
    changed = {
        name for name, cell in after.items() if name not in before or _told(before[name]) != _told(cell)
    }
    for name in changed & before.keys():
        assert len(before[name]) == 0, f"{name} was not empty"
        assert before[name].get("s") == after[name].get("s")
    return {name for name in changed if len(after[name])}


def _in_document(old: ET.Element, new: ET.Element) -> set[str]:
    found = set()
    before, after = (list(root.iter(f"{W}tc")) for root in (old, new))
    assert len(before) == len(after)
    for place, (one, other) in enumerate(zip(before, after, strict=True)):
        if _told(one) != _told(other):
            assert not "".join(text.text or "" for text in one.iter(f"{W}t"))
            found.add(str(place))
            paragraph = next(other.iter(f"{W}p"))
            paragraph.remove(paragraph.findall(f"{W}r")[-1])
    assert _told(old) == _told(new)
    return found


def _but(root: ET.Element, *names: str) -> list[bytes]:
    return [_told(child) for child in root if child.tag not in names]


def _told(node: ET.Element) -> bytes:
    return ET.tostring(node)
