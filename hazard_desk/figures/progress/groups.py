"""填报范围: what a form is counted for besides the whole office, and which records belong to it.

A group is a 行业领域, a 科室 or a 村（社区） by its name, a unit (报送单位), or one of a unit's two sheets:
能源组（本股室） is what the office that leads it did, 能源组（所属行业领域） what is of its sectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.units.book import FIRMS, OF_OFFICE, OF_SECTORS, SUB_GROUP, VILLAGE, UnitRow
from hazard_desk.store.columns import columns_of, names_of

WHOLE = ""
"""The group of a form for the whole office."""
PLACES = names_of(Enterprise.sector, Enterprise.office, Enterprise.village)
"""What a record has to belong to a group by."""


@dataclass(frozen=True)
class FormGroup:
    """A record belongs when its sector, its office, its village or its firm is among these."""

    sectors: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    villages: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()

    def has(self, sector: str, office: str, village: str) -> bool:
        """Whether a record of this sector, office and village belongs to it."""
        return sector in self.sectors or office in self.offices or village in self.villages


def groups_of(books: Books, day: date | None = None) -> list[str]:
    """Return the groups that a form can be made for: the units of a day, then the names that records bear."""
    found: dict[str, None] = {}
    for unit in books.units.serving(day or books.today):
        found |= dict.fromkeys((unit.called, *unit.sheets))
    return list(found | dict.fromkeys(places_of(books)))


def places_of(books: Books) -> list[str]:
    """Return the sectors, offices and villages that records name."""
    found: dict[str, None] = {}
    ledgers = (books.enterprises, books.hazards, books.checks, books.rewards, books.activities)
    for column in PLACES:
        for book in ledgers:
            if column in columns_of(book.table):
                found |= {str(name): None for name in book.used(column)}
    return list(found)


def group_named(books: Books, name: str, day: date) -> FormGroup:
    """Return what belongs to a group on a day."""
    for unit in books.units.serving(day):
        if name in (unit.called, unit.name):
            return _of_unit(unit)
        if name == unit.called + OF_OFFICE:
            return FormGroup(offices=_offices(unit))
        if name == unit.called + OF_SECTORS:
            return FormGroup(sectors=frozenset(unit.sectors))
    bears = frozenset((name,))
    return FormGroup(bears, bears, bears)


def _of_unit(unit: UnitRow) -> FormGroup:
    """Everything of a unit: of its office and of its sectors; of a village or of its firms."""
    own = frozenset((unit.name, unit.called))
    return FormGroup(
        frozenset(unit.sectors),
        _offices(unit),
        own if unit.kind == VILLAGE else frozenset(),
        frozenset(unit.members) if unit.kind == FIRMS else frozenset(),
    )


def _offices(unit: UnitRow) -> frozenset[str]:
    """The names of the office whose work is the unit's: the one that leads it, else its own."""
    led = unit.kind == SUB_GROUP and unit.office
    return frozenset((unit.office,) if led else (unit.name, unit.called))
