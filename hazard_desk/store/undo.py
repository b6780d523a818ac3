"""Taking an act back by a further, audited act, doing it again by another; what was done, by day or record.

An act that took one back is taken back in its turn when that is done again: each names the one before it
(``undoes``). What stands is the last of such a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from peewee import ColumnBase, IntegrityError, ModelSelect, fn

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import PROTECTED, UPGRADE, Act, Change, Undo, in_full, plain
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, declared, table_name, table_named
from hazard_desk.store.tables import Audit, Audited, Noted
from hazard_desk.store.troubles import troubles

_WROTE = fn.SUBSTR(Audit.rows, 1, 2) != "[]"
"""Whether an act wrote anything."""
CHANGED_SINCE = "这条记录之后又有改动，不能{0}"
UNDO, REDO = "undo", "redo"
"""The acts that take an act back, and that take such an act back in turn: what was done is done again."""
_NAMED = "后来登记的记录还用到它，不能{0}，请先撤销或修改那些记录"
_IN_ITS_PLACE = "现在已有同样的记录，不能{0}，请先撤销或修改那一条"
_LACKING = "它用到的记录已经删除，不能{0}，请先恢复那一条"
_NOT_KEPT = "受保护的举报人信息在撤销时已清除，不能恢复，请重新登记"


@dataclass(frozen=True)
class Deed:
    """One act in the list of what was done: when, by whom, what, and whether it can be taken back."""

    number: int
    """The id of the act that stands for it: its own, or the last that took it back or did it again."""
    first: int
    """The id of the act itself."""
    at: datetime
    who: str
    title: str
    ledger: str
    undone: bool
    """Whether it was taken back; then ``fixed`` tells why it cannot be done again."""
    fixed: str
    """Why it cannot be taken back, as a Chinese sentence; '' where only trying tells."""


def last_act(cabinet: Cabinet) -> Audit | None:
    """Return the audit row of the last act that can still be taken back, or None.

    Those that are final are passed over. An act that wrote nothing (a form saved as it was) has nothing to
    take back; one whose rows a later act wrote, which was not taken back itself, stays.
    """
    wrote = _WROTE & (Audit.undo != str(Undo.FINAL)) & (Audit.act != UNDO)
    for last in cabinet.records(Audit, _ends().where(wrote).limit(1)):
        return None if _stands_on(cabinet, last.id) else last
    return None


def last_undo(cabinet: Cabinet) -> Audit | None:
    """Return the audit row of the last act that took one back, to do that again; None once more was done."""
    since = 0
    ends = _ends(Audit.id, Audit.act, Audit.undoes).where(_WROTE & (Audit.act != UPGRADE))
    for end in cabinet.records(Audit, ends.limit(_STEPS_BACK)):
        if end.act == REDO:
            since = max(since, _origin(cabinet, end).id)
        else:
            return cabinet.row(Audit, end.id) if end.act == UNDO and end.id > since else None
    return None


def act_told(cabinet: Cabinet, audit: Audit | None) -> str:
    """Return what was done, whether an act did it, took it back or did it again; '' for None."""
    return _origin(cabinet, audit).title if audit else ""


def undo_last(cabinet: Cabinet) -> Change:
    """Take the last act back by a further one, as it says. ``Refused`` when it cannot be, or is none."""
    if (last := last_act(cabinet)) is None:
        raise Refused("没有可以撤销的操作")
    return take_back(cabinet, last)


def redo_last(cabinet: Cabinet) -> Change:
    """Do again what the last undo took back. ``Refused`` when it cannot be, or there is none."""
    if (last := last_undo(cabinet)) is None:
        raise Refused("没有可以恢复的操作")
    return take_back(cabinet, last)


def deeds(cabinet: Cabinet, day: date) -> list[Deed]:
    """Return what was done on a day, the latest first, each once: also what was taken back since."""
    begin = datetime(day.year, day.month, day.day)
    made = (Audit.at >= begin) & (Audit.at < begin + timedelta(1))
    own = (
        fn.COALESCE(Audit.undoes, 0) == 0
    )  # as an expression: the day finds fewer acts than the index of this
    first = Audit.select(*_OF_DEED).where(made & own & (Audit.act != UPGRADE))
    return [_deed(cabinet, one) for one in cabinet.records(Audit, first.order_by(Audit.id.desc()))]


def _deed(cabinet: Cabinet, first: Audit) -> Deed:
    last = first
    while later := cabinet.records(Audit, Audit.select(*_OF_DEED).where(Audit.undoes == last.id).limit(1)):
        (last,) = later
    undone, fixed = last.act == UNDO, ""
    if cabinet.scalar(Audit.select(Audit.id).where((Audit.id == last.id) & ~_WROTE)):
        fixed = "没有改动任何记录"
    elif last.undo == Undo.FINAL:
        fixed = "撤销后不能恢复" if undone else "这类操作不能撤销，有误的请另行更正"
    elif blocking := _stands_on(cabinet, last.id):
        fixed = f"之后又办理了{quoted(blocking)}，请先撤销那一项"
    return Deed(last.id, first.id, first.at, first.who, first.title, first.ledger, undone, fixed)


def records_written(cabinet: Cabinet, number: int, table: str) -> list[int]:
    """Return the ids of the rows of a table that an act wrote, in its order, each once."""
    rows = cabinet.row(Audit, number).rows
    return list(dict.fromkeys(row["id"] for row in rows if row["table"] == table))


def take_back_deed(cabinet: Cabinet, number: int) -> Change:
    """Take back the act that stands for a deed, or do again what was taken back. ``Refused`` where not."""
    audit = cabinet.row(Audit, number)
    deed = _deed(cabinet, _origin(cabinet, audit))
    if deed.number != number:
        raise Refused("这项操作已有变化，请刷新后再看")
    if deed.fixed:
        raise Refused(deed.fixed)
    return take_back(cabinet, audit)


_STEPS_BACK = 500
"""So many acts are looked through for one to be done again."""
_OF_DEED = (Audit.id, Audit.at, Audit.who, Audit.act, Audit.title, Audit.ledger, Audit.undo, Audit.undoes)
"""All of an act but the rows that it wrote."""
_STANDS_ON = """
    SELECT later.title FROM audit AS mine CROSS JOIN json_each(unpacked_act(mine.rows)) AS part
    CROSS JOIN audited ON audited.table_name = json_extract(part.value, '$[0]')
        AND audited.row_id = json_extract(part.value, '$[1]') AND audited.audit_id > mine.id
    CROSS JOIN audit AS later ON later.id = audited.audit_id
    WHERE mine.id = ? AND later.act <> ?
        AND NOT EXISTS (SELECT 1 FROM audit AS undoing WHERE undoing.undoes = later.id)
        AND (later.act <> ? OR mine.id > (
            WITH RECURSIVE back (id) AS (
                SELECT later.undoes
                UNION ALL
                SELECT audit.undoes FROM back JOIN audit ON audit.id = back.id WHERE audit.undoes IS NOT NULL
            ) SELECT MIN(id) FROM back
        ))
    LIMIT 1
