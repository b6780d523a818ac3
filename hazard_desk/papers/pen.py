"""Draws text and rules on a reportlab canvas: fonts by role, characters spaced, nothing as markup."""

from __future__ import annotations

import io
from collections.abc import Iterable

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from hazard_desk.papers.fonts import Fonts, Role, Run

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


class Pen:
    """Draws on one canvas. Plain text is gathered; all text is written in the order in which it comes,
    for that is the order in which readers copy it."""

    def __init__(self, canvas: Canvas, fonts: Fonts) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._spacing = 0.0
        self._begin_text()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        role: Role,
        size: float,
        spacing: float = 0,
        colour: Colour = BLACK,
    ) -> None:
        """Draw ``text`` from (x, y) on its baseline, ``spacing`` points after every character."""
        runs = self._fonts.runs(text, role)
        for run in runs:
            if run.heavy or colour != BLACK:
                self._apart(run, (1, 0, 0, 1, x, y), size, spacing, colour)
            else:
                self._gathered(run, x, y, size, spacing)
            if len(runs) > 1:
                x += sum(map(run.face.widths.__getitem__, run.text)) * size + len(run.text) * spacing

    def turned_text(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """Draw ``text`` from (x, y) downwards, turned to the right by a quarter."""
        for run in self._fonts.runs(text, role):
            self._apart(run, (0, -1, 1, 0, x, y), size, 0, BLACK)
            y -= sum(map(run.face.widths.__getitem__, run.text)) * size

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

    def end_page(self) -> None:
        """Write the page and begin the next."""
        self._write_text()
        self._canvas.showPage()
        self._spacing = 0.0

    def _begin_text(self) -> None:
        self._text: PDFTextObject = self._canvas.beginText()
        self._font: tuple[str, float] = ("", 0)

    def _write_text(self) -> None:
        if self._font[0]:
            self._canvas.drawText(self._text)
            self._begin_text()

    def _gathered(self, run: Run, x: float, y: float, size: float, spacing: float) -> None:
        text = self._text
        if self._font != (run.face.name, size):
            self._font = (run.face.name, size)
            text.setFont(run.face.name, size)
        if self._spacing != spacing:
            self._spacing = spacing
            text.setCharSpace(spacing)
        text.setTextOrigin(x, y)
        text.textLine(run.text)

    def _apart(self, run: Run, place: tuple[float, ...], size: float, spacing: float, colour: Colour) -> None:
        """Text with a state of its own: heavier, coloured or turned."""
        self._write_text()
        canvas = self._canvas
        canvas.saveState()
        text = canvas.beginText()
        text.setFont(run.face.name, size)
        text.setCharSpace(spacing)
        text.setFillColorRGB(*colour)
        if run.heavy:
            canvas.setLineWidth(size * _OUTLINE)
            canvas.setStrokeColorRGB(*colour)
            text.setTextRenderMode(2)
        text.setTextTransform(*place)
        text.textLine(run.text)
        canvas.drawText(text)
        canvas.restoreState()
