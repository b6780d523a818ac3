"""What is to be printed how; the window asks for it, and loads nothing that prints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

NOT_TAKEN = "打印机没有接受这份材料，请检查打印机是否开机、有纸、连接正常"
_NAMED = {(210, 297): "A4", (297, 420): "A3", (148, 210): "A5", (182, 257): "B5"}
"""Millimetres of a sheet, upright, and its name."""


@dataclass(frozen=True)
class PrinterSheet:
    """A sheet of paper, upright, in millimetres; without a name one of no standard size."""

    width: int
    height: int
    name: str = ""

    @classmethod
    def of(cls, size: tuple[float, float]) -> PrinterSheet:
        """Return the sheet for a page of so many points, to within a millimetre a standard one."""
        short, long = sorted(round(side * 25.4 / 72) for side in size)
        known = (name for (w, h), name in _NAMED.items() if abs(w - short) <= 1 and abs(h - long) <= 1)
        return cls(short, long, next(known, ""))


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
