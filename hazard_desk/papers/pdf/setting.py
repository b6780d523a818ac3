"""How each block of the model is set as strips. Tables are set by ``table.py``."""

from __future__ import annotations

from functools import singledispatch

from reportlab.lib.units import mm

from hazard_desk.papers import model
from hazard_desk.papers.fonts import FontRole
from hazard_desk.papers.lines import break_lines, printable
from hazard_desk.papers.pdf.chart import chart_strips
from hazard_desk.papers.pdf.letter import letter_copies, letter_head
from hazard_desk.papers.pdf.pen import RED, Pen
from hazard_desk.papers.pdf.pictures import photo_strips, scan_strips
from hazard_desk.papers.pdf.typeset import Strip, Typesetter, gap, overlaid
from hazard_desk.papers.titles import title_lines

_HEADING_ROLES: dict[int, FontRole] = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}
MARK_DOWN, MARK_SIZE = 35 * mm, 56
"""The issuer's mark: its top below the type area's (§7.2.4), and its largest size."""
RULE_BELOW = 4 * mm
"""The red rule below the document number (§7.2.7)."""
IMPRINT_SIZE = 14
"""4号, of the imprint."""


@singledispatch
def strips_of(block: model.Block, setter: Typesetter) -> list[Strip]:
    """Return the strips of ``block``."""
    raise TypeError(block)


strips_of.register(model.Photos, photo_strips)
strips_of.register(model.Scan, scan_strips)
strips_of.register(model.Chart, chart_strips)


@strips_of.register
def _title(block: model.Title, setter: Typesetter) -> list[Strip]:
    layout = setter.layout
    size, pitch = layout.title_size, layout.title_pitch
    down = layout.lead + size / 2 if layout.official else pitch / 2  # as high as the lines below begin
    strips = []
    for line in title_lines(printable(block.text), setter.measure("小标宋", size), layout.width):
        x = layout.left + (layout.width - setter.width(line, "小标宋", size)) / 2
        strips.append(Strip(pitch, setter.draw(x, down, line, "小标宋", size), True, layout.lead))
    return strips


@strips_of.register
def _heading(block: model.Heading, setter: Typesetter) -> list[Strip]:
    return setter.paragraph(block.text, _HEADING_ROLES[block.level], indent=2, keep=True)


@strips_of.register
def _para(block: model.Para, setter: Typesetter) -> list[Strip]:
    note = model.attachment_note(block)
    if note:  # one line below the text, long names aligned (§7.3.4)
        return [gap(setter.layout.pitch), *_hanging(note, setter)]
    return setter.paragraph(block.text, indent=2 if block.indent else 0)


@strips_of.register
def _attachment_mark(block: model.AttachmentMark, setter: Typesetter) -> list[Strip]:
    return [*setter.paragraph(block.text, "黑体", align="left"), gap(setter.layout.pitch)]


@strips_of.register
def _hanging(block: model.Hanging, setter: Typesetter) -> list[Strip]:
    """Two characters in, the lead spread over its width and a colon; the text hangs after them."""
    layout = setter.layout
    left, advance = layout.left + 2 * layout.advance, layout.advance
    lead = printable(block.lead)
    colon = "：" if lead.endswith("：") else ""
    lead = lead.removesuffix("：")
    long = setter.width(lead, "仿宋")
    wide = max(block.width * advance, long)
    gaps = max(len(lead) - 1, 1)
    whole, rest = divmod((wide - long) / gaps + 0.01, advance)
    lead = ("\u3000" * int(whole)).join(lead)  # blanks, so that a reader does not take it for two words
    spread = rest * gaps / max(len(lead) - 1, 1)
    first, *others = setter.paragraph(block.text, hang=2 * advance + wide + advance)
    draws = [setter.body(left, lead, spread=spread), setter.body(left + wide, colon), first.draw]
    return [overlaid(first.height, draws, lead=layout.lead), *others]


@strips_of.register
def _note(block: model.Note, setter: Typesetter) -> list[Strip]:
    return _small_print(block.text, setter)


def _small_print(text: str, setter: Typesetter, keep: bool = False) -> list[Strip]:
    layout = setter.layout
    size = layout.table_sizes[0]
    lines = break_lines(printable(text), setter.measure("仿宋", size), layout.width)
    pitch = size * 1.45
    return [
        Strip(pitch, setter.draw(layout.left, pitch / 2, line.text, "仿宋", size), keep) for line in lines
    ]


@strips_of.register
def _fields_line(block: model.FieldsLine, setter: Typesetter) -> list[Strip]:
    """The fields spread over a line; each on a line of its own when one line is too short."""
    layout = setter.layout
    size = layout.table_sizes[0]
    texts = [printable(text).replace("\n", " ") for text in block.texts]
    widths = [setter.width(text, "仿宋", size) for text in texts]
    spare = layout.width - sum(widths)
    if spare < size * (len(texts) - 1):
        return [strip for text in texts for strip in _small_print(text, setter, keep=True)]
    gap = spare / max(len(texts) - 1, 1)
    starts = [layout.left + sum(widths[:at]) + gap * at for at in range(len(texts))]
    draws = [setter.draw(x, size * 0.7, text, "仿宋", size) for x, text in zip(starts, texts, strict=True)]
    return [overlaid(size * 1.6, draws, keep=True)]


