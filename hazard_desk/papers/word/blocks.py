"""How each block of the model is written into a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from itertools import accumulate

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from hazard_desk.papers import model
from hazard_desk.papers.fonts import FontRole
from hazard_desk.papers.layout import Layout
from hazard_desk.papers.lines import break_lines, printable
from hazard_desk.papers.pdf.setting import IMPRINT_SIZE, MARK_DOWN, MARK_SIZE, RULE_BELOW, strips_of
from hazard_desk.papers.pdf.table import TablePrinter
from hazard_desk.papers.pdf.table_parts import parts_of
from hazard_desk.papers.pdf.typeset import Typesetter
from hazard_desk.papers.titles import title_lines
from hazard_desk.papers.word.letter import add_letter_head
from hazard_desk.papers.word.pictures import add_chart, add_scan, photo_table
from hazard_desk.papers.word.style import (
    AFTER_FRAMES,
    ALIGN,
    blank_lines,
    element,
    indent_two,
    set_line,
    set_property,
    set_run,
    twips,
)
from hazard_desk.papers.word.table import WordTables
from hazard_desk.papers.word.text import add_text
from hazard_desk.stopping import stop_if_unwanted

_RED = "DB0000"
_HEADS = (model.Title, model.Subtitle, model.DocNumber)


class BlockWriter:
    """Writes blocks at the end of a document, in the measures of ``setter``'s layout."""

    def __init__(self, document: Document, setter: Typesetter, written: WordTables) -> None:
        self.document = document
        self.written = written
        self.setter = setter
        self._pitch = setter.layout.pitch
        self.tables: Iterator[TablePrinter] = iter(())
        """The tables to come, as the PDF has them."""
        self.imprint_apart = False
        """The imprint stands on a page of its own, as in the PDF."""
        self.breaks = False
        """The next block begins on a new page."""
        self._kept = False
        """The block stands on the page of what follows it."""
        self._last: Paragraph | None = None

    def write(self, block: model.Block, following: model.Block | None, kept: bool = False) -> None:
        """Write ``block``, knowing what follows it, and whether it is ``kept`` on one page with that."""
        stop_if_unwanted()
        self._last, self._kept = None, kept
        _write(block, self)
        written = self._last
        if written is None:
            return
        if isinstance(block, _HEADS) and following and not isinstance(following, _HEADS):
            half = isinstance(following, model.Table | model.FieldsLine)
            written.paragraph_format.space_after = blank_lines(self.setter.layout, 0.5 if half else 1)

    def line(
        self, text: str = "", style: str = "", role: FontRole | None = None, size: float = 0
    ) -> Paragraph:
        """Add a paragraph of plain text, lines broken where ``text`` breaks them."""
        line = self._last = self.document.add_paragraph(style=style or None)
        if self.setter.layout.pitch != self._pitch:  # set tighter than the styles say
            set_line(line.paragraph_format, self.setter.layout.pitch)
        if self.breaks:
            line.paragraph_format.page_break_before = True
            self.breaks = False
        if self._kept:
            line.paragraph_format.keep_with_next = True
        if text:
            set_run(add_text(line, printable(text)), role, size)
        return line

    @property
    def ends_with_table(self) -> bool:
        """Whether a table stands last."""
        last = self.document.element.body[-2:]
        return len(last) > 1 and last[0].tag == qn("w:tbl")

    def thin_line(self) -> None:
        """Add a paragraph that is not seen: between tables, which would grow together, or to turn a page."""
        set_line(self.line().paragraph_format, 1)

    def add_element(self, made: BaseOxmlElement) -> None:
        """Put a table at the end, apart from one that stands right before it."""
        body = self.document.element.body
        if made.getparent() is not None:
            body.remove(made)
        if self.breaks or self.ends_with_table:
            self.thin_line()
        body.insert_element_before(made, "w:sectPr")


@singledispatch
def _write(block: model.Block, to: BlockWriter) -> None:
    """Write one kind of block."""
    raise TypeError(block)


@_write.register
def _letterhead(block: model.Letterhead, to: BlockWriter) -> None:
    if block.letter:
        add_letter_head(block, to.setter, to.line)
        return
    layout, issuer = to.setter.layout, printable(block.issuer)
    size = min(MARK_SIZE, layout.width / max(to.setter.width(issuer, "小标宋", 1), 1))
    mark = to.line()
    set_run(add_text(mark, issuer), "小标宋", size - 0.5, _RED)
    set_line(mark.paragraph_format, size)
    mark.paragraph_format.space_before = Pt(MARK_DOWN)
    number = to.line(block.number)
    number.paragraph_format.space_before = blank_lines(layout, 2)
    number.paragraph_format.space_after = blank_lines(layout, 2)
    for line in (mark, number):
        line.alignment = ALIGN["center"]
        line.paragraph_format.keep_with_next = True
    borders = set_property(number._p.get_or_add_pPr(), "pBdr")
    borders.append(element("bottom", val="single", sz=12, space=round(RULE_BELOW), color=_RED))


