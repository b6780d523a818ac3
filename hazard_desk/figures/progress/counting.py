"""What an indicator is, and the ways in which its records are counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hazard_desk.books.submissions import Counted
from hazard_desk.figures.progress.pool import Pool, R
from hazard_desk.store.columns import Record


@dataclass(frozen=True)
class Figure:
    """An indicator counted: its value and the records of ``ledger`` that make it."""

    ledger: str
    value: Counted
    rows: Sequence[Record]


@dataclass(frozen=True)
class Indicator:
    """A figure: what it means in one Chinese sentence, whose records count, and how they are counted."""

    id: str
    title: str
    unit: str
    definition: str
    ledger: str
    count: Callable[[Pool], Figure]


def indicator(
    id: str,
    title: str,
    unit: str,
    definition: str,
    ledger: str,
    records: Callable[[Pool], Sequence[R]],
    measure: Callable[[Sequence[R]], Counted] = len,
) -> Indicator:
    """Return the indicator that measures the records which ``records`` picks."""

    def count(pool: Pool) -> Figure:
        rows = records(pool)
        return Figure(ledger, measure(rows), rows)

    return Indicator(id, title, unit, definition, ledger, count)


def distinct(unit: Callable[[R], int | str]) -> Callable[[Sequence[R]], Counted]:
    """Count different units: by the enterprise where it is known, else by its name."""
    return lambda rows: len({unit(row) for row in rows})


def total(
    amount: Callable[[R], float | None], missing: float = 0, divisor: int = 1
) -> Callable[[Sequence[R]], Counted]:
    """Add up a number of the records, ``missing`` where none was entered; to four places."""

    def add(rows: Sequence[R]) -> Counted:
        amounts = (amount(row) for row in rows)
        return rounded(sum(missing if one is None else one for one in amounts) / divisor)

    return add


def rounded(amount: float) -> int | float:
    """Return a sum without the noise of binary fractions; a whole one as an integer."""
    whole = round(amount, 4)
    return int(whole) if whole == int(whole) else whole


def whether(rows: Sequence[R]) -> Counted:
    """是 when there is a record, else 否."""
    return "是" if rows else "否"
