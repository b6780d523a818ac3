"""What a paper can tell of a document issued: its entry in the register, and the unit that it went to."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.papers.facts.firm import firm_facts
from hazard_desk.papers.wording.facts import PaperFacts, Thing, facts_of_row
from hazard_desk.store.columns import computed, declared


def document_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a document issued, of none for 0."""
    row = books.documents.get(number) if number else DocumentRow()
    return PaperFacts(
        {
            **facts_of_row((*declared(DocumentRow), *computed(DocumentRow)), row),
            "单位": Thing(lambda: firm_facts(books, _unit(books, row))),
        }
    )


def _unit(books: Books, row: DocumentRow) -> int:
    """Return the id of the 监管对象 that the document is addressed to, 0 where it is none."""
    name = row.get("addressee", "")
    return (books.enterprises.find(name) or 0) if name else 0
