"""Reads papers back from PDF: every character with its place and size, as a reader program sees it."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw


class Glyph(NamedTuple):
    """A printed character: where its baseline begins, its size, its box (left, bottom, right, top)."""

    char: str
    x: float
    y: float
    size: float
    box: tuple[float, float, float, float]


class ReadPage(NamedTuple):
    """A page read back."""

    width: float
    height: float
    text: str
    glyphs: list[Glyph]

    @property
    def lines(self) -> list[list[Glyph]]:
        """The characters by their baselines, from the top; blanks left out."""
        rows: dict[float, list[Glyph]] = {}
        for glyph in self.glyphs:
            if glyph.char.strip():
                rows.setdefault(round(glyph.y, 1), []).append(glyph)
        return [sorted(rows[y], key=lambda glyph: glyph.x) for y in sorted(rows, reverse=True)]

    def line_texts(self, size: float | None = None) -> list[str]:
        """The lines as text; only characters of ``size`` when given."""
        texts = ("".join(g.char for g in line if size in (None, round(g.size, 1))) for line in self.lines)
        return [text for text in texts if text]

    def find(self, text: str) -> list[Glyph]:
        """The characters of the first place where ``text`` stands on one line."""
        for line in self.lines:
            at = "".join(glyph.char for glyph in line).find(text)
            if at >= 0:
                return line[at : at + len(text)]
        raise AssertionError(f"{text!r} does not stand on the page")


def read_pdf(content: bytes) -> list[ReadPage]:
    """Return the pages of a PDF."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_read_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage) -> ReadPage:
    text = page.get_textpage()
    glyphs = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        char = chr(raw.FPDFText_GetUnicode(text, at))
        glyphs.append(Glyph(char, x.value, y.value, raw.FPDFText_GetFontSize(text, at), text.get_charbox(at)))
    width, height = page.get_size()
    read = ReadPage(width, height, text.get_text_bounded(), glyphs)
    text.close()
    page.close()
    return read
