"""A table as Word has it, written as text when the file is: as objects, a long one would take minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from math import floor

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement

from hazard_desk.papers.fonts import FontRole
from hazard_desk.papers.lines import NO_BREAK, break_lines, held_together, is_word
from hazard_desk.papers.model import FILLS
from hazard_desk.papers.pdf.table import TablePrinter
from hazard_desk.papers.pdf.table_grid import Box
from hazard_desk.papers.pdf.table_pages import PageRows, Part
from hazard_desk.papers.pdf.table_ruler import Ruler
from hazard_desk.papers.word.style import element, table_style
from hazard_desk.papers.word.text import LINE_END, runs
from hazard_desk.stopping import stop_if_unwanted

_RULES = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
"""Widths of the rules in eighths of a point, as in the PDF."""
_OUTER = 30
"""The height of the rules above and below a table, in twentieths of a point: they add to that of its rows."""

_NUMBER = "rows"
"""The attribute of a place in the document that says which table goes there; no text can say so."""
_PLACE = re.compile(f'<w:tbl {_NUMBER}="(\\d+)">(.*?)</w:tbl>'.encode())
_STYLE = re.compile('w:val="([^"]*)"')

_ROLES: tuple[FontRole, ...] = ("仿宋", "黑体")
_MOVES = (0.0, -0.25, 0.25, 0.5, -0.5, 0.75, 1.0, 1.5, *(2.0 + 0.5 * step for step in range(16)))
"""How much narrower a cell's text may be set to break as in the PDF, in em; the first that does is taken."""
_MARK_ROOM = -0.75
_MOST_KNOWN = 10_000
"""So many paragraphs are remembered: those that stand in many rows are soon among them."""
_SLACK = 0.7
"""What the programs' roundings may make of a line, in points: it breaks alike also then."""


class WordTables:
    """The tables of a Word file: its document has an empty ``w:tbl`` each, its file their rows."""

    def __init__(self) -> None:
        self._parts: list[tuple[_Writer, list[PageRows], bool]] = []

    def places(self, printed: TablePrinter, document: Document) -> Iterator[BaseOxmlElement]:
        """Yield where a table stands: widths and heights as in the PDF, its head repeated on each page.

        Where a page of the PDF ends early, so that merged cells stay whole, another ``w:tbl`` begins a page.
        """
        writer = _Writer(printed)
        styles = [table_style(document, role, writer.ruler.size, writer.ruler.leading) for role in _ROLES]
        pages: list[PageRows] = []
        for page in printed.pages:
            last = page is printed.pages[-1]
            pages.append(page)
            if page.early or last:
                yield self._place(styles)
                self._parts.append((writer, pages, last))
                pages = []

    def _place(self, styles: Sequence[str]) -> BaseOxmlElement:
        """It names the styles of the cells, so that they are known by other names where papers are bound."""
        place = element("tbl")
        place.set(_NUMBER, str(len(self._parts)))
        place.extend(element("pStyle", val=style) for style in styles)
        return place

    def filled(self, xml: bytes) -> Iterator[bytes]:
        """Yield the text of a document, some rows at a time where its tables stand."""
        end = 0
        for found in _PLACE.finditer(xml):
            yield xml[end : found.start()]
            writer, pages, last = self._parts[int(found[1])]
            roles = zip(_ROLES, _STYLE.findall(found[2].decode()), strict=True)
            yield from (rows.encode() for rows in writer.table(pages, last, dict(roles)))
            end = found.end()
        yield xml[end:]


