"""Holds a paper in two formats side by side: what stands on each page, and where each line ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from tests.papers.equal.marks import ALLOWS_BREAK, JOINER
from tests.papers.reading import Glyph, ReadPage

_CLOSE = 3.0
"""Baselines so near to each other, in points, are one line."""

_TABULAR, _APART = 12.5, 4.5
"""In type up to this size what stands so far apart, in points, are lines of two cells of a table."""

_RAISED, _PLAIN = "⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "04567890123456789"
"""Digits that a PDF has as characters, and a Word file as smaller digits above and below the line."""
_SMALL = 0.58
"""How small these are."""

_UNSEEN = str.maketrans(
    {"\x02": "-", JOINER: "", ALLOWS_BREAK: "", " ": "", "\u3000": ""}
    | dict(zip(_RAISED, _PLAIN, strict=True))
)
"""A hyphen at the end of a line as the reader tells it; marks that are not seen."""


def lines_of(page: ReadPage) -> list[str]:
    """Return what stands on the page, line by line from the top, without blanks; each cell's line is one."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(_levelled(one for one in page.glyphs if one.char.strip()), key=lambda one: -one.y):
        if rows and rows[-1][0].y - glyph.y < _CLOSE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [text.translate(_UNSEEN) for row in rows for text in _texts(sorted(row, key=lambda one: one.x))]


def _levelled(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Yield them in their order, small digits on the line that they stand above or below."""
    base = None
    for glyph in glyphs:
        if base and abs(glyph.size - base.size * _SMALL) < 0.2 and abs(glyph.y - base.y) < base.size / 2:
            yield glyph._replace(y=base.y)
        else:
            base = glyph
            yield glyph


def _texts(row: list[Glyph]) -> Iterator[str]:
    text, end = "", row[0].x
    for glyph in row:
        if text and glyph.size < _TABULAR and glyph.x - end > _APART:
            yield text
            text = ""
        text += glyph.char
        end = glyph.x + glyph.size if glyph.char > "\u2e80" else glyph.box[2]
    yield text


def differences(pdf: list[ReadPage], word: list[ReadPage]) -> list[str]:
    """Return every line that stands on a page of one only, as a sentence; none when both are alike."""
    told = [f"{len(pdf)} pages as PDF, {len(word)} as Word file"] if len(pdf) != len(word) else []
    for number, (one, two) in enumerate(zip_longest(pdf, word), start=1):
        here = Counter(lines_of(one)) if one else Counter()
        there = Counter(lines_of(two)) if two else Counter()
        told += [f"page {number}, only as PDF: {line}" for line in (here - there).elements()]
        told += [f"page {number}, only as Word file: {line}" for line in (there - here).elements()]
    return told
