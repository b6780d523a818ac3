"""待补: how many records of each ledger lack a fact that it requires and that nobody told."""

from __future__ import annotations

from dataclasses import dataclass

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.gaps import ANY_GAP, GAPS
from hazard_desk.books.kit.query import Query

WITH_GAPS = {GAPS: ANY_GAP}
"""The filter that shows them in their ledger."""


@dataclass(frozen=True)
class GapCount:
    """So many records of a ledger have gaps."""

    ledger: str
    title: str
    count: int


def gap_counts(books: Books) -> list[GapCount]:
    """Return the ledgers that have records with gaps, in the order of the books; one query for each."""
    asked = [one for one in books.ledgers.values() if any(field.name == GAPS for field in one.fields)]
    found = (GapCount(one.id, one.title, one.count(Query(where=WITH_GAPS))) for one in asked)
    return [one for one in found if one.count]
