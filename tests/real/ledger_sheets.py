"""The ledger sheets of ``ledger_sheets.txt``: what stands in each, written as a file, and what is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import docx
import xlwt
from openpyxl import Workbook

SOURCE = Path(__file__).with_name("ledger_sheets.txt")
_HEAD = re.compile(r"\[(\S+)\] (\S+) (\S+)\s*(.*)")
Cell = str | int | float | date
Row = list[Cell]


@dataclass
class Fact:
    """A cell of a row of data, and what is right for it."""

    heading: str
    text: str
    fields: tuple[str, ...]
    """The fields that it may fill; '-' is to be kept aside."""
    values: dict[str, tuple[str, ...]]
    """By field what it comes to, if not its text; '?' cannot be told."""


@dataclass
class Table:
    """A sheet, or a table in Word."""

    name: str
    rows: list[Row] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    """Paragraphs of a document, each before the row of this number."""


@dataclass
class LedgerSheet:
    """A file, and the facts of its rows."""

    name: str
    ledger: str
    kind: str
    about: str
    tables: list[Table]
    facts: list[list[Fact]]
    """By row of data."""

    def write(self, folder: Path) -> Path:
        """Write the file; return it."""
        file = folder / f"{self.name}.{self.kind}"
        _WRITERS[self.kind](self.tables, file)
        return file


def ledger_sheets() -> dict[str, LedgerSheet]:
    """Return all sheets by name."""
    found: dict[str, LedgerSheet] = {}
    text = SOURCE.read_text(encoding="utf-8")
    for block in re.split(r"^(?=\[)", text, flags=re.MULTILINE)[1:]:
        head, *lines = block.strip().split("\n")
        match = _HEAD.match(head)
        assert match, head
        one = LedgerSheet(match[1], match[2], match[3], match[4], [Table("Sheet1")], [])
        _read(one, lines)
        found[one.name] = one
    return found


def _read(one: LedgerSheet, lines: list[str]) -> None:
    mark = "," if one.kind == "csv" else "|"
    headings: list[str] = []
    fields: list[tuple[str, ...]] = []
    above: list[Row] = []
    for line in lines:
        table = one.tables[-1]
        if line.startswith("== "):
            if table.rows:
                one.tables.append(Table(""))
            one.tables[-1].name = line[3:]
            fields = []
        elif line.startswith("¶ "):
            table.lines.append((len(table.rows), line[2:]))
        elif line.startswith("# "):
            fields = [tuple(told.split("/")) for told in line[2:].split("|")]
            headings = _headings(above)
        elif line.startswith("> "):
            _tell(one.facts[-1], line[2:])
        else:
            idle = line.startswith("~")
            row = [_cell(text) for text in line.removeprefix("~").split(mark)]
            table.rows.append(row)
            above = [*above, row] if not fields else []
            shown = [_filled(table.rows, at) for at in range(len(row))]
            if fields and not idle and shown != headings[: len(shown)]:
                one.facts += _facts(shown, headings, fields)


def _facts(row: list[str], headings: list[str], fields: list[tuple[str, ...]]) -> Iterator[list[Fact]]:
    """Yield the facts of a row, of each block where several stand side by side."""
    for start in range(0, len(row), len(fields)):
        cells = zip(row[start:], headings[start:], fields, strict=False)
        yield [Fact(heading, text, told, {}) for text, heading, told in cells if text and told != (".",)]


def _tell(facts: list[Fact], told: str) -> None:
    for part in told.split("; "):
        name, _, value = part.partition("=")
        own = [one for one in facts if name in one.fields]
        if not own:
            own = [Fact("", "", (name,), {})]
            facts += own
        for one in own:
            one.values[name] = tuple(value.split("/"))


def _headings(rows: list[Row]) -> list[str]:
    """What stands over each column, the lowest cell."""
    return [_filled(rows, at) for at in range(len(rows[-1]))]


def _filled(rows: list[Row], column: int) -> str:
    """The text of a cell of the last row, or of the block that it belongs to."""
    at, place = len(rows) - 1, column
    while rows[at][place] in ("^", "<"):
        at, place = (at - 1, place) if rows[at][place] == "^" else (at, place - 1)
    cell = rows[at][place]
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _cell(text: str) -> Cell:
    if text.startswith("@"):
        return date.fromisoformat(text[1:])
    if text.startswith("="):
        number = float(text[1:])
        return int(number) if number.is_integer() else number
    return text.replace("\\n", "\n")


def _blocks(rows: list[Row]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the merged blocks: first row and column, last row and column."""
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right, down = place, at
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while down + 1 < len(rows) and place < len(rows[down + 1]) and rows[down + 1][place] == "^":
                down += 1
            if (right, down) != (place, at):
                yield at, place, down, right


def _plain(row: Row) -> list[Cell | None]:
    return [None if cell in ("<", "^", "") else cell for cell in row]


def _write_xlsx(tables: list[Table], file: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        for row in table.rows:
            sheet.append(_plain(row))
        for top, left, bottom, right in _blocks(table.rows):
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    book.save(file)


def _write_xls(tables: list[Table], file: Path) -> None:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for table in tables:
        sheet = book.add_sheet(table.name)
        for at, row in enumerate(table.rows):
            for place, cell in enumerate(_plain(row)):
                if isinstance(cell, date):
                    sheet.write(at, place, cell, day)
                elif cell is not None:
                    sheet.write(at, place, cell)
    book.save(str(file))


def _write_docx(tables: list[Table], file: Path) -> None:
    document = docx.Document()
    for whole in tables:
        starts = sorted({0, *(at for at, _ in whole.lines)})
        for start, end in zip(starts, [*starts[1:], len(whole.rows)], strict=True):
            for at, text in whole.lines:
                if at == start:
                    document.add_paragraph(text)
            rows = whole.rows[start:end]
            if not rows:
                continue
            table = document.add_table(len(rows), max(map(len, rows)))
            for at, row in enumerate(rows):
                for place, cell in enumerate(_plain(row)):
                    table.cell(at, place).text = "" if cell is None else str(cell)
            for top, left, bottom, right in _blocks(rows):
                text = table.cell(top, left).text
                table.cell(top, left).merge(table.cell(bottom, right)).text = text
    document.save(str(file))


def _write_csv(tables: list[Table], file: Path) -> None:
    lines = [",".join(str(cell) for cell in row) for table in tables for row in table.rows]
    file.write_bytes("\r\n".join(lines).encode("gb18030"))


_WRITERS = {"xlsx": _write_xlsx, "xls": _write_xls, "docx": _write_docx, "csv": _write_csv}
