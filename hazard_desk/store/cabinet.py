"""The cabinet: one open database, the transaction of one act, and the audit trail."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Lock, local
from typing import Any, Protocol, TypeVar

from hazard_desk.errors import Lost, Refused, Trouble
from hazard_desk.rules.fields import Row
from hazard_desk.store import search
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.clock import Clock
from hazard_desk.store.columns import Record, columns_of, read_in_part
from hazard_desk.store.dbfile import BUSY_TIMEOUT, DATABASE, connect
from hazard_desk.store.sql.reading import Select, read_columns
from hazard_desk.store.sql.statements import statements_of
from hazard_desk.store.tables import Audit, Noted, NotedField, Setting
from hazard_desk.store.trail import chain, head
from hazard_desk.store.trail.chain import moment
from hazard_desk.store.trail.head import ChainHead
from hazard_desk.store.troubles import troubles

R = TypeVar("R", bound=Record)
T = TypeVar("T")
_AUDIT = f"INSERT INTO audit ({', '.join(chain.COLUMNS)}, hash) VALUES ({'?, ' * len(chain.COLUMNS)}?)"
_CHECKPOINT_WAIT = 500
"""Milliseconds to wait for those who read."""
_log = logging.getLogger(__name__)
_GONE = "这条记录已不存在，请刷新后再看"
_SETTINGS = "SELECT name, value FROM setting"
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
        self.following: list[Callable[[Act | None], Iterable[str]]] = []
        """What follows from rows and is kept beside them: brought up to date with what an act wrote, or made
        anew of all rows. Each returns the tables that it wrote; no act notes them."""
        self.on_remove: list[Callable[[Act, str, int], None]] = []
        """What goes with a record that is removed: called with the act, the ledger and the record."""
        self.on_move: list[Callable[[Act, str, int, int], None]] = []
        """What goes over with a record that is merged into another of its ledger: both are told."""
        self.on_rename: list[Callable[[Act, str, str], None]] = []
        """What follows when what is known by its name is called otherwise: the old name and the new one."""
        self.ways: dict[Undo, Callable[[Sequence[Noted]], None]] = {}
        """How a book takes back rows that are not just put back; it is given the latest first."""
        self.warnings: list[str] = []
        """What the acts made by this program warned of."""
        self._within = local()
        self._heading = Lock()
        self._head: ChainHead | None = None
        self.db = connect(file)
        with troubles(file):
            self.db.connect()

    def close(self) -> None:
        with troubles(self.file):
            self.db.close()

    @contextmanager
    def reading(self) -> Iterator[set[str]]:
        """A connection for the block: for work off the main thread; the thread's own where it has one.

        What is ``remembered`` is read once in it. What it yields holds, after the block, the tables that were
        read in it (compare ``Change.touched``).
        """
        with troubles(self.file), self.once(), self.db.noting() as tables:
            if not self.db.is_closed():
                yield tables
                return
            with self.db.connection_context():
                yield tables

    @contextmanager
    def once(self) -> Iterator[None]:
        """Within the block this thread reads once what is ``remembered``, until something is written."""
        if getattr(self._within, "known", None) is not None:
            yield
            return
        self._within.known = {}
        try:
            yield
        finally:
            self._within.known = None

    def remembered(self, name: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` gives; within ``once`` what it gave before, not to be changed."""
        known: dict[Hashable, tuple[T, set[str]]] | None = getattr(self._within, "known", None)
        if known is None:
            return read()
        if name not in known:
            with self.db.noting() as tables:
                known[name] = read(), tables
        found, tables = known[name]
        self.db.note(tables)
        return found

    def rows(self, query: Select) -> list[Row]:
        """Return the rows of a select query as plain mappings."""
        with troubles(self.file):
            names, found = read_columns(self.db, query)
            return [dict(zip(names, values, strict=True)) for values in found]

    def records(self, kind: type[R], query: Select) -> list[R]:
        """Return the rows of a select query as rows of ``kind``: the table, or a subclass of it."""
        with troubles(self.file):
            names, found = read_columns(self.db, query)
        made = kind if columns_of(kind) <= set(names) else read_in_part(kind)
        return [made(zip(names, values, strict=True)) for values in found]

    def one(self, kind: type[R], query: Select) -> R:
        """Return the only row of a select query; ``Refused`` when it is gone."""
        try:
            found = self.records(kind, query)
        except OverflowError:  # asked for by a number that no row can have
            found = []
        if not found:
            raise Refused(_GONE)
        return found[0]

    def renamed(self, act: Act, old: str, new: str) -> None:
        """Tell those who keep a name that it is another one now."""
        for follow in self.on_rename:
            follow(act, old, new)

    def row(self, table: type[R], number: int) -> R:
        """Return the row of a table with this id; ``Refused`` when it is gone."""
        return table(self.remembered((table, number), lambda: self._row(table, number)))

    def _row(self, table: type[R], number: int) -> R:
        try:
            return self.rows_of(table, (number,))[number]
        except (KeyError, OverflowError):  # gone, or asked for by a number that no row can have
            raise Refused(_GONE) from None

    def rows_of(self, table: type[R], numbers: Sequence[int]) -> dict[int, R]:
        """Return the rows of a table with these ids, by id, those that there are."""
        with troubles(self.file):
            read = statements_of(table).read(self.db, numbers)
            return {row.id: row for row in map(table, read)}

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
                touched |= {name: frozenset() for follow in self.following for name in follow(act)}
                touched |= {"search_entry": frozenset(), "audit": frozenset((self._audit(act, touched),))}
        if whole is not None:
            whole.take(act)
        fixed = act.undo is Undo.FINAL or not act.rows
        act.change = Change(name, act.title, ledger, tuple(act.ids), act.at, touched, act.warning, fixed)

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
                search.put(self.db, list(found.values()))
                if gone := [number for number in some if number not in found]:
                    for name in index.search_ids:
                        search.drop(self.db, name, gone)

    def reindex(self) -> None:
        """Make anew what follows from the rows of all books, the search index too."""
        with self.together():
            for follow in self.following:
                follow(None)
            search.rebuild(self.db, (entry for index in self.indexers for entry in index.entries(None)))

    def find(self, words: str, limit: int = 50, ledger: str = "") -> list[search.Hit]:
        """Return what the search index finds, newest first; ``ledger`` narrows to one book."""
        with troubles(self.file):
            return search.find(self.db, words, limit, ledger)

    def _audit(self, act: Act, touched: Mapping[str, frozenset[int]]) -> int:
        """Chain an act to the one before it; return its id."""
        link = self.db.link()
        last, at, previous = head.newest_act(link)
        if self._head and last < self._head.act:
            raise Lost("操作记录在使用期间被其他程序删改，请关闭后用最近的备份恢复")
        if self.clock.real and at > str(act.at):
            now = moment(str(act.at))
            act.warning = f"电脑时间{now}早于上一项操作的时间{moment(at)}，请检查电脑的日期和时间"
            self.warnings.append(act.warning)
        said = (act.name, act.ledger, act.title, str(act.undo), act.undoes, NotedField().db_value(act.rows))
        row = (last + 1, str(act.at), self.setting("clerk"), *said)
        self.db.execute_sql(_AUDIT, (*row, chain.chain_link(previous, row)))
        rows = ((table, number, last + 1) for table, numbers in touched.items() for number in numbers)
        link.executemany("INSERT INTO audited (table_name, row_id, audit_id) VALUES (?, ?, ?)", sorted(rows))
        self._within.acted = True
        return last + 1

    def finish(self) -> ChainHead | None:
        """Before closing: empty the write-ahead log; return the last act, None where something stays."""
        try:
            return self._head if self.checkpoint() else None
        except Trouble as error:
            _log.info("the log stays: %s", error)
            return None

    def head(self) -> ChainHead:
        """Return the last act, as the chain in the database has it."""
        with troubles(self.file):
            return head.of_database(self.db.link())

    def checkpoint(self) -> bool:
        """Bring what the write-ahead log holds into the database; False when others stand in the way."""
        with self.reading():
            link = self.db.link()
            link.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_WAIT}")
            try:
                (busy, _, _) = link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                link.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
            return not busy

    def keep_head(self) -> None:
        """Note the last act beside the database. Nothing is lost where that fails: the head is older then."""
        if self.file.name != DATABASE:  # a desk in the making
            return
        with self._heading, troubles(self.file):
            link = self.db.link()
            number, at, kept = head.newest_act(link)
            if self._head is None:
                self._head = head.of_database(link)
            count = self._head.count + number - self._head.act
            self._head = replace(self._head, act=number, count=count, hash=kept, at=at)
            try:
                head.write(self.file.parent, self._head)
            except OSError as error:
                _log.info("the head is not kept: %s", error)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several acts of which all are kept or none (the sample year, a trial); one act is a ``whole``."""
        self._within.known = None
        with troubles(self.file):
            if self.db.in_transaction():
                with self.db.savepoint():
                    yield
                return
            self._within.acted = False
            with self.db.transaction("IMMEDIATE"):
                yield
            if self._within.acted:
                self.keep_head()

    def last_act_number(self) -> int | None:
        """Return the number of the last act, 0 before the first; None within one that is not at its end."""
        if self.db.in_transaction():
            return None
        with troubles(self.file):
            (last,) = self.db.execute_sql("SELECT MAX(id) FROM audit").fetchone()
        return last or 0

    @property
    def mark(self) -> str:
        """Return four letters or digits that tell this desk from others: they follow from its first act."""
        first = self.scalar(Audit.select(Audit.at).order_by(Audit.id).limit(1))
        return sha256(str(first).encode()).hexdigest()[:4].upper()

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting of this desk, or ``default`` when it was never set."""
        return self.remembered(_SETTINGS, self._settings).get(name, default)

    def _settings(self) -> dict[str, str]:
        with troubles(self.file):
            return dict(self.db.execute_sql(_SETTINGS))

    def set(self, act: Act, name: str, value: str) -> None:
        """Set a setting within an act."""
        number = self.scalar(Setting.select(Setting.id).where(Setting.name == name))
        if number is None:
            act.insert(Setting, {"name": name, "value": value})
        else:
            act.update(Setting, number, {"value": value})
