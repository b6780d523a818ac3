"""What a rectification notice can tell: each of its hazards, found together by the ways in which they were.

A notice that is printed again tells what was so when it was issued, whatever was done since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.step import Event, Step
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.papers.facts.hazard import facts_of_hazard
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.hazard_words import taken_on, unit_of
from hazard_desk.papers.wording.facts import Each, PaperFacts, Tell, fact
from hazard_desk.rules.fields import Kind, absent
from hazard_desk.rules.states import INSPECTED
from hazard_desk.store.columns import name_of

_COPIES = 2


def rectify_facts(books: Books, order: Order) -> PaperFacts:
    """The notice as it was issued, or as a draft of one for this hazard."""
    rows = _noticed(books, order)
    limits = {row.deadline for row in rows}
    first = rows[0] if rows else Hazard()
    step = last_of(books.hazards.course(first.id), Steps.NOTICE_RECTIFY) if rows else None
    issued = order.document.issued_on if order.document else taken_on(step)

    def items() -> Iterator[PaperFacts]:
        place = 0
        for _, same in groupby(rows, lambda row: _origin(books, row)):
            alike = list(same)
            yield PaperFacts(
                {**facts_of_hazard(books, alike[0]).tells, "隐患条": _items(books, alike, place)}
            )
            place += len(alike)

    return PaperFacts(
        {
            "单位": fact("单位", lambda: unit_of(first)),
            "下发日期": fact("下发日期", lambda: issued, Kind.DATE),
            "条数": fact("条数", lambda: len(rows), Kind.INTEGER),
            "整改时限": fact("整改时限", lambda: first.deadline if len(limits) == 1 else None, Kind.DATE),
            "时限不一": fact("时限不一", lambda: len(limits) > 1, Kind.BOOL),
            "经过检查": fact("经过检查", lambda: any(_inspected(row) for row in rows), Kind.BOOL),
            "联": Each(lambda: PaperFacts({}), lambda: (PaperFacts({}) for _ in range(_COPIES))),
            "发现情形": Each(lambda: _like(books), items),
        }
    )


def _like(books: Books) -> PaperFacts:
    none = facts_of_hazard(books, Hazard())
    return PaperFacts({**none.tells, "隐患条": _items(books, [], 0)})


def _items(books: Books, rows: Sequence[Hazard], before: int) -> Each:
    """The hazards that were found alike, with their places on the whole notice."""

    def one(row: Hazard, place: int) -> PaperFacts:
        return PaperFacts({**facts_of_hazard(books, row).tells, "编次": _placed(place)})

    return Each(
        lambda: one(Hazard(), 1),
        lambda: (one(row, place) for place, row in enumerate(rows, start=before + 1)),
    )


def _placed(place: int) -> Tell:
    return fact("编次", lambda: place, Kind.INTEGER)


def _inspected(row: Hazard) -> bool:
    """Whether a check found it: then inspectors sign, and the unit was inspected."""
    return row.source == INSPECTED or row.check_id is not None


def _origin(books: Books, row: Hazard) -> tuple[str, ...]:
    """What is told of how hazards were found: alike for those that one sentence opens."""
    told = (row.source, row.found_on, row.check_id, row.tip_id, row.assigned_number, row.inspectors)
    return tuple(str(one or "") for one in told)


def _noticed(books: Books, order: Order) -> list[Hazard]:
    """The hazards of the notice, those found alike together, each as the notice told it."""
    if not order.record:
        return []
    row = books.hazards.get(order.record)
    number = order.document.number if order.document else row.notice_number
    rows = of_notice(books, row, number)
    told = [_as_of(books, one, Steps.NOTICE_RECTIFY, number) for one in rows]
    found = sorted(told, key=lambda one: (one.found_on or date.min, one.id))
    order_of = {origin: place for place, origin in enumerate(dict.fromkeys(_origin(books, o) for o in found))}
    return sorted(found, key=lambda one: order_of[_origin(books, one)])


def of_notice(books: Books, row: Hazard, number: str) -> list[Hazard]:
    """Return the hazards that stand on the notice of a number: as registered, else those that bear it."""
    if not number:
        return [row]
    found = {row.id: row}
    document = books.documents.find(number)
    if document:
        issued = books.documents.get(document)
        names = [name for name in (issued.record, *issued.besides) if name.startswith(f"{books.hazards.id}/")]
        ids = [int(name.rpartition("/")[2]) for name in names]
        found |= {one.id: one for one in books.hazards.rows(ids)}
    same = Query(where={name_of(Hazard.notice_number): number})
    found |= {one.id: one for one in books.hazards.select(same) if one.unit_name == row.unit_name}
    return [found[one] for one in sorted(found)]


def last_of(line: Sequence[Event], *steps: Step) -> Event | None:
    """Return the last of these steps in a course, None where there is none."""
    kinds = {step.kind for step in steps}
    return next((event for event in reversed(line) if event.kind in kinds), None)


def until_number(line: Sequence[Event], step: Step, number: str) -> list[Event]:
    """Return the course up to the step that gave this number; all of it where none did."""
    assert step.number is not None  # the steps of notices have one
    for place, event in enumerate(line):
        if event.kind == step.kind and event.facts.get(name_of(step.number)) == number:
            return list(line[: place + 1])
    return list(line)


def facts_told(row: Hazard, line: Iterable[Event]) -> Hazard:
    """Return the hazard with the facts that these events told."""
    told = Hazard(row)
    for event in line:
        told |= {name: value for name, value in event.facts.items() if not absent(value)}
    return told


def _as_of(books: Books, row: Hazard, step: Step, number: str) -> Hazard:
    """Return the hazard as it was when the notice of this number was issued; as it is for a draft."""
    line = books.hazards.course(row.id)
    cut = until_number(line, step, number) if number else line
    return row if len(cut) == len(line) else facts_told(row, cut)
