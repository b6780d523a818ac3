"""A filled Word file read back into the blocks of a paper, for the preview and the PDF.

What a paper cannot say (pictures, columns, colours) is named, so that nobody takes the PDF for the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from hazard_desk.grid.word.lists import WordLists, WordStyle, small_number, styles_of
from hazard_desk.grid.word.numbering import Numbers
from hazard_desk.grid.word.text import is_on, says, text_of
from hazard_desk.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Line,
    PageBreak,
    Para,
    Space,
    Table,
    Title,
)
from hazard_desk.papers.own.filling import linked_parts

_TITLE_SIZE = 36
"""Half points from which a centred line is a title."""
Level = Literal[1, 2, 3, 4]
_HEADINGS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (2, re.compile(r"（[一二三四五六七八九十]+）")),
    (3, re.compile(r"\d+[.．、]")),
    (4, re.compile(r"（\d+）")),
)
_LONGEST_HEADING = 40
_ALIGNS: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}
_A3 = 16_000
"""Twips that the short side of A3 is longer than."""
_TWIPS = 210
"""Of a character in a table."""
_PLAIN_COLOURS = {"auto", "000000", "none", "FFFFFF"}
_NEW_PAGE = "\u2029"
"""Stands in a paragraph where it goes on on a new page."""
_TEXT = {qn(f"w:{name}") for name in ("t", "drawing", "pict", "object")}


LaidCell = tuple[Cell | None, int, bool]
"""What a cell says (None where it goes on from above), how many columns wide, whether it merges downwards."""


def blocks_of(document: Document) -> list[Block]:
    """Return what a document says, in order."""
    linked_lists = any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in document.part.rels.values())
    lists = document.part.numbering_part.element if linked_lists else None
    return list(_Reader(document.styles.element, lists).blocks(document.element.body))


def lies_across(document: Document) -> bool:
    """Whether its first pages are wider than high."""
    return says_of(document.sections[0]._sectPr, "pgSz", "orient") == "landscape"


def is_large(document: Document) -> bool:
    """Whether its first pages are A3."""
    size = document.sections[0]._sectPr
    sides = (small_number(says_of(size, "pgSz", side), 0) for side in ("w", "h"))
    return min(sides) > _A3


def not_told(document: Document) -> list[str]:
    """Return what of a document a paper cannot say, by its name."""
    body = document.element.body
    columns = [small_number(one.get(qn("w:num"), ""), 1) for one in body.iter(qn("w:cols"))]
    kinds = RELATIONSHIP_TYPE
    said = {
        "图片": _has_picture(body),
        "文本框": next(body.iter(qn("w:txbxContent")), None) is not None,
        "页眉页脚": any(map(_says_more, _edges(document))),
        "分栏": any(number > 1 for number in columns),
        "脚注": any(True for _ in body.iter(qn("w:footnoteReference"), qn("w:endnoteReference"))),
        "批注": bool(linked_parts(document, kinds.COMMENTS)),
        "颜色": any(one.get(qn("w:val")) not in _PLAIN_COLOURS for one in body.iter(qn("w:color")))
        or any(one.get(qn("w:fill"), "auto") not in _PLAIN_COLOURS for one in body.iter(qn("w:shd"))),
    }
    return [name for name, there in said.items() if there]


def says_of(node: BaseOxmlElement, name: str, about: str) -> str:
    """Return an attribute of a child, '' where there is none."""
    child = node.find(qn(f"w:{name}"))
    return "" if child is None else str(child.get(qn(f"w:{about}"), ""))


def _has_picture(body: BaseOxmlElement) -> bool:
    return any(
        next(one.iter(qn("w:txbxContent")), None) is None
        for one in body.iter(qn("w:drawing"), qn("w:pict"), qn("w:object"))
    )


def _edges(document: Document) -> Iterator[BaseOxmlElement]:
    for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
        yield from (part.element for part in linked_parts(document, kind) if isinstance(part, XmlPart))


def _says_more(edge: BaseOxmlElement) -> bool:
    """Whether a header or footer says anything but the number of the page, which a paper has itself."""
    numbered = any("PAGE" in one.text for one in edge.iter(qn("w:instrText")) if one.text)
    numbered |= any("PAGE" in one.get(qn("w:instr"), "") for one in edge.iter(qn("w:fldSimple")))
    text = "".join(one.text or "" for one in edge.iter(qn("w:t")))
    if numbered:
        text = re.sub(r"[\d\s—–\-/第页共]", "", text)
    return bool(text.strip()) or _has_picture(edge)


class _Reader:
    """Goes through a document once from the top: the numbers count on."""

    def __init__(self, styles: BaseOxmlElement, numbering: BaseOxmlElement | None) -> None:
        self._sheet = {one.get(qn("w:styleId")): one for one in styles.iter(qn("w:style"))}
        self._styles, self._usual = styles_of(styles)
        self._lists = WordLists(numbering, self._styles)
        self._numbers = Numbers(self._lists.kinds)

    def blocks(self, parent: BaseOxmlElement) -> Iterator[Block]:
        for node in parent:
            if node.tag == qn("w:p"):
                yield from self._paragraph(node)
            elif node.tag == qn("w:tbl"):
                yield from self._table(node)
            elif node.tag == qn("w:sdt") and (content := node.find(qn("w:sdtContent"))) is not None:
                yield from self.blocks(content)

    def _paragraph(self, node: BaseOxmlElement) -> Iterator[Block]:
        props = node.find(qn("w:pPr"))
        if is_on(props, "pageBreakBefore"):
            yield PageBreak()
        pages = self._whole(node).split(_NEW_PAGE)
        for at, text in enumerate(pages):
            if at:
                yield PageBreak()
            if text.strip():
                yield self._said(node, props, text)
        section = props.find(qn("w:sectPr")) if props is not None else None
        if section is not None:
            yield from _section_break(section)
        elif not "".join(pages).strip() and len(pages) == 1 and not _shows(node):
            yield Space()

    def _said(self, node: BaseOxmlElement, props: BaseOxmlElement | None, text: str) -> Block:
        align = self._align(props)
        plain = text.strip()
        if align == "center":
            large = max(self._sizes(node), default=0) >= _TITLE_SIZE
            return Title(plain) if large else Line(plain, "center")
        if align == "right":
            return Line(plain.rstrip(), "right")
        level = self._level(node, props, plain)
        if level is not None:
            return Heading(level, plain)
        return Para(plain, indent=text.startswith(("　", "  ")) or self._indented(props))

    def _level(self, node: BaseOxmlElement, props: BaseOxmlElement | None, text: str) -> Level | None:
        """Return the level of a heading, None where it is none: by outline, else number and font."""
        if len(text) > _LONGEST_HEADING or text.endswith(("。", "；", "，")):
            return None
        outline = small_number(says(props, "outlineLvl"), self._style(props).outline)
        for level, number in _HEADINGS:
            if number.match(text) and (0 <= outline < 9 or self._stands_out(node)):
                return level
        return None

    def _stands_out(self, node: BaseOxmlElement) -> bool:
        """Whether all of a paragraph is bold, or set in a font of headings."""
        runs = [one.find(qn("w:rPr")) for one in node.iter(qn("w:r")) if one.find(qn("w:t")) is not None]
        return (
            bool(runs)
            and all(
                is_on(one, "b")
                or any(
                    font in says_of(one, "rFonts", "eastAsia") for font in ("黑体", "楷体", "SimHei", "KaiTi")
                )
                for one in runs
                if one is not None
            )
            and None not in runs
        )

    def _whole(self, node: BaseOxmlElement) -> str:
        """The text of a paragraph, its number before it; a blank that is underlined is a line to write on."""
        for run in node.iter(qn("w:r")):
            line = says(run.find(qn("w:rPr")), "u", "none") != "none"
            for one in run.iterchildren(qn("w:t")):
                if line and one.text and not one.text.strip():
                    one.text = "＿" * max(1, round(sum(2 if char == "　" else 1 for char in one.text) / 2))
        for one in list(node.iter(qn("w:br"))):
            if one.get(qn("w:type")) == "page":
                page = OxmlElement("w:t")
                page.text = _NEW_PAGE
                one.getparent().replace(one, page)
        number = self._number(node.find(qn("w:pPr")))
        return number + text_of(node).replace("\t", "　")

    def _number(self, props: BaseOxmlElement | None) -> str:
        told = props.find(qn("w:numPr")) if props is not None else None
        own, style = says(told, "numId"), self._style(props)
        one = own or style.list
        if one in ("", "0"):
            return ""
        level = small_number(says(told, "ilvl"), -1)
        if level < 0:
            level = 0 if own else max(self._lists.level_of(one, self._name(props)), style.level, 0)
        return self._numbers.next(one, level)

    def _name(self, props: BaseOxmlElement | None) -> str:
        return says(props, "pStyle") or self._usual

    def _style(self, props: BaseOxmlElement | None) -> WordStyle:
        return self._styles.get(self._name(props), WordStyle())

    def _align(self, props: BaseOxmlElement | None) -> Align:
        return _ALIGNS.get(says(props, "jc") or self._style(props).align, "left")

    def _indented(self, props: BaseOxmlElement | None) -> bool:
        """Whether the first line begins further in, by the paragraph or its style."""
        name = self._name(props)
        while props is not None or name:
            for about in ("firstLineChars", "firstLine"):
                told = says_of(props, "ind", about) if props is not None else ""
                if told:
                    return told != "0"
            style = self._sheet.get(name)
            name = says(style, "basedOn") if style is not None else ""
            props = style.find(qn("w:pPr")) if style is not None else None
            if style is None:
                return False
        return False

    def _sizes(self, node: BaseOxmlElement) -> Iterator[int]:
        name = self._name(node.find(qn("w:pPr")))
        style = self._sheet.get(name)
        usual = small_number(says(style.find(qn("w:rPr")), "sz"), 0) if style is not None else 0
        for run in node.iter(qn("w:r")):
            if run.find(qn("w:t")) is not None:
                yield small_number(says(run.find(qn("w:rPr")), "sz"), usual)

    # Tables

    def _table(self, node: BaseOxmlElement) -> Iterator[Block]:
        rows = list(node.iterchildren(qn("w:tr")))
        laid = [self._cells(row) for row in rows]
        width = max((sum(span for _, span, _ in row) for row in laid), default=0)
        if not width:
            return
        told = [_spread(row, width) for row in laid]
        table = [tuple(row) for row in _merged(told)]
        heads = 0
        while heads < len(rows) - 1 and is_on(rows[heads].find(qn("w:trPr")), "tblHeader"):
            heads += 1
        if any(cell and at + cell.rowspan > heads for at, row in enumerate(table[:heads]) for cell in row):
            heads = 0
        columns = tuple(Column("", room) for room in _widths(node, width))
        yield Table(columns, tuple(table[heads:]), tuple(table[:heads]))

    def _cells(self, row: BaseOxmlElement) -> list[LaidCell]:
        found: list[LaidCell] = []
        before = small_number(says(row.find(qn("w:trPr")), "gridBefore"), 0)
        if before:
            found.append((Cell(""), before, False))
        for node in row.iter(qn("w:tc")):
            if node.getparent() is not row and node.getparent().getparent().getparent() is not row:
                continue  # of a table within a cell
            about = node.find(qn("w:tcPr"))
            span = max(1, small_number(says(about, "gridSpan"), 1))
            merge = about.find(qn("w:vMerge")) if about is not None else None
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            found.append((None if goes_on else self._cell(node), span, merge is not None))
        return found

    def _cell(self, node: BaseOxmlElement) -> Cell:
        paragraphs = list(node.iter(qn("w:p")))
        lines = [self._whole(one).replace(_NEW_PAGE, "").strip() for one in paragraphs]
        first = next((one for one, line in zip(paragraphs, lines, strict=True) if line), None)
        align = self._align(first.find(qn("w:pPr"))) if first is not None else "left"
        bold = first is not None and self._stands_out(first)
        return Cell("\n".join(lines).strip("\n"), align=align, bold=bold)


def _section_break(ended: BaseOxmlElement) -> Iterator[Block]:
    """What follows the last paragraph of a section: a page, upright or across, unless it goes on there."""
    begun = next(iter(ended.xpath("following::w:sectPr")), None)
    if begun is not None and says(begun, "type", "nextPage") != "continuous":
        before, after = (says_of(one, "pgSz", "orient") == "landscape" for one in (ended, begun))
        yield PageBreak(after if after is not before else None)


def _shows(node: BaseOxmlElement) -> bool:
    return any(one.tag in _TEXT for one in node.iter() if one.tag != qn("w:t") or one.text)


def _spread(row: Sequence[LaidCell], width: int) -> list[LaidCell]:
    """Let the last cell of a row reach to the end of the table."""
    told = list(row) or [(Cell(""), width, False)]
    missing = width - sum(span for _, span, _ in told)
    cell, span, merges = told[-1]
    return [*told[:-1], (cell, span + missing, merges)]


def _merged(rows: Sequence[Sequence[LaidCell]]) -> list[list[Cell | None]]:
    """Return the rows of a table: a cell that goes on below covers what is as wide and goes on from it."""
    table: list[list[Cell | None]] = []
    reaching: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(rows):
        line: list[Cell | None] = []
        still: dict[tuple[int, int], tuple[int, int]] = {}
        for cell, span, merges in row:
            column = len(line)
            begun = reaching.get((column, span)) if cell is None else None
            if begun is not None:
                above = table[begun[0]][begun[1]]
                assert above is not None
                table[begun[0]][begun[1]] = replace(above, rowspan=at - begun[0] + 1)
                line += [None] * span
            else:
                line += [replace(cell or Cell(""), colspan=span), *[None] * (span - 1)]
                begun = (at, column)
            if merges:
                still[column, span] = begun
        table.append(line)
        reaching = still
    return table


def _widths(node: BaseOxmlElement, width: int) -> list[float]:
    """Return the widths of the columns in characters, as the grid of the table has them."""
    grid = [small_number(one.get(qn("w:w"), ""), 0) for one in node.iter(qn("w:gridCol"))][:width]
    known = [one for one in grid if one]
    usual = sum(known) / len(known) if known else _TWIPS * 10
    return [max(1.0, (one or usual) / _TWIPS) for one in [*grid, *[0] * (width - len(grid))]]
