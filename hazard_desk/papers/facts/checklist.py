"""What a paper can tell of the standards by which a hazard is major: each with what is looked for."""

from __future__ import annotations

from collections.abc import Iterator

from hazard_desk.books.catalogue import Books
from hazard_desk.books.criteria import standards_for
from hazard_desk.library.criteria import Criterion
from hazard_desk.papers.wording.facts import Each, PaperFacts, told_fact
from hazard_desk.rules.wording import cited


def criteria_facts(books: Books, sector: str) -> Each:
    """Return the standards in force for a sector, then those for all sectors; '' is no sector."""

    def found() -> Iterator[PaperFacts]:
        for one in standards_for(books.cabinet, sector, books.today):
            yield _standard(one)

    return Each(lambda: _standard(Criterion("")), found)


def _standard(one: Criterion) -> PaperFacts:
    title = cited(one.title, one.number) if one.title else ""
    points = Each(lambda: _point(""), lambda: map(_point, one.points))
    return PaperFacts({"标准": told_fact("标准", title), "要点": points})


def _point(text: str) -> PaperFacts:
    return PaperFacts({"检查要点": told_fact("检查要点", text)})
