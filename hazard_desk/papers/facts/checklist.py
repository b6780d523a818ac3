"""What a paper can tell of the standards by which a hazard is major: each with what is looked for."""

from __future__ import annotations

from collections.abc import Iterator

from hazard_desk.books.catalogue import Books
from hazard_desk.books.criteria import standards_for
from hazard_desk.books.kit.lists import sectors_now
from hazard_desk.library.criteria import Criterion
from hazard_desk.papers.wording.facts import Each, PaperFacts, told_fact
from hazard_desk.rules.wording import cited


def criteria_facts(books: Books, sector: str) -> Each:
    """Return the standards in force for a sector, then those for all sectors; '' is no sector."""

    def found() -> Iterator[PaperFacts]:
        for one in standards_for(books.cabinet, sector, books.today):
            yield _standard(one)

    return Each(lambda: _standard(Criterion("")), found)


def sector_facts(books: Books) -> Each:
    """Return the sectors whose own standards tell what to look for, each with them; then all others."""

    def found() -> Iterator[PaperFacts]:
        for sector in sectors_now(books.cabinet).choices:
            standards = standards_for(books.cabinet, sector, books.today)
            if any(one.points and one.sectors for one in standards):
                yield _sector(books, sector, sector)
        if any(one.points for one in standards_for(books.cabinet, "", books.today)):
            yield _sector(books, "", "各行业")

    return Each(lambda: _sector(books, "", ""), found)


def _sector(books: Books, name: str, called: str) -> PaperFacts:
    return PaperFacts({"行业领域": told_fact("行业领域", called), "判定标准": criteria_facts(books, name)})


def _standard(one: Criterion) -> PaperFacts:
    title = cited(one.title, one.number) if one.title else ""
    points = Each(lambda: _point(""), lambda: map(_point, one.points))
    return PaperFacts({"标准": told_fact("标准", title), "要点": points})


def _point(text: str) -> PaperFacts:
    return PaperFacts({"检查要点": told_fact("检查要点", text)})
