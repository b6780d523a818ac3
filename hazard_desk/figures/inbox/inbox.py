"""The inbox: everything that waits today, what comes in the next days, and what was put off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.books.postponed import PostponedRow, waiting_key
from hazard_desk.figures.dated import Diary, DueItem
from hazard_desk.figures.due import due_items, overdue_items
from hazard_desk.figures.gaps import gap_counts
from hazard_desk.figures.inbox.item import InboxItem, NextStep, Opens, in_order
from hazard_desk.figures.inbox.kinds import COPY, GAP, REPORT
from hazard_desk.figures.inbox.of_dates import dated_items, firm_items, other_plans
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
    coming, put_off = _coming(books, diary), books.postponed.standing()
    hidden = _keys(put_off)
    waiting = _waiting(books, diary, coming, today, hidden)
    copy = [InboxItem(COPY.id, unsafe, "", NextStep("立即备份", Opens.COPY))] if unsafe else []
    later = [item for item in coming if not _is_of_today(item, today)]
    return Inbox(
        in_order([*waiting, *_shown(copy, hidden)]),
        _by_day(books, (item for item in later if item.date <= today + WEEK), hidden),
        _by_day(books, (item for item in later if today + WEEK < item.date <= today + MONTH), hidden),
        put_off,
    )


def new_tomorrow(books: Books) -> list[InboxItem]:
    """Return what waits tomorrow and does not today: its day has come, or it was put off until then."""
    diary, put_off = Diary(books), books.postponed.standing()
    coming, tomorrow = _coming(books, diary), books.today + timedelta(days=1)
    seen = {key for item in _waiting(books, diary, coming, books.today, _keys(put_off)) for key in item.keys}
    still = _keys([row for row in put_off if row.until is None or row.until > tomorrow])
    waiting = _waiting(books, diary, coming, tomorrow, still)
    return in_order([item for item in waiting if not seen.issuperset(item.keys)])


def _coming(books: Books, diary: Diary) -> list[DueItem]:
    """Return what falls due from today on and is still to be done."""
    return [item for item in due_items(books, books.today, books.today + _AHEAD, diary) if item.open]


def _waiting(
    books: Books, diary: Diary, coming: Iterable[DueItem], day: date, hidden: set[str]
) -> list[InboxItem]:
    """Return what waits on ``day``, today or tomorrow, without what is ``hidden``."""
    dated = [*overdue_items(books, None, diary), *(item for item in coming if _is_of_today(item, day))]
    found = [*hazard_items(books, dated), *dated_items(books, dated), *firm_items(books, dated, hidden)]
    return _shown((*found, *other_plans(books), *_gaps(books)), hidden)


def _keys(rows: Iterable[PostponedRow]) -> set[str]:
    return {key for row in rows for key in row.what}


def _shown(items: Iterable[InboxItem], hidden: set[str]) -> list[InboxItem]:
    return [item for item in map(_keyed, items) if not hidden.issuperset(item.keys)]


def _is_of_today(item: DueItem, today: date) -> bool:
    """Whether a coming day is told today: its day to remind of has come; a report is told for a week."""
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
