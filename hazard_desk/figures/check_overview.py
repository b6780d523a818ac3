"""检查执法一览: the yearly plan, the caps, who was not checked, who was punished again, who is uninsured.

Everything is counted as of a day, from the firms that are not closed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.checks.dated_rules import Cap, caps_on
from hazard_desk.books.checks.law import firm_cap
from hazard_desk.books.checks.plans import CheckPlanRow
from hazard_desk.books.enterprise_duties import EnterpriseDutyRow
from hazard_desk.books.enterprises import CLOSED, Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import PENALTY, RewardRow
from hazard_desk.library.dated_rules import CompulsoryInsurance, bundled_rules, in_force
from hazard_desk.rules.states import OPEN_STATES
from hazard_desk.store.columns import name_of, names_of

LONG = 365
"""So many days without a check are long."""
AGAIN = 2
"""So many penalties within a year, with a hazard still open, are 屡罚未改."""
INSURANCE = "安责险"
"""The enterprise duty that tells of it."""


@dataclass(frozen=True)
class FirmChecks:
    """How a firm was checked. ``cap`` is None where no rule holds on the day."""

    firm: Enterprise
    last: date | None
    counted: int
    """Checks of the year that count for the cap."""
    cap: Cap | None

    @property
    def left(self) -> int | None:
        """How many more the cap allows this year; never below nought."""
        return None if self.cap is None else max(self.cap.most - self.counted, 0)


@dataclass(frozen=True)
class Overview:
    """All lists as of ``day``."""

    day: date
    planned: Sequence[CheckPlanRow]
    firms: Sequence[FirmChecks]
    again: Sequence[tuple[Enterprise, int, int]]
    """Firms punished again and again: how many penalties within a year, how many hazards still open."""
    uninsured: Sequence[Enterprise]
    insurance: CompulsoryInsurance | None

    @property
    def done(self) -> int:
        """How many of the planned checks were made by the day."""
        return sum(row.done_on is not None and row.done_on <= self.day for row in self.planned)

    @property
    def unchecked(self) -> list[FirmChecks]:
        """Firms that were not checked this year."""
        return [one for one in self.firms if one.last is None or one.last.year < self.day.year]

    @property
    def long_unchecked(self) -> list[FirmChecks]:
        """Firms that were not checked for ``LONG`` days, or never."""
        since = self.day - timedelta(days=LONG)
        return [one for one in self.firms if one.last is None or one.last < since]

    @property
    def at_cap(self) -> list[FirmChecks]:
        """Firms that may not be checked any more this year."""
        return [one for one in self.firms if one.left == 0]


def check_overview(books: Books, day: date) -> Overview:
    """Return who was checked, may be checked and should be checked, as of a day; a handful of statements."""
    firms = {row.id: row for row in books.enterprises.facts() if row.status != CLOSED}
    insurance = in_force(bundled_rules().insured, day)
    covered = _insured(books)
    return Overview(
        day,
        [row for row in books.check_plans.of_year(day.year) if row.due_on],
        _checked(books, firms, day),
        _again(books, firms, day),
        [
            firm
            for number, firm in firms.items()
            if insurance and firm.sector in insurance.sectors and number not in covered
        ],
        insurance,
    )


def firm_checks(books: Books, firm: Enterprise, day: date) -> FirmChecks:
    """Return how one firm was checked, as of a day."""
    visits = books.checks.made_from(name_of(CheckRow.enterprise_id), [firm.id])
    return _of_firm(caps_on(books.cabinet, day), firm, visits.get(firm.id, []), day)


def _checked(books: Books, firms: Mapping[int, Enterprise], day: date) -> list[FirmChecks]:
    visits: dict[int, list[CheckRow]] = defaultdict(list)
    names = names_of(CheckRow.enterprise_id, CheckRow.kind, CheckRow.checked_on)
    for row in books.checks.facts(names):
        visits[row.enterprise_id or 0].append(row)
    caps = caps_on(books.cabinet, day)
    return [_of_firm(caps, firm, visits[number], day) for number, firm in firms.items()]


def _of_firm(
    caps: Mapping[tuple[bool, str], Cap], firm: Enterprise, visits: Sequence[CheckRow], day: date
) -> FirmChecks:
    cap = firm_cap(caps, firm)
    days = [(row.checked_on, row.kind) for row in visits if row.checked_on and row.checked_on <= day]
    exempt = cap.exempt if cap else ()
    counted = sum(on.year == day.year and kind not in exempt for on, kind in days)
    return FirmChecks(firm, max((on for on, _ in days), default=None), counted, cap)


def _again(books: Books, firms: Mapping[int, Enterprise], day: date) -> list[tuple[Enterprise, int, int]]:
    since = day - timedelta(days=LONG)
    where = {name_of(RewardRow.kind): PENALTY, name_of(RewardRow.happened_on): f"{since}..{day}"}
    names = names_of(RewardRow.enterprise_id)
    penalties = Counter(row.enterprise_id for row in books.rewards.facts(names, Query(where=where)))
    hazards = books.hazards.standing(day, names_of(Hazard.enterprise_id))
    left = Counter(row.enterprise_id for row in hazards if row.state in OPEN_STATES)
    return [
        (firm, penalties[number], left[number])
        for number, firm in firms.items()
        if penalties[number] >= AGAIN and left[number]
    ]


def _insured(books: Books) -> set[int]:
    """Return the firms whose insurance is taken out and not run out."""
    where = {name_of(EnterpriseDutyRow.duty): INSURANCE, name_of(EnterpriseDutyRow.state): "已落实"}
    rows = books.enterprise_duties.select(Query(where=where))
    return {row.enterprise_id for row in rows if not row.overdue}
