"""How papers speak of a hazard, and the steps of its course that they tell."""

from __future__ import annotations

from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.papers.texts.phrases import known, sentence


def unit_of(hazard: Hazard) -> str:
    """Return the unit that must rectify; the place where no unit is named, else a line to write on."""
    return known(hazard.unit_name or hazard.place)


def place_and_danger(hazard: Hazard) -> str:
    """Return place and description as sentences, with level and criterion where they are known."""
    if not hazard.level and not hazard.criterion:
        return in_short(hazard)
    basis = f"，判定依据：{hazard.criterion}" if hazard.criterion else ""
    return f"{in_short(hazard)}属{grade_of(hazard)}{basis}。"


def in_short(hazard: Hazard) -> str:
    """Return place and description as one sentence."""
    told = sentence(known(hazard.description, 12))
    return f"{hazard.place}：{told}" if hazard.place else told


def grade_of(hazard: Hazard) -> str:
    """Return 重大事故隐患 or 一般事故隐患; 事故隐患 where its level is not known."""
    return f"{hazard.level}事故隐患"


def taken_on(event: Event | None) -> date | None:
    """Return the day of a step; None for one whose day nobody told, and for none."""
    return None if event is None or event.undated else event.happened_on


def facts_of(event: Event) -> Hazard:
    """Return the facts of the hazard that ``event`` set."""
    return Hazard(event.facts)


def facts_before(books: Books, hazard: Hazard, event: Event) -> Hazard:
    """Return the facts of the hazard as they stood before ``event``."""
    told = Hazard()
    for other in books.hazards.course(hazard.id):
        if other.number == event.number:
            break
        told |= other.facts
    return told
