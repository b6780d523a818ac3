"""``desk.head``: the head of the chain of acts, kept beside the database.

A write-ahead log that is lost or damaged, and a database that was put back from elsewhere, leave a file that
SQLite finds sound. So the last act is noted beside it: after the commit, in place, without a flush. What is
noted can only be older than the database, never newer, whenever the program is killed or the power goes.
While the desk is closed the head also holds the SHA-256 of the database. A large one is not read whole
whenever it is opened: while its size and the moment of its last change are those that it was closed with,
only the last links are looked at. Each copy looks at all of it, and ``check``.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.dbfile import DATABASE, reading_link
from hazard_desk.store.files import sha256_of
from hazard_desk.store.trail.chain import moment, tail_fault
from hazard_desk.store.troubles import troubles

HEAD_FILE = "desk.head"
CHAINED = 14
"""The version of the database since which acts are chained."""
LARGE = 50_000_000
"""Bytes from which on a database takes too long to be read whole at each start."""
_SIZE = 512
"""Bytes of the file: always the same, within one sector of a disk."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ChainHead:
    """The last act of a desk."""

    act: int = 0
    """Its id; 0 when there is none."""
    count: int = 0
    """How many acts there are."""
    hash: str = ""
    at: str = ""
    """When, as the audit row keeps it: 2023-11-03 14:20:00."""
    desk_id: str = ""
    file: str = ""
    """SHA-256 of the database as it was closed; '' while it is open for writing, or was not closed."""
    stamp: str = ""
    """Its size and the moment of its last change as it was closed."""


def read(folder: Path) -> ChainHead | None:
    """Return the head that is kept in a desk's folder; None where there is none, or it cannot be read."""
    try:
        digest, _, told = (folder / HEAD_FILE).read_bytes().decode().strip().partition(" ")
        return ChainHead(**json.loads(told)) if digest == _digest(told) else None
    except (OSError, ValueError, TypeError) as error:
        _log.info("no head: %s", error)
        return None


def write(folder: Path, head: ChainHead, flush: bool = False) -> None:
    """Keep a head in a desk's folder. Raises ``OSError``."""
    told = json.dumps(asdict(head), separators=(",", ":"))
    content = f"{_digest(told)} {told}".encode().ljust(_SIZE - 1) + b"\n"
    where = os.open(folder / HEAD_FILE, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(where, content)
        if flush:
            os.fsync(where)
    finally:
        os.close(where)


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def of_database(db: sqlite3.Connection) -> ChainHead:
    """Return the head of the chain as the database has it. Counts all acts."""
    number, at, kept = newest_act(db)
    (count,) = db.execute("SELECT COUNT(*) FROM audit").fetchone()
    return ChainHead(number, count, kept, at, desk_id(db))


def newest_act(db: sqlite3.Connection) -> tuple[int, str, str]:
    """Return id, moment and hash of the last act; 0 and '' when there is none."""
    found: tuple[int, str, str] | None = db.execute(
        "SELECT id, at, hash FROM audit ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return found or (0, "", "")


def desk_id(db: sqlite3.Connection) -> str:
    """Return the id of the desk in an open database, '' when it has none."""
    found = db.execute("SELECT value FROM setting WHERE name = 'desk_id'").fetchone()
    return str(found[0]) if found else ""


def open_for_writing(folder: Path) -> None:
    """Take the hash of the closed database out, before anything is written to it; on disk at once."""
    head = read(folder)
    if head and head.file:
        with troubles(folder / HEAD_FILE):
            write(folder, replace(head, file=""), flush=True)


def closed(folder: Path, head: ChainHead) -> None:
    """Keep the hash of the database, which was closed and has no write-ahead log any more."""
    with suppress(OSError):  # without it a desk is only looked at less closely when it is opened again
        file = folder / DATABASE
        write(folder, replace(head, file=sha256_of(file), stamp=_stamp(file)), flush=True)


def _stamp(file: Path) -> str:
    found = file.stat()
    return f"{found.st_size}-{found.st_mtime_ns}"


def untouched(folder: Path) -> bool:
    """Whether the database is a large one that nobody wrote to since it was closed: it is not read whole."""
    head = read(folder)
    with troubles(folder / DATABASE):
        return head is not None and _untouched(head, folder / DATABASE)


def _untouched(head: ChainHead, file: Path) -> bool:
    return bool(head.file) and file.stat().st_size >= LARGE and head.stamp == _stamp(file)


def alarm(folder: Path, whole: bool = True) -> str:
    """Return what the database lacks or what was done to it, as one Chinese sentence; '' when it is sound.

    Compares with the head beside it; without one that can be read the last links tell still of themselves.
    Not ``whole``, one that is ``untouched`` is not read from end to end. Raises ``Trouble`` when the database
    cannot be read.
    """
    head = read(folder) or ChainHead()
    file = folder / DATABASE
    with troubles(file):
        trusted = not whole and _untouched(head, file)
        changed = bool(head.file) and not trusted and sha256_of(file) != head.file
    if changed and read(folder) != head:  # it was opened for writing meanwhile, by its program
        return alarm(folder, whole)
    said = ""
    try:
        with troubles(file), reading_link(file) as db:
            said = _compared(head, db)
    except (ValueError, TypeError):
        said = "操作记录中有读不出的内容"
    except Trouble:
        if not changed:
            raise
    if changed and not said:
        said = f"“{file}”在关闭期间被改动过或已损坏"
    return said and f"{said}，请用最近的备份恢复；找不回来的，可以在确认后继续使用"


def _compared(head: ChainHead, db: sqlite3.Connection) -> str:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    chained = version >= CHAINED
    if chained and desk_id(db) != (head.desk_id or desk_id(db)):
        return "文件夹里的desk.db属于另一份台账"
    found = db.execute("SELECT id, at FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number, at = found or (0, "")
    if (lacking := head.act - number) > 0:
        since = f"{moment(at, head.at)}之后的" if found else ""
        last = f"最后一项在{moment(head.at)}"
        why = "数据文件被换成了旧的，或同一文件夹里的desk.db-wal丢失、损坏"
        return f"缺少{since}{lacking}项操作（{last}），{why}"
    if not chained:
        return ""
    kept = db.execute("SELECT hash FROM audit WHERE id = ?", (head.act,)).fetchone()
    if head.act and kept != (head.hash,):
        return f"操作记录第{head.act}项（{moment(head.at)}）与上次留下的不一致，被改动过或换成了另一份"
    (count,) = db.execute("SELECT COUNT(*) FROM audit").fetchone()
    if head.count and (gone := head.count + number - head.act - count) > 0:
        return f"操作记录被删去了{gone}项"
    return tail_fault(db)
