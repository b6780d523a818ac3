"""A file with tables of any kind, read safely: what it is is told by its content, not by its name.

What is small is read here. What is large, or of a kind whose reader may end its process, is read apart,
within bounds of time and memory.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from hazard_desk.errors import Refused, Trouble
from hazard_desk.grid.beside import one_below_another
from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.document import Document
from hazard_desk.grid.grid import Grid
from hazard_desk.sheets.reading.apart import read_apart, tell_document, tell_why_not
from hazard_desk.sheets.reading.cell_scan import ODD
from hazard_desk.sheets.reading.commas import read_text
from hazard_desk.sheets.reading.office import made_into_docx
from hazard_desk.sheets.reading.old import LACKING, read_old
from hazard_desk.sheets.reading.old_parts import UNREADABLE
from hazard_desk.sheets.reading.pages import read_page
from hazard_desk.sheets.reading.xml_sheets import SIGN, read_xml_sheets
from hazard_desk.sheets.reading.zipped import DAMAGED, Looked, look_through, text_size
from hazard_desk.store.archives import LOCKED, damage_as
from hazard_desk.store.troubles import troubles

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook, SheetMetadata

MOST_ZIPPED = 100 << 20
"""Bytes of an .xlsx or .docx: pictures may be in it, they are not read."""
MOST_PLAIN = 20 << 20
"""Bytes of any other file."""
_LIGHT = 4 << 20
"""Bytes of XML or text that are read here; some thousand rows."""

_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH_TEXT = "是RTF格式的文档，这里读不出来，请用WPS或Word打开后另存为 .docx 再试"
_SIGNS = (
    (b"PK\x05\x06", "是空的压缩包，不是表格"),
    (b"{\\rtf", _RICH_TEXT),
    (b"\x89PNG", "是图片，不是表格"),
    (b"\xff\xd8\xff", "是图片，不是表格"),
    (b"GIF8", "是图片，不是表格"),
    (b"Rar!", "是压缩包，不是表格，请先解压"),
    (b"7z\xbc\xaf", "是压缩包，不是表格，请先解压"),
    (b"SQLite format 3", "是数据文件，不是表格"),
)
_PAGE = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<head", b"<meta")
_WIDE_PAGE = re.compile(rb"\xff\xfe\s*<\0(?:h|!|t)\0", re.IGNORECASE)
"""A page in UTF-16."""
_HINTS = {".pdf": "；PDF里的表格请用WPS转成 .docx 或 .xlsx 后再试"}
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def read_file(file: Path) -> list[Grid]:
    """Return the sheets of a spreadsheet, hidden ones too, or the tables of a document.

    A table that goes on in the next one is one table. Raises ``Refused`` and ``Trouble``, naming the file.
    """
    document = read_document(file)
    if not document.tables and document.paragraphs:
        raise Refused(f"“{file.name}”里没有表格，只有文字{_HINTS.get(file.suffix.lower(), '')}")
    return document.tables


def read_document(file: Path) -> Document:
    """Return what a file holds: paragraphs and tables of a text, the sheets of a spreadsheet.

    Raises ``Refused`` and ``Trouble``, naming the file.
    """
    with troubles(file):
        if file.is_dir():
            raise Refused(f"“{file.name}”是一个文件夹，请选择表格文件")
        try:
            return replace(_read_or_convert(file), called=file.name)
        except Refused as wrong:
            raise Refused(f"“{file.name}”{wrong.message}") from None


def _read_or_convert(file: Path) -> Document:
    try:
        return read_apart(file) if _is_for_apart(file) else _read(file)
    except Refused as wrong:
        if wrong.message not in (UNREADABLE, _RICH_TEXT):
            raise
        with made_into_docx(file) as made:
            if made is None:
                raise
            return _read_or_convert(made)


def read_for_another(file: str, to: str) -> int:
    """Read ``file`` for the process that waits for ``to``: this is the one apart."""
    try:
        return tell_document(_read(Path(file)), Path(to))
    except (Refused, Trouble) as wrong:
        return tell_why_not(wrong, Path(to))


def _is_for_apart(file: Path) -> bool:
    """Whether a file that may be read at all is too large, or of too risky a kind, to be read here.

    The reader of pages takes for ever over some of a few megabytes; those of old files and of PDFs may end.
    """
    size, head = _looked_at(file)
    if head.startswith(_ZIP):
        return text_size(file) > _LIGHT
    return head.startswith((_OLD, _PDF)) or _is_page(head) or size > _LIGHT


def _looked_at(file: Path) -> tuple[int, bytes]:
    """Return the size of a file and how it begins. ``Refused`` for what is not read at all."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        head = stream.read(512)
    if size == 0:
        raise Refused("是空文件")
    if size > (MOST_ZIPPED if head.startswith(_ZIP) else MOST_PLAIN):
        raise Refused("太大，请把照片等内容删去或分成几个文件")
    for sign, sentence in _SIGNS:
        if head.startswith(sign):
            raise Refused(sentence)
    return size, head


