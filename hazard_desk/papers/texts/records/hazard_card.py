"""隐患整治卡: one hazard on a form, with five commitments, event line and photos before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    Line,
    Paper,
    Photos,
    Picture,
    Table,
    Title,
)
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.records.hazard_words import Facts
from hazard_desk.papers.texts.records.notices import LabelledRow, labelled_table
from hazard_desk.papers.texts.tables import head_line, mark_of
from hazard_desk.rules.fields import Row, by_name
from hazard_desk.rules.steps import COMMITMENTS, StepKind

_PAIRS = (
    ("number", "state"),
    ("unit_name", "sector"),
    ("level", "source"),
    ("found_on", "inspectors"),
    ("place", "category"),
    ("office", "overseer"),
    ("notice_number", "recheck_number"),
)
_WHOLE = ("description", "criterion")
_LABELS = ("整改前照片", "整改后照片")
_AFTER = (
    ("rectified_on", "rectified_by"),
    ("rechecked_on", "rechecked_by"),
    ("signed_off_on", "signed_off_by"),
)


def hazard_card(books: Books, order: Order) -> Paper:
    """Return the card of one hazard."""
    hazard = order.record
    show = _Shown(books, hazard)
    rows: tuple[LabelledRow, ...] = (
        *show.pairs(_PAIRS),
        *((show.pair(name),) for name in _WHOLE),
        "五落实",
        *((show.commitment(name),) for name in COMMITMENTS),
        "整改、复查、销号",
        *show.pairs(_AFTER),
    )
    course = (Line("办理过程", "center"), _course(books, hazard))
    blocks = (Title("事故隐患整治卡"), head_line(books), labelled_table(rows, (6, 13)), *course)
    title = f"隐患整治卡（{hazard['number']}）"
    return Paper(title, (*blocks, *_photos(books, hazard)), style="ledger", mark=mark_of(books))


class _Shown:
    """The labels and values of a hazard's fields."""

    def __init__(self, books: Books, hazard: Facts) -> None:
        self._fields = books.hazards.fields
        self._hazard = hazard

    def pair(self, name: str) -> tuple[str, str]:
        field = by_name(self._fields, name)
        return field.label, field.show(self._hazard[name])

    def pairs(self, names: Iterable[tuple[str, ...]]) -> Iterator[LabelledRow]:
        return (tuple(map(self.pair, row)) for row in names)

    def commitment(self, name: str) -> tuple[str, str]:
        field = by_name(self._fields, name)
        shown = field.show(self._hazard[name])
        return COMMITMENTS[name], f"{shown}{field.unit}" if shown else "（未落实）"


def _course(books: Books, hazard: Facts) -> Table:
    columns = (
        Column("日期", 6, "center"),
        Column("环节", 8, "center"),
        Column("内容", 26),
        Column("经办人", 5, "center"),
    )
    events = (row for row in books.hazards.events(hazard["id"]) if row["effective"] and not row["corrects"])
    return Table(columns, tuple(_event_row(event) for event in events))


def _event_row(event: Row) -> tuple[Cell, ...]:
    told = [f"{label}：{value}" for label, value in event["lines"]]
    if event["kind"] == StepKind.REGISTERED:  # the card says it above
        told = []
    text = "；".join([*told, event["note"]] if event["note"] else told)
    texts = (event["happened_on"].isoformat(), event["kind_label"], text, event["who"])
    return tuple(Cell(text) for text in texts)


def _photos(books: Books, hazard: Facts) -> Iterator[Block]:
    """Yield the photos, those before the rectification beside those after it."""
    kept = [row for row in books.attachments.of(books.hazards.id, hazard["id"]) if row.is_photo]
    sides = [[_photo(books, row) for row in kept if row.label == label] for label in _LABELS]
    pairs = [photo for pair in zip_longest(*sides) for photo in pair if photo]
    if all(sides):
        yield Photos(tuple(pairs))
    else:
        yield from (Photos(tuple(side)) for side in sides if side)


def _photo(books: Books, row: AttachmentRow) -> Picture:
    told = f"（{row.note}）" if row.note else ""
    return Picture(books.attachments.path(row), f"{row.label.removesuffix('照片')}{told}")
