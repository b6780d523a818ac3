"""What a desk's database is made of, by its migrations: nothing else may stand in one that comes in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import peewee

from hazard_desk.store.dbfile import MIGRATIONS, plain_link
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
    with troubles(file), plain_link(file) as link:
        link.execute("PRAGMA trusted_schema = 0")
        found = frozenset(_plain(*row) for row in link.execute(_PARTS))
    return sorted({name for _, name, _ in found ^ _parts_of(version)})


@cache
def _parts_of(version: int) -> frozenset[Part]:
    from playhouse.migrations import Runner  # only needed when a copy is looked at

    database = peewee.SqliteDatabase(":memory:")
    with database.connection_context():
        runner = Runner(database, directory=str(MIGRATIONS))
        names = {step.idx: step.name for step in runner.migrations()}
        runner.up(target=names[version])
        return frozenset(_plain(*row) for row in database.execute_sql(_PARTS))


def _plain(kind: str, name: str, statement: str | None) -> Part:
    said = "" if name == _BY_LIBRARY else _UNTOLD.sub("", statement or "").lower()
    return kind, name, said
