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
from tempfile import TemporaryDirectory
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.rules.wording import letters_wide
from hazard_desk.sheets.marks import SHEET, mark_rows
from hazard_desk.stopping import Stopped, stop_if_unwanted
from hazard_desk.store.saving import save
from hazard_desk.store.troubles import trouble_of


class CellFont(NamedTuple):
    """A typeface, and its size in points."""

    name: str
    size: int


TITLE_FONT = CellFont("方正小标宋简体", 18)
HEAD_FONT = CellFont("黑体", 11)
BODY_FONT = CellFont("仿宋_GB2312", 11)
HEAD_FILL = "F0F0F0"

LINE_HEIGHT = 16.5
"""Points that a line of body text takes in a row."""
READABLE = 130
"""Chinese characters that a landscape A4 page takes side by side and still lets read."""
Written = str | int | float | bool | date | datetime | time | timedelta | None
"""What is written into a cell."""
DATE, MOMENT, TEXT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@"
_GENERAL = "General"
_QUOTED = "'@"
"""The format of a text that begins like a formula."""
_SIGNS = ("=", "+", "-", "@", "'")
_UNLAWFUL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_HIGHEST = 409
"""Points of a row."""
_DIGIT = 7
"""Pixels that a column is wide for each digit."""
FOOTER = "第&P页 共&N页"


class _Looks(dict[str, Format]):
    """How cells of one kind look, by the format of what is in them; each look is made once."""

    def __init__(self, book: Workbook, face: CellFont, align: str, border: bool, fill: str) -> None:
        super().__init__()
        self._book = book
        self._all = {
            **{"font_name": face.name, "font_size": face.size},
            **{"align": align, "valign": "vcenter", "text_wrap": True},
            **({"border": 1, "border_color": "#000000"} if border else {}),
            **({"bg_color": f"#{fill}"} if fill else {}),
        }

    def __missing__(self, form: str) -> Format:
        quoted = form == _QUOTED
        told = {"num_format": TEXT if quoted else form, "quote_prefix": quoted}
        self[form] = made = self._book.add_format(self._all | told)
        return made


