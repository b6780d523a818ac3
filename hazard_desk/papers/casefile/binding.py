"""Binds a case file: cover and contents, the pieces with their pages numbered through, the closing sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.errors import Refused
from hazard_desk.papers.casefile.pieces import CasePiece, Reports, case_of, visit_of
from hazard_desk.papers.casefile.scan_pages import scan_papers
from hazard_desk.papers.facts.casefile import case_facts
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import Block, Paper, Photos, Picture, Title, bound_together
from hazard_desk.papers.order import Order
from hazard_desk.papers.pdf.flow import pages_of
from hazard_desk.papers.telling import tell_text
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.rules.dates import show_date
from hazard_desk.stopping import stop_if_unwanted

_SHEETS = ("case-cover", "case-contents", "case-closing")
"""The texts of 案卷封面, 卷内目录 and 备考表."""


def case_paper(books: Books, order: Order, reports: Callable[[Books], Reports], ledger: str) -> Paper:
    """Return the case file of a record of ``ledger``, bound as one paper."""
    case = case_of(books, reports(books), ledger, order.record)
    fonts = Fonts.of_this_computer()
    parts: list[Paper] = []
    places: list[tuple[int, int]] = []
    page = 1
    for piece in case.pieces:
        stop_if_unwanted()
        first = page
        for paper in _papers(books, piece):
            parts.append(replace(paper, folio=page, code=""))
            page += 1 if paper.style == "scan" else len(pages_of(paper, fonts))
        places.append((first, page - 1))
    facts = case_facts(case, places)
    told = (tell_text(sheet, books, Order(given={"案卷": facts})) for sheet in _SHEETS)
    cover, contents, closing = (replace(sheet, numbered=False) for sheet in told)
    return replace(cover, title=case.title, parts=(contents, *parts, closing))


def visit_paper(books: Books, order: Order, reports: Callable[[Books], Reports]) -> Paper:
    """Return all papers of a check as one, each with page numbers and a code of its own."""
    visit = visit_of(books, reports(books), order.record)
    if not visit.papers:
        raise Refused("这次检查现在没有可以打印的文书")
    return bound_together(visit.title, visit.papers)


def _papers(books: Books, piece: CasePiece) -> list[Paper]:
    """What is bound of a piece: the files where there are any, else the paper."""
    if piece.photos:
        return [_photos(books, piece)]
    if piece.files:
        return [page for row in piece.files for page in scan_papers(books.attachments.path(row))]
    return [*piece.paper.bound] if piece.paper else []


def _photos(books: Books, piece: CasePiece) -> Paper:
    shown = Photos(tuple(Picture(books.attachments.path(row), _caption(row)) for row in piece.files))
    blocks: tuple[Block, ...] = (Title(piece.title), shown)
    return Paper(piece.title, blocks, style="ledger", mark=mark_of(books))


def _caption(row: AttachmentRow) -> str:
    on = show_date(row.taken_on.date()) if row.taken_on else ""
    return "　".join(part for part in (row.label.removesuffix("照片"), on, row.note) if part)
