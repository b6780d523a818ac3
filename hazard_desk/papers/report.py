"""What a kind of paper is: its name, what it is about, how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hazard_desk.books.catalogue import Books
from hazard_desk.books.settings import CODES, NO_CODES
from hazard_desk.papers.codes import PaperCode
from hazard_desk.papers.model import Letterhead, Paper
from hazard_desk.papers.order import Order


def _always(books: Books, number: int) -> str:
    return ""


def _whenever(books: Books, number: int) -> bool:
    return True


@dataclass(frozen=True)
class Report:
    """A kind of paper. ``make`` builds it from the books; the order says which rows or which record.

    ``about`` is the ledger one record of which the paper is about, '' for a paper about all. ``lacks``
    tells in a Chinese sentence why the record with an id has no such paper (yet), '' when it can be printed.
    ``signed``: people sign it by hand; by its code the signed copy is filed when it is scanned.
    ``blank``: it can be printed of no record too, to be filled in by hand. ``words`` is the text that tells
    it, which the office can change, '' for none: one text tells all ledgers. ``bound``: it puts other papers
    of the record together, as one file or as one for each. ``case`` says when it belongs in a case file
    (``reading.IN_CASE``), and ``happened`` whether what it tells of a record has happened. ``rows`` is the
    ledger whose rows it lists, in columns that can be chosen.
    """

    id: str
    title: str
    formats: tuple[str, ...]
    make: Callable[[Books, Order], Paper]
    about: str = ""
    lacks: Callable[[Books, int], str] = _always
    signed: bool = False
    blank: bool = False
    words: str = ""
    rows: str = ""
    bound: bool = False
    case: str = ""
    happened: Callable[[Books, int], bool] = _whenever

    @property
    def alone(self) -> bool:
        """Whether it can be printed without saying of which record."""
        return self.blank or not self.about

    def paper(self, books: Books, order: Order) -> Paper:
        """Return the paper, with its code where it is one to be signed and no official document."""
        made = self.make(books, order)
        official = any(isinstance(block, Letterhead) for block in made.blocks)
        if not self.signed or not order.record or official or books.cabinet.setting(CODES) == NO_CODES:
            return made
        document = order.document.id if order.document else 0
        return replace(made, code=PaperCode(books.cabinet.mark, self.id, order.record, document).text)
