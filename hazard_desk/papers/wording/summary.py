"""What a paper fills in by itself and what it leaves to the pen, read off its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hazard_desk.papers.wording.blocks import BAND, FORM, PUT
from hazard_desk.papers.wording.telling import NEW_LINE, PLACE
from hazard_desk.papers.wording.tree import (
    Inline,
    Loop,
    MarkedLine,
    Node,
    PaperText,
    Piece,
    Say,
    TableText,
    When,
)

_BY_PEN = "空白"
_SIGNS = "落款"
_FRAME = re.compile(r"〔[左中右]〕|[\s　＿年月日时分至份签名人审核批：（）／]")
_BOX = "□"
_LEAD = re.compile(r"([^。；，：:（）|\s　]+(?:（[^（）]*）)?)[：:]?[（]?$")
_ORDINAL = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、．.])")
_HEADINGS = ("一级", "二级", "三级", "四级")
_FIELDS = "填报"
_COUNTED = "序号"
_TICKED = "各项结果（打勾）"
_LONGEST = 20
_OWN = ("文书", "本单位", "方案", "今天", "今年")
"""What stands on every paper of the kind and is no fact of its record."""


def filled_in(text: PaperText) -> list[str]:
    """Return what a paper tells where the books know it: the last words of the names, none twice."""
    return _once(name.rpartition(".")[2] for name in _names(text.body) if name.partition(".")[0] not in _OWN)


def left_blank(text: PaperText) -> list[str]:
    """Return the labels, heads of columns and words before which a line is left for the pen, none twice."""
    return _once(_clean(label) for label in _blanks(text.body))


def _once(words: Iterable[str]) -> list[str]:
    found = (word for word in words if 1 < len(word) <= _LONGEST and not word.startswith("（"))
    return [word for word in dict.fromkeys(found) if word != _COUNTED]


def _clean(label: str) -> str:
    return _ORDINAL.sub("", re.sub(r"[\s　]", "", label)).strip("“”")


# What is told


def _names(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, When):
            yield from _names((*node.then, *node.otherwise))
        elif isinstance(node, Loop):
            yield from _names(node.body)
        elif isinstance(node, TableText):
            yield from _names(node.rows)
        elif node.mark == PUT:
            yield _plain(node.parts[0])
        else:
            for part in node.parts:
                yield from _said(part.pieces)


def _said(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Say) and not _is_pen(piece):
            yield piece.name
        elif isinstance(piece, When):
            yield from _said((*piece.then, *piece.otherwise))
        elif isinstance(piece, Loop):
            yield from _said(piece.body)


# What is not


def _blanks(nodes: Sequence[Node], heading: str = "") -> Iterator[str]:
    """``heading`` stands over the nodes: what an empty line below it is for."""
    for node in nodes:
        if isinstance(node, When):
            yield from _blanks((*node.then, *node.otherwise), heading)
        elif isinstance(node, Loop):
            yield from _blanks(node.body, heading)
        elif isinstance(node, TableText):
            yield from _in_form(node) if node.head.mark == FORM else _in_table(node)
        elif node.mark != PUT:
            yield from _in_line(node, heading)
            heading = _plain(node.parts[0]) if node.mark in _HEADINGS else heading


def _in_form(grid: TableText) -> Iterator[str]:
    for row in _rows(grid.rows):
        for label, value in zip(row.parts[::2], row.parts[1::2], strict=False):
            if not _tells(value):
                yield _plain(label)


def _in_table(grid: TableText) -> Iterator[str]:
    """The columns in which no row says anything; those of boxes are one answer."""
    rows = [row for row in _rows(grid.rows) if row.mark != BAND]
    for at, head in enumerate(grid.head.parts):
        cells = [row.parts[at] for row in rows if at < len(row.parts)]
        if not any(map(_tells, cells)):
            boxes = any(_BOX in _plain(cell) for cell in cells)
            yield _TICKED if boxes else _plain(head).split(" ")[0]


def _in_line(line: MarkedLine, heading: str) -> Iterator[str]:
    for part in line.parts:
        before = ""
        for piece in part.pieces:
            if isinstance(piece, Say) and piece.name == _BY_PEN:
                lead = _LEAD.search(before)
                yield lead[1] if lead else "" if before else heading
                before = ""
            else:
                before += _words(piece)
        label, colon, rest = _plain(part).partition("：")
        if colon and not _tells(part) and (rest or line.mark == _FIELDS):
            yield label
    if line.mark == _SIGNS and not _tells(line.parts[1]):
        yield "日期"


def _rows(nodes: Sequence[Node]) -> Iterator[MarkedLine]:
    for node in nodes:
        if isinstance(node, When):
            yield from _rows((*node.then, *node.otherwise))
        elif isinstance(node, Loop):
            yield from _rows(node.body)
        elif isinstance(node, MarkedLine):
            yield node


def _tells(inline: Inline) -> bool:
    """Whether a cell says something: a fact, or words that are no frame for what the pen writes."""
    if any(not isinstance(piece, str) for piece in inline.pieces if not _is_pen(piece)):
        return True
    words = _plain(inline)
    return _BOX not in words and bool(_FRAME.sub("", words.partition("：")[2] if "：" in words else words))


def _is_pen(piece: Piece) -> bool:
    return isinstance(piece, Say) and piece.name in (_BY_PEN, NEW_LINE, PLACE)


def _words(piece: Piece) -> str:
    if isinstance(piece, When):
        return "".join(map(_words, piece.then))
    return piece if isinstance(piece, str) else ""


def _plain(inline: Inline) -> str:
    return "".join(piece for piece in inline.pieces if isinstance(piece, str)).strip()
