"""整改率, 按期整改率, 逾期: how far hazards are put right, by sector, office, village, unit and source.

整改率: rectified of those found. 按期整改率: rectified by the deadline, of those that had to be or are (the
deadline has passed, or they are rectified); the deadline as last extended; a hazard without one counts as in
time when it was rectified on the day it was found. Of one that goes through several rounds (recheck failed,
opened again) the last round counts. Who had the deadline moved when it had passed already was not in time.
存量, 增量 by year (S3): see ``stock_by_year``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.law import overdue
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.readings import Span
from hazard_desk.rules.states import MAJOR, STANDING, UNRECTIFIED
from hazard_desk.store.columns import column, names_of

NOT_NAMED = "（未填写）"
_NAMES = names_of(
    Hazard.level,
    Hazard.source,
    Hazard.sector,
    Hazard.office,
    Hazard.unit_name,
    Hazard.deadline,
    Hazard.lapsed_on,
    Hazard.rectified_on,
    Hazard.supervision_on,
    Hazard.supervision_accepted_on,
)
_FIRM = names_of(Enterprise.id, Enterprise.village, Enterprise.high_risk)
_RECTIFIED = tuple(state for state in STANDING if state not in UNRECTIFIED)


class PlacedHazard(Hazard):
    """A hazard, with where its enterprise lies and whether it is of a dangerous trade."""

    village = column("村（社区）", computed=True)
    high_risk = column("高危企业", Kind.BOOL, computed=True)


@dataclass(frozen=True)
class HazardProgress:
    """How far the hazards of one name (a sector, a village …) are put right."""

    name: str
    rows: tuple[PlacedHazard, ...]
    day: date

    @property
    def found(self) -> int:
        return len(self.rows)

    @property
    def major(self) -> int:
        return sum(row.level == MAJOR for row in self.rows)

    @property
    def rectified(self) -> int:
        return sum(is_rectified(row) for row in self.rows)

    @property
    def rectified_rate(self) -> float | None:
        """整改率 from 0 to 1; None when nothing was found."""
        return self.rectified / self.found if self.rows else None

    @property
    def on_time_rate(self) -> float | None:
        """按期整改率 from 0 to 1; None when nothing had to be rectified yet."""
        due = [row for row in self.rows if was_to_be_rectified(row, self.day)]
        return sum(map(in_time, due)) / len(due) if due else None

    @property
    def overdue(self) -> int:
        """逾期数: the deadline has passed and it is not rectified."""
        return sum(overdue(row.state, row.deadline, self.day) for row in self.rows)


@dataclass(frozen=True)
class YearStock:
    """存量 and 增量 of one year (S3): left from before it, found in it, left at its end or on the day."""

    year: int
    before: int
    found: int
    left: int


def placed_hazards(books: Books, day: date) -> list[PlacedHazard]:
    """Return the hazards as they stood on a day, each with its enterprise; read once for its figures."""
    return books.cabinet.remembered((PlacedHazard, day), lambda: _placed(books, day))


def _placed(books: Books, day: date) -> list[PlacedHazard]:
    firms = {row.id: row for row in books.enterprises.facts(_FIRM)}
    nobody = Enterprise(village="", high_risk=False)
    found = []
    for row in books.hazards.standing(day, _NAMES):
        firm = firms.get(row.enterprise_id or 0, nobody)
        found.append(PlacedHazard(row, village=firm.village, high_risk=firm.high_risk))
    return found


def hazards_of(books: Books, span: Span) -> list[PlacedHazard]:
    """Return the hazards found in ``span`` as they stood on its last day, each with its enterprise."""
    return [row for row in placed_hazards(books, span.last) if row.found_on in span]


def progress(books: Books, span: Span) -> HazardProgress:
    """Return how far all hazards found in ``span`` were put right on its last day."""
    return HazardProgress("合计", tuple(hazards_of(books, span)), span.last)


def progress_by(books: Books, by: Field, span: Span) -> list[HazardProgress]:
    """Return the same for each value of a field of ``PlacedHazard``, those with most hazards first."""
    groups: dict[str, list[PlacedHazard]] = defaultdict(list)
    for row in hazards_of(books, span):
        groups[by.show(row[by.name]) or NOT_NAMED].append(row)
    found = [HazardProgress(name, tuple(rows), span.last) for name, rows in groups.items()]
    return sorted(found, key=lambda one: (one.name == NOT_NAMED, -one.found, one.name))


def stock_by_year(books: Books, day: date) -> list[YearStock]:
    """Return 存量 and 增量 of every year that has hazards, up to ``day``."""
    now = books.hazards.standing(day, _NAMES)
    years = range(min((row.found_on.year for row in now if row.found_on), default=day.year), day.year + 1)
    found = []
    before = 0
    for year in years:
        end = min(date(year, 12, 31), day)
        rows = now if end == day else books.hazards.standing(end, _NAMES)
        dated = [row.found_on for row in rows if row.found_on]
        left = sum(not is_rectified(row) for row in rows if row.found_on)
        found.append(YearStock(year, before, sum(one.year == year for one in dated), left))
        before = left
    return found


def percent(rate: float | None) -> str:
    """Return a rate as papers write it: 96.5%, 100%; — for none."""
    return "—" if rate is None else f"{rate * 100:.1f}".rstrip("0").rstrip(".") + "%"


def untold(books: Books, span: Span) -> str:
    """Return what figures of hazards in ``span`` leave out for their gaps, as a sentence; '' for nothing."""
    rows = placed_hazards(books, span.last)
    undated = sum(row.found_on is None for row in rows)
    inside = [row for row in rows if row.found_on in span]
    ungraded = sum(not row.level for row in inside)
    unknown = sum(is_rectified(row) and row.rectified_on is None for row in inside)
    told = (
        (undated, "缺发现日期，未计入"),
        (ungraded, "缺级别，未计入重大隐患"),
        (unknown, "缺整改完成日期，按期整改率不计"),
    )
    return "；".join(f"{count}条隐患{words}" for count, words in told if count)


def is_rectified(row: Hazard) -> bool:
    """Whether a hazard is put right, be its day unknown."""
    return row.rectified_on is not None or row.state in _RECTIFIED


def was_to_be_rectified(row: Hazard, day: date) -> bool:
    """Whether 按期整改率 asks for a hazard: rectified on a known day, or past its deadline."""
    if is_rectified(row):
        return row.rectified_on is not None
    return row.deadline is not None and row.deadline < day


def in_time(row: Hazard) -> bool:
    """Whether a hazard was rectified by the deadline that was valid then."""
    limit = row.lapsed_on or row.deadline or row.found_on
    return row.rectified_on is not None and limit is not None and row.rectified_on <= limit
