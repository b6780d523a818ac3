"""What the clerk is to be reminded of today: what is overdue, what is due, what is to be begun in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.due import Diary, DueItem, due_items, overdue_items

_AHEAD = timedelta(days=31)
"""No rest is longer: whatever is to be reminded of today falls due within these days."""


def reminders(books: Books) -> list[DueItem]:
    """Return what to remind of today: ``of_today``, then the overdue, the longest first."""
    today, diary = books.today, Diary(books)
    coming = due_items(books, today, today + _AHEAD, diary)
    return [*of_today(coming, today), *overdue_items(books, diary=diary)]


def of_today(items: Iterable[DueItem], today: date) -> list[DueItem]:
    """Return those open items that fall due today, or later but whose day to remind of has come."""
    return [item for item in items if item.open and item.date >= today and item.remind_on <= today]
