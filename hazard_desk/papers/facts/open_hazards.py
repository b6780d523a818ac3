"""What papers about all can tell of the hazards that are still to be seen to: by village, and made public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.papers.facts.hazard import facts_of_hazard
from hazard_desk.papers.wording.facts import Each, PaperFacts, Tell, fact
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.states import MAJOR, OWN_WORK, SELF_FOUND, STANDING
from hazard_desk.store.columns import name_of, names_of


def open_hazards(books: Books, day: date) -> dict[str, Tell]:
    """Return the villages with their hazards that are not rectified, and the major ones to be published."""
    by_village = cache(lambda: _by_village(books, day))

    def of(village: str, rows: list[Hazard]) -> PaperFacts:
        late = [row for row in rows if _days_late(row, day)]
        return PaperFacts(
            {
                "村名": fact("村名", lambda: village),
                "未整改": fact("未整改", lambda: len(rows), Kind.INTEGER, "处"),
                "重大": fact("重大", lambda: sum(row.level == MAJOR for row in rows), Kind.INTEGER, "处"),
                "逾期": fact("逾期", lambda: len(late), Kind.INTEGER, "处"),
                "未整改隐患": _hazards(books, day, lambda: rows),
            }
        )

    return {
        "村": Each(
            lambda: of("", []), lambda: (of(name, rows) for name, rows in by_village().items() if name)
        ),
        "未写明村的隐患": _hazards(books, day, lambda: by_village().get("", [])),
        "公示隐患": _hazards(books, day, lambda: _published(books, day)),
    }


def _hazards(books: Books, day: date, read: Callable[[], Iterable[Hazard]]) -> Each:
    def one(row: Hazard) -> PaperFacts:
        late = fact("逾期天数", lambda: _days_late(row, day) or None, Kind.INTEGER, "天")
        return PaperFacts({**facts_of_hazard(books, row).tells, "逾期天数": late})

    return Each(lambda: one(Hazard(deadline=None)), lambda: map(one, read()))


def _days_late(row: Hazard, day: date) -> int:
    return max((day - row.deadline).days, 0) if row.deadline else 0


def _by_village(books: Books, day: date) -> dict[str, list[Hazard]]:
    """Return the hazards to be rectified by the village of their firms, first due first."""
    asked = Query(as_of=day, where={name_of(Hazard.state): OWN_WORK}, sort=name_of(Hazard.deadline))
    firms = books.enterprises.facts(names_of(Enterprise.id, Enterprise.village))
    places = {row.id: row.village for row in firms}
    found: dict[str, list[Hazard]] = defaultdict(list)
    for row in books.hazards.select(asked):
        found[places.get(row.enterprise_id or 0, "")].append(row)
    return dict(sorted(found.items()))


def _published(books: Books, day: date) -> Iterator[Hazard]:
    """Yield the major hazards that others than the firm found, open or signed off in the month of ``day``.

    S2 信息公开: those from above, from the public and from inspections, how far they are, and the outcome.
    """
    where = {name_of(Hazard.level): MAJOR, name_of(Hazard.state): STANDING}
    for row in books.hazards.select(Query(as_of=day, where=where, sort=name_of(Hazard.deadline))):
        ended = row.signed_off_on
        if row.source != SELF_FOUND and (ended is None or ended >= day.replace(day=1)):
            yield row
