"""Spreadsheets of Excel 2003 kept as one XML file, as some systems export them, mostly called .xls."""

from __future__ import annotations

from datetime import datetime
from xml.parsers import expat

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.grid import MOST_CELLS, Grid, Merge
from hazard_desk.sheets.reading.cell_scan import BAD_XML, EXACT, ODD, TOO_WIDE

SIGN = b"urn:schemas-microsoft-com:office:spreadsheet"
_SPACE = SIGN.decode() + " "


def read_xml_sheets(content: bytes) -> list[Grid]:
    """Return the sheets. Raises ``Refused`` with what is wrong."""
    if BAD_XML.search(content[:4096]):
        raise Refused(ODD)
    book = _Book()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = book.start, book.end
    parser.CharacterDataHandler = book.take
    parser.StartDoctypeDeclHandler = book.refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise Refused(ODD) from None
    return book.grids


class _Book:
    """Takes the cells as they come."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._title, self._hidden = "", False
        self._rows: list[list[CellContent]] = []
        self._merges: list[Merge] = []
        self._column = 0
        self._kind: str | None = None
        """Of the value that is being read; None between values."""
        self._text = ""
        self._left = MOST_CELLS

    def start(self, name: str, says: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "Worksheet":
            self._title = says.get(f"{_SPACE}Name", "")
            self._rows, self._merges, self._hidden = [], [], False
        elif kind == "Row":
            self._rows += [[] for _ in range(self._index(says, len(self._rows)))]
            self._rows.append([])
        elif kind == "Cell" and self._rows:
            self._open_cell(says)
        elif kind in ("Data", "Visible"):
            self._kind, self._text = says.get(f"{_SPACE}Type", ""), ""

    def take(self, text: str) -> None:
        if self._kind is not None:
            self._text += text

    def end(self, name: str) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "Data" and self._rows and self._column < len(self._rows[-1]):
            self._rows[-1][self._column] = _value(self._kind or "", self._text)
        elif kind == "Visible":
            self._hidden = self._text.strip() in ("SheetHidden", "SheetVeryHidden")
        elif kind == "Worksheet":
            self.grids.append(Grid(self._title, self._rows, self._merges, self._hidden))
        if kind in ("Data", "Visible"):
            self._kind = None

    def refuse(self, *says: object) -> None:
        raise Refused(ODD)

    def _open_cell(self, says: dict[str, str]) -> None:
        row, at = self._rows[-1], len(self._rows) - 1
        skipped = self._index(says, len(row))
        right = _number(says.get(f"{_SPACE}MergeAcross", ""))
        down = _number(says.get(f"{_SPACE}MergeDown", ""))
        self._count(1 + right)
        self._column = len(row) + skipped
        row += [""] * (skipped + 1 + right)
        if right or down:
            self._merges.append((at, self._column, at + down, self._column + right))

    def _index(self, says: dict[str, str], there: int) -> int:
        """How many are left out before a row or a cell that tells its number."""
        skipped = max(0, _number(says.get(f"{_SPACE}Index", "")) - 1 - there)
        self._count(skipped)
        return skipped

    def _count(self, more: int) -> None:
        self._left -= more
        if self._left < 0:
            raise Refused(TOO_WIDE)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _value(kind: str, text: str) -> CellContent:
    if kind == "DateTime":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text == "1"
    digits = text.lstrip("-").replace(".", "")
    if kind == "Number" and len(digits) <= EXACT:
        try:
            return float(text)
        except ValueError:
            return text
    return text
