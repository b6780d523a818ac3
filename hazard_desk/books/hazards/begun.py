"""What the form of a step begins with: what its hazards know alike, and what follows from their firm."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.step import HAPPENED_ON, Step
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.fields import Row, absent


def step_begins(hazards: Hazards, step: Step, rows: Sequence[Hazard]) -> Row:
    """Return what the form by which all ``rows`` take a step begins with; it is taken today."""
    known = [_known(hazards, step, row) for row in rows]
    first = known[0] if known else {}
    same = {name: value for name, value in first.items() if all(one[name] == value for one in known)}
    return same | {HAPPENED_ON: hazards.cabinet.clock.today}


def _known(hazards: Hazards, step: Step, row: Hazard) -> Row:
    """What one hazard carries over; what it lacks of its firm's facts the firm tells."""
    known = step.carried(row)
    lacking = [field for field in step.fields if field.of_firm and absent(known.get(field.name))]
    told = hazards.enterprises.tells(row.unit_name, lacking) if lacking else None
    return known | (told or {})
