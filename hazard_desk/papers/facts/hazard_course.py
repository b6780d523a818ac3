"""What a paper can tell of the course of a hazard: its five commitments, its steps, its photos."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.law import FIVE, owed_commitments
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import GAP_WORD, UNDATED
from hazard_desk.papers.model import Block, Photos, Picture
from hazard_desk.papers.texts.tables import fact_on_paper
from hazard_desk.papers.wording.facts import Each, PaperFacts, Put, Tell, told_fact
from hazard_desk.rules.dates import show_date, with_dates_written
from hazard_desk.store.columns import field_of

_SIDES = ("整改前照片", "整改后照片")
_NOT_KEPT = "（未落实）"


def course_facts(books: Books, hazard: Hazard) -> dict[str, Tell]:
    """Return the commitments, the course and the photos of a hazard, of none where it has no id."""
    return {
        "五落实": Each(lambda: _named("", ""), lambda: _commitments(books, hazard)),
        "办理过程": Each(lambda: _entry("", "", "", ""), lambda: _course(books, hazard)),
        "照片": Put("整改前、整改后的照片", lambda: _photos(books, hazard)),
    }


def _named(word: str, told: str) -> PaperFacts:
    return PaperFacts({"名目": told_fact("名目", word), "落实情况": told_fact("落实情况", told)})


def _commitments(books: Books, hazard: Hazard) -> Iterator[PaperFacts]:
    """Of history that a sheet told nobody knows whether they were kept: then none is said to be owed."""
    known = "id" in hazard
    owed = owed_commitments(hazard) if known and not books.hazards.course(hazard.id)[0].past else set()
    for made, word in FIVE.items():
        field = field_of(made)
        value = hazard.get(field.name)
        shown = fact_on_paper(field, hazard) if known else ""
        shown = show_date(value) if isinstance(value, date) else shown
        unit = field.unit if shown and shown != GAP_WORD else ""
        yield _named(word, f"{shown}{unit}" or (_NOT_KEPT if field.name in owed else ""))


def _entry(on: str, step: str, told: str, who: str) -> PaperFacts:
    texts = {"日期": on, "环节": step, "内容": told, "经办人": who}
    return PaperFacts({name: told_fact(name, text) for name, text in texts.items()})


def _course(books: Books, hazard: Hazard) -> Iterator[PaperFacts]:
    """What happened, as corrected since; who handled history, nobody told."""
    if "id" not in hazard:
        return
    line = {row.entry: row for row in books.hazards.events(hazard.id)}
    for event in books.hazards.course(hazard.id):
        shown = ((field, field.show(event.facts.get(field.name))) for field in books.hazards.own_fields)
        told = [with_dates_written(f"{field.label}：{value}{field.unit}") for field, value in shown if value]
        if event.kind == Steps.REGISTERED.kind:  # its facts are those of the hazard
            told = []
        row = line[event.number]
        on = UNDATED if event.undated else event.happened_on.isoformat()
        said = "；".join([*told, event.note] if event.note else told)
        yield _entry(on, row.kind_label, said, "" if event.past else row.who)


def _photos(books: Books, hazard: Hazard) -> Iterator[Block]:
    """Yield the photos, those before the rectification beside those after it."""
    if "id" not in hazard:
        return
    kept = [row for row in books.attachments.of(books.hazards.id, hazard.id) if row.is_photo]
    sides = [[_photo(books, row) for row in kept if row.label == label] for label in _SIDES]
    pairs = [photo for pair in zip_longest(*sides) for photo in pair if photo]
    if all(sides):
        yield Photos(tuple(pairs))
    else:
        yield from (Photos(tuple(side)) for side in sides if side)


def _photo(books: Books, row: AttachmentRow) -> Picture:
    told = f"（{row.note}）" if row.note else ""
    return Picture(books.attachments.path(row), f"{row.label.removesuffix('照片')}{told}")
