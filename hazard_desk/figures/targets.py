"""How far the plan's targets (工作目标) are reached: each with what the ledgers say of it today.

S3 一: 2024 clear the stock, 2025 stop the increase, 2026 dynamic zero; 二（三）7: rectified on time, 100%.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import ASKED, CheckRow
from hazard_desk.books.enterprise_duties import HIGH_RISK_SYSTEMS, EnterpriseDutyRow
from hazard_desk.books.enterprises import STOPPED, Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query, Wanted
from hazard_desk.figures.rates import in_time, was_to_be_rectified
from hazard_desk.library.plans import Target
from hazard_desk.rules.fulfilment import read_code
from hazard_desk.rules.obligation import is_about
from hazard_desk.rules.states import MAJOR, OPEN_STATES, STANDING, State
from hazard_desk.store.columns import name_of

_NO_HIGH_RISK = "监管对象里还没有标明“高危”的企业，无法对照"


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


def targets(books: Books, wanted: Iterable[Target]) -> list[TargetView]:
    """Return targets of a plan with what the books say of them, as of the desk's today."""
    return [TargetView(target, _reached(books, target)) for target in wanted]


def _reached(books: Books, target: Target) -> Reached | None:
    """Count for a target; that it is met, or not, nobody says before its year has begun."""
    if not target.measure:
        return None
    counted = _MEASURES[target.measure](books, target)
    return replace(counted, met=None) if _year(target) > books.today.year else counted


def _stock(books: Books, target: Target) -> Reached:
    before = _year(target) - 1
    left = _majors(books, OPEN_STATES, f"..{date(before, 12, 31)}")
    if not _majors(books, tuple(State), f"..{date(before, 12, 31)}"):
        return Reached(f"台账里没有{before}年及以前的重大隐患")
    return Reached(f"{before}年及以前的重大隐患尚有{left}条未销号", left == 0)


def _increase(books: Books, target: Target) -> Reached:
    year = _year(target)
    found, before = (_majors(books, STANDING, _span(which)) for which in (year, year - 1))
    met = found < before if books.today > date(year, 12, 31) else None
    return Reached(f"{year}年新发现重大隐患{found}条，{year - 1}年{before}条", met)


def _overdue(books: Books, target: Target) -> Reached:
    late = books.hazards.count(Query(where={name_of(Hazard.level): MAJOR, name_of(Hazard.overdue): "是"}))
    if not _majors(books, tuple(State), f"..{books.today}"):
        return Reached("台账里没有重大隐患")
    return Reached(f"逾期未整改的重大隐患{late}条", late == 0)


def _on_time(books: Books, target: Target) -> Reached:
    """Of the major hazards rectified on a known day or past their deadline, those rectified by it."""
    majors = Query(where={name_of(Hazard.level): MAJOR, name_of(Hazard.state): _names(STANDING)})
    return _rate_on_time(books, target, books.hazards.select(majors))


def _high_risk_on_time(books: Books, target: Target) -> Reached:
    """The same of the enterprises of dangerous trades alone."""
    firms = _high_risk(books)
    if not firms:
        return Reached(_NO_HIGH_RISK)
    majors = Query(where={name_of(Hazard.level): MAJOR, name_of(Hazard.state): _names(STANDING)})
    rows = [row for row in books.hazards.select(majors) if row.enterprise_id in firms]
    return _rate_on_time(books, target, rows)


def _rate_on_time(books: Books, target: Target, found: Iterable[Hazard]) -> Reached:
    asked = [row for row in found if was_to_be_rectified(row, books.today)]
    if not asked:
        return Reached("还没有到整改时限的重大隐患")
    kept = sum(map(in_time, asked))
    rate = kept * 100 / len(asked)
    met = None if target.value is None else rate >= target.value
    return Reached(f"按期整改率{_percent(rate)}（{kept}/{len(asked)}）", met)


def _trainings(books: Books, target: Target) -> Reached:
    """How many were held of each sort that the target names; met when none is left out."""
    year = _year(target)
    held: dict[str, int] = {}
    for one in map(read_code, target.fulfilled_by or ("activity:教育培训",)):
        where = {name_of(ActivityRow.kind): one.name, name_of(ActivityRow.held_on): _span(year)}
        rows = books.activities.select(Query(where=where))
        held[one.word or one.name] = sum(is_about(row.title, one.word) for row in rows)
    told = "、".join(f"{name}{count}次" for name, count in held.items())
    met = True if all(held.values()) else False if books.today > date(year, 12, 31) else None
    return Reached(f"{year}年已开展集中培训：{told}", met)


def _high_risk_systems(books: Books, target: Target) -> Reached:
    """How many enterprises of dangerous trades at work have all that S3 二（五）11 asks of them."""
    firms = _high_risk(books, stopped=False)
    if not firms:
        return Reached(_NO_HIGH_RISK)
    where: dict[str, Wanted] = {
        name_of(EnterpriseDutyRow.duty): list(HIGH_RISK_SYSTEMS),
        name_of(EnterpriseDutyRow.state): "已落实",
    }
    have = Counter(row.enterprise_id for row in books.enterprise_duties.select(Query(where=where)))
    full = sum(have[number] == len(HIGH_RISK_SYSTEMS) for number in firms)
    missing = [name for number, name in firms.items() if have[number] < len(HIGH_RISK_SYSTEMS)]
    told = f"，未落实的：{'、'.join(missing[:5])}{'等' if len(missing) > 5 else ''}" if missing else ""
    rate = full * 100 / len(firms)
    return Reached(
        f"高危企业覆盖率{_percent(rate)}（{full}/{len(firms)}）{told}", rate >= (target.value or 100)
    )


def _quizzed(books: Books, target: Target) -> Reached:
    """How many of the checks since the plan began asked those who were checked (抽考)."""
    plan = books.plans.current()
    span = f"{plan.starts_on}..{min(plan.ends_on, books.today)}"
    rows = books.checks.select(Query(where={name_of(CheckRow.checked_on): span}))
    if not rows:
        return Reached("还没有检查记录")
    done = sum(row.quizzed in ASKED for row in rows)
    rate = done * 100 / len(rows)
    return Reached(f"抽考率{_percent(rate)}（{done}/{len(rows)}次检查）", rate >= (target.value or 100))


def _high_risk(books: Books, stopped: bool = True) -> dict[int, str]:
    """The enterprises of dangerous trades by id, those that are ``stopped`` too."""
    found = books.enterprises.select(Query(where={name_of(Enterprise.high_risk): "是"}))
    return {row.id: row.name for row in found if stopped or row.status not in STOPPED}


_MEASURES: dict[str, Callable[[Books, Target], Reached]] = {
    "major_stock": _stock,
    "major_increase": _increase,
    "major_overdue": _overdue,
    "major_on_time": _on_time,
    "high_risk_on_time": _high_risk_on_time,
    "high_risk_systems": _high_risk_systems,
    "trainings": _trainings,
    "quizzed": _quizzed,
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
