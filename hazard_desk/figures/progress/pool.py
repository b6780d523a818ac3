"""What a form counts from: the records of one span and one group, read once, a statement for each ledger.

A group (填报范围) is a 行业领域 or a 监管科室 by its name; '' is the whole office. S2 wants two sheets, of
the office itself and of its sector: the form of the group 经发办 and that of the group 工贸. A record belongs
to a group when its sector or its office bears that name. Where it has none of its own, that of the hazard
it names holds, else that of the enterprise it names; a person's penalty goes with the enterprise's that it
is paired with. A letter to an office, or a penalty of one, belongs to that office too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import Span
from hazard_desk.rules.steps import MAJOR

WHOLE = ""
"""The group of a form for the whole office."""
INSPECTORS = "technical-inspectors"
"""The register of 技术检查员."""

_HAZARD = [
    "level",
    "source",
    "sector",
    "office",
    "unit_name",
    "found_on",
    "deadline",
    "rectified_on",
    "supervision_on",
]
_CHECK = [
    "id",
    "enterprise_id",
    "checked_on",
    "unit_name",
    "no_study",
    "no_lead",
    "no_duties",
    "no_officers",
    "no_licence",
    "bad_contracting",
    "no_drill",
]
_REWARD = [
    "id",
    "enterprise_id",
    "hazard_id",
    "pair_id",
    "kind",
    "target_kind",
    "target",
    "happened_on",
    "amount",
    "anonymous",
    "crime",
    "people",
]
_ACTIVITY = ["id", "kind", "title", "held_on", "level", "office", "sector", "object_kind", "objects"]


@dataclass(frozen=True)
class Pool:
    """The records since the plan began that stood on the span's last day.

    ``checks`` and ``activities`` are only those within the span. Which days of a hazard or of a paired
    penalty lie in the span is for the indicator to ask.
    """

    span: Span
    hazards: Sequence[Row] = field(default_factory=list)
    checks: Sequence[Row] = field(default_factory=list)
    rewards: Sequence[Row] = field(default_factory=list)
    activities: Sequence[Row] = field(default_factory=list)
    inspectors: Sequence[Row] = field(default_factory=list)

    @cached_property
    def majors(self) -> Mapping[str, Sequence[Row]]:
        """The major hazards by source."""
        return _by("source", (row for row in self.hazards if row["level"] == MAJOR))

    @cached_property
    def measures(self) -> Mapping[str, Sequence[Row]]:
        """The rewards and penalties within the span, by type."""
        return _by("kind", (row for row in self.rewards if row["happened_on"] in self.span))

    @cached_property
    def work(self) -> Mapping[str, Sequence[Row]]:
        """The activities by type."""
        return _by("kind", self.activities)


def read_pool(books: Books, span: Span, group: str = WHOLE) -> Pool:
    """Return what counts in ``span`` for ``group``, in a handful of statements."""
    first = books.plans.current()["starts_on"]
    within = f"{span.first}..{span.last}"
    pool = Pool(
        span,
        [row for row in books.hazards.standing(span.last, _HAZARD) if row["found_on"] >= first],
        books.checks.facts(_CHECK, Query(where={"checked_on": within})),
        books.rewards.facts(_REWARD, Query(where={"happened_on": f"{first}..{span.last}"})),
        books.activities.facts(_ACTIVITY, Query(where={"held_on": within})),
        _serving(books, span),
    )
    return pool if group == WHOLE else _narrowed(pool, books, group)


def groups_of(books: Books) -> list[str]:
    """Return the groups that a form can be made for: the sectors, then the offices, that records name."""
    ledgers = (books.enterprises, books.hazards, books.activities)
    columns = ("sector", "office")
    found = {str(name): None for column in columns for book in ledgers for name in book.used(column)}
    return list(found)


def _serving(books: Books, span: Span) -> Sequence[Row]:
    """The inspectors in service on the span's last day."""
    rows = books.registers.ledgers()[INSPECTORS].select(Query())
    return [
        row
        for row in rows
        if row["starts_on"] <= span.last and (row["ends_on"] is None or span.last < row["ends_on"])
    ]


def _narrowed(pool: Pool, books: Books, group: str) -> Pool:
    firms = {row["id"]: row for row in books.enterprises.facts(("id", "sector", "office"))}
    hazards = {row["id"]: row for row in pool.hazards}
    rewards = {row["id"]: row for row in pool.rewards}

    def sources(row: Row) -> Iterator[Row]:
        yield row
        yield hazards.get(row.get("hazard_id"), {})
        yield firms.get(row.get("enterprise_id"), {})

    def belongs(row: Row) -> bool:
        if row.get("target") == group:
            return True
        chain = [*sources(row), *sources(rewards.get(row.get("pair_id"), {}))]
        return group in (_first(chain, "sector"), _first(chain, "office"))

    lists = (pool.hazards, pool.checks, pool.rewards, pool.activities, pool.inspectors)
    return Pool(pool.span, *([row for row in rows if belongs(row)] for rows in lists))


def _first(chain: Sequence[Row], name: str) -> object:
    return next((row[name] for row in chain if row.get(name)), None)


def _by(name: str, rows: Iterator[Row] | Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found
