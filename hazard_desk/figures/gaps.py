"""待补: how many records of each ledger lack a fact that it requires and that nobody told."""

from __future__ import annotations

from collections.abc import Iterable
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

    @property
    def text(self) -> str:
        """As the first page says it: 隐患台账9条."""
        return f"{self.title}{self.count}条"


def gap_counts(books: Books) -> list[GapCount]:
    """Return the ledgers that have records with gaps, in the order of the books; one query for each."""
    asked = [one for one in books.ledgers.values() if any(field.name == GAPS for field in one.fields)]
    found = (GapCount(one.id, one.title, one.count(Query(where=WITH_GAPS))) for one in asked)
    return [one for one in found if one.count]


def gaps_in_all(counts: Iterable[GapCount]) -> str:
    """Return the beginning of the line: 待补 12条."""
    return f"待补 {sum(one.count for one in counts)}条"
