"""A blank form as it came in: its tables, which cells are free to be filled, and how they are written."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Protocol

from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid, Place, letters_of
from hazard_desk.sheets.reading.zipped import MOST_UNPACKED
from hazard_desk.store.archives import BOMB, unpacked

Written = str | int | float | date
"""What is written into a cell."""


@dataclass(frozen=True)
class BlankTable:
    """One table of a form, its cells where they lie in the file."""

    grid: Grid
    free: frozenset[Place]
    """Cells without text, number or formula; of merged ones the first."""
    formulas: frozenset[Place] = frozenset()
    percents: frozenset[Place] = frozenset()
    """Free cells that show a share of one as a percentage."""
    in_word: bool = False

    def cell(self, place: Place) -> str:
        """Return how the clerk and scripts are told of a cell: 统计表!B5, or 表1第3行第2列 in Word."""
        row, column = place
        if self.in_word:
            return f"{self.grid.title}第{row + 1}行第{column + 1}列"
        return f"{self.grid.title}!{letters_of(column)}{row + 1}"


class BlankForm(Protocol):
    """A form of one kind of file."""

    @property
    def tables(self) -> Sequence[BlankTable]: ...
    def written(
        self, cells: Mapping[tuple[int, Place], Written], like: Mapping[tuple[int, int], int]
    ) -> bytes:
        """Return the file with these cells filled, by number of the table and place; all else as it came.

        ``like`` tells of each row that is to be added below a table's last one which row it copies.
        """
        ...


class Parts:
    """The parts of a file that is a zip: those not replaced are packed again as they were."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._infos = archive.infolist()
        self.content: dict[str, bytes] = {}
        left = 2 * MOST_UNPACKED
        for info in self._infos:
            self.content[info.filename] = unpacked(archive, info, left)
            left -= len(self.content[info.filename])
        if left < 0:
            raise Refused(BOMB)

    def packed(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the zip with these parts in place of their former selves."""
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._infos:
                content = changed.get(info.filename, self.content[info.filename])
                archive.writestr(info, content, info.compress_type)
        return made.getvalue()
