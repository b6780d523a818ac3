"""Where lines of a Word file may break and how they are filled: as in the PDF."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.lines import NO_END, NO_START, held_together
from hazard_desk.papers.model import (
    AttachmentMark,
    Block,
    Cell,
    Column,
    Imprint,
    Line,
    Paper,
    Para,
    Table,
    Title,
)
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.papers.word.writer import write_docx
from tests.papers.reading import read_pdf


def written(*blocks: Block) -> Document:
    file = io.BytesIO()
    write_docx(Paper("样张", blocks), file, Fonts.shipped())
    return docx.Document(file)


@pytest.mark.parametrize("text", ["2023-05-18", "0817-1234567", "GB/T 9704-2012"])
def test_no_line_ends_within_a_date_or_a_telephone_number(text: str) -> None:
    table = Table((Column(text),), ((Cell(text),),))
    document = written(Para(f"于{text}前"), Line(text), table)
    hyphens = list(document.element.body.iter(qn("w:noBreakHyphen")))
    assert len(hyphens) == 4 * text.count("-")
    held = held_together(text)
    assert [line.text for line in document.paragraphs[:2]] == [f"于{held}前", held]


def test_digits_above_and_below_the_line_are_raised_and_lowered_runs() -> None:
    table = Table((Column("CO₂"),), ((Cell("二行\n2×10⁵Pa，2023-05-18"),),))
    document = written(Para("浓度CO₂、H₂SO₄的"), table)
    first = [(run.text, run.font.subscript) for run in document.paragraphs[0].runs]
    assert first == [
        ("浓度CO", None),
        ("2", True),
        ("、H", None),
        ("2", True),
        ("SO", None),
        ("4", True),
        ("的", None),
    ]
    cell = document.tables[0].cell(1, 0).paragraphs[0]
    assert cell.text == "二行\n2×105Pa，2023-05-18"
    assert [run.text for run in cell.runs if run.font.superscript] == ["5"]


def test_a_hyphen_between_words_may_end_a_line() -> None:
    assert not list(written(Para("甲方-乙方 - 丙方")).element.body.iter(qn("w:noBreakHyphen")))


def test_word_keeps_the_marks_that_the_pdf_keeps() -> None:
    settings = written(Para("完")).settings.element
    for tag, marks in (("w:noLineBreaksBefore", NO_START), ("w:noLineBreaksAfter", NO_END)):
        assert set(settings.find(qn(tag)).get(qn("w:val"))) == marks


def test_a_line_that_was_ended_by_hand_is_not_stretched() -> None:
    settings = written(Para("第一行\n第二行")).settings.element
    assert settings.find(f"{qn('w:compat')}/{qn('w:doNotExpandShiftReturn')}") is not None


def test_22_lines_of_a_page_fit_its_height() -> None:
    document = written(Para("完"))
    section = document.sections[0]
    room = section.page_height - section.top_margin - section.bottom_margin  # type: ignore[operator]
    line = document.styles["Normal"].paragraph_format.line_spacing  # type: ignore[attr-defined]
    assert room // line == 22


def test_no_mark_hangs_over_the_end_of_a_line() -> None:
    """Word takes the choice; LibreOffice, which takes the value the other way round, what follows it."""
    properties = written(Para("完")).styles["Normal"].element.pPr
    said = {choice.tag.split("}")[1]: choice[0].get(qn("w:val")) for choice in properties[2]}
    assert said == {"Choice": "0", "Fallback": "1"}


def test_the_imprint_stands_behind_the_attachments_on_the_last_line_of_the_last_page() -> None:
    imprint = Imprint("县安委办", "三星乡党政办公室", "2023年5月18日")
    blocks = (Para("正文"), imprint, AttachmentMark(), Title("检查名单"), Para("红星超市"))
    last = [line.text.strip() for line in written(*blocks).paragraphs if line.text.strip()][-2:]
    assert last == ["抄送：县安委办。", "三星乡党政办公室\t2023年5月18日印发"]
    file = io.BytesIO()
    write_pdf(Paper("样张", blocks), file, Fonts.shipped())
    first, second = read_pdf(file.getvalue())
    assert "抄送" not in first.text
    assert second.line_texts()[-3:-1] == ["抄送：县安委办。", "三星乡党政办公室2023年5月18日印发"]
