"""Her own file back, with what is doubtful or missing marked where it stands and said beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken, is_empty
from hazard_desk.grid.grid import Grid
from hazard_desk.sheets.book import TEXT, is_quoted, writable
from hazard_desk.sheets.importing import Judged, Result
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.reading.merges import with_merges_clipped
from hazard_desk.sheets.reading.zipped import text_size
from hazard_desk.store.saving import save

_BAD = PatternFill("solid", fgColor="FFFFC7CE")
_SAID = Font(name="宋体", size=10, color="FF9C0006")
_HEADING = "导入时发现的问题"
_AUTHOR = "隐患工作台"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""An underscore that would begin the name of a character in a sheet's XML: _x0041_ is read as A."""
_MOST_TEXT = 12 << 20
"""Bytes of an .xlsx, unpacked, that is marked in itself: openpyxl takes some twenty times as many."""
_MOST_CELLS = 300_000
"""Filled cells of a table that is written anew."""


def write_marked(result: Result, to: Path) -> Path:
    """Write the file of an import with its doubtful and missing cells marked to ``to``; return it.

    An .xlsx stays as it is but for the marks, and for merged blocks that reach below its rows; anything
    else is written anew. Raises ``Refused`` for another ending than .xlsx or the file itself, ``Trouble``.
    """
    incoming = result.incoming
    if to.suffix.lower() != ".xlsx":
        raise Refused("标注后的表格，文件名请以 .xlsx 结尾")
    if incoming.file and to.resolve() == incoming.file.resolve():
        raise Refused("标注后的表格不能覆盖原来的文件，请换一个文件名")
    book, sheets = _own_sheets(incoming) or _anew(incoming)
    said: dict[tuple[str, int], list[str]] = {}
    for table in incoming.tables:
        sheet = sheets[table.grid.title]
        column = max(_free_column(one.grid) for one in incoming.tables if one.grid.title == table.grid.title)
        _put(sheet, table.heading.last + 1, column, _HEADING)
        sheet.column_dimensions[get_column_letter(column)].width = 50
        places = {name: one.place + 1 for name, one in table.heading.fields.items()}
        for row in result.rows:
            problems = _problems(result, row, places) if row.entry.table == table.at else {}
            if problems:
                _mark_row(sheet, row.entry.line, problems, places)
                told = said.setdefault((table.grid.title, row.entry.line), [])
                told += problems.values()
                _put(sheet, row.entry.line, column, "；".join(told))
    return save_book(book, to)


def save_book(book: Workbook, to: Path) -> Path:
    """Write a workbook; it appears under its name only when it is whole. Raises ``Trouble``."""
    content = BytesIO()
    book.save(content)
    save(content.getvalue(), to)
    return to


def _problems(result: Result, row: Judged, places: Mapping[str, int]) -> dict[str, str]:
    """What is to be said of a row: what is doubtful, and what its own columns lack."""
    fields = result.incoming.fields
    lacking = {
        name: f"请填写“{fields[name].label}”" for name in row.gaps if name in places and name in fields
    }
    return {**lacking, **row.problems}


_Sheets = tuple[Workbook, dict[str, Worksheet]]
"""A workbook, and its sheets by what their tables are titled."""


def _own_sheets(incoming: Incoming) -> _Sheets | None:
    """The file itself where it is an .xlsx that opens, and not too large for that."""
    try:
        if incoming.file is None or text_size(incoming.file) > _MOST_TEXT:
            return None
        book = load_workbook(with_merges_clipped(incoming.file))
        sheets = {title: book[title] for title in {table.grid.title for table in incoming.tables}}
    except (Refused, BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError):
        return None
    found: dict[str, Worksheet] = {
        title: sheet for title, sheet in sheets.items() if isinstance(sheet, Worksheet)
    }
    return (book, found) if found.keys() == sheets.keys() else None


def _anew(incoming: Incoming) -> _Sheets:
    """The tables written anew, a sheet for each sheet that they lie in."""
    grids = [table.grid for table in incoming.tables]
    if sum(not is_empty(cell) for grid in grids for row in grid.rows for cell in row) > _MOST_CELLS:
        raise Refused("表格太大，不能整张标注，请分成几个文件再导入")
    book = Workbook()
    sheets: dict[str, Worksheet] = {}
    for grid in grids:
        if grid.title not in sheets:
            sheets[grid.title] = book.create_sheet() if sheets else book.worksheets[0]
        _copy(grid, sheets[grid.title])
    for title, merges in {grid.title: grid.merges for grid in grids}.items():
        for top, left, bottom, right in merges:
            sheets[title].merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    return book, sheets


def _copy(grid: Grid, sheet: Worksheet) -> None:
    for at, row in enumerate(grid.rows, start=1):
        for place, value in enumerate(row, start=1):
            if isinstance(value, Broken) or is_empty(value):
                continue
            cell = _own(sheet, at, place)
            if isinstance(value, str):
                _write_text(cell, value)
            else:
                cell.value = value


def _free_column(grid: Grid) -> int:
    """The first column to the right of everything that is filled, from 1."""
    return (
        max(
            (place for row in grid.rows for place, cell in enumerate(row, 1) if not is_empty(cell)), default=0
        )
        + 1
    )


def _mark_row(sheet: Worksheet, line: int, problems: Mapping[str, str], places: Mapping[str, int]) -> None:
    first = min(places.values())
    said: dict[int, list[str]] = {}
    for name, sentence in problems.items():
        said.setdefault(places.get(name, first), []).append(sentence)
    for place, sentences in said.items():
        cell = _own(sheet, line, place)
        cell.fill = _BAD
        comment = Comment("；".join(sentences), _AUTHOR)
        comment.width, comment.height = 260, 90
        cell.comment = comment


def _own(sheet: Worksheet, line: int, place: int) -> Cell:
    """The cell itself, or the one that holds the text of its merged block."""
    cell = sheet.cell(line, place)
    if not isinstance(cell, MergedCell):
        return cell
    block = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
    return _own(sheet, block.min_row, block.min_col)


def _put(sheet: Worksheet, line: int, column: int, text: str) -> None:
    cell = _own(sheet, line, column)
    _write_text(cell, text)
    cell.font, cell.alignment = _SAID, Alignment(vertical="center", wrap_text=True)


def _write_text(cell: Cell, text: str) -> None:
    """Put ``text`` into a cell as text, whatever it begins with: it can never become a formula."""
    cell.value = _ESCAPED.sub("_x005F_", writable(text))
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.quotePrefix = is_quoted(text)
