"""Past facts with gaps: what a row keeps of a sheet besides its fields, and which facts nobody told.

Every table of a ledger that sheets come into shares these two columns. ``gaps`` is never told: the ledger
writes it whenever it keeps a row, so that SQL can filter and count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from hazard_desk.books.kit.query import ANY
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.wording import quoted
from hazard_desk.store.columns import Made, Record, column, field_of, fields_of, name_of, names_of


class TakenIn(Record):
    """What the rows of a ledger that sheets come into have besides its own fields."""

    others = column("其他栏目", Kind.OTHERS, given=True, width=14, shown=False, searched=True)
    """Facts that the ledger has no field for, or that cannot stand in theirs: heading to text as written."""
    gaps = column("待补", Kind.NAMES, given=True, width=8, shown=False)
    """Names of the fields that the ledger requires and nobody told."""


OTHERS, GAPS = names_of(TakenIn.others, TakenIn.gaps)
OTHERS_WORD, GAP_WORD = (field.label for field in fields_of(TakenIn.others, TakenIn.gaps))
"""What stands over facts without a field, and in the place of a fact that nobody told."""
ANY_GAP = "有待补"
"""What the clerk chooses to see every record that lacks something."""


UNDATED = "日期待补"
"""What stands for a day that nobody told."""


def ahead(day: date | None, today: date) -> bool:
    """Whether a day that was told lies ahead."""
    return day is not None and day > today


_LONG_AGO = 10
"""Years after which a day is asked back."""


def long_ago(day: date | None, today: date) -> bool:
    """Whether a day lies so far back that it may well be a slip."""
    return day is not None and day.year < today.year - _LONG_AGO


def odd_day(made: Made, row: Record, today: date, told_by: Made | None = None) -> dict[str, str]:
    """Return what is wrong with the day on which something happened, a sentence by its field, or nothing.

    It lies not ahead; one long ago is asked back, unless the field ``told_by`` says something of it.
    """
    name, label = name_of(made), quoted(field_of(made).label)
    day = row[name]
    if not isinstance(day, date):
        return {}
    if ahead(day, today):
        return {name: f"{label}不能晚于今天"}
    if not long_ago(day, today) or (told_by is not None and row[name_of(told_by)]):
        return {}
    told = f"{label}{day.isoformat()}距今超过{_LONG_AGO}年，请核对"
    why = f"；确实如此的，请在{quoted(field_of(told_by).label)}中说明" if told_by is not None else ""
    return {name: told + why}


@cache
def told_by_labels(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields of a ledger; its gaps are shown and asked for by the labels of the others."""
    labels = ((ANY, ANY_GAP), *((field.name, field.label) for field in fields))
    return tuple(replace(field, labels=labels) if field.name == GAPS else field for field in fields)


def any_first(field: Field, names: list[str]) -> list[str]:
    """Return names to choose from; of the gaps that rows have, first that there is any."""
    return [ANY_GAP, *names] if field.name == GAPS and names else names


def without_taken_in(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields without the two that every such ledger has."""
    return tuple(field for field in fields if field.name not in (OTHERS, GAPS))
