"""Which records name an enterprise, in which books: linked by name, moved when two are merged, told.

A record keeps the name as it was written and the id of the enterprise that bears it. Names are compared
without blanks and without difference of width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import peewee

from hazard_desk.books.kit.query import parts
from hazard_desk.rules.identifiers import same_key
from hazard_desk.store.acts import Act
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Made, Record, column_named, table_name

FIRM = "enterprise_id"
"""The column that keeps which enterprise a row names, in every table that has one."""
Clash = Callable[[Act, int, int], None]


@dataclass(frozen=True)
class Naming:
    """A table whose rows name an enterprise: by which column."""

    ledger: peewee.ColumnBase
    """What tells the book of a row."""
    table: type[Record]
    name: peewee.ColumnBase
    of_firms: peewee.Expression | None = None
    """Which rows should name one; all where it is not said."""

    @property
    def key(self) -> Made:
        made = column_named(self.table, FIRM)
        assert made is not None  # of these tables each has one
        return made


@dataclass(frozen=True)
class Unlinked:
    """A name that records of a book bear and no enterprise does."""

    name: str
    ledger: str
    records: tuple[int, ...]


class FirmLinks:
    """All columns of the desk's books that name an enterprise; each book enters its own."""

    def __init__(self, cabinet: Cabinet) -> None:
        self._cabinet = cabinet
        self._namings: list[Naming] = []
        self.clashes: list[Clash] = []
        """What makes room where two enterprises that become one have what one may have but once."""

    @property
    def tables(self) -> set[str]:
        """The names of the tables whose rows name an enterprise."""
        return {table_name(naming.table) for naming in self._namings}

    def take(
        self,
        ledger: str | peewee.ColumnBase,
        table: type[Record],
        name: peewee.ColumnBase,
        of_firms: peewee.Expression | None = None,
    ) -> None:
        """Take in the rows of a table."""
        told = peewee.Value(ledger) if isinstance(ledger, str) else ledger
        self._namings.append(Naming(told, table, name, of_firms))

    def link(
        self,
        act: Act,
        firm: Callable[[str], int | None],
        table: type[Record] | None = None,
        rows: Sequence[int] = (),
    ) -> int:
        """Link what names a firm and is linked to none; return how many rows.

        ``firm`` tells the id for a key. Of one ``table`` alone only these ``rows``.
        """
        count = 0
        for naming in self._namings:
            if table in (None, naming.table):
                for number, name, _ in self._unlinked(naming, rows if table else None):
                    if (found := firm(same_key(name))) is not None:
                        act.update(naming.table, number, {FIRM: found})
                        count += 1
        return count

    def move(self, act: Act, gone: int, stays: int) -> None:
        """Let everything that names the firm ``gone`` name ``stays``."""
        for clash in self.clashes:
            clash(act, gone, stays)
        for naming in self._namings:
            of_it = naming.table.select(naming.table.id).where(naming.key == gone)
            for number in self._cabinet.numbers(of_it):
                act.update(naming.table, number, {FIRM: stays})

    def unlinked(self) -> list[Unlinked]:
        """Return the names that no enterprise bears, book by book."""
        found: dict[tuple[str, str], list[int]] = {}
        for naming in self._namings:
            for number, name, ledger in self._unlinked(naming, None, naming.of_firms):
                found.setdefault((ledger, name), []).append(number)
        return [Unlinked(name, ledger, tuple(ids)) for (ledger, name), ids in found.items()]

    def _unlinked(
        self, naming: Naming, rows: Sequence[int] | None, of_firms: peewee.Expression | None = None
    ) -> Iterator[tuple[int, str, str]]:
        told = (naming.table.id, naming.name.alias("named"), naming.ledger.alias("ledger"))
        asked = naming.table.select(*told).where(naming.key.is_null()).order_by(naming.table.id)
        asked = asked if of_firms is None else asked.where(of_firms)
        some = [asked] if rows is None else [asked.where(naming.table.id.in_(part)) for part in parts(rows)]
        for select in some:
            for row in self._cabinet.rows(select):
                if row["named"]:
                    yield int(str(row["id"])), str(row["named"]), str(row["ledger"])
