"""What an indicator is: which facts decide whether a record counts, and how those that do are counted.

A record whose deciding fact is a gap (待补) never counts; ``Indicator.undecided`` tells it, so that the form
can say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hazard_desk.books.kit.firm_links import FIRM
from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.books.submissions import Counted
from hazard_desk.figures.progress.pool import Pool, R, Tests
from hazard_desk.rules.fields import names_in
from hazard_desk.store.columns import Made, Record, name_of


@dataclass(frozen=True)
class Figure:
    """An indicator counted: its value and the records of ``ledger`` that make it."""

    ledger: str
    value: Counted
    rows: Sequence[Record]


@dataclass(frozen=True)
class Undecided:
    """A record that may count or not, by facts that nobody told.

    ``lacks`` are their names; none for one that counts whatever it lacks besides.
    """

    row: Record
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """A figure: what it means in one Chinese sentence, whose records count, and how they are counted."""

    id: str
    title: str
    unit: str
    definition: str
    ledger: str
    count: Callable[[Pool], Figure]
    undecided: Callable[[Pool], Iterator[Undecided]]
    """The records of the pool with gaps, without those that a fact that is known excludes."""
    firm: str = ""
    """Of a figure of enterprises: the field that names them. What is none of the ledger's is none."""
    strangers: Callable[[Pool], Iterator[Record]] = lambda pool: iter(())
    """The records that would count if what they name were in the ledger of enterprises."""


def indicator(
    id: str,
    title: str,
    unit: str,
    definition: str,
    ledger: str,
    records: Callable[[Pool], Sequence[R]],
    tests: Tests[R],
    measure: Callable[[Sequence[R]], Counted] = len,
    firm: Made | None = None,
) -> Indicator:
    """Return the indicator that measures those of ``records`` that pass the ``tests``.

    With ``firm``, the column that names enterprises, it counts different ones, each once.
    """
    if firm is not None:
        tests = {**tests, name_of(firm): lambda row, pool: row[FIRM] is not None}
        measure = _firms

    def count(pool: Pool) -> Figure:
        rows = pool.passing(records, tuple(tests.values()))
        return Figure(ledger, measure(rows), rows)

    def undecided(pool: Pool) -> Iterator[Undecided]:
        for row in pool.with_gaps(records):
            gaps = names_in(row[GAPS])
            failing = tuple(name for name, test in tests.items() if not test(row, pool))
            if all(name in gaps for name in failing):
                yield Undecided(row, failing)

    def strangers(pool: Pool) -> Iterator[Record]:
        name = "" if firm is None else name_of(firm)
        others = tuple(test for asks, test in tests.items() if asks != name)
        for row in pool.passing(records, others) if name else ():
            if row[FIRM] is None and row[name]:
                yield row

    named = "" if firm is None else name_of(firm)
    return Indicator(id, title, unit, definition, ledger, count, undecided, named, strangers)


def _firms(rows: Sequence[Record]) -> Counted:
    return len({row[FIRM] for row in rows})


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
