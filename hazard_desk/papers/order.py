"""What is asked for when a paper is printed: which rows or which record, and as which document issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.kit.query import Query
from hazard_desk.papers.wording.facts import PaperFacts


@dataclass(frozen=True)
class Order(Query):
    """A query, and for a paper about one record the id of that record.

    ``document`` is its row in the register of documents issued, None for a draft; ``number`` is that which
    the record holds of a paper that is not in the register. ``given`` is what whoever makes the paper knows
    besides the books, by what its text calls it: a form as it was filled, a case file that is bound.
    """

    record: int = 0
    document: DocumentRow | None = None
    number: str = ""
    given: Mapping[str, PaperFacts] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day for which a paper about all is made: the one asked for, else that of its issue."""
        return self.as_of or (self.document.issued_on if self.document else None)


def order_for(query: Query, record: int = 0, document: DocumentRow | None = None, number: str = "") -> Order:
    """Return the order for what ``query`` wants of a paper, about ``record``, issued as ``document``."""
    return Order(**vars(query), record=record, document=document, number=number)
