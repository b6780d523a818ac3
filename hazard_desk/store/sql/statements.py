"""The statements that read and write rows of a table by their ids, built once: peewee writes each anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import peewee

from hazard_desk.rules.fields import Row, Value
from hazard_desk.store.columns import Made, Record, empties, table_name
from hazard_desk.store.dbfile import Database

_AT_ONCE = 500
"""Ids that one statement names."""


class Statements:
    """Those of one table that has an id."""

    def __init__(self, table: type[Record]) -> None:
        made = {one.name: one for one in table.model._meta.sorted_fields}
        self._columns = {name: f'"{one.column_name}"' for name, one in made.items()}
        self._writes = {name: one.db_value for name, one in made.items() if not _is_plain(one)}
        self._empty = {name: made[name].db_value(value) for name, value in empties(table).items()}
        self._names = list(made)
        self._reads = [(at, one.python_value) for at, one in enumerate(made.values()) if not _is_plain(one)]
        name, all_of_them = table_name(table), ", ".join(self._columns.values())
        self._select = f"SELECT {all_of_them} FROM {name} WHERE id"
        self._insert = f"INSERT INTO {name} ({all_of_them}) VALUES ({', '.join('?' * len(made))})"
        self._update = f"UPDATE {name} SET {{}} WHERE id = ?"
        self._delete = f"DELETE FROM {name} WHERE id = ?"
        self._updates: dict[tuple[str, ...], str] = {}

    def read(self, db: Database, numbers: Sequence[int]) -> Iterator[Row]:
        """Yield the rows with these ids that there are, in no order."""
        for at in range(0, len(numbers), _AT_ONCE):
            some = numbers[at : at + _AT_ONCE]
            asked = "= ?" if len(some) == 1 else f"IN ({', '.join('?' * len(some))})"
            for raw in db.execute_sql(f"{self._select} {asked}", some):
                values = list(raw)
                for place, read in self._reads:
                    if values[place] is not None:
                        values[place] = read(values[place])
                yield dict(zip(self._names, values, strict=True))

    def insert(self, db: Database, rows: Iterable[Row]) -> None:
        """Put rows in that bring their ids; what they lack is empty. Raises ``IntegrityError``."""
        _write(db, self._insert, map(self._raw, rows))

    def update(self, db: Database, number: int, values: Row) -> None:
        """Overwrite the given columns of a row. Raises ``IntegrityError``."""
        names = tuple(values)
        if names not in self._updates:
            self._updates[names] = self._update.format(
                ", ".join(f"{self._columns[one]} = ?" for one in names)
            )
        told = self._told(values)
        _write(db, self._updates[names], [[*(told[one] for one in names), number]])

    def delete(self, db: Database, numbers: Iterable[int]) -> None:
        """Take rows out. Raises ``IntegrityError`` while others name one."""
        _write(db, self._delete, ((number,) for number in numbers))

    def _raw(self, row: Row) -> list[Value]:
        if unknown := row.keys() - self._columns.keys():
            raise KeyError(*unknown)
        return [*map((self._empty | self._told(row)).get, self._names)]  # what may not lack, SQLite refuses

    def _told(self, row: Row) -> Row:
        """Return values as SQLite keeps them."""
        writes = self._writes
        return {name: writes[name](value) if name in writes else value for name, value in row.items()}


@cache
def statements_of(table: type[Record]) -> Statements:
    """Return the statements of a table; of rows that are read from one, those of that table."""
    return Statements(table)


def _is_plain(made: Made) -> bool:
    """Whether SQLite takes and hands out what a column holds as it is: texts, numbers; no days, no lists."""
    plain = isinstance(made, peewee.TextField | peewee.IntegerField)
    return plain and type(made).python_value is peewee.Field.python_value


def _write(db: Database, sql: str, rows: Iterable[Sequence[Value]]) -> None:
    try:
        db.link().executemany(sql, rows)
    except sqlite3.IntegrityError as wrong:
        raise peewee.IntegrityError(str(wrong)) from wrong
