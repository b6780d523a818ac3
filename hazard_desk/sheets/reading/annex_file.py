"""The file of an annex, Word or spreadsheet, opened safely: its tables as they lie."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from hazard_desk.errors import Refused
from hazard_desk.library.annex.table import RawTable
from hazard_desk.sheets.reading.cell_scan import BAD_XML
from hazard_desk.sheets.reading.file import MOST_ZIPPED, read_file
from hazard_desk.sheets.reading.grid import Broken, Grid
from hazard_desk.sheets.reading.zipped import DAMAGE, unpacked
from hazard_desk.store.troubles import troubles

_MOST_UNPACKED = 60 << 20
"""Bytes of a Word document unpacked, pictures and all."""
_MOST_TEXT = 10 << 20
"""Bytes of its text: the table of an annex is far smaller."""
_MOST_PARTS = 2_000
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60
"""Of a sheet: what lies beyond is no annex."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMB = "展开后太大，不像正常的Word文档，没有打开"
_DAMAGED = "已损坏，打不开，请用WPS或Word打开后另存一份再试"


def read_tables(file: Path) -> list[RawTable]:
    """Return the tables of a .docx or of a spreadsheet. Raises ``Refused`` and ``Trouble``, naming it."""
    with troubles(file):
        if not file.is_file():
            raise Refused(f"没有找到文件“{file}”，请检查路径")
        with file.open("rb") as stream:
            head = stream.read(8)
        if not _is_word(file, head):
            return [_raw(grid) for grid in read_file(file) if not grid.hidden]
        try:
            return _read_word(file, head)
        except Refused as wrong:
            raise Refused(f"“{file.name}”{wrong.message}") from None


def _is_word(file: Path, head: bytes) -> bool:
    named = file.suffix.lower() in (".docx", ".doc", ".wps")
    if head.startswith(_OLD):
        return named
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name.lower().startswith("word/") for name in archive.namelist())
    except DAMAGE:
        return head.startswith(b"PK") and named


def _read_word(file: Path, head: bytes) -> list[RawTable]:
    if head.startswith(_OLD):
        raise Refused("是旧版Word文档或有密码保护，请用WPS或Word另存为没有密码的 .docx 再试")
    if file.stat().st_size > MOST_ZIPPED:
        raise Refused("太大，请把照片等内容删去后再试")
    try:
        with zipfile.ZipFile(file) as archive:
            _look_through(archive)
    except DAMAGE:
        raise Refused(_DAMAGED) from None
    from hazard_desk.sheets.reading.word_table import read_word  # python-docx: heavy

    return read_word(file.read_bytes())


def _look_through(archive: zipfile.ZipFile) -> None:
    """Unpack every part, whatever size it claims. ``Refused`` for a bomb or a document type."""
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_UNPACKED:
        raise Refused(_BOMB)
    left = _MOST_UNPACKED
    for info in infos:
        xml = info.filename.lower().endswith((".xml", ".rels"))
        content = unpacked(archive, info, min(left, _MOST_TEXT) if xml else left)
        left -= len(content)
        if xml and (BAD_XML.search(content[:4096]) or content[:2] in (b"\xff\xfe", b"\xfe\xff")):
            raise Refused("内容不是正常的Word文档，没有打开")


def _raw(grid: Grid) -> RawTable:
    """A sheet as it lies. What reaches beyond the bounds is cut off."""
    rows = [[_shown(cell) for cell in row[:_MOST_COLUMNS]] for row in grid.rows[:_MOST_ROWS]]
    return RawTable(f"工作表“{grid.title}”", rows, grid.merges)


def _shown(cell: Any) -> str:
    """A cell as it would be written in a Word table; a date in full."""
    if cell is None or isinstance(cell, Broken):
        return ""
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
