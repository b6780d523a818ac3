"""A table as Word has it, written element by element: python-docx would take minutes for a long one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from hazard_desk.papers.docx_style import element, table_style
from hazard_desk.papers.lines import clean
from hazard_desk.papers.model import FILLS, Align, Cell, Column, Table, TableRow
from hazard_desk.papers.table_columns import set_columns
from hazard_desk.papers.table_grid import boxes_of
from hazard_desk.papers.table_ruler import PAD_X, Ems, Ruler
from hazard_desk.papers.typeset import Typesetter

_OUTER, _INNER = 8, 4
"""Widths of the rules in eighths of a point, as in the PDF."""


def table_element(table: Table, setter: Typesetter, document: Document) -> Any:
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
        round(ruler.height(table.row_lines) * 20),
    )
    tbl = _frame(widths, round(PAD_X * size * 20))
    for row in writer.rows(table.header_rows, head=True):
        tbl.append(row)
    for row in writer.rows(table.rows, head=False):
        tbl.append(row)
    return tbl


def _frame(widths: list[int], pad: int) -> Any:
    """A table without rows: its width, rules, inner margins and columns."""
    tbl, properties, grid = element("tbl"), element("tblPr"), element("tblGrid")
    borders, margins = element("tblBorders"), element("tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        width = _INNER if side.startswith("inside") else _OUTER
        borders.append(element(side, val="single", sz=width, space=0, color="000000"))
    for side, room in (("top", 0), ("left", pad), ("bottom", 0), ("right", pad)):
        margins.append(element(side, w=room, type="dxa"))
    properties.append(element("tblW", w=sum(widths), type="dxa"))
    properties.append(element("jc", val="center"))
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    properties.append(margins)
    for width in widths:
        grid.append(element("gridCol", w=width))
    tbl.append(properties)
    tbl.append(grid)
    return tbl


class _Writer:
    """Writes the rows of one table. ``styles``: of plain cells, and of heavy ones."""

    def __init__(
        self, columns: tuple[Column, ...], widths: list[int], styles: tuple[str, str], height: int
    ) -> None:
        self._columns = columns
        self._widths = widths
        self._plain, self._heavy = styles
        self._height = height

    def rows(self, rows: tuple[TableRow, ...], head: bool) -> Iterator[Any]:
        """Give out the rows as ``w:tr``."""
        below: dict[int, tuple[Cell, int]] = {}
        """Cells of rows above that reach down here, by column: the cell, and rows still to cover."""
        for row in rows:
            tr = element("tr")
            tr.append(self._row_properties(head))
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
                tr.append(self._cell(cell, at, merge, head))
                at += cell.colspan
            yield tr

    def _row_properties(self, head: bool) -> Any:
        properties = element("trPr")
        properties.append(element("cantSplit"))
        properties.append(element("trHeight", val=self._height, hRule="atLeast"))
        if head:
            properties.append(element("tblHeader"))
        return properties

    def _cell(self, cell: Cell, at: int, merge: str, head: bool) -> Any:
        tc, properties = element("tc"), element("tcPr")
        width = sum(self._widths[at : at + cell.colspan])
        properties.append(element("tcW", w=width, type="dxa"))
        if cell.colspan > 1:
            properties.append(element("gridSpan", val=cell.colspan))
        if merge:
            properties.append(element("vMerge", val=merge))
        if cell.fill:
            properties.append(element("shd", val="clear", color="auto", fill=FILLS[cell.fill]))
        properties.append(element("vAlign", val="center"))
        tc.append(properties)
        align: Align = cell.align or ("center" if head else self._columns[at].align)
        text = "" if merge == "continue" else clean(cell.text).strip()
        tc.append(self._paragraph(text, align, self._heavy if head or cell.bold else self._plain))
        return tc

    def _paragraph(self, text: str, align: str, style: str) -> Any:
        line, properties = element("p"), element("pPr")
        properties.append(element("pStyle", val=style))
        properties.append(element("jc", val=align))
        line.append(properties)
        if text:
            run = element("r")
            for number, part in enumerate(text.split("\n")):
                if number:
                    run.append(element("br"))
                written = element("t")
                written.text = part
                written.set(qn("xml:space"), "preserve")
                run.append(written)
            line.append(run)
        return line
