"""Photos and charts in a Word file."""

from __future__ import annotations

import io

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from hazard_desk.papers.lines import printable
from hazard_desk.papers.model import Chart, Photos, Picture
from hazard_desk.papers.pdf.pictures import drawn, missing_text, room_of
from hazard_desk.papers.pdf.typeset import Typesetter
from hazard_desk.papers.pdf.writer import drawing
from hazard_desk.papers.pixels import as_png, page_pixels
from hazard_desk.papers.word.style import ALIGN, element, set_line, set_run

_CHART_DOTS = 300
"""Pixels to the inch of a chart: sharp on paper."""


def add_chart(line: Paragraph, block: Chart, setter: Typesetter) -> None:
    """Put the chart that the PDF draws into a paragraph, as a picture."""
    pdf, width, _height = drawing(block, setter.layout, setter.fonts)
    _picture_line(line)
    line.add_run().add_picture(io.BytesIO(as_png(page_pixels(pdf, 0, _CHART_DOTS))), Pt(width))


def photo_table(block: Photos, setter: Typesetter, document: Document) -> BaseOxmlElement:
    """Return the photos as a table without rules, a caption under each."""
    across = max(block.across, 1)
    rows = -(-len(block.photos) // across)
    room = room_of(block, setter.layout.width)
    table = document.add_table(rows, across)
    table.autofit = False
    cells = [cell for row in table.rows for cell in row.cells]
    for cell in cells:
        cell.width = Pt(setter.layout.width / across)
    for cell, photo in zip(cells, block.photos, strict=False):
        _photo(cell, photo, room, setter)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
    made: BaseOxmlElement = table._tbl
    return made


def _photo(cell: _Cell, photo: Picture, room: float, setter: Typesetter) -> None:
    made = drawn(photo, room)
    size = setter.layout.table_sizes[0]
    line = cell.paragraphs[0]
    if made.content is None:
        _framed(cell)
        set_line(line.paragraph_format, size * 1.3)
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(made.height / 2 - size)
        set_run(line.add_run(printable(missing_text(photo))), size=size)
        line.alignment = ALIGN["center"]
        return
    _picture_line(line)
    line.add_run().add_picture(io.BytesIO(made.content), Pt(made.width), Pt(made.height))
    below = cell.add_paragraph()
    set_line(below.paragraph_format, size * 1.3)
    below.paragraph_format.space_after = Pt(size * 0.6)
    below.alignment = ALIGN["center"]
    set_run(below.add_run(printable(photo.caption).replace("\n", " ")), size=size)


def _picture_line(line: Paragraph) -> None:
    """A line as high as its picture: one of fixed height would cut it off."""
    line.paragraph_format.line_spacing = 1.0
    line.alignment = ALIGN["center"]


def _framed(cell: _Cell) -> None:
    borders = element("tcBorders")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)
