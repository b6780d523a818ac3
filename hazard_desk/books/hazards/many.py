"""Hazards that are named together, for one act: by id, or by number as typed."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.books.hazards.numbers import HazardNumbers
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.identifiers import id_said
from hazard_desk.store.cabinet import Cabinet

Named = int | str
"""A hazard by its id or by its number."""


def named_hazards(cabinet: Cabinet, numbers: Sequence[Named]) -> list[tuple[int, str]]:
    """Return id and number of each of these hazards, once; id 0 for one that is not there."""
    found: dict[str, int] = {}
    for name in numbers:
        row = _named(cabinet, name)
        found.setdefault(row.number if row else str(name).strip(), row.id if row else 0)
    return [(number, name) for name, number in found.items()]


def _named(cabinet: Cabinet, name: Named) -> Hazard | None:
    """Return the hazard that is meant: by its id, or a text by number, as typed, or else by its id."""
    text = str(name).strip()
    number = Hazard.id == name if isinstance(name, int) else Hazard.number == text
    for asked in (number, Hazard.id == (id_said(text) or HazardNumbers(cabinet).spelled(text))):
        for row in cabinet.records(Hazard, Hazard.select(Hazard.id, Hazard.number).where(asked)):
            return row
    return None
