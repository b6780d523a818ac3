"""What a bulletin tells of a span of days: hazards found and rectified, by sector and unit, and the rest.

Counted as of the last day. 已整改: rectified and not refused by a later recheck; a merged or voided hazard
never counts. 按期整改率: of those rectified or whose deadline has passed, how many were rectified in time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.query import Query
from hazard_desk.ledgers.rewards import PENALTY, REPORT_REWARD
from hazard_desk.rules.closing import overdue
from hazard_desk.rules.fields import Row
from hazard_desk.rules.steps import MAJOR, STANDING

COMMENDED = ("表扬表彰",)
CRITICISED = ("通报", "约谈", "曝光")
"""Kinds of rewards and penalties that a bulletin names; of units only."""


@dataclass(frozen=True)
class Tally:
    """How many hazards of some kind there are, and how far they are."""

    found: int
    major: int
    rectified: int
    major_rectified: int
    in_time: int
    due: int
    overdue: int

    @property
    def rate(self) -> str:
        """已整改 of all found."""
        return percent(self.rectified, self.found)

    @property
    def rate_in_time(self) -> str:
        """Rectified in time, of all whose time was up or who were rectified."""
        return percent(self.in_time, self.due)


@dataclass(frozen=True)
class Month:
    """Hazards found and rectified in one month of the span."""

    label: str
    found: int
    rectified: int


@dataclass(frozen=True)
class Summary:
    """The figures of one span."""

    first: date
    last: date
    span: Tally
    """Hazards found within the span."""
    whole: Tally
    """Hazards found since the plan began."""
    by_sector: dict[str, Tally]
    by_office: dict[str, Tally]
    months: list[Month]
    supervised: int
    accepted: int
    late: list[Row]
    """Hazards that are overdue on the last day, the longest overdue first."""
    checks: int
    checked_units: int
    penalties: int
    penalty_sum: float
    tips: int
    tips_true: int
    rewards: int
    reward_sum: float
    activities: dict[str, int]
    commended: list[Row]
    criticised: list[Row]


def percent(part: int, whole: int) -> str:
    """Return a rate to one decimal: 92.5%, 100%; — where there is nothing."""
    return f"{round(100 * part / whole, 1):g}%" if whole else "—"


def half_year(day: date) -> tuple[date, str]:
    """Return the first day of the half-year of ``day``, and its name: 2023年上半年."""
    first = day.month <= 6
    return date(day.year, 1 if first else 7, 1), f"{day.year}年{'上' if first else '下'}半年"


def summary(books: Books, first: date, last: date) -> Summary:
    """Return the figures from ``first`` to ``last``, as the ledgers know them for ``last``."""
    standing = [str(state) for state in STANDING]
    hazards = books.hazards.select(Query(as_of=last, where={"state": standing}, sort="found_on"))
    within = [row for row in hazards if row["found_on"] >= first]
    span = f"{first}..{last}"
    checks = books.checks.select(Query(where={"checked_on": span}))
    records = books.rewards.select(Query(where={"happened_on": span}, sort="happened_on"))
    tips = books.tips.select(Query(where={"received_on": span}))
    fines = [row for row in records if row["kind"] == PENALTY]
    paid = [row for row in records if row["kind"] == REPORT_REWARD]
    late = [row for row in hazards if _late(row, last)]
    return Summary(
        first,
        last,
        span=tally(within, last),
        whole=tally(hazards, last),
        by_sector=tallies(within, last, "sector"),
        by_office=tallies(within, last, "office"),
        months=_months(hazards, first, last),
        supervised=sum(1 for row in hazards if row["supervision_on"]),
        accepted=sum(1 for row in hazards if row["supervision_accepted_on"]),
        late=sorted(late, key=lambda row: row["deadline"]),
        checks=len(checks),
        checked_units=len({row["unit_name"] for row in checks}),
        penalties=len(fines),
        penalty_sum=sum(row["amount"] or 0 for row in fines),
        tips=len(tips),
        tips_true=sum(1 for row in tips if row["verified"] in ("属实", "部分属实")),
        rewards=len(paid),
        reward_sum=sum(row["amount"] or 0 for row in paid),
        activities=_by_kind(books.activities.select(Query(where={"held_on": span}))),
        commended=_named(records, COMMENDED),
        criticised=_named(records, CRITICISED),
    )


def tally(rows: Sequence[Row], last: date) -> Tally:
    """Count hazards as they stand on ``last``."""
    done = [row for row in rows if row["rectified_on"]]
    in_time = sum(1 for row in done if _in_time(row))
    late = sum(1 for row in rows if _late(row, last))
    return Tally(
        found=len(rows),
        major=sum(1 for row in rows if row["level"] == MAJOR),
        rectified=len(done),
        major_rectified=sum(1 for row in done if row["level"] == MAJOR),
        in_time=in_time,
        due=len(done) + late,
        overdue=late,
    )


def tallies(rows: Iterable[Row], last: date, name: str) -> dict[str, Tally]:
    """Count hazards by the value of a field, the most first."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name] or "未明确"].append(row)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return {value: tally(group, last) for value, group in ordered}


def _in_time(row: Row) -> bool:
    return bool(row["rectified_on"] <= (row["deadline"] or row["found_on"]))


def _late(row: Row, last: date) -> bool:
    return overdue(row["state"], row["deadline"], last)


def _months(rows: Sequence[Row], first: date, last: date) -> list[Month]:
    months = []
    begin = first
    while begin <= last:
        following = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
        inside = _between(begin, min(following - timedelta(days=1), last))
        found = sum(1 for row in rows if inside(row["found_on"]))
        rectified = sum(1 for row in rows if row["rectified_on"] and inside(row["rectified_on"]))
        months.append(Month(f"{begin.month}月", found, rectified))
        begin = following
    return months


def _between(first: date, last: date) -> Callable[[date], bool]:
    return lambda day: first <= day <= last


def _by_kind(rows: Iterable[Row]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row["kind"]] += 1
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _named(rows: Iterable[Row], kinds: Sequence[str]) -> list[Row]:
    return [row for row in rows if row["kind"] in kinds and row["target_kind"] != "个人"]
