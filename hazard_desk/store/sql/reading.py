"""Reads the rows of a query column by column: peewee alone takes every value of every row by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import peewee

from hazard_desk.rules.fields import Value
from hazard_desk.store.columns import DayField, MomentField
from hazard_desk.store.dbfile import Database

Select = peewee.ModelSelect | peewee.CompoundSelectQuery
"""A question to the cabinet, as the tables' columns make it."""
_AS_IT_IS: dict[type, type] = {
    peewee.AutoField: int,
    peewee.IntegerField: int,
    peewee.FloatField: float,
    peewee.TextField: str,
}
"""What SQLite hands out for a column of this kind need not be read, if it is of this type."""


def read_columns(db: Database, query: Select) -> tuple[Sequence[str], Iterable[tuple[Value, ...]]]:
    """Return the names of the columns that a query asks for, and its rows."""
    asked = query.dicts().execute(db)
    asked.initialize()
    columns: list[Sequence[Value]] = list(zip(*asked.cursor.fetchall(), strict=True))
    for at in asked.convert if columns else ():
        columns[at] = _read(asked.converters[at], columns[at])
    return asked.unique_columns, zip(*columns, strict=True)


def _read(read: Callable[[Any], Value], column: Sequence[Any]) -> Sequence[Value]:
    field = getattr(read, "__self__", None)
    if set(map(type, column)) <= {type(None), _AS_IT_IS.get(type(field))}:
        return column
    if isinstance(field, DayField | MomentField | peewee.BooleanField):  # what these make is never changed
        meant = {value: read(value) for value in set(column)}
        return [meant[value] for value in column]
    return [read(value) for value in column]