"""
"""A later act that stands and wrote a row of this one; what was done and undone since, both, does not."""


def _stands_on(cabinet: Cabinet, number: int) -> str:
    """Return what stands on an act: the title of a later one; '' where nothing does."""
    with troubles(cabinet.file):
        found = cabinet.db.execute_sql(_STANDS_ON, (number, UPGRADE, UNDO)).fetchone()
    return str(found[0]) if found else ""


def _ends(*what: ColumnBase) -> ModelSelect:
    """Select the acts that were not taken back, and those that took back, the last first."""
    undoing = Audit.model.alias()
    undone = fn.EXISTS(undoing.select(undoing.id).where(undoing.undoes == Audit.id))
    return Audit.select(*what).where(~undone).order_by(Audit.id.desc())


def _origin(cabinet: Cabinet, audit: Audit) -> Audit:
    """Return the act that another took back, did again, took back … in the end; itself for any other."""
    while audit.undoes is not None:
        asked = Audit.select(*_OF_DEED).where(Audit.id == audit.undoes)
        audit = cabinet.one(Audit, asked)
    return audit


def take_back(cabinet: Cabinet, audit: Audit) -> Change:
    """Take an act back as it says: every row put back to what it was, or what its book does instead.

    One that took an act back is so taken back itself: what was done is done again. Raises ``Refused`` when
    a row was changed since, for that would be lost.
    """
    name, verb = (REDO, "恢复") if audit.act == UNDO else (UNDO, "撤销")
    with cabinet.whole(name, audit.ledger) as act:
        act.undoes = audit.id
        rest = Undo.ROWS if audit.undo == Undo.PARTS else audit.undo
        for way, rows in groupby(reversed(audit.rows), lambda row: Undo(row.get("undo", rest))):
            if way in cabinet.ways:
                cabinet.ways[way](list(rows))
            else:
                for some in _alike(rows):
                    _put_back(cabinet, act, some, verb)
        act.done(f"{verb}：{_origin(cabinet, audit).title}")
    return act.result


def refuse_changed(cabinet: Cabinet, row: Noted, verb: str = "撤销") -> None:
    """Raise ``Refused`` unless a row of an act is still as the act left it; ``verb`` says what is tried."""
    _standing(cabinet, [row], verb)


def _alike(rows: Iterable[Noted]) -> Iterator[list[Noted]]:
    """Yield rows that go back the same way, so many in a row as are of one table, each of them once."""
    some: list[Noted] = []
    there: set[int] = set()
    for row in rows:
        if some and (row["id"] in there or _way(row) != _way(some[0])):
            yield some
            some, there = [], set()
        some.append(row)
        there.add(row["id"])
    if some:
        yield some


def _way(row: Noted) -> tuple[str, bool, bool]:
    return row["table"], row["before"] is None, row["after"] is None


def _standing(cabinet: Cabinet, rows: Sequence[Noted], verb: str) -> dict[int, Record]:
    """Return rows of one table as they are, by id. ``Refused`` unless all are still as an act left them."""
    now = cabinet.rows_of(table_named(rows[0]["table"]), [row["id"] for row in rows])
    if not all(_same(now.get(row["id"]), in_full(row)[1]) for row in rows):
        raise Refused(CHANGED_SINCE.format(verb))
    return now


def _put_back(cabinet: Cabinet, act: Act, rows: Sequence[Noted], verb: str) -> None:
    """Put rows back that go back the same way."""
    table = table_named(rows[0]["table"])
    now = _standing(cabinet, rows, verb)
    before = {row["id"]: told for row in rows if (told := in_full(row)[0]) is not None}
    if any(PROTECTED in told.values() for told in before.values()):
        raise Refused(_NOT_KEPT)
    if not before:
        act.delete_read(table, [now[row["id"]] for row in rows], _NAMED.format(verb))
        return
    try:
        if not now:
            act.insert_many(table, ({**told, "id": number} for number, told in before.items()))
        for number, row in now.items():
            act.update_from(table, row, before[number])
    except IntegrityError as wrong:  # a later act, which wrote other rows, took its place or what it names
        lacking = str(wrong).startswith("FOREIGN KEY")
        raise Refused((_LACKING if lacking else _IN_ITS_PLACE).format(verb)) from None


def _same(now: Record | None, after: Row | None) -> bool:
    """Whether the row is still as the act left it; protected values are not kept and not compared."""
    if now is None or after is None:
        return now is after
    return all(value == PROTECTED or value == plain(now[name]) for name, value in after.items())


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
                found.append((field.heading, texts[0], texts[1]))
    return found


def _spread(side: Row) -> Row:
    """The facts of a register's row stand one level deeper."""
    facts = side.get("facts")
    return side | facts if isinstance(facts, dict) else side
