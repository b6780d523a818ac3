"""Draws text and rules on a reportlab canvas: fonts by role, characters spaced, nothing as markup."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import NamedTuple

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from hazard_desk.papers.fonts import FontRole, Fonts, Run

Colour = tuple[float, float, float]
Segment = tuple[float, float, float, float]
"""A straight line from (x, y) to (x, y)."""

Area = tuple[float, float, float, float]
"""A rectangle: the x and y of its lower left corner, width and height."""

BLACK: Colour = (0, 0, 0)
GREY: Colour = (0.5, 0.5, 0.5)
RED: Colour = (0.86, 0, 0)

MIDDLE = 0.38
"""How far above the baseline, in em, the middle of a Chinese character lies."""

_OUTLINE = 0.022
"""The outline that makes a stand-in font heavier, in em."""


def colour_of(code: str) -> Colour:
    """Return the colour written as RRGGBB."""
    red, green, blue = bytes.fromhex(code)
    return red / 255, green / 255, blue / 255


class _Shown(NamedTuple):
    """A run as the file shows it: its width in em, its characters, and codes under names of fonts."""

    em: float
    chars: int
    heavy: bool
    codes: list[tuple[str, str]]


class Pen:
    """Draws on one canvas. Plain text is gathered; all text is written in the order in which it comes,
    for that is the order in which readers copy it.

    Text goes into the page as operators of PDF (ISO 32000-1 §9.4): reportlab's own objects for text take
    three times as long over a ledger.
    """

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._known: dict[tuple[str, FontRole], list[_Shown]] = {}
        self._text: list[str] = []
        self._state: tuple[str, float, float] = ("", 0, 0)
        """Font, size and spacing as the page has them."""

    def text(
        self,
        x: float,
        y: float,
        text: str,
        role: FontRole,
        size: float,
        spacing: float = 0,
        colour: Colour = BLACK,
    ) -> None:
        """Draw ``text`` from (x, y) on its baseline, ``spacing`` points after every character."""
        for shown in self._shown(text, role):
            if shown.heavy or colour != BLACK:
                self._apart(shown, f"1 0 0 1 {x:.2f} {y:.2f} Tm", size, spacing, colour)
            else:
                self._gathered(shown, x, y, size, spacing)
            x += shown.em * size + shown.chars * spacing

    def turned_text(self, x: float, y: float, text: str, role: FontRole, size: float) -> None:
        """Draw ``text`` from (x, y) downwards, turned to the right by a quarter."""
        for shown in self._shown(text, role):
            self._apart(shown, f"0 -1 1 0 {x:.2f} {y:.2f} Tm", size, 0, BLACK)
            y -= shown.em * size

    def rules(self, segments: Iterable[Segment], width: float, colour: Colour = BLACK) -> None:
        """Draw straight lines of ``width`` points."""
        self._canvas.setLineCap(2)  # rules meet in closed corners
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.lines(segments)

    def fill(self, area: Area, colour: Colour) -> None:
        """Fill an area; what is drawn later stands on it."""
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(*area, stroke=0, fill=1)
        self._canvas.setFillColorRGB(*BLACK)

    def picture(self, area: Area, jpeg: bytes) -> None:
        """Draw a picture over an area."""
        x, y, width, height = area
        self._canvas.drawImage(ImageReader(io.BytesIO(jpeg)), x, y, width, height)

    @property
    def lacking(self) -> str:
        """The characters that were drawn so far and that no font has."""
        found = {(char, role) for text, role in self._known for char in text if self._fonts.lacks(char, role)}
        return "".join(sorted({char for char, _ in found}))

    def end_page(self) -> None:
        """Write the page and begin the next."""
        self._write_text()
        self._canvas.showPage()
        self._state = ("", 0, 0)

    def _shown(self, text: str, role: FontRole) -> list[_Shown]:
        known = self._known.get((text, role))
        if known is None:
            runs = self._fonts.runs(text, role) if text else []
            known = self._known[text, role] = [self._coded(run) for run in runs]
        return known

    def _coded(self, run: Run) -> _Shown:
        font, document = pdfmetrics.getFont(run.face.name), self._canvas._doc
        pieces = font.splitString(run.text, document)
        codes = [(font.getSubsetInternalName(subset, document), code.hex()) for subset, code in pieces]
        return _Shown(sum(map(run.face.widths.__getitem__, run.text)), len(run.text), run.heavy, codes)

    def _gathered(self, shown: _Shown, x: float, y: float, size: float, spacing: float) -> None:
        write = self._text.append
        write(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for font, code in shown.codes:
            if self._state != (font, size, spacing):
                self._state = (font, size, spacing)
                write(f"{font} {size:.2f} Tf {spacing:.3f} Tc")
            write(f"<{code}> Tj")

    def _apart(self, shown: _Shown, place: str, size: float, spacing: float, colour: Colour) -> None:
        """Text with a state of its own: heavier, coloured or turned."""
        self._write_text()
        red, green, blue = colour
        outline = f"{size * _OUTLINE:.3f} w {red:.3f} {green:.3f} {blue:.3f} RG 2 Tr " if shown.heavy else ""
        texts = " ".join(f"{font} {size:.2f} Tf <{code}> Tj" for font, code in shown.codes)
        self._canvas.addLiteral(
            f"q {red:.3f} {green:.3f} {blue:.3f} rg {outline}BT {spacing:.3f} Tc {place} {texts} ET Q"
        )

    def _write_text(self) -> None:
        if self._text:
            self._canvas.addLiteral("\n".join(("BT", *self._text, "ET")))
            self._text = []
