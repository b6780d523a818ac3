"""A paper's titles, lines and tables as a spreadsheet, merged as on paper; numbers and dates stay such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from hazard_desk.papers.model import (
    FILLS,
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
    TableRow,
    Title,
)
from hazard_desk.sheets.book import BODY_FONT, LINE_HEIGHT, TITLE_FONT, Sheet, Written, lines_of

_NO_TABLE = (Column("", 60),)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COUNT = re.compile(r"0|-?[1-9]\d{0,6}")
"""A number of things; what is longer or begins with 0 may be a code or a telephone."""

_Above = Title | Subtitle | Note | Para | Line | Heading | FieldsLine
"""What stands above or below a table."""


def write_sheet(paper: Paper, to: Path) -> Path:
    """Write a paper to ``to``; return it. Raises ``Trouble``.

    Tables of the same columns stand below each other, one of others begins a sheet of its own.
    """
    sheets: list[Sheet] = []
    columns: tuple[Column, ...] = ()
    above: list[_Above] = []
    for block in paper.blocks:
        if isinstance(block, Table):
            if not sheets or columns != block.columns:
                columns = block.columns
                sheets.append(_sheet(paper, columns, _named(paper, above, sheets), sheets))
            _write_all(sheets[-1], above, paper.mark)
            above = []
            _table(sheets[-1], block)
        elif isinstance(block, _Above):
            above.append(block)
    sheets = sheets or [_sheet(paper, _NO_TABLE, paper.title, sheets)]
    _write_all(sheets[-1], above, paper.mark)
    return sheets[0].save(to)


def _sheet(paper: Paper, columns: Sequence[Column], name: str, before: Sequence[Sheet]) -> Sheet:
    widths = [max(column.width, _least_wide(column.label)) for column in columns]
    return Sheet(name, widths, paper.landscape, beside=before[0] if before else None)


def _least_wide(label: str) -> float:
    """Return the least width of a column under a label of at most two lines, in Chinese characters."""
    return min(len(label) / 2 + 0.5, 6)


def _named(paper: Paper, above: Iterable[_Above], before: Sequence[Sheet]) -> str:
    """Return the name of a sheet: the paper's, of a further one that of what stands over its table."""
    if not before:
        return paper.title
    said = [block.text for block in above if isinstance(block, Subtitle | Heading | Line)]
    return f"{len(before) + 1}.{said[-1] if said else paper.title}"


def _write_all(sheet: Sheet, blocks: Iterable[_Above], mark: str) -> None:
    for block in blocks:
        if isinstance(block, Title):
            sheet.banner(block.text + (f"（{mark}）" if mark else ""), TITLE_FONT)
        elif isinstance(block, Subtitle):
            sheet.banner(block.text, BODY_FONT, "center", 20)
        elif isinstance(block, FieldsLine):
            sheet.banner("　　　　".join(block.texts), BODY_FONT, "left", 20)
        else:
            lines = lines_of(block.text, sum(sheet.widths))
            sheet.banner(block.text, BODY_FONT, "left", lines * LINE_HEIGHT + 4)


def _table(sheet: Sheet, table: Table) -> None:
    head = table.header_rows
    if head:
        first = sheet.heading_rows([[cell.text if cell else None for cell in row] for row in head])
        _merge(sheet, head, first)
        single = table.row_lines == 1 and all(
            cell is None or (cell.rowspan, cell.colspan) == (1, 1) for row in table.rows for cell in row
        )
        sheet.repeat_columns(table.keys)
        sheet.stay_in_sight(len(head), filtered=single)
    aligns = [column.align for column in table.columns]
    first = 0
    for row, height in zip(table.rows, _heights(table), strict=True):
        fills = [FILLS[cell.fill] if cell and cell.fill else "" for cell in row]
        at = sheet.row([_value(cell) for cell in row], aligns, height, fills)
        first = first or at
    _merge(sheet, table.rows, first)


def _merge(sheet: Sheet, rows: Sequence[TableRow], first: int) -> None:
    for at, row in enumerate(rows, start=first):
        for place, cell in enumerate(row, start=1):
            if cell:
                sheet.merge(at, place, at + cell.rowspan - 1, place + cell.colspan - 1)


def _value(cell: Cell | None) -> Written:
    """What a cell holds: the number or day that it shows, else its text."""
    if cell is None:
        return None
    if cell.number is not None or cell.day is not None:
        return cell.day if cell.number is None else cell.number
    if _COUNT.fullmatch(cell.text):
        return int(cell.text)
    return _day(cell.text) if _DAY.fullmatch(cell.text) else cell.text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


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
