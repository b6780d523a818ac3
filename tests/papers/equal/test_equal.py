"""The same paper as PDF and as Word file: alike in pages, and in every line of them.

LibreOffice lays the Word files out. What it is known to do otherwise than Word is in ``libreoffice`` and
``marks``; lines that differ all the same are in ``EXCEPTIONS``, with the cause.
"""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.papers.catalogue import order_of
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.layout import layout_of
from hazard_desk.papers.lines import NO_END, NO_START, break_lines
from hazard_desk.papers.model import (
    Block,
    Cell,
    Chart,
    Column,
    Hanging,
    Heading,
    Note,
    Paper,
    Para,
    Signature,
    Table,
)
from hazard_desk.papers.pdf.typeset import Typesetter
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.papers.word.writer import write_docx
from tests.papers.equal.comparing import differences, lines_of
from tests.papers.equal.libreoffice import as_pdf, found
from tests.papers.reading import ReadPage, read_pdf
from tests.samples import make_sample

pytestmark = pytest.mark.skipif(found() is None, reason="LibreOffice is not installed")

_EDGE = "（重大29处），已整改177处，整改率88.5%。截至2023年10月20日，逾期未整改的隐患3处。"
EXCEPTIONS = {
    "bulletin": (
        f"已整改124处，整改率84.4%，其中重大事故隐患已整改7处；按期整改率93.8%。专项行动开展以来，累计排查隐患200处{_EDGE}",
        "its line is 0.02 pt longer than the page is wide, which LibreOffice rounds",
    )
}
"""Where LibreOffice ends lines otherwise than Word: the paper, the only text of which it does, and why."""

_CLAUSES = [
    "各村（社区）要坚持“安全第一、预防为主、综合治理”的方针",
    "全面排查辖区内的生产经营单位",
    "督促其落实主体责任",
    "对《重大事故隐患判定标准》所列情形逐条对照检查",
    "建立问题隐患和制度措施“两个清单”",
    "限期整改",
    "逾期不改的依法从严查处",
    "确保行动取得实效",
    "不留死角和盲区",
    "做到排查见底、整改到位、责任到人",
    "以及人员密集场所、餐饮、九小场所",
]
_ODDS = [
    *(
        "GB/T 13861—2022",
        "GB 35181-2019",
        "[2023]12号",
        "三星府发〔2023〕76号",
        "《危险化学品目录》（2015版）",
    ),
    *(
        "“三管三必须”",
        "“红、橙、黄、蓝”四级",
        "“GB 50016”",
        "（含LPG、CNG）",
        "灭火器（4kg，2具）",
        "第3条第（二）项",
    ),
    *("2023年5月18日", "2023-05-18", "6:30—18:00", "023-73338888", "13800138000", "ajb@sx.gov.cn", "K12+300"),
    *(
        "1,234.56元",
        "￥500",
        "21.8万元",
        "10～20mm",
        "±0.5℃",
        "≥98%",
        "≤30%",
        "20％",
        "§7.3.5",
        "№12",
        "1／3",
    ),
    *("0.4 MPa", "3 mm", "DN50", "50kg/瓶", "A/B两类", "配电箱PX-3", "WiFi", "No.5", "……", "——"),
    *("3×5", "4kg×2具", "600×400×300mm", "长×宽×高", "12÷4", "20±0.5", "“5·12”", "5·12", "阿布都·热合曼"),
    *("6–8月", "10~20m", "1∶500", "浓度≥5", "a≥5", "≈3", "36.5℃", "36°C", "0.5‰", "120㎡", "40m³", "25m²"),
    *("CO₂", "H₂S气体", "mg/m³", "2×10⁵Pa", "①配电室", "②", "Ⅱ级", "Ⅲ类场所", "☑是", "½杯", "A→B", "№ 7"),
]
"""What breaks lines otherwise than plain Chinese."""
SIGNED = Signature("三星乡人民政府", "2023年5月18日")
_PAGES, _LINES, _CHARACTERS = 500, 22, 28
_PARTS = 4
"""LibreOffice is slow: so many tests share its work."""


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts.shipped()


def both(papers: dict[str, Paper], folder: Path, fonts: Fonts) -> dict[str, tuple[list[ReadPage], ...]]:
    """Return each paper's pages as PDF, and as Word file."""
    for name, paper in papers.items():
        write_docx(paper, folder / f"{name}.docx", fonts)
        write_pdf(paper, folder / f"{name}.pdf", fonts)
    made = as_pdf([folder / f"{name}.docx" for name in papers], folder / "office")
    return {name: (read_pdf((folder / f"{name}.pdf").read_bytes()), read_pdf(made[name])) for name in papers}


def _sentence(chance: random.Random) -> str:
    clauses = [chance.choice(_CLAUSES) + chance.choice("，，，；、：") for _ in range(chance.randint(2, 8))]
    return "".join(clauses)[:-1] + chance.choice("。。。！？")


def test_500_pages_of_text_break_their_lines_alike(tmp_path: Path, fonts: Fonts) -> None:
    chance = random.Random(1)
    texts = ["".join(_sentence(chance) for _ in range(chance.randint(1, 6))) for _ in range(1120)]
    paper = Paper("长文", tuple(Para(text) for text in texts))
    pdf, word = both({"long": paper}, tmp_path, fonts)["long"]
    assert len(pdf) >= _PAGES
    assert differences(pdf, word) == []
    lines = [line for page in word for line in lines_of(page)[:-1]]
    assert len(lines) > _PAGES * (_LINES - 1)
    assert [line for line in lines if line[0] in NO_START or line[-1] in NO_END] == []
    assert max(map(len, lines)) == _CHARACTERS
    heights = Counter(len(lines_of(page)) - 1 for page in word[:-1])
    assert set(heights) == {_LINES}


