"""Chooses a table's size of type and the widths of its columns, from what they ask for and hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from hazard_desk.papers.lines import longest_word
from hazard_desk.papers.model import Column
from hazard_desk.papers.pdf.table_grid import Box
from hazard_desk.papers.pdf.table_ruler import PAD_X, Ems

_WIDEST_WORD = 14
"""No column is widened for a word longer than this, in em: the word is broken instead."""

_NARROWEST, _NAME, _SHORT = 2, 4, 5.5
"""A column's least width; what is left of a long text's; and the longest text that is not broken, in em."""

_MOST_KEPT = 0.75
"""The part of their widths that columns keep before a smaller size of type is taken."""


def set_columns(
    columns: Sequence[Column], boxes: Iterable[Box], ems: Ems, sizes: Sequence[float], width: float
) -> tuple[float, list[float]]:
    """Return a size of type out of ``sizes`` and the x of every column's edges, from 0 to ``width``.

    The size is the first at which the columns keep three quarters of what they ask for.
    """
    least, lines = _needs(boxes, ems, len(columns))
    usual = [max(column.width, word) for column, word in zip(columns, least, strict=True)]
    asked = [min(most, max(line, word)) for most, line, word in zip(usual, lines, least, strict=True)]
    names = [max(em if em <= _SHORT else _NAME, word) for em, word in zip(asked, least, strict=True)]
    pads = 2 * PAD_X * len(columns)
    wanted = sum(_kept(names, asked, _MOST_KEPT)) + pads
    size = next((size for size in sizes if wanted * size <= width), sizes[-1])
    shares = _shares(width / size - pads, least, names, asked, usual)
    return size, [0.0, *accumulate((em + 2 * PAD_X) * size for em in shares)]


def _kept(names: list[float], asked: list[float], part: float) -> list[float]:
    """That part of what was asked for, but room for a name."""
    return [max(name, em * part) for name, em in zip(names, asked, strict=True)]


def _shares(
    room: float, least: list[float], names: list[float], asked: list[float], usual: list[float]
) -> list[float]:
    """Widths of the columns that sum to ``room``.

    What is missing is taken from the widest first, which hold long texts, and only last from names and
    numbers; what is left over goes to the usual widths, then to all.
    """
    if room >= sum(usual):
        return _scaled(usual, room)
    if room >= sum(asked):
        return _between(asked, usual, room)
    if room <= sum(least):
        return _scaled(least, room)
    if room <= sum(names):
        return _between(least, names, room)
    low, high = 0.0, 1.0
    for _ in range(30):  # the sum grows with the part that is kept
        part = (low + high) / 2
        low, high = (part, high) if sum(_kept(names, asked, part)) <= room else (low, part)
    return _scaled(_kept(names, asked, low), room)


def _between(low: list[float], high: list[float], room: float) -> list[float]:
    part = (room - sum(low)) / max(sum(high) - sum(low), 0.001)
    return [a + (b - a) * part for a, b in zip(low, high, strict=True)]


def _scaled(widths: list[float], room: float) -> list[float]:
    return [em * room / sum(widths) for em in widths]


def _needs(boxes: Iterable[Box], ems: Ems, columns: int) -> tuple[list[float], list[float]]:
    """Of each column, the width of the longest word and of the longest line, in em."""
    least = [float(_NARROWEST)] * columns
    content = list(least)
    for at, text, role in {(box.column, box.text, box.role) for box in boxes if box.columns == 1}:
        line = max(ems.width(part, role) for part in text.split("\n"))
        content[at] = max(content[at], line)
        if line > least[at]:
            least[at] = max(least[at], min(ems.width(longest_word(text), role), _WIDEST_WORD))
    return least, content
