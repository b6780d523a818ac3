"""What every notice, letter and reply has in common: head, addressee, text, signature, imprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    DocNumber,
    Imprint,
    Letterhead,
    Line,
    Paper,
    Para,
    Signature,
    Table,
    TableRow,
    Title,
)
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import BLANK_NUMBER, day
from hazard_desk.papers.texts.tables import mark_of


@dataclass(frozen=True)
class NoticeHead:
    """Who writes to whom under which number. An empty ``number`` leaves blanks."""

    title: str
    issuer: str
    number: str = ""
    addressee: str = ""


def opening(books: Books, head: NoticeHead) -> Iterator[Block]:
    """Yield the head: with the red mark where the office wants it, else title and number."""
    red = books.cabinet.setting("red_head") == "套" and head.number
    if red:
        yield Letterhead(f"{head.issuer}文件", head.number)
    yield Title(head.title)
    if not red:
        yield DocNumber(head.number or BLANK_NUMBER)
    if head.addressee:
        yield Line(head.addressee.rstrip("：:") + "：")


def closing(order: Order, issuer: str, on: date | None = None) -> Iterator[Block]:
    """Yield signature and date (of issue, else ``on``, else blanks); an imprint where copies go out."""
    document = order.document
    issued = document.issued_on if document else on
    yield Signature(issuer, day(issued), sealed=True)
    if document and document.copies:
        yield Imprint(document.copies, issuer, day(issued))


def notice(
    books: Books, order: Order, head: NoticeHead, text: Iterable[str | Block], on: date | None = None
) -> Paper:
    """Return a paper of head, paragraphs or other blocks, and signature."""
    body = [Para(part) if isinstance(part, str) else part for part in text]
    blocks = (*opening(books, head), *body, *closing(order, head.issuer, on))
    return Paper(head.title, blocks, mark=mark_of(books))


LabelledRow = str | tuple[tuple[str, str | Cell], ...]
"""Pairs of label and value, or a heading over the rows below."""


def labelled_table(
    rows: Sequence[LabelledRow], widths: tuple[float, float] = (7, 14), lines: int = 1
) -> Table:
    """Return a table without a head, each row at least ``lines`` high; the last value fills its row."""
    most = max((len(row) for row in rows if not isinstance(row, str)), default=1)
    columns = tuple(Column("", width, "left") for _ in range(most) for width in widths)
    return Table(columns, tuple(_labelled_row(row, most) for row in rows), row_lines=lines)


def _labelled_row(row: LabelledRow, most: int) -> TableRow:
    if isinstance(row, str):
        heading = Cell(row, colspan=2 * most, align="center", bold=True, fill="grey")
        return (heading, *[None] * (2 * most - 1))
    cells: list[Cell | None] = []
    for place, (label, value) in enumerate(row):
        rest = 2 * (most - len(row)) if place == len(row) - 1 else 0
        cell = value if isinstance(value, Cell) else Cell(value)
        cells += [Cell(label, align="center", bold=True), replace(cell, colspan=1 + rest)]
        cells += [None] * rest
    return tuple(cells)
