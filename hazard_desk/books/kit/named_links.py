"""Links written as names: a record names a unit, a hazard or a task; the desk keeps the id beside it.

The clerk types or chooses the name; the id column is filled when the record is read. A unit may be
one that is not in the ledger of enterprises (a household, a road); the others must exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hazard_desk.books.kit.ledger import R, TableLedger
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import Value, by_name
from hazard_desk.store.columns import Made, name_of


@dataclass(frozen=True)
class NamedLink:
    """The declared column ``name`` holds a name; the column ``key`` the id that it means."""

    name: str
    key: str
    find: Callable[[Value], int | None]
    options: Callable[[], list[str]]
    must_exist: bool = True


def link(
    name: Made,
    key: Made,
    find: Callable[[Value], int | None],
    options: Callable[[], list[str]],
    must_exist: bool = True,
) -> NamedLink:
    """Return the link that the columns ``name`` and ``key`` of a table make."""
    return NamedLink(name_of(name), name_of(key), find, options, must_exist)


class LinkedLedger(TableLedger[R]):
    """A table ledger some of whose columns name records of other ledgers."""

    links: tuple[NamedLink, ...] = ()

    def options(self, name: str) -> list[str]:
        for link in self.links:
            if link.name == name:
                return link.options()
        return super().options(name)

    def strict_names(self) -> tuple[str, ...]:
        return tuple(link.name for link in self.links if link.must_exist)

    def read(self, values: Mapping[str, Value], number: int | None) -> R:
        row = super().read(values, number)
        old: Mapping[str, Value] = {} if number is None else self.get(number)
        for link in self.links:
            named = row[link.name]
            empty = named is None or named == ""
            # A link stays while its name here stays: the other record may be called otherwise by now.
            kept = old.get(link.key) if named == old.get(link.name) else None
            row[link.key] = None if empty else kept or link.find(named)
            if row[link.key] is None and not empty and link.must_exist:
                label = by_name(self.fields, link.name).label
                raise RefusedFields({link.name: f"“{label}”里没有找到“{named}”，请从列表中选择"})
        return row
