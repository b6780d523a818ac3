"""统计口径: which days a progress form counts, in either reading of its notes.

“截至当月28日的累计情况” (S2) counts from the plan's first day; “当月的累计情况” (S4) counts one month, which
begins the day after the day on which the last form was due, so that the months sum to the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hazard_desk.rules.phrases.points import months_later


class Reading(StrEnum):
    """What a form counts; the words are what the clerk reads."""

    CUMULATIVE = "累计"
    MONTHLY = "当月"


@dataclass(frozen=True)
class Span:
    """From a first day to a last one, both included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def span_of(
    reading: Reading, as_of: date, starts_on: date, ends_on: date, due_day: int, every: int = 1
) -> Span:
    """Return the days that count: never before the plan begins or after it ends."""
    first = starts_on
    if reading is Reading.MONTHLY:
        first = max(first, previous_due(as_of, due_day, every) + timedelta(days=1))
    return Span(first, min(as_of, ends_on))


# A form is due on a day of each month; one that is due ``every`` 3 months, in the last of each quarter


def previous_due(day: date, due_day: int, every: int = 1) -> date:
    """Return the last due day before ``day``."""
    this = _due_of(day, due_day, every)
    return this if this < day else months_later(this, -every)


def next_due(day: date, due_day: int, every: int = 1) -> date:
    """Return the first due day on or after ``day``."""
    this = _due_of(day, due_day, every)
    return this if this >= day else months_later(this, every)


def due_days(first: date, last: date, due_day: int, every: int = 1) -> Iterator[date]:
    """Yield the due days from ``first`` to ``last``, both included."""
    day = next_due(first, due_day, every)
    while day <= last:
        yield day
        day = months_later(day, every)


def _due_of(day: date, due_day: int, every: int) -> date:
    """The due day of the months, ``every`` of them, in which a day lies."""
    return date(day.year, -(-day.month // every) * every, due_day)
