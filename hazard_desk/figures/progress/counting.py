"""What an indicator is, and the ways in which its records are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hazard_desk.figures.progress.pool import Pool
from hazard_desk.rules.fields import Row

Counted = int | float | str
"""A number, or 是/否."""
Rows = list[Row]


@dataclass(frozen=True)
class Indicator:
    """A figure: what it means in one Chinese sentence, which records count, and how they are counted."""

    id: str
    title: str
    unit: str
    definition: str
    ledger: str
    """Whose records count."""
    records: Callable[[Pool], Rows]
    measure: Callable[[Rows], Counted] = len


@dataclass(frozen=True)
class Figure:
    """An indicator counted: its value and the records that make it."""

    indicator: Indicator
    value: Counted
    rows: Rows


def counted(pool: Pool, indicator: Indicator) -> Figure:
    """Count one indicator."""
    rows = indicator.records(pool)
    return Figure(indicator, indicator.measure(rows), rows)


def distinct(name: str) -> Callable[[Rows], Counted]:
    """Count different units: by the enterprise where it is known, else by the name in column ``name``."""
    return lambda rows: len({row["enterprise_id"] or row[name] for row in rows})


def total(name: str, missing: float = 0, divisor: int = 1) -> Callable[[Rows], Counted]:
    """Add up a number of the records, ``missing`` where none was entered; to four places."""

    def add(rows: Rows) -> Counted:
        whole = sum(missing if row[name] is None else row[name] for row in rows)
        return rounded(whole / divisor)

    return add


def rounded(amount: float) -> int | float:
    """Return a sum without the noise of binary fractions; a whole one as an integer."""
    rounded = round(amount, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def whether(rows: Rows) -> Counted:
    """是 when there is a record, else 否."""
    return "是" if rows else "否"
