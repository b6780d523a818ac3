"""A block of cells as it goes to a spreadsheet and comes back: quoted text, a table for the web, values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from hazard_desk.rules.fields import Field, Row

Cells = Sequence[Sequence[str]]
_TEXT_CELL = "<td style=\"mso-number-format:'\\@'\">"


def as_text(rows: Cells) -> str:
    """Return the cells as spreadsheets take them: tabs between, quoted where a line breaks within."""
    return "".join("\t".join(map(_quoted, row)) + "\r\n" for row in rows)


def as_html(rows: Cells) -> str:
    """Return the cells as a table; every one is text, so that no code becomes a number."""
    lines = ("".join(f"{_TEXT_CELL}{_lines(cell)}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in "\n\r\t") or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _lines(cell: str) -> str:
    return escape(cell).replace("\n", '<br style="mso-data-placement:same-cell">')


@dataclass(frozen=True)
class CellChange:
    """One cell that is to be changed; ``refused`` says why it cannot be."""

    id: int
    name: str
    """How its record is called."""
    field: Field
    before: str
    after: str
    refused: str = ""


@dataclass(frozen=True)
class Laid:
    """What a block of cells changes where it is laid."""

    cells: tuple[CellChange, ...]
    rows_over: int = 0
    """So many rows of the block that say anything have no record under them."""
    columns_over: int = 0

    def changes(self) -> dict[int, Row]:
        """Return what is to be entered by record and field."""
        asked: dict[int, Row] = {}
        for cell in self.cells:
            if not cell.refused:
                asked.setdefault(cell.id, {})[cell.field.name] = cell.after
        return asked


@dataclass(frozen=True)
class Ground:
    """What a block is laid on: the records in their order, with what each of their cells shows now."""

    fields: Sequence[Field]
    rows: Sequence[tuple[int, str, Sequence[str]]]
    """Id and name of each record, and its cells."""
    why_not: Mapping[str, str]
    """By the name of a field why it cannot be entered."""


def is_single(block: Cells) -> bool:
    """Whether a block is one cell, which fills all that it is laid on."""
    return len(block) == 1 and len(block[0]) == 1


def lay_on(block: Cells, ground: Ground) -> Laid:
    """Return what ``block`` changes, laid on ``ground`` from its first row and column on.

    A single cell fills all of it. A first row that only repeats the headings is left out.
    """
    fields = ground.fields
    if is_single(block):
        block = [[block[0][0]] * len(fields)] * len(ground.rows)
    elif len(block) > 1 and list(block[0]) == [field.heading for field in fields[: len(block[0])]]:
        block = block[1:]
    cells = [
        CellChange(number, name, field, before, after.strip(), ground.why_not.get(field.name, ""))
        for (number, name, shown), line in zip(ground.rows, block, strict=False)
        for field, before, after in zip(fields, shown, line, strict=False)
        if before.strip() != after.strip()
    ]
    widest = max(map(len, block), default=0)
    rows_over = sum(any(line) for line in block[len(ground.rows) :])
    return Laid(tuple(cells), rows_over, max(0, widest - len(fields)))
