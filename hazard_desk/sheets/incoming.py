"""A file that came in for a ledger: its sheet, its heading, and what each of its rows says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row, clean
from hazard_desk.sheets.marks import EXAMPLE, refuse_foreign
from hazard_desk.sheets.reading.cells import is_empty, value_of
from hazard_desk.sheets.reading.file import read_file
from hazard_desk.sheets.reading.grid import Broken, Grid
from hazard_desk.sheets.reading.headings import Heading, find_heading, in_order

_FOOT = re.compile(
    r"(合计|总计|小计|共计|填表人|填报人|制表人?|审核人?|审批人签|负责人签|单位负责人签|注|说明|备注)\s*[:：]|"
    r"(合计|总计|小计|共计)$"
)


@dataclass
class Entry:
    """One row of the sheet, read: its values, or what is wrong with them by field name."""

    line: int
    """The row's number in the sheet, from 1."""
    values: Row
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """A sheet for a ledger, and how its columns are understood."""

    file: Path
    ledger: Ledger
    grid: Grid
    heading: Heading
    chosen: bool = False
    """Whether the clerk chose other fields for some columns: worth remembering for the next such sheet."""

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

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield number (from 1) and cells of every row of data: no blanks, examples, sums or signatures."""
        places = [column.place for column in self.heading.fields.values()]
        filled = self._filled_down()
        for at in range(self.heading.last + 1, len(self.grid.rows)):
            cells = filled.get(at) or self.grid.rows[at]
            told = [cells[place] for place in places if place < len(cells)]
            own = [self.grid.cell(at, place) for place in places]
            if not all(map(is_empty, own)) and not _is_idle(cells, told):
                yield at + 1, cells

    def entries(self, ledger: Ledger) -> Iterator[Entry]:
        """Yield every row of data with its values as the fields read them."""
        today = ledger.cabinet.clock.today
        columns = [(self.fields[name], column) for name, column in self.heading.fields.items()]
        columns.sort(key=lambda pair: list(self.fields).index(pair[0].name))
        for line, cells in self.rows():
            entry = Entry(line, {})
            for one, column in columns:
                cell = cells[column.place] if column.place < len(cells) else ""
                asked = replace(one, unit=ledger.unit_of(one, entry.values)) if not one.unit else one
                try:
                    entry.values[one.name] = value_of(asked, cell, column.unit, today)
                except Refused as wrong:
                    entry.problems[one.name] = wrong.message
            yield entry

    def _filled_down(self) -> dict[int, list[Any]]:
        """Rows into which a cell merged downwards reaches: what it says is true for each of them."""
        found: dict[int, list[Any]] = {}
        for top, left, bottom, _ in self.grid.merges:
            if top <= self.heading.last or bottom == top or left >= self.grid.width:
                continue
            value = self.grid.cell(top, left)
            for at in range(top + 1, min(bottom + 1, len(self.grid.rows))):
                row = found.setdefault(at, list(self.grid.rows[at]))
                if left < len(row) and is_empty(row[left]):
                    row[left] = value
        return found


def open_incoming(books: Books, ledger: Ledger, file: Path) -> Incoming:
    """Read a file for a ledger: take the visible sheet in which most of its columns are found.

    Raises ``Refused`` when there is none, when it is another ledger's sheet, or the file cannot be read.
    """
    fields = ledger.sheet_fields()
    if not fields:
        raise Refused(f"{ledger.title}随方案生成，不能导入")
    grids = read_file(file)
    refuse_foreign(grids, ledger, file)
    seen = [grid for grid in grids if not grid.hidden and grid.rows]
    found = [(grid, heading) for grid in seen if (heading := find_heading(grid, fields))]
    if not found:
        found = [pair for grid in seen if (pair := _ordered(ledger, grid, file))]
    if not found:
        known = "、".join(one.label for one in ledger.template_fields()[:6])
        raise Refused(
            f"“{file.name}”里没有找到{ledger.title}的表头，应有“{known}”等栏目，请检查是否选错了文件"
        )
    grid, heading = max(found, key=lambda pair: len(pair[1].fields))
    chosen = books.sheet_mappings.of(ledger.id, heading.shape, heading.sender)
    known_names = {one.name for one in fields}
    chosen = {place: name for place, name in chosen.items() if name in known_names or not name}
    if chosen:
        heading = replace(heading.mapped(chosen), remembered=True)
    return Incoming(file, ledger, grid, heading)


def _ordered(ledger: Ledger, grid: Grid, file: Path) -> tuple[Grid, Heading] | None:
    """A sheet without heading whose first rows read well in the order of the template."""
    heading = in_order(grid, ledger.template_fields())
    if heading is None:
        return None
    required = [one.name for one in ledger.template_fields() if one.required]
    entries = Incoming(file, ledger, grid, heading).entries(ledger)
    first = [entry for entry, _ in zip(entries, range(5), strict=False)]
    good = all(not entry.problems and all(map(entry.values.get, required)) for entry in first)
    return (grid, heading) if first and good else None


def _is_idle(cells: list[Any], told: list[Any]) -> bool:
    """Whether a row is the template's example, a sum, or a line for signatures and remarks."""
    texts = [clean(cell) for cell in cells if isinstance(cell, str) and clean(cell)]
    if any(text.startswith(EXAMPLE) for text in texts):
        return True
    first = texts[0] if texts else ""
    few = sum(not is_empty(cell) or isinstance(cell, Broken) for cell in told) * 2 <= len(told)
    return few and bool(_FOOT.match(first))
