"""A blank .docx: its tables read cell by cell, and text put into their empty cells.

What is put in looks as what would be typed there: as the mark of the cell's empty paragraph says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid, Merge, Place
from hazard_desk.rules.fields import clean, show_number
from hazard_desk.sheets.filling.blank import BlankTable, Parts, Written
from hazard_desk.sheets.filling.marked import Edits, Node, escaped_text, read_marked

_PART = "word/document.xml"
_NUMBERED_ONCE = re.compile(r'\s\w+:(?:paraId|textId)="[^"]*"')
"""What tells a paragraph from all others: a copy has none."""
_WRAPPERS = ("sdt", "sdtContent", "customXml", "smartTag", "ins")
_GONE = ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "tbl")


class WordForm:
    """A .docx as a form."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        root = read_marked(parts.content[_PART])
        body = root.one("body") or root
        before: list[str] = []
        self._tables: list[_Table] = []
        for node in _blocks(body):
            if node.name == "tbl":
                self._tables.append(_Table(node, f"表{len(self._tables) + 1}", before))
                before = []
            elif text := _text(node).strip():
                before.append(text)
        if not self._tables:
            raise Refused("里没有表格，只有文字")
        self.tables = [one.table for one in self._tables]

    def written(
        self, cells: Mapping[tuple[int, Place], Written], like: Mapping[tuple[int, int], int]
    ) -> bytes:
        """Return the file with these cells filled. ``like`` tells of rows to be added which one they copy."""
        edits = Edits(self._parts.content[_PART])
        for number, table in enumerate(self._tables):
            own = {place: _shown(value) for (at, place), value in cells.items() if at == number}
            table.write(edits, own, {row: whose for (at, row), whose in like.items() if at == number})
        return self._parts.packed({_PART: edits.done()})


@dataclass
class _Table:
    """One table: its rows, and the element of each cell by the place where it begins."""

    node: Node
    title: str
    above: list[str]

    def __post_init__(self) -> None:
        self._rows = list(_within(self.node, "tr"))
        self._cells: dict[Place, Node] = {}
        merges: list[Merge] = []
        texts: list[list[str]] = []
        reaching: dict[int, list[int]] = {}
        for number, row in enumerate(self._rows):
            line, still = _before(row), dict[int, list[int]]()
            for cell in _within(row, "tc"):
                column, about = len(line), cell.one("tcPr")
                span = _number(about, "gridSpan")
                merge = about.one("vMerge") if about else None
                block = (
                    reaching.get(column) if merge and merge.says("val", "continue") == "continue" else None
                )
                if block is None:
                    block = [number, column, number, column + span - 1]
                    merges.append((number, column, number, column + span - 1))
                    self._cells[number, column] = cell
                    line.append(_text(cell).strip())
                else:
                    block[2] = number
                    merges = [one for one in merges if one[:2] != (block[0], block[1])]
                    merges.append((block[0], block[1], block[2], block[3]))
                    line.append("")
                if merge:
                    still[column] = block
                line += [""] * (span - 1)
            reaching = still
            texts.append(line)
        grid = Grid(self.title, texts, merges, above=self.above, called=self.title)
        free = frozenset(place for place, cell in self._cells.items() if _is_empty(cell))
        self.table = BlankTable(grid, free, in_word=True)

    def write(self, edits: Edits, values: Mapping[Place, str], like: Mapping[int, int]) -> None:
        """Put the texts in."""
        for place, text in values.items():
            if place in self._cells:
                at, end, made = _filled(edits, self._cells[place], text)
                edits.put(at, end, made)
        if not like:
            return
        last = self._rows[-1]
        for row, whose in sorted(like.items()):
            own = {column: text for (at, column), text in values.items() if at == row}
            edits.put(last.end, last.end, self._copied(edits, whose, own))

    def _copied(self, edits: Edits, row: int, texts: Mapping[int, str]) -> str:
        """A row as another one, whose cells are empty but for a number in print, with these texts."""
        model, copy = self._rows[row], Edits(edits.content)
        for (at, column), cell in self._cells.items():
            if at != row:
                continue
            for node in cell.walk():
                if node.name == "t" and node.text:
                    copy.put(node.start, node.end, "")
            if column in texts:
                copy.put(*_filled(copy, cell, texts[column]))
        return _NUMBERED_ONCE.sub("", copy.within(model))


def _shown(value: Written) -> str:
    """Return a value as a document shows it."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return show_number(value)
    return str(value)


def _filled(edits: Edits, cell: Node, text: str) -> tuple[int, int, str]:
    """Where a text goes in a cell, and what is written there: a run in its first paragraph."""
    paragraph = next(node for node in cell.walk() if node.name == "p")
    prefix = paragraph.prefix
    about = paragraph.one("pPr", "rPr")
    look = "" if about is None or about.is_closed_at_once else edits.of(about)
    lines = f'</{prefix}t><{prefix}br/><{prefix}t xml:space="preserve">'.join(
        escaped_text(line) for line in clean(text, keep_lines=True).split("\n")
    )
    run = f'<{prefix}r>{look}<{prefix}t xml:space="preserve">{lines}</{prefix}t></{prefix}r>'
    if paragraph.is_closed_at_once:
        return paragraph.start, paragraph.end, f"{edits.opened(paragraph)}{run}</{paragraph.written}>"
    return paragraph.within_end, paragraph.within_end, run


def _blocks(parent: Node) -> Iterator[Node]:
    """Yield the paragraphs and tables of a body."""
    for node in parent.children:
        if node.name in ("p", "tbl"):
            yield node
        elif node.name in _WRAPPERS:
            yield from _blocks(node)


def _within(parent: Node, name: str) -> Iterator[Node]:
    for node in parent.children:
        if node.name == name:
            yield node
        elif node.name in _WRAPPERS:
            yield from _within(node, name)


def _before(row: Node) -> list[str]:
    """What a row leaves out at its begin."""
    return [""] * (_number(row.one("trPr"), "gridBefore") if row.one("trPr", "gridBefore") else 0)


def _number(about: Node | None, name: str) -> int:
    child = about.one(name) if about else None
    said = child.says("val", "1") if child else "1"
    return max(1, min(int(said), 60)) if said.isdigit() else 1


def _text(node: Node) -> str:
    return "".join(_pieces(node))


def _pieces(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.name == "t":
            yield child.text
        elif child.name in ("tab", "br", "cr"):
            yield " "
        elif child.name not in _GONE:
            yield from _pieces(child)
            if child.name == "p":
                yield "\n"


def _is_empty(cell: Node) -> bool:
    """Whether nothing stands in a cell, no picture and no field either, and there is a place for text."""
    names = {node.name for node in cell.walk()}
    other = names & {"drawing", "pict", "object", "fldSimple", "fldChar", "sdt", "tbl", "sym"}
    return "p" in names and not other and not _text(cell).strip()
