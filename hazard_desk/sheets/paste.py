"""Rows pasted from a spreadsheet: read by their headings or in the order of the form, checked one by one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from hazard_desk.errors import Refused
from hazard_desk.ledgers.ledger import Ledger
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.acts import Change
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
    lines = [line.split("\t") for line in text.replace("\r", "").split("\n") if line.strip()]
    if not lines:
        raise Refused("剪贴板里没有表格内容，请先在表格中复制要粘贴的行")
    fields, first = _columns(ledger, lines[0])
    if len(lines) == first:
        raise Refused("只有标题行，没有内容，请连同内容一起复制")
    found: list[Pasted] = []
    with suppress(_TakenBack), cabinet.together():
        for number, cells in enumerate(lines[first:], start=first + 1):
            values = {field.name: cell.strip() for field, cell in zip(fields, cells, strict=False)}
            surplus = len(cells) - len(fields)
            problem = f"比栏目多{surplus}格" if surplus > 0 else _problem(ledger, values)
            found.append(Pasted(number, values, problem))
        raise _TakenBack
    return found


def enter_pasted(cabinet: Cabinet, ledger: Ledger, rows: list[Pasted]) -> list[Change]:
    """Enter the rows that have no problem, all of them or none; return their changes."""
    with cabinet.together():
        return [ledger.add(row.values) for row in rows if not row.problem]


def _columns(ledger: Ledger, cells: list[str]) -> tuple[list[Field], int]:
    """Return the fields of the columns, and how many heading lines there are (0 or 1)."""
    entry = list(ledger.entry_fields())
    known = {name: field for field in entry for name in (field.label, field.heading)}
    names = [cell.strip().rstrip("*＊") for cell in cells]
    matched = [name for name in names if name in known]
    if not matched:
        return entry, 0
    if unknown := [name for name in names if name and name not in known]:
        raise Refused(f"{ledger.title}没有这些栏目：{'、'.join(unknown)}，请删去后再粘贴")
    if len(matched) != len(set(matched)):
        raise Refused("标题行里有重复的栏目，请删去后再粘贴")
    return [known[name] for name in matched], 1


def _problem(ledger: Ledger, values: Row) -> str:
    try:
        ledger.add(values)
    except Refused as wrong:
        return wrong.message
    return ""
