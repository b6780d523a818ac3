"""填报范围: what a form is counted for besides the whole office, and which records belong to it.

A group is a 行业领域, a 科室 or a 村（社区） by its name, a unit (报送单位), or one of a unit's two sheets:
能源组（本股室） is what the office that leads it did, in its own name or the unit's, 能源组（所属行业领域）
what is of its sectors. Names are compared without blanks and without difference of width.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.units.book import FIRMS, OF_OFFICE, OF_SECTORS, SUB_GROUP, VILLAGE, UnitRow
from hazard_desk.errors import Refused
from hazard_desk.rules.identifiers import same_key
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
    firms: frozenset[int] = frozenset()
    """Ids: a firm that is renamed or merged stays with its group."""

    def has(self, sector: str, office: str, village: str) -> bool:
        """Whether a record of this sector, office and village belongs to it."""
        return sector in self.sectors or self.is_office(office) or same_key(village) in self.villages

    def is_office(self, name: str) -> bool:
        """Whether this is the name of an office whose work is the group's."""
        return same_key(name) in self.offices


def groups_of(books: Books, day: date | None = None) -> list[str]:
    """Return the groups that a form can be made for: the units of a day, then the names that records bear."""
    found: dict[str, None] = {}
    for unit in books.units.serving(day or books.today):
        found |= dict.fromkeys((unit.called, *unit.sheets))
    found |= dict.fromkeys(places_of(books))
    spelled = {same_key(name): name for name in reversed(found)}
    return [name for name in found if spelled[same_key(name)] == name]


def places_of(books: Books) -> list[str]:
    """Return the sectors, offices and villages that records name."""
    found: dict[str, None] = {}
    ledgers = (books.enterprises, books.hazards, books.checks, books.rewards, books.activities)
    for column in PLACES:
        for book in ledgers:
            if column in columns_of(book.table):
                found |= {str(name): None for name in book.used(column)}
    return list(found)


def known_group(books: Books, name: str, day: date) -> str:
    """Return a group as the desk spells it. ``Refused`` for one that there is not."""
    known = groups_of(books, day)
    found = next((one for one in known if same_key(one) == same_key(name)), None)
    if found is None:
        told = "、".join(known)
        raise Refused(f"台账里没有“{name}”这个报送单位、科室、行业领域或村（社区），可用的有：{told}")
    return found


def group_named(books: Books, name: str, day: date) -> FormGroup:
    """Return what belongs to a group on a day."""
    for unit in books.units.serving(day):
        if name in (unit.called, unit.name):
            return _of_unit(books, unit)
        if name == unit.called + OF_OFFICE:
            return FormGroup(offices=_offices(unit))
        if name == unit.called + OF_SECTORS:
            return FormGroup(sectors=frozenset(unit.sectors))
    return FormGroup(frozenset((name,)), _keys(name), _keys(name))


def _of_unit(books: Books, unit: UnitRow) -> FormGroup:
    """Everything of a unit: of its office and of its sectors; of a village or of its firms."""
    own = _keys(unit.name, unit.called)
    firms = (books.enterprises.find(name) for name in unit.members) if unit.kind == FIRMS else ()
    return FormGroup(
        frozenset(unit.sectors),
        _offices(unit),
        own if unit.kind == VILLAGE else frozenset(),
        frozenset(firm for firm in firms if firm is not None),
    )


def _offices(unit: UnitRow) -> frozenset[str]:
    """The names under which the unit's own work is entered: its own, and the office's that leads it."""
    led = (unit.office,) if unit.kind == SUB_GROUP and unit.office else ()
    return _keys(unit.name, unit.called, *led)


def _keys(*names: str) -> frozenset[str]:
    return frozenset(map(same_key, names))
