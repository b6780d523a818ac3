"""Links written as names: a record names a unit, a hazard or a task; the desk keeps the id beside it.

The clerk types or chooses the name; the id column is filled when the record is read. A unit may be
one that is not in the ledger of enterprises (a household, a road); the others must exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import Row


@dataclass(frozen=True)
class NamedLink:
    """The declared column ``name`` holds a name; the column ``key`` the id that it means."""

    name: str
    key: str
    find: Callable[[Any], int | None]
    options: Callable[[], list[str]]
    must_exist: bool = True


class LinkedLedger(TableLedger):
    """A table ledger some of whose columns name records of other ledgers."""

    links: tuple[NamedLink, ...] = ()

    def options(self, name: str) -> list[str]:
        for link in self.links:
            if link.name == name:
                return link.options()
        return super().options(name)

    def strict_names(self) -> tuple[str, ...]:
        return tuple(link.name for link in self.links if link.must_exist)

    def read(self, values: Mapping[str, Any], number: int | None) -> Row:
        row = super().read(values, number)
        old = {} if number is None else self.get(number)
        for link in self.links:
            named = row[link.name]
            empty = named is None or named == ""
            # A link stays while its name here stays: the other record may be called otherwise by now.
            kept = old.get(link.key) if named == old.get(link.name) else None
            row[link.key] = None if empty else kept or link.find(named)
            if row[link.key] is None and not empty and link.must_exist:
                label = next(field.label for field in self.fields if field.name == link.name)
                raise RefusedFields({link.name: f"“{label}”里没有找到“{named}”，请从列表中选择"})
        return row
