"""Rewrites the trail of a desk of 0.3.0, which kept every empty value, as it is kept now."""

from __future__ import annotations

import json
import sqlite3

from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import noted
from hazard_desk.store.columns import Record, table_name, tables
from hazard_desk.store.tables import Noted, NotedField


def rewrite(db: sqlite3.Connection) -> None:
    """Leave out of every audit row what is empty; within the transaction of a migration."""
    known = {table_name(table): table for table in tables()}
    keeping = NotedField()
    for (number,) in db.execute("SELECT id FROM audit ORDER BY id").fetchall():
        (told,) = db.execute("SELECT rows FROM audit WHERE id = ?", (number,)).fetchone()
        rows: list[Noted] = json.loads(told)
        for row in rows:
            table = known.get(row["table"])
            row["before"], row["after"] = _lean(table, row["before"]), _lean(table, row["after"])
        db.execute("UPDATE audit SET rows = ? WHERE id = ?", (keeping.db_value(rows), number))


def _lean(table: type[Record] | None, values: Row | None) -> Row | None:
    return values if table is None else noted(table, values)
