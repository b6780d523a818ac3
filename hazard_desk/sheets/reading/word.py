"""A Word document (.docx) opened safely: its paragraphs with their automatic numbers, its tables.

Headers, footers, comments and footnotes are not read. This and what it is made of are the one place
besides the papers that knows python-docx.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Block, Document, Paragraph, document_of
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.word.lists import WordLists, WordStyle, small_number, styles_of
from hazard_desk.grid.word.numbering import Numbers
from hazard_desk.grid.word.text import Element, W, boxes_in, chosen, says, text_of
from hazard_desk.sheets.reading.cell_scan import BAD_XML
from hazard_desk.sheets.reading.zipped import DAMAGED
from hazard_desk.store.archives import BOMB, damage_as, unpacked

_MOST_UNPACKED = 60 << 20
"""Bytes of a Word document unpacked, pictures and all."""
_MOST_TEXT = 10 << 20
"""Bytes of its text: the table of an office is far smaller."""
_MOST_PARTS = 2_000
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60
_DEEPEST = 100
"""Tables, frames and boxes within one another."""
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_FOOTNOTES = {f"{W}footnoteReference", f"{W}endnoteReference"}


def read_word(file: Path) -> Document:
    """Return what a .docx holds. Raises ``Refused`` with what is wrong with the file."""
    look_through_word(file)
    try:
        return _read(file.read_bytes())
    except (Refused, OSError):
        raise
    except Exception:  # whatever a damaged part makes the reader stumble over
        raise Refused("已损坏或不是Word文档，读不出来，请用WPS或Office打开后另存为 .docx 再试") from None


def look_through_word(file: Path) -> None:
    """Unpack every part of a .docx, whatever size it claims. ``Refused`` for a bomb or a document type."""
    with damage_as(DAMAGED), zipfile.ZipFile(file) as archive:
        _look_through(archive)


def _look_through(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_UNPACKED:
        raise Refused(BOMB)
    left = _MOST_UNPACKED
    for info in infos:
        xml = info.filename.lower().endswith((".xml", ".rels"))
        content = unpacked(archive, info, min(left, _MOST_TEXT) if xml else left)
        left -= len(content)
        if xml and (BAD_XML.search(content[:4096]) or content[:2] in (b"\xff\xfe", b"\xfe\xff")):
            raise Refused("内容不是正常的Word文档，没有打开")


def _read(content: bytes) -> Document:
    document = docx.Document(BytesIO(content))
    linked = {rel.reltype: rel for rel in document.part.rels.values() if not rel.is_external}
    numbering = RELATIONSHIP_TYPE.NUMBERING in linked
    reader = _Reader(document.styles.element, document.part.numbering_part.element if numbering else None)
    body: Element = document.element.body
    blocks = list(reader.blocks(body, 0))
    noted = any(body.find(f".//{kind}") is not None for kind in _FOOTNOTES)
    return document_of(blocks, ["脚注和尾注没有读取。"] * noted)


class _Reader:
    """Goes through a document once from the top: the numbers count on."""

    def __init__(self, styles: Element, numbering: Element | None) -> None:
        self.styles, self.usual = styles_of(styles)
        self.lists = WordLists(numbering, self.styles)
        self.numbers = Numbers(self.lists.kinds)

    def blocks(self, parent: Element, depth: int) -> Iterator[Block]:
        """Yield the paragraphs and tables of the body, or of a frame within it."""
        if depth > _DEEPEST:
            return
        before = ""
        for node in chosen(parent):
            if node.tag == f"{W}p":
                one = self._paragraph(node, before)
                before = "" if one else before + text_of(node)
                if one:
                    yield one
                for box in boxes_in(node):
                    yield from self.blocks(box, depth + 1)
            elif node.tag == f"{W}tbl":
                yield from self._table_or_frame(node, depth)
            elif node.tag in _WRAPPERS:
                yield from self.blocks(node, depth + 1)

    def _paragraph(self, node: Element, before: str) -> Paragraph | None:
        """The paragraph; None for one whose end was deleted: its text belongs to the next."""
        props = node.find(f"{W}pPr")
        mark = props.find(f"{W}rPr") if props is not None else None
        if mark is not None and mark.find(f"{W}del") is not None:
            return None
        name = says(props, "pStyle") or self.usual
        style = self.styles.get(name, WordStyle())
        number, level = self._number(props, name, style)
        outline = small_number(says(props, "outlineLvl"), style.outline)
        heading = outline + 1 if 0 <= outline < 9 else 0
        return Paragraph(
            before + text_of(node),
            number,
            level or heading,
            "" if name == self.usual else style.name,
            centred=(says(props, "jc") or style.align) == "center",
        )

    def _number(self, props: Element | None, name: str, style: WordStyle) -> tuple[str, int]:
        """The automatic number of a paragraph and its level from 1; '' and 0 for none."""
        told = props.find(f"{W}numPr") if props is not None else None
        own = says(told, "numId")
        one = own or style.list
        if one in ("", "0"):
            return "", 0
        level = small_number(says(told, "ilvl"), -1)
        if level < 0:
            kept = -1 if own else self.lists.level_of(one, name)
            level = kept if kept >= 0 else 0 if own else max(style.level, 0)
        number = self.numbers.next(one, level)
        return number, level + 1 if number else 0

    def _table_or_frame(self, node: Element, depth: int) -> Iterator[Block]:
        """A table; the content of one that has a single cell with tables in it: a frame around them."""
        rows = list(_within(node, f"{W}tr"))
        cells = list(_within(rows[0], f"{W}tc")) if len(rows) == 1 else []
        if len(cells) == 1 and next(_within(cells[0], f"{W}tbl"), None) is not None:
            yield from self.blocks(cells[0], depth + 1)
        elif rows:
            yield self._table(rows, depth)

    def _table(self, rows: list[Element], depth: int) -> Grid:
        """Lay a table out on its grid: a cell that goes on from above belongs to the block begun there."""
        if len(rows) > _MOST_ROWS:
            raise Refused(f"里的表格超过{_MOST_ROWS}行，请分成几个文件")
        laid: list[list[str]] = []
        blocks: list[list[int]] = []
        open_blocks: dict[int, list[int]] = {}
        for row in rows:
            props = row.find(f"{W}trPr")
            if props is not None and props.find(f"{W}del") is not None:
                continue
            texts = [""] * small_number(says(props, "gridBefore"), 0)
            still: dict[int, list[int]] = {}
            for cell in _within(row, f"{W}tc"):
                about = cell.find(f"{W}tcPr")
                column, span = len(texts), max(1, small_number(says(about, "gridSpan"), 1))
                if column + span > _MOST_COLUMNS:
                    raise Refused(f"里的表格超过{_MOST_COLUMNS}栏，请删去多余的栏")
                block = open_blocks.get(column) if _goes_on(about, "vMerge") else None
                if _goes_on(about, "hMerge") and texts and blocks[-1][0] == len(laid):
                    blocks[-1][3] = column + span - 1  # as WPS merges across
                    texts += [""] * span
                    continue
                if block is None:
                    block = [len(laid), column, len(laid), column + span - 1]
                    blocks.append(block)
                    texts.append(self._cell(cell, depth + 1))
                else:
                    block[2] = len(laid)
                    texts.append("")
                texts += [""] * (span - 1)
                if about is not None and about.find(f"{W}vMerge") is not None:
                    still[column] = block
            open_blocks = still
            laid.append(texts)
        return Grid("", laid, [(block[0], block[1], block[2], block[3]) for block in blocks])

    def _cell(self, cell: Element, depth: int) -> str:
        """What a cell says; a table within it row by row."""
        lines: list[str] = []
        for block in self.blocks(cell, depth):
            if isinstance(block, Grid):
                lines += [" ".join(line) for row in range(len(block.rows)) if (line := block.line(row))]
            else:
                lines.append(block.whole)
        return "\n".join(lines).strip()


def _goes_on(about: Element | None, merge: str) -> bool:
    """Whether a cell belongs to the one above (vMerge) or before it (hMerge)."""
    said = about.find(W + merge) if about is not None else None
    return said is not None and said.get(f"{W}val", "continue") == "continue"


def _within(parent: Element, kind: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls."""
    for node in chosen(parent):
        if node.tag == kind:
            yield node
        elif node.tag in _WRAPPERS:
            yield from _within(node, kind)
