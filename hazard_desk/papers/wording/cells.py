"""What a text says of the columns and cells of its tables besides words: widths, and where they stand.

It is read off the text alone, never off what a fact says: a fact is printed as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hazard_desk.papers.model import Align
from hazard_desk.papers.wording.inline import refused
from hazard_desk.papers.wording.tree import Inline

_ALIGNS: dict[str, Align] = {"居左": "left", "居中": "center", "居右": "right"}
_CELL_ALIGNS: dict[str, Align] = {"〔左〕": "left", "〔中〕": "center", "〔右〕": "right"}
_BLANKS = re.compile("[ \t]+")
_WIDTH = re.compile("[0-9]{1,3}([.][0-9]{1,2})?")
_USUAL, _LEAST, _MOST = 10, 1, 200
"""Widths in Chinese characters."""


@dataclass(frozen=True)
class ColumnText:
    """A column as a text has it: 列名 宽 对齐."""

    label: Inline
    width: float
    align: Align


def column_text(part: Inline) -> ColumnText:
    """Return what stands for a column, its width in characters. ``Refused`` for what is no width."""
    last = part.pieces[-1] if part.pieces else ""
    if not isinstance(last, str):
        return ColumnText(part, _USUAL, "left")
    label, *words = _BLANKS.split(last)
    widths = [word for word in words if word and word not in _ALIGNS]
    align: Align = next((_ALIGNS[word] for word in words if word in _ALIGNS), "left")
    width = _width(" ".join(widths), part.line) if widths else _USUAL
    return ColumnText(replace(part, pieces=(*part.pieces[:-1], label)), width, align)


def width_text(part: Inline) -> float:
    """Return the width that stands alone for a column of a form. ``Refused`` for what is none."""
    return _width("".join(piece if isinstance(piece, str) else "«»" for piece in part.pieces), part.line)


def words_of_cell(part: Inline) -> tuple[Inline, Align | None]:
    """Return the words of a cell, and where they are to stand; None as the column has it."""
    first = part.pieces[0] if part.pieces else ""
    align = _CELL_ALIGNS.get(first[:3]) if isinstance(first, str) else None
    if align is None or not isinstance(first, str):
        return part, None
    return replace(part, pieces=(first[3:], *part.pieces[1:])), align


def _width(text: str, line: int) -> float:
    if _WIDTH.fullmatch(text) and _LEAST <= float(text) <= _MOST:
        return float(text)
    raise refused(line, f"列宽应是{_LEAST}到{_MOST}的数字，以字数计，现为“{text}”")
