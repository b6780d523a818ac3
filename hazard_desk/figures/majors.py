"""重大隐患一览: every major hazard on a line, with a lamp for each part of its loop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.lamps import Lamp, LampState, lamps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import Row, Value
from hazard_desk.rules.states import MAJOR, STANDING
from hazard_desk.store.columns import name_of, names_of

_TOLD = names_of(
    Hazard.id,
    Hazard.number,
    Hazard.unit_name,
    Hazard.place,
    Hazard.state,
    Hazard.source,
    Hazard.found_on,
    Hazard.deadline,
    Hazard.closing_reason,
)


@dataclass(frozen=True)
class MajorHazard:
    """A major hazard as it stood on a day, with its lamps in the order of the loop."""

    hazard: Hazard
    lamps: tuple[Lamp, ...]

    @property
    def lacking(self) -> list[str]:
        """What it lacks or is late with, by the labels of the lamps."""
        wrong = (LampState.MISSING, LampState.LATE)
        return [lamp.label for lamp in self.lamps if lamp.state in wrong]

    @property
    def words(self) -> str:
        """What it lacks, as the clerk reads it."""
        return f"缺：{'、'.join(self.lacking)}" if self.lacking else "齐全"

    def row(self) -> Row:
        """Return it as JSON tells it."""
        told: list[Value] = [
            {"id": one.id, "label": one.label, "state": one.state, "on": one.on, "said": one.said}
            for one in self.lamps
        ]
        known = {name: self.hazard[name] for name in _TOLD}
        return {**known, "lamps": told, "lacking": list(self.lacking)}


def majors(books: Books, as_of: date | None = None) -> list[MajorHazard]:
    """Return every major hazard that counts, by the day of discovery, as it stood on a day (today)."""
    where = {name_of(Hazard.level): MAJOR, name_of(Hazard.state): [str(state) for state in STANDING]}
    rows = books.hazards.select(Query(where=where, sort=name_of(Hazard.found_on), as_of=as_of))
    asks, day = books.hazards.asks(), as_of or books.today
    return [MajorHazard(row, tuple(lamps(row.state, row, asks, day))) for row in rows]


def lamps_of(books: Books, hazard: Hazard) -> list[Lamp]:
    """Return the lamps of a hazard as it stands today, those that concern it."""
    found = lamps(hazard.state, hazard, books.hazards.asks(), books.today)
    return [lamp for lamp in found if lamp.state is not LampState.NONE]
