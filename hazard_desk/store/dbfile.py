"""The SQLite file: is it ours, is it sound, is it of this version; bring an older one up to date."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from threading import local

import peewee

from hazard_desk.errors import Trouble
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.trail.packed import unpacked_act
from hazard_desk.store.troubles import troubles

DATABASE = "desk.db"
"""The name of the file in a desk's folder."""
APPLICATION_ID = 0x48444B31
"""Marks an SQLite file as a desk ("HDK1")."""
MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = 37
"""Number of the newest migration; compared with the files so that a missing folder is noticed."""

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": 2,
    "cache_size": -32_000,
    "secure_delete": 1,
    "temp_store": 2,
}
BUSY_TIMEOUT = 5000
"""Milliseconds that a statement waits for another program's."""

_NAMED = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)|"(\w+)" AS "t\d+"')
"""A table in a statement, of peewee (which gives each of a SELECT the name tN) or written by hand."""


class Database(peewee.SqliteDatabase):  # type: ignore[misc, unused-ignore]
    """An SQLite file that can tell the tables which the statements of a block name."""

    _notes = local()

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Yield a set that every table goes into which this thread asks of in the block."""
        outer: set[str] | None = getattr(self._notes, "tables", None)
        tables: set[str] = set()
        self._notes.tables = tables
        try:
            yield tables
        finally:
            self._notes.tables = outer
            if outer is not None:
                outer |= tables

    def note(self, read: set[str]) -> None:
        """Let tables go into the set that this thread fills."""
        tables: set[str] | None = getattr(self._notes, "tables", None)
        if tables is not None:
            tables |= read

    def execute_sql(self, sql: str, params: Sequence[str | int | None] | None = None) -> sqlite3.Cursor:
        tables: set[str] | None = getattr(self._notes, "tables", None)
        if tables is not None:
            tables |= _tables(sql)
        cursor: sqlite3.Cursor = peewee.SqliteDatabase.execute_sql(self, sql, params)
        return cursor

    def link(self) -> sqlite3.Connection:
        """Return this thread's open connection: for what is asked without peewee."""
        link: sqlite3.Connection = peewee.SqliteDatabase.connection(self)
        return link


@lru_cache(maxsize=1000)
def _tables(sql: str) -> frozenset[str]:
    return frozenset(written or by_peewee for written, by_peewee in _NAMED.findall(sql))


def connect(file: Path) -> Database:
    """Return the database of ``file`` with the desk's pragmas.

    Each thread opens a connection of its own; none opens by itself.
    """
    db = Database(str(file), pragmas=PRAGMAS, timeout=BUSY_TIMEOUT / 1000, autoconnect=False)
    db.register_function(_unpacked_act, "unpacked_act", 1)
    return db


def _unpacked_act(kept: str) -> str | None:
    """What SQL is told of a packed act; NULL where it cannot be had."""
    try:
        return unpacked_act(str(kept))
    except ValueError:
        return None


def inspect(file: Path) -> int:
    """Return the version of the desk in ``file``; what is no desk is left as it is, to the byte.

    Raises ``Trouble`` when it is no desk, damaged, or from a newer program.
    """
    with troubles(file):
        with file.open("rb") as stream:
            head = stream.read(72)  # the application id stands in bytes 68 to 71 of the header
        if head[:16] != b"SQLite format 3\0" or int.from_bytes(head[68:], "big") != APPLICATION_ID:
            raise Trouble(f"“{file}”不是隐患工作台的数据文件，未作任何改动")
        with reading_link(file) as link:
            (version,) = link.execute("PRAGMA user_version").fetchone()
    if version > HEAD:
        raise Trouble(f"“{file}”由更新版本的隐患工作台建立，请先升级程序，未作任何改动")
    return int(version)


def plain_link(file: Path) -> closing[sqlite3.Connection]:
    """Return a connection for a block, without peewee and the desk's pragmas; the file must be there.

    It is not read-only: a write-ahead log left by a killed program must be readable too.
    """
    return closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=5))


def reading_link(file: Path) -> closing[sqlite3.Connection]:
    """Return a connection for a block that leaves the write-ahead log as it is.

    The last connection that may write brings the log into the database when it closes and drops it, and of a
    damaged log all that stands after the damage: what could still be saved would be gone by looking at it.
    """
    log = file.with_name(f"{file.name}-wal")
    how = "ro" if log.exists() and log.stat().st_size else "rw"  # without one "ro" would leave an empty one
    return closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode={how}", uri=True, timeout=5))


def database_faults(file: Path) -> list[str]:
    """Return what SQLite finds wrong with a desk's file: integrity, then foreign keys; [] when sound."""
    with troubles(file), plain_link(file) as link:
        link.set_progress_handler(stop_if_unwanted, 1_000_000)  # what it raises ends the statement
        found = [row[0] for row in link.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        found += [
            f"外键缺失：{table}" + (f"第{row}行" if row else "")
            for table, row, *_ in link.execute("PRAGMA foreign_key_check")
        ]
    return found


def migrate(db: peewee.SqliteDatabase, version: int) -> None:
    """Bring the open database from ``version`` to ``HEAD``.

    Each migration is one transaction of its own, so the runner must not be called inside another.
    """
    from playhouse.migrations import Runner  # only needed at the rare upgrade

    if version == HEAD:
        return
    runner = Runner(db, directory=str(MIGRATIONS))
    known = [step.idx for step in runner.migrations()]
    if known != list(range(1, HEAD + 1)):
        raise RuntimeError(f"migrations folder holds {known}, expected 1..{HEAD}")
    runner.up()
    db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute_sql(f"PRAGMA user_version = {HEAD}")
    if db.execute_sql("PRAGMA foreign_key_check").fetchone():
        raise Trouble("台账升级后校验未通过，请用升级前的备份恢复，并联系技术支持")
