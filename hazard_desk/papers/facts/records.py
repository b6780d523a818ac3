"""What a paper can tell of the records of the other books: their fields, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow, FindingRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.rewards import RewardRow
from hazard_desk.papers.wording.facts import Each, PaperFacts, Thing, facts_of_row
from hazard_desk.store.columns import computed, declared

_SIGN_LEAST, _SIGN_MOST = 17, 300
"""Lines to sign on: as many as came, at least so many, at most so many."""


def id_or_none(number: int | None) -> int:
    """Return the id of what a record names, 0 for none."""
    return number or 0


def firm_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a 监管对象, of none for 0."""
    firm = books.enterprises.get(number) if number else Enterprise()
    return PaperFacts(facts_of_row(declared(Enterprise), firm))


def activity_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a piece of work, of none for 0."""
    row = books.activities.get(number) if number else ActivityRow()
    lines = min(max(row.attendance or 0, _SIGN_LEAST), _SIGN_MOST)
    signing = Each(lambda: PaperFacts({}), lambda: (PaperFacts({}) for _ in range(lines)))
    return PaperFacts({**facts_of_row(declared(ActivityRow), row), "签到行": signing})


def reward_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a reward or penalty, of none for 0; who is rewarded for a tip is not told."""
    row = books.rewards.get(number) if number else RewardRow()
    fields = (*declared(RewardRow), *computed(RewardRow))
    return PaperFacts(
        {
            **facts_of_row(fields, row),
            "单位": Thing(lambda: firm_facts(books, id_or_none(row.enterprise_id))),
        }
    )


def check_facts(books: Books, number: int) -> PaperFacts:
    """Return the facts of a check and of each of its findings, of none for 0."""
    check = books.checks.get(number) if number else CheckRow()

    def found() -> Iterator[PaperFacts]:
        for row in books.checks.findings(number):
            yield PaperFacts(facts_of_row(declared(FindingRow), row))

    return PaperFacts(
        {
            **facts_of_row(declared(CheckRow), check),
            "单位": Thing(lambda: firm_facts(books, id_or_none(check.enterprise_id))),
            "发现的问题": Each(lambda: PaperFacts(facts_of_row(declared(FindingRow), FindingRow())), found),
        }
    )
