"""Replays the trail of acts against the rows of all books: whatever a row holds is what an act last said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from hazard_desk.rules.fields import Row, Value
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.acts import PROTECTED, UPGRADE, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, declared, table_name
from hazard_desk.store.tables import Audit, Noted
from hazard_desk.store.trail.chain import COLUMNS, Raw, broken, links
from hazard_desk.store.trail.packed import unpacked_act
from hazard_desk.store.trail.rows import Unread, readable, replayed_tables, rows_between

_SOME = 1000
"""Rows that are held at once."""
_NEXT = """
    SELECT MIN(id), MAX(id) FROM (
        SELECT id FROM {0} WHERE id > ?1
        UNION SELECT row_id FROM audited WHERE table_name = '{0}' AND row_id > ?1
        ORDER BY 1 LIMIT ?2
    )
"""
_ACTS = """
    SELECT id, rows FROM audit WHERE id IN (
        SELECT audit_id FROM audited WHERE table_name = ? AND row_id BETWEEN ? AND ?
    ) ORDER BY id
"""
_NAMED = "SELECT 1 FROM audited WHERE table_name = ? AND row_id = ? AND audit_id = ?"
_INDEX = """
    INSERT OR IGNORE INTO audited (table_name, row_id, audit_id)
    SELECT json_extract(part.value, '$[0]'), json_extract(part.value, '$[1]'), audit.id
    FROM audit CROSS JOIN json_each(unpacked_act(audit.rows)) AS part
    WHERE json_valid(unpacked_act(audit.rows))
