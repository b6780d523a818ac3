"""A ledger as a paper: the fields that its table shows by default, on landscape A4."""

from __future__ import annotations

from dataclasses import replace

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.papers.model import Paper, Title
from hazard_desk.papers.texts.tables import foot_line, head_line, ledger_table, mark_of
from hazard_desk.store.columns import name_of


def ledger_paper(ledger: Ledger, books: Books, query: Query) -> Paper:
    """Return the rows of a ledger that ``query`` wants. Protected fields are left out."""
    rows = ledger.select(query)
    fields = [field for field in ledger.fields if field.shown and not field.sensitive]
    title = f"{books.plans.current().short}{ledger.title}"
    blocks = (Title(title), head_line(books, query.as_of), ledger_table(fields, rows), foot_line(books))
    return Paper(title, blocks, landscape=True, style="ledger", mark=mark_of(books))


def hazard_ledger(books: Books, query: Query) -> Paper:
    """Return the hazards that ``query`` wants, in order of discovery where it names no other."""
    if not query.sort:
        query = replace(query, sort=name_of(Hazard.found_on), descending=False)
    return ledger_paper(books.hazards, books, query)
