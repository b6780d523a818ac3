"""The calendar of a span of days: what falls due, the stages, and which days are worked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.board import StageView, stage_views
from hazard_desk.figures.dated import DUE_KINDS, DueItem
from hazard_desk.figures.due import due_items
from hazard_desk.figures.once import reading_once
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.phrases.points import month_end
from hazard_desk.rules.workdays import DayMark, day_mark

FILTERS = (
    Field("people", "人员", Kind.NAMES),
    Field("units", "单位", Kind.NAMES),
    Field("kind_label", "种类", Kind.CHOICE, choices=tuple(DUE_KINDS.values())),
)
"""What the items of a calendar can be narrowed by."""


@dataclass(frozen=True)
class Calendar:
    """A span of days, both ends included. ``note`` warns where holidays are only guessed, else ''."""

    first: date
    last: date
    today: date
    items: list[DueItem]
    stages: list[StageView]
    marks: dict[date, DayMark]
    note: str


def month_span(day: date) -> tuple[date, date]:
    """Return the Monday on or before the first of the month and the Sunday on or after its last."""
    first, last = day.replace(day=1), month_end(day.year, day.month)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


@reading_once
def calendar(books: Books, first: date, last: date) -> Calendar:
    """Read the calendar from ``first`` to ``last``; the number of queries does not depend on the days."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    holidays = books.holidays.days()
    return Calendar(
        first,
        last,
        books.today,
        due_items(books, first, last),
        stage_views(books),
        {day: day_mark(day, holidays) for day in days},
        "".join(books.holidays.notes(range(first.year, last.year + 1))),
    )


def narrowed(items: Iterable[DueItem], where: Mapping[str, str]) -> list[DueItem]:
    """Return the items that have all the values of ``where``, which are named by ``FILTERS``."""
    return [item for item in items if all(value in _values(item, name) for name, value in where.items())]


def choices(items: Iterable[DueItem]) -> dict[str, list[str]]:
    """Return the people and units that the items name, to choose from."""
    found = list(items)
    return {name: sorted({value for item in found for value in _values(item, name)}) for name in _OPEN}


_OPEN = tuple(field.name for field in FILTERS if not field.choices)


def _values(item: DueItem, name: str) -> tuple[str, ...]:
    value = getattr(item, name)
    return (value,) if isinstance(value, str) else value
