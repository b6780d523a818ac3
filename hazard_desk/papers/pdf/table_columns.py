"""Chooses a table's size of type and the widths of its columns, from what they ask for and hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from hazard_desk.papers.fonts import FontRole
from hazard_desk.papers.lines import is_number, longest_word, printable
from hazard_desk.papers.model import Column, Table
from hazard_desk.papers.pdf.table_grid import Box, role_of
from hazard_desk.papers.pdf.table_ruler import PAD_X, Ems

Texts = set[tuple[int, str, FontRole]]
"""What stands in single columns: the column, the text, its font."""

_WIDEST_WORD = 14
"""No column is widened for a word longer than this, in em: the word is broken instead."""

_NARROWEST, _NAME, _SHORT, _TORN = 2, 4, 5.5, 6
"""A column's least width; what is left of a long text's; the longest text that is not broken; and what is
left of a longer word's where columns are many, in em."""

_HALVED = 4
"""A head of so many characters may stand in two lines where room is scarce."""

_READ, _TEXT = 0.4, 8
"""The part of its width that a column needs to be read, and what is enough for the longest text, in em."""

_MOST_KEPT = 0.75
"""The part of their widths that columns keep before a smaller size of type is taken."""


def readable_widths(table: Table, ems: Ems) -> list[float]:
    """Return the width that each column needs to be read with ease, its margins with it, in em."""
    cells = {
        (at, cell.text, heavy or cell.bold)
        for heavy, rows in ((True, table.header_rows), (False, table.rows))
        for row in rows
        for at, cell in enumerate(row)
        if cell and cell.colspan == 1
    }
    texts = {(at, printable(text).strip(), role_of(heavy)) for at, text, heavy in cells}
    asked = _Asked(table.columns, texts, ems)
    return [
        max(torn, min(em * _READ, _TEXT)) + 2 * PAD_X
        for torn, em in zip(asked.torn, asked.whole, strict=True)
    ]


def set_columns(
    columns: Sequence[Column], boxes: Iterable[Box], ems: Ems, sizes: Sequence[float], width: float
) -> tuple[float, list[float]]:
    """Return a size of type out of ``sizes`` and the x of every column's edges, from 0 to ``width``.

    The size is the first at which the columns keep three quarters of what they ask for.
    """
    asked = _Asked(columns, {(box.column, box.text, box.role) for box in boxes if box.columns == 1}, ems)
    pads = 2 * PAD_X * len(columns)
    wanted = sum(_kept(asked.names, asked.whole, _MOST_KEPT)) + pads
    size = next((size for size in sizes if wanted * size <= width), sizes[-1])
    shares = _shares(width / size - pads, asked)
    return size, [0.0, *accumulate((em + 2 * PAD_X) * size for em in shares)]


class _Asked:
    """What the columns ask for, in em: ``usual`` widths; those that hold the ``whole`` text, at most usual;
    those of words, ``names`` and numbers, which are not to be broken; and what is left of these where columns
    are many, ``torn``: all but the numbers of documents and hazards, which are never broken."""

    def __init__(self, columns: Sequence[Column], texts: Texts, ems: Ems) -> None:
        least, lines, halved, numbers = _needs(texts, ems, len(columns))
        self.usual = [max(column.width, word) for column, word in zip(columns, least, strict=True)]
        self.whole = [
            most if column.fixed else min(most, max(line, word))
            for column, most, line, word in zip(columns, self.usual, lines, least, strict=True)
        ]
        short = [min(em, half) for em, half in zip(self.whole, halved, strict=True)]
        self.names = [max(em if em <= _SHORT else _NAME, word) for em, word in zip(short, least, strict=True)]
        self.torn = [max(min(name, _TORN), one) for name, one in zip(self.names, numbers, strict=True)]


def _kept(names: list[float], asked: list[float], part: float) -> list[float]:
    """That part of what was asked for, but room for a name."""
    return [max(name, em * part) for name, em in zip(names, asked, strict=True)]


def _shares(room: float, wants: _Asked) -> list[float]:
    """Widths of the columns that sum to ``room``.

    What is missing is taken from the widest first, which hold long texts, and only last from long words;
    what is left over goes to the usual widths, then to all.
    """
    names, asked, usual, torn = wants.names, wants.whole, wants.usual, wants.torn
    if room >= sum(usual):
        return _scaled(usual, room)
    if room >= sum(asked):
        return _between(asked, usual, room)
    if room <= sum(torn):
        return _scaled(torn, room)
    if room <= sum(names):
        return _between(torn, names, room)
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


class _Needs(NamedTuple):
    """Widths that the texts of each column need, in em: of the longest word, of the longest line, of that
    line with heads in two, of the longest number."""

    words: list[float]
    lines: list[float]
    halved: list[float]
    numbers: list[float]


def _needs(texts: Texts, ems: Ems, columns: int) -> _Needs:
    needs = _Needs(*([least] * columns for least in (float(_NARROWEST), float(_NARROWEST), 0.0, 0.0)))
    for at, text, role in texts:
        line = max(ems.width(part, role) for part in text.split("\n"))
        halved = role == role_of(True) and len(text) >= _HALVED and "\n" not in text
        half = ems.width(text[: (len(text) + 1) // 2], role) if halved else line
        needs.lines[at] = max(needs.lines[at], line)
        needs.halved[at] = max(needs.halved[at], half)
        if is_number(text):
            needs.numbers[at] = needs.words[at] = max(needs.words[at], line)
        elif line > needs.words[at]:
            word = ems.width(longest_word(text), role)
            needs.words[at] = max(needs.words[at], min(word, _WIDEST_WORD))
    return needs
