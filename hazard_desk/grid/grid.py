"""A table as it lies: its cells from the first row and column on, and which of them are merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hazard_desk.grid.cells import CellContent, cell_text, is_empty

MOST_CELLS = 3_000_000
"""Cells from the first to the last one filled, empty ones counted: more is no table of an office."""
Merge = tuple[int, int, int, int]
"""A merged block: first row, first column, last row, last column, from 0."""
Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Grid:
    """One table: a sheet, a table in Word, a block that was pasted. A merged block is in its first cell."""

    title: str
    rows: Sequence[Sequence[CellContent]]
    merges: Sequence[Merge] = ()
    """Clipped to the rows and columns that there are: offices merge a whole column down to its last row."""
    hidden: bool = False
    above: Sequence[str] = ()
    """The lines of text before a table in Word, in order."""
    called: str = ""
    """How the clerk is told of it."""

    def __post_init__(self) -> None:
        self.called = self.called or f"工作表“{self.title}”"
        self.merges = list(self._clipped(self.merges))

    def _clipped(self, merges: Iterable[Merge]) -> Iterator[Merge]:
        there, left_over = set[Merge](), len(self.rows) * self.width
        for top, left, bottom, right in merges:
            block = (top, left, min(bottom, len(self.rows) - 1), min(right, self.width - 1))
            height, width = block[2] - top + 1, block[3] - left + 1
            if height < 1 or width < 1 or height * width == 1 or block in there:
                continue
            left_over -= height * width
            if left_over < 0:  # blocks never overlap in a table that a program wrote
                return
            there.add(block)
            yield block

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)

    def part(self, rows: int, columns: int) -> Grid:
        """Return the upper left of the table: so many rows and columns at the most."""
        return replace(self, rows=[row[:columns] for row in self.rows[:rows]])

    def cell(self, row: int, column: int) -> CellContent:
        """Return what stands in a cell itself; '' outside of the table."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""

    @cached_property
    def _origins(self) -> dict[Place, Place]:
        """The first cell of its block for every merged cell. For the part of a table that is looked at."""
        found: dict[Place, Place] = {}
        for top, left, bottom, right in self.merges:
            places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            found.update(dict.fromkeys(places, (top, left)))
        return found

    def origin(self, row: int, column: int) -> Place:
        """Return the first cell of the block that a cell belongs to."""
        return self._origins.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, or in the block that it belongs to, as a person reads it."""
        return cell_text(self.cell(*self.origin(row, column))).strip()

    def places(self, row: int) -> list[Place]:
        """Return the cells of a row from the left, a block across it once and by its first cell."""
        return list(dict.fromkeys(self.origin(row, column) for column in range(self.width)))

    def line(self, row: int) -> list[str]:
        """Return the texts of a row that are not empty, a block across it once."""
        return [text for place in self.places(row) if (text := self.text(*place))]

    def rows_from(self, first: int) -> Iterator[tuple[int, list[CellContent]]]:
        """Yield number and cells of the rows from ``first`` on.

        What a block that begins there says is said in each row that it reaches, in its first column.
        """
        beginning: dict[int, list[Merge]] = defaultdict(list)
        for block in self.merges:
            beginning[block[0]].append(block)
        reaching: list[Merge] = []
        for number in range(first, len(self.rows)):
            cells = list(self.rows[number])
            reaching = [block for block in reaching if block[2] >= number]
            for top, left, _, _ in reaching:
                if left < len(cells) and is_empty(cells[left]):
                    cells[left] = self.cell(top, left)
            reaching += beginning[number]
            yield number, cells


def letters_of(column: int) -> str:
    """Return how a spreadsheet calls a column, counted from 0: A, Z, AA."""
    high, low = divmod(column, 26)
    return (letters_of(high - 1) if high else "") + chr(ord("A") + low)


def column_lettered(letters: str) -> int:
    """Return the column, from 0, that a spreadsheet calls so."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
