"""The inbox: everything that waits today, what comes in the next days, and what was put off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.books.postponed import PostponedRow, waiting_key
from hazard_desk.figures.dated import Diary, DueItem
from hazard_desk.figures.due import late_and_coming
from hazard_desk.figures.gaps import gap_counts
from hazard_desk.figures.inbox.item import InboxItem, NextStep, Opens, in_order
from hazard_desk.figures.inbox.kinds import COPY, GAP, REPORT
from hazard_desk.figures.inbox.of_dates import dated_items, firm_items, other_plans
from hazard_desk.figures.inbox.of_hazards import coming_hazards, hazard_items
from hazard_desk.figures.once import reading_once

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
_AHEAD = timedelta(days=31)
"""No rest is longer: whatever is to be reminded of today falls due within these days."""


@dataclass(frozen=True)
class Inbox:
    """What waits: ``today`` by rank; what falls due within 7 days, within 30, by day; what was put off."""

    today: list[InboxItem]
    week: list[InboxItem]
    month: list[InboxItem]
    put_off: list[PostponedRow]


@reading_once
def inbox(books: Books, unsafe: str = "") -> Inbox:
    """Read the inbox of the desk's today. ``unsafe`` says what no copy holds for days; '' where all is."""
    today, dated, put_off = books.today, _dated(books), books.postponed.standing()
    hidden = _keys(put_off)
    waiting = _waiting(books, dated, today, hidden)
    copy = [InboxItem(COPY.id, unsafe, "", NextStep("立即备份", Opens.COPY))] if unsafe else []
    later = [item for item in dated if not _is_of_today(item, today)]
    return Inbox(
        in_order([*waiting, *_shown(copy, hidden)]),
        _by_day(books, (item for item in later if item.date <= today + WEEK), hidden),
        _by_day(books, (item for item in later if today + WEEK < item.date <= today + MONTH), hidden),
        put_off,
    )


@reading_once
def today_and_tomorrow(books: Books) -> tuple[list[InboxItem], list[InboxItem]]:
    """Return what waits today, and what does tomorrow but not today, each by rank.

    The day of the latter has come then, or it was put off until then.
    """
    dated, put_off = _dated(books), books.postponed.standing()
    tomorrow = books.today + timedelta(days=1)
    now = _waiting(books, dated, books.today, _keys(put_off))
    seen = {key for item in now for key in item.keys}
    still = _keys([row for row in put_off if row.until is None or row.until > tomorrow])
    then = _waiting(books, dated, tomorrow, still)
    return in_order(now), in_order([item for item in then if not seen.issuperset(item.keys)])


def _dated(books: Books) -> list[DueItem]:
    """Return what has fallen due undone, and what is still to be done of what falls due from today on."""
    late, coming = late_and_coming(books, books.today + _AHEAD, Diary(books))
    return [*late, *(item for item in coming if item.open)]


def _waiting(books: Books, dated: Iterable[DueItem], day: date, hidden: set[str]) -> list[InboxItem]:
    """Return what waits on ``day``, today or tomorrow, without what is ``hidden``."""
    due = [item for item in dated if _is_of_today(item, day)]
    found = [*hazard_items(books, due), *dated_items(books, due), *firm_items(books, due, hidden)]
    return _shown((*found, *other_plans(books), *_gaps(books)), hidden)


def _keys(rows: Iterable[PostponedRow]) -> set[str]:
    return {key for row in rows for key in row.what}


def _shown(items: Iterable[InboxItem], hidden: set[str]) -> list[InboxItem]:
    return [item for item in map(_keyed, items) if not hidden.issuperset(item.keys)]


def _is_of_today(item: DueItem, today: date) -> bool:
    """Whether a day is told today: that to remind of it has come, or it has passed; a report for a week."""
    return item.remind_on <= today or (item.kind == REPORT.id and item.date <= today + WEEK)


def _keyed(item: InboxItem) -> InboxItem:
    """Give an item without a key of its own the one that says what waits, and how it stands."""
    stands = item.due or item.state or item.title
    return item if item.keys else replace(item, keys=(waiting_key(item.kind, item.record, stands),))


def _by_day(books: Books, dated: Iterable[DueItem], hidden: set[str]) -> list[InboxItem]:
    """Return coming things day by day."""
    coming = list(dated)
    found = [*coming_hazards(books, coming), *dated_items(books, coming), *firm_items(books, coming, hidden)]
    return sorted(_shown(found, hidden), key=lambda item: (item.due or books.today, *item.order))


def _gaps(books: Books) -> Iterator[InboxItem]:
    """Yield what the books themselves lack: facts that nobody told."""
    for one in gap_counts(books):
        title = f"{one.title}有{one.count}条记录内容不全"
        yield InboxItem(GAP.id, title, f"{one.ledger}/0", NextStep("去补填", Opens.GAPS, one.ledger))
