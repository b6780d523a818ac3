"""Seals the informants of a desk that kept them in clear (until 0.3.0); part of migration 0015."""

from __future__ import annotations

import hashlib
import uuid

from hazard_desk.errors import Refused
from hazard_desk.store.dbfile import Database
from hazard_desk.store.place import user_folder
from hazard_desk.store.seal.keys import CHECK, DESK_ID, NO_CODE, Keys
from hazard_desk.store.seal.seal import DEFAULT_YEARS, YEARS
from hazard_desk.store.seal.sealing import seal_row

TEXTS = ("informant_name", "informant_phone")
"""What stood in clear."""


def seal_informants(db: Database) -> None:
    """Make the key of a desk that is in use, and seal every row. A new desk is left to its first act."""
    if not db.execute_sql("SELECT 1 FROM audit LIMIT 1").fetchone():
        return
    desk_id = _setting(db, DESK_ID) or _set(db, DESK_ID, uuid.uuid4().hex)
    keys = Keys(desk_id, user_folder())
    kept = db.execute_sql(f"SELECT id, {', '.join(TEXTS)} FROM informant").fetchall()
    if not kept and not keys.can_keep:
        return  # with the first informant
    known = _setting(db, CHECK)  # of a copy that is written anew: that of its desk
    code = keys.code if known else keys.make()
    if not code or known not in ("", keys.check(code)):
        raise Refused(NO_CODE)
    _set(db, CHECK, keys.check(code))
    _set(db, YEARS, DEFAULT_YEARS)
    for number, *told in kept:
        uid = _uid(db, number)
        key, texts = seal_row(keys.master(code), uid, dict(zip(TEXTS, told, strict=True)))
        places = ", ".join(f"{name} = ?" for name in TEXTS)
        db.execute_sql(
            f"UPDATE informant SET uid = ?, data_key = ?, {places} WHERE id = ?",
            (uid, key, *texts.values(), number),
        )


def _uid(db: Database, number: int) -> str:
    """The same for the same row in whichever old copy it is found: by when it and the desk were made."""
    first = db.execute_sql("SELECT at, who, title FROM audit ORDER BY id LIMIT 1").fetchone()
    entered = db.execute_sql(
        "SELECT audit.id, audit.at FROM audited JOIN audit ON audit.id = audited.audit_id "
        "WHERE audited.table_name = 'informant' AND audited.row_id = ? ORDER BY audit.id LIMIT 1",
        (number,),
    ).fetchone()
    return hashlib.sha256(repr((first, entered, number)).encode()).hexdigest()[:32]


def _setting(db: Database, name: str) -> str:
    found = db.execute_sql("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def _set(db: Database, name: str, value: str) -> str:
    if not _setting(db, name):
        db.execute_sql("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))
    return value