@strips_of.register
def _signature(block: model.Signature, setter: Typesetter) -> list[Strip]:
    """Sealed: the date four characters in, the issuer centred over it, two blank lines for the seal.

    Not sealed: the issuer two characters in, the date beginning two characters right of it (§7.3.5).
    """
    layout = setter.layout
    advance, right = layout.advance, layout.left + layout.width
    issuer, date = printable(block.issuer), printable(block.date)
    long, date_long = setter.width(issuer, "仿宋"), setter.width(date, "仿宋")
    if block.sealed:
        date_x = right - 4 * advance - date_long
        issuer_x = min(date_x + (date_long - long) / 2, right - long)
    else:
        issuer_x = right - max(long + 2 * advance, date_long + 4 * advance)
        date_x = issuer_x + 2 * advance
    issuers = [Strip(layout.pitch, setter.body(issuer_x, issuer), True, layout.lead)]
    if long > layout.width:
        issuers = setter.paragraph(issuer, align="right", keep=True)
    blanks = [gap(layout.pitch, keep=True)] * (2 if block.sealed else 1)
    return [*blanks, *issuers, Strip(layout.pitch, setter.body(date_x, date))]


@strips_of.register
def _letterhead(block: model.Letterhead, setter: Typesetter) -> list[Strip]:
    """The mark 35 mm down, two lines, the number, the rule 4 mm below, two lines (§7.2.4–7.2.7)."""
    if block.letter:
        return letter_head(block, setter)
    layout, pitch = setter.layout, setter.layout.pitch
    issuer, number = printable(block.issuer), printable(block.number)
    size = min(MARK_SIZE, layout.width / max(setter.width(issuer, "小标宋", 1), 1))
    mark_x = layout.left + (layout.width - setter.width(issuer, "小标宋", size)) / 2
    number_x = layout.left + (layout.width - setter.width(number, "仿宋")) / 2
    number_down = MARK_DOWN + size + 2.5 * pitch
    rule_down = number_down + layout.size / 2 + RULE_BELOW

    def rule(pen: Pen, top: float) -> None:
        pen.rules([(layout.left, top - rule_down, layout.left + layout.width, top - rule_down)], 1.5, RED)

    draws = [
        setter.draw(mark_x, MARK_DOWN + size / 2, issuer, "小标宋", size, colour=RED),
        setter.draw(number_x, number_down, number, "仿宋", layout.size, setter.spacing),
        rule,
    ]
    return [overlaid(rule_down + 2 * pitch, draws, keep=True)]


@strips_of.register
def _imprint(block: model.Imprint, setter: Typesetter) -> list[Strip]:
    """Copies, then issuer and date, a character in, between rules of 0.35, 0.25, 0.35 mm (§7.4)."""
    if not block.issuer:
        return letter_copies(block, setter, IMPRINT_SIZE)
    layout = setter.layout
    left, right = layout.left, layout.left + layout.width
    copies = break_lines(
        printable(f"抄送：{block.copies}。"),
        setter.measure("仿宋", IMPRINT_SIZE),
        layout.width - 2 * IMPRINT_SIZE,
    )
    date = printable(f"{block.date}印发")
    texts = [(left + IMPRINT_SIZE, line.text) for line in copies]
    texts += [(left + IMPRINT_SIZE, printable(block.issuer))]
    pitch = IMPRINT_SIZE * 1.6
    draws = [
        setter.draw(x, pitch * (at + 0.5), text, "仿宋", IMPRINT_SIZE) for at, (x, text) in enumerate(texts)
    ]
    height = pitch * len(texts)
    date_x = right - IMPRINT_SIZE - setter.width(date, "仿宋", IMPRINT_SIZE)
    draws.append(setter.draw(date_x, height - pitch / 2, date, "仿宋", IMPRINT_SIZE))

    def rules(pen: Pen, top: float) -> None:
        pen.rules([(left, y, right, y) for y in (top, top - height)], 0.35 * mm)
        pen.rules([(left, top - height + pitch, right, top - height + pitch)], 0.25 * mm)

    return [overlaid(height, [*draws, rules])]


@strips_of.register
def _subtitle(block: model.Subtitle, setter: Typesetter) -> list[Strip]:
    return setter.paragraph(block.text, "楷体", align="center", keep=True)


@strips_of.register
def _doc_number(block: model.DocNumber, setter: Typesetter) -> list[Strip]:
    return setter.paragraph(block.text, align="center", keep=True)


@strips_of.register
def _line(block: model.Line, setter: Typesetter) -> list[Strip]:
    return setter.paragraph(block.text, align=block.align)


@strips_of.register
def _space(block: model.Space, setter: Typesetter) -> list[Strip]:
    return [gap(setter.layout.pitch)] * block.lines