def _mixed(chance: random.Random) -> str:
    words = [
        chance.choice(chance.choice((_ODDS, _CLAUSES)))
        + chance.choice(("", "", "，", "、", "；", "……", "——"))
        for _ in range(chance.randint(4, 24))
    ]
    return "".join(words).rstrip("，、；") + "。"


def _on_edge(text: str, fonts: Fonts) -> bool:
    """Whether a line would hold more if it were a tenth of a point longer: LibreOffice rounds it."""
    setter = Typesetter(layout_of(Paper("", ())), fonts)
    measure, width = setter.measure("仿宋", setter.layout.size, setter.spacing), setter.layout.width
    sharp, loose = (break_lines(text, measure, width + more, 2 * setter.layout.advance) for more in (0, 0.1))
    return [line.text for line in sharp] != [line.text for line in loose]


def test_texts_of_digits_latin_and_signs_break_their_lines_alike(tmp_path: Path, fonts: Fonts) -> None:
    chance = random.Random(1)
    texts = [text for text in (_mixed(chance) for _ in range(250)) if not _on_edge(text, fonts)]
    pdf, word = both({"mixed": Paper("杂文", tuple(map(Para, texts)))}, tmp_path, fonts)["mixed"]
    assert len(pdf) >= 30
    assert differences(pdf, word) == []


def _with_a_table(chance: random.Random) -> Paper:
    """Text, a table whose end falls anywhere on a page, what stands below it, a signature."""
    columns = (Column("序号", 3, "center"), Column("单位", 10), Column("内容", 20))
    rows = [(Cell(str(row)), Cell("红岩石料加工厂"), Cell(_sentence(chance))) for row in range(1, 20)]
    blocks = [Para(_sentence(chance)) for _ in range(chance.randint(0, 3))]
    below = [Note("注：已整改的不列。"), Para("特此通知。"), Para("附件：名单"), SIGNED][
        chance.randint(0, 1) :
    ]
    return Paper(
        "附表",
        (*blocks, Table(columns, tuple(rows[: chance.randint(6, 19)])), *below[chance.randint(0, 1) :]),
    )


def test_tables_and_signatures_end_and_begin_pages_alike(tmp_path: Path, fonts: Fonts) -> None:
    chance = random.Random(3)
    papers = {f"{number}": _with_a_table(chance) for number in range(30)}
    told = {name: differences(*pages) for name, pages in both(papers, tmp_path, fonts).items()}
    assert {name: lines for name, lines in told.items() if lines} == {}


def _signed(chance: random.Random) -> Paper:
    """Text of some pages, whose end falls anywhere on the last, what stands last in it, a signature."""
    texts = [
        Para("".join(_sentence(chance) for _ in range(chance.randint(1, 5))))
        for _ in range(chance.randint(3, 12))
    ]
    rows = tuple((Cell(_sentence(chance)),) for _ in range(chance.randint(3, 20)))
    ends: list[tuple[Block, ...]] = [
        (),
        (Para("特此通知。"),),
        (Para(_sentence(chance)), Para("附件：1．名单\n2．清单")),
        (Hanging("组长：", _sentence(chance)), Hanging("副组长：", _sentence(chance))),
        (Heading(1, "一、加强领导"), Para(_sentence(chance))),
        (Table((Column("内容"),), rows),),
        (Table((Column("内容"),), rows), Note("注：已整改的不列。")),
    ]
    return Paper("通知", (*texts, *chance.choice(ends), SIGNED))


def test_signatures_take_the_same_text_overleaf(tmp_path: Path, fonts: Fonts) -> None:
    chance = random.Random(5)
    papers = {f"{number}": _signed(chance) for number in range(30)}
    told = {name: differences(*pages) for name, pages in both(papers, tmp_path, fonts).items()}
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """One of each kind of paper of the demo."""
    made = {}
    with Desk.open(make_sample(tmp_path_factory.mktemp("sample") / "desk")) as desk:
        for report in desk.papers.reports():
            numbers = desk.books.ledgers[report.about].ids(Query()) if report.about else [0]
            possible = (n for n in numbers if not n or not report.lacks(desk.books, n))
            for number in possible:
                with suppress(Refused):
                    order = order_of(desk.books, report, str(number or ""), Query())
                    made[report.id] = report.paper(desk.books, order)
                    break
    del made["manual"]  # long, and of the same blocks
    return made


def _words_of_charts(paper: Paper) -> str:
    """What charts say: they are pictures in a Word file."""
    charts = [block for block in paper.blocks if isinstance(block, Chart)]
    words = [text for chart in charts for text in (chart.title, *chart.labels)]
    for chart in charts:
        words += [
            text for one in chart.series for text in (one.name, *(f"{value:g}" for value in one.values))
        ]
    return " ".join(words)


@pytest.mark.parametrize("part", range(_PARTS))
def test_every_paper_of_the_demo_is_alike(
    part: int, papers: dict[str, Paper], tmp_path: Path, fonts: Fonts
) -> None:
    here = {name: papers[name] for name in sorted(papers)[part::_PARTS]}
    told = {}
    for name, (pdf, word) in both(here, tmp_path, fonts).items():
        words = _words_of_charts(papers[name])
        lines = [
            line
            for line in differences(pdf, word)
            if "only as PDF" not in line or line.rpartition(": ")[2] not in words
        ]
        allowed, _ = EXCEPTIONS.get(name, ("", ""))
        lines = [line for line in lines if line.rpartition(": ")[2] not in allowed]
        if lines:
            told[name] = lines
    assert told == {}
