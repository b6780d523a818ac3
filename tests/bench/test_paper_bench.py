"""How long a ledger of 5,000 hazards in 12 columns takes as PDF: ours, reportlab's table, LibreOffice.

    pytest -n0 -s tests/bench/test_paper_bench.py

Prints seconds and ratios of one run. LibreOffice converts the spreadsheet that we write of the same
paper; it is left out, with a note, where it is not installed.
"""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import Cell, Column, FieldsLine, Paper, Table, Title
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.papers.pixels import page_sizes
from hazard_desk.papers.word.writer import write_docx
from hazard_desk.sheets.paper_sheet import write_sheet

HAZARDS = 5_000
COLUMNS = (
    Column("序号", 3, "center"),
    Column("隐患编号", 12, "center"),
    Column("级别", 4, "center"),
    Column("来源", 5, "center"),
    Column("行业领域", 6, "center"),
    Column("单位名称", 14),
    Column("部位", 8),
    Column("隐患描述", 24),
    Column("发现日期", 6, "center"),
    Column("整改责任人", 6, "center"),
    Column("整改时限", 6, "center"),
    Column("状态", 5, "center"),
)
PLACES = ("配电室", "仓库", "厨房", "加工车间", "疏散通道", "储油罐区", "施工脚手架", "锅炉房")
FAULTS = (
    "线路老化，未穿管保护",
    "被杂物占用",
    "灭火器压力不足",
    "未按规定检测，防护罩缺失",
    "私拉乱接",
    "堆放易燃物",
)
RISKS = (
    "存在起火风险",
    "容易造成触电",
    "不利于人员疏散",
    "可能引发坍塌，须立即停止使用并安排人员值守",
    "存在爆炸危险",
)
VILLAGES = ("红旗", "石桥", "大坪", "青山", "龙潭", "柳林")
KINDS = ("木材加工厂", "饭店", "砖厂", "烟花爆竹零售点")
NAMES = ("张堃", "李喆", "王䶮", "谭华祥", "肖永富", "马世华")


def ledger() -> Paper:
    """Hazards as a township writes them; the same in every run."""
    chance = random.Random(1)
    pick = chance.choice
    rows = []
    for number in range(1, HAZARDS + 1):
        place = pick(PLACES)
        month, day = chance.randint(5, 9), chance.randint(1, 30)
        texts = (
            str(number),
            f"三星隐患〔2023〕{number:04}号",
            pick(("一般", "重大")),
            pick(("企业自查", "执法检查", "群众举报", "上级交办")),
            pick(("工贸", "消防", "学校", "危险化学品")),
            f"三星乡{pick(VILLAGES)}村{pick(NAMES)[0]}记{pick(KINDS)}",
            place,
            f"{place}{pick(FAULTS)}，{pick(PLACES)}{pick(FAULTS)}，{pick(RISKS)}",
            f"2023-{month:02}-{day:02}",
            pick(NAMES),
            f"2023-{month + 1:02}-{day:02}",
            pick(("待整改", "已销号", "待复查")),
        )
        rows.append(tuple(map(Cell, texts)))
    head = FieldsLine((("填报单位", "三星乡应急办"), ("截至", "2023年10月20日")))
    blocks = (Title("隐患台账"), head, Table(COLUMNS, tuple(rows)))
    return Paper("隐患台账", blocks, landscape=True, style="ledger")


def took(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


@pytest.fixture(scope="module")
def paper() -> Paper:
    return ledger()


def test_ours_against_reportlab_and_libreoffice(paper: Paper, tmp_path: Path) -> None:
    fonts = Fonts.of_this_computer()
    file = io.BytesIO()
    ours = took(lambda: write_pdf(paper, file, fonts))
    pages = len(page_sizes(file.getvalue()))
    print(f"\n{HAZARDS:,} hazards × {len(COLUMNS)} columns")
    print(f"ours                 {ours:6.1f} s   {pages} pages, {len(file.getvalue()) / 1e6:.1f} MB")
    theirs = took(lambda: with_reportlab(paper, fonts))
    print(f"reportlab LongTable  {theirs:6.1f} s   ratio {ours / theirs:.2f}")
    sheet = tmp_path / "隐患台账.xlsx"
    print(f"our spreadsheet      {took(lambda: write_sheet(paper, sheet)):6.1f} s")
    print(f"our Word file        {took(lambda: write_docx(paper, io.BytesIO(), fonts)):6.1f} s")
    if shutil.which("soffice") is None:
        print("LibreOffice          not installed: left out")
        return
    office = took(lambda: with_libreoffice(sheet, tmp_path))
    print(f"LibreOffice          {office:6.1f} s   ratio {ours / office:.2f}")


def test_a_register_of_thirty_columns() -> None:
    """3,000 rows of every kind of word, to be printed within 5 s of processor time."""
    columns = tuple(replace(COLUMNS[at % len(COLUMNS)], label=f"第{at}栏") for at in range(30))
    narrow = next(block for block in ledger().blocks if isinstance(block, Table))
    rows = tuple(tuple(row[at % len(COLUMNS)] for at in range(30)) for row in narrow.rows[:3000])
    paper = Paper(
        "台账",
        (Title("台账"), Table(columns, rows, keys=2)),
        landscape=True,
        style="ledger",
        page_size="wide",
    )
    fonts, file = Fonts.of_this_computer(), io.BytesIO()
    start = process_time()
    write_pdf(paper, file, fonts)
    took_cpu = process_time() - start
    print(
        f"\n3,000 rows × 30 columns  {took_cpu:.1f} s of processor, {len(page_sizes(file.getvalue()))} pages"
    )


def with_reportlab(paper: Paper, fonts: Fonts) -> None:
    """The same rows as reportlab's own table, in the same font, size and proportions."""
    style = ParagraphStyle(
        "cell", fontName=fonts.runs("安", "仿宋")[0].face.name, fontSize=9, leading=12, wordWrap="CJK"
    )
    table = next(block for block in paper.blocks if isinstance(block, Table))
    rows = [[Paragraph(cell.text, style) for cell in row if cell] for row in table.rows]
    width = landscape(A4)[0] - 85
    usual = sum(column.width for column in COLUMNS)
    widths = [width * column.width / usual for column in COLUMNS]
    made = LongTable(
        [[Paragraph(column.label, style) for column in COLUMNS], *rows],
        colWidths=widths,
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
    )
    SimpleDocTemplate(io.BytesIO(), pagesize=landscape(A4)).build([made])


def with_libreoffice(sheet: Path, folder: Path) -> None:
    said = subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'office').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(sheet),
        ],
        capture_output=True,
        check=True,
    )
    assert sheet.with_suffix(".pdf").exists(), said.stdout
