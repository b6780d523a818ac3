"""What a desk knows for understanding a sentence, and the fields of the forms that a sentence fills."""

from __future__ import annotations

from collections.abc import Mapping

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.groups import MembershipRow
from hazard_desk.books.hazards.same_day import ON_THE_SPOT, spot_fields
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.ledger import AnyLedger
from hazard_desk.capture.known import About, KnownFirm, KnownThings, keys
from hazard_desk.capture.told import CHECKS, HAZARDS, Certainty, FieldFact, Sentence
from hazard_desk.rules.fields import Row, by_name
from hazard_desk.store.columns import Made, field_of, name_of, names_of

_HAZARD: dict[About, Made] = {
    About.DAY: Hazard.found_on,
    About.UNIT: Hazard.unit_name,
    About.SECTOR: Hazard.sector,
    About.LEVEL: Hazard.level,
    About.SOURCE: Hazard.source,
    About.PLACE: Hazard.place,
    About.TEXT: Hazard.description,
    About.CRITERION: Hazard.criterion,
    About.INSPECTORS: Hazard.inspectors,
    About.RESPONSIBLE: Hazard.responsible,
    About.RECTIFIED_BY: Hazard.rectified_by,
    About.DEADLINE: Hazard.deadline,
}
_CHECK: dict[About, Made] = {
    About.DAY: CheckRow.checked_on,
    About.TIMES: CheckRow.times,
    About.KIND: CheckRow.kind,
    About.UNIT: CheckRow.unit_name,
    About.SECTOR: CheckRow.sector,
    About.LEADER: CheckRow.leader,
    About.INSPECTORS: CheckRow.inspectors,
    About.TEXT: CheckRow.situation,
}
FIELDS: dict[str, dict[About, Made]] = {HAZARDS: _HAZARD, CHECKS: _CHECK}
"""Book -> what a sentence may tell -> the field that takes it, in the order in which it is shown."""
ASKS: dict[str, frozenset[About]] = {
    HAZARDS: frozenset({About.BOOK, About.AT_ONCE, *_HAZARD}),
    CHECKS: frozenset({About.BOOK, *_CHECK}),
}


def things_known(books: Books) -> KnownThings:
    """Return what the desk knows: who is supervised, who checks, what things are called."""
    firms = books.enterprises.facts(
        names_of(
            Enterprise.name,
            Enterprise.former,
            Enterprise.sector,
            Enterprise.village,
            Enterprise.principal,
            Enterprise.legal_person,
            Enterprise.safety_officers,
        )
    )
    hazards, checks = books.hazards, books.checks
    return KnownThings(
        firms=tuple(_firm(row) for row in firms),
        inspectors=_people(hazards, Hazard.inspectors) | _people(checks, CheckRow.inspectors),
        leaders=_people(checks, CheckRow.leader) | _people(books.groups, MembershipRow.person),
        responsible=_people(hazards, Hazard.responsible),
        places=frozenset(hazards.options(name_of(Hazard.place))),
        criteria=tuple(hazards.options(name_of(Hazard.criterion))),
        choices={
            About.SECTOR: _choices(books, Hazard.sector),
            About.KIND: {kind: kind for kind in field_of(CheckRow.kind).choices},
        },
        asks=ASKS,
    )


def values_of(sentence: Sentence) -> Row:
    """Return what the form is to be filled with."""
    fields = FIELDS[sentence.book]
    values = {name_of(fields[about]): fact.value for about, fact in sentence.facts.items() if about in fields}
    return values | ({ON_THE_SPOT.name: True} if sentence.at_once else {})


def values_typed(sentence: Sentence) -> Row:
    """Return ``values_of`` without what the form brings in by itself once it knows the firm."""
    sector = sentence.facts.get(About.SECTOR)
    values = values_of(sentence)
    if sector is not None and sector.certainty is Certainty.INFERRED:
        del values[name_of(FIELDS[sentence.book][About.SECTOR])]
    return values


def facts_shown(sentence: Sentence, books: Books) -> list[tuple[str, str, FieldFact]]:
    """Return what was understood, as the clerk reads it: label of the field, value, and how surely."""
    book = books.ledger(sentence.book)
    lines = []
    for about, made in FIELDS[sentence.book].items():
        if fact := sentence.facts.get(about):
            field = by_name(book.fields, name_of(made))
            lines.append((field.label, field.show(fact.value), fact))
    if fact := sentence.facts.get(About.AT_ONCE):
        lines.append((ON_THE_SPOT.label, ON_THE_SPOT.show(fact.value), fact))
    return lines


def unsaid(sentence: Sentence, books: Books) -> list[str]:
    """Return the labels of the required fields that the sentence says nothing of; the form asks for them."""
    there = values_of(sentence)
    asked = (*books.ledger(sentence.book).entry_fields(), *(spot_fields() if sentence.at_once else ()))
    return [field.label for field in asked if field.required and field.name not in there]


def _firm(row: Enterprise) -> KnownFirm:
    people = (row.principal, row.legal_person, *row.safety_officers)
    return KnownFirm(row.name, tuple(row.former), row.sector, row.village, tuple(filter(None, people)))


def _people(book: AnyLedger, made: Made) -> frozenset[str]:
    return frozenset(keys(book.options(name_of(made))))


def _choices(books: Books, made: Made) -> Mapping[str, str]:
    field = by_name(books.hazards.fields, name_of(made))
    return {**dict(field.meant), **{choice: choice for choice in field.choices}}
