"""Photos and charts in a Word file."""

from __future__ import annotations

import io

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from hazard_desk.papers.lines import printable
from hazard_desk.papers.model import Chart, Photos, Picture, Scan
from hazard_desk.papers.pdf.pictures import drawn, missing_text, room_of, scan_drawn
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


def add_scan(line: Paragraph, block: Scan, setter: Typesetter) -> None:
    """Put a scanned page into the one paragraph of its page."""
    layout = setter.layout
    made = scan_drawn(block, layout)
    if made.content is None:
        set_run(line.add_run(printable(missing_text(block.picture))))
    else:
        left, down = (
            (room - long) / 2 for room, long in zip(layout.page, (made.width, made.height), strict=True)
        )
        float_picture(line, made.content, (left, down, made.width, made.height))


def float_picture(line: Paragraph, content: bytes, area: tuple[float, float, float, float]) -> None:
    """Put a picture on the page of a paragraph, behind its text and moving none of it.

    ``area`` is how far from the sheet's left and upper edge it stands, its width and height, in points.
    """
    left, down, width, height = area
    run = line.add_run()
    run.add_picture(io.BytesIO(content), Pt(width), Pt(height))
    inline = run._r.find(f"{qn('w:drawing')}/{qn('wp:inline')}")
    places = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{int(Pt(far))}</wp:posOffset>'
        f"</wp:position{axis}>"
        for axis, far in (("H", left), ("V", down))
    )
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"'
        f' behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{places}'
        f"</wp:anchor>"
    )
    extent, *others = list(inline)
    for child in (extent, parse_xml(f"<wp:wrapNone {nsdecls('wp')}/>"), *others):
        anchor.append(child)
    inline.getparent().replace(inline, anchor)


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
