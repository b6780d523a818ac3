"""The cells of one sheet's XML: how far they reach, and which of them a reader shows otherwise.

Almost all sheets pass at a glance, by patterns over the whole text; only where one of these hits is the
text read cell by cell.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken
from hazard_desk.grid.grid import MOST_CELLS

Odd = dict[tuple[int, int], str | Broken]
"""Row and column from 0: the text as it was written, or why there is none."""

ODD = "内容不是正常的表格，没有打开"
TOO_WIDE = "表格的范围太大，请删去数据以外的内容后再试"
BAD_XML = re.compile(rb"<!DOCTYPE|<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE)
"""Neither a document type nor another encoding than UTF-8 is ever in a sheet that a program wrote."""

EXACT = 15
"""Digits that a spreadsheet keeps of a number."""
CUT = "号码超过15位，表格软件已把末尾变成0，请把这一格设为文本后重新填写"
_CELL = re.compile(rb"<(?:[^\s<>/\"'=:]+:)?c[\s>/]")
_PLACED = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]+)0*([0-9]+)\s*[\"']")
_BARE_CELLS = tuple(b"<c" + behind for behind in (b" ", b">", b"/", b"\n", b"\r", b"\t"))
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_FORMULA = re.compile(rb"<(?:[^\s<>/\"'=:]+:)?f[\s>/]")
_LONG = re.compile(rb"v>(?:[0-9]{16}|[0-9.]+[eE]\+?(?:1[5-9]|[2-9][0-9])<)")
"""A number of more digits than are kept."""
_CLOSER = (((b'"e"', b"'e'"), _ERROR), ((b"<f", b":f"), _FORMULA), ((b"v>",), _LONG))
"""What asks for a close look, each behind what it never lacks: a pattern alone takes ten times as long."""


def look_at_cells(content: bytes) -> Odd:
    """Return the odd cells of a sheet. Raises ``Refused`` when they reach too far to be read."""
    placed = _PLACED.findall(content)
    if len(placed) < _count_cells(content):
        return _closely(content)
    rows, columns = _reach(placed)
    if rows * columns > MOST_CELLS or _asks_for_more(content):
        return _closely(content)
    return {}


def _count_cells(content: bytes) -> int:
    if b":c" in content:  # they may have a prefix
        return len(_CELL.findall(content))
    return sum(map(content.count, _BARE_CELLS))


def _asks_for_more(content: bytes) -> bool:
    return any(
        any(sign in content for sign in signs) and pattern.search(content) for signs, pattern in _CLOSER
    )


def reach(content: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells of a sheet reach, by their own references."""
    return _reach(_PLACED.findall(content))


def _reach(placed: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    columns = max(map(_column, {letters for letters, _ in placed}), default=-1) + 1
    return max(map(_row, {digits for _, digits in placed}), default=0), columns


def _column(letters: bytes) -> int:
    """Return the column from 0 that letters such as AB name."""
    if len(letters) > 3:
        raise Refused(ODD)
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _row(digits: bytes) -> int:
    if len(digits) > 7:
        raise Refused(ODD)
    return int(digits)


def _closely(content: bytes) -> Odd:
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.take
    parser.Parse(content, True)
    return scan.odd


class _Scan:
    """Reads a sheet cell by cell."""

    def __init__(self) -> None:
        self.odd: Odd = {}
        self._at = (-1, -1)
        self._kind = ""
        self._formula = self._within = False
        self._value = ""
        self._rows = self._columns = 0

    def start(self, name: str, says: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c":
            self._at = _place(says["r"]) if "r" in says else (self._at[0], self._at[1] + 1)
            self._kind, self._formula, self._value = says.get("t", ""), False, ""
        elif kind == "f":
            self._formula = True
        elif kind == "row":
            self._at = (_row(says["r"].encode()) - 1 if "r" in says else self._at[0] + 1, -1)
        self._within = kind in ("v", "t")

    def take(self, text: str) -> None:
        if self._within:
            self._value += text

    def end(self, name: str) -> None:
        self._within = False
        if name.rpartition(":")[2] == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        if not self._value:
            if self._formula:
                self.odd[self._at] = Broken("公式没有结果，请用表格软件打开并保存一次，或直接填写内容")
            return
        self._rows, self._columns = max(self._rows, self._at[0] + 1), max(self._columns, self._at[1] + 1)
        if self._rows * self._columns > MOST_CELLS:
            raise Refused(TOO_WIDE)
        if self._kind == "e":
            self.odd[self._at] = Broken(f"单元格里是错误值{self._value[:20]}")
        elif self._kind in ("", "n") and len(self._value) > EXACT:
            self._look_at_digits()

    def _look_at_digits(self) -> None:
        """A number of more than 15 digits is kept as written; where the program cut it, nobody knows it."""
        digits = self._value
        if digits.isascii() and digits.isdigit() and not digits.endswith("000"):
            self.odd[self._at] = digits
        elif digits.isdigit() or ("E" in digits.upper() and abs(float(digits)) >= 10**EXACT):
            self.odd[self._at] = Broken(CUT)


def _place(reference: str) -> tuple[int, int]:
    """Return row and column from 0 of a reference such as AB12. ``Refused`` for what is none."""
    match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", reference.strip())
    if match is None or int(match[2]) == 0:
        raise Refused(ODD)
    return int(match[2]) - 1, _column(match[1].encode())
