"""Rows as the database holds them, read without peewee: what cannot be read is named, never passed over."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import peewee

from hazard_desk.rules.fields import Row, Value
from hazard_desk.store.acts import noted
from hazard_desk.store.columns import JsonField, Made, Record, table_name, tables
from hazard_desk.store.tables import Audit


@dataclass(frozen=True)
class Unread:
    """A value that is not what its column holds."""

    table: type[Record]
    row: int
    column: str


def replayed_tables(db: sqlite3.Connection) -> list[type[Record]]:
    """Return the tables of all books that the open database has: those that acts write to."""
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [
        table for table in tables() if table is not Audit and not table.derived and table_name(table) in there
    ]


def rows_between(
    db: sqlite3.Connection, table: type[Record], low: int, high: int, unread: Callable[[Unread], None]
) -> Iterator[tuple[int, Row, frozenset[str]]]:
    """Yield id, row as the trail would note it, and the columns that cannot be read, of a range of ids."""
    there = {row[1] for row in db.execute(f"PRAGMA table_info({table_name(table)})")}
    made = [field for field in table.model._meta.sorted_fields if field.column_name in there]
    names = ", ".join(f'"{field.column_name}"' for field in made)
    found = db.execute(f"SELECT {names} FROM {table_name(table)} WHERE id BETWEEN ? AND ?", (low, high))
    for values in found:
        row: Row = {}
        bad = set()
        for field, value in zip(made, values, strict=True):
            try:
                row[field.name] = _read(field, value)
            except (ValueError, TypeError, OverflowError):
                bad.add(field.name)
                unread(Unread(table, int(values[0]), field.name))
        number = row.pop("id")
        yield int(str(number)), noted(table, row) or {}, frozenset(bad)


@contextmanager
def readable(db: sqlite3.Connection) -> Iterator[None]:
    """Within the block a text that is no text is read too, with characters that ``_read`` refuses."""
    before = db.text_factory
    db.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    try:
        yield
    finally:
        db.text_factory = before


def _read(field: Made, value: Value) -> Value:
    """Return a raw value as JSON keeps it. Raises ``ValueError`` or ``TypeError`` when it is none."""
    if value is None:
        if not field.null:
            raise ValueError
        return None
    for kind, read in _READERS:
        if isinstance(field, kind):
            return read(value)
    raise TypeError(f"nothing reads {field}")


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a character, or no text at all
    return value


def _whole(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _number(value: Value) -> float:
    if not isinstance(value, int | float):
        raise TypeError
    return value


def _yes(value: Value) -> bool:
    if value not in (0, 1):
        raise ValueError
    return bool(value)


def _day(value: Value) -> str:
    return date.fromisoformat(_text(value)).isoformat()


def _moment(value: Value) -> str:
    return datetime.fromisoformat(_text(value)).isoformat()


def _json(value: Value) -> Value:
    read: Value = json.loads(_text(value))
    return read


_READERS: Sequence[tuple[type[peewee.Field[Value]], Callable[[Value], Value]]] = (
    (JsonField, _json),
    (peewee.DateTimeField, _moment),
    (peewee.DateField, _day),
    (peewee.BooleanField, _yes),
    (peewee.IntegerField, _whole),
    (peewee.FloatField, _number),
    (peewee.TextField, _text),
)
"""The first that fits: what is JSON is a text too, a moment a day."""