class _File:
    """A workbook while it is written: its rows lie in a folder of their own until it is whole."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self._content = BytesIO()
        self.book = Workbook(self._content, {"constant_memory": True, "tmpdir": self._folder.name})
        self._looks: dict[tuple[CellFont, str, bool, str], _Looks] = {}

    def sheet(self, title: str) -> Worksheet:
        """Add a sheet; what its name may not hold is left out, a second one of a name gets a number."""
        wanted = _NOT_IN_A_NAME.sub(" ", title).strip("'")
        taken = {sheet.name.lower() for sheet in self.book.worksheets()}
        name, number = _cut(wanted), 0
        while name.lower() in taken:
            number += 1
            name = f"{_cut(wanted, len(str(number)))}{number}"
        return self.book.add_worksheet(name)

    def looks(self, face: CellFont, align: str, border: bool = True, fill: str = "") -> _Looks:
        """Return how such cells look; ``fill`` is their ground as RRGGBB, '' for none."""
        kind = (face, align, border, fill)
        if kind not in self._looks:
            self._looks[kind] = _Looks(self.book, *kind)
        return self._looks[kind]

    def save(self, to: Path) -> Path:
        """Write the file; return it. Raises ``Trouble`` naming the file."""
        try:
            self.book.close()
        except FileCreateError as wrong:
            raise trouble_of(wrong.args[0], to) from wrong
        finally:
            self.drop()
        save(self._content.getvalue(), to)
        return to

    def mark(self, ledger: Ledger) -> None:
        """Add the hidden sheet that says which ledger the workbook belongs to."""
        sheet = self.book.add_worksheet(SHEET)
        sheet.very_hidden()
        for at, said in enumerate(mark_rows(ledger)):
            sheet.write_row(at, 0, said)

    def drop(self) -> None:
        """Give up what was written."""
        for sheet in self.book.worksheets():
            sheet._opt_close()
        self._folder.cleanup()


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
        self._file: _File = beside._file if beside else _File()
        self._all: list[Sheet] = beside._all if beside else []
        self._all.append(self)
        self._mark = mark
        self._sheet = self._file.sheet(title)
        self._row = 0
        """How many rows are written."""
        self._in_sight = False
        self._filtered = 0
        """The row that is filtered by, 0 for none."""
        self.widths = list(widths)
        for place, width in enumerate(self.widths):
            self._sheet.set_column_pixels(place, place, round((width * 2 + 1.5) * _DIGIT))
        self._set_up_page(landscape)

    def banner(
        self, text: str, font: CellFont = TITLE_FONT, align: str = "center", height: float = 30
    ) -> None:
        """Write one text across the whole width; where that is more than a page, on the first one."""
        if sum(self.widths) > READABLE:
            align = "left"
        self._begin(height)
        self._write(0, text, self._file.looks(font, align, border=False))
        self.merge(self._row, 1, self._row, len(self.widths))

    def heading(self, labels: Sequence[str], freeze: bool = True) -> None:
        """Write the heading row: repeated on every printed page, kept in sight on the screen, filtered by."""
        self.heading_rows([labels])
        if freeze:
            self.stay_in_sight()

    def heading_rows(self, rows: Sequence[Sequence[str | None]]) -> int:
        """Write a heading of several rows; return the first. None leaves a cell empty that is merged."""
        looks = self._file.looks(HEAD_FONT, "center", fill=HEAD_FILL)
        for labels in rows:
            lines = max(lines_of(label, width) for label, width in zip(labels, self.widths, strict=True))
            self._begin(lines * LINE_HEIGHT + 8)
            for place, label in enumerate(labels):
                self._write(place, label or "", looks)
        return self._row - len(rows) + 1

    def stay_in_sight(self, rows: int = 1, filtered: bool = True) -> None:
        """Keep the last ``rows`` in sight, on the screen and on every page; filter by the last of them.

        Of several headings on a sheet it is the first.
        """
        if self._in_sight:
            return
        self._in_sight = True
        self._sheet.repeat_rows(self._row - rows, self._row - 1)
        self._sheet.freeze_panes(self._row, 0)
        self._filtered = self._row if filtered else 0

    def repeat_columns(self, count: int) -> None:
        """Where pages stand side by side, print the first ``count`` columns on each of them."""
        if pages_wide(self.widths) > 1:
            self._sheet.repeat_columns(0, count - 1)

    def row(
        self,
        values: Sequence[Written],
        aligns: Sequence[str],
        height: float | None = None,
        fills: Sequence[str] = (),
    ) -> int:
        """Write one bordered row; return its number. None leaves a cell empty (merged ones too).

        ``fills`` are the grounds of its cells as RRGGBB, '' for none.
        """
        try:
            stop_if_unwanted()
        except Stopped:
            self._file.drop()
            raise
        if height is None:
            told = zip(values, self.widths, strict=True)
            lines = max((lines_of(value, width) for value, width in told if value is not None), default=1)
            height = lines * LINE_HEIGHT + 6
        self._begin(min(height, _HIGHEST))
        grounds = fills or [""] * len(values)
        for place, (value, align, fill) in enumerate(zip(values, aligns, grounds, strict=True)):
            self._write(place, value, self._file.looks(BODY_FONT, align, fill=fill))
        return self._row

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a block; its cells keep the borders they were written with."""
        if (top, left) != (bottom, right):  # the writer's own way would write them all again
            self._sheet.merge.append([top - 1, left - 1, bottom - 1, right - 1])

    def save(self, to: Path) -> Path:
        """Write the file; return it. Raises ``Trouble`` naming the file."""
        for sheet in self._all:
            if sheet._filtered:
                sheet._sheet.autofilter(sheet._filtered - 1, 0, sheet._row - 1, len(sheet.widths) - 1)
        if self._mark is not None:
            self._file.mark(self._mark)
        return self._file.save(to)

    def _set_up_page(self, landscape: bool) -> None:
        """Set the sheet up for A4: as many pages side by side as its columns need to be read."""
        sheet = self._sheet
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(pages_wide(self.widths), 0)
        sheet.center_horizontally()
        sheet.set_footer(f"&C{FOOTER}", {"margin": 0.5})
        sheet.set_margins(left=0.5, right=0.5, top=1, bottom=1)

    def _begin(self, height: float) -> None:
        """Begin the next row."""
        self._sheet.set_row(self._row, height)
        self._row += 1

    def _write(self, place: int, value: Written, looks: _Looks) -> None:
        row = self._row - 1
        if value is None:
            self._sheet.write_blank(row, place, None, looks[_GENERAL])
        elif isinstance(value, str):
            self._write_text(row, place, value, looks)
        elif isinstance(value, bool):
            self._sheet.write_boolean(row, place, value, looks[_GENERAL])
        elif isinstance(value, int | float):
            self._sheet.write_number(row, place, value, looks[_GENERAL])
        else:
            self._sheet.write_datetime(row, place, value, looks[_form(value)])

    def _write_text(self, row: int, place: int, value: str, looks: _Looks) -> None:
        look = looks[_QUOTED if is_quoted(value) else TEXT]
        text = writable(value)
        if text.startswith("<r>") and text.endswith("</r>"):  # the writer would take it for its own XML
            self._sheet.write_rich_string(row, place, *text[:2], text[2:], look)
        elif text:
            self._sheet.write_string(row, place, text, look)
        else:
            self._sheet.write_blank(row, place, None, look)


def _form(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return MOMENT
    return DATE if isinstance(value, date) else _GENERAL


def is_quoted(text: str) -> bool:
    """Whether a text begins like a formula."""
    return text.startswith(_SIGNS)


def writable(text: str) -> str:
    """Return the text without the signs that a sheet cannot hold."""
    if text.isprintable():
        return text
    return _UNLAWFUL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def pages_wide(widths: Sequence[float]) -> int:
    """Return how many A4 pages stand side by side, so that what they show can be read."""
    return math.ceil(sum(widths) / READABLE)


def _cut(name: str, less: int = 0) -> str:
    """Return what of a name has room, with so many characters to spare."""
    return name.encode("utf-16-le")[: 2 * (_LONGEST_NAME - less)].decode("utf-16-le", "ignore")


def lines_of(value: Written, width: float) -> int:
    """How many lines a value takes in a column of ``width`` Chinese characters."""
    text = "" if value is None else str(value)
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(letters_wide(line) / (width * 2))) for line in text.split("\n"))
