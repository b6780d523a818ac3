"""Hazards as they stood on a day, told the slow way: every event of every hazard is read and folded anew."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from hazard_desk.books.hazards.course import effective, fold
from hazard_desk.books.hazards.events import event_of, kept_row
from hazard_desk.books.hazards.past import seen_on
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.desk import Desk


def stood_on(desk: Desk, day: date) -> list[Hazard]:
    """Return all hazards that were there at the end of ``day``, as they stood, the first registered first."""
    lines: dict[int, list[Event]] = defaultdict(list)
    for row in desk.cabinet.records(HazardEvent, HazardEvent.select().order_by(HazardEvent.id)):
        lines[row.hazard_id].append(event_of(row, len(lines[row.hazard_id]) + 1))
    found = []
    for now in desk.cabinet.records(Hazard, Hazard.select().order_by(Hazard.id)):
        until = [event for event in effective(lines[now.id]) if event.happened_on <= day]
        if any(event.kind == Steps.REGISTERED.kind for event in until):
            then = Hazard(now | kept_row(fold(until)))
            found.append(seen_on(then, day))
    return found
