"""Holds a paper in two formats side by side: what stands on each page, and where each line ends."""

from __future__ import annotations

import re

from tests.papers.reading import Glyph, ReadPage

_CLOSE = 3.0
"""Baselines so near to each other, in points, are one line."""

_NUMBER = re.compile(r"—\d+—|第\d+页共\d+页")
_SAME = str.maketrans({"\x02": "-", "\u2060": ""})
"""A hyphen at the end of a line as the reader tells it; what holds two characters together."""


def lines_of(page: ReadPage) -> list[str]:
    """Return what stands on the page, line by line, in a line from the left, without blanks."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((one for one in page.glyphs if one.char.strip()), key=lambda one: -one.y):
        if rows and rows[-1][0].y - glyph.y < _CLOSE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    texts = ("".join(glyph.char for glyph in sorted(row, key=lambda one: one.x)) for row in rows)
    return [text.translate(_SAME) for text in texts]


def ends_of(pages: list[ReadPage]) -> tuple[str, dict[int, str]]:
    """Return the whole text, and at how many characters of it a line or a page ends ("line", "page").

    Page numbers are left out: they stand where each program has them.
    """
    text, ends = "", {0: "page"}
    for page in pages:
        for line in lines_of(page):
            if not _NUMBER.fullmatch(line):
                text += line
                ends[len(text)] = "line"
        ends[len(text)] = "page"
    return text, ends


def differences(pdf: list[ReadPage], word: list[ReadPage]) -> list[str]:
    """Return every line and page that does not end alike in both, as a sentence; none when all do."""
    (text, ends), (other, other_ends) = ends_of(pdf), ends_of(word)
    told = []
    if len(pdf) != len(word):
        told.append(f"{len(pdf)} pages as PDF, {len(word)} as Word file")
    if text != other:
        at = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), -1)
        told.append(
            f"texts part: {text[at - 9 : at + 15]!r} as PDF, {other[at - 9 : at + 15]!r} as Word file"
        )
        return told
    for at in sorted(ends.keys() | other_ends.keys()):
        one, two = ends.get(at, "none"), other_ends.get(at, "none")
        if one != two:
            told.append(
                f"{text[max(at - 14, 0) : at]}|{text[at : at + 14]}: {one} as PDF, {two} as Word file"
            )
    return told