"""
_ROWS = COLUMNS.index("rows")
_Noted = tuple[str, int, Row | None, Row | None, *tuple[str, ...]]
"""Table, id, before, after, and at times how it goes back: what ``NotedField`` keeps."""
Known = Mapping[tuple[str, int], frozenset[str]]
"""Table and id of rows that differ, with the columns; none of a row that is there or gone without an act."""


def row_differences(db: sqlite3.Connection, unread: Callable[[Unread], None]) -> Iterator[Noted]:
    """Yield what rows hold other than the trail says: before is what it says, after is what they hold.

    Before is None for a row that no act made, after for one that no act took out. What cannot be read is
    handed to ``unread``. Reads everything, some rows at a time; ends with ``Stopped`` when unwanted.
    """
    with readable(db):
        for table in replayed_tables(db):
            name, last = table_name(table), -(2**63)
            while True:
                stop_if_unwanted()
                low, high = db.execute(_NEXT.format(name), (last, _SOME)).fetchone()
                if low is None:
                    break
                yield from _differing(db, table, low, high, unread)
                last = high


def _differing(
    db: sqlite3.Connection, table: type[Record], low: int, high: int, unread: Callable[[Unread], None]
) -> Iterator[Noted]:
    name = table_name(table)
    said = _said(db, name, low, high)
    for number, now, bad in rows_between(db, table, low, high, unread):
        told = said.pop(number, None)
        if told is None:
            yield {"table": name, "id": number, "before": None, "after": now}
            continue
        if now == told:
            continue
        columns = {*now, *(told.keys() & table.model._meta.fields.keys())} - bad
        differing = [one for one in sorted(columns) if not _alike(now.get(one), told.get(one))]
        if differing:
            before, after = ({one: side[one] for one in differing if one in side} for side in (told, now))
            yield {"table": name, "id": number, "before": before, "after": after}
    for number, told in said.items():
        yield {"table": name, "id": number, "before": told, "after": None}


def _alike(now: Value, told: Value) -> bool:
    """Whether a value is what was told; of a protected one only whether there is one: it may be sealed."""
    return now == told or (told == PROTECTED and bool(now)) or (now == PROTECTED and bool(told))


def _said(db: sqlite3.Connection, name: str, low: int, high: int) -> dict[int, Row]:
    """Return what the trail says of the rows of a range that should be there."""
    said: dict[int, Row] = {}
    for _, rows in db.execute(_ACTS, (name, low, high)):
        for table, number, before, after, *_ in _noted(rows):
            if table != name or not low <= number <= high:
                continue
            if after is None:
                said.pop(number, None)
            elif before is None:
                said[number] = after
            else:
                kept = said.setdefault(number, {})
                for one in before:
                    kept.pop(one, None)
                kept.update(after)
    return said


def _noted(rows: Value) -> list[_Noted]:
    """Return what an act noted as it is kept; nothing where it cannot be read: the chain names that act."""
    try:
        told: list[_Noted] = json.loads(unpacked_act(str(rows)))
    except ValueError:
        return []
    whole = isinstance(told, list) and all(isinstance(one, list) and 4 <= len(one) <= 5 for one in told)
    return told if whole else []


def chain_faults(db: sqlite3.Connection) -> list[str]:
    """Return where the chain of acts does not hold, and which acts are not found by what they touched."""
    touched = 0  # the sum of the hashes of all that the index should hold, in whatever order

    def noting() -> Iterator[Raw]:
        nonlocal touched
        for *facts, kept, summed in links(db):
            told = _unpacked(str(kept))  # once, for the index and for the chain
            for pair in _pairs(told):
                touched += hash((*pair, facts[0]))
            yield (*facts, told, summed)

    with readable(db):
        found = [told for *_, told in broken(db, noting())]
        indexed = sum(map(hash, db.execute("SELECT table_name, row_id, audit_id FROM audited")))
        return found if touched == indexed else found + _index_faults(db)


def _unpacked(kept: str) -> str:
    """Return what is kept of an act as JSON; as it is kept where it cannot be had."""
    with suppress(ValueError):
        told = unpacked_act(kept)
        return told if told.startswith("[") else kept
    return kept


def _pairs(rows: Value) -> set[tuple[str, int]]:
    """Return table and id of all that an act noted."""
    return {(row[0], row[1]) for row in _noted(rows)}


def _index_faults(db: sqlite3.Connection) -> list[str]:
    found, touched = [], 0
    for row in links(db):
        stop_if_unwanted()
        pairs = _pairs(row[_ROWS])
        if not all(db.execute(_NAMED, (*pair, row[0])).fetchone() for pair in pairs):
            found.append(f"操作记录第{row[0]!s}项的索引不全")
        touched += len(pairs)
    if touched < db.execute("SELECT COUNT(*) FROM audited").fetchone()[0]:
        found.append("操作记录的索引里有多余的内容")
    return found


def replay_faults(db: sqlite3.Connection, called: Callable[[str], str]) -> list[str]:
    """Return a Chinese sentence for each row that differs from the trail and each value that is unreadable.

    ``called`` gives the Chinese name of a table.
    """
    found: list[str] = []

    def unread(one: Unread) -> None:
        where = f"{called(table_name(one.table))}第{one.row}条"
        found.append(f"{where}{_labels(one.table, (one.column,))}已损坏，读不出来")

    known = {table_name(table): table for table in replayed_tables(db)}
    for row in row_differences(db, unread):
        where = f"{called(row['table'])}第{row['id']}条"
        if row["before"] is None:
            found.append(f"{where}不是由任何操作录入的")
        elif row["after"] is None:
            found.append(f"{where}不见了，但没有操作删除过它")
        else:
            columns = dict.fromkeys((*row["before"], *row["after"]))
            found.append(f"{where}{_labels(known[row['table']], columns)}与操作记录不一致")
    return found


def _labels(table: type[Record], columns: Iterable[str]) -> str:
    """Return 的“整改时限、地点” for the columns of these that the clerk knows; '' when she knows none."""
    labels = {field.name: field.label for field in declared(table)}
    known = "、".join(labels[column] for column in columns if column in labels)
    return known and f"的“{known}”"


def known_differences(db: sqlite3.Connection) -> Known:
    """Return what differs before an upgrade: it is not the upgrade's doing, and stays a difference."""
    found = {}
    for row in row_differences(db, lambda unread: None):
        before, after = row["before"], row["after"]
        whole = before is None or after is None
        found[row["table"], row["id"]] = (
            frozenset() if whole else frozenset((*(before or {}), *(after or {})))
        )
    return found


def note_upgrade(cabinet: Cabinet, known: Known) -> None:
    """Note by an act what an upgrade made of the rows, so that the trail says again what they hold."""
    rows = []
    for row in row_differences(cabinet.db.link(), lambda unread: None):
        columns = known.get((row["table"], row["id"]))
        if columns is None:
            rows.append(row)
        elif columns and row["before"] is not None and row["after"] is not None:
            before, after = (
                {name: value for name, value in side.items() if name not in columns}
                for side in (row["before"], row["after"])
            )
            if before or after:
                rows.append({**row, "before": before, "after": after})
    if rows:
        with cabinet.act(UPGRADE, "settings", Undo.FINAL) as act:
            act.rows += rows
            act.done("升级台账")


def accept_loss(cabinet: Cabinet, lost: str) -> None:
    """Note that the clerk goes on although something is missing or was changed, and all that it changed."""
    db = cabinet.db.link()
    with cabinet.act("desk.accept", "settings", Undo.FINAL) as act:
        db.execute("DELETE FROM audited")  # what was found there of acts that are gone, or changed
        db.execute(_INDEX)
        act.rows += row_differences(db, lambda unread: None)
        with readable(db):
            for number, kept, _ in broken(db, links(db)):
                act.rows.append(
                    {"table": table_name(Audit), "id": number, "before": {}, "after": {"hash": kept}}
                )
        act.done(f"确认后继续使用：{lost.partition('，请用')[0]}")
