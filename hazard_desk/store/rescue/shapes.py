"""What a row of each table looks like, told by an empty database of the same version: what fits there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import peewee

from hazard_desk.store.columns import JsonField, column_named, tables
from hazard_desk.store.columns import table_name as name_of_table
from hazard_desk.store.dbfile import APPLICATION_ID, MIGRATIONS
from hazard_desk.store.rescue.rows import Raw, Value

Values = dict[str, Value]
"""A row as the database keeps it, by the names of its columns."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?")
SEARCH = "search_"
"""Made anew from the books."""
_OWN = ("schema_migration", "sqlite_")


@dataclass(frozen=True)
class ShapeColumn:
    """One column as SQL declares it."""

    name: str
    kind: str
    required: bool
    default: Value
    json: peewee.Field[Value] | None

    def takes(self, value: Value) -> bool:
        """Whether the column may hold this value."""
        if value is None:
            return not self.required
        if self.kind == "INTEGER":
            return isinstance(value, int)
        if self.kind == "REAL":
            return isinstance(value, int | float)
        if self.kind == "BLOB":
            return isinstance(value, bytes)
        if not isinstance(value, str):
            return False
        if self.kind in ("DATE", "DATETIME"):
            return (_DAY if self.kind == "DATE" else _MOMENT).fullmatch(value) is not None
        return self.json is None or _reads(self.json, value)


@dataclass(frozen=True)
class Shape:
    """One table: its columns in order, and which of them name a row of which table."""

    name: str
    columns: tuple[ShapeColumn, ...]
    links: dict[str, str] = field(default_factory=dict)

    def fit(self, number: int, raw: Raw) -> Values | None:
        """Return the row that these values make, or None when they are no row of this table."""
        if not 2 <= len(raw) <= len(self.columns) or raw[0] is not None or number < 1:
            return None
        values = [number, *raw[1:], *(column.default for column in self.columns[len(raw) :])]
        if not all(column.takes(value) for column, value in zip(self.columns, values, strict=True)):
            return None
        return {column.name: value for column, value in zip(self.columns, values, strict=True)}


def empty_database(file: Path, version: int) -> None:
    """Make an empty database as a desk of this version has it."""
    from playhouse.migrations import Runner  # only needed here and at the rare upgrade

    db = peewee.SqliteDatabase(str(file))
    try:
        runner = Runner(db, directory=str(MIGRATIONS))
        runner.up(next(step.name for step in runner.migrations() if step.idx == version))
        db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute_sql(f"PRAGMA user_version = {version}")
        db.execute_sql("PRAGMA journal_mode = wal")
    finally:
        db.close()


def shapes_of(file: Path) -> dict[str, Shape]:
    """Return the shape of every table of a database that holds something of its own."""
    with closing(sqlite3.connect(file)) as link:
        names = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        left = {name_of_table(table) for table in tables() if table.derived}
        return {
            name: _shape(link, name)
            for name in names
            if name not in left and not name.startswith((SEARCH, *_OWN))
        }


def _shape(link: sqlite3.Connection, name: str) -> Shape:
    known = next((table for table in tables() if name_of_table(table) == name), None)
    columns = []
    for _, column, kind, required, default, _ in link.execute(f'PRAGMA table_info("{name}")').fetchall():
        value = link.execute(f"SELECT {default}").fetchone()[0] if default is not None else None
        made = column_named(known, column) if known else None
        json = made if isinstance(made, JsonField) else None
        columns.append(ShapeColumn(column, kind.upper(), bool(required), value, json))
    links = {row[3]: row[2] for row in link.execute(f'PRAGMA foreign_key_list("{name}")')}
    return Shape(name, tuple(columns), links)


def matching(shapes: Iterable[Shape], number: int, raw: Raw) -> list[tuple[str, Values]]:
    """Return every table that a row of nobody knows where may belong to, each with the row."""
    fitting = ((shape.name, shape.fit(number, raw)) for shape in shapes)
    return [(name, values) for name, values in fitting if values is not None]


def _reads(field: peewee.Field[Value], value: str) -> bool:
    try:
        field.python_value(value)
    except ValueError:
        return False
    return True
