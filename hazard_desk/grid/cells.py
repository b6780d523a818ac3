"""What stands in a cell, and how a person reads it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hazard_desk.rules.fields import clean


@dataclass(frozen=True)
class Broken:
    """A cell whose value cannot be had, and why."""

    reason: str


CellContent = str | int | float | bool | date | datetime | time | timedelta | Broken | None
"""An empty cell is '' or None."""

_NOTHING = ("", "/", "—", "-", "——")


def is_empty(cell: CellContent) -> bool:
    """Whether nothing was entered in a cell: blanks and dashes count as nothing."""
    return cell is None or (isinstance(cell, str) and clean(cell) in _NOTHING)


def cell_text(cell: CellContent) -> str:
    """Return a cell as a person reads it: a number without a false .0, a day as 2023-05-18."""
    if cell is None or isinstance(cell, Broken):
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        whole = cell.time() == time(0)
        return cell.date().isoformat() if whole else cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat(timespec="minutes") if isinstance(cell, time) else str(cell)


def half_width(text: str) -> str:
    """Return digits, letters and marks at half width: １３８ is 138."""
    return unicodedata.normalize("NFKC", text).replace("—", "-").strip()
