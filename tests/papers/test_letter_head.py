"""The head of a letter (信函格式, §10.1), chosen for a kind of paper: measured in the PDF, read in Word."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from reportlab.lib.units import mm

from hazard_desk.desk import Desk
from tests.papers.office import UNIT
from tests.papers.reading import ReadPage, read_pdf


@pytest.fixture
def letter(desk: Desk) -> str:
    """A letter of a kind that has the head of a letter, issued with a copy; its record's id."""
    desk.rewording.use("letter-urge", f"红头：信函式\n{desk.rewording.text('letter-urge')}")
    told = {"kind": "督办函", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-25"}
    number = desk.rewards.add(told | {"reason": "进度偏慢。" * 90}).ids[0]
    desk.papers.issue("letter-urge", str(number), {"copies": "县应急管理局"})
    return str(number)


def test_the_measures_of_the_first_page(
    letter: str, pages: Callable[..., list[ReadPage]], desk: Desk
) -> None:
    first, *others = pages("letter-urge", letter)
    mark = first.find("三星乡应急办")
    top = first.height - max(glyph.box[3] for glyph in mark)
    assert top / mm == pytest.approx(30, abs=1.5), "its ink; the em begins 30 mm down"
    middle = (mark[0].box[0] + mark[-1].box[2]) / 2
    assert middle == pytest.approx(first.width / 2, abs=2)
    number = first.find("三星安督〔2023〕1号")
    assert number[-1].box[2] == pytest.approx(210 * mm - 26 * mm, abs=2), "at the right of the type area"
    assert "文件" not in first.text
    rules = red_rules(desk)
    size = mark[0].size
    first_rule = 297 - 30 - size / mm - 4
    assert [y / mm for y in rules[0]] == pytest.approx(
        [19.5, 21.4, first_rule - 1.9, first_rule - 1], abs=0.6
    )
    assert rules[1] == [], "later pages bear none"
    assert "— 1 —" not in first.text and others
    assert "— 2 —" in others[0].text
    assert "抄送：县应急管理局。" in others[-1].text and "印发" not in others[-1].text


def red_rules(desk: Desk) -> list[list[float]]:
    """The y of each red line that is 170 mm long, page by page."""
    found = []
    document = pypdfium2.PdfDocument((desk.folder / "paper.pdf").read_bytes())
    for page in document:
        boxes = [one.get_bounds() for one in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
        found.append(sorted(bottom for left, bottom, right, _ in boxes if 165 < (right - left) / mm < 175))
    document.close()
    return found


def test_the_same_in_word(letter: str, desk: Desk) -> None:
    file = desk.papers.print("letter-urge", desk.folder / "paper.docx", None, letter)
    document = docx.Document(str(file))
    framed = [
        p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.find(qn("w:framePr")) is not None
    ]
    *head, copies = framed
    assert [p.text for p in head] == ["三星乡应急办", ""]
    assert copies.text == "　抄送：县应急管理局。"
    tops = [int(p._p.pPr.find(qn("w:framePr")).get(qn("w:y"))) / 20 / mm for p in head]
    assert tops == pytest.approx([30, 297 - 20 - 2], abs=0.3)
    assert document.sections[0].different_first_page_header_footer
    assert "PAGE" not in document.sections[0].first_page_footer._element.xml
    with zipfile.ZipFile(file) as parts:
        body = parts.read("word/document.xml").decode()
    assert "印发" not in body and "抄送：县应急管理局。" in body


def test_without_a_number_it_is_plain(letter: str, desk: Desk, pages: Callable[..., list[ReadPage]]) -> None:
    told = {"kind": "督办函", "target_kind": "单位", "target": UNIT, "happened_on": "2023-05-26"}
    draft = desk.rewards.add(told | {"reason": "进度偏慢"}).ids[0]
    (page,) = pages("letter-urge", draft)
    assert "— 1 —" in page.text
    assert read_pdf((desk.folder / "paper.pdf").read_bytes())
