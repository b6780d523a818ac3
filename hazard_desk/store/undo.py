"""Taking the last act back by a further, audited act; and the history of a record from the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.acts import PROTECTED, Act, Change, plain
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, declared, table_named
from hazard_desk.store.tables import Audit, Audited

_FINAL = ("plans.enter", "desk.create", "desk.sample")
"""Acts that cannot be taken back."""


def last_act(cabinet: Cabinet) -> Row | None:
    """Return the audit row of the last act that can still be taken back, or None.

    An act that wrote nothing (a look at an informant, a form saved as it was) has nothing to take back.
    """
    undone = Audit.select(Audit.undoes).where(Audit.undoes.is_null(False))
    select = (
        Audit.select()
        .where(Audit.undoes.is_null() & Audit.id.not_in(undone))
        .where(Audit.act.not_in(_FINAL) & ~Audit.rows.holds(""))
        .order_by(Audit.id.desc())
        .limit(1)
    )
    found = cabinet.rows(select)
    return found[0] if found else None


def take_back(cabinet: Cabinet, audit: Row) -> Change:
    """Put every row of an act back to what it was before.

    Raises ``Refused`` when one of them was changed since, for that would be lost.
    """
    with cabinet.act("undo", audit["ledger"]) as act:
        act.undoes = audit["id"]
        for row in reversed(audit["rows"]):
            _put_back(act, table_named(row["table"]), row)
        ids = {row["id"] for row in audit["rows"]}
        act.done(f"撤销：{audit['title']}", *sorted(ids))
    return act.result


def _put_back(act: Act, table: type[Record], row: Row) -> None:
    found = act.cabinet.rows(table.select().where(table.id == row["id"]))
    now = {name: plain(value) for name, value in found[0].items()} if found else None
    if not _same(now, row["after"]):
        raise Refused("这条记录之后又有改动，不能撤销")
    if row["before"] is None:
        act.delete(table, row["id"])
    elif row["after"] is None:
        act.insert(table, row["before"])
    else:
        act.update(table, row["id"], row["before"])


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
    name = table._meta.table_name
    select = (
        Audit.select()
        .join(Audited, on=(Audited.audit_id == Audit.id))
        .where((Audited.table == name) & (Audited.row == number))
        .order_by(Audit.id.desc())
    )
    return [
        Past(act["at"], act["who"], act["title"], _lines(fields or declared(table), row))
        for act in cabinet.rows(select)
        for row in act["rows"]
        if row["table"] == name and row["id"] == number
    ]


def _lines(fields: Sequence[Field], row: Row) -> list[tuple[str, str, str]]:
    before, after = (_spread(side or {}) for side in (row["before"], row["after"]))
    found = []
    for field in fields:
        if field.name in before or field.name in after:
            texts = [_shown(side.get(field.name)) for side in (before, after)]
            if texts[0] != texts[1]:
                found.append((field.label, texts[0], texts[1]))
    return found


def _spread(side: Row) -> Row:
    """The facts of a register's row stand one level deeper."""
    return side | side["facts"] if isinstance(side.get("facts"), dict) else side


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
