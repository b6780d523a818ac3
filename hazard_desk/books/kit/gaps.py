"""Past facts with gaps: what a row keeps of a sheet besides its fields, and which facts nobody told.

Every table of a ledger that sheets come into shares these two columns. ``gaps`` is never told: the ledger
writes it whenever it keeps a row, so that SQL can filter and count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hazard_desk.rules.fields import Field, Kind
from hazard_desk.store.columns import Record, column, names_of


class TakenIn(Record):
    """What the rows of a ledger that sheets come into have besides its own fields."""

    others = column("其他栏目", Kind.OTHERS, given=True, width=14, shown=False, searched=True)
    """Facts that the ledger has no field for, or that cannot stand in theirs: heading to text as written."""
    gaps = column("待补", Kind.NAMES, given=True, width=8, shown=False)
    """Names of the fields that the ledger requires and nobody told."""


OTHERS, GAPS = names_of(TakenIn.others, TakenIn.gaps)


@cache
def told_by_labels(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields of a ledger; its gaps are shown and asked for by the labels of the others."""
    labels = tuple((field.name, field.label) for field in fields)
    return tuple(replace(field, labels=labels) if field.name == GAPS else field for field in fields)


def without_taken_in(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields without the two that every such ledger has."""
    return tuple(field for field in fields if field.name not in (OTHERS, GAPS))