@_write.register
def _attachment_mark(block: model.AttachmentMark, to: BlockWriter) -> None:
    mark = to.line(block.text, role="黑体")
    mark.alignment = ALIGN["left"]
    mark.paragraph_format.space_after = blank_lines(to.setter.layout, 1)
    mark.paragraph_format.keep_with_next = True


@_write.register
def _title(block: model.Title, to: BlockWriter) -> None:
    layout = to.setter.layout
    measure = to.setter.measure("小标宋", layout.title_size)
    title = to.line("\n".join(title_lines(printable(block.text), measure, layout.width)), "Title")
    title.paragraph_format.keep_with_next = True


def _centred(to: BlockWriter, text: str, role: FontRole | None = None) -> None:
    line = to.line(text, role=role)
    line.alignment = ALIGN["center"]
    line.paragraph_format.keep_with_next = True


@_write.register
def _para(block: model.Para, to: BlockWriter) -> None:
    note = model.attachment_note(block)
    if note:
        to.line()
        _hanging(note, to)
        return
    line = to.line(block.text.strip() if block.indent else block.text)
    if block.indent:
        indent_two(line.paragraph_format, to.setter.layout.advance)


@_write.register
def _hanging(block: model.Hanging, to: BlockWriter) -> None:
    """The lead, its characters moved apart to the width asked for, a colon, and what hangs after them."""
    advance = to.setter.layout.advance
    lead = printable(block.lead).replace("\n", "")
    colon = "：" if lead.endswith("：") else ""
    lead = lead.removesuffix("：")
    long = to.setter.width(lead, "仿宋")
    wide = max(block.width * advance, long)
    line = to.line()
    line.alignment = ALIGN["left"]
    line.paragraph_format.left_indent = Pt(3 * advance + wide)
    if lead:
        line.paragraph_format.first_line_indent = Pt(-advance - wide)
        spread = (wide - long) / max(len(lead) - 1, 1)
        set_run(add_text(line, lead[:-1]), spread=spread + to.setter.spacing)
        add_text(line, lead[-1] + colon)
    add_text(line, printable(block.text))


@_write.register
def _line(block: model.Line, to: BlockWriter) -> None:
    to.line(block.text).alignment = ALIGN[block.align]


def _small(to: BlockWriter, text: str, leading: float = 1.45) -> Paragraph:
    layout = to.setter.layout
    below_table = to.ends_with_table and not to.breaks
    line = to.line(text, size=layout.table_sizes[0])
    set_line(line.paragraph_format, layout.table_sizes[0] * leading)
    if below_table:
        line.paragraph_format.space_before = Pt(layout.below_table)
    line.alignment = ALIGN["left"]
    return line


@_write.register
def _fields_line(block: model.FieldsLine, to: BlockWriter) -> None:
    """The fields at stops spread over a line; each on a line of its own when one line is too short."""
    layout = to.setter.layout
    size = layout.table_sizes[0]
    texts = [printable(text).replace("\n", " ") for text in block.texts]
    widths = [to.setter.width(text, "仿宋", size) for text in texts]
    spare = layout.width - sum(widths)
    if spare < size * (len(texts) - 1):
        for text in texts:
            _small(to, text).paragraph_format.keep_with_next = True
        return
    gap = spare / max(len(texts) - 1, 1)
    line = _small(to, texts[0], 1.6)
    for text in texts[1:]:
        set_run(add_text(line, "\t" + text), size=size)
    line.paragraph_format.keep_with_next = True
    stops = line.paragraph_format.tab_stops
    for stop in [*accumulate(width + gap for width in widths[:-1])][:-1]:
        stops.add_tab_stop(Pt(stop))
    if len(texts) > 1:  # whatever font is there, the last one ends at the margin
        stops.add_tab_stop(Pt(layout.width), WD_TAB_ALIGNMENT.RIGHT)


