"""隐患台账 as a paper: the fields that the ledger shows by default, on landscape A4."""

from __future__ import annotations

from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.ledger import Query
from hazard_desk.papers.model import Paper, Title
from hazard_desk.papers.tables import foot_line, head_line, ledger_table, mark_of


def hazard_ledger(books: Books, query: Query) -> Paper:
    """Return the hazards that ``query`` wants as a ledger paper, in order of discovery."""
    rows = books.hazards.select(query if query.sort else _by_discovery(query))
    fields = [field for field in books.hazards.fields if field.shown and not field.sensitive]
    title = f"{books.plans.current()['short']}{books.hazards.title}"
    blocks = (Title(title), head_line(books), ledger_table(fields, rows), foot_line(books))
    return Paper(title, blocks, landscape=True, style="ledger", mark=mark_of(books))


def _by_discovery(query: Query) -> Query:
    return Query(query.where, query.text, "found_on", False, query.as_of)
