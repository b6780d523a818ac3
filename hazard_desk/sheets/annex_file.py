"""The file of an annex, Word or spreadsheet, opened safely: its tables as they lie."""

from __future__ import annotations

import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

from hazard_desk.errors import Refused
from hazard_desk.library.annex_table import RawTable
from hazard_desk.store.troubles import troubles

_MOST_ZIPPED = 50 << 20
_MOST_UNPACKED = 60 << 20
"""Bytes of a file, as it lies on the disk and unpacked: pictures and all."""
_MOST_TABLE = 10 << 20
"""Bytes of one part that is read: the table of an annex is far smaller."""
_MOST_PARTS = 2_000
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60
"""Of a sheet: what lies beyond is no annex."""
_PIECE = 1 << 18
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMB = "展开后太大，不像正常的文件，没有打开"
_DAMAGED = "已损坏，打不开，请用WPS或Office打开后另存一份再试"


def read_tables(file: Path) -> list[RawTable]:
    """Return the tables of a .docx or of a spreadsheet. Raises ``Refused`` and ``Trouble``, naming it."""
    with troubles(file):
        if not file.is_file():
            raise Refused(f"没有找到文件“{file}”，请检查路径")
        try:
            return _read(file)
        except Refused as wrong:
            raise Refused(f"“{file.name}”{wrong.message}") from None


def _read(file: Path) -> list[RawTable]:
    with file.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(_OLD):
        raise Refused("是旧版文档或有密码保护，请用WPS或Office另存为没有密码的 .docx 或 .xlsx 再试")
    if not head.startswith(b"PK"):
        raise Refused("不是Word文档或电子表格，请选择 .docx 或 .xlsx 文件")
    parts = _look_through(file)
    if any(name.startswith("word/") for name in parts):
        from hazard_desk.sheets.word_table import read_word  # python-docx: heavy

        return read_word(file.read_bytes())
    if any(name.startswith("xl/") for name in parts):
        return _sheets(file)
    raise Refused("不是Word文档或电子表格，请选择 .docx 或 .xlsx 文件")


def _look_through(file: Path) -> list[str]:
    """Return the names of a file's parts, in small letters, once none of them is a danger.

    Unpack every part in pieces, whatever size it claims. ``Refused`` for a bomb or a document type.
    """
    if file.stat().st_size > _MOST_ZIPPED:
        raise Refused("太大，请把照片等内容删去后再试")
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_UNPACKED:
                raise Refused(_BOMB)
            left = _MOST_UNPACKED
            for info in infos:
                left -= _checked(archive, info, left)
            return [info.filename.lower() for info in infos]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OverflowError):
        raise Refused(_DAMAGED) from None


def _checked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> int:
    """Return the size of a part."""
    size, xml = 0, info.filename.lower().endswith((".xml", ".rels"))
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            if (
                xml
                and size == 0
                and (b"<!DOCTYPE" in piece[:4096].upper() or piece[:2] in (b"\xff\xfe", b"\xfe\xff"))
            ):
                raise Refused("内容不是正常的文档，没有打开")
            size += len(piece)
            if size > (min(most, _MOST_TABLE) if xml else most):
                raise Refused(_BOMB)
    return size


def _odd(head: bytes) -> bool:
    """Neither a document type nor UTF-16 is ever in a part that Word wrote."""
    return b"<!DOCTYPE" in head[:4096].upper() or head[:2] in (b"\xff\xfe", b"\xfe\xff")


def _sheets(file: Path) -> list[RawTable]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, data_only=True)
        return [_raw(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception:  # whatever a damaged part makes the reader stumble over
        raise Refused(_DAMAGED) from None


def _raw(sheet: Any) -> RawTable:
    """A sheet as it lies. What reaches beyond the bounds is cut off."""
    found = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    rows = [[_shown(cell) for cell in row] for row in found]
    merges = [
        (one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in sheet.merged_cells
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    return RawTable(f"工作表“{sheet.title}”", rows, merges)


def _shown(cell: Any) -> str:
    """A cell as it would be written in a Word table; a date in full."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
