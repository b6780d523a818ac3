"""The head of a letter (信函格式, §10.1): the issuer between red double rules, the number at the right."""

from __future__ import annotations

from dataclasses import replace

from reportlab.lib.units import mm

from hazard_desk.papers import model
from hazard_desk.papers.lines import break_lines, printable
from hazard_desk.papers.pdf.pen import RED, Pen
from hazard_desk.papers.pdf.typeset import Strip, Typesetter, overlaid

LETTER_MARK_TOP, LETTER_MARK_SIZE = 30 * mm, 42
"""The mark: its top from the sheet's upper edge, and its largest size."""
LETTER_RULE_BELOW, LETTER_RULE_FOOT, LETTER_RULE_LONG = 4 * mm, 20 * mm, 170 * mm
"""The double rules: the first below the mark, the second from the sheet's lower edge; how long both are."""
THICK, THIN, BETWEEN = 1.0 * mm, 0.35 * mm, 0.6 * mm
NUMBER_BELOW = 16 * 7 / 8
"""From the rule to the number: seven eighths of the height of a 3号 character."""


def letter_mark_size(issuer: str, setter: Typesetter) -> float:
    """Return the size of the mark: as large as it may be within the type area."""
    return min(LETTER_MARK_SIZE, setter.layout.width / max(setter.width(issuer, "小标宋", 1), 1))


def letter_head(block: model.Letterhead, setter: Typesetter) -> list[Strip]:
    """Return the head and both rules of the first page; two lines follow before the title."""
    layout, pitch = setter.layout, setter.layout.pitch
    issuer, number = printable(block.issuer), printable(block.number)
    size = letter_mark_size(issuer, setter)
    mark_down = LETTER_MARK_TOP - (layout.page[1] - layout.top)
    mark_x = (layout.page[0] - setter.width(issuer, "小标宋", size)) / 2
    rule_down = mark_down + size + LETTER_RULE_BELOW
    number_down = rule_down + THICK + BETWEEN + THIN + NUMBER_BELOW + layout.size / 2
    number_x = layout.left + layout.width - setter.width(number, "仿宋")

    def rules(pen: Pen, top: float) -> None:
        first = top - rule_down - THICK / 2
        _double(pen, layout.page[0], first, THICK, first - BETWEEN - (THICK + THIN) / 2, THIN)
        _double(pen, layout.page[0], LETTER_RULE_FOOT, THICK, LETTER_RULE_FOOT + BETWEEN + THICK, THIN)

    draws = [
        setter.draw(mark_x, mark_down + size / 2, issuer, "小标宋", size, colour=RED),
        setter.draw(number_x, number_down, number, "仿宋", layout.size, setter.spacing),
        rules,
    ]
    strip = overlaid(number_down + pitch / 2 + 2 * pitch, draws, keep=True)
    return [replace(strip, unnumbered=True)]


def _double(pen: Pen, sheet: float, thick_y: float, thick: float, thin_y: float, thin: float) -> None:
    """Draw a rule of two lines in the middle of the sheet."""
    left = (sheet - LETTER_RULE_LONG) / 2
    for y, width in ((thick_y, thick), (thin_y, thin)):
        pen.rules([(left, y, left + LETTER_RULE_LONG, y)], width, RED)


def letter_copies(block: model.Imprint, setter: Typesetter, size: float) -> list[Strip]:
    """Return who gets copies, without rules, issuer and date."""
    layout = setter.layout
    text = printable(f"抄送：{block.copies}。")
    lines = break_lines(text, setter.measure("仿宋", size), layout.width - 2 * size)
    pitch = size * 1.6
    draws = [
        setter.draw(layout.left + size, pitch * (at + 0.5), line.text, "仿宋", size)
        for at, line in enumerate(lines)
    ]
    return [overlaid(pitch * len(lines), draws)]
