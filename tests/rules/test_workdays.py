"""Working days, make-up days and the day to remind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.workdays import is_workday, known_year, remind_on, uncertain_note


@pytest.mark.parametrize(
    ("due", "remind"),
    [
        (date(2023, 5, 26), date(2023, 5, 26)),
        (date(2023, 5, 28), date(2023, 5, 26)),  # a Sunday
        (date(2023, 10, 28), date(2023, 10, 27)),  # a Saturday
        (date(2023, 10, 7), date(2023, 10, 7)),  # a Saturday worked for the National Day week
        (date(2023, 10, 5), date(2023, 9, 28)),  # within that week
        (date(2023, 6, 25), date(2023, 6, 25)),  # a Sunday worked for the Dragon Boat Festival
    ],
)
def test_the_reminder_is_on_the_last_working_day(due: date, remind: date) -> None:
    assert remind_on(due) == remind


def test_what_the_office_entered_comes_first() -> None:
    entered = {date(2023, 5, 26): True, date(2023, 5, 27): False}

    assert not is_workday(date(2023, 5, 26), entered)
    assert remind_on(date(2023, 5, 28), entered) == date(2023, 5, 27)


def test_a_year_that_is_not_known_falls_back_to_weekends_and_says_so() -> None:
    assert known_year(2023) and not known_year(2040)
    assert not is_workday(date(2040, 1, 1))  # a Sunday
    assert is_workday(date(2040, 10, 1))  # a Monday, though a holiday
    assert "2040年" in uncertain_note(2040)
    assert uncertain_note(2023) == ""
    assert uncertain_note(2040, {date(2040, 10, 1): True}) == ""


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)))
def test_a_reminder_is_a_working_day_with_none_between_it_and_the_due_day(due: date) -> None:
    remind = remind_on(due)

    assert is_workday(remind) and remind <= due
    between = (remind + timedelta(days=offset) for offset in range(1, (due - remind).days + 1))
    assert not any(is_workday(day) for day in between)


@given(st.dates(date(2004, 3, 1), date(2026, 12, 31)))
def test_a_month_marked_off_altogether_keeps_the_due_day(due: date) -> None:
    entered = {due - timedelta(days=offset): True for offset in range(60)}

    assert remind_on(due, entered) == due
