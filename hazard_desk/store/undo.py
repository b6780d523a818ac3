"""Taking the last act back by a further, audited act; and the history of a record from the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from peewee import fn

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.acts import PROTECTED, UPGRADE, Act, Change, Undo, in_full, plain
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, declared, holds, table_name, table_named
from hazard_desk.store.tables import Audit, Audited, Noted
from hazard_desk.store.troubles import troubles

CHANGED_SINCE = "这条记录之后又有改动，不能撤销"


def last_act(cabinet: Cabinet) -> Audit | None:
    """Return the audit row of the last act that can still be taken back, or None.

    Those that are final are passed over. An act that wrote nothing (a form saved as it was) has nothing to
    take back; one whose rows a later act wrote, which was not taken back itself, stays.
    """
    undoing = Audit.model.alias()
    undone = fn.EXISTS(undoing.select(undoing.id).where(undoing.undoes == Audit.id))
    select = (
        Audit.select()
        .where(Audit.undoes.is_null() & ~undone & (Audit.undo != str(Undo.FINAL)) & ~holds(Audit.rows, ""))
        .order_by(Audit.id.desc())
        .limit(1)
    )
    for last in cabinet.records(Audit, select):
        with troubles(cabinet.file):
            stood_on = cabinet.db.execute_sql(_STOOD_ON, (last.id, UPGRADE)).fetchone()
        return None if stood_on else last
    return None


_STOOD_ON = """
    SELECT 1 FROM audit AS mine CROSS JOIN json_each(mine.rows) AS part
    CROSS JOIN audited ON audited.table_name = json_extract(part.value, '$[0]')
        AND audited.row_id = json_extract(part.value, '$[1]') AND audited.audit_id > mine.id
    CROSS JOIN audit AS later ON later.id = audited.audit_id
    WHERE mine.id = ? AND later.undoes IS NULL AND later.act <> ?
        AND NOT EXISTS (SELECT 1 FROM audit AS undoing WHERE undoing.undoes = later.id)
    LIMIT 1
"""
"""Whether a later act that stands wrote a row of this one."""


def take_back(cabinet: Cabinet, audit: Audit) -> Change:
    """Take an act back as it says: every row put back to what it was, or what its book does instead.

    Raises ``Refused`` when a row was changed since, for that would be lost.
    """
    with cabinet.whole("undo", audit.ledger, Undo.FINAL) as act:
        act.undoes = audit.id
        rest = Undo.ROWS if audit.undo == Undo.PARTS else audit.undo
        for way, rows in groupby(reversed(audit.rows), lambda row: Undo(row.get("undo", rest))):
            if way in cabinet.ways:
                cabinet.ways[way](list(rows))
            else:
                for row in rows:
                    refuse_changed(cabinet, row)
                    _put_back(act, row)
        act.done(f"撤销：{audit.title}")
    return act.result


def refuse_changed(cabinet: Cabinet, row: Noted) -> None:
    """Raise ``Refused`` unless a row of an act is still as the act left it."""
    table = table_named(row["table"])
    found = cabinet.rows(table.select().where(table.id == row["id"]))
    now = {name: plain(value) for name, value in found[0].items()} if found else None
    if not _same(now, in_full(row)[1]):
        raise Refused(CHANGED_SINCE)


def _put_back(act: Act, row: Noted) -> None:
    table, (before, after) = table_named(row["table"]), in_full(row)
    if before is None:
        act.delete(table, row["id"])
    elif after is None:
        act.insert(table, {**before, "id": row["id"]})
    else:
        act.update(table, row["id"], before)


def _same(now: Row | None, after: Row | None) -> bool:
    """Whether the row is still as the act left it; protected values are not kept and not compared."""
    if now is None or after is None:
        return now is after
    return all(value in (now[name], PROTECTED) for name, value in after.items())


@dataclass(frozen=True)
class Past:
    """One act on a record: when, by whom, what, and each field that changed with both values."""

    at: datetime
    who: str
    title: str
    lines: list[tuple[str, str, str]]
    """(label, shown value before, shown value after)."""


def history(cabinet: Cabinet, table: type[Record], number: int, fields: Sequence[Field] = ()) -> list[Past]:
    """Return what was done to one record, latest first; ``fields`` when they are not the table's own."""
    name = table_name(table)
    select = (
        Audit.select()
        .join(Audited.model, on=(Audited.audit_id == Audit.id))
        .where((Audited.table == name) & (Audited.row == number) & (Audit.act != UPGRADE))
        .order_by(Audit.id.desc())
    )
    return [
        Past(act.at, act.who, act.title, _lines(fields or declared(table), row))
        for act in cabinet.records(Audit, select)
        for row in act.rows
        if row["table"] == name and row["id"] == number
    ]


def _lines(fields: Sequence[Field], row: Noted) -> list[tuple[str, str, str]]:
    before, after = (_spread(side or {}) for side in in_full(row))
    found = []
    for field in fields:
        if field.name in before or field.name in after:
            texts = [field.show(side.get(field.name)) for side in (before, after)]
            if texts[0] != texts[1]:
                found.append((field.label, texts[0], texts[1]))
    return found


def _spread(side: Row) -> Row:
    """The facts of a register's row stand one level deeper."""
    facts = side.get("facts")
    return side | facts if isinstance(facts, dict) else side
