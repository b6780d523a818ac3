"""How the records of a book fulfil duties: its columns for the day, the title and the sort of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import peewee
from peewee import ColumnBase, Expression, ModelSelect, fn

from hazard_desk.rules.obligation import Evidence, named_in, people_in
from hazard_desk.store.columns import JsonField, Made, Record, name_of, shown_names


class ProofRow(Record):
    """A record of any book, as far as it fulfils duties."""

    sort = peewee.TextField()
    done = peewee.DateField()
    named = peewee.TextField()
    belongs = peewee.DateField()
    duty = peewee.IntegerField(null=True)
    people = peewee.TextField()
    about = peewee.TextField()
    firm = peewee.IntegerField(null=True)


class Proving(Protocol):
    """What has records that fulfil duties."""

    id: str
    title: str


@dataclass(frozen=True)
class Firms:
    """What the enterprises are called today, by id and by each name that they had, as names are compared."""

    by_id: Mapping[int, str]
    by_former: Mapping[str, str]

    def called(self, names: Iterable[str], number: int | None) -> frozenset[str]:
        """Return the names in a record, those of enterprises as they are called today, and its linked one."""
        told = {self.by_former.get(name, name) for name in names}
        return frozenset(told | ({self.by_id[number]} if number and number in self.by_id else set()))


NO_FIRMS = Firms({}, {})


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
    person: Made | None = None
    """The column that says who did it."""
    about: tuple[Made, ...] = ()
    """The columns that name the firms, units and villages it was done for."""
    firm: Made | None = None
    """The column of the enterprise that it is about."""
    closes: Callable[[str], int] = lambda sort: 0
    """Of a form: tells the day of the month up to which it counts."""
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
            _text([self.person] if self.person else []).alias(name_of(ProofRow.people)),
            _text(self.about).alias(name_of(ProofRow.about)),
            *([self.firm.alias(name_of(ProofRow.firm))] if self.firm else []),
        )
        select = select.where(self.on.is_null(False))
        return select if self.valid is None else select.where(self.valid)

    def evidence(self, book: Proving, row: ProofRow, firms: Firms | None = None) -> Evidence:
        """Return a row of ``select`` as evidence; ``firms`` tell what the enterprises it names are called."""
        about = (firms or NO_FIRMS).called(named_in(row.about), row.firm)
        people, closes = people_in(row.people), self.closes(row.sort)
        return Evidence(row.done, f"{book.id}/{row.id}", row.named, row.belongs, people, about, closes)


def _text(columns: Sequence[Made]) -> ColumnBase:
    """Return what the texts and the lists of names in some columns say, parted by 、."""
    said: ColumnBase = peewee.Value("")
    for made in columns:
        text = shown_names(made) if isinstance(made, JsonField) else made
        said = said.concat(fn.COALESCE(text, "")).concat("、")
    return said
