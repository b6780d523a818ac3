"""A spreadsheet written safely: what a person typed stays text, numbers stay numbers, print set-up done.

The file appears under its name only when it is whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.rules.wording import letters_wide
from hazard_desk.sheets.marks import write_mark
from hazard_desk.stopping import Stopped, stop_if_unwanted
from hazard_desk.store.saving import save

_LINE = Side(style="thin", color="FF000000")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TITLE_FONT = Font(name="方正小标宋简体", size=18)
HEAD_FONT = Font(name="黑体", size=11)
BODY_FONT = Font(name="仿宋_GB2312", size=11)
HEAD_FILL = PatternFill("solid", fgColor="FFF0F0F0")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)
_ALIGN = {"center": _MIDDLE, "left": _LEFT, "right": _RIGHT}

LINE_HEIGHT = 16.5
"""Points that a line of body text takes in a row."""
READABLE = 130
"""Chinese characters that a landscape A4 page takes side by side and still lets read."""
Written = str | int | float | bool | date | datetime | time | timedelta | None
"""What is written into a cell."""
_DATE = "yyyy-mm-dd"
_MOMENT = "yyyy-mm-dd hh:mm"
_TEXT = "@"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""An underscore that would begin the name of a character in a sheet's XML: _x0041_ is read as A."""


