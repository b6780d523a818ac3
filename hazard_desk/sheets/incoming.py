"""A table that came in for a ledger, as a file or pasted: its heading, and what each of its rows says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.grid.cells import CellContent, is_empty
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import HeadingColumn, TableHeading
from hazard_desk.grid.lines import IdleLines, idle_lines
from hazard_desk.grid.understanding import Understood
from hazard_desk.grid.values import Knowledge
from hazard_desk.library.headings import understand
from hazard_desk.rules.fields import Field, Row, clean
from hazard_desk.sheets.marks import EXAMPLE, refuse_foreign
from hazard_desk.sheets.reading.cells import value_of
from hazard_desk.sheets.reading.file import read_file
from hazard_desk.sheets.reading.pasted import read_pasted


@dataclass
class IncomingRow:
    """One row of the table, read: its values, or what is wrong with them by field name."""

    line: int
    """The row's number in the table, from 1."""
    values: Row
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """A table for a ledger, and how its columns are understood."""

    ledger: Ledger
    grid: Grid
    heading: TableHeading
    file: Path | None = None
    """None for what was pasted."""
    understood: Understood | None = None
    """How its columns were understood, with what else each might be; None where it has no heading."""
    chosen: bool = False
    """Whether the clerk chose other fields for some columns: worth remembering for the next such sheet."""

    @cached_property
    def lines(self) -> IdleLines:
        """The rows that are no data: bands, sums and signatures, and that there is nothing to report."""
        return idle_lines(self.grid, self.heading)

    @property
    def called(self) -> str:
        """How the clerk is told of what she brought."""
        return f"“{self.file.name}”" if self.file else self.grid.called

    @property
    def fields(self) -> dict[str, Field]:
        """The fields that columns of the sheet may fill, by name."""
        return {one.name: one for one in self.ledger.sheet_fields()}

    def mapped(self, chosen: Mapping[int, str]) -> Incoming:
        """Return the same with other fields for some columns; '' takes a column out."""
        heading = self.heading.mapped(chosen)
        return replace(self, heading=heading, chosen=self.chosen or heading != self.heading)

    def label_of(self, name: str) -> str:
        """Return how the sheet calls a field; its own label where the sheet has no column for it."""
        column = self.heading.fields.get(name)
        if column is not None:
            return column.heading
        return self.fields[name].label if name in self.fields else ""

    def rows(self) -> Iterator[tuple[int, list[CellContent]]]:
        """Yield number (from 1) and cells of every row of data: no blanks, sums or signatures."""
        idle = self.lines.all
        places = [column.place for column in self.heading.fields.values()]
        for at, cells in self.grid.rows_from(self.heading.last + 1):
            own = [self.grid.cell(at, place) for place in places]
            if at not in idle and not all(map(is_empty, own)) and not _is_example(cells):
                yield at + 1, cells

    def entries(self) -> Iterator[IncomingRow]:
        """Yield every row of data with its values as the fields read them."""
        today = self.ledger.cabinet.clock.today
        columns = [(self.fields[name], column) for name, column in self.heading.fields.items()]
        columns.sort(key=lambda pair: list(self.fields).index(pair[0].name))
        for line, cells in self.rows():
            row = IncomingRow(line, {})
            for one, column in columns:
                cell = cells[column.place] if column.place < len(cells) else ""
                asked = one if one.unit else replace(one, unit=self.ledger.unit_of(one, row.values))
                try:
                    since = row.values.get(one.since)
                    start = since if isinstance(since, date) else None
                    row.values[one.name] = value_of(asked, cell, column.unit, today, start)
                except Refused as wrong:
                    row.problems[one.name] = wrong.message
            yield row


def open_incoming(books: Books, ledger: Ledger, file: Path) -> Incoming:
    """Read a file for a ledger: take the visible table in which most of its columns are found.

    Raises ``Refused`` when there is none, when it is another ledger's sheet, or the file cannot be read.
    """
    _refuse_given(ledger)
    grids = read_file(file)
    refuse_foreign(grids, ledger, file)
    seen = [grid for grid in grids if not grid.hidden and grid.rows]
    fields, known = ledger.sheet_fields(), known_of(books)
    found = [
        Incoming(ledger, grid, told.heading, file, told)
        for grid in seen
        if (told := understand(grid, fields, known))
    ]
    if not found:
        found = [one for grid in seen if (one := _ordered(ledger, grid, file))]
    if not found:
        labels = "、".join(one.label for one in ledger.template_fields()[:6])
        raise Refused(
            f"“{file.name}”里没有找到{ledger.title}的表头，应有“{labels}”等栏目，请检查是否选错了文件"
        )
    return _remembered(books, max(found, key=lambda one: len(one.heading.fields)))


def open_pasted(books: Books, ledger: Ledger, text: str) -> Incoming:
    """Read a block copied from a spreadsheet: by its heading, else in the order of the form.

    Raises ``Refused`` when there is nothing, or more columns than the form has and no heading over them.
    """
    _refuse_given(ledger)
    grid = read_pasted(text)
    told = understand(grid, ledger.sheet_fields(), known_of(books), min(2, grid.width))
    heading = told.heading if told else _in_order(grid, ledger.template_fields())
    if heading is None:
        raise Refused(f"{grid.called}没有标题行，列数又多于{ledger.title}的栏目，请连同标题行一起复制")
    return _remembered(books, Incoming(ledger, grid, heading, understood=told))


def _refuse_given(ledger: Ledger) -> None:
    if not ledger.sheet_fields():
        raise Refused(f"{ledger.title}随方案生成，不能导入")


def _remembered(books: Books, incoming: Incoming) -> Incoming:
    """The columns as the clerk chose them for the same headings before."""
    heading = incoming.heading
    chosen = books.sheet_mappings.of(incoming.ledger.id, heading.shape, heading.sender)
    chosen = {place: name for place, name in chosen.items() if name in incoming.fields or not name}
    return replace(incoming, heading=replace(heading.mapped(chosen), remembered=True)) if chosen else incoming


def _in_order(grid: Grid, fields: Sequence[Field]) -> TableHeading | None:
    """The columns of a table without a heading that has the columns of the template from the left."""
    first = next((at for at, row in enumerate(grid.rows) if not all(map(is_empty, row))), None)
    if first is None or grid.width > len(fields):
        return None
    columns = tuple(HeadingColumn(place, one.label, one.name) for place, one in enumerate(fields))
    return TableHeading(first, first - 1, columns)


def _ordered(ledger: Ledger, grid: Grid, file: Path) -> Incoming | None:
    """A sheet without heading whose first rows read well in the order of the template."""
    heading = _in_order(grid, ledger.template_fields())
    if heading is None or sum(not is_empty(cell) for cell in grid.rows[heading.first]) < 2:
        return None
    required = [one.name for one in ledger.template_fields() if one.required]
    incoming = Incoming(ledger, grid, heading, file)
    first = [row for row, _ in zip(incoming.entries(), range(5), strict=False)]
    good = all(not row.problems and all(map(row.values.get, required)) for row in first)
    return incoming if first and good else None


def known_of(books: Books) -> Knowledge:
    """Return what the desk knows by name, to know the columns of a sheet by their values."""
    return Knowledge(enterprises=frozenset(books.enterprises.names()))


def _is_example(cells: Sequence[CellContent]) -> bool:
    """Whether a row is the example of the template."""
    return any(isinstance(cell, str) and clean(cell).startswith(EXAMPLE) for cell in cells)
