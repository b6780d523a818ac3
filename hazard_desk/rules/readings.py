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


def span_of(reading: Reading, as_of: date, starts_on: date, ends_on: date, due_day: int) -> Span:
    """Return the days that count: never before the plan begins or after it ends."""
    first = starts_on
    if reading is Reading.MONTHLY:
        first = max(first, previous_due(as_of, due_day) + timedelta(days=1))
    return Span(first, min(as_of, ends_on))


def previous_due(day: date, due_day: int) -> date:
    """Return the last due day of a month before ``day``."""
    this = day.replace(day=due_day)
    return this if this < day else months_later(this, -1)


def next_due(day: date, due_day: int) -> date:
    """Return the first due day of a month on or after ``day``."""
    this = day.replace(day=due_day)
    return this if this >= day else months_later(this, 1)


def due_days(first: date, last: date, due_day: int) -> Iterator[date]:
    """Yield the due days of the months from ``first`` to ``last``, both included."""
    day = next_due(first, due_day)
    while day <= last:
        yield day
        day = months_later(day, 1)
