"""How hazards are numbered: by the year of discovery, as the office writes it; each number is given once."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from functools import partial

from peewee import fn

from hazard_desk.books.hazards.incoming.sheets import is_same_story
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.judging import Batch
from hazard_desk.books.kit.numbering import Numbering, Place
from hazard_desk.rules.fields import Row
from hazard_desk.rules.identifiers import number_key, serial_number, serial_number_parts
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
        return self.draw([year], ())[0]

    def draw(self, years: Sequence[int], brought: Collection[str]) -> list[Row]:
        """Return the next numbers, one for each of these years, and none that others bring themselves."""
        pattern = number_pattern(self._cabinet)
        drawn: dict[int, Iterator[int]] = {}
        found = []
        for year in years:
            text_of = partial(serial_number, pattern, year)
            if year not in drawn:
                asked = Hazard.select(fn.MAX(Hazard.serial)).where(Hazard.year == year)
                last = self._cabinet.scalar(asked) or 0
                drawn[year] = self._numbering.serials((year,), text_of, last, brought)
            serial = next(drawn[year])
            found.append(_numbered(text_of(serial), year, serial))
        return found

    def spelled(self, number: str) -> int | None:
        """Return the hazard with this number, spelled with other brackets or blanks; None where none is."""
        key = number_key(number)
        if not key:
            return None
        rows = self._cabinet.records(Hazard, Hazard.select(Hazard.id, Hazard.number))
        return next((row.id for row in rows if number_key(row.number) == key), None)

    def kept(self, wanted: Hazard, batch: Batch) -> tuple[Row, str]:
        """Return the number of a sheet's row with its parts where the hazard may keep it, else why not.

        It may not when another office wrote it, or when it is, or was, another hazard's: where an import was
        taken back, only the same hazard has its number again.
        """
        parts = serial_number_parts(number_pattern(self._cabinet), wanted.number)
        if parts is None:
            return {}, f"编号“{wanted.number}”不是本单位的编号，按本单位的样式另编"
        taken = batch.taken(name_of(Hazard.number), self._all)
        if not taken.isdisjoint((wanted.number, parts)):
            return {}, f"编号“{wanted.number}”在台账里是另一条隐患，另编一个号"
        if self._was_another(wanted):
            return {}, f"编号“{wanted.number}”已经给过另一条隐患（后来撤销了），另编一个号"
        taken |= {wanted.number, parts}
        return _numbered(wanted.number, *parts), ""

    def _all(self) -> Iterator[Hashable]:
        """Every number that stands, and its parts."""
        for row in self._cabinet.records(Hazard, Hazard.select(Hazard.number, Hazard.year, Hazard.serial)):
            yield from (row.number, (row.year, row.serial))

    def _was_another(self, wanted: Hazard) -> bool:
        before = self._numbering.gone.rows.get(wanted.number)
        return before is not None and not is_same_story(before, wanted)


def _place(row: Hazard) -> Place:
    return row.year, row.serial


def _numbered(number: str, year: int, serial: int) -> Row:
    row = Hazard()
    row.number, row.year, row.serial = number, year, serial
    return row
