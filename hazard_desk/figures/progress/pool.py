"""What a form counts from: the records of one span and one group, read once, a statement for each ledger.

What belongs to a group, ``groups`` says. A record belongs by its own sector, office and village. Where it has
none of its own, that of the hazard it names holds, else that of the check, else that of the enterprise; a
person's penalty goes with the enterprise's that it is paired with. A letter to an office belongs to it too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.books.kit.query import Query
from hazard_desk.books.registers import RegisterRow
from hazard_desk.books.rewards import OF_UNIT, PENALTY, RewardRow
from hazard_desk.figures.progress.groups import PLACES, WHOLE, FormGroup, group_named
from hazard_desk.rules.fields import Value
from hazard_desk.rules.readings import Span
from hazard_desk.rules.states import MAJOR, STANDING
from hazard_desk.store.columns import Record, name_of, names_of

R = TypeVar("R", bound=Record)
Test = Callable[[R, "Pool"], bool]
"""Whether a fact of a record, as it stands in the pool, lets the record count."""
Tests = Mapping[str, Test[R]]
"""The tests by the name of the fact that they ask; a record counts that passes all of them."""

INSPECTORS = "technical-inspectors"
"""The register of 技术检查员."""

_HAZARD = names_of(
    Hazard.level,
    Hazard.source,
    Hazard.sector,
    Hazard.office,
    Hazard.unit_name,
    Hazard.rectified_on,
    Hazard.supervision_on,
    Hazard.gaps,
)
SECTOR = name_of(Hazard.sector)
GRAVE = (MAJOR, "")
"""The levels of hazards that may count: no form counts others."""


@dataclass(frozen=True)
class Pool:
    """The records that stood on the span's last day and may count, from the day on which the plan began.

    ``hazards`` are only those that are major or of which nobody told whether they are.
    ``checks`` and ``activities`` are only those within the span. Records that lack their day are there:
    what a record must be to count is for the indicator to ask.
    """

    span: Span
    begins: date
    hazards: Sequence[Hazard] = field(default_factory=list)
    checks: Sequence[CheckRow] = field(default_factory=list)
    rewards: Sequence[RewardRow] = field(default_factory=list)
    activities: Sequence[ActivityRow] = field(default_factory=list)
    inspectors: Sequence[RegisterRow] = field(default_factory=list)
    """Their columns are named in the definition of the register."""
    unplaced: Sequence[Hazard] = field(default_factory=list)
    """Of a group: hazards that belong to it or not, by a sector that nobody told."""

    paired: Sequence[RewardRow] = field(default_factory=list)
    """Penalties whose pair is known, of any day: a pair stays together over the ends of a span."""

    @cached_property
    def penalties(self) -> Mapping[int, RewardRow]:
        """The penalties that are paired, by id."""
        return {row.id: row for row in self.paired}

    @cached_property
    def _passed(self) -> dict[Hashable, Sequence[int]]:
        """The places of the records that passed some tests."""
        return {}

    def passing(self, records: Callable[[Pool], Sequence[R]], tests: tuple[Test[R], ...]) -> Sequence[R]:
        """Return those of the records that pass all tests; what begins with the same tests shares them."""
        rows = records(self)
        return [rows[at] for at in self._places(records, rows, tests)]

    def _places(
        self, records: Callable[[Pool], Sequence[R]], rows: Sequence[R], tests: tuple[Test[R], ...]
    ) -> Sequence[int]:
        if not tests:
            return range(len(rows))
        asked = (records, tests)
        if asked not in self._passed:
            first, test = self._places(records, rows, tests[:-1]), tests[-1]
            self._passed[asked] = [at for at in first if test(rows[at], self)]
        return self._passed[asked]

    def with_gaps(self, records: Callable[[Pool], Sequence[R]]) -> Sequence[R]:
        """Return those of the records that lack a fact."""
        return self.passing(records, (_lacking,))

    def has_begun(self, day: date | None) -> bool:
        """Whether a day is known and not before the plan began."""
        return day is not None and day >= self.begins

    def is_past(self, day: Value) -> bool:
        """Whether a day is known and not after the span."""
        return isinstance(day, date) and day <= self.span.last


def read_pool(books: Books, span: Span, group: str = WHOLE, begins: date | None = None) -> Pool:
    """Return what counts in ``span`` for ``group``, in a handful of statements.

    ``begins`` is the first day of all that counts; None: that of the plan.
    """
    first = begins or books.plans.current().starts_on
    within = (f"{span.first}..{span.last}", "")
    hazards = books.hazards.standing(span.last, _HAZARD, GRAVE)
    rewards = books.rewards.facts()
    pool = Pool(
        span,
        first,
        [row for row in hazards if _counts_since(row, first)],
        books.checks.facts(query=Query(where={name_of(CheckRow.checked_on): within})),
        [row for row in rewards if row.happened_on is None or first <= row.happened_on <= span.last],
        books.activities.facts(query=Query(where={name_of(ActivityRow.held_on): within})),
        books.registers.ledgers()[INSPECTORS].select(Query()),
        paired=[row for row in rewards if row.pair_id and row.kind == PENALTY],
    )
    return (
        pool if group == WHOLE else _Group(group_named(books, group, span.last), books, pool).narrowed(pool)
    )


def _lacking(row: Record, pool: Pool) -> bool:
    return bool(row[GAPS])


def _counts_since(row: Hazard, first: date) -> bool:
    """Whether a hazard was found, or listed for supervision, since ``first``; one of no known day too."""
    listed = row.supervision_on is not None and row.supervision_on >= first
    return row.found_on is None or row.found_on >= first or listed


_Placed = Hazard | Enterprise | ActivityRow | CheckRow | RewardRow | None
"""What has a sector, an office and a village of its own; a hazard has the first two."""


class _Group:
    """Tells which records belong to a group."""

    def __init__(self, group: FormGroup, books: Books, pool: Pool) -> None:
        self._group = group
        self._firms = {
            row.id: row for row in books.enterprises.facts(("id", name_of(Enterprise.name), *PLACES))
        }
        self._checks = {row.id: row for row in books.checks.facts(("id", *PLACES))}
        named = {row.hazard_id for row in (*pool.rewards, *pool.paired) if row.hazard_id}
        self._hazards = {
            row.id: row
            for row in books.hazards.rows_on(sorted(named), pool.span.last)
            if row.state in STANDING and _counts_since(row, pool.begins)
        }
        self._paired = {row.id: row for row in pool.paired}

    def narrowed(self, pool: Pool) -> Pool:
        """Return the records of ``pool`` that belong to the group."""
        return Pool(
            pool.span,
            pool.begins,
            [row for row in pool.hazards if self._has(row, self._firm(row.enterprise_id))],
            [row for row in pool.checks if self._has(row, self._firm(row.enterprise_id))],
            [row for row in pool.rewards if self._has_reward(row)],
            [row for row in pool.activities if self._has(row)],
            [row for row in pool.inspectors if self._group.has(str(row["sector"]), str(row["office"]), "")],
            [row for row in pool.hazards if self._lacks_place(row)],
            [row for row in pool.paired if self._has_reward(self._of_unit(row))],
        )

    def _lacks_place(self, row: Hazard) -> bool:
        """Whether a hazard may belong to the group by the sector that it lacks."""
        firm = self._firm(row.enterprise_id)
        known = not self._group.sectors or (firm is not None and bool(firm.sector))
        return SECTOR in row.gaps and not known and not self._has(row, firm)

    def _has(self, *chain: _Placed) -> bool:
        """Whether the first sector that the chain names, the first office or village, is the group's."""
        placed = [one for one in chain if one]
        firsts = (next((str(one[name]) for one in placed if one.get(name)), "") for name in PLACES)
        return self._group.has(*firsts) or any(
            one.id in self._group.firms for one in placed if isinstance(one, Enterprise)
        )

    def _has_reward(self, row: RewardRow) -> bool:
        if self._group.is_office(row.target):
            return True
        pair = self._paired.get(row.pair_id or 0)
        return self._has(*self._about(row), *(self._about(pair) if pair else ()))

    def _of_unit(self, row: RewardRow) -> RewardRow:
        """Return the one of a pair that the enterprise bears: it tells where the case belongs."""
        pair = self._paired.get(row.pair_id or 0, row)
        return row if row.target_kind == OF_UNIT else pair

    def _about(self, row: RewardRow) -> Iterator[_Placed]:
        yield row
        yield self._hazards.get(row.hazard_id or 0)
        yield self._checks.get(row.check_id or 0)
        yield self._firm(row.enterprise_id)

    def _firm(self, number: int | None) -> Enterprise | None:
        return self._firms.get(number or 0)
