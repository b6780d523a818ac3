"""Which copies of a place are kept: many of the last days, few of the past years.

All of the last 7 days; of each week of a quarter, each month of a year and each year before that, one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

DAYS, QUARTER, YEAR = 7, 91, 365
"""Age in days up to which all copies, one a week and one a month are kept."""


@dataclass(frozen=True)
class Dated:
    """What the rule asks of a copy: its name, when it was made, up to which act, and whether it is sound."""

    name: str
    at: datetime
    act: int
    sound: bool


def to_keep(copies: Iterable[Dated], today: date) -> set[str]:
    """Return the names of the copies that stay.

    Of each week, month and year the newest sound copy stays; one with faults only where there is no sound
    one. The newest copy and the sound copy with the most acts always stay, and all that are dated later than
    today: a clock that was set back must cost no copy.
    """
    newest_first = sorted(copies, key=lambda copy: (copy.at, copy.act, copy.name), reverse=True)
    kept = {copy.name for copy in newest_first[:1]}
    sound = [copy for copy in newest_first if copy.sound]
    if sound:
        kept.add(max(sound, key=lambda copy: (copy.act, copy.at)).name)
    spans: set[Hashable] = set()
    for copy in [*sound, *(copy for copy in newest_first if not copy.sound)]:
        span = _span(copy.at.date(), today)
        if span is None or span not in spans:
            kept.add(copy.name)
            spans.add(span)
    return kept


def _span(day: date, today: date) -> Hashable:
    """Return the span of which one copy is kept; None in the last days, of which all are."""
    age = (today - day).days
    if age < DAYS:
        return None
    if age <= QUARTER:
        return ("week", *day.isocalendar()[:2])
    return (day.year, day.month) if age <= YEAR else day.year
