"""The cabinet: one open database, the transaction of one act, and the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import Any, Protocol, TypeVar

import peewee

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.store import search
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.clock import Clock
from hazard_desk.store.columns import Record, columns_of, read_in_part
from hazard_desk.store.dbfile import connect
from hazard_desk.store.tables import Audit, Audited, Noted, Setting
from hazard_desk.store.troubles import troubles

Select = peewee.ModelSelect | peewee.CompoundSelectQuery
"""A question to the cabinet, as the tables' columns make it."""
R = TypeVar("R", bound=Record)
_SOME = 500
"""Rows that are indexed at once: one query may name only so many ids."""


class Indexer(Protocol):
    """A book that can be searched: which table it keeps, and what to find each of its rows by."""

    @property
    def table_name(self) -> str: ...
    @property
    def search_ids(self) -> Sequence[str]: ...
    def entries(self, ids: Sequence[int] | None) -> Iterable[search.Entry]: ...


class Cabinet:
    """Everything a ledger needs: queries, acts, settings and the clock."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self.file = file
        self.clock = clock
        self.indexers: list[Indexer] = []
        """The books that can be searched."""
        self.on_remove: list[Callable[[Act, str, int], None]] = []
        """What goes with a record that is removed: called with the act, the ledger and the record."""
        self.ways: dict[Undo, Callable[[Sequence[Noted]], None]] = {}
        """How a book takes back rows that are not just put back; it is given the latest first."""
        self._within = local()
        self.db = connect(file)
        with troubles(file):
            self.db.connect()

    def close(self) -> None:
        with troubles(self.file):
            self.db.close()

    @contextmanager
    def reading(self) -> Iterator[set[str]]:
        """A connection for the block: for work off the main thread; the thread's own where it has one.

        What it yields holds, after the block, the tables that were read in it (compare ``Change.touched``).
        """
        with troubles(self.file), self.db.noting() as tables:
            if not self.db.is_closed():
                yield tables
                return
            with self.db.connection_context():
                yield tables

    def rows(self, query: Select) -> list[Row]:
        """Return the rows of a select query as plain mappings."""
        with troubles(self.file):
            return list(query.dicts().execute(self.db))

    def records(self, kind: type[R], query: Select) -> list[R]:
        """Return the rows of a select query as rows of ``kind``: the table, or a subclass of it."""
        found = self.rows(query)
        made = kind if not found or columns_of(kind) <= found[0].keys() else read_in_part(kind)
        return [made(row) for row in found]

    def one(self, kind: type[R], query: Select) -> R:
        """Return the only row of a select query; ``Refused`` when it is gone."""
        found = self.records(kind, query)
        if not found:
            raise Refused("这条记录已不存在，请刷新后再看")
        return found[0]

    def row(self, table: type[R], number: int) -> R:
        """Return the row of a table with this id; ``Refused`` when it is gone."""
        return self.one(table, table.select().where(table.id == number))

    def column(self, query: Select) -> list[Any]:
        """Return the first column of a select query."""
        with troubles(self.file):
            return [row[0] for row in query.tuples().execute(self.db)]

    def pairs(self, query: Select) -> list[tuple[Any, Any]]:
        """Return the first two columns of a select query."""
        with troubles(self.file):
            return [(row[0], row[1]) for row in query.tuples().execute(self.db)]

    def numbers(self, query: Select) -> list[int]:
        """Return a first column of whole numbers, unread by peewee: for the many ids of a ledger."""
        with troubles(self.file):
            sql, given = self.db.get_sql_context().parse(query)
            return [row[0] for row in self.db.execute_sql(sql, given)]

    def scalar(self, query: Select) -> Any:
        """Return the first column of the first row, or None."""
        found = self.column(query)
        return found[0] if found else None

    def count(self, query: Select) -> int:
        """Return how many rows a select query has."""
        with troubles(self.file):
            return int(query.count(self.db))

    def links(self, table: str) -> dict[str, str]:
        """Return the columns of a table that name a row of a table, each with the table it names."""
        with troubles(self.file):
            return {key.column: key.dest_table for key in self.db.get_foreign_keys(table)}

    @contextmanager
    def act(self, name: str, ledger: str, undo: Undo = Undo.ROWS) -> Iterator[Act]:
        """One act: all its writes and its audit row are committed together, or none.

        ``undo`` is how it is taken back. After the block ``act.result`` is the ``Change``. The caller must
        call ``act.done``. Within a ``whole`` act it is a part of it; the whole alone is indexed and audited.
        """
        whole: Act | None = getattr(self._within, "act", None)
        act = Act(self, name, ledger, self.clock.now, undo, last_ids=whole.last_ids if whole else {})
        with self.together():
            yield act
            if not act.title:
                raise RuntimeError(f"act {name} did not say what it did")
            touched = act.touched
            if whole is None:
                self._index(touched)
                touched |= {"search_entry": frozenset(), "audit": frozenset((self._audit(act, touched),))}
        if whole is not None:
            whole.take(act)
        act.change = Change(name, act.title, ledger, tuple(act.ids), act.at, touched)

    @contextmanager
    def whole(self, name: str, ledger: str, undo: Undo = Undo.PARTS) -> Iterator[Act]:
        """An act whose parts are other acts of this thread: one audit row and one undo for all of them.

        With another ``undo`` than ``PARTS`` all of it is taken back so, whatever the parts say.
        """
        outer: Act | None = getattr(self._within, "act", None)
        with self.act(name, ledger, undo) as act:
            self._within.act = act
            try:
                yield act
            finally:
                self._within.act = outer

    @contextmanager
    def part(self) -> Iterator[None]:
        """Some acts of a ``whole`` that stand or fall together: what fails leaves no trace in it."""
        whole: Act = self._within.act
        kept = len(whole.rows)
        try:
            with self.together():
                yield
        except BaseException:
            del whole.rows[kept:]
            raise

    def _index(self, touched: Mapping[str, frozenset[int]]) -> None:
        """Bring the search index up to date with every row that an act touched."""
        for index in self.indexers:
            numbers = sorted(touched.get(index.table_name, ()))
            for some in (numbers[at : at + _SOME] for at in range(0, len(numbers), _SOME)):
                found = {entry.record: entry for entry in index.entries(some)}
                for number in some:
                    if number in found:
                        search.put(self.db, found[number])
                    else:
                        for name in index.search_ids:
                            search.drop(self.db, name, number)

    def reindex(self) -> None:
        """Make the search index anew from all books."""
        with self.together():
            search.rebuild(self.db, (entry for index in self.indexers for entry in index.entries(None)))

    def find(self, words: str, limit: int = 50, ledger: str = "") -> list[search.Hit]:
        """Return what the search index finds, newest first; ``ledger`` narrows to one book."""
        with troubles(self.file):
            return search.find(self.db, words, limit, ledger)

    def _audit(self, act: Act, touched: Mapping[str, frozenset[int]]) -> int:
        row = {"at": act.at, "who": self.setting("clerk"), "act": act.name, "ledger": act.ledger}
        row |= {"title": act.title, "rows": act.rows, "undo": str(act.undo), "undoes": act.undoes}
        number = int(Audit.model.insert(row).execute(self.db))
        for table, records in sorted(touched.items()):
            for record in sorted(records):
                Audited.model.insert({"audit_id": number, "table": table, "row": record}).execute(self.db)
        return number

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several acts of which all are kept or none (the sample year, a trial); one act is a ``whole``."""
        with troubles(self.file):
            if self.db.in_transaction():
                with self.db.savepoint():
                    yield
            else:
                with self.db.transaction("IMMEDIATE"):
                    yield

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting of this desk, or ``default`` when it was never set."""
        found = self.scalar(Setting.select(Setting.value).where(Setting.name == name))
        return default if found is None else str(found)

    def set(self, act: Act, name: str, value: str) -> None:
        """Set a setting within an act."""
        number = self.scalar(Setting.select(Setting.id).where(Setting.name == name))
        if number is None:
            act.insert(Setting, {"name": name, "value": value})
        else:
            act.update(Setting, number, {"value": value})
