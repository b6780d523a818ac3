"""Whatever was entered, every paper prints in every format: rare names, markup, long texts, lost photos."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.papers.catalogue import REPORTS, order_of
from hazard_desk.papers.model import (
    Cell,
    Column,
    Hanging,
    Line,
    Paper,
    Para,
    Photos,
    Picture,
    Table,
    TableRow,
    Title,
)
from hazard_desk.printing import write_paper
from hazard_desk.rules.fields import Row
from tests.papers.office import step
from tests.papers.reading import read_pdf

NAME = "张堃李喆王䶮陈𬎆"
MARKED = "=1+1 -2 @x <b>&amp;</b> <img src='/etc/passwd'/> ]]> %s {0} \\n"
LONG = "电线私拉乱接，未穿管保护；" * 150 + "末尾"
WORD = "x" * 300
HARD = (NAME, MARKED, LONG, WORD)
FORMATS = ("pdf", "docx", "xlsx")


def text_of(file: Path) -> str:
    """All text of a file, as its reader program finds it, without blanks."""
    content = file.read_bytes()
    if file.suffix == ".pdf":
        parts = [page.text for page in read_pdf(content)]
    elif file.suffix == ".docx":
        document = docx.Document(io.BytesIO(content))
        said, hyphen = docx.oxml.ns.qn("w:t"), docx.oxml.ns.qn("w:noBreakHyphen")
        nodes = document.element.body.iter(said, hyphen)
        parts = ["-" if node.tag == hyphen else node.text or "" for node in nodes]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type != "f" for cell in cells), "no text becomes a formula"
        parts = [str(cell.value) for cell in cells]
    return "".join("".join(parts).split())


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def hard(desk: Desk, found: Row, five: Row) -> int:
    """A hazard whose every text is hard to print, with 40 photos of which one is lost and one damaged."""
    entered = found | {"level": "重大", "criterion": MARKED, "unit_name": f"{NAME}{MARKED}"[:50]}
    number = desk.hazards.add(entered | {"place": WORD[:50], "description": LONG[:2000]}).ids[0]
    step(desk, number, "notice_rectify", 21, notice_number="责改〔2023〕1号", deadline="2023-05-31")
    desk.hazards.step(number, "committed", five | {"responsible": NAME, "measures": MARKED})
    for place in range(40):
        file = io.BytesIO()
        Image.new("RGB", (64, 48), (place * 6, 90, 120)).save(file, "JPEG")
        label = "整改前照片" if place % 2 else "整改后照片"
        desk.attachments.add("hazards", number, file.getvalue(), f"{NAME}{place}.jpg", label, note=MARKED)
    rows = desk.attachments.of("hazards", number)
    desk.attachments.path(rows[0]).unlink()
    desk.attachments.path(rows[1]).write_bytes(b"damaged")
    return number


def test_every_paper_prints_in_every_format(desk: Desk, hard: int, tmp_path: Path) -> None:
    printed = 0
    for report in REPORTS.values():
        if report.about not in ("", "hazards") or (report.about and report.lacks(desk.books, hard)):
            continue
        for kind in report.formats:
            number = str(hard) if report.about else ""
            file = desk.papers.print(report.id, tmp_path / f"{report.id}.{kind}", number=number)
            assert text_of(file), file.name
            printed += 1
    assert printed > 15


@pytest.mark.parametrize("kind", FORMATS)
def test_the_ledger_has_it_all(desk: Desk, hard: int, tmp_path: Path, kind: str) -> None:
    text = text_of(desk.papers.print("hazard-ledger", tmp_path / f"a.{kind}"))
    assert text.count("乱") == LONG.count("乱"), "nothing is lost, whatever stands between its pages"
    assert NAME in text


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_card_shows_the_photos_and_which_are_lost(
    desk: Desk, hard: int, tmp_path: Path, kind: str
) -> None:
    text = text_of(desk.papers.print("hazard-card", tmp_path / f"a.{kind}", number=str(hard)))
    assert text.count("照片缺失") == 2
    assert plain(LONG[:2000]) in text


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_ledger_is_its_head_and_says_so(desk: Desk, tmp_path: Path, kind: str) -> None:
    for report in ("hazard-ledger", "activities"):
        text = text_of(desk.papers.print(report, tmp_path / f"{report}.{kind}"))
        assert "序号" in text
        assert "没有记录" in text


def test_no_table_of_an_empty_desk_is_a_head_alone(desk: Desk) -> None:
    made = {
        report.id: report.paper(desk.books, order_of(desk.books, report, "", Query()))
        for report in desk.papers.reports()
        if not report.about
    }
    assert len(made) > 40
    bare = {
        name
        for name, paper in made.items()
        for part in paper.bound
        if any(isinstance(block, Table) and not block.rows for block in part.blocks)
    }
    assert bare == set()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_merged_cell_of_a_hundred_rows(tmp_path: Path, kind: str) -> None:
    rows: list[TableRow] = [(Cell("属地责任强化行动", rowspan=100), Cell("第0行"))]
    rows += [(None, Cell(f"第{number}行")) for number in range(1, 100)]
    paper = Paper("样张", (Title("样张"), Table((Column("行动", 8), Column("任务", 20)), tuple(rows))))
    text = text_of(write_paper(paper, tmp_path / f"a.{kind}"))
    assert [number for number in range(100) if text.count(f"第{number}行") != 1] == []


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize("text", HARD)
def test_hard_texts_in_every_kind_of_block(tmp_path: Path, kind: str, text: str) -> None:
    blocks = (
        Title(text),
        Para(text),
        Line(text),
        Hanging("组长：", text),
        Photos((Picture(None, text),)),
        Table((Column("甲", 4), Column("乙", 30)), ((Cell(text), Cell(text)),)),
    )
    said = text_of(write_paper(Paper(text[:40], blocks), tmp_path / f"a.{kind}"))
    counted = max(plain(text), key=plain(text).count)
    assert said.count(counted) >= 4 * text.count(counted)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_paper_without_a_table_prints_as_its_lines(tmp_path: Path, kind: str) -> None:
    paper = Paper("样张", (Title("变化情况"), Para("没有变化。"), Line(MARKED)))
    text = text_of(write_paper(paper, tmp_path / f"a.{kind}"))
    assert "没有变化。" in text
    assert plain(MARKED) in text