def _read(file: Path) -> Document:
    """Read a file by what its content shows it to be."""
    _, head = _looked_at(file)
    if head.startswith(_ZIP):
        if not _is_document(file):
            return Document(_read_xlsx(look_through(file)))
        from hazard_desk.sheets.reading.word import read_word  # python-docx: heavy

        return read_word(file)
    if head.startswith(_OLD):
        return _read_compound(file)
    if head.startswith(_PDF):
        from hazard_desk.sheets.reading.pdf import read_pdf  # only used apart

        return read_pdf(file)
    return _read_plain(file, file.read_bytes())


def _is_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith(_PAGE) or _WIDE_PAGE.match(head) is not None


def _read_plain(file: Path, content: bytes) -> Document:
    """Read what is kept as text: a page, the XML of Excel 2003, rows of cells, lines."""
    if SIGN in content[:4096]:
        return Document(read_xml_sheets(content))
    if not _is_page(content[:512]):
        return read_text(content, file.stem, file.suffix.lower() == ".txt")
    document = read_page(content)
    if not document.blocks:
        raise Refused("其实是网页格式，里面没有表格，请用表格软件打开后另存为.xlsx再试")
    return document


def _read_compound(file: Path) -> Document:
    """Read what Office and WPS wrote before 2007: a document or a spreadsheet."""
    from hazard_desk.sheets.reading.old_word import is_old_word, read_old_word  # only used apart

    if is_sealed(file):
        raise Refused(LOCKED)
    return read_old_word(file) if is_old_word(file) else Document(read_old(file))


def is_compound(file: Path) -> bool:
    """Whether a file is one of Office and WPS before 2007, or sealed with a password. Raises ``OSError``."""
    with file.open("rb") as stream:
        return stream.read(len(_OLD)) == _OLD


def is_sealed(file: Path) -> bool:
    """Whether a compound file is sealed with a password. Raises ``OSError``."""
    return _LOCKED in file.read_bytes()


def _is_document(file: Path) -> bool:
    with damage_as(DAMAGED), zipfile.ZipFile(file) as archive:
        names = [name.lower() for name in archive.namelist()]
    return any(name.startswith("word/") for name in names) and "xl/workbook.xml" not in names


def _reader() -> ModuleType:
    """Return the library that reads spreadsheets. ``Trouble`` where Windows lacks a part that it needs."""
    try:
        import python_calamine
    except ImportError as lacking:
        raise Trouble(LACKING) from lacking
    return python_calamine


def _read_xlsx(looked: Looked) -> list[Grid]:
    calamine = _reader()
    try:
        book = calamine.CalamineWorkbook.from_filelike(looked.copy)
        return [
            one_below_another(_grid(book, seen, looked)) for seen in book.sheets_metadata if _is_sheet(seen)
        ]
    except calamine.PasswordError:
        raise Refused(LOCKED) from None
    except (calamine.CalamineError, ValueError, OverflowError):
        raise Refused(DAMAGED) from None
    except BaseException as panic:  # the reader's own alarm is no Exception
        if type(panic).__name__ != "PanicException":
            raise
        raise Refused(ODD) from None


def _is_sheet(seen: SheetMetadata) -> bool:
    return bool(seen.typ == _reader().SheetTypeEnum.WorkSheet)


def _grid(book: CalamineWorkbook, seen: SheetMetadata, looked: Looked) -> Grid:
    sheet = book.get_sheet_by_name(seen.name)
    rows = [list[CellContent](row) for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), value in looked.odd.get(seen.name, {}).items():
        rows += [[] for _ in range(row + 1 - len(rows))]  # the reader leaves out what it sees empty
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    merges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Grid(seen.name, rows, merges, seen.visible != _reader().SheetVisibleEnum.Visible)
