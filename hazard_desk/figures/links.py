"""Linked records, both ways: a hazard shows its check and its rewards, an enterprise all that concerns it."""

from __future__ import annotations

from dataclasses import dataclass

from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.kit.ledger import TableLedger


@dataclass(frozen=True)
class Link:
    """Another record that belongs to this one."""

    ledger: str
    ledger_title: str
    id: int
    title: str


def linked(books: Books, ledger: str, number: int) -> list[Link]:
    """Return the records that this one names and those that name it, ledger by ledger.

    Which column names whom is what the foreign keys of the tables say.
    """
    mine = books.ledger(ledger)
    row = mine.get(number)
    of_table = {book.table_name: book.id for book in books.ledgers.values()}
    links = {table: books.cabinet.links(table) for table in of_table}
    found = {
        (of_table[table], there)
        for key, table in links[mine.table_name].items()
        if table in of_table and isinstance(there := row.get(key), int)
    }
    for book in books.ledgers.values():
        if isinstance(book, TableLedger):
            for key in (key for key, table in links[book.table_name].items() if table == mine.table_name):
                found |= {(book.id, other.id) for other in book.made_from(key, [number]).get(number, [])}
    found |= {(books.documents.id, one.id) for one in books.documents.about_record(f"{ledger}/{number}")}
    if isinstance(row, DocumentRow) and row.record:
        for name in (row.record, *row.besides):
            about, _, record = name.partition("/")
            found |= {(about, other.id) for other in books.ledger(about).rows([int(record)])}
    found.discard((ledger, number))
    order = list(books.ledgers)
    return [_link(books, *pair) for pair in sorted(found, key=lambda pair: (order.index(pair[0]), -pair[1]))]


def _link(books: Books, ledger: str, number: int) -> Link:
    book = books.ledger(ledger)
    return Link(ledger, book.title, number, book.name_of(book.get(number)))
