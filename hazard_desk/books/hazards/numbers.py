"""How hazards are numbered: by the year of discovery, as the office writes it; each number is given once."""

from __future__ import annotations

from functools import partial

from peewee import fn

from hazard_desk.books.hazards.sheets import is_same_story
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.numbering import Numbering, Place
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.rules.identifiers import serial_number, serial_number_parts
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of

DEFAULT_NUMBER = "隐患〔{year}〕{seq:03}号"


def number_pattern(cabinet: Cabinet) -> str:
    """Return how this office numbers its hazards."""
    return cabinet.setting("hazard_number", DEFAULT_NUMBER)


class HazardNumbers:
    """Gives hazards their numbers."""

    def __init__(self, cabinet: Cabinet) -> None:
        self._cabinet = cabinet
        self._numbering = Numbering(cabinet, Hazard, Hazard.number, _place)

    def next(self, year: int) -> Row:
        """Return the next number of a year, with its parts."""
        last = self._cabinet.scalar(Hazard.select(fn.MAX(Hazard.serial)).where(Hazard.year == year)) or 0
        text_of = partial(serial_number, number_pattern(self._cabinet), year)
        serial = self._numbering.next((year,), text_of, last)
        return _numbered(text_of(serial), year, serial)

    def kept(self, wanted: Hazard) -> Row:
        """Return the number of a sheet's row with its parts, where it is of this office's pattern; else {}.

        Raises ``Refused`` when it is, or was, another hazard's: where an import was taken back, only the same
        hazard has its number again.
        """
        parts = serial_number_parts(number_pattern(self._cabinet), wanted.number)
        if parts is None:
            return {}
        year, serial = parts
        taken = (Hazard.number == wanted.number) | ((Hazard.year == year) & (Hazard.serial == serial))
        if self._cabinet.column(Hazard.select(Hazard.id).where(taken)):
            problem = f"编号“{wanted.number}”在台账里是另一条隐患，请核对"
        elif self._was_another(wanted):
            problem = f"编号“{wanted.number}”已经给过另一条隐患（后来撤销了），不再使用"
        else:
            return _numbered(wanted.number, year, serial)
        raise Refused(f"{problem}；新登记的隐患请把编号留空", name_of(Hazard.number))

    def _was_another(self, wanted: Hazard) -> bool:
        before = self._numbering.gone.rows.get(wanted.number)
        return before is not None and not is_same_story(before, wanted)


def _place(row: Hazard) -> Place:
    return row.year, row.serial


def _numbered(number: str, year: int, serial: int) -> Row:
    row = Hazard()
    row.number, row.year, row.serial = number, year, serial
    return row
