"""Which tables of a file are a ledger's, and what else the file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import normal
from hazard_desk.sheets.incoming_table import IncomingTable
from hazard_desk.sheets.marks import SHEET, refuse_foreign
from hazard_desk.sheets.opening import (
    is_table,
    known_of,
    ledger_tables,
    most_known,
    nothing_in,
    open_incoming,
)
from hazard_desk.sheets.questions import Answers
from hazard_desk.sheets.reading.file import read_document


@dataclass
class CameIn:
    """What a file holds for a ledger."""

    tables: list[IncomingTable] = field(default_factory=list)
    strange: list[Grid] = field(default_factory=list)
    """Tables that are not the ledger's."""
    nil: str = ""
    """What a file without a table says where it reports nothing."""
    notes: tuple[str, ...] = ()


def open_tables(books: Books, ledger: Ledger, file: Path) -> CameIn:
    """Return the tables of a file for a ledger, each beside or below others.

    Raises ``Refused`` where it holds none and is no nil report, is another ledger's, or cannot be read.
    """
    document = read_document(file)
    refuse_foreign(document.tables, ledger, file)
    known = known_of(books)
    grids = [grid for grid in document.tables if grid.title != SHEET and grid.rows]
    seen = [grid for grid in grids if not grid.hidden]
    own = most_known([one for grid in seen for one in ledger_tables(ledger, grid, known, file)])
    if not own:
        if nil := nothing_in(document):
            return CameIn(nil=nil)
        if not document.tables:
            raise Refused(f"“{file.name}”里没有表格，也没有写明零报告")
        incoming = open_incoming(books, ledger, file)
        incoming.refuse_nameless()
        return CameIn(list(incoming.tables))
    lying = {one.grid.title for one in own}
    strange = [grid for grid in grids if grid.title not in lying and is_table(grid)]
    return CameIn([_remembered(books, one) for one in own], strange, notes=document.notes)


def understood_alike(tables: Sequence[IncomingTable]) -> list[IncomingTable]:
    """Return tables with columns understood as in the others that have the same heading and told it."""
    told: dict[str, set[str]] = {}
    for one in tables:
        for column in one.heading.columns:
            if column.field:
                told.setdefault(normal(column.heading), set()).add(column.field)
    return [one.mapped(chosen) if (chosen := dict(_chosen(one, told))) else one for one in tables]


def _chosen(one: IncomingTable, told: dict[str, set[str]]) -> Iterator[tuple[int, str]]:
    """Columns that nothing was made of here, and the one field that others have under that heading."""
    taken = set(one.heading.fields)
    offers = {guess.place: dict(guess.offers) for guess in one.understood.columns} if one.understood else {}
    for column in one.heading.columns:
        names = told.get(normal(column.heading), set()) if not column.field else set()
        for name in names if len(names) == 1 else ():
            if name not in taken and name in offers.get(column.place, {}):
                taken.add(name)
                yield column.place, name


def _remembered(books: Books, one: IncomingTable) -> IncomingTable:
    """The columns and words as the clerk told them of the same headings before."""
    found = books.sheet_mappings.of(one.ledger.id, one.heading.shape, one.heading.sender)
    chosen = {place: name for place, name in found.columns.items() if name in one.fields or not name}
    return one.taking(chosen, Answers(words=found.words)) if chosen or found.words else one
