"""A block that was copied from a spreadsheet, as the clipboard has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid

_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


def read_pasted(text: str) -> Grid:
    """Return the copied cells, without outer blanks. Raises ``Refused`` when there is none."""
    rows = list(_rows(text))
    if not any(map(any, rows)):
        raise Refused("剪贴板里没有表格内容，请先在表格中复制要粘贴的行")
    return Grid("粘贴", rows, called="粘贴的内容")


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each copied row.

    A cell with line breaks or tabs in it comes between quotation marks, its own ones doubled, and so does
    one that begins with one; in any other cell a quotation mark is just that.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cells: list[str] = []
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        if quoted and (quoted[1].startswith('""') or "\n" in quoted[1] or "\t" in quoted[1]):
            cell, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            plain = _PLAIN.match(text, at)
            cell = plain[0] if plain else ""
            at += len(cell)
        cells.append(cell.strip())
        if text[at : at + 1] != "\t":
            yield cells
            cells = []
        at += 1
