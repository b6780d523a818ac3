"""How hazards are numbered: by the year of discovery, as the office writes it."""

from __future__ import annotations

from peewee import fn

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.rules.identifiers import serial_number, serial_number_parts
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of

DEFAULT_NUMBER = "隐患〔{year}〕{seq:03}号"


def number_pattern(cabinet: Cabinet) -> str:
    """Return how this office numbers its hazards."""
    return cabinet.setting("hazard_number", DEFAULT_NUMBER)


def next_number(cabinet: Cabinet, year: int) -> Row:
    """Return the next number of a year, with its parts."""
    last = cabinet.scalar(Hazard.select(fn.MAX(Hazard.serial)).where(Hazard.year == year))
    serial = (last or 0) + 1
    return _numbered(serial_number(number_pattern(cabinet), year, serial), year, serial)


def kept_number(cabinet: Cabinet, number: str) -> Row:
    """Return a sheet's number with its parts, where it is of this office's pattern; else nothing.

    Raises ``Refused`` when it is another hazard's.
    """
    parts = serial_number_parts(number_pattern(cabinet), number)
    if parts is None:
        return {}
    year, serial = parts
    taken = (Hazard.number == number) | ((Hazard.year == year) & (Hazard.serial == serial))
    if cabinet.column(Hazard.select(Hazard.id).where(taken)):
        raise Refused(
            f"编号“{number}”在台账里是另一条隐患，请核对；新登记的隐患请把编号留空", name_of(Hazard.number)
        )
    return _numbered(number, year, serial)


def _numbered(number: str, year: int, serial: int) -> Row:
    row = Hazard()
    row.number, row.year, row.serial = number, year, serial
    return row
