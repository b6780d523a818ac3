"""XML whose elements are known by where their bytes stand: what is not put in anew stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from hazard_desk.errors import Refused
from hazard_desk.sheets.reading.cell_scan import BAD_XML, ODD
from hazard_desk.sheets.reading.zipped import DAMAGED

_TAG = re.compile(rb"<[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>")
_DEEPEST = 400


@dataclass
class Node:
    """An element: its name as it is written, and where its tag and it itself begin and end."""

    written: str
    attributes: dict[str, str]
    start: int
    tag_end: int
    within_end: int = 0
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name without prefix."""
        return self.written.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """What stands before the names of its kind: ``w:``, or nothing."""
        return self.written[: -len(self.name)]

    @property
    def is_closed_at_once(self) -> bool:
        """Whether it is written as one tag: <c r="A1"/>."""
        return self.end == self.tag_end

    def all(self, name: str) -> Iterator[Node]:
        """Yield the children of this name."""
        return (child for child in self.children if child.name == name)

    def one(self, *names: str) -> Node | None:
        """Return the first child of the first name, its first child of the next name and so on."""
        found: Node | None = self
        for name in names:
            found = next(found.all(name), None) if found else None
        return found

    def walk(self) -> Iterator[Node]:
        """Yield it and all in it, from the first on."""
        yield self
        for child in self.children:
            yield from child.walk()

    def says(self, name: str, default: str = "") -> str:
        """Return an attribute by its name without prefix."""
        return next(
            (told for key, told in self.attributes.items() if key.rpartition(":")[2] == name), default
        )


def read_marked(content: bytes) -> Node:
    """Return the root of a part. ``Refused`` for what is no sound XML in UTF-8."""
    if BAD_XML.search(content[:4096]) or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(ODD)
    top = Node("", {}, 0, 0)
    open_nodes = [top]
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(content, at)
        if tag is None or len(open_nodes) > _DEEPEST:
            raise Refused(ODD)
        node = Node(name, attributes, at, tag.end())
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(name: str) -> None:
        node = open_nodes.pop()
        at = parser.CurrentByteIndex
        if content[node.tag_end - 2 : node.tag_end] == b"/>":
            node.within_end = node.end = node.tag_end
        else:
            node.within_end, node.end = at, content.index(b">", at) + 1

    def take(text: str) -> None:
        open_nodes[-1].text += text

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, take
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Refused(DAMAGED) from None
    return top.children[0]


def _refuse(*says: object) -> None:
    raise Refused(ODD)


@dataclass
class Edits:
    """Pieces to be put in place of others in a part; what no piece replaces stays as it is."""

    content: bytes
    _pieces: list[tuple[int, int, bytes]] = field(default_factory=list)

    def put(self, start: int, end: int, text: str) -> None:
        """Put ``text`` in place of the bytes from ``start`` to ``end``; those in one place in their order."""
        self._pieces.append((start, end, text.encode()))

    def done(self) -> bytes:
        """Return the part with all pieces in it."""
        found, last = [], 0
        for start, end, piece in sorted(self._pieces, key=lambda one: (one[0], one[1])):
            found += [self.content[last:start], piece]
            last = end
        return b"".join([*found, self.content[last:]])

    def within(self, node: Node) -> str:
        """Return an element with the pieces that lie in it."""
        own = Edits(self.content[: node.end], self._pieces)
        return own.done()[node.start :].decode()

    def of(self, node: Node) -> str:
        """Return how an element is written."""
        return self.content[node.start : node.end].decode()

    def opened(self, node: Node) -> str:
        """Return the tag of an element as one that opens it."""
        tag = self.content[node.start : node.tag_end].decode()
        return f"{tag[:-2].rstrip()}>" if node.is_closed_at_once else tag


def escaped_text(text: str) -> str:
    """Return a text as it is written between tags."""
    return escape(text)