class _Writer:
    """Writes one table."""

    def __init__(self, printed: TablePrinter) -> None:
        self.ruler = printed.ruler
        self._edges = printed.edges
        self._widths = [round((right - left) * 20) for left, right in pairwise(printed.edges)]
        self._styles: dict[FontRole, str] = {}
        self._known: dict[tuple[str, str, float, str], str] = {}
        """Paragraphs by text, font, width and alignment."""
        self._printed_head = printed.head

    def table(self, pages: Sequence[PageRows], last: bool, styles: dict[FontRole, str]) -> Iterator[str]:
        """Give out a table, page by page: its head, the rows of ``pages``, which are the ``last`` or not."""
        if styles != self._styles:
            self._styles = styles
            self._known.clear()
        yield self._frame() + "".join(self.rows(self._printed_head, head=True))
        for page in pages:
            yield "".join(self.rows(page, last=last and page is pages[-1]))
        yield "</w:tbl>"

    def _frame(self) -> str:
        """The beginning of a table: its width, rules, inner margins and columns."""
        rules = "".join(
            f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>'
            for side, width in _RULES.items()
        )
        pad = floor(self.ruler.pad_x * 20)
        margins = "".join(
            f'<w:{side} w:w="{room}" w:type="dxa"/>'
            for side, room in (("top", 0), ("left", pad), ("bottom", 0), ("right", pad))
        )
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        )

    def rows(self, page: PageRows, head: bool = False, last: bool = False) -> Iterator[str]:
        """Give out the rows of a page as ``w:tr``; the table ends with the ``last``."""
        beginning: list[list[Part]] = [[] for _ in page.heights]
        for part in page.parts:
            beginning[part.first].append(part)
        below: list[Part] = []
        """Cells of rows above that reach down here."""
        for row, height in enumerate(page.heights):
            stop_if_unwanted()
            high = floor(height * 20) - (_OUTER if last and row == len(page.heights) - 1 else 0)
            about = f'<w:cantSplit/><w:trHeight w:val="{high}" w:hRule="atLeast"/>'
            below = [part for part in below if part.end > row]
            parts = sorted((*below, *beginning[row]), key=lambda part: part.box.column)
            cells = [self._cell(part, row) for part in parts]
            below += beginning[row]
            yield "".join(
                (f"<w:tr><w:trPr>{about}{'<w:tblHeader/>' if head else ''}</w:trPr>", *cells, "</w:tr>")
            )

    def _cell(self, part: Part, row: int) -> str:
        box = part.box
        about = f'<w:tcW w:w="{sum(self._widths[box.column : box.column + box.columns])}" w:type="dxa"/>'
        if box.columns > 1:
            about += f'<w:gridSpan w:val="{box.columns}"/>'
        if part.end - part.first > 1:
            about += f'<w:vMerge w:val="{"restart" if row == part.first else "continue"}"/>'
        if box.fill:
            about += f'<w:shd w:val="clear" w:color="auto" w:fill="{FILLS[box.fill]}"/>'
        inner = self._paragraph(box, part.lines) if row == part.first else ""
        style = f'<w:pStyle w:val="{self._styles[box.role]}"/>'
        return (
            f'<w:tc><w:tcPr>{about}<w:vAlign w:val="center"/></w:tcPr>'
            f"<w:p>{inner or f'<w:pPr>{style}</w:pPr>'}</w:p></w:tc>"
        )

    def _paragraph(self, box: Box, lines: list[str]) -> str:
        """What is between the tags of a cell's paragraph: its text, set so that it breaks into ``lines``."""
        width = self._edges[box.column + box.columns] - self._edges[box.column]
        key = (box.text, box.role, width, box.align)
        whole = lines == self.ruler.wrap(box.text, box.role, width, box.align == "center")
        if whole and key in self._known:
            return self._known[key]
        move = _move(box, lines, width - 2 * self.ruler.pad_x, self.ruler) if whole else None
        text = box.text
        if move is None:  # lines of their own, with room for the empty half of a mark at their end
            text, move = _ended(box.text, lines), _MARK_ROOM * self.ruler.size
        style = f'<w:pStyle w:val="{self._styles[box.role]}"/>'
        set_so = f'<w:pPr>{style}{_indent(box, move)}<w:jc w:val="{box.align}"/></w:pPr>'
        made = f"{set_so}{runs(text)}" if text else set_so
        if whole and len(self._known) < _MOST_KNOWN:
            self._known[key] = made
        return made


def _move(box: Box, lines: list[str], room: float, ruler: Ruler) -> float | None:
    """How much narrower ``box`` must be, in points, for Word to break its text so; None where it cannot."""
    if not box.text or (len(lines) == 1 and ruler.width(box.text, box.role) <= room - _SLACK):
        return 0
    if any(_is_torn(one, two) for one, two in pairwise(lines)):
        return None

    def breaks_alike(room: float) -> bool:
        broken = break_lines(box.text, measure, room)
        return [line.text for line in broken] == lines

    measure = partial(ruler.advances, role=box.role)

    for em in _MOVES:
        narrow = room - em * ruler.size
        if narrow > ruler.size and breaks_alike(narrow - _SLACK) and breaks_alike(narrow + _SLACK):
            return em * ruler.size
    return None


def _ended(text: str, lines: list[str]) -> str:
    """The lines of a cell with their ends: a break where the text itself has one, else an end of ours."""
    said, at = "", 0
    for line in lines:
        found = text.find(line, at)
        between = text[at:found] if found >= 0 else ""
        if between.strip():  # the same words stand further on too
            found, between = -1, ""
        if said:
            said += between if "\n" in between else f"{between}{LINE_END}"
        said += line
        at = (found if found >= 0 else at) + len(line)
    return said


def _is_torn(one: str, two: str) -> bool:
    """Whether a word is broken between two lines, or a standard's number, for being longer than a line."""
    held = held_together(f"{one} {two}")[len(one)] == NO_BREAK
    return held or (is_word(one[-1:]) and is_word(two[:1]))


def _indent(box: Box, move: float) -> str:
    """A paragraph's indents that make it narrower (wider where negative)."""
    whole = round(move * 20)
    if not whole:
        return ""
    left = {"left": 0, "center": whole // 2, "right": whole}[box.align]
    return f'<w:ind w:left="{left}" w:right="{whole - left}"/>'
