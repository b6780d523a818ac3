"""Sets text as strips: pieces of one height that are never cut across pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hazard_desk.papers.fonts import FontRole, Fonts
from hazard_desk.papers.layout import Layout
from hazard_desk.papers.lines import BLANKS, BrokenLine, Widths, break_lines, printable
from hazard_desk.papers.model import Align
from hazard_desk.papers.pdf.pen import BLACK, MIDDLE, Colour, Pen
from hazard_desk.papers.pdf.table_ruler import Ems

_WIDEST_SPREAD = 0.5
"""The most, in em, that characters are moved apart to fill a line; beyond it the line stays short."""

Draw = Callable[[Pen, float], None]


@dataclass(frozen=True)
class Strip:
    """A piece of a page. ``draw`` gets the pen and the strip's top. ``keep``: not apart from the next.

    ``lead`` is the empty room above its characters: a page begins with the ink, not with this. One without
    ``ink`` is not carried overleaf. ``unnumbered``: its page bears no number.
    """

    height: float
    draw: Draw
    keep: bool = False
    lead: float = 0
    ink: bool = True
    unnumbered: bool = False


def gap(height: float, keep: bool = False, lead: float = 0) -> Strip:
    """Return a strip with nothing on it."""
    return Strip(height, lambda _pen, _top: None, keep, lead, ink=False)


def overlaid(height: float, draws: list[Draw], keep: bool = False, lead: float = 0) -> Strip:
    """Return one strip of several drawings with the same top."""

    def draw(pen: Pen, top: float) -> None:
        for each in draws:
            each(pen, top)

    return Strip(height, draw, keep, lead)


def shift(align: Align, spare: float) -> float:
    """Return how far right a text begins that leaves ``spare`` room."""
    return {"left": 0.0, "center": spare / 2, "right": spare}[align]


class Typesetter:
    """Sets text in the measures of one layout. Without other word it is body text."""

    def __init__(self, layout: Layout, fonts: Fonts) -> None:
        self.layout = layout
        self.fonts = fonts
        self.spacing = layout.advance - layout.size
        """Between the characters of body text, so that they fall on the grid."""
        self.ems = Ems(fonts)

    def measure(self, role: FontRole, size: float, spacing: float = 0) -> Widths:
        """Return what measures a text: the advance of each character, in points."""
        return lambda text: [em * size + spacing for em in self.fonts.widths(text, role)]

    def width(self, text: str, role: FontRole, size: float = 0) -> float:
        """Return the width of ``text`` in points: at ``size`` without spacing, else as body text."""
        measure = self.measure(role, size) if size else self.measure(role, self.layout.size, self.spacing)
        return sum(measure(text))

    def draw(
        self,
        x: float,
        down: float,
        text: str,
        role: FontRole,
        size: float,
        spacing: float = 0,
        colour: Colour = BLACK,
    ) -> Draw:
        """Return a drawing of ``text`` from ``x``, the middle of its characters ``down`` from the top."""
        down += MIDDLE * size
        return lambda pen, top: pen.text(x, top - down, text, role, size, spacing, colour)

    def body(self, x: float, text: str, role: FontRole = "仿宋", spread: float = 0) -> Draw:
        """Return a drawing of one line of body text from ``x``."""
        layout = self.layout
        return self.draw(x, layout.pitch / 2, text, role, layout.size, self.spacing + spread)

    def paragraph(
        self,
        text: str,
        role: FontRole = "仿宋",
        indent: int = 0,
        hang: float = 0,
        align: Align | None = None,
        keep: bool = False,
    ) -> list[Strip]:
        """Return body text, justified unless ``align`` is given.

        The first line is indented by ``indent`` characters, all lines by ``hang`` points.
        """
        layout = self.layout
        strips: list[Strip] = []
        for line in self.lines(text, role, indent, hang):
            moved = hang + (0 if strips else indent * layout.advance)
            room = layout.width - moved
            x = layout.left + moved + shift(align or "left", room - line.width)
            spread = 0 if align else self.spread(line, room)
            strips.append(Strip(layout.pitch, self.body(x, line.text, role, spread), keep, layout.lead))
        return strips

    def lines(self, text: str, role: FontRole = "仿宋", indent: int = 0, hang: float = 0) -> list[BrokenLine]:
        """Return the lines of a paragraph of body text."""
        layout = self.layout
        measure = self.measure(role, layout.size, self.spacing)
        text = printable(text).strip() if indent else printable(text)
        return break_lines(text, measure, layout.width - hang, indent * layout.advance)

    def parted(self, text: str, lines: int, indent: int = 0) -> tuple[str, str]:
        """Return the text of the first ``lines`` of a paragraph, and the rest of it."""
        text = printable(text).strip() if indent else printable(text)
        at = 0
        for line in self.lines(text, indent=indent)[:lines]:
            at = text.index(line.text, at) + len(line.text)
        return text[:at], text[at:].lstrip(f"{BLANKS}\n")

    def spread(self, line: BrokenLine, room: float) -> float:
        """Return how far apart the characters of ``line`` must move to fill ``room``."""
        gaps = len(line.text) - 1
        if line.last or gaps < 1:
            return 0
        spread = (room - line.width) / gaps
        return spread if spread <= _WIDEST_SPREAD * self.layout.size else 0
