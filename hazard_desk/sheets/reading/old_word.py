"""Old Word documents (.doc, and .wps, which is the same): text, automatic numbers, tables. Only used apart.

What such a file says of itself may be damaged or made up: the process apart bounds time and memory, and
every fault ends in one sentence.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import olefile

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Block, Document, Paragraph, document_of
from hazard_desk.grid.grid import Grid, Merge
from hazard_desk.grid.word.numbering import Numbers
from hazard_desk.sheets.reading.old_lists import (
    ALIGN,
    IN_LIST,
    LIST_LEVEL,
    OUTLINE,
    OldStyle,
    lists_of,
    styles_in,
)
from hazard_desk.sheets.reading.old_parts import (
    UNREADABLE,
    OldHead,
    OldRuns,
    characters,
    pieces_of,
    properties,
)
from hazard_desk.store.archives import LOCKED

_MOST_STREAM = 20 << 20
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60
_STYLES, _CHARACTERS, _PARAGRAPHS, _PIECES, _LISTS, _USES = 1, 12, 13, 33, 73, 74
"""Numbers of the tables among the pairs of the head."""
_IN_TABLE, _ROW_END, _DEEP, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244C
_ROW_AS, _MERGED_DOWN, _MERGED_ACROSS = 0xD608, 0xD62B, 0x5624
_DELETED, _HIDDEN = 0x0800, 0x083C
_END = re.compile("[\r\x07\x0c]")
_CODE = re.compile("\x13[^\x13-\x15]*\x14|\x13[^\x13-\x15]*\x15|\x15")
_SIGNS = {0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0x1F: "", 0xA0: " "}
_UNSEEN = dict.fromkeys([*range(9), 0x10, 0x11, 0x12, *range(0x13, 0x1E)], "") | _SIGNS
_NEAR = 40
"""Twentieths of a point within which two edges are one."""


@contextmanager
def _opened(file: Path) -> Iterator[olefile.OleFileIO]:
    """Open a compound file; whatever damage makes the library stumble over in the block is one sentence."""
    try:
        with olefile.OleFileIO(str(file)) as streams:
            yield streams
    except OSError as wrong:
        if wrong.errno:
            raise
        raise Refused(UNREADABLE) from None  # a fault of the library's own has no number
    except (Refused, MemoryError):
        raise
    except Exception:
        raise Refused(UNREADABLE) from None


def read_old_word(file: Path) -> Document:
    """Return what a .doc holds. Raises ``Refused`` with what is wrong with the file."""
    with _opened(file) as streams:
        return _read(streams)


def is_old_word(file: Path) -> bool:
    """Return whether a compound file holds a Word document."""
    try:
        with _opened(file) as streams:
            return bool(streams.exists("WordDocument"))
    except Refused:
        return False


def _stream(streams: olefile.OleFileIO, name: str) -> bytes:
    if not streams.exists(name):
        return b""
    if streams.get_size(name) > _MOST_STREAM:
        raise Refused("太大，请把照片等内容删去或分成几个文件")
    return bytes(streams.openstream(name).read(_MOST_STREAM))


def _read(streams: olefile.OleFileIO) -> Document:
    main = _stream(streams, "WordDocument")
    head = OldHead(main)
    if head.locked:
        raise Refused(LOCKED)
    if not head.known:
        raise Refused(UNREADABLE)
    reader = _Reader(main, _stream(streams, head.table), _stream(streams, "Data"), head)
    return document_of(list(reader.blocks()), ["脚注和尾注没有读取。"] * (head.footnotes > 0))


@dataclass
class _Row:
    """A row of a table as it is being read."""

    cells: list[str] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    goes_on: set[int] = field(default_factory=set)
    """Cells that continue the one above."""
    joined: set[int] = field(default_factory=set)
    """Cells that belong to the one before."""


class _Reader:
    """Goes through a document once from the top: the numbers count on."""

    def __init__(self, main: bytes, table: bytes, data: bytes, head: OldHead) -> None:
        self.main, self.data = main, data
        self.pieces = list(pieces_of(head.part(table, _PIECES), head.length))
        self.paragraphs = OldRuns(main, head.part(table, _PARAGRAPHS), 13)
        self.styles = styles_in(head.part(table, _STYLES))
        runs = OldRuns(main, head.part(table, _CHARACTERS), 1)
        self.unseen = [(first, last) for first, last, said in runs.items() if said and _is_unseen(said)]
        lists = head.part(table, _LISTS)
        uses = head.part(table, _USES)
        self.numbers = Numbers(lists_of(table, head.place(_LISTS), len(lists), uses))

    def blocks(self) -> Iterator[Block]:
        """Yield the paragraphs and tables in order."""
        rows: list[_Row] = []
        row, lines = _Row(), list[str]()
        for text, mark, said in self._texts():
            told, style = self._told(said)
            if not told.get(_IN_TABLE, b"\0")[0]:
                if rows:
                    yield _table(rows)
                    rows = []
                row, lines = _Row(), []
                yield self._paragraph(text, told, style)
                continue
            if mark == "\x07" and told.get(_ROW_END, b"\0")[0]:
                _shape(row, told)
                rows.append(row)
                row, lines = _Row(), []
                if len(rows) > _MOST_ROWS:
                    raise Refused(f"里的表格超过{_MOST_ROWS}行，请分成几个文件")
                continue
            if not told.get(_INNER_ROW, b"\0")[0]:
                lines.append(self._paragraph(text, told, style).whole)
            if mark == "\x07":
                row.cells.append("\n".join(lines).strip())
                lines = []
        if rows:
            yield _table(rows)

    def _texts(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield each paragraph's text, the mark that ends it, and what is said of it."""
        begun: list[str] = []
        for piece in self.pieces:
            text = characters(self.main, piece)
            at = 0
            for end in _END.finditer(text):
                begun.append(self._seen(text, at, end.start(), piece.at, 1 + piece.wide))
                byte = piece.at + end.start() * (1 + piece.wide)
                at = end.end()
                if not self._is_unseen(byte):  # an end that was deleted joins two paragraphs
                    yield "".join(begun), end.group(), self.paragraphs.at(byte)
                    begun = []
            begun.append(self._seen(text, at, len(text), piece.at, 1 + piece.wide))
        if any(begun):
            yield "".join(begun), "\r", b""

    def _seen(self, text: str, first: int, last: int, byte: int, size: int) -> str:
        """A part of a piece without what was deleted or is hidden."""
        if not self.unseen:
            return text[first:last]
        kept: list[str] = []
        at = first
        near = bisect_left(self.unseen, (byte + first * size, 0))
        for start, end in self.unseen[max(0, near - 1) :]:
            if start >= byte + last * size:
                break
            here, there = ((place - byte) // size for place in (start, end))
            if there > at:
                kept.append(text[at : max(at, here)])
                at = min(there, last)
        return "".join((*kept, text[at:last]))

    def _is_unseen(self, byte: int) -> bool:
        near = bisect_left(self.unseen, (byte + 1, 0)) - 1
        return near >= 0 and self.unseen[near][0] <= byte < self.unseen[near][1]

    def _told(self, said: bytes) -> tuple[dict[int, bytes], OldStyle]:
        """What holds for a paragraph: its own properties over those of its style."""
        number = struct.unpack_from("<H", said)[0] if len(said) > 1 else 0
        style = self.styles.get(number, OldStyle())
        return dict(style.said) | properties(said[2:], self.data), style if number else OldStyle()

    def _paragraph(self, text: str, told: dict[int, bytes], style: OldStyle) -> Paragraph:
        which = struct.unpack("<H", told.get(IN_LIST, b"\0\0"))[0]
        level = told.get(LIST_LEVEL, b"\0")[0]
        number = self.numbers.next(str(which), level) if 0 < which < 0x7FF else ""
        outline = told.get(OUTLINE, b"\x09")[0]
        align = next((told[kind][0] for kind in ALIGN if told.get(kind)), 0)
        heading = outline + 1 if outline < 9 else 0
        return Paragraph(
            _plain(text), number, level + 1 if number else heading, style.name, centred=align == 1
        )


def _is_unseen(said: bytes) -> bool:
    told = properties(said)
    return any(told.get(kind, b"\0")[:1] == b"\1" for kind in (_DELETED, _HIDDEN))


def _plain(text: str) -> str:
    """The text as it is printed: results of fields without their codes, no signs of pictures."""
    while (fewer := _CODE.sub("", text)) != text:
        text = fewer
    text = text.translate(_UNSEEN)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").rstrip("\n")


def _shape(row: _Row, told: dict[int, bytes]) -> None:
    """Take from the end of a row where its cells lie and which are merged."""
    shape = told.get(_ROW_AS, b"")
    if len(shape) < 3:
        return
    count = min(shape[2], len(row.cells))
    if count > _MOST_COLUMNS:
        raise Refused(f"里的表格超过{_MOST_COLUMNS}栏，请删去多余的栏")
    row.edges = list(struct.unpack_from(f"<{count + 1}h", shape, 3))
    cells = shape[3 + 2 * (shape[2] + 1) :]
    for at in range(min(count, len(cells) // 20)):
        flags = struct.unpack_from("<H", cells, 20 * at)[0]
        if flags & 3 == 1:
            row.joined.add(at)
        if flags >> 5 & 3 == 1:
            row.goes_on.add(at)
    changes = told.get(_MERGED_DOWN, b"")
    for at in range(0, len(changes) - 2, 3):
        (row.goes_on.add if changes[at + 2] == 1 else row.goes_on.discard)(changes[at + 1])
    if _MERGED_ACROSS in told:
        first, behind = told[_MERGED_ACROSS]
        row.joined |= set(range(first + 1, behind))


def _table(rows: list[_Row]) -> Grid:
    """Lay rows out on one grid: the edges of all of them are its columns."""
    edges = _columns(rows)
    laid: list[list[str]] = []
    merges: list[list[int]] = []
    above: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        texts: list[str] = []
        still: dict[int, list[int]] = {}
        block: list[int] | None = None
        for at, text in enumerate(row.cells):
            column, behind = _place(row, at, edges, len(texts))
            if block is not None and at in row.joined:
                block[3] = max(block[3], behind - 1)
                texts += [""] * (behind - len(texts))
                continue
            texts += [""] * (column - len(texts))
            block = above.get(column) if at in row.goes_on else None
            if block is None:
                block = [number, column, number, behind - 1]
                merges.append(block)
                texts.append(text)
            else:
                block[2] = number
                texts.append("")
            texts += [""] * (behind - len(texts))
            still[column] = block
        above = still
        laid.append(texts)
    blocks: list[Merge] = [(one[0], one[1], one[2], one[3]) for one in merges]
    return Grid("", laid, blocks)


def _columns(rows: list[_Row]) -> list[int]:
    found: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _place(row: _Row, at: int, edges: list[int], least: int) -> tuple[int, int]:
    """The first column of a cell and the one behind its last."""
    if at + 1 >= len(row.edges):
        return least, least + 1
    near = [max(0, bisect_left(edges, edge - _NEAR)) for edge in row.edges[at : at + 2]]
    column = max(near[0], least)
    return column, max(near[1], column + 1)