@_write.register
def _signature(block: model.Signature, to: BlockWriter) -> None:
    """As in the PDF: the date four characters in with the issuer over its middle, or two to the right."""
    layout, advance = to.setter.layout, to.setter.layout.advance
    long, date_long = (to.setter.width(printable(text), "仿宋") for text in (block.issuer, block.date))
    date_in = 4 * advance
    issuer_in = max(date_in + (date_long - long) / 2, 0)
    if not block.sealed:
        issuer_in = max(2 * advance, date_long + 4 * advance - long)
        date_in = long + issuer_in - 2 * advance - date_long
    issuer, date = to.line(block.issuer), to.line(block.date)
    issuer.paragraph_format.space_before = blank_lines(layout, 2 if block.sealed else 1)
    issuer.paragraph_format.keep_with_next = True
    for line, room in ((issuer, issuer_in), (date, date_in)):
        line.alignment = ALIGN["right"]
        line.paragraph_format.right_indent = Pt(room)


@_write.register
def _imprint(block: model.Imprint, to: BlockWriter) -> None:
    """Lines framed at the foot of the type area, a character in, between rules of 0.35, 0.25 and 0.35 mm.

    That of a letter has no rules. A frame to each: LibreOffice frames none of two with unlike rules. A blank
    moves a line in, for rules are as long as what is between the indents.
    """
    layout = to.setter.layout
    high = sum(strip.height for strip in strips_of(block, to.setter))
    measure = to.setter.measure("仿宋", IMPRINT_SIZE)
    lines = break_lines(printable(f"抄送：{block.copies}。"), measure, layout.width - 2 * IMPRINT_SIZE)
    copies = to.line("\n".join(f"\u3000{line.text}" for line in lines), size=IMPRINT_SIZE)
    copies.paragraph_format.page_break_before = to.imprint_apart or None
    _frame(copies, layout, {"vAnchor": "page", "y": twips(layout.page[1] - layout.bottom - high)})
    if block.issuer:
        _rule(copies, {"top": 8})
        issued = to.line("", size=IMPRINT_SIZE)
        text = f"\u3000{printable(block.issuer)}\t{printable(block.date)}印发"
        set_run(add_text(issued, text), size=IMPRINT_SIZE)
        stops = issued.paragraph_format.tab_stops
        stops.add_tab_stop(Pt(layout.width - IMPRINT_SIZE), WD_TAB_ALIGNMENT.RIGHT)
        _frame(issued, layout, {"vAnchor": "margin", "yAlign": "bottom"})
        _rule(issued, {"top": 6, "bottom": 8})
    to.thin_line()


def _frame(line: Paragraph, layout: Layout, place: dict[str, object]) -> None:
    set_line(line.paragraph_format, IMPRINT_SIZE * 1.6)
    line.alignment = ALIGN["left"]
    across = {"w": twips(layout.width), "hAnchor": "margin", "xAlign": "left"}
    frame = element("framePr", wrap="around", **across, **place)
    line._p.get_or_add_pPr().insert_element_before(frame, "w:widowControl", *AFTER_FRAMES)


def _rule(line: Paragraph, rules: dict[str, int]) -> None:
    """Draw rules along a paragraph, so many eighths of a point wide."""
    borders = set_property(line._p.get_or_add_pPr(), "pBdr")
    for side, width in rules.items():
        borders.append(element(side, val="single", sz=width, space=0, color="000000"))


@_write.register
def _space(block: model.Space, to: BlockWriter) -> None:
    for _ in range(block.lines):
        to.line()


@_write.register
def _photos(block: model.Photos, to: BlockWriter) -> None:
    if block.photos:
        to.add_element(photo_table(block, to.setter, to.document))


@_write.register
def _scan(block: model.Scan, to: BlockWriter) -> None:
    add_scan(to.line(), block, to.setter)


@_write.register
def _chart(block: model.Chart, to: BlockWriter) -> None:
    add_chart(to.line(), block, to.setter)


@_write.register
def _table(block: model.Table, to: BlockWriter) -> None:
    for part in parts_of(block, to.setter):
        if isinstance(part, model.Table):
            for place in to.written.places(next(to.tables), to.document):
                to.add_element(place)
                to.breaks = True
            to.breaks = False
        else:
            to.write(part, block)


@_write.register
def _subtitle(block: model.Subtitle, to: BlockWriter) -> None:
    _centred(to, block.text, "楷体")


@_write.register
def _doc_number(block: model.DocNumber, to: BlockWriter) -> None:
    _centred(to, block.text)


@_write.register
def _heading(block: model.Heading, to: BlockWriter) -> None:
    to.line(block.text.strip(), f"Heading {block.level}")


@_write.register
def _note(block: model.Note, to: BlockWriter) -> None:
    _small(to, block.text)
