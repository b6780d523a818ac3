"""A part of a plan and its row in a table, both ways.

What a part holds is declared in ``library.plans``. A column of its table that bears the name of such a fact
keeps it; ``keeps`` says which one where the names differ. What no column keeps stays in the plan's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from hazard_desk.library.reader import build
from hazard_desk.rules.fields import Field, Value
from hazard_desk.store.columns import Made, Record, declared

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

M = TypeVar("M", bound=Made)
R = TypeVar("R", bound=Record)
P = TypeVar("P", bound="DataclassInstance")
_FACT = "fact"


def keeps(fact: str, made: M) -> M:
    """Return a column that keeps a fact of a part which is called otherwise there."""
    setattr(made, _FACT, fact)
    return made


def facts_kept(table: type[Record]) -> dict[str, str]:
    """Return which fact of its part each column of a table would keep, by the column's name."""
    made = table.model._meta.sorted_fields
    return {one.name: getattr(one, _FACT, one.name) for one in made if not one.primary_key}


def fields_keeping(table: type[Record], kind: type[DataclassInstance]) -> tuple[Field, ...]:
    """Return the declarations of those columns of a table that keep what a part of this kind holds."""
    names = facts_kept(table)
    return tuple(field for field in declared(table) if _has(kind, names[field.name]))


def row_of(table: type[R], part: DataclassInstance) -> R:
    """Return the row of a part, without what the desk itself adds to it."""
    names = facts_kept(table)
    row = table()
    for name, fact in names.items():
        if hasattr(part, fact):
            row[name] = _kept(getattr(part, fact), {fact: name for name, fact in names.items()})
    return row


def part_of(kind: type[P], row: Record, known: P | None, **inner: Value | tuple[DataclassInstance, ...]) -> P:
    """Return the part that a row keeps, with ``inner`` in it; what no column keeps is as ``known`` has it."""
    names = facts_kept(type(row))
    told = {fact: _told(row[name], names) for name, fact in names.items() if _has(kind, fact)}
    table = (vars(known) if known else {}) | told | inner
    return build(kind, {fact: value for fact, value in table.items() if value is not None})


def _has(kind: type[DataclassInstance], fact: str) -> bool:
    return fact in {field.name for field in fields(kind)}


def _kept(value: Value, names: Mapping[str, str]) -> Value:
    """A value as JSON has it: a mapping of the part's facts becomes one of the row's."""
    if isinstance(value, Mapping):
        return {names[fact]: told for fact, told in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _told(value: Value, names: Mapping[str, str]) -> Value:
    return {names[name]: told for name, told in value.items()} if isinstance(value, Mapping) else value
