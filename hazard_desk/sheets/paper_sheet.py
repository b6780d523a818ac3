"""A paper's title, lines and table as a spreadsheet, merged as on paper."""

from __future__ import annotations

from pathlib import Path

from hazard_desk.papers.model import (
    Cell,
    Column,
    FieldsLine,
    Heading,
    Line,
    Note,
    Paper,
    Para,
    Subtitle,
    Table,
    Title,
)
from hazard_desk.sheets.book import BODY_FONT, LINE_HEIGHT, Sheet, lines_of

_NO_TABLE = (Column("", 60),)


def write_sheet(paper: Paper, to: Path) -> Path:
    """Write a paper of at most one table to ``to``; return it. Raises ``Trouble``."""
    columns = next((block.columns for block in paper.blocks if isinstance(block, Table)), _NO_TABLE)
    widths = [column.width for column in columns]
    sheet = Sheet(paper.title[:31], widths, paper.landscape)
    for block in paper.blocks:
        if isinstance(block, Title):
            sheet.banner(block.text + (f"（{paper.mark}）" if paper.mark else ""))
        elif isinstance(block, Subtitle):
            sheet.banner(block.text, BODY_FONT, "center", 20)
        elif isinstance(block, Note | Para | Line | Heading):
            lines = lines_of(block.text, sum(widths))
            sheet.banner(block.text, BODY_FONT, "left", lines * LINE_HEIGHT + 4)
        elif isinstance(block, FieldsLine):
            sheet.banner("　　　　".join(block.texts), BODY_FONT, "left", 20)
        elif isinstance(block, Table):
            _table(sheet, block)
    return sheet.save(to)


def _table(sheet: Sheet, table: Table) -> None:
    if table.header_rows:
        sheet.heading([column.label for column in table.columns], freeze=True)
    aligns = [column.align for column in table.columns]
    heights = _heights(table)
    for row, height in zip(table.rows, heights, strict=True):
        at = sheet.row([_value(cell) for cell in row], aligns, height)
        for place, cell in enumerate(row, start=1):
            if cell:
                sheet.merge(at, place, at + cell.rowspan - 1, place + cell.colspan - 1)


def _value(cell: Cell | None) -> str | float | None:
    if cell is None:
        return None
    return cell.text if cell.number is None else cell.number


def _heights(table: Table) -> list[float]:
    """Heights of the rows in points: a merged cell's text is spread over the rows it covers."""
    heights = [LINE_HEIGHT * table.row_lines] * len(table.rows)
    spans = sorted(_spans(table), key=lambda span: span[1])
    for at, rows, height in spans:
        missing = height - sum(heights[at : at + rows])
        if missing > 0:
            for row in range(at, at + rows):
                heights[row] += missing / rows
    return [height + 4 for height in heights]


def _spans(table: Table) -> list[tuple[int, int, float]]:
    """First row, number of rows and needed height of every cell."""
    found = []
    for at, row in enumerate(table.rows):
        for place, cell in enumerate(row):
            if cell:
                width = sum(column.width for column in table.columns[place : place + cell.colspan])
                found.append((at, cell.rowspan, lines_of(cell.text, width) * LINE_HEIGHT))
    return found
