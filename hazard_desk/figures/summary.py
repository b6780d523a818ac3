"""What a bulletin tells of a span of days: hazards found and rectified, by sector and unit, and the rest.

Counted as of the last day; the rates are those of ``rates``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import PENALTY, REPORT_REWARD, RewardRow
from hazard_desk.books.tips import TRUE, TipRow
from hazard_desk.figures.once import reading_once
from hazard_desk.figures.rates import (
    NOT_NAMED,
    HazardProgress,
    is_rectified,
    placed_hazards,
    progress,
    progress_by,
    untold,
)
from hazard_desk.rules.readings import Span
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.columns import field_of, name_of

COMMENDED = ("表扬表彰",)
CRITICISED = ("通报", "约谈", "曝光")
"""Kinds of rewards and penalties that a bulletin names; of units only."""


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
    span: HazardProgress
    """Hazards found within the span."""
    whole: HazardProgress
    """Hazards found since the plan began."""
    by_sector: list[HazardProgress]
    by_office: list[HazardProgress]
    months: list[Month]
    supervised: int
    accepted: int
    late: Sequence[Hazard]
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
    commended: list[RewardRow]
    criticised: list[RewardRow]
    untold: str
    """What the hazards that are counted leave out for their gaps; '' for nothing."""


def half_year(day: date) -> tuple[date, str]:
    """Return the first day of the half-year of ``day``, and its name: 2023年上半年."""
    first = day.month <= 6
    return date(day.year, 1 if first else 7, 1), f"{day.year}年{'上' if first else '下'}半年"


@reading_once
def summary(books: Books, first: date, last: date) -> Summary:
    """Return the figures from ``first`` to ``last``, as the ledgers know them for ``last``."""
    days = Span(first, last)
    hazards = placed_hazards(books, last)
    late = Query(as_of=last, where={name_of(Hazard.overdue): "是"}, sort=name_of(Hazard.deadline))
    span = f"{first}..{last}"
    checks = books.checks.select(Query(where={name_of(CheckRow.checked_on): span}))
    day = name_of(RewardRow.happened_on)
    records = books.rewards.select(Query(where={day: span}, sort=day))
    tips = books.tips.select(Query(where={name_of(TipRow.received_on): span}))
    fines = [row for row in records if row.kind == PENALTY]
    paid = [row for row in records if row.kind == REPORT_REWARD]
    return Summary(
        first,
        last,
        span=progress(books, days),
        whole=progress(books, Span(date.min, last)),
        by_sector=progress_by(books, field_of(Hazard.sector), days),
        by_office=progress_by(books, field_of(Hazard.office), days),
        months=_months(hazards, first, last),
        supervised=sum(1 for row in hazards if row.supervision_on),
        accepted=sum(1 for row in hazards if row.supervision_accepted_on),
        late=books.hazards.select(late),
        checks=len(checks),
        checked_units=len({row.unit_name for row in checks if row.unit_name}),
        penalties=len(fines),
        penalty_sum=sum(row.amount or 0 for row in fines),
        tips=len(tips),
        tips_true=sum(1 for row in tips if row.verified in TRUE),
        rewards=len(paid),
        reward_sum=sum(row.amount or 0 for row in paid),
        activities=_by_kind(books.activities.select(Query(where={name_of(ActivityRow.held_on): span}))),
        commended=_named(records, COMMENDED),
        criticised=_named(records, CRITICISED),
        untold=untold(books, days),
    )


def major_rectified(hazards: HazardProgress) -> int:
    """Return how many of the major ones are rectified."""
    return sum(1 for row in hazards.rows if row.level == MAJOR and is_rectified(row))


def _months(rows: Sequence[Hazard], first: date, last: date) -> list[Month]:
    months = []
    begin = first
    while begin <= last:
        following = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
        inside = Span(begin, min(following - timedelta(days=1), last))
        found = sum(1 for row in rows if row.found_on in inside)
        rectified = sum(1 for row in rows if row.rectified_on in inside)
        months.append(Month(f"{begin.month}月", found, rectified))
        begin = following
    return months


def _by_kind(rows: Iterable[ActivityRow]) -> dict[str, int]:
    return dict(Counter(row.kind or NOT_NAMED for row in rows).most_common())


def _named(rows: Iterable[RewardRow], kinds: Sequence[str]) -> list[RewardRow]:
    return [row for row in rows if row.kind in kinds and row.target_kind != "个人"]
