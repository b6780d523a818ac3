"""Which days a progress form counts, in either reading."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.readings import Reading, Span, due_days, next_due, previous_due, span_of

STARTS, ENDS = date(2023, 5, 18), date(2023, 12, 31)
days = st.dates(date(2023, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("reading", "as_of", "first", "last"),
    [
        (Reading.CUMULATIVE, date(2023, 6, 28), STARTS, date(2023, 6, 28)),
        (Reading.MONTHLY, date(2023, 6, 28), date(2023, 5, 29), date(2023, 6, 28)),
        (Reading.MONTHLY, date(2023, 6, 29), date(2023, 6, 29), date(2023, 6, 29)),
        (Reading.MONTHLY, date(2023, 5, 28), STARTS, date(2023, 5, 28)),
        (Reading.MONTHLY, date(2024, 1, 10), date(2023, 12, 29), ENDS),
        (Reading.CUMULATIVE, date(2024, 1, 10), STARTS, ENDS),
    ],
)
def test_the_span_of_a_form(reading: Reading, as_of: date, first: date, last: date) -> None:
    assert span_of(reading, as_of, STARTS, ENDS, 28) == Span(first, last)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2023, 6, 27), date(2023, 5, 28), date(2023, 6, 28)),
        (date(2023, 6, 28), date(2023, 5, 28), date(2023, 6, 28)),
        (date(2023, 6, 29), date(2023, 6, 28), date(2023, 7, 28)),
        (date(2023, 12, 31), date(2023, 12, 28), date(2024, 1, 28)),
        (date(2024, 1, 1), date(2023, 12, 28), date(2024, 1, 28)),
    ],
)
def test_the_due_days_around_a_day(day: date, before: date, after: date) -> None:
    assert previous_due(day, 28) == before
    assert next_due(day, 28) == after


def test_both_ends_of_a_span_count() -> None:
    span = Span(STARTS, ENDS)
    assert STARTS in span
    assert ENDS in span
    assert STARTS - timedelta(1) not in span
    assert ENDS + timedelta(1) not in span
    assert None not in span


def test_the_due_days_of_a_campaign() -> None:
    found = [day.isoformat() for day in due_days(date(2023, 10, 28), date(2024, 1, 28), 28)]
    assert found == ["2023-10-28", "2023-11-28", "2023-12-28", "2024-01-28"]
    assert list(due_days(date(2023, 10, 29), date(2023, 11, 27), 28)) == []


@given(days, st.integers(1, 28))
def test_months_follow_each_other_without_gap_or_overlap(day: date, due_day: int) -> None:
    assert previous_due(day, due_day) < day <= next_due(day, due_day)
    assert next_due(previous_due(day, due_day) + timedelta(1), due_day) == next_due(day, due_day)


@given(st.integers(1, 28))
def test_the_months_sum_to_the_whole(due_day: int) -> None:
    spans = [span_of(Reading.MONTHLY, day, STARTS, ENDS, due_day) for day in due_days(STARTS, ENDS, due_day)]
    assert spans[0].first == STARTS
    for one, following in pairwise(spans):
        assert following.first == one.last + timedelta(1)
