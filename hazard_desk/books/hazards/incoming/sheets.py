"""Hazards from a sheet: which one a row means, and what it corrects of what was registered."""

from __future__ import annotations

from collections.abc import Collection

from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.hazards.telling import commits
from hazard_desk.rules.fields import Row
from hazard_desk.rules.identifiers import same_key
from hazard_desk.store.columns import name_of, names_of

STORY = names_of(Hazard.place, Hazard.description, Hazard.found_on, Hazard.unit_name)
"""What tells one hazard from another, where there is no number."""


def is_same_story(row: Row, values: Row) -> bool:
    """Whether a sheet's row is this hazard: a number is no proof, another office counts from 001 too."""
    told = [name for name in STORY if values.get(name)]
    alike = [name for name in told if same_key(str(row[name])) == same_key(str(values[name]))]
    return len(alike) >= min(2, len(told))


def corrected(row: Hazard, wanted: Hazard, entered: Collection[str]) -> Row:
    """Return what a sheet's row says otherwise of what was ``entered`` when the hazard was registered.

    Commitments that are made only now, and the deadline of a new notice, are told by their steps.
    """
    later = set(COMMITMENTS) if commits(row, wanted) else set()
    later |= {name_of(Hazard.deadline)} if wanted.notice_number != row.notice_number else set()
    names = [name for name in wanted if name in entered and name not in later]
    return {name: wanted[name] for name in names if wanted[name] != row[name]}
