"""The chain of acts: each audit row keeps a hash over itself and the hash of the row before it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.trail.packed import unpacked_act

Raw = Sequence[str | int | float | bytes | None]
"""A row as SQLite holds it, unread by peewee."""
COLUMNS = ("id", "at", "who", "act", "ledger", "title", "undo", "undoes", "rows")
"""What of an audit row is chained."""
_SELECT = f"SELECT {', '.join(COLUMNS)}, hash FROM audit"
_ACCEPTED = "SELECT rows FROM audit WHERE id IN (SELECT audit_id FROM audited WHERE table_name = 'audit')"
_TAIL = 50
"""Links that are looked at whenever a desk is opened."""


def chain_link(previous: str, row: Raw) -> str:
    """Return the hash of an audit row (its ``COLUMNS``, raw) that follows the row with hash ``previous``.

    It is SHA-256 in hex, over the previous hash and all facts as JSON on one line, then the rows as JSON.
    """
    *facts, kept = row
    try:
        rows = unpacked_act(str(kept))
    except ValueError:  # no act of ours
        rows = str(kept)
    told = json.dumps([previous, *facts], ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(f"{told}\n{rows}".encode(errors="surrogatepass")).hexdigest()


def rechain(db: sqlite3.Connection) -> None:
    """Chain all audit rows anew, within the transaction of a migration that rewrote the trail."""
    previous = ""
    for (number,) in db.execute("SELECT id FROM audit ORDER BY id").fetchall():
        row = db.execute(f"SELECT {', '.join(COLUMNS)} FROM audit WHERE id = ?", (number,)).fetchone()
        previous = chain_link(previous, row)
        db.execute("UPDATE audit SET hash = ? WHERE id = ?", (previous, number))


def links(db: sqlite3.Connection) -> Iterator[Raw]:
    """Yield every audit row: its ``COLUMNS``, then its kept hash."""
    return db.execute(f"{_SELECT} ORDER BY id")


def broken(db: sqlite3.Connection, rows: Iterable[Raw]) -> Iterator[tuple[int, str, str]]:
    """Yield each act at which the chain does not hold: its id, its kept hash, a Chinese sentence.

    ``rows`` are all ``links``. What was accepted already is passed over. Holds an act at a time; ends with
    ``Stopped`` when nobody waits for it any more.
    """
    accepted = _accepted(db)
    found = _broken(rows, 0, "")
    return ((number, kept, told) for number, kept, told in found if (number, kept) not in accepted)


def tail_fault(db: sqlite3.Connection) -> str:
    """Return what is wrong with the last links of the chain, '' when they hold."""
    rows = db.execute(f"{_SELECT} ORDER BY id DESC LIMIT ?", (_TAIL + 1,)).fetchall()[::-1]
    number, kept = 0, ""
    if len(rows) > _TAIL:
        (number, *_, kept), *rows = rows
    accepted = _accepted(db)
    found = _broken(rows, number, kept)
    return next((told for number, kept, told in found if (number, kept) not in accepted), "")


def _accepted(db: sqlite3.Connection) -> set[tuple[int, str]]:
    """Return the acts at which the chain is broken and the clerk accepted it, with the hash they had."""
    found = set()
    for (rows,) in db.execute(_ACCEPTED):
        with suppress(ValueError):  # the chain names an act that cannot be read
            told = json.loads(unpacked_act(str(rows)))
            found |= {(row[1], row[3]["hash"]) for row in told if row[0] == "audit"}
    return found


def _broken(rows: Iterable[Raw], number: int, previous: str) -> Iterator[tuple[int, str, str]]:
    """Compare links; ``number`` and ``previous`` are the id and hash of the act before the first."""
    for at, (*row, kept) in enumerate(rows):
        if at % 100 == 0:
            stop_if_unwanted()
        here = int(str(row[0]))
        if chain_link(previous, row) != kept:
            yield here, str(kept), _sentence(number, here, row)
        number, previous = here, str(kept)


def _sentence(before: int, here: int, row: Raw) -> str:
    if here > before + 1:
        missing = f"第{before + 1}项" if here == before + 2 else f"第{before + 1}项至第{here - 1}项"
        return f"操作记录缺少{missing}（{moment(row[1])}之前）"
    return f"操作记录第{here}项（{moment(row[1])}“{row[5]!s}”）被改动过"


def moment(at: str | int | float | bytes | None, beside: str = "") -> str:
    """Return a kept moment as 2023年11月3日14:20; without the year where it is that of ``beside``."""
    try:
        told = datetime.fromisoformat(str(at))
    except ValueError:
        return "时间不明"
    year = "" if beside[:4] == str(told.year) else f"{told.year}年"
    return f"{year}{told.month}月{told.day}日{told:%H:%M}"
