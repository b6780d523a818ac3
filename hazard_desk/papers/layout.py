"""The measures of a page, in points: GB/T 9704-2012 for official papers, our own for ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from hazard_desk.papers.model import PageSize, Paper

_A4, _A3 = (210 * mm, 297 * mm), (297 * mm, 420 * mm)
_SHEETS: dict[PageSize, tuple[float, float]] = {"A4": _A4, "A3": _A3, "wide": _A4}

ADVANCE = 15.8
"""From character to character: 28 on 156 mm (§5.2.3), in twentieths of a point, for Word knows no less."""

TOP, LEFT, BOTTOM = 37 * mm, 28 * mm, 35 * mm
RIGHT = 210 * mm - LEFT - 28 * ADVANCE
"""Margins of an official sheet held upright (§5.2.1); A4 leaves a type area of 156 × 225 mm."""

PITCH = 225 * mm / 22
"""From line to line: 22 lines a page (§5.2.3)."""


EDGE = 5 * mm
"""The margin of a scanned page: what printers leave white."""
CODE_SIDE, CODE_RIGHT, CODE_UP = 12.5 * mm, 7 * mm, 6 * mm
"""The square code of a paper: its side; how far from the sheet's right and lower edge it stands, away from
staples, page numbers and what an archive stamps."""
FOLIO_SIZE, FOLIO_RIGHT, FOLIO_DOWN = 14, 12 * mm, 11 * mm
"""The stamped number of a page of a case file: 4号; its end and its middle from the sheet's edges."""


@dataclass(frozen=True)
class Layout:
    """Page, type area (``left``, ``top`` from the page's lower left corner) and sizes of type."""

    page: tuple[float, float]
    left: float
    top: float
    width: float
    height: float
    size: float
    advance: float
    pitch: float
    title_size: float
    title_pitch: float
    table_sizes: tuple[float, ...]
    """Sizes of type for tables, the largest first; a crowded table takes the next."""
    official: bool
    turned: bool
    """A landscape page of an official paper: the sheet turned, its page number staying in place."""

    @property
    def bottom(self) -> float:
        """The lower edge of the type area."""
        return self.top - self.height

    @property
    def lead(self) -> float:
        """Room above the characters of a line that a page does not begin with: ink stands at its top."""
        return (PITCH - self.size) / 2 if self.official else 0.0

    @property
    def below_table(self) -> float:
        """Room between a table and the small print that belongs to it."""
        return 0.3 * self.table_sizes[0]


_CLOSER = (22 / 23, 22 / 24)
"""How much closer the lines of an official page may stand, to hold one or two more (§7.3.5.5)."""


_SMALLER = 0.5
"""The step in which the type of tables is made smaller, in points."""


def tighter(layout: Layout) -> Iterator[Layout]:
    """Yield measures that hold a little more on the page, the next best first."""
    pitch, (size, *smaller) = layout.pitch, layout.table_sizes
    if layout.official:
        yield from (replace(layout, pitch=pitch * part) for part in _CLOSER)
        pitch *= _CLOSER[-1]
    while smaller and size - _SMALLER >= smaller[-1]:
        size -= _SMALLER
        sizes = (size, *(one for one in smaller if one < size))
        yield replace(layout, pitch=pitch, table_sizes=sizes)


def layout_of(paper: Paper, landscape: bool | None = None) -> Layout:
    """Return the measures of a page of ``paper``: as the paper lies, or as ``landscape`` says."""
    turned = paper.landscape if landscape is None else landscape
    layout = (_official if paper.style == "official" else _ledger)(paper.page_size, turned)
    return _to_the_edge(layout) if paper.style == "scan" else layout


def _official(size: PageSize, landscape: bool) -> Layout:
    width, height = _SHEETS[size]
    top, left, right, bottom = TOP, LEFT, RIGHT, BOTTOM
    if landscape:  # the table's head stands at the sheet's left edge (§8)
        width, height = height, width
        top, left, right, bottom = LEFT, BOTTOM, TOP, RIGHT
    return Layout(
        page=(width, height),
        left=left,
        top=height - top,
        width=width - left - right,
        height=height - top - bottom,
        size=16,
        advance=ADVANCE,
        pitch=PITCH,
        title_size=22,
        title_pitch=PITCH,
        table_sizes=(12, 10.5, 9),
        official=True,
        turned=landscape,
    )


def _ledger(size: PageSize, landscape: bool) -> Layout:
    width, height = _SHEETS[size]
    if landscape:
        width, height = height, width
    side, ends = 15 * mm, 20 * mm
    return Layout(
        page=(width, height),
        left=side,
        top=height - ends,
        width=width - 2 * side,
        height=height - 2 * ends,
        size=12,
        advance=12,
        pitch=20,
        title_size=18,
        title_pitch=28,
        table_sizes=(10.5, 10, 9),
        official=False,
        turned=False,
    )


def _to_the_edge(layout: Layout) -> Layout:
    """A page with no more margin than a printer needs."""
    width, height = layout.page
    return replace(layout, left=EDGE, top=height - EDGE, width=width - 2 * EDGE, height=height - 2 * EDGE)
