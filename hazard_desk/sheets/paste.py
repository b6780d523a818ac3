"""Rows pasted from a spreadsheet: read by their headings or in the order of the form, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.acts import Change, Undo
from hazard_desk.store.cabinet import Cabinet


@dataclass(frozen=True)
class Pasted:
    """One pasted row: its raw entries and, where it is refused, why."""

    line: int
    """Its number among the pasted lines, from 1."""
    values: Row
    problem: str


class _TakenBack(Exception):
    """Ends a trial so that nothing of it is kept."""


def read_pasted(cabinet: Cabinet, ledger: Ledger, text: str) -> list[Pasted]:
    """Return the rows of a pasted table with what is wrong with each; nothing is kept.

    The rows are entered on trial and taken back, so the checks are those of the ledger itself, also
    against each other. Raises ``Refused`` when there is no row, or a heading that the ledger lacks.
    """
    if not ledger.entry_fields():
        raise Refused(f"{ledger.title}随方案生成，不能粘贴")
    lines = [(number, cells) for number, cells in enumerate(_lines(text), start=1) if any(cells)]
    if not lines:
        raise Refused("剪贴板里没有表格内容，请先在表格中复制要粘贴的行")
    fields, first = _columns(ledger, lines[0][1])
    if len(lines) == first:
        raise Refused("只有标题行，没有内容，请连同内容一起复制")
    found: list[Pasted] = []
    with suppress(_TakenBack), cabinet.together():
        for number, cells in lines[first:]:
            placed = list(zip_longest(cells, fields[: len(cells)]))
            values = {field.name: cell for cell, field in placed if field}
            surplus = sum(1 for cell, field in placed if cell and not field)
            problem = f"有{surplus}格不在任何栏目下，请检查" if surplus else _problem(ledger, values)
            found.append(Pasted(number, values, problem))
        raise _TakenBack
    return found


def enter_pasted(cabinet: Cabinet, ledger: Ledger, rows: list[Pasted]) -> Change:
    """Enter the rows that have no problem as one act, with one undo for all of them; return the change."""
    good = [row for row in rows if not row.problem]
    with cabinet.whole(f"{ledger.id}.import", ledger.id, Undo.ROWS) as act:
        ids = [number for row in good for number in ledger.add(row.values).ids]
        act.done(f"粘贴到{ledger.title}：新增{len(good)}条", *ids)
    return act.result


_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


def _lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each copied row, without outer blanks.

    A cell with line breaks or tabs in it comes between quotation marks, its own ones doubled; in any
    other cell a quotation mark is just that.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cells: list[str] = []
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        if quoted and ("\n" in quoted[1] or "\t" in quoted[1]):
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


def _columns(ledger: Ledger, cells: list[str]) -> tuple[list[Field | None], int]:
    """Return the field of each column, and how many heading lines there are (0 or 1)."""
    entry = ledger.entry_fields()
    known = {name: field for field in entry for name in (field.label, field.heading)}
    names = [cell.rstrip("*＊").strip() for cell in cells]
    matched = [name for name in names if name in known]
    if not matched:
        return list(entry), 0
    if unknown := [name for name in names if name and name not in known]:
        raise Refused(f"{ledger.title}没有这些栏目：{'、'.join(unknown)}，请删去后再粘贴")
    columns = [known.get(name) for name in names]
    if len(matched) != len({field for field in columns if field}):
        raise Refused("标题行里有重复的栏目，请删去后再粘贴")
    return columns, 1


def _problem(ledger: Ledger, values: Row) -> str:
    try:
        ledger.add(values)
    except Refused as wrong:
        return wrong.message
    return ""
