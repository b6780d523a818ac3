"""What a step makes of a hazard's facts, where they are more than taken as they are."""

from __future__ import annotations

from collections.abc import Callable

from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.fields import Row, names_in
from hazard_desk.rules.states import FULL_LIST
from hazard_desk.store.columns import Made, name_of


def with_day(made: Made) -> Callable[[Event, Hazard], Row]:
    """Reports add up, each with its day where that is known."""

    def brings(event: Event, facts: Hazard) -> Row:
        name, day = name_of(made), "" if event.undated else f"（{event.happened_on.isoformat()}）"
        known, new = names_in(facts.get(name)), names_in(event.facts.get(name))
        return {name: [*known, *(f"{to}{day}" for to in new)]}

    return brings


def list_of_old(event: Event, facts: Hazard) -> Row:
    """Under the first law every registration entered the full list."""
    return {} if event.law else {name_of(Hazard.pool): FULL_LIST}


def new_deadline(event: Event, facts: Hazard) -> Row:
    """A round that begins anew may have a deadline of its own; else the old one goes on."""
    return {name_of(Hazard.deadline): event.said.deadline or facts.deadline}


def sent_back(event: Event, facts: Hazard) -> Row:
    """What is sent back stands in the list that it came from."""
    return {**new_deadline(event, facts), name_of(Hazard.pool): FULL_LIST if facts.listed_on else ""}
