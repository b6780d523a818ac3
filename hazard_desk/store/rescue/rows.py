"""The rows of tables as they stand in the pages of a file: along their trees, and where those are broken."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from hazard_desk.store.rescue.pages import Pages

Value = str | int | float | bytes | None
Raw = tuple[Value, ...]
"""The values of one row in the order of the columns; the id is told beside it."""
_INNER, _LEAF = 5, 13
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Kind of a whole number to its bytes."""
_BAD = (ValueError, IndexError, struct.error)


@dataclass
class Tree:
    """What was read along one tree: the rows by id, and how many pages of it could not be read."""

    rows: dict[int, Raw] = field(default_factory=dict)
    broken: int = 0
    """Pages that are no longer what the tree says, or hold rows that cannot be read."""


class RowReader:
    """Reads rows from pages; remembers which pages it came by."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._seen: set[int] = set()

    def tree(self, root: int) -> Tree:
        """Return what stands in the tree of a table below its root page."""
        found = Tree()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            page = self._pages.page(number)
            kind, at = _kind(page, number)
            if number in self._seen or kind not in (_INNER, _LEAF):
                found.broken += 1
                continue
            self._seen.add(number)
            if kind == _LEAF:
                found.rows |= self._leaf(page, at, found)
            else:
                waiting += _children(page, at)
        return found

    def astray(self) -> Iterator[Tree]:
        """Yield the leaves that no tree led to, in no order; what SQLite has given up is not among them."""
        free = self._pages.free()
        for number in range(1, self._pages.count + 1):
            page = self._pages.page(number)
            kind, at = _kind(page, number)
            if kind == _LEAF and number not in self._seen and number not in free:
                found = Tree()
                found.rows = self._leaf(page, at, found)
                yield found

    def _leaf(self, page: bytes, at: int, tree: Tree) -> dict[int, Raw]:
        found, whole = {}, True
        for place in range(min(_short(page, at + 3), self._pages.size // 4)):
            try:
                number, row = self._cell(page, _short(page, at + 8 + 2 * place))
                found[number] = row
            except _BAD:
                whole = False
        tree.broken += not whole
        return found

    def _cell(self, page: bytes, at: int) -> tuple[int, Raw]:
        """Return the id and the values of a row. Raises ``ValueError`` and the like where it is broken."""
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        usable = self._pages.size
        most, here = usable - 35, length
        if length > most:
            least = (usable - 12) * 32 // 255 - 23
            here = least + (length - least) % (usable - 4)
            here = here if here <= most else least
        content = page[at : at + here]
        if length > here:
            content += self._overflow(int.from_bytes(page[at + here : at + here + 4], "big"), length - here)
        return number, _record(content, length)

    def _overflow(self, number: int, length: int) -> bytes:
        pieces, room = [], self._pages.size - 4
        for _ in range(min(-(-length // room), self._pages.count)):
            page = self._pages.page(number)
            pieces.append(page[4:])
            number = int.from_bytes(page[:4], "big")
        return b"".join(pieces)[:length]


def _kind(page: bytes, number: int) -> tuple[int, int]:
    """What a page is, and where its own header begins: on the first page after that of the file."""
    at = 100 if number == 1 else 0
    return (page[at], at) if len(page) > at else (0, at)


def _children(page: bytes, at: int) -> list[int]:
    places = [_short(page, at + 12 + 2 * place) for place in range(_short(page, at + 3))]
    found = [int.from_bytes(page[place : place + 4], "big") for place in places if place + 4 <= len(page)]
    return [*found, int.from_bytes(page[at + 8 : at + 12], "big")]


def _record(content: bytes, length: int) -> Raw:
    """Return the values of a record. Raises ``ValueError`` unless it is exactly as long as it says."""
    head, at = _varint(content, 0)
    kinds = []
    while at < head:
        kind, at = _varint(content, at)
        kinds.append(kind)
    sizes = [_size(kind) for kind in kinds]
    if at != head or head + sum(sizes) != length or len(content) != length:
        raise ValueError("a record that does not end where it says")
    values = []
    for kind, size in zip(kinds, sizes, strict=True):
        values.append(_value(kind, content[at : at + size]))
        at += size
    return tuple(values)


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == 7 else _WHOLE.get(kind, 0)


def _value(kind: int, content: bytes) -> Value:
    if kind in _WHOLE:
        return int.from_bytes(content, "big", signed=True)
    if kind == 7:
        (real,) = struct.unpack(">d", content)
        return float(real)
    if kind in (8, 9):
        return kind - 8
    if kind >= 12:
        return content.decode() if kind % 2 else content
    if kind:
        raise ValueError("no kind of value")
    return None


def _short(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 2], "big")


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    number = 0
    for place in range(at, at + 8):
        number = number << 7 | content[place] & 0x7F
        if content[place] < 0x80:
            return number, place + 1
    number = number << 8 | content[at + 8]
    return number - (1 << 64 if number >> 63 else 0), at + 9
