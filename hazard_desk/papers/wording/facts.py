"""What a text can speak of: named facts, one after the other asked for only when a text says them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Union

from hazard_desk.books.informants import MASKS
from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.papers.model import Block
from hazard_desk.rules.fields import Field, Kind, Row, Value, names_in


@dataclass(frozen=True)
class One:
    """One fact: how it is declared, and what it is. ``gap``: nobody told it, and it is counted as 待补."""

    field: Field
    value: Callable[[], Value]
    gap: bool = False


@dataclass(frozen=True)
class Thing:
    """Another thing with facts of its own: «隐患.检查.带队领导». Of none that is there, all are empty."""

    facts: Callable[[], PaperFacts]


@dataclass(frozen=True)
class Each:
    """Several things of one kind, for «每条 …». ``like`` is one of which nothing is known."""

    like: Callable[[], PaperFacts]
    items: Callable[[], Iterable[PaperFacts]]


@dataclass(frozen=True)
class Put:
    """Blocks that are computed as a whole, for 【插入】. ``about`` says what they show."""

    about: str
    blocks: Callable[[], Iterable[Block]]


Tell = Union[One, Thing, Each, Put]  # noqa: UP007  # the names stand in quotes until here


@dataclass
class PaperFacts:
    """The facts of one thing by their Chinese names. Each is found out once, when it is asked for."""

    tells: Mapping[str, Tell]
    _values: dict[str, Value] = field(default_factory=dict)
    _parts: dict[str, PaperFacts] = field(default_factory=dict)
    _items: dict[str, list[PaperFacts]] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        """Return what a fact is."""
        tell = self.tells[name]
        assert isinstance(tell, One)
        if name not in self._values:
            self._values[name] = tell.value()
        return self._values[name]

    def part(self, name: str) -> PaperFacts:
        """Return the facts of the thing called ``name``."""
        tell = self.tells[name]
        assert isinstance(tell, Thing)
        if name not in self._parts:
            self._parts[name] = tell.facts()
        return self._parts[name]

    def items(self, name: str) -> list[PaperFacts]:
        """Return the facts of each of the things called ``name``."""
        tell = self.tells[name]
        assert isinstance(tell, Each)
        if name not in self._items:
            self._items[name] = list(tell.items())
        return self._items[name]


@dataclass(frozen=True)
class Scope:
    """The facts that can be said at a place of a text: those of the item, then those around it."""

    facts: PaperFacts
    outer: Scope | None = None

    def find(self, name: str) -> tuple[PaperFacts, str] | None:
        """Return the facts that hold ``name`` (甲.乙.丙) and what they call it; None where there is none."""
        first, *rest = name.split(".")
        scope: Scope | None = self
        while scope is not None and first not in scope.facts.tells:
            scope = scope.outer
        if scope is None:
            return None
        facts = scope.facts
        for following in rest:
            if not isinstance(facts.tells.get(first), Thing):
                return None
            facts, first = facts.part(first), following
        return (facts, first) if first in facts.tells else None

    def inside(self, facts: PaperFacts) -> Scope:
        """Return the scope of one item of a loop."""
        return Scope(facts, self)

    def likes(self, name: str) -> PaperFacts | None:
        """Return facts like those of each item called ``name``; None where there are no such items."""
        found = self.find(name)
        tell = found[0].tells[found[1]] if found else None
        return tell.like() if isinstance(tell, Each) else None


def fact(label: str, value: Callable[[], Value], kind: Kind = Kind.TEXT, unit: str = "") -> One:
    """Return a fact that no book declares."""
    return One(Field(label, label, kind, unit=unit), value)


def told_fact(label: str, text: str) -> One:
    """Return a fact that no book declares and whose words are there already."""
    return fact(label, lambda: text)


def facts_of_row(fields: Sequence[Field], row: Row) -> dict[str, Tell]:
    """Return the facts of a row by the labels of its fields; those that are protected are not among them.

    Of an informant not even the mask is told.
    """
    missing = names_in(row.get(GAPS))
    return {
        one.label: One(one, partial(row.get, one.name, one.empty), one.name in missing)
        for one in fields
        if not one.sensitive and one.name != GAPS and one not in MASKS
    }
