"""Writes a paper as PDF: official papers (GB/T 9704-2012) and ledgers."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from hazard_desk.papers.codes import squares_of
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.layout import (
    CODE_RIGHT,
    CODE_SIDE,
    CODE_UP,
    FOLIO_DOWN,
    FOLIO_RIGHT,
    FOLIO_SIZE,
    Layout,
)
from hazard_desk.papers.lines import printable
from hazard_desk.papers.model import Block, Paper
from hazard_desk.papers.pdf.archive import make_archival
from hazard_desk.papers.pdf.flow import pages_of
from hazard_desk.papers.pdf.pen import BLACK, GREY, MIDDLE, Pen
from hazard_desk.papers.pdf.setting import strips_of
from hazard_desk.papers.pdf.typeset import Typesetter
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.saving import save

rl_config.useA85 = 0  # binary streams: a quarter of the time and a fifth of the size saved

_CREATOR = "隐患工作台"
_NUMBER_SIZE, _NUMBER_BELOW = 14, 7 * mm
"""The page number: 4号, the upper edge of its dashes 7 mm below the type area (§7.5)."""
_FOOT_SIZE, _MARK_SIZE, _EDGE = 9, 10.5, 12 * mm
"""A ledger's page count; the mark on every page; their distance from the sheet's edge."""

_ASIDE = 12 * mm
"""How far the mark moves from the number that stands in its corner."""

_one_at_a_time = Lock()
"""reportlab's fonts keep a place in their file: one paper is written at a time."""


def write_pdf(paper: Paper, to: Path | BinaryIO, fonts: Fonts | None = None) -> str:
    """Write ``paper`` as PDF, by default with this computer's fonts. The same paper gives the same bytes.

    Return the characters that no font has: each is printed as 〓.

    A file is replaced only when the whole paper is ready. Raises ``Trouble`` naming the file when it
    cannot be written, for example while another program has it open.
    """
    with _one_at_a_time:
        content, lacking = _content(paper, fonts or Fonts.of_this_computer())
    if isinstance(to, Path):
        save(content, to)
    else:
        to.write(content)
    return lacking


def drawing(block: Block, layout: Layout, fonts: Fonts) -> tuple[bytes, float, float]:
    """Return a block alone as a PDF of one page that it fills, with its width and height in points."""
    with _one_at_a_time:
        setter = Typesetter(replace(layout, left=0.0), fonts)
        strips = strips_of(block, setter)
        size = (layout.width, sum(strip.height for strip in strips))
        file = io.BytesIO()
        canvas = _canvas(file, fonts)
        canvas.setPageSize(size)
        pen = Pen(canvas, fonts)
        top = size[1]
        for strip in strips:
            strip.draw(pen, top)
            top -= strip.height
        pen.end_page()
        canvas.save()
    return file.getvalue(), *size


def _canvas(file: BinaryIO, fonts: Fonts) -> Canvas:
    first = fonts.runs("", "仿宋")[0].face.name  # else every page names Helvetica, not embedded
    return Canvas(file, pageCompression=1, invariant=1, initialFontName=first)


def _content(paper: Paper, fonts: Fonts) -> tuple[bytes, str]:
    file = io.BytesIO()
    canvas = _canvas(file, fonts)
    make_archival(canvas, printable(paper.title).replace("\n", ""), _CREATOR)
    pen = Pen(canvas, fonts)
    for part in paper.bound:
        _draw_pages(part, canvas, pen, fonts)
    canvas.save()
    return file.getvalue(), pen.lacking


def _draw_pages(paper: Paper, canvas: Canvas, pen: Pen, fonts: Fonts) -> None:
    pages = pages_of(paper, fonts)
    squares = squares_of(paper.code) if paper.code else []
    for number, page in enumerate(pages, start=1):
        stop_if_unwanted()
        layout = page.setter.layout
        canvas.setPageSize(layout.page)
        for strip, top in page.strips:
            strip.draw(pen, top)
        if paper.folio:
            _draw_folio(pen, page.setter, str(paper.folio + number - 1))
        elif not paper.numbered or any(strip.unnumbered for strip, _ in page.strips):
            pass
        elif layout.official and not paper.counted:
            _draw_number(pen, page.setter, number)
        else:
            _draw_count(pen, page.setter, f"第 {number} 页  共 {len(pages)} 页")
        _draw_mark(pen, page.setter, printable(paper.mark), paper.folio > 0)
        _draw_code(pen, layout, squares)
        pen.end_page()


def _draw_count(pen: Pen, setter: Typesetter, text: str) -> None:
    layout = setter.layout
    size, y = _FOOT_SIZE, _EDGE
    if layout.official:
        size, y = _NUMBER_SIZE, layout.bottom - _NUMBER_BELOW - MIDDLE * _NUMBER_SIZE
    pen.text((layout.page[0] - setter.width(text, "宋体", size)) / 2, y, text, "宋体", size)


def _draw_number(pen: Pen, setter: Typesetter, number: int) -> None:
    layout = setter.layout
    text = f"— {number} —"
    size = _NUMBER_SIZE
    down = _NUMBER_BELOW + setter.fonts.ink_top("—", "宋体") * size
    long = setter.width(text, "宋体", size)
    odd = number % 2 == 1
    if layout.turned:  # the sheet's foot is the page's left side, its right edge the page's foot (§8)
        y = layout.bottom + size + long if odd else layout.top - size
        pen.turned_text(layout.left - down, y, text, "宋体", size)
    else:
        x = layout.left + layout.width - size - long if odd else layout.left + size
        pen.text(x, layout.bottom - down, text, "宋体", size)


def _draw_mark(pen: Pen, setter: Typesetter, mark: str, aside: bool) -> None:
    layout = setter.layout
    right = layout.left + layout.width
    if aside:
        right -= _ASIDE
    x = right - setter.width(mark, "黑体", _MARK_SIZE)
    pen.text(x, layout.page[1] - _EDGE - _MARK_SIZE, mark, "黑体", _MARK_SIZE, colour=GREY)


def _draw_code(pen: Pen, layout: Layout, squares: list[list[bool]]) -> None:
    """The code in the lower right corner, its dark squares a row at a time."""
    left, top = layout.page[0] - CODE_RIGHT - CODE_SIDE, CODE_UP + CODE_SIDE
    side = CODE_SIDE / max(len(squares), 1)
    for down, row in enumerate(squares, start=1):
        at = 0
        for dark, run in groupby(row):
            long = len(list(run))
            if dark:
                pen.fill((left + at * side, top - down * side, long * side, side), BLACK)
            at += long


def _draw_folio(pen: Pen, setter: Typesetter, number: str) -> None:
    width, height = setter.layout.page
    x = width - FOLIO_RIGHT - setter.width(number, "宋体", FOLIO_SIZE)
    pen.text(x, height - FOLIO_DOWN - MIDDLE * FOLIO_SIZE, number, "宋体", FOLIO_SIZE)
