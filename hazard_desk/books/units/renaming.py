"""A name that records bear as text is changed wherever it stands, in one act.

So are the sent forms found under the new name that were sent for the old one (they keep, in their layout and
files, the name with which they were sent), and the values set by hand for the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peewee import fn

from hazard_desk.books.hazards.tables import HazardEvent
from hazard_desk.books.registers import RegisterRow
from hazard_desk.books.submissions import OverrideRow, SubmissionRow
from hazard_desk.rules.fields import Field, Kind, Row, Value
from hazard_desk.store.acts import Act
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import JsonField, Record, column_named, holds, name_of
from hazard_desk.store.tables import SavedView

_IN_FACTS: tuple[tuple[type[Record], JsonField[Row]], ...] = (
    (HazardEvent, HazardEvent.facts),
    (RegisterRow, RegisterRow.facts),
)
"""Where facts are kept together, by their names."""


@dataclass(frozen=True)
class Bearing:
    """Where names of a kind stand: fields of tables, and facts that are kept together, by these names."""

    fields: tuple[tuple[type[Record], Field], ...]
    facts: tuple[str, ...]


def rows_bearing(cabinet: Cabinet, table: type[Record], field: Field, name: str) -> list[Record]:
    """Return the rows of a table whose field is, or holds, the name."""
    made = column_named(table, field.name)
    assert made is not None  # the field is declared by it
    found = holds(made, name) if field.kind is Kind.NAMES else made == name
    return cabinet.records(table, table.select().where(found))


def rename(cabinet: Cabinet, act: Act, bearing: Bearing, old: str, new: str) -> int:
    """Write ``new`` wherever ``old`` stands; return how many records bore it."""
    count = 0
    for table, field in bearing.fields:
        for row in rows_bearing(cabinet, table, field, old):
            act.update(table, row.id, {field.name: _swapped(row[field.name], old, new)})
            count += 1
    for table, facts in _IN_FACTS:
        for row in cabinet.records(table, table.select().where(fn.INSTR(facts, old) > 0)):
            there = row[name_of(facts)]
            told = _within(there, bearing.facts, old, new)
            if told != there:
                act.update(table, row.id, {name_of(facts): told})
    for view in cabinet.records(SavedView, SavedView.select()):
        where = _within(view.query.get("where"), bearing.facts, old, new)
        act.update(SavedView, view.id, {name_of(SavedView.query): {**view.query, "where": where}})
    return count


def regroup(cabinet: Cabinet, act: Act, old: str, new: str) -> None:
    """Let the forms of the group ``old`` be those of ``new``, unless ``new`` has forms of its own."""
    for table in (SubmissionRow, OverrideRow):
        name = name_of(table.group)
        if not cabinet.numbers(table.select(table.id).where(table.group == new)):
            for number in cabinet.numbers(table.select(table.id).where(table.group == old)):
                act.update(table, number, {name: new})


def _within(facts: Value, names: Iterable[str], old: str, new: str) -> Row:
    told = facts if isinstance(facts, Mapping) else {}
    return {name: _swapped(value, old, new) if name in names else value for name, value in told.items()}


def _swapped(value: Value, old: str, new: str) -> Value:
    """A name, or a list of them, with another name; each once."""
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(new if one == old else one for one in value))
    return new if value == old else value
