"""A table as Word has it, written as text and read once: python-docx would take minutes for a long one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from hazard_desk.papers.lines import printable
from hazard_desk.papers.model import FILLS, Align, Cell, Column, Table, TableRow
from hazard_desk.papers.pdf.table_columns import set_columns
from hazard_desk.papers.pdf.table_grid import boxes_of
from hazard_desk.papers.pdf.table_ruler import PAD_X, Ems, Ruler
from hazard_desk.papers.pdf.typeset import Typesetter
from hazard_desk.papers.word.style import table_style
from hazard_desk.papers.word.text import run_content
from hazard_desk.stopping import stop_if_unwanted

_RULES = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
"""Widths of the rules in eighths of a point, as in the PDF."""


def table_element(table: Table, setter: Typesetter, document: Document) -> BaseOxmlElement:
    """Return ``table`` as a ``w:tbl``: widths as in the PDF, its head repeated on each page."""
    layout, ems = setter.layout, Ems(setter.fonts)
    head = boxes_of(table.header_rows, table.columns, heavy=True)
    boxes = [box for row in (*head, *boxes_of(table.rows, table.columns, heavy=False)) for box in row]
    size, edges = set_columns(table.columns, boxes, ems, layout.table_sizes, layout.width)
    widths = [round((right - left) * 20) for left, right in pairwise(edges)]
    ruler = Ruler(ems, size)
    writer = _Writer(
        table.columns,
        widths,
        (
            table_style(document, "仿宋", size, ruler.leading),
            table_style(document, "黑体", size, ruler.leading),
        ),
        (round(ruler.height(table.row_lines) * 20), round(ruler.height(1) * 20)),
    )
    rows = (*writer.rows(table.header_rows, head=True), *writer.rows(table.rows, head=False))
    return parse_xml("".join((_frame(widths, round(PAD_X * size * 20)), *rows, "</w:tbl>")))


def _frame(widths: list[int], pad: int) -> str:
    """The beginning of a table: its width, rules, inner margins and columns."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>'
        for side, width in _RULES.items()
    )
    margins = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", 0), ("left", pad), ("bottom", 0), ("right", pad))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )


class _Writer:
    """Writes the rows of one table. ``styles``: of plain and heavy cells; ``heights``: of rows and head."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        widths: list[int],
        styles: tuple[str, str],
        heights: tuple[int, int],
    ) -> None:
        self._columns = columns
        self._widths = widths
        self._plain, self._heavy = styles
        self._heights = heights

    def rows(self, rows: tuple[TableRow, ...], head: bool) -> Iterator[str]:
        """Give out the rows as ``w:tr``."""
        about = f'<w:cantSplit/><w:trHeight w:val="{self._heights[head]}" w:hRule="atLeast"/>'
        start = f"<w:tr><w:trPr>{about}{'<w:tblHeader/>' if head else ''}</w:trPr>"
        below: dict[int, tuple[Cell, int]] = {}
        """Cells of rows above that reach down here, by column: the cell, and rows still to cover."""
        for row in rows:
            stop_if_unwanted()
            cells = [start]
            at = 0
            while at < len(row):
                cell = row[at]
                if cell is None:
                    cell, left = below.pop(at)
                    merge = "continue"
                else:
                    left, merge = cell.rowspan, "restart" if cell.rowspan > 1 else ""
                if left > 1:
                    below[at] = cell, left - 1
                cells.append(self._cell(cell, at, merge, head))
                at += cell.colspan
            yield "".join((*cells, "</w:tr>"))

    def _cell(self, cell: Cell, at: int, merge: str, head: bool) -> str:
        width = sum(self._widths[at : at + cell.colspan])
        about = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.colspan > 1:
            about += f'<w:gridSpan w:val="{cell.colspan}"/>'
        if merge:
            about += f'<w:vMerge w:val="{merge}"/>'
        if cell.fill:
            about += f'<w:shd w:val="clear" w:color="auto" w:fill="{FILLS[cell.fill]}"/>'
        align: Align = cell.align or ("center" if head else self._columns[at].align)
        style = self._heavy if head or cell.bold else self._plain
        text = "" if merge == "continue" else printable(cell.text).strip()
        return (
            f'<w:tc><w:tcPr>{about}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>'
            f'<w:jc w:val="{align}"/></w:pPr>{f"<w:r>{run_content(text)}</w:r>" if text else ""}</w:p></w:tc>'
        )
