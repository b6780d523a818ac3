"""What a desk's database is made of, by its migrations: nothing else may stand in one that comes in."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path

import peewee

from hazard_desk.store.dbfile import MIGRATIONS, inspect, plain_link
from hazard_desk.store.troubles import troubles

_PARTS = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' LIMIT 2000"
_UNTOLD = re.compile(r'[\s"`\[\]]+')
"""Blanks and quotes in a statement; SQLite writes some itself when a table is renamed."""
_BY_LIBRARY = "schema_migration"
"""The runner's own table, whose statement is the library's affair."""

Part = tuple[str, str, str]
"""Kind (table, index, trigger, view), name and plain statement."""


def strange_parts(file: Path, version: int) -> list[str]:
    """Return the names of what is not as the migrations up to ``version`` make it; [] when all is.

    Triggers, views, tables of somebody else, and tables that lack a rule of ours. Raises ``Trouble``.
    """
    if version < 1:
        return ["user_version"]
    with troubles(file), plain_link(file) as link:
        link.execute("PRAGMA trusted_schema = 0")
        found = _parts_in(link)
    return sorted({name for _, name, _ in found ^ _parts_of(version)})


def schema_faults(file: Path) -> list[str]:
    """Return what keeps copies of a desk's database from being restored, a sentence; [] when nothing does."""
    told = "、".join(strange_parts(file, inspect(file)))[:40]
    return [f"数据库里有不属于隐患工作台的内容，或缺少它的内容（{told}）"] if told else []


def drop_strange_parts(file: Path, version: int) -> None:
    """Drop the triggers, views, tables and indexes that somebody added; ours, changed, stay. ``Trouble``."""
    ours = {name for _, name, _ in _parts_of(version)}
    with troubles(file), plain_link(file) as link, link:
        for kind, name, _ in sorted(_parts_in(link), reverse=True):  # what stands on a table before it
            if name not in ours:
                quoted = name.replace('"', '""')
                link.execute(f'DROP {kind} IF EXISTS "{quoted}"')


@cache
def _parts_of(version: int) -> frozenset[Part]:
    from playhouse.migrations import Runner  # only needed when a copy is looked at

    database = peewee.SqliteDatabase(":memory:")
    with database.connection_context():
        runner = Runner(database, directory=str(MIGRATIONS))
        names = {step.idx: step.name for step in runner.migrations()}
        runner.up(target=names[version])
        return frozenset(_plain(*row) for row in database.execute_sql(_PARTS))


def _parts_in(link: sqlite3.Connection) -> frozenset[Part]:
    return frozenset(_plain(*row) for row in link.execute(_PARTS))


def _plain(kind: str, name: str, statement: str | None) -> Part:
    said = "" if name == _BY_LIBRARY else _UNTOLD.sub("", statement or "").lower()
    return kind, name, said
