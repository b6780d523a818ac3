"""Numbers are given once: what a record ever held is drawn for no other, also where undo took it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import peewee

from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record, name_of, table_name
from hazard_desk.store.tables import Audit, Audited

R = TypeVar("R", bound=Record)
_MANY = 500
"""Numbers that are looked up at once."""
Place = tuple[str | int, ...]
"""Where a number stands: series, year and serial."""


@dataclass(frozen=True)
class Gone(Generic[R]):
    """The records that are no longer there, as they were entered: of imports that were taken back."""

    until: int
    """The last undo that is counted in."""
    rows: dict[str, R]
    """By their number."""
    places: frozenset[Place]


class Numbering(Generic[R]):
    """The numbers of a table's records: those that stand and those that are gone."""

    def __init__(
        self, cabinet: Cabinet, table: type[R], number: peewee.Field[str], place_of: Callable[[R], Place]
    ) -> None:
        self._cabinet = cabinet
        self._table = table
        self._number = number
        self._place_of = place_of
        self._gone: Gone[R] | None = None

    @property
    def gone(self) -> Gone[R]:
        """What the trail of acts tells of records that an undo took out; nothing else takes them out."""
        undone = Audit.select(peewee.fn.MAX(Audit.id)).where(Audit.undoes.is_null(False))
        until = int(self._cabinet.scalar(undone) or 0)
        if self._gone is None or self._gone.until != until:
            rows = self._taken_out()
            by_number = {str(row[name_of(self._number)]): row for row in rows}
            self._gone = Gone(until, by_number, frozenset(map(self._place_of, rows)))
        return self._gone

    def next(
        self,
        place: Place,
        text_of: Callable[[int], str],
        last: int,
        elsewhere: Iterable[str] = (),
    ) -> int:
        """Return the first of ``serials``."""
        return next(self.serials(place, text_of, last, elsewhere))

    def serials(
        self,
        place: Place,
        text_of: Callable[[int], str],
        last: int,
        elsewhere: Iterable[str] = (),
    ) -> Iterator[int]:
        """Yield the serials after ``last`` that were never given in ``place`` (series, year).

        ``text_of`` writes the number: one that no record of the series has, none ever had, and that is not
        among those ``elsewhere``.
        """
        gone, others = self.gone, frozenset(elsewhere)
        some = 1
        while True:
            texts = {text_of(serial): serial for serial in range(last + 1, last + 1 + some)}
            standing = self._standing(list(texts), place)
            for text, serial in texts.items():
                given = text in gone.rows or (*place, serial) in gone.places
                if not given and text not in others and text not in standing:
                    yield serial
            last, some = last + some, min(2 * some, _MANY)

    def _standing(self, texts: list[str], place: Place) -> set[str]:
        """Return those of the numbers that a record there has, given when the office wrote them otherwise."""
        found = self._cabinet.records(self._table, self._table.select().where(self._number.in_(texts)))
        there = (row for row in found if self._place_of(row)[:-1] == place)
        return {str(row[name_of(self._number)]) for row in there}

    def _taken_out(self) -> list[R]:
        name = table_name(self._table)
        there = self._table.select(self._table.id)
        acts = Audited.select(Audited.audit_id).where((Audited.table == name) & Audited.row.not_in(there))
        return [
            self._table(row["after"])
            for act in self._cabinet.records(Audit, Audit.select().where(Audit.id.in_(acts)))
            for row in act.rows
            if row["table"] == name and row["before"] is None and row["after"] is not None
        ]
