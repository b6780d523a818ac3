"""The pages of a database file that SQLite refuses: those of the file, with the newer ones of its log.

Nothing is opened by SQLite and nothing is written: a damaged file is read as it lies there.
"""

from __future__ import annotations

import struct
from pathlib import Path

_USUAL = 4096
"""Bytes of a page where the header does not say: SQLite's default, and so the desk's."""
_HEADER, _FRAME = 32, 24
"""Bytes before the first frame of a log, and before the page in each frame."""
_BIG_ENDIAN = 0x377F0683
_MOST = 0xFFFFFFFF


class Pages:
    """The pages of a file by number, from 1; the log beside it is read where it is there and whole."""

    def __init__(self, file: Path) -> None:
        """Raises ``OSError`` where the file cannot be read."""
        self._data = file.read_bytes()
        self.size = _page_size(self._data)
        log = file.with_name(file.name + "-wal")
        self._newer = _logged(log.read_bytes(), self.size) if log.is_file() else {}
        self.count = max([-(-len(self._data) // self.size), *self._newer])

    def page(self, number: int) -> bytes:
        """Return a page, filled up with zeros where the file ends within it; b'' where there is none."""
        if number in self._newer:
            return self._newer[number]
        found = self._data[(number - 1) * self.size : number * self.size] if number > 0 else b""
        return found.ljust(self.size, b"\0") if found else b""

    def header(self, at: int) -> int:
        """Return the 32-bit number at a place of the file's header; 0 where the header is gone."""
        first = self.page(1)
        return _number(first, at) if first.startswith(b"SQLite format 3\0") else 0

    def free(self) -> set[int]:
        """Return the pages that SQLite has given up: what stands there was deleted."""
        found: set[int] = set()
        trunk = self.header(32)
        while 0 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self.page(trunk)
            leaves = min(_number(page, 4), self.size // 4 - 2)
            found.update(_number(page, 8 + 4 * place) for place in range(leaves))
            trunk = _number(page, 0)
        return found


def _page_size(data: bytes) -> int:
    told = int.from_bytes(data[16:18], "big") if data.startswith(b"SQLite format 3\0") else 0
    told = 65536 if told == 1 else told
    return told if 512 <= told <= 65536 and not told & (told - 1) else _USUAL


def _logged(log: bytes, size: int) -> dict[int, bytes]:
    """Return the newest committed pages of a write-ahead log; a frame that was damaged is passed over."""
    if len(log) < _HEADER + _FRAME or int.from_bytes(log[8:12], "big") not in (0, size):
        return {}
    order = ">" if _number(log, 0) == _BIG_ENDIAN else "<"
    salt = log[_HEADER + 8 : _HEADER + 16]
    before = struct.unpack(">2I", log[24:32])
    kept: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for at in range(_HEADER, len(log) - _FRAME - size + 1, _FRAME + size):
        head, page = log[at : at + _FRAME], log[at + _FRAME : at + _FRAME + size]
        if head[8:16] != salt:  # of an earlier use of the log
            break
        told = struct.unpack(">2I", head[16:24])
        if _sum(head[:8] + page, before, order) == told:
            waiting[_number(head, 0)] = page
        if _number(head, 4):  # the act is committed here
            kept |= waiting
            waiting = {}
        before = told
    return kept


def _sum(data: bytes, before: tuple[int, ...], order: str) -> tuple[int, int]:
    one, two = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & _MOST
        two = (two + odd + one) & _MOST
    return one, two


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
