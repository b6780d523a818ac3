"""What the hazard ledger keeps: all rows that its acts write, and the events as the rules know them."""

from __future__ import annotations

from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row, by_name
from hazard_desk.store.tables import Audit
from tests.conftest import TODAY


def everything(desk: Desk) -> list[list[Row]]:
    """Return all that acts on hazards write."""
    return [desk.cabinet.rows(table.select()) for table in (Hazard, HazardEvent, Audit)]


def stored(desk: Desk, number: int) -> list[Event]:
    """Return the events as the rules know them, read from what the ledger shows."""
    fields = desk.hazards.fields
    return [
        Event(
            row.entry,
            row.kind,
            row.happened_on,
            {name: by_name(fields, name).read(value, TODAY) for name, value in row.facts.items()},
            row.note,
            row.corrects,
        )
        for row in desk.hazards.events(number)
    ]
