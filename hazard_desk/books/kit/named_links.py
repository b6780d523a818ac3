"""Links written as names: a record names a unit, a hazard or a task; the desk keeps the id beside it.

The clerk types or chooses the name; the id column is filled when the record is read. A unit may be
one that is not in the ledger of enterprises (a household, a road); the others must exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hazard_desk.books.kit.judging import Batch
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.past_facts import R
from hazard_desk.rules.fields import Value, absent, by_name
from hazard_desk.store.acts import Act
from hazard_desk.store.columns import Made, Record, name_of


@dataclass(frozen=True)
class NamedLink:
    """The declared column ``name`` holds a name; the column ``key`` the id that it means."""

    name: str
    key: str
    find: Callable[[Value], int | None]
    options: Callable[[], list[str]]
    must_exist: bool = True
    again: Callable[[Act, type[Record], Sequence[int]], None] | None = None
    """Links rows that were judged before what they name was entered."""
    says: Callable[[], Mapping[str, str]] | None = None
    """What each of the options means, where they are no names but numbers."""


def link(
    name: Made,
    key: Made,
    find: Callable[[Value], int | None],
    options: Callable[[], list[str]],
    must_exist: bool = True,
    says: Callable[[], Mapping[str, str]] | None = None,
) -> NamedLink:
    """Return the link that the columns ``name`` and ``key`` of a table make."""
    return NamedLink(name_of(name), name_of(key), find, options, must_exist, says=says)


class LinkedLedger(TableLedger[R]):
    """A table ledger some of whose columns name records of other ledgers."""

    links: tuple[NamedLink, ...] = ()

    def options(self, name: str) -> list[str]:
        for link in self.links:
            if link.name == name:
                return link.options()
        return super().options(name)

    def options_say(self, name: str) -> Mapping[str, str]:
        found = (link.says() for link in self.links if link.name == name and link.says)
        return next(found, super().options_say(name))

    def strict_names(self) -> tuple[str, ...]:
        return tuple(link.name for link in self.links if link.must_exist)

    def entered(self, act: Act, numbers: Sequence[int]) -> None:
        for link in self.links:
            if link.again:
                link.again(act, self.table, numbers)

    def complete(self, row: R, old: R | None, batch: Batch) -> dict[str, str]:
        problems: dict[str, str] = {}
        for link in self.links:
            named = row[link.name]
            # A link stays while its name here stays: the other record may be called otherwise by now.
            kept = old.get(link.key) if old and named == old.get(link.name) else None
            row[link.key] = None if absent(named) else kept or batch.find(link.name, named, link.find)
            if row[link.key] is None and not absent(named) and link.must_exist:
                label = by_name(self.fields, link.name).label
                problems[link.name] = f"“{label}”里没有找到“{named}”，请从列表中选择"
        return problems
