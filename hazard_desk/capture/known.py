"""What a sentence is understood against: enterprises, people and words. Plain facts, no desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from hazard_desk.rules.identifiers import person

_LEAST_CRITERION = 4
"""Characters of a standard's title."""


class About(StrEnum):
    """What a piece of a sentence is about; the form that opens has a field for each."""

    BOOK = "book"
    DAY = "day"
    UNIT = "unit"
    SECTOR = "sector"
    LEVEL = "level"
    SOURCE = "source"
    KIND = "kind"
    PLACE = "place"
    TEXT = "text"
    INSPECTORS = "inspectors"
    LEADER = "leader"
    RESPONSIBLE = "responsible"
    RECTIFIED_BY = "rectified_by"
    CRITERION = "criterion"
    TIMES = "times"
    DEADLINE = "deadline"
    AT_ONCE = "at_once"


@dataclass(frozen=True)
class KnownFirm:
    """One object of supervision: how it is called, where it belongs, who answers for it."""

    name: str
    former: tuple[str, ...] = ()
    sector: str = ""
    village: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownThings:
    """All of it. ``choices`` are the words of the fields that have such, former names of them included."""

    firms: tuple[KnownFirm, ...] = ()
    inspectors: frozenset[str] = frozenset()
    leaders: frozenset[str] = frozenset()
    responsible: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    criteria: tuple[str, ...] = ()
    choices: Mapping[About, Mapping[str, str]] = field(default_factory=dict)
    """About -> the word as it is written -> the word that is meant."""
    asks: Mapping[str, frozenset[About]] = field(default_factory=dict)
    """Book -> what its form has a field for."""

    def criteria_named(self, word: str) -> list[str]:
        """Return the standards by which a hazard is judged that a word names."""
        title = word.strip("《》〈〉")
        if len(title) < _LEAST_CRITERION or not ("标准" in title or "规" in title or "《" in word):
            return []
        return [one for one in self.criteria if title in one]

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody who is known by name, as names are compared."""
        of_firms = (name for firm in self.firms for name in firm.people)
        return frozenset(keys((*self.inspectors, *self.leaders, *self.responsible, *of_firms)))


def keys(names: Iterable[str]) -> set[str]:
    """Return names of people as they are compared."""
    return {person(name) for name in names if name}
