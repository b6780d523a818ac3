"""Tables kept as text (.csv), in the encodings that Chinese offices write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Document, Paragraph, document_of
from hazard_desk.grid.grid import MOST_CELLS, Grid

_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS = ",\t;，"
_LOOKED_AT, _ROWS = 20_000, 40
"""Characters and rows by which the mark between cells is told."""
_LONGEST = 40_000
"""Characters of one cell."""


def read_text(content: bytes, title: str, prose: bool = False) -> Document:
    """Return the table of a text file, or its lines where there is none. ``Refused`` for what is no text.

    Where ``prose`` is expected only tabs make a table: commas belong to the sentences.
    """
    text = _decoded(content)
    if "\0" in text:
        raise Refused("不是表格文件，看不懂里面的内容")
    mark, text = _mark(text, "\t" if prose else _MARKS)
    if not mark:
        return document_of([Paragraph(line.strip()) for line in text.splitlines() if line.strip()])
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
    return Document([Grid(title, rows)])


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(content, "utf-16")
    if content[1:40:2].count(0) > 4 and not content[:40:2].count(0):
        return _strict(content, "utf-16-le")
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


def _mark(text: str, marks: str) -> tuple[str, str]:
    """The mark between cells and the text: the one that makes most rows equally long; '' for none."""
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        return told[1], text[told.end() :]
    counted = {mark: _regular(text[:_LOOKED_AT], mark) for mark in marks}
    best = max(marks, key=lambda mark: (counted[mark], -marks.index(mark)))
    return best if counted[best] > (0, 0) else "", text


def _regular(text: str, mark: str) -> tuple[int, int]:
    """How many of the first rows have the commonest number of cells, and how many cells these are."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark), _ROWS))
    except csv.Error:
        return (1, 1) if mark in text else (0, 0)
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((count, length) for length, count in lengths.items()), default=(0, 0))