class Sheet:
    """One sheet, written row by row from the top; ``widths`` are in Chinese characters a column."""

    def __init__(
        self,
        title: str,
        widths: Sequence[float],
        landscape: bool = True,
        mark: Ledger | None = None,
        beside: Sheet | None = None,
    ) -> None:
        """``mark`` is the ledger whose rows these are, by which import knows the file again.

        ``beside`` is an earlier sheet of the same workbook, which that one saves.
        """
        self._book: Workbook = beside._book if beside else Workbook(write_only=True)
        made: Worksheet = self._book.create_sheet(title[:31])  # what a write-only sheet has of it
        self._mark = mark
        self._sheet = made
        self._all: list[Sheet] = beside._all if beside else []
        self._all.append(self)
        self._row = 0
        self._waiting: list[tuple[Cell | None, ...]] | None = []
        """Rows until the heading: what stays in sight has to be said before the first is written."""
        self._filtered = 0
        """The row that is filtered by, 0 for none."""
        self._looks: dict[tuple[int | str | bool, ...], StyleArray] = {}
        self.widths = list(widths)
        for place, width in enumerate(self.widths, start=1):
            made.column_dimensions[get_column_letter(place)].width = width * 2 + 1.5
        set_up_page(made, self.widths, landscape)

    def banner(self, text: str, font: Font = TITLE_FONT, align: str = "center", height: float = 30) -> None:
        """Write one text across the whole width; where that is more than a page, on the first one."""
        if sum(self.widths) > READABLE:
            align = "left"
        cells = [self._cell(text, font, align, border=False), *[None] * (len(self.widths) - 1)]
        self._append(cells, height)
        self.merge(self._row, 1, self._row, len(self.widths))

    def heading(self, labels: Sequence[str], freeze: bool = True) -> None:
        """Write the heading row: repeated on every printed page, kept in sight on the screen, filtered by."""
        self.heading_rows([labels])
        if freeze:
            self.stay_in_sight()

    def heading_rows(self, rows: Sequence[Sequence[str | None]]) -> int:
        """Write a heading of several rows; return the first. None leaves a cell empty that is merged."""
        for labels in rows:
            cells = [self._cell(label or "", HEAD_FONT, "center", filled=True) for label in labels]
            lines = max(lines_of(label, width) for label, width in zip(labels, self.widths, strict=True))
            self._append(cells, lines * LINE_HEIGHT + 8)
        return self._row - len(rows) + 1

    def stay_in_sight(self, rows: int = 1, filtered: bool = True) -> None:
        """Keep the last ``rows`` in sight, on the screen and on every page; filter by the last of them.

        Of several headings on a sheet it is the first.
        """
        if self._waiting is None:
            return
        self._sheet.print_title_rows = f"{self._row - rows + 1}:{self._row}"
        self._sheet.freeze_panes = f"A{self._row + 1}"
        self._filtered = self._row if filtered else 0
        self._write_waiting()

    def row(self, values: Sequence[Written], aligns: Sequence[str], height: float | None = None) -> int:
        """Write one bordered row; return its number. None leaves a cell empty (merged ones too)."""
        try:
            stop_if_unwanted()
        except Stopped:
            self._end()
            raise
        cells = [self._cell(value, BODY_FONT, align) for value, align in zip(values, aligns, strict=True)]
        if height is None:
            lines = max(lines_of(value, width) for value, width in zip(values, self.widths, strict=True))
            height = lines * LINE_HEIGHT + 6
        self._append(cells, min(height, 409))
        return self._row

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a block; its cells keep the borders they were written with."""
        if (top, left) != (bottom, right):
            self._sheet.merged_cells.ranges.add(
                CellRange(min_row=top, min_col=left, max_row=bottom, max_col=right)
            )

    def save(self, to: Path) -> Path:
        """Write the file; return it. Raises ``Trouble`` naming the file."""
        for sheet in self._all:
            sheet._complete()
        if self._mark is not None:
            write_mark(self._book, self._mark)
        return save_book(self._book, to)

    def _complete(self) -> None:
        """Write what waits; the filter reaches down to the last row."""
        self._write_waiting()
        if self._filtered:
            last = get_column_letter(len(self.widths))
            self._sheet.auto_filter.ref = f"A{self._filtered}:{last}{self._row}"

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        for cells in waiting or ():
            self._sheet.append(cells)

    def _end(self) -> None:
        """End a sheet that is given up: half written it complains when it is thrown away."""
        for sheet in self._book.worksheets:
            if isinstance(sheet, WriteOnlyWorksheet) and not sheet.closed:
                sheet.close()

    def _append(self, cells: Sequence[Cell | None], height: float) -> None:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = height
        if self._waiting is None:
            self._sheet.append(tuple(cells))
        else:
            self._waiting.append(tuple(cells))

    def _cell(self, value: Written, font: Font, align: str, border: bool = True, filled: bool = False) -> Any:
        cell: Any = WriteOnlyCell(self._sheet, None)  # its style is not in the stubs
        if isinstance(value, str):
            _put(cell, value)
        elif value is not None:
            cell.value = value
        look = (id(font), align, border, filled, _format(value), _is_quoted(value))
        if look not in self._looks:  # a look is made once: to make it for every cell takes most of the time
            self._looks[look] = self._look(font, align, border, filled, value)
        cell._style = self._looks[look]
        return cell

    def _look(self, font: Font, align: str, border: bool, filled: bool, value: Written) -> StyleArray:
        cell: Any = WriteOnlyCell(self._sheet, None)
        cell.font, cell.alignment = font, _ALIGN[align]
        if border:
            cell.border = BORDER
        if filled:
            cell.fill = HEAD_FILL
        cell.number_format = _format(value)
        cell.quotePrefix = _is_quoted(value)
        style: StyleArray = cell._style
        return style


def _format(value: Written) -> str:
    if isinstance(value, str):
        return _TEXT
    if isinstance(value, datetime):
        return _MOMENT
    return _DATE if isinstance(value, date) else "General"


def _is_quoted(value: Written) -> bool:
    """Whether a text begins like a formula."""
    return isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "'")


def _put(cell: Cell, text: str) -> None:
    cell.value = _ESCAPED.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"


def set_up_page(sheet: Worksheet, widths: Sequence[float], landscape: bool = True) -> None:
    """Set a sheet up for A4: as many pages side by side as its columns need to be read."""
    page = sheet.page_setup
    page.orientation = "landscape" if landscape else "portrait"
    page.paperSize = 9  # A4
    page.fitToWidth = math.ceil(sum(widths) / READABLE)
    page.fitToHeight = 0
    fitting, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
    assert fitting is not None and footer is not None and footer.center is not None
    fitting.fitToPage = True
    sheet.print_options.horizontalCentered = True
    footer.center.text = "第&P页 共&N页"
    sheet.page_margins.left = sheet.page_margins.right = 0.5


def save_book(book: Workbook, to: Path) -> Path:
    """Write a workbook; it appears under its name only when it is whole. Raises ``Trouble``."""
    content = BytesIO()
    book.save(content)
    save(content.getvalue(), to)
    return to


def write_text(cell: Cell, text: str) -> None:
    """Put ``text`` into a cell as text, whatever it begins with: it can never become a formula."""
    _put(cell, text)
    cell.number_format = _TEXT
    cell.quotePrefix = _is_quoted(text)


def lines_of(value: Written, width: float) -> int:
    """How many lines a value takes in a column of ``width`` Chinese characters."""
    text = "" if value is None else str(value)
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(letters_wide(line) / (width * 2))) for line in text.split("\n"))
