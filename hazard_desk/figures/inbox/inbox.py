"""The inbox: everything that waits today, what comes in the next days, and what was put off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.books.postponed import PostponedRow, waiting_key
from hazard_desk.figures.due import Diary, DueItem, due_items, overdue_items
from hazard_desk.figures.gaps import gap_counts
from hazard_desk.figures.inbox.item import InboxItem, NextStep, Opens, in_order
from hazard_desk.figures.inbox.kinds import COPY, GAP, REPORT
from hazard_desk.figures.inbox.of_dates import dated_items, firm_items
from hazard_desk.figures.inbox.of_hazards import coming_hazards, hazard_items

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


def inbox(books: Books, unsafe: str = "") -> Inbox:
    """Read the inbox of the desk's today. ``unsafe`` says what no copy holds for days; '' where all is."""
    today, diary = books.today, Diary(books)
    coming = [item for item in due_items(books, today, today + _AHEAD, diary) if item.open]
    now = [item for item in coming if _is_of_today(item, today)]
    dated = [*overdue_items(books, None, diary), *now]
    put_off = books.postponed.standing()
    hidden = {key for row in put_off for key in row.what}
    found = [*hazard_items(books, dated), *dated_items(books, dated), *firm_items(books, dated, hidden)]
    found += _of_the_books(books, unsafe)
    waiting = [item for item in map(_keyed, found) if not hidden.issuperset(item.keys)]
    later = [item for item in coming if not _is_of_today(item, today)]
    return Inbox(
        in_order(waiting),
        _by_day(books, (item for item in later if item.date <= today + WEEK)),
        _by_day(books, (item for item in later if today + WEEK < item.date <= today + MONTH)),
        put_off,
    )


def _is_of_today(item: DueItem, today: date) -> bool:
    """Whether a coming day is told today: its day to remind of has come; a report is told for a week."""
    return item.remind_on <= today or (item.kind == REPORT.id and item.date <= today + WEEK)


def _keyed(item: InboxItem) -> InboxItem:
    """Give an item without a key of its own the one that says what waits, and how it stands."""
    stands = item.due or item.state or item.title
    return item if item.keys else replace(item, keys=(waiting_key(item.kind, item.record, stands),))


def _by_day(books: Books, dated: Iterable[DueItem]) -> list[InboxItem]:
    """Return coming things day by day."""
    coming = list(dated)
    found = [*coming_hazards(books, coming), *dated_items(books, coming), *firm_items(books, coming, ())]
    return sorted(map(_keyed, found), key=lambda item: (item.due or books.today, *item.order))


def _of_the_books(books: Books, unsafe: str) -> Iterator[InboxItem]:
    """Yield what the books themselves lack: facts that nobody told, a copy."""
    for one in gap_counts(books):
        title = f"{one.title}有{one.count}条记录内容不全"
        yield InboxItem(GAP.id, title, f"{one.ledger}/0", NextStep("去补填", Opens.GAPS, one.ledger))
    if unsafe:
        yield InboxItem(COPY.id, unsafe, "", NextStep("立即备份", Opens.COPY))
