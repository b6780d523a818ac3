"""Rows of one ledger from many sub-units, rolled up: nothing of what they sent is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.grid.cells import is_empty
from hazard_desk.grid.grid import Grid
from hazard_desk.rules.fields import NUMBERS
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.sheets.incoming_table import IncomingTable
from hazard_desk.sheets.rollup.records import SentTable, columns_of_all, width_of
from hazard_desk.sheets.rollup.summing import (
    Mention,
    Sent,
    SheetRollup,
    SubUnit,
    SummedRow,
    as_written,
    gather,
    not_reported,
    tell_apart,
)
from hazard_desk.sheets.rollup.tables import CameIn, open_tables, understood_alike

_COUNT = "记录数"
_UNIT = "报送单位"


class _Sources:
    """What the files of all sub-units hold, by the source that it belongs to."""

    def __init__(self, books: Books, ledger: Ledger, units: Sequence[str]) -> None:
        self.books, self.ledger, self.units = books, ledger, units
        self.opened: list[tuple[SubUnit, CameIn]] = []

    def read(self, file: Path) -> list[SubUnit]:
        """Open a file; return a source for each sender of its tables. Raises ``Refused``."""
        came = open_tables(self.books, self.ledger, file)
        by_sender: dict[str, list[IncomingTable]] = {}
        for table in came.tables:
            by_sender.setdefault(self._sender(table, came.tables), []).append(table)
        if not by_sender:
            by_sender[""] = []
        found = []
        for at, (sender, tables) in enumerate(by_sender.items()):
            one = SubUnit(file, sender or file.stem, [], {_COUNT: 0}, nil=came.nil)
            found.append(one)
            self.opened.append(
                (one, CameIn(tables, [] if at else came.strange, notes=() if at else came.notes))
            )
        return found

    def _sender(self, table: IncomingTable, beside: Sequence[IncomingTable]) -> str:
        """Who sent a table: as it says, as its sheet is called, else as another table of the file says."""
        if table.heading.sender:
            return table.heading.sender
        of_unit = next((unit for unit in self.units if unit and unit in table.grid.title), "")
        return of_unit or next((one.heading.sender for one in beside if one.heading.sender), "")


def roll_up_ledger(
    books: Books,
    ledger: Ledger,
    files: Sequence[Path],
    units: Sequence[str],
    progress: TellProgress,
) -> SheetRollup:
    """Return the rows of all files, their number and sums by unit, and what is to be looked at.

    Nothing is entered into the desk. Raises ``Refused`` when no file can be read.
    """
    held = _Sources(books, ledger, units)
    sources, unread = gather(files, units, held.read, progress)
    missing, twice = not_reported(units, sources), tell_apart(sources)
    understood = iter(understood_alike([table for _, came in held.opened for table in came.tables]))
    tables: list[tuple[SubUnit, SentTable]] = []
    for one, came in held.opened:
        several = len(came.tables) + len(came.strange) > 1
        own = [SentTable(next(understood), several) for _ in came.tables]
        _fill(one, own, came, ledger)
        tables += [(one, table) for table in own]
    heads, widths, rows = _sums(sources)
    _tell_repeats(ledger, tables)
    records = _records(ledger, tables)
    return SheetRollup(ledger.title, sources, missing, unread, heads, widths, rows, records, twice)


def _fill(one: SubUnit, tables: Sequence[SentTable], came: CameIn, ledger: Ledger) -> None:
    """Tell of a source what its tables say."""
    required = [field for field in ledger.template_fields() if field.required]
    for table in tables:
        one.tables.append(table.sent())
        one.columns += [column for column in table.columns() if column not in one.columns]
        one.doubts += sorted([*table.doubts, *table.blanks(required)], key=lambda said: said.row or 0)
        one.sums[_COUNT] += len(table.records)
        for field in ledger.sheet_fields():
            told = [record.values.get(field.name) for record in table.records]
            numbers = [value for value in told if isinstance(value, int | float)]
            if field.kind in NUMBERS and numbers:
                one.sums[field.heading] = _round(one.sums.get(field.heading, 0) + sum(numbers))
    said = [text for table in tables for text in table.incoming.lines.nil.values()]
    if one.sums[_COUNT]:
        one.nil_rows = [text for table in tables for text in table.nil_rows()]
    else:
        one.nil = one.nil or next(iter(said), "")
        if not one.nil:
            one.doubts.append(Mention("表里没有数据，也没有写明零报告"))
    for grid in came.strange:
        one.tables.append(_as_it_is(grid))
        hidden = "隐藏的" if grid.hidden else ""
        one.doubts.append(
            Mention(f"{hidden}{grid.called}不像{ledger.title}，没有计入，已照录在后面", grid.title)
        )
    one.doubts += [Mention(note) for note in came.notes]


def _as_it_is(grid: Grid) -> Sent:
    """A table that is no ledger's, cell by cell."""
    rows: list[SummedRow] = [
        [as_written(grid.cell(row, column)) for column in range(grid.width)]
        for row in range(len(grid.rows))
        if not all(map(is_empty, grid.rows[row]))
    ]
    return Sent(grid.title, [], [width_of("", [row[at] for row in rows]) for at in range(grid.width)], rows)


def _sums(sources: Sequence[SubUnit]) -> tuple[list[str], list[float], list[SummedRow]]:
    """The number of records and the sums of each source, and of all."""
    summed = [name for name in dict.fromkeys(name for one in sources for name in one.sums) if name != _COUNT]
    heads = ["单位", _COUNT, *summed]
    sums = [[one.sums.get(name, 0) for name in heads[1:]] for one in sources]
    rows: list[SummedRow] = [[one.unit, *told] for one, told in zip(sources, sums, strict=True)]
    rows.append(["合计", *(_round(sum(column)) for column in zip(*sums, strict=True))])
    return heads, [16, 8, *[10.0] * len(summed)], rows


def _records(ledger: Ledger, tables: Sequence[tuple[SubUnit, SentTable]]) -> Sent:
    """The rows of all sources, one below the other."""
    fields = {field.name: field for field in ledger.sheet_fields()}
    keys, heads = columns_of_all([table for _, table in tables], fields)
    rows: list[SummedRow] = [
        [one.unit, *(record.cells.get(key) for key in keys)]
        for one, table in tables
        for record in table.records
    ]
    widths = [width_of(head, [row[at] for row in rows]) for at, head in enumerate(heads, start=1)]
    return Sent(_UNIT, [_UNIT, *heads], [10, *widths], rows)


def _round(number: float) -> float:
    """Sums of amounts without the dust of binary fractions."""
    rounded = round(number, 4)
    return int(rounded) if float(rounded).is_integer() else rounded


def _tell_repeats(ledger: Ledger, tables: Sequence[tuple[SubUnit, SentTable]]) -> None:
    """Say of a record that two units report that it may be the same."""
    identity = ledger.identities()[-1]
    seen: dict[tuple[str, ...], tuple[str, int]] = {}
    for one, table in tables:
        for record in table.records:
            key = tuple(repr(record.values.get(name)) for name in identity)
            if not record.values.get(identity[0]):
                continue
            if key in seen:
                unit, other = seen[key]
                said = f"第{record.line}行与{unit}第{other}行相同，请核对是否重复上报"
                one.doubts.append(Mention(said, table.sheet, record.line))
            else:
                seen[key] = (one.unit, record.line)
