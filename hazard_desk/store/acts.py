"""One act = one transaction = one audit row = one returned change.

Every write to the cabinet goes through an ``Act``, which notes each row before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Protocol, TypeVar

from peewee import IntegrityError, ModelSelect, fn

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, Value
from hazard_desk.store.columns import Record, declared, empties, table_name, table_named
from hazard_desk.store.dbfile import Database
from hazard_desk.store.sql.statements import statements_of
from hazard_desk.store.tables import Audited, Noted

R = TypeVar("R", bound=Record)
PROTECTED = "（受保护）"
NAMED_BY_OTHERS = "还有其他记录与这条记录关联，不能删除"
UPGRADE = "desk.upgrade"
"""The act that notes what an upgrade of the desk changed: nothing that the clerk did to a record."""


class Store(Protocol):
    """What an act asks of the cabinet that it writes to."""

    @property
    def db(self) -> Database: ...
    def row(self, table: type[R], number: int) -> R: ...
    def rows_of(self, table: type[R], numbers: Sequence[int]) -> dict[int, R]: ...
    def scalar(self, query: ModelSelect) -> int | None: ...


class Undo(StrEnum):
    """How an act is taken back; it says so when it is made, and its audit row keeps it."""

    ROWS = "rows"
    """Every row is put back as it was."""
    STEP = "step"
    """What was entered for a hazard is withdrawn, a registration voided: its line keeps both."""
    NUMBER = "number"
    """The document is voided: the number that was drawn is never given again."""
    PARTS = "parts"
    """Each part of a whole act as the part says."""
    FINAL = "final"
    """Not at all: what was wrong is set right by an act of its own."""


@dataclass(frozen=True)
class Change:
    """What an act changed: a Chinese sentence, the ledger and the ids of its rows."""

    act: str
    title: str
    ledger: str
    ids: tuple[int, ...]
    at: datetime
    touched: Mapping[str, frozenset[int]]
    """Every row that was written, whichever books the act went through: table to ids."""
    warning: str = ""
    """What the clerk should know besides: the computer's clock stands before the act before; else ''."""
    fixed: bool = False
    """Whether it cannot be taken back, or has nothing to take back."""


@dataclass
class Act:
    """The writes of one act, collected for the audit row. Made by ``Cabinet.act`` only."""

    cabinet: Store
    name: str
    ledger: str
    at: datetime
    undo: Undo = Undo.ROWS
    title: str = ""
    ids: list[int] = field(default_factory=list)
    rows: list[Noted] = field(default_factory=list)
    last_ids: dict[str, int] = field(default_factory=dict)
    """The highest id that each table ever had, where it was asked; shared by all parts of a whole act."""
    change: Change | None = None
    undoes: int | None = None
    warning: str = ""

    def insert(self, table: type[Record], values: Row) -> int:
        """Put a row into ``table``, what it lacks empty; return its id, one that no row of it ever had."""
        return self.insert_many(table, (values,))[0]

    def insert_many(self, table: type[Record], rows: Iterable[Row]) -> list[int]:
        """Put rows into ``table`` by one statement; return their ids. Raises ``IntegrityError``."""
        made = [{**values, "id": values.get("id") or self._next_id(table)} for values in rows]
        statements_of(table).insert(self.cabinet.db, made)
        ids = [int(str(values["id"])) for values in made]
        for number, values in zip(ids, made, strict=True):
            self._note(table, number, None, values)
        return ids

    def update(self, table: type[Record], number: int, values: Row) -> None:
        """Overwrite the given columns of one row; unchanged values are not noted."""
        self.update_from(table, self.cabinet.row(table, number), values)

    def update_from(self, table: type[Record], before: Record, values: Row) -> None:
        """Overwrite the given columns of a row that was read within the act."""
        changed = {name: value for name, value in values.items() if before[name] != value}
        if changed:
            statements_of(table).update(self.cabinet.db, before.id, changed)
            self._note(table, before.id, {name: before[name] for name in changed}, changed)

    def delete(self, table: type[Record], number: int, why_not: str = NAMED_BY_OTHERS) -> None:
        """Take one row out; the audit keeps what it held. ``Refused`` (``why_not``) while others name it."""
        self.delete_read(table, [self.cabinet.row(table, number)], why_not)

    def delete_read(self, table: type[Record], rows: Sequence[Record], why_not: str) -> None:
        """Take rows out that were read within the act. ``Refused`` (``why_not``) while others name one."""
        try:
            statements_of(table).delete(self.cabinet.db, [row.id for row in rows])
        except IntegrityError:  # nothing but a foreign key stands against a deletion
            raise Refused(why_not) from None
        for row in rows:
            self._note(table, row.id, row, None)

    def done(self, title: str, *ids: int) -> None:
        """Say in one Chinese sentence what was done, to which rows of the ledger."""
        self.title = title
        self.ids.extend(ids)

    def take(self, part: Act) -> None:
        """Take in what a part wrote; each row keeps how it goes back, where that is left to the parts."""
        if self.undo is Undo.PARTS and part.undo not in (Undo.ROWS, Undo.PARTS):
            for row in part.rows:
                row["undo"] = str(part.undo)
        self.rows += part.rows
        if part.undo is Undo.FINAL:
            self.undo = Undo.FINAL

    @property
    def touched(self) -> dict[str, frozenset[int]]:
        """Every row written so far, those of all parts too: table to ids."""
        found: dict[str, set[int]] = {}
        for row in self.rows:
            found.setdefault(row["table"], set()).add(row["id"])
        return {table: frozenset(ids) for table, ids in found.items()}

    @property
    def result(self) -> Change:
        """The change, once the act is committed."""
        if self.change is None:
            raise RuntimeError("the act is not committed yet")
        return self.change

    def _next_id(self, table: type[Record]) -> int:
        """SQLite gives the id of a deleted last row anew; history and attachments would then be another's."""
        name = table_name(table)
        if name not in self.last_ids:  # the transaction is ours alone: asked once, it can only be counted on
            there = self.cabinet.scalar(table.select(fn.MAX(table.id)))
            ever = self.cabinet.scalar(Audited.select(fn.MAX(Audited.row)).where(Audited.table == name))
            self.last_ids[name] = max(there or 0, ever or 0)
        self.last_ids[name] += 1
        return self.last_ids[name]

    def _note(self, table: type[Record], number: int, before: Row | None, after: Row | None) -> None:
        self.rows.append(
            {
                "table": table_name(table),
                "id": number,
                "before": noted(table, before),
                "after": noted(table, after),
            }
        )


def noted(table: type[Record], values: Row | None) -> Row | None:
    """Return values of a row as the audit trail keeps them: protected ones hidden, no id, no empties."""
    if values is None:
        return None
    empty, secret = empties(table), hidden(table)
    return {
        name: PROTECTED if name in secret and value else plain(value)
        for name, value in values.items()
        if name != "id"
        if not (name in empty and value == empty[name] and type(value) is type(empty[name]))
    }


@cache
def hidden(table: type[Record]) -> frozenset[str]:
    """Return the columns of a table whose values the trail does not keep."""
    return frozenset(field.name for field in declared(table) if field.sensitive)


def in_full(row: Noted) -> tuple[Row | None, Row | None]:
    """Return before and after of a noted row with the empty values that were left out."""
    before, after, empty = row["before"], row["after"], empties(table_named(row["table"]))
    if before is not None and after is not None:
        empty = {name: empty.get(name) for name in (*before, *after)}
    return (None if before is None else empty | before), (None if after is None else empty | after)


def plain(value: Value) -> Value:
    """Return a value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date | datetime) else value
