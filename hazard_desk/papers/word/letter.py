"""The head of a letter (信函格式, §10.1) in Word: mark and rules in frames at their places on the sheet."""

from __future__ import annotations

from collections.abc import Callable

from docx.shared import Pt
from docx.text.paragraph import Paragraph

from hazard_desk.papers import model
from hazard_desk.papers.lines import printable
from hazard_desk.papers.pdf.letter import (
    BETWEEN,
    LETTER_MARK_TOP,
    LETTER_RULE_BELOW,
    LETTER_RULE_FOOT,
    LETTER_RULE_LONG,
    NUMBER_BELOW,
    THICK,
    THIN,
    letter_mark_size,
)
from hazard_desk.papers.pdf.typeset import Typesetter
from hazard_desk.papers.word.style import ALIGN, blank_lines, element, set_line, set_property, set_run
from hazard_desk.papers.word.text import add_text

_RED = "DB0000"
_DOUBLE = THICK + BETWEEN + THIN
_EIGHTHS = round(_DOUBLE * 8)
"""The width of a border: all of its lines together, in eighths of a point."""


def add_letter_head(block: model.Letterhead, setter: Typesetter, line: Callable[[], Paragraph]) -> None:
    """Write mark, rules and number; ``line`` adds a paragraph."""
    layout, issuer = setter.layout, printable(block.issuer)
    size = letter_mark_size(issuer, setter)
    mark = line()
    set_run(add_text(mark, issuer), "小标宋", size - 0.5, _RED)
    set_line(mark.paragraph_format, size)
    _frame(mark, LETTER_MARK_TOP)
    _border(mark, "bottom", "thickThinSmallGap", round(LETTER_RULE_BELOW))
    foot = line()
    set_line(foot.paragraph_format, 1)
    _frame(foot, layout.page[1] - LETTER_RULE_FOOT - _DOUBLE)
    _border(foot, "top", "thinThickSmallGap", 0)
    number = line()
    add_text(number, printable(block.number))
    number.alignment = ALIGN["right"]
    rule_down = LETTER_MARK_TOP - (layout.page[1] - layout.top) + size + LETTER_RULE_BELOW + _DOUBLE
    middle = rule_down + NUMBER_BELOW + layout.size / 2
    number.paragraph_format.space_before = Pt(middle - layout.pitch / 2 + layout.lead)
    number.paragraph_format.space_after = blank_lines(layout, 2)
    number.paragraph_format.keep_with_next = True


def _frame(line: Paragraph, down: float) -> None:
    """Put a paragraph in the middle of the sheet, so far down."""
    place = {"w": round(LETTER_RULE_LONG * 20), "wrap": "none", "vAnchor": "page", "hAnchor": "page"}
    properties = line._p.get_or_add_pPr()
    properties.insert(0, element("framePr", **place, xAlign="center", y=round(down * 20)))
    line.alignment = ALIGN["center"]


def _border(line: Paragraph, side: str, style: str, space: int) -> None:
    borders = set_property(line._p.get_or_add_pPr(), "pBdr")
    borders.append(element(side, val=style, sz=_EIGHTHS, space=space, color=_RED))
