"""The tables of a Word document, opened safely, merged cells and all, with the lines of text above each.

This is the one place besides the papers that knows python-docx.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.table import Table, _Cell

from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid
from hazard_desk.sheets.reading.cell_scan import BAD_XML
from hazard_desk.sheets.reading.zipped import DAMAGED
from hazard_desk.store.archives import BOMB, damage_as, unpacked

_MOST_UNPACKED = 60 << 20
"""Bytes of a Word document unpacked, pictures and all."""
_MOST_TEXT = 10 << 20
"""Bytes of its text: the table of an office is far smaller."""
_MOST_PARTS = 2_000
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60
_ABOVE = 6
"""Lines before a table that may name it."""


def read_word(file: Path) -> list[Grid]:
    """Return the tables of a .docx. Raises ``Refused`` with what is wrong with the file."""
    with damage_as(DAMAGED), zipfile.ZipFile(file) as archive:
        _look_through(archive)
    try:
        return _tables(file.read_bytes())
    except (Refused, OSError):
        raise
    except Exception:  # whatever a damaged part makes the reader stumble over
        raise Refused("已损坏或不是Word文档，读不出来，请用WPS或Office打开后另存为 .docx 再试") from None


def _look_through(archive: zipfile.ZipFile) -> None:
    """Unpack every part, whatever size it claims. ``Refused`` for a bomb or a document type."""
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_UNPACKED:
        raise Refused(BOMB)
    left = _MOST_UNPACKED
    for info in infos:
        xml = info.filename.lower().endswith((".xml", ".rels"))
        content = unpacked(archive, info, min(left, _MOST_TEXT) if xml else left)
        left -= len(content)
        if xml and (BAD_XML.search(content[:4096]) or content[:2] in (b"\xff\xfe", b"\xfe\xff")):
            raise Refused("内容不是正常的Word文档，没有打开")


def _tables(content: bytes) -> list[Grid]:
    found: list[Grid] = []
    above: list[str] = []
    for part in Document(BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            found.append(_table(part, f"第{len(found) + 1}张表", above[-_ABOVE:]))
            above = []
        elif part.text.strip():
            above.append(part.text.strip())
    return found


def _table(table: Table, title: str, above: list[str]) -> Grid:
    """Lay a table out on its grid: a cell that goes on from above belongs to the block begun there."""
    rows: list[list[str]] = []
    blocks: list[list[int]] = []
    open_blocks: dict[int, list[int]] = {}
    for number, row in enumerate(table._tbl.tr_lst):
        if number >= _MOST_ROWS:
            raise Refused(f"里的表格超过{_MOST_ROWS}行，请分成几个文件")
        texts = [""] * row.grid_before
        still: dict[int, list[int]] = {}
        for cell in row.tc_lst:
            column, span = len(texts), cell.grid_span
            if column + span > _MOST_COLUMNS:
                raise Refused(f"里的表格超过{_MOST_COLUMNS}栏，请删去多余的栏")
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
    merges = [(block[0], block[1], block[2], block[3]) for block in blocks]
    return Grid(title, rows, merges, above=above, called=title)


def _text(cell: _Cell) -> str:
    return "\n".join(paragraph.text for paragraph in cell.paragraphs).strip()
