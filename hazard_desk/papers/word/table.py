"""A table as Word has it, written as text and read once: python-docx would take minutes for a long one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from hazard_desk.papers.fonts import FontRole
from hazard_desk.papers.lines import NO_BREAK, break_lines, held_together, is_word
from hazard_desk.papers.model import FILLS
from hazard_desk.papers.pdf.table import TablePrinter
from hazard_desk.papers.pdf.table_grid import Box
from hazard_desk.papers.pdf.table_pages import PageRows, Part
from hazard_desk.papers.pdf.table_ruler import Ruler
from hazard_desk.papers.word.style import table_style
from hazard_desk.papers.word.text import LINE_END, run_content
from hazard_desk.stopping import stop_if_unwanted

_RULES = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
"""Widths of the rules in eighths of a point, as in the PDF."""
_OUTER = 30
"""The height of the rules above and below a table, in twentieths of a point: they add to that of its rows."""

_ROLES: tuple[FontRole, ...] = ("仿宋", "黑体")
_MOVES = (0.0, -0.25, 0.25, 0.5, -0.5, 0.75, 1.0, 1.5, *(2.0 + 0.5 * step for step in range(16)))
"""How much narrower a cell's text may be set to break as in the PDF, in em; the first that does is taken."""
_MARK_ROOM = -0.75
_SLACK = 0.7
"""What the programs' roundings may make of a line, in points: it breaks alike also then."""


def table_elements(printed: TablePrinter, document: Document) -> Iterator[BaseOxmlElement]:
    """Yield a table as ``w:tbl``: widths and heights as in the PDF, its head repeated on each page.

    Where a page of the PDF ends early, so that merged cells stay whole, another ``w:tbl`` begins a page.
    """
    writer = _Writer(printed, document)
    rows: list[str] = []
    for page in printed.pages:
        last = page is printed.pages[-1]
        rows += writer.rows(page, last=last)
        if page.early or last:
            yield writer.table(rows)
            rows = []


class _Writer:
    """Writes one table."""

    def __init__(self, printed: TablePrinter, document: Document) -> None:
        self._ruler = printed.ruler
        self._edges = printed.edges
        self._widths = [round((right - left) * 20) for left, right in pairwise(printed.edges)]
        size, leading = self._ruler.size, self._ruler.leading
        self._styles = {role: table_style(document, role, size, leading) for role in _ROLES}
        self._known: dict[tuple[str, str, float, str], str] = {}
        """Paragraphs by text, font, width and alignment."""
        self._head = list(self.rows(printed.head, head=True))

    def table(self, rows: Sequence[str]) -> BaseOxmlElement:
        """Return a table of its head and ``rows``."""
        return parse_xml("".join((self._frame(), *self._head, *rows, "</w:tbl>")))

    def _frame(self) -> str:
        """The beginning of a table: its width, rules, inner margins and columns."""
        rules = "".join(
            f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>'
            for side, width in _RULES.items()
        )
        pad = floor(self._ruler.pad_x * 20)
        margins = "".join(
            f'<w:{side} w:w="{room}" w:type="dxa"/>'
            for side, room in (("top", 0), ("left", pad), ("bottom", 0), ("right", pad))
        )
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._widths)
        return (
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(self._widths)}" w:type="dxa"/>'
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
        whole = lines == self._ruler.wrap(box.text, box.role, width, box.align == "center")
        if whole and key in self._known:
            return self._known[key]
        move = _move(box, lines, width - 2 * self._ruler.pad_x, self._ruler) if whole else None
        text = box.text
        if move is None:  # lines of their own, with room for the empty half of a mark at their end
            text, move = _ended(box.text, lines), _MARK_ROOM * self._ruler.size
        style = f'<w:pStyle w:val="{self._styles[box.role]}"/>'
        set_so = f'<w:pPr>{style}{_indent(box, move)}<w:jc w:val="{box.align}"/></w:pPr>'
        made = f"{set_so}<w:r>{run_content(text)}</w:r>" if text else set_so
        if whole:
            self._known[key] = made
        return made


def _move(box: Box, lines: list[str], room: float, ruler: Ruler) -> float | None:
    """How much narrower ``box`` must be, in points, for Word to break its text so; None where it cannot."""
    if not box.text:
        return 0
    if any(_is_torn(one, two) for one, two in pairwise(lines)):
        return None

    def breaks_alike(room: float) -> bool:
        broken = break_lines(box.text, measure, room)
        return [line.text for line in broken] == lines

    def measure(text: str) -> list[float]:
        return [ruler.width(char, box.role) for char in text]

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
