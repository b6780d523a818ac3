"""Papers: a ledger of 12 columns as PDF against LibreOffice, and as a Word file."""

from __future__ import annotations

import random
import shutil
from subprocess import run

from hazard_desk.papers.model import Cell, Column, FieldsLine, Paper, Table, Title
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.sheets.paper_sheet import write_sheet
from tests.bench import apart
from tests.bench.jobs import Bed, Job, Side, Work, alone

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


def ledger(hazards: int) -> Paper:
    """Return hazards as a township writes them; the same in every run."""
    chance = random.Random(1)
    pick = chance.choice
    rows = []
    for number in range(1, hazards + 1):
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


def _office(bed: Bed) -> Work:
    """LibreOffice makes a PDF of the spreadsheet that we write of the same paper."""
    sheet = bed.once("ledger.xlsx", lambda to: write_sheet(ledger(bed.size), to))
    words = ["soffice", "--headless", f"-env:UserInstallation={(bed.scratch / 'office').as_uri()}"]
    words += ["--convert-to", "pdf", "--outdir", str(bed.scratch), str(sheet)]
    return lambda: run(words, capture_output=True, check=True)


def _pdf(bed: Bed) -> Work:
    paper, to = ledger(bed.size), bed.new(".pdf")
    return lambda: write_pdf(paper, to)


def _word(bed: Bed) -> Work:
    return alone(apart.word, bed.size, bed.new(".docx"))


_OFFICE: Side | None = _office if shutil.which("soffice") else None
JOBS = (
    Job("ledger as PDF, 12 columns", _OFFICE, _pdf, {5_000: 0.4}),
    Job("ledger as a Word file", None, _word, {50_000: 12}, (200, 5_000, 50_000, 100_000)),
    Job("ledger as a Word file, memory", None, _word, {50_000: 600}, (5_000, 50_000), unit="MB"),
)
