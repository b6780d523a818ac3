"""Web pages that are called .xls or .doc, as many systems export them: their tables and lines of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Block, Document, Paragraph, document_of
from hazard_desk.grid.grid import MOST_CELLS, Grid, Merge

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "cp936")
_UNSEEN = ("script", "style", "head", "title", "noscript", "template")
_LINES = (
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "ul",
    "ol",
)
_FARTHEST = 1_000
"""Columns that a cell may reach over."""
_DEEPEST = 50
"""Tables within one another."""


def read_page(content: bytes) -> Document:
    """Return the tables and paragraphs of a page. Raises ``Refused`` for too large ones."""
    page = _Page()
    page.feed(decoded_page(content))
    page.close()
    page.end_line()
    while page.open:
        page.end_table()
    return document_of(page.blocks)


def decoded_page(content: bytes) -> str:
    """Return the text of a page by what it says of its encoding, else by what fits."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    said = _CHARSET.search(content[:4096])
    name = said[1].decode("ascii", "replace").lower() if said else ""
    for encoding in ("gb18030",) if name in _CHINESE else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("gb18030", "replace")


@dataclass
class _OpenTable:
    rows: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    down: dict[int, int] = field(default_factory=dict)
    """Columns that a cell from above reaches into, and for how many rows still."""
    text: list[str] | None = None
    """What the open cell says so far; None between cells."""
    across: int = 1
    rowspan: int = 1


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.open: list[_OpenTable] = []
        self._line: list[str] = []
        self._unseen = 0
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in _UNSEEN:
            self._unseen += tag != "title" or not self._unseen
        elif tag == "table":
            self._open_table()
        elif tag == "br":
            self._say("\n")
        elif tag == "tr" and self.open:
            self._end_cell()
            self.open[-1].rows.append([])
        elif tag in ("td", "th") and self.open:
            self._end_cell()
            self._open_cell(_span(said.get("colspan")), _span(said.get("rowspan")))
        elif tag in _LINES:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self.open:
            self.end_table()
        elif tag in ("td", "th", "tr") and self.open:
            self._end_cell()
        elif tag in _LINES:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._say(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _say(self, text: str) -> None:
        if not self.open:
            self._line.append(text)
        elif self.open[-1].text is not None:
            self.open[-1].text.append(text)

    def _break(self) -> None:
        if not self.open:
            self.end_line()
        elif self.open[-1].text:
            self._say("\n")

    def end_line(self) -> None:
        """End the paragraph outside of tables."""
        if text := _tidy(self._line):
            self.blocks.append(Paragraph(text))
        self._line = []

    def _open_table(self) -> None:
        if not self.open:
            self.end_line()
        if len(self.open) >= _DEEPEST:
            raise Refused("里的表格套得太深，请另存为.xlsx后再试")
        self.open.append(_OpenTable())

    def _open_cell(self, across: int, down: int) -> None:
        table = self.open[-1]
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        self._fill(table, row)
        table.text, table.across, table.rowspan = [], across, down

    def _fill(self, table: _OpenTable, row: list[str]) -> None:
        """Go past the columns that cells from above reach into."""
        while table.down.get(len(row), 0) >= len(table.rows):
            row.append("")

    def _end_cell(self) -> None:
        table = self.open[-1]
        if table.text is None:
            return
        row, number = table.rows[-1], len(table.rows) - 1
        column, behind = len(row), len(row) + table.across
        row += [_tidy(table.text), *[""] * (table.across - 1)]
        self._cells += table.across
        if self._cells > MOST_CELLS:
            raise Refused("的表格太大，请分成几个文件")
        if table.across > 1 or table.rowspan > 1:
            table.merges.append((number, column, number + table.rowspan - 1, behind - 1))
            table.down |= dict.fromkeys(range(column, behind), number + table.rowspan)
        table.text = None

    def end_table(self) -> None:
        """End the innermost table; one without a word is a frame."""
        self._end_cell()
        table = self.open.pop()
        rows = [row for row in table.rows if row]
        if any(map(any, rows)):
            whole = len(rows) == len(table.rows)
            self.blocks.append(Grid("", rows, table.merges if whole else _moved(table)))


def _moved(table: _OpenTable) -> list[Merge]:
    """The merged blocks where rows without a cell are left out."""
    place = [sum(map(bool, table.rows[:at])) for at in range(len(table.rows) + 1)]
    last = len(table.rows)
    return [
        (place[top], left, place[min(down + 1, last)] - 1, right) for top, left, down, right in table.merges
    ]


def _span(said: str | None) -> int:
    text = (said or "").strip()
    return min(max(int(text[:6]), 1), _FARTHEST) if text.isascii() and text.isdigit() else 1


def _tidy(pieces: list[str]) -> str:
    text = "".join(pieces).replace("\xa0", " ")
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
