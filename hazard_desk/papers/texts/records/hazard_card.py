"""隐患整治卡: one hazard on a form, with five commitments, event line and photos before and after."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.law import FIVE, owed_commitments
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import EventFacts, Hazard
from hazard_desk.books.kit.gaps import GAP_WORD, UNDATED
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
from hazard_desk.papers.texts.records.notices import LabelledRow, labelled_table
from hazard_desk.papers.texts.tables import fact_on_paper, head_line, mark_of
from hazard_desk.rules.fields import Field
from hazard_desk.store.columns import field_of, fields_of

_PAIRS = (
    fields_of(Hazard.number, Hazard.state),
    fields_of(Hazard.unit_name, Hazard.sector),
    fields_of(Hazard.level, Hazard.source),
    fields_of(Hazard.found_on, Hazard.inspectors),
    fields_of(Hazard.place, Hazard.category),
    fields_of(Hazard.office, Hazard.overseer),
    fields_of(Hazard.notice_number, Hazard.recheck_number),
)
_WHOLE = fields_of(Hazard.description, Hazard.criterion)
_LABELS = ("整改前照片", "整改后照片")
_AFTER = (
    fields_of(Hazard.rectified_on, Hazard.rectified_by),
    fields_of(Hazard.rechecked_on, Hazard.rechecked_by),
    fields_of(Hazard.signed_off_on, Hazard.signed_off_by),
)


def hazard_card(books: Books, order: Order) -> Paper:
    """Return the card of one hazard."""
    hazard = books.hazards.get(order.record)
    happened = books.hazards.course(hazard.id)
    owed = set() if happened[0].past else owed_commitments(hazard)
    rows: tuple[LabelledRow, ...] = (
        *(_pairs(hazard, *fields) for fields in _PAIRS),
        *(_pairs(hazard, field) for field in _WHOLE),
        "五落实",
        *((_commitment(hazard, field_of(made), word, owed),) for made, word in FIVE.items()),
        "整改、复查、销号",
        *(_pairs(hazard, *fields) for fields in _AFTER),
    )
    course = (Line("办理过程", "center"), _course(books, hazard, happened))
    blocks = (Title("事故隐患整治卡"), head_line(books), labelled_table(rows, (6, 13)), *course)
    title = f"隐患整治卡（{hazard.number}）"
    return Paper(title, (*blocks, *_photos(books, hazard)), style="ledger", mark=mark_of(books))


def _pairs(hazard: Hazard, *fields: Field) -> LabelledRow:
    return tuple((field.label, fact_on_paper(field, hazard)) for field in fields)


def _commitment(hazard: Hazard, field: Field, word: str, owed: Collection[str]) -> tuple[str, str]:
    """Of history that a sheet told nobody knows whether it was kept: then nothing is ``owed``."""
    shown = fact_on_paper(field, hazard)
    if shown == GAP_WORD:
        return word, shown
    if shown:
        return word, f"{shown}{field.unit}"
    return word, "（未落实）" if field.name in owed else ""


def _course(books: Books, hazard: Hazard, happened: Sequence[Event]) -> Table:
    """What happened, as corrected since; who handled history, nobody told."""
    columns = (
        Column("日期", 6, "center"),
        Column("环节", 8, "center"),
        Column("内容", 26),
        Column("经办人", 5, "center"),
    )
    line = {row.entry: row for row in books.hazards.events(hazard.id)}
    fields = books.hazards.own_fields
    return Table(columns, tuple(_event_row(event, line[event.number], fields) for event in happened))


def _event_row(event: Event, row: EventFacts, fields: Sequence[Field]) -> tuple[Cell, ...]:
    shown = [(field.label, field.show(event.facts.get(field.name))) for field in fields]
    told = [f"{label}：{value}" for label, value in shown if value]
    if event.kind == Steps.REGISTERED.kind:  # the card says it above
        told = []
    text = "；".join([*told, event.note] if event.note else told)
    on = UNDATED if event.undated else event.happened_on.isoformat()
    texts = (on, row.kind_label, text, "" if event.past else row.who)
    return tuple(Cell(text) for text in texts)


def _photos(books: Books, hazard: Hazard) -> Iterator[Block]:
    """Yield the photos, those before the rectification beside those after it."""
    kept = [row for row in books.attachments.of(books.hazards.id, hazard.id) if row.is_photo]
    sides = [[_photo(books, row) for row in kept if row.label == label] for label in _LABELS]
    pairs = [photo for pair in zip_longest(*sides) for photo in pair if photo]
    if all(sides):
        yield Photos(tuple(pairs))
    else:
        yield from (Photos(tuple(side)) for side in sides if side)


def _photo(books: Books, row: AttachmentRow) -> Picture:
    told = f"（{row.note}）" if row.note else ""
    return Picture(books.attachments.path(row), f"{row.label.removesuffix('照片')}{told}")
