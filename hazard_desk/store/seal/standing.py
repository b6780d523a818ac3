"""Whom a database holds, told without opening it as a desk: for copies and what a restore put aside."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hazard_desk.store.dbfile import plain_link

SEALED = 15
"""The version from which on nobody is named in clear who reported a hazard."""


def standing_in(link: sqlite3.Connection) -> list[str]:
    """Return the ids of the informants who stand sealed in a database, none of an older one."""
    if "data_key" not in {row[1] for row in link.execute("PRAGMA table_info(informant)")}:
        return []
    return [uid for (uid,) in link.execute("SELECT uid FROM informant WHERE data_key <> '' ORDER BY uid")]


def holds_clear(database: Path, erased: set[str]) -> bool:
    """Whether a database may hold informants in clear, or one who was erased since."""
    with plain_link(database) as link:
        (version,) = link.execute("PRAGMA user_version").fetchone()
        return version < SEALED or not erased.isdisjoint(standing_in(link))
