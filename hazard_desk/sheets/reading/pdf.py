"""The text of a PDF, its lines put together to paragraphs. Only used apart: a damaged file may end it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Document, Paragraph, document_of
from hazard_desk.store.archives import LOCKED

NO_TABLES = "PDF里的表格只当文字读取，表格请用WPS转成 .docx 或 .xlsx 后再读。"
_DAMAGED = "已损坏，打不开，请重新取一份再试"
_MOST_PAGES = 500
_FULL = 0.85
"""Of the longest line: a line as long as that goes on in the next one."""
_PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*")
_BEGINS = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+\s*[.、．]|[①-⑳]|附件|第[一二三四五六七八九十]+[章条]"
)
_SET_APART = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=\w|（|“)|(?<=\w) (?=[\u4e00-\u9fff])")
_ENDS = ("。", "；", "：", ":", "！")


def read_pdf(file: Path) -> Document:
    """Return the paragraphs of a PDF. Raises ``Refused`` for one that is locked, damaged or a scan."""
    try:
        with pypdfium2.PdfDocument(str(file)) as document:
            if len(document) > _MOST_PAGES:
                raise Refused("的页数太多，请分成几个文件")
            pages = [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as wrong:
        raise Refused(LOCKED if "password" in str(wrong).lower() else _DAMAGED) from None
    lines = [_tidy(line) for page in pages for line in re.split(r"[\r\n\f]+", page)]
    lines = [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]
    if not lines:
        raise Refused("是扫描的PDF，里面没有文字，读不出来，请找原来的 .docx 或 .xlsx")
    return document_of([Paragraph(text) for text in paragraphs_of(lines)], [NO_TABLES])


def paragraphs_of(lines: Sequence[str]) -> Iterator[str]:
    """Yield paragraphs: a line that fills its width, within a sentence, goes on in the next one."""
    full = max(map(_width, lines), default=0) * _FULL
    text = before = ""
    for line in lines:
        if text and (before.endswith(_ENDS) or _BEGINS.match(line) or _width(before) < full):
            yield text
            text = ""
        text += line
        before = line
    if text:
        yield text


def _width(line: str) -> float:
    """How many Chinese characters a line is wide."""
    return sum(0.5 if char.isascii() else 1 for char in line)


def _tidy(line: str) -> str:
    """A line without the blanks that a program set between Chinese and digits."""
    return _SET_APART.sub("", line.replace("\x02", "").replace("\ufffe", "").strip())
