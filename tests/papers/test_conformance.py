"""A bulletin of three pages and a notice of one, held against the measures of GB/T 9704-2012."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from hazard_desk.desk import Desk
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.lines import NO_END, NO_START
from hazard_desk.papers.model import Heading, Imprint, Line, Paper, Para, Signature, Title
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.papers.word.writer import write_docx
from hazard_desk.rules.fields import Row
from tests.papers.reading import Glyph, ReadPage, read_pdf
from tests.papers.test_pdf import ADVANCE, BOTTOM, LEFT, MM, PITCH, RIGHT, TEXT, TOP

BULLETIN = Paper(
    "通报",
    (
        Title("三星乡人民政府关于2023年上半年重大事故隐患专项排查整治行动情况的通报"),
        Line("各村、各科室、乡属各单位："),
        Para(TEXT),
        *(
            block
            for number in "一二三"
            for block in (
                Heading(1, f"{number}、总体情况"),
                Heading(2, "（一）排查情况"),
                Para(f"{number}{TEXT}"),
                Heading(3, "1．企业自查"),
                Para(f"共查出隐患{number * 3}处，{TEXT}"),
                Heading(4, "（1）数量"),
            )
        ),
        Para(TEXT),
        Signature("三星乡人民政府", "2023年7月5日"),
        Imprint("县安委办", "三星乡党政办公室", "2023年7月5日"),
    ),
)


@pytest.fixture(scope="module")
def bulletin() -> list[ReadPage]:
    file = io.BytesIO()
    write_pdf(BULLETIN, file, Fonts.shipped())
    return read_pdf(file.getvalue())


@pytest.fixture
def notice(desk: Desk, found: Row) -> list[ReadPage]:
    """The order to rectify as the desk prints it: the copy for the unit."""
    number = desk.hazards.add(found).ids[0]
    to = desk.folder / "notice.pdf"
    desk.papers.print("notice-rectify", to, number=str(number))
    return read_pdf(to.read_bytes())[:1]


def body(page: ReadPage) -> list[list[Glyph]]:
    """The lines of 16 points."""
    return [line for line in page.lines if round(line[0].size) == 16]


def conforms(page: ReadPage, number: int) -> None:
    """Hold one page against the measures."""
    assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
    lines = body(page)
    assert len(lines) <= 22
    for line in lines:
        from_top = TOP - line[0].y - 0.38 * 16  # every line stands on the grid
        assert (from_top - 8 + PITCH / 2) / PITCH % 1 == pytest.approx(0.5, abs=0.02), (
            "every line stands on the grid"
        )
        assert line[0].box[0] > LEFT - 1
        assert line[-1].box[2] < RIGHT + 1
        assert line[0].char not in NO_START
        assert line[-1].char not in NO_END
        assert len(line) <= 31, "28 characters, more only where digits are narrow"
    full = [line for line in lines if line[-1].x > RIGHT - 1.6 * ADVANCE]
    assert full, "lines reach the margin"
    ink = max(glyph.box[3] for line in page.lines for glyph in line)
    assert (page.height - ink) / MM == pytest.approx(37, abs=0.3), "the first ink"
    dash = page.find(f"—{number}—")
    assert (BOTTOM - dash[0].box[3]) / MM == pytest.approx(7, abs=0.05), "the upper edge of the dash"
    assert dash[0].size == pytest.approx(14)
    if number % 2:
        assert dash[-1].box[2] == pytest.approx(RIGHT - 14, abs=1)
    else:
        assert dash[0].box[0] == pytest.approx(LEFT + 14, abs=2)


def test_a_bulletin_of_three_pages(bulletin: list[ReadPage]) -> None:
    assert len(bulletin) == 3
    for number, page in enumerate(bulletin, start=1):
        conforms(page, number)
    assert len(body(bulletin[1])) == 22
    for line, below in pairwise(body(bulletin[1])):
        assert line[0].y - below[0].y == pytest.approx(PITCH, abs=0.02)
    title = [line for line in bulletin[0].lines if round(line[0].size) == 22]
    assert len(title) == 2
    middles = [(line[0].box[0] + line[-1].box[2]) / 2 for line in title]
    assert middles == pytest.approx([(LEFT + RIGHT) / 2] * 2, abs=1.5)


def test_every_sentence_of_it_is_there(bulletin: list[ReadPage]) -> None:
    text = re.sub(r"— \d —|\s", "", "".join(page.text for page in bulletin))
    assert text.count("严格落实安全生产“十五条硬措施”") == 8
    assert text.endswith("抄送：县安委办。三星乡党政办公室2023年7月5日印发")


def test_a_notice_of_one_page(notice: list[ReadPage]) -> None:
    conforms(notice[0], 1)


def test_the_word_file_of_the_bulletin_has_the_same_measures() -> None:
    file = io.BytesIO()
    write_docx(BULLETIN, file, Fonts.shipped())
    document = docx.Document(file)
    (section,) = document.sections
    grid = section._sectPr.find(qn("w:docGrid"))
    assert int(225 * MM * 20 / int(grid.get(qn("w:linePitch")))) == 22
    sizes = {"Normal": 16, "Heading 1": 16, "Heading 2": 16, "Heading 3": 16, "Heading 4": 16, "Title": 22}
    families = {
        "Normal": "仿宋_GB2312",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Title": "方正小标宋简体",
    }
    assert {line.style.name for line in document.paragraphs if line.style} == sizes.keys()
    for name, size in sizes.items():
        style = document.styles[name]
        assert style.font.size.pt == size  # type: ignore[attr-defined]
        pitch = style.paragraph_format.line_spacing.pt  # type: ignore[attr-defined]
        assert pitch == pytest.approx(28.98, abs=0.04)
        chinese = style.element.rPr.rFonts.get(qn("w:eastAsia"))
        assert chinese == families.get(name, "仿宋_GB2312")
