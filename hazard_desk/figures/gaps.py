"""待补: how many records of each ledger lack a fact that it requires and that nobody told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.gaps import ANY_GAP, GAPS
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.books.registers import RegisterLedger

WITH_GAPS = {GAPS: ANY_GAP}
"""The filter that shows them in their ledger."""


@dataclass(frozen=True)
class GapCount:
    """So many records of a ledger have gaps."""

    ledger: str
    title: str
    count: int


def gap_counts(books: Books) -> list[GapCount]:
    """Return the ledgers that have records with gaps, in the order of the books."""
    ledgers, registers = books.ledgers.values(), books.registers.with_gaps()
    asked = [one for one in ledgers if any(field.name == GAPS for field in one.fields)]
    found = (GapCount(one.id, one.title, _count(one, registers)) for one in asked)
    return [one for one in found if one.count]


def _count(book: Ledger, registers: Mapping[str, int]) -> int:
    if isinstance(book, RegisterLedger):
        return registers.get(book.id, 0)
    return book.count(Query(where=WITH_GAPS))
