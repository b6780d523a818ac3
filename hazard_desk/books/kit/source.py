"""How the records of a book fulfil duties: its columns for the day, the title and the sort of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import peewee
from peewee import ColumnBase, Expression, ModelSelect

from hazard_desk.rules.fulfilment import Evidence
from hazard_desk.store.columns import Made, Record, name_of


class ProofRow(Record):
    """A record of any book, as far as it fulfils duties."""

    sort = peewee.TextField()
    done = peewee.DateField()
    named = peewee.TextField()
    belongs = peewee.DateField()
    duty = peewee.IntegerField(null=True)


class Proving(Protocol):
    """What has records that fulfil duties."""

    id: str
    title: str


@dataclass(frozen=True)
class Source:
    """What a book declares to have its records fulfil duties; a plan names them ``register:ID``.

    A book whose records are of many sorts has a ``word`` of its own: ``activity:五进宣传``.
    """

    on: Made
    title: ColumnBase
    word: str = "register"
    """What stands before the colon of a code: one of ``rules.fulfilment.SOURCES``."""
    sort: Made | None = None
    """The column whose value stands after the colon; None where that is the id of the book."""
    sorts: Callable[[], Mapping[str, str]] | None = None
    """Tells the sorts that the office may choose, and how it reads them."""
    belongs: Made | None = None
    """The day whose period the record is for, where it is not the day of the work."""
    duty: Made | None = None
    """The column that names the one duty the record is for."""
    task: Made | None = None
    valid: Expression | None = None
    """The condition under which a record counts at all."""

    def codes(self, book: Proving) -> dict[str, str]:
        """Return every code that the office may choose and its words: activity:五进宣传 is 五进宣传."""
        sorts = self.sorts() if self.sorts else {book.id: book.title}
        return {f"{self.word}:{sort}": words for sort, words in sorts.items()}

    def sort_in(self, book: Proving) -> ColumnBase:
        """Return what tells the sort of a record of ``book``."""
        return peewee.Value(book.id) if self.sort is None else self.sort

    def select(self, book: Proving) -> ModelSelect:
        """Return the query of all records whose day is known, with the columns that ``evidence`` reads."""
        table = self.on.model
        select: ModelSelect = table.select(
            table.id,
            self.sort_in(book).alias(name_of(ProofRow.sort)),
            self.on.alias(name_of(ProofRow.done)),
            self.title.alias(name_of(ProofRow.named)),
            (self.belongs or self.on).alias(name_of(ProofRow.belongs)),
            *([self.duty.alias(name_of(ProofRow.duty))] if self.duty else []),
        )
        select = select.where(self.on.is_null(False))
        return select if self.valid is None else select.where(self.valid)

    def evidence(self, book: Proving, row: ProofRow) -> Evidence:
        """Return a row of ``select`` as evidence."""
        return Evidence(row.done, f"{book.id}/{row.id}", row.named, row.belongs)
