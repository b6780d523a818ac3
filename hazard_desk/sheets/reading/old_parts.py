"""The parts of an old Word document (.doc, .wps): its pieces of text and what is said of their runs.

Numbers and names are those of [MS-DOC], the published description of the format. Whatever a damaged file
makes Python raise (``struct.error``, ``IndexError``, ``ValueError``) is for the caller.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

UNREADABLE = "是旧版Word文档，这里读不出来，请用WPS或Word打开后另存为 .docx 再试"

_PAIRS = 154
"""Where in the head the pairs of place and length begin."""
_LENGTHS = 64
_PAGE = 512
_MOST_RUNS = 2_000_000
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of what a property says, by its kind; those of kind 6 tell it themselves."""
_TABLE_DEFINITION, _TABS, _HUGE = 0xD608, 0xC615, (0x6645, 0x6646)


@dataclass(frozen=True)
class OldPiece:
    """Text that lies together in the file."""

    count: int
    at: int
    """Byte of the first character."""
    wide: bool
    """Two bytes a character, else one."""


class OldHead:
    """What the head of a .doc says: how long its text is and where its tables lie."""

    def __init__(self, main: bytes) -> None:
        mark, self.version = struct.unpack_from("<HH", main)
        flags = struct.unpack_from("<H", main, 10)[0]
        self.known = mark in (0xA5EC, 0xA5DC) and self.version >= 0xC1
        self.locked = bool(flags & 0x100)
        self.table = "1Table" if flags & 0x200 else "0Table"
        self.length: int = struct.unpack_from("<I", main, _LENGTHS + 12)[0]
        self.footnotes: int = struct.unpack_from("<I", main, _LENGTHS + 16)[0]
        self._main = main

    def part(self, table: bytes, pair: int) -> bytes:
        """Return one of the tables by its number among the pairs."""
        at = self.place(pair)
        return table[at : at + struct.unpack_from("<I", self._main, _PAIRS + 8 * pair + 4)[0]]

    def place(self, pair: int) -> int:
        return int(struct.unpack_from("<I", self._main, _PAIRS + 8 * pair)[0])


def pieces_of(clx: bytes, length: int) -> Iterator[OldPiece]:
    """Yield the pieces of the text in order, up to its ``length``."""
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    for number in range(count):
        first, last = places[number], min(places[number + 1], length)
        where = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        wide = not where & 0x40000000
        if last > first:
            yield OldPiece(last - first, where if wide else (where & 0x3FFFFFFF) // 2, wide)


def characters(main: bytes, piece: OldPiece) -> str:
    """Return the text of a piece, one character for each place: pairs of Unicode stay apart."""
    raw = main[piece.at : piece.at + piece.count * (1 + piece.wide)]
    if not piece.wide:
        return raw.decode("cp1252", "replace")
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))


class OldRuns:
    """What is said of the runs of a text: properties by the byte where it stands."""

    def __init__(self, main: bytes, pages: bytes, entry: int) -> None:
        """``entry`` is how many bytes of a page tell of one run: 13 for paragraphs, 1 for characters."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._said: list[bytes] = []
        count = max(0, len(pages) - 4) // 8
        for number in struct.unpack_from(f"<{count}I", pages, 4 * (count + 1)) if count else ():
            at = (number & 0x3FFFFF) * _PAGE
            self._read(main[at : at + _PAGE], entry)
            if len(self._said) > _MOST_RUNS:
                raise ValueError("too many runs")

    def _read(self, page: bytes, entry: int) -> None:
        runs = page[_PAGE - 1]
        places = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            at = 2 * page[4 * (runs + 1) + entry * run]
            self._starts.append(places[run])
            self._ends.append(places[run + 1])
            self._said.append(_told(page, at, entry > 1) if at else b"")

    def at(self, byte: int) -> bytes:
        """Return what is said of the run at ``byte``; b'' for nothing."""
        found = bisect_right(self._starts, byte) - 1
        return self._said[found] if found >= 0 and byte < self._ends[found] else b""

    def items(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield first byte, the byte behind the last, and what is said of each run."""
        return zip(self._starts, self._ends, self._said, strict=True)


def _told(page: bytes, at: int, doubled: bool) -> bytes:
    length = page[at]
    if not doubled:
        return page[at + 1 : at + 1 + length]
    if length:
        return page[at + 1 : at + 2 * length]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]


def properties(said: bytes, data: bytes = b"") -> dict[int, bytes]:
    """Return the properties of a run by number, the last of each; long ones lie in the stream ``data``."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 < len(said):
        kind = struct.unpack_from("<H", said, at)[0]
        at += 2
        size = _SIZES.get(kind >> 13, 0)
        if kind == _TABLE_DEFINITION:
            size = struct.unpack_from("<H", said, at)[0] + 1
        elif kind >> 13 == 6:
            size = 1 + said[at]
            if kind == _TABS and said[at] == 255:
                return found
        value = said[at : at + size]
        if kind in _HUGE and data:
            where = struct.unpack("<I", value)[0]
            length = struct.unpack_from("<H", data, where)[0]
            found |= properties(data[where + 2 : where + 2 + length])
        elif kind == 0xD62B:
            found[kind] = found.get(kind, b"") + value
        else:
            found[kind] = value
        at += size
    return found
