"""Word's pages: their size and margins, the grid of 22 lines, marks and numbers."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm, Pt, Twips
from docx.text.paragraph import Paragraph
from reportlab.lib.units import mm

from hazard_desk.papers.layout import PITCH, Layout
from hazard_desk.papers.lines import printable
from hazard_desk.papers.model import Letterhead, Paper
from hazard_desk.papers.word.corner import add_corner
from hazard_desk.papers.word.style import ALIGN, element, page_field, set_line, set_property, set_run, twips

_EDGE = 12 * mm
_GREY = "808080"
_SLACK = 1
"""Twentieths of a point that a line of Word is longer, for what it rounds."""
_NUMBER_SIZE, _NUMBER_BELOW, _MARK_SIZE, _COUNT_SIZE = 14, 7 * mm, 10.5, 9


def set_page(section: Section, layout: Layout) -> None:
    """Give a section the size, margins and grid of the layout."""
    width, height = layout.page
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.top_margin = Pt(height - layout.top - layout.lead)  # the first characters stand 37 mm down
    section.bottom_margin = Pt(layout.bottom)
    section.left_margin = Pt(layout.left)
    inner = twips(layout.width) + _SLACK
    section.right_margin = Twips(round(width * 20) - round(layout.left * 20) - inner)
    section.gutter = Mm(0)
    section.header_distance = Pt(_EDGE)
    section.footer_distance = Pt(
        layout.bottom - _NUMBER_BELOW - _NUMBER_SIZE / 2 if layout.official else _EDGE - _COUNT_SIZE / 2
    )
    grid = section._sectPr.find(qn("w:docGrid"))
    if layout.pitch == PITCH:
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(twips(layout.pitch)))
    else:
        grid.set(qn("w:type"), "default")


def set_edges(document: Document, section: Section, paper: Paper, layout: Layout) -> None:
    """Write the mark into the head of a section's pages, and their numbers into the foot."""
    dashes = layout.official and not paper.counted and not paper.folio
    document.settings.odd_and_even_pages_header_footer = dashes
    sides: list[tuple[_Header, _Footer, bool | None]] = [(section.header, section.footer, True)]
    if dashes:
        sides.append((section.even_page_header, section.even_page_footer, False))
    if any(isinstance(block, Letterhead) and block.letter for block in paper.blocks):
        section.different_first_page_header_footer = True  # that of a letter bears no number
        sides.append((section.first_page_header, section.first_page_footer, None))
    for header, footer, odd in sides:
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        line = header.paragraphs[0]
        line.alignment = ALIGN["right"]
        set_line(line.paragraph_format, _MARK_SIZE * 1.2)
        set_run(line.add_run(printable(paper.mark)), "黑体", _MARK_SIZE, _GREY)
        add_corner(header, paper, layout)
        if paper.folio or not paper.numbered or odd is None:
            continue
        if not dashes:
            _count(footer.paragraphs[0], _NUMBER_SIZE if layout.official else _COUNT_SIZE)
        elif layout.turned:
            _turned_number(footer, layout, odd)
        else:
            _number(footer.paragraphs[0], odd)


def _count(line: Paragraph, size: float) -> None:
    line.alignment = ALIGN["center"]
    set_line(line.paragraph_format, size)
    for text, field in (("第 ", "PAGE"), (" 页  共 ", "NUMPAGES"), (" 页", "")):
        set_run(line.add_run(text), "宋体", size)
        if field:
            line._p.append(page_field(field, size))


def _number(line: Paragraph, odd: bool) -> None:
    """— 1 —, one character in from the right on odd pages, from the left on even ones."""
    line.alignment = ALIGN["right" if odd else "left"]
    set_line(line.paragraph_format, _NUMBER_SIZE)
    side = "right" if odd else "left"
    set_property(line._p.get_or_add_pPr(), "ind", **{f"{side}Chars": 100, side: _NUMBER_SIZE * 20})
    _dashed(line)


def _dashed(line: Paragraph) -> None:
    set_run(line.add_run("— "), "宋体", _NUMBER_SIZE)
    line._p.append(page_field("PAGE", _NUMBER_SIZE))
    set_run(line.add_run(" —"), "宋体", _NUMBER_SIZE)


def _turned_number(footer: _Footer, layout: Layout, odd: bool) -> None:
    """The number where the sheet has it when held upright: in a cell that floats, its text turned."""
    width, long = _NUMBER_SIZE * 1.5, _NUMBER_SIZE * 6.0
    set_line(footer.paragraphs[0].paragraph_format, 1)
    table = footer.add_table(1, 1, Pt(width))
    footer._element.insert(0, table._tbl)  # Word wants a paragraph last
    properties = table._tbl.tblPr
    x = layout.left - _NUMBER_BELOW - width / 2
    y = layout.bottom + _NUMBER_SIZE
    y = layout.page[1] - y - long if odd else layout.page[1] - layout.top + _NUMBER_SIZE
    place = element("tblpPr", horzAnchor="page", vertAnchor="page", tblpX=round(x * 20), tblpY=round(y * 20))
    properties.insert(1 if properties.find(qn("w:tblStyle")) is not None else 0, place)
    row, cell = table.rows[0], table.cell(0, 0)
    row.height = Pt(long)
    cell_properties = cell._tc.get_or_add_tcPr()
    cell_properties.append(element("textDirection", val="tbRl"))
    line = cell.paragraphs[0]
    line.alignment = ALIGN["right" if odd else "left"]
    set_line(line.paragraph_format, _NUMBER_SIZE)
    _dashed(line)
