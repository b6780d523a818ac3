"""What is to be printed how; the window asks for it, and loads nothing that prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

Hear = Callable[[int, int, str], None]
"""Told how many steps are done, of how many, and what comes."""


class Sides(Enum):
    """Which sides of the paper are printed on; the value is what CUPS calls it."""

    AS_SET = ""
    ONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"


@dataclass(frozen=True)
class PrintOrder:
    """What the clerk chose in the print dialog; pages count from 1, None is the last one."""

    printer: str
    title: str
    first: int = 1
    last: int | None = None
    copies: int = 1
    collated: bool = True
    sides: Sides = Sides.AS_SET
    grey: bool = False
    file: Path | None = None
    """The PDF goes into this file, and to no printer."""

    def pages(self, of: int) -> range:
        """Return the wanted pages of so many, counted from 0."""
        return range(self.first - 1, min(self.last or of, of))
