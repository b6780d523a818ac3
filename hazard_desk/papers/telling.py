"""A paper whose words are a text: the text in use, told with what the books know."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.papers.facts.roots import facts_for
from hazard_desk.papers.model import Paper
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.papers.wording.kinds import bundled_texts
from hazard_desk.papers.wording.reading import ABOUT
from hazard_desk.papers.wording.telling import lacks, paper_of
from hazard_desk.papers.wording.tree import PaperText


def text_in_use(books: Books, report: str) -> PaperText:
    """Return the text of a paper as this desk says it."""
    return bundled_texts()[report]


def tell_text(report: str, books: Books, order: Order) -> Paper:
    """Return the paper that the text in use makes of the record of the order."""
    text = text_in_use(books, report)
    return paper_of(text, facts_for(books, text.head.get(ABOUT, ""), order), mark_of(books))


def lacks_of_text(report: str, books: Books, number: int) -> str:
    """Return why there is no such paper of a record yet, '' where there is one."""
    text = text_in_use(books, report)
    return lacks(text, facts_for(books, text.head.get(ABOUT, ""), Order(record=number))) if text.rules else ""
