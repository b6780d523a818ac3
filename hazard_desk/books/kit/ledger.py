"""What every book offers: its fields, paged reading by query, and acts that return a change.

``Ledger`` is what the window, the sheets and the command line know; ``TableLedger`` is a book whose
rows are the rows of one table, filtered and sorted by SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Protocol

from peewee import ColumnBase, Expression, IntegrityError, ModelSelect, Node, Ordering, fn

from hazard_desk.books.kit.book import Book
from hazard_desk.books.kit.gaps import GAPS, any_first, told_by_labels
from hazard_desk.books.kit.judging import Batch, Judgement
from hazard_desk.books.kit.lists import Offering
from hazard_desk.books.kit.many import HowFar, ManyDone, ManyRows, ManyTried
from hazard_desk.books.kit.past_facts import PastFacts, R
from hazard_desk.books.kit.proposing import RECENT, last_first
from hazard_desk.books.kit.query import Query, Wanted, all_of, any_of, condition, parts, several
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind, Row, Value, by_name, clean
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.cabinet import Cabinet, Indexer
from hazard_desk.store.columns import Record, column_named, computed, declared, table_name
from hazard_desk.store.search import Entry
from hazard_desk.store.undo import Past, history


class Ledger(Book, Indexer, Protocol):
    """A book of the office as the window, the sheets and the command line ask it."""

    default_sort: str
    cabinet: Cabinet

    @property
    def fields(self) -> tuple[Field, ...]: ...
    def entry_fields(self) -> tuple[Field, ...]: ...
    def template_fields(self) -> tuple[Field, ...]: ...
    def sheet_fields(self) -> tuple[Field, ...]: ...
    def identities(self) -> tuple[tuple[str, ...], ...]: ...
    def is_same(self, row: Row, values: Row) -> bool: ...
    def unit_of(self, field: Field, row: Row) -> str: ...
    def judge(
        self,
        values: Mapping[str, Value],
        others: Mapping[str, str] | None = None,
        number: int | None = None,
        batch: Batch | None = None,
        written: Mapping[str, str] | None = None,
    ) -> Judgement: ...
    def enter(self, judgements: Sequence[Judgement]) -> list[int]: ...
    def gaps_of(self, row: Row) -> list[Field]: ...
    def filter_fields(self) -> tuple[Field, ...]: ...
    def options(self, name: str) -> list[str]: ...
    def options_for(self, name: str, row: Row) -> list[str]: ...
    def options_say(self, name: str) -> Mapping[str, str]: ...
    def strict_names(self) -> tuple[str, ...]: ...
    def ids(self, query: Query) -> list[int]: ...
    def count(self, query: Query) -> int: ...
    def rows(self, ids: Sequence[int]) -> Sequence[Record]: ...
    def select(self, query: Query) -> Sequence[Record]: ...
    def get(self, number: int) -> Record: ...
    def name_of(self, row: Any) -> str: ...
    def add(self, values: Mapping[str, Value]) -> Change: ...
    def change(self, number: int, values: Mapping[str, Value]) -> Change: ...
    def change_many(self, changes: Mapping[int, Row]) -> ManyDone: ...
    def try_many(self, changes: Mapping[int, Row], tell: HowFar = ...) -> ManyTried: ...
    def differing(self, changes: Mapping[int, Row]) -> dict[int, Row]: ...
    def remove_many(self, ids: Sequence[int]) -> ManyDone: ...


class TableLedger(Book, ManyRows[R], PastFacts[R]):
    """A book whose rows are those of one table; subclasses say which and add their rules."""

    default_sort: str = "id"
    headed_by: ClassVar[tuple[str, ...]] = ()
    """The columns that ``headline`` needs, where a list of dates needs nothing else but its dates' own."""
    looks_back: ClassVar[bool] = False
    """Whether its rows can be asked for as they stood on another day."""
    table: type[R]
    """Its rows, with what ``finish`` computes for them."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.own_fields + computed(self.table)

    @property
    def own_fields(self) -> tuple[Field, ...]:
        """The fields that the table keeps."""
        return self._offering.of(self.cabinet)

    @cached_property
    def bare_fields(self) -> tuple[Field, ...]:
        """All fields as they are declared, without what the desk offers for them: asks no table."""
        return self._offering.fields + computed(self.table)

    def field_named(self, name: str) -> Field:
        """Return the field of this name, with what the desk offers for it. Raises ``KeyError``."""
        field = by_name(self.bare_fields, name)
        return by_name(self.fields, name) if field.listed else field

    @cached_property
    def _offering(self) -> Offering:
        return Offering(told_by_labels(declared(self.table)))

    def entry_fields(self) -> tuple[Field, ...]:
        """Return the fields that the form for a new record asks for."""
        return tuple(field for field in self.own_fields if not field.given)

    def filter_fields(self) -> tuple[Field, ...]:
        """Return the fields with a handful of values, worth a filter of their own."""
        return tuple(field for field in self.own_fields if field.kind is Kind.CHOICE or field.name == GAPS)

    def options(self, name: str) -> list[str]:
        """Return the values to offer for a field: its choices, else those already entered."""
        field = by_name(self.fields, name)
        if field.choices:
            return list(field.choices)
        made = self._column(field.name)
        if field.kind not in (Kind.TEXT, Kind.NAMES) or made is None:
            return []
        found = self.cabinet.column(self._all(made).distinct().order_by(made))
        if field.kind is Kind.NAMES:
            return any_first(field, sorted({field.said(name) for names in found for name in names}))
        return [str(value) for value in found if value]

    def options_for(self, name: str, row: Row) -> list[str]:
        made = self._column(name)
        if made is None:
            return self.options(name)
        last = self._all(made).order_by(self.table.id.desc()).limit(RECENT)
        return last_first(self.cabinet.column(last), self.options(name))

    def ids(self, query: Query) -> list[int]:
        """Return the ids of the rows that ``query`` wants, in its order; at most ``query.limit``."""
        select = self._select(query, self.table.id).order_by(*self._order(query))
        return self.cabinet.numbers(select.limit(query.limit) if query.limit else select)

    def count(self, query: Query) -> int:
        return int(self.cabinet.scalar(self._select(query, fn.COUNT(self.table.id))))

    def find(self, name: Value) -> int | None:
        """Return the id of the record with this name (its first required or given text), or None."""
        made = self._kept(self.name_field.name)
        found = self.cabinet.scalar(self._all(self.table.id).where(made == name))
        return None if found is None else int(found)

    def made_from(self, key: str, ids: Sequence[int]) -> dict[int, list[R]]:
        """Return the records whose link column ``key`` names one of ``ids``, by that id."""
        made = self._kept(key)
        found: dict[int, list[R]] = {}
        asked = self._all().where(made.in_(list(ids))).order_by(self.table.id)
        for row in self.cabinet.records(self.table, asked):
            if isinstance(target := row[key], int):
                found.setdefault(target, []).append(row)
        return found

    def names(self) -> list[str]:
        """Return the names of all records, to choose from."""
        made = self._kept(self.name_field.name)
        return [str(name) for name in self.cabinet.column(self._all(made).order_by(made)) if name]

    def used(self, name: str) -> list[Value]:
        """Return the different values that were entered in a field."""
        empty = by_name(self.own_fields, name).empty
        made = self._kept(name)
        return [value for value in self.cabinet.column(self._all(made).distinct()) if value != empty]

    @cached_property
    def name_field(self) -> Field:
        """The field by which a record is called."""
        return next(field for field in self.bare_fields if field.required or field.given)

    def count_by(self, name: str) -> dict[str, int]:
        """Return how many rows each choice of a field has, in the order of its choices, in one query."""
        made = self._kept(name)
        grouped = self._all(made.alias(name), fn.COUNT(self.table.id).alias("number")).group_by(made)
        found = dict(self.cabinet.pairs(grouped))
        return {choice: found.get(choice, 0) for choice in by_name(self.fields, name).choices}

    @property
    def amounts(self) -> list[Field]:
        """The columns that can be added up: numbers with a unit of their own, alike in every row."""
        return [field for field in self.own_fields if field.kind is Kind.NUMBER and field.unit]

    def sums(self, query: Query) -> list[tuple[str, float]]:
        """Return heading and sum of each column of amounts over the rows that ``query`` wants, in one query.

        Columns without a unit of their own are left out: their rows count different things.
        """
        fields = self.amounts
        if not fields:
            return []
        made = [fn.SUM(self._kept(field.name)).alias(field.name) for field in fields]
        totals = self.cabinet.rows(self._select(query, *made))[0]
        found = ((field.heading, totals[field.name]) for field in fields)
        return [(heading, total) for heading, total in found if isinstance(total, int | float) and total]

    def history(self, number: int) -> list[Past]:
        """Return what was done to one record, latest first."""
        return history(self.cabinet, self.table, number, self.own_fields)

    def rows(self, ids: Sequence[int]) -> list[R]:
        """Return the rows with these ids, in this order; ids that are gone are left out."""
        found: list[R] = []
        for wanted in parts(ids):
            found += self.cabinet.records(self.table, self._all().where(self.table.id.in_(wanted)))
        rows = {row.id: row for row in self.finish_all(found)}
        return [rows[number] for number in ids if number in rows]

    def rows_on(self, ids: Sequence[int], day: date) -> list[R]:
        """Return these rows as they stood at the end of ``day``. ``Refused`` unless it ``looks_back``."""
        raise Refused(f"{self.title}不支持按日期回看")

    def select(self, query: Query) -> list[R]:
        """Return the rows that ``query`` wants, in its order."""
        found = self._select(query).order_by(*self._order(query))
        return self.finish_all(self.cabinet.records(self.table, found))

    def facts(self, names: Iterable[str] = (), query: Query | None = None) -> list[R]:
        """Return the rows that ``query`` wants as the table keeps them, whole or in part; one statement."""
        columns = [self._kept(name) for name in names]
        asked = self._select(query or Query(), *columns).order_by(self.table.id)
        return self.cabinet.records(self.table, asked)

    def dated(self, wanted: Iterable[Mapping[str, Wanted]]) -> list[R]:
        """Return the rows that fit one of these, in no order, with all that a list of dates tells of them."""
        columns = map(self._kept, self._dated)
        fitting = self._all(*columns).where(any_of(map(self._fits, wanted)))
        rows = self.cabinet.records(self.table, fitting)
        return rows if self._dated or not rows else self.finish_all(rows)

    @cached_property
    def _dated(self) -> tuple[str, ...]:
        """The columns that a list of dates tells of; () where it takes whole rows."""
        names = ["id", *self.headed_by]
        for field in self.bare_fields:
            if due := field.due:
                names += (field.name, due.state, *due.done, *due.people, *due.units)
        return tuple(dict.fromkeys(filter(None, names))) if self.headed_by else ()

    def get(self, number: int) -> R:
        """Return one row; ``Refused`` when it is gone."""
        asked = self._all().where(self.table.id == number)
        return self.finish_all([self.cabinet.one(self.table, asked)])[0]

    def add(self, values: Mapping[str, Value]) -> Change:
        """Enter a new record. Raises ``RefusedFields`` with every wrong field at once."""
        row = self.read(values, None)
        with self.cabinet.act(f"{self.id}.add", self.id) as act:
            number = act.insert(self.table, self.kept(row))
            self.entered(act, (number,))
            act.done(f"新增{self.noun}“{self.name_of(row)}”", number)
        return act.result

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        """Change the given fields of a record; those not in ``values`` stay."""
        old = self.get(number)
        row = self.read(old | dict(values), number)
        with self.cabinet.act(f"{self.id}.change", self.id) as act:
            act.update(self.table, number, self.kept(row))
            self.entered(act, (number,))
            act.done(f"修改{self.noun}“{self.name_of(row)}”", number)
        return act.result

    def remove(self, number: int) -> Change:
        """Take a record out with all that goes with it; the audit trail keeps what it held.

        Raises ``Refused`` when other records name it.
        """
        row = self.get(number)
        with self.cabinet.act(f"{self.id}.remove", self.id) as act:
            try:
                self.take_out(act, number)
            except IntegrityError:
                raise Refused(f"{self.noun}“{self.name_of(row)}”还有关联的记录，不能删除") from None
            act.done(f"删除{self.noun}“{self.name_of(row)}”", number)
        return act.result

    def take_out(self, act: Act, number: int) -> None:
        """Within an act, delete a row with what goes with it. Raises ``IntegrityError``."""
        for take in self.cabinet.on_remove:
            take(act, self.id, number)
        act.delete(self.table, number)

    def finish(self, row: R) -> R:
        """Return a row of the table with what the book computes for it."""
        return row

    def finish_all(self, rows: list[R]) -> list[R]:
        """Return the rows with what the book computes; where it needs other tables, in one query for all."""
        return [self.finish(row) for row in rows]

    def name_of(self, row: R) -> str:
        """Return how a row is called in sentences."""
        return str(row[self._called_by])

    @cached_property
    def _called_by(self) -> str:
        return self.name_field.name

    def headline(self, row: R) -> tuple[str, str]:
        """Return how a row is called among dated things: whole, and for where there is little room."""
        return (self.name_of(row),) * 2

    def where(self, field: Field, wanted: Sequence[str]) -> Expression:
        """Return the SQL condition for one filter. Subclasses add those of computed fields."""
        made = self._column(field.name)
        if made is None:
            raise Refused(f"“{field.label}”不能用来筛选", field.name)
        return any_of(condition(made, field, value, self.cabinet.clock.today) for value in wanted)

    def _select(self, query: Query, *what: ColumnBase) -> ModelSelect:
        if query.as_of:
            raise Refused(f"{self.title}不支持按日期回看")
        select = self._all(*what)
        if query.where:
            select = select.where(self._fits(query.where))
        for word in clean(query.text).split():
            columns = [self._column(field.name) for field in self.bare_fields if field.searched]
            select = select.where(any_of(made.contains(word) for made in columns if made is not None))
        return select

    def _fits(self, where: Mapping[str, Wanted]) -> Expression:
        fields = ((self.field_named(name), wanted) for name, wanted in where.items())
        return all_of(self.where(field, several(field, wanted)) for field, wanted in fields)

    def _order(self, query: Query) -> list[Ordering]:
        name = query.sort or self.default_sort
        descending = query.descending
        if name.startswith("-"):
            name, descending = name[1:], not descending
        made = self._column(name)
        if made is None:
            made = self._column(self.field_named(name).name)
        if made is None:  # a derived field has no column to sort by
            made = self.table.id
        return [made.desc() if descending else made.asc(), self.table.id.asc()]

    @property
    def table_name(self) -> str:
        """The table whose rows the search index finds as records of this book."""
        return table_name(self.table)

    @property
    def search_ids(self) -> Sequence[str]:
        """The ledgers that the entries of this book may name."""
        return [self.id]

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """Return what each row is found by, for these ids or for all. Protected fields are left out."""
        select = self._all() if ids is None else self._all().where(self.table.id.in_(list(ids)))
        rows = self.finish_all(self.cabinet.records(self.table, select.order_by(self.table.id)))
        return entries_of(self, rows)

    def _all(self, *what: Node) -> ModelSelect:
        """Select from all rows of this book; those of a book that shares its table narrow it."""
        return self.table.select(*what)

    def _column(self, name: str) -> ColumnBase | None:
        """Return what SQL knows a field by; None for one that the book computes."""
        return column_named(self.table, name)

    def _kept(self, name: str) -> ColumnBase:
        """Return what SQL knows a kept field by. Raises ``KeyError``."""
        made = self._column(name)
        if made is None:
            raise KeyError(name)
        return made


AnyLedger = TableLedger[Any]
"""A table ledger of whatever rows: for what works field by field."""


def entries_of(book: Ledger, rows: Iterable[Record]) -> Iterator[Entry]:
    """Yield what rows are found by: their name, their searched short fields, their searched long texts."""
    searched = [field for field in book.fields if field.searched and not field.sensitive]
    for row in rows:
        short: list[str] = []
        text: list[str] = []
        for field in searched:
            (text if field.kind in (Kind.LONG, Kind.OTHERS) else short).append(field.show(row[field.name]))
        yield Entry(book.id, row.id, book.name_of(row), " ".join(short), " ".join(text))
