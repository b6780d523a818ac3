"""Rows as the database holds them, read without peewee: what cannot be read is named, never passed over."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial

import peewee

from hazard_desk.rules.fields import Row, Value
from hazard_desk.store.acts import PROTECTED, hidden
from hazard_desk.store.columns import JsonField, Made, Record, empties, table_name, tables
from hazard_desk.store.tables import Audit


class _No(Enum):
    """What a column holds where it holds no value."""

    ENTRY = "nothing was entered"
    SENSE = "cannot be read"


Cell = Value | _No


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
    asked = ", ".join(f'"{field.column_name}"' for field in made)
    found = db.execute(f"SELECT {asked} FROM {table_name(table)} WHERE id BETWEEN ? AND ?", (low, high))
    raw = list(zip(*found.fetchall(), strict=True))
    bad: dict[int, set[str]] = defaultdict(set)
    columns: list[list[Cell]] = []
    for field, column in zip(made, raw, strict=False):
        columns.append(_read(table, field, column))
        for at, cell in enumerate(columns[-1]) if _No.SENSE in columns[-1] else ():
            if cell is _No.SENSE:
                bad[raw[0][at]].add(field.name)
                unread(Unread(table, raw[0][at], field.name))
    names = [field.name for field in made]
    for cells in zip(*columns, strict=True):
        row = {name: cell for name, cell in zip(names, cells, strict=True) if type(cell) is not _No}
        number = int(str(row.pop("id")))
        yield number, row, frozenset(bad.get(number, ()))


@contextmanager
def readable(db: sqlite3.Connection) -> Iterator[None]:
    """Within the block a text that is no text is read too, with characters that ``_text`` refuses."""
    before = db.text_factory
    db.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        db.text_factory = before


def _read(table: type[Record], field: Made, column: Sequence[Value]) -> list[Cell]:
    """Return the values of a column as the trail would note them; each that stands there often is read once.

    Compare ``acts.noted``.
    """
    read = next(read for kind, read in _READERS if isinstance(field, kind))
    empty, is_hidden = empties(table).get(field.name, _No.SENSE), field.name in hidden(table)
    told: dict[Value, Cell] = {None: _No.ENTRY if empty is None else None} if field.null else {}
    for value in set(column) - told.keys():
        try:
            cell = read(value)
        except (ValueError, TypeError, OverflowError):
            told[value] = _No.SENSE
        else:
            is_empty = cell == empty and type(cell) is type(empty)
            told[value] = _No.ENTRY if is_empty else PROTECTED if is_hidden and cell else cell
    return [told[value] for value in column]


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
