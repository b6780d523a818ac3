"""The tables of a Word document, merged cells and all: an annex comes as .docx as often as as a sheet.

This is the one place besides the papers that knows python-docx: a table that comes in is read here, whether
it stands in Word or in Excel.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table, _Cell

from hazard_desk.errors import Refused
from hazard_desk.library.annex.table import RawTable

_MOST_ROWS = 5_000
_MOST_COLUMNS = 60
_ABOVE = 6
"""Lines before a table that may name it."""


def read_word(content: bytes) -> list[RawTable]:
    """Return the tables of a .docx whose parts were looked through. ``Refused`` when it is damaged."""
    try:
        return _tables(Document(BytesIO(content)))
    except Refused:
        raise
    except Exception:  # whatever a damaged part makes the reader stumble over
        raise Refused("已损坏或不是Word文档，读不出来，请用WPS或Office打开后另存为 .docx 再试") from None


def _tables(document: Any) -> list[RawTable]:
    found: list[RawTable] = []
    above: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            found.append(_table(part, f"第{len(found) + 1}张表", above[-_ABOVE:]))
            above = []
        elif part.text.strip():
            above.append(part.text.strip())
    return found


def _table(table: Table, name: str, above: list[str]) -> RawTable:
    """Lay a table out on its grid: a cell that goes on from above belongs to the block begun there."""
    rows: list[list[str]] = []
    blocks: list[list[int]] = []
    open_blocks: dict[int, list[int]] = {}
    for number, row in enumerate(table._tbl.tr_lst):
        if number >= _MOST_ROWS:
            raise Refused(f"表格超过{_MOST_ROWS}行，不像分解表")
        texts = [""] * row.grid_before
        still: dict[int, list[int]] = {}
        for cell in row.tc_lst:
            column, span = len(texts), cell.grid_span
            if column + span > _MOST_COLUMNS:
                raise Refused(f"表格超过{_MOST_COLUMNS}栏，不像分解表")
            block = open_blocks.get(column) if cell.vMerge == "continue" else None
            if block is None:
                block = [number, column, number, column + span - 1]
                blocks.append(block)
                texts.append(_text(_Cell(cell, table)))
            else:
                block[2] = number
                texts.append("")
            texts += [""] * (span - 1)
            if cell.vMerge:
                still[column] = block
        open_blocks = still
        rows.append(texts)
    merges = [(block[0], block[1], block[2], block[3]) for block in blocks if block[:2] != block[2:]]
    return RawTable(name, rows, merges, above)


def _text(cell: _Cell) -> str:
    return "\n".join(paragraph.text for paragraph in cell.paragraphs).strip()
