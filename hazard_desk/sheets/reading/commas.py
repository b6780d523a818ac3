"""Tables kept as text (.csv), in the encodings that Chinese offices write."""

from __future__ import annotations

import csv
import io
from collections import Counter

from hazard_desk.errors import Refused
from hazard_desk.grid.grid import MOST_CELLS, Grid

_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS = ",\t;，"
_LONGEST = 40_000
"""Characters of one cell."""


def read_text(content: bytes, title: str) -> Grid:
    """Return the table of a text file. Raises ``Refused`` for what is no text or no table."""
    text = _decoded(content)
    if "\0" in text:
        raise Refused("不是表格文件，看不懂里面的内容")
    mark = _mark(text)
    csv.field_size_limit(_LONGEST)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=False):
            rows.append(row)
            cells += len(row)
            if cells > MOST_CELLS:
                raise Refused("内容太多，请分成几个文件")
    except csv.Error:
        raise Refused("的格式不对，请用表格软件打开后另存为.xlsx再试") from None
    if all(len(row) < 2 for row in rows):
        raise Refused("里没有表格，请检查文件")
    return Grid(title, rows)


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(content, "utf-16")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("不是表格文件，看不懂里面的内容")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("不是表格文件，看不懂里面的内容") from None


def _mark(text: str) -> str:
    """The mark between cells: the one that the first lines hold most of."""
    counted = Counter(char for char in text[:5000] if char in _MARKS)
    return max(_MARKS, key=lambda mark: (counted[mark], -_MARKS.index(mark)))
