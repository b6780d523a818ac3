"""What was read of one sheet: its cells as they stand, whatever kind of file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST_CELLS = 3_000_000
"""Cells from the first to the last one filled, empty ones counted: more is no ledger of an office."""


@dataclass(frozen=True)
class Broken:
    """A cell whose value cannot be had, and why."""

    reason: str


@dataclass
class Grid:
    """The cells of one sheet from A1 on. An empty cell is ''."""

    title: str
    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Merged blocks: first row, first column, last row, last column, from 0."""
    hidden: bool = False

    def cell(self, row: int, column: int) -> Any:
        """Return a cell; '' outside the filled part."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)
