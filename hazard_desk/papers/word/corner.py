"""The corners of Word's pages: the square code of a paper, the stamped number of a case file."""

from __future__ import annotations

from docx.section import _Header
from docx.shared import Mm

from hazard_desk.papers.codes import code_picture
from hazard_desk.papers.layout import (
    CODE_RIGHT,
    CODE_SIDE,
    CODE_UP,
    FOLIO_DOWN,
    FOLIO_RIGHT,
    FOLIO_SIZE,
    Layout,
)
from hazard_desk.papers.model import Paper
from hazard_desk.papers.word.pictures import float_picture
from hazard_desk.papers.word.style import element, page_field, set_property


def add_corner(header: _Header, paper: Paper, layout: Layout) -> None:
    """Put code and stamped number of a paper, where it has them, into a head of its pages."""
    line = header.paragraphs[0]
    if paper.code:
        down = layout.page[1] - CODE_UP - CODE_SIDE
        left = layout.page[0] - CODE_RIGHT - CODE_SIDE
        float_picture(line, code_picture(paper.code), (left, down, CODE_SIDE, CODE_SIDE))
    if paper.folio:
        line.paragraph_format.right_indent = Mm(12)
        _add_folio(header, layout)


def _add_folio(header: _Header, layout: Layout) -> None:
    """The number in a frame of its own, where the PDF has it."""
    framed = header.paragraphs[0].insert_paragraph_before()
    width, height = FOLIO_SIZE * 4, FOLIO_SIZE * 1.2
    place = {
        "w": round(width * 20),
        "h": round(height * 20),
        "hRule": "exact",
        "wrap": "around",
        "vAnchor": "page",
        "hAnchor": "page",
        "x": round((layout.page[0] - FOLIO_RIGHT - width) * 20),
        "y": round((FOLIO_DOWN - height / 2) * 20),
    }
    properties = framed._p.get_or_add_pPr()
    properties.insert(0, element("framePr", **place))
    set_property(properties, "spacing", line=round(height * 20), lineRule="exact", before=0, after=0)
    set_property(properties, "jc", val="right")
    framed._p.append(page_field("PAGE", FOLIO_SIZE))
