"""Books short enough to be read whole: what comes with the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from hazard_desk.books.kit.book import Book
from hazard_desk.books.kit.gaps import any_first
from hazard_desk.books.kit.ledger import entries_of
from hazard_desk.books.kit.many import ManyRows
from hazard_desk.books.kit.query import Query, fitting, ordered
from hazard_desk.books.kit.sheet_rows import SheetRows
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind, Value, by_name
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, table_name
from hazard_desk.store.search import Entry

R = TypeVar("R", bound=Record)


class ListLedger(Book, ManyRows[R], SheetRows, Generic[R]):
    """A book short enough to be read whole: subclasses give ``all_rows``; the rest is done in memory."""

    table: type[Record]
    default_sort: str = ""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    @property
    def fields(self) -> tuple[Field, ...]:
        raise NotImplementedError

    def all_rows(self, as_of: date | None = None) -> list[R]:
        """Return every row, in the book's own order, with the field values of ``fields`` and ``id``."""
        raise NotImplementedError

    def entry_fields(self) -> tuple[Field, ...]:
        """Return the fields that the form for a new record asks for; none where rows come with the plan."""
        return ()

    def filter_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind in (Kind.CHOICE, Kind.NAMES))

    def options(self, name: str) -> list[str]:
        return self.options_of([name])[name]

    def options_of(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Return the values to offer for each of these fields; the rows are read once for all of them."""
        fields = [by_name(self.fields, name) for name in names]
        rows = self.all_rows() if any(not field.choices for field in fields) else []
        return {field.name: list(field.choices) or _values(field, rows) for field in fields}

    def select(self, query: Query) -> list[R]:
        """Return the rows that ``query`` wants, in its order."""
        rows = fitting(self.all_rows(query.as_of), self.fields, query, self.cabinet.clock.today)
        return ordered(rows, self.fields, query)

    def ids(self, query: Query) -> list[int]:
        return [row.id for row in self.select(query)]

    def count(self, query: Query) -> int:
        return len(self.select(query))

    def rows(self, ids: Sequence[int]) -> list[R]:
        found = {row.id: row for row in self.all_rows()}
        return [found[number] for number in ids if number in found]

    def get(self, number: int) -> R:
        for row in self.rows([number]):
            return row
        raise Refused("这条记录已不存在，请刷新后再看")

    def add(self, values: Mapping[str, Value]) -> Change:
        raise Refused(f"{self.title}随方案生成，不能直接新增")

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        raise Refused(f"{self.title}随方案生成，不能直接修改")

    @property
    def table_name(self) -> str:
        """The table whose rows the search index finds as records of this book."""
        return table_name(self.table)

    @property
    def search_ids(self) -> Sequence[str]:
        return [self.id]

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """Return what each row is found by, for these ids or for all."""
        return entries_of(self, (row for row in self.all_rows() if ids is None or row.id in ids))

    def find(self, name: Value) -> int | None:
        """Return the id of the row with this name (its first field), or None."""
        first = self.fields[0].name
        return next((row.id for row in self.all_rows() if row[first] == name), None)

    def names(self) -> list[str]:
        """Return the names of all rows, to choose from."""
        return [self.name_of(row) for row in self.all_rows()]

    def name_of(self, row: R) -> str:
        """Return how a row is called in sentences: its first field."""
        return str(row[self.fields[0].name])


def _values(field: Field, rows: Iterable[Mapping[str, Value]]) -> list[str]:
    """Return what the rows hold in a field, each once, in their order."""
    seen: dict[str, None] = {}
    for row in rows:
        value = row[field.name]
        for part in value if isinstance(value, list) else [field.show(value)]:
            seen.setdefault(field.said(str(part)))
    return any_first(field, [value for value in seen if value])
