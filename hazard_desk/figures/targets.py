"""How far the plan's targets (工作目标) are reached: each with what the ledgers say of it today.

S3 一: 2024 clear the stock, 2025 stop the increase, 2026 dynamic zero; 二（三）7: rectified on time, 100%.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query, Wanted
from hazard_desk.figures.rates import is_rectified
from hazard_desk.library.plans import Plan, Target
from hazard_desk.rules.states import MAJOR, OPEN_STATES, STANDING, State
from hazard_desk.store.columns import name_of


@dataclass(frozen=True)
class Reached:
    """What is counted for a target: a sentence, and whether that meets it (None: no figure can say)."""

    text: str
    met: bool | None = None


@dataclass(frozen=True)
class TargetView:
    """A target of the plan, and how far it is reached; None where nothing can be counted."""

    target: Target
    reached: Reached | None


def targets(books: Books, plan: Plan) -> list[TargetView]:
    """Return the targets of a plan in its order, as of the desk's today."""
    return [
        TargetView(target, _MEASURES[target.measure](books, target) if target.measure else None)
        for target in plan.targets
    ]


def _stock(books: Books, target: Target) -> Reached:
    before = _year(target) - 1
    left = _majors(books, OPEN_STATES, f"..{date(before, 12, 31)}")
    return Reached(f"{before}年及以前的重大隐患尚有{left}条未销号", left == 0)


def _increase(books: Books, target: Target) -> Reached:
    year = _year(target)
    found, before = (_majors(books, STANDING, _span(which)) for which in (year, year - 1))
    met = found < before if books.today > date(year, 12, 31) else None
    return Reached(f"{year}年新发现重大隐患{found}条，{year - 1}年{before}条", met)


def _overdue(books: Books, target: Target) -> Reached:
    late = books.hazards.count(Query(where={name_of(Hazard.level): MAJOR, name_of(Hazard.overdue): "是"}))
    return Reached(f"逾期未整改的重大隐患{late}条", late == 0)


def _on_time(books: Books, target: Target) -> Reached:
    """Of the major hazards rectified on a known day or past their deadline, those rectified by it."""
    majors = Query(where={name_of(Hazard.level): MAJOR, name_of(Hazard.state): _names(STANDING)})
    rows = [row for row in books.hazards.select(majors) if row.rectified_on or not is_rectified(row)]
    days = [(row.deadline, row.rectified_on) for row in rows]
    asked = [(due, done) for due, done in days if due and (done or due < books.today)]
    if not asked:
        return Reached("还没有到整改时限的重大隐患")
    kept = sum(done is not None and done <= due for due, done in asked)
    rate = kept * 100 / len(asked)
    met = None if target.value is None else rate >= target.value
    return Reached(f"按期整改率{_percent(rate)}（{kept}/{len(asked)}）", met)


def _trainings(books: Books, target: Target) -> Reached:
    year = _year(target)
    where = {name_of(ActivityRow.kind): "教育培训", name_of(ActivityRow.held_on): _span(year)}
    held = books.activities.count(Query(where=where))
    return Reached(f"{year}年已开展教育培训{held}次")


_MEASURES: dict[str, Callable[[Books, Target], Reached]] = {
    "major_stock": _stock,
    "major_increase": _increase,
    "major_overdue": _overdue,
    "major_on_time": _on_time,
    "trainings": _trainings,
}


def _year(target: Target) -> int:
    """The year of a target; the plan's check sees to it that those measured by year have one."""
    return target.year or 0


def _span(year: int) -> str:
    return f"{date(year, 1, 1)}..{date(year, 12, 31)}"


def _majors(books: Books, states: Sequence[State], found: str) -> int:
    where: dict[str, Wanted] = {name_of(Hazard.level): MAJOR, name_of(Hazard.state): _names(states)}
    return books.hazards.count(Query(where=where | {name_of(Hazard.found_on): found}))


def _names(states: Sequence[State]) -> list[str]:
    return [str(state) for state in states]


def _percent(rate: float) -> str:
    """Rounded down to one place: 99.96 is not 100%."""
    return f"{int(rate * 10) / 10:g}%"
