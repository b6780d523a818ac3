"""Choices that belong to the desk, not to the program: what a field that is ``listed`` offers.

A name that was given up stays with what it became: sheets and people who still write it are understood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hazard_desk.books.kit.gaps import TakenIn
from hazard_desk.library.sectors import bundled_sectors
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import column
from hazard_desk.store.troubles import troubles

SECTORS = "sectors"
"""The list of 行业领域."""
LAST = "其他"
"""What stands at the end of a list, whenever it was entered."""

ORIGINS = COMMON, OF_PLAN, OWN = ("通用", "方案", "本单位")


class SectorRow(TakenIn, table="sector"):
    """One 行业领域: in force, or a former name with the day on which it was given up."""

    name = column("行业领域名称", required=True, width=10, searched=True)
    origin = column("来源", Kind.CHOICE, given=True, choices=ORIGINS, width=5)
    since = column("启用日期", Kind.DATE, given=True, width=7)
    until = column("停用日期", Kind.DATE, given=True, width=7)
    now = column("现名或并入", given=True, width=10)
    remark = column("备注", Kind.LONG, width=14)


_ASKED = "SELECT name, until, now FROM sector ORDER BY id"
"""Asked whenever the fields of a book are, and so without peewee."""


@dataclass(frozen=True)
class Listed:
    """What a list offers, and what former names mean."""

    choices: tuple[str, ...]
    meant: tuple[tuple[str, str], ...]


def sectors_now(cabinet: Cabinet) -> Listed:
    """Return the sectors of a desk, in their order."""
    return cabinet.remembered(SECTORS, lambda: _sectors(cabinet))


def _sectors(cabinet: Cabinet) -> Listed:
    with troubles(cabinet.file):
        rows = cabinet.db.execute_sql(_ASKED).fetchall()
    names = [name for name, until, _ in rows if until is None]
    meant = ((name, now) for name, until, now in rows if until is not None and now)
    return Listed(tuple(sorted(names, key=lambda name: name == LAST)), tuple(meant))


def sectors_of_plan(cabinet: Cabinet, names: Iterable[str]) -> list[SectorRow]:
    """Return the rows to enter with a plan: its sectors; in a new desk before them those that all have."""
    there = set(cabinet.column(SectorRow.select(SectorRow.name)))
    origins = {} if there else dict.fromkeys(bundled_sectors(), COMMON)
    origins |= {name: OF_PLAN for name in names if name not in origins}
    today = cabinet.clock.today
    return [
        SectorRow(name=name, origin=origin, since=today)
        for name, origin in origins.items()
        if name not in there
    ]


class Offering:
    """The fields of a book, those that are listed with what the desk offers for them."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = tuple(fields)
        """As they are declared, without what the desk offers."""
        self._any = any(field.listed and field.kind is Kind.CHOICE for field in self.fields)
        self._made: dict[Listed, tuple[Field, ...]] = {}

    def of(self, cabinet: Cabinet) -> tuple[Field, ...]:
        """Return the fields as they are on this desk now."""
        if not self._any:
            return self.fields
        now = sectors_now(cabinet)
        if now not in self._made:
            self._made = {now: tuple(_with(field, now) for field in self.fields)}
        return self._made[now]


def _with(field: Field, of_desk: Listed) -> Field:
    one_of_them = field.listed and field.kind is Kind.CHOICE
    return replace(field, choices=of_desk.choices, meant=of_desk.meant) if one_of_them else field
