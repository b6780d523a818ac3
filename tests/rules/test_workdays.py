"""Working days, make-up days and the day to remind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.workdays import (
    DayMark,
    Rest,
    day_mark,
    is_workday,
    known_year,
    remind_on,
    rests,
    uncertain_note,
)


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


REST = {date(2040, 1, day): True for day in (2, 3, 4)}
NAMED = dict.fromkeys(REST, "春节")


class TestRests:
    def test_the_holidays_of_a_year_as_the_law_sets_them(self) -> None:
        found = rests(date(2023, 1, 1), date(2023, 12, 31))
        assert [(rest.name, rest.first.isoformat(), rest.last.isoformat()) for rest in found] == [
            ("春节", "2023-01-21", "2023-01-27"),
            ("清明节", "2023-04-05", "2023-04-05"),
            ("劳动节", "2023-04-29", "2023-05-03"),
            ("端午节", "2023-06-22", "2023-06-24"),
            ("中秋节、国庆节", "2023-09-29", "2023-10-06"),
            ("元旦", "2023-12-30", "2023-12-31"),
        ]

    def test_one_under_way_on_the_first_day_began_before(self) -> None:
        assert rests(date(2023, 6, 23), date(2023, 6, 30)) == []
        (whole,) = rests(date(2023, 6, 22), date(2023, 6, 23))
        assert (whole.first, whole.last) == (date(2023, 6, 22), date(2023, 6, 23))

    def test_as_the_office_entered_them(self) -> None:
        (rest,) = rests(date(2040, 1, 1), date(2040, 1, 31), REST, NAMED)
        assert rest == Rest("春节", date(2040, 1, 2), date(2040, 1, 4))
        assert rests(date(2040, 1, 1), date(2040, 1, 31), REST) == [], "days off without a name are none"

    def test_a_day_between_parts_two_rests(self) -> None:
        entered = {date(2040, 1, 2): True, date(2040, 1, 3): False, date(2040, 1, 4): True}
        found = rests(date(2040, 1, 1), date(2040, 1, 31), entered, dict.fromkeys(entered, "春节"))
        assert [(rest.first.day, rest.last.day) for rest in found] == [(2, 2), (4, 4)]

    def test_two_holidays_that_follow_each_other_are_one_rest(self) -> None:
        names = {date(2040, 1, 2): "中秋节", date(2040, 1, 3): "国庆节、中秋节", date(2040, 1, 4): "国庆节"}
        (rest,) = rests(date(2040, 1, 1), date(2040, 1, 31), REST, names)
        assert rest.name == "中秋节、国庆节"

    def test_a_day_of_a_holiday_that_is_worked_is_none_of_it(self) -> None:
        found = rests(date(2023, 6, 1), date(2023, 6, 30), {date(2023, 6, 22): False})
        assert [(rest.first.day, rest.last.day) for rest in found] == [(23, 24)]


def test_what_a_guessed_year_is_told_of() -> None:
    assert uncertain_note(2040) == (
        "2040年的放假安排尚未收录，暂按周六、周日休息推算，请补录该年的节假日和调休上班日。"
    )
    assert uncertain_note(2041, {date(2040, 10, 1): True}) != ""


def test_the_longest_rest_looked_back_over_is_a_month() -> None:
    off = {date(2023, 3, 31) - timedelta(days=back): True for back in range(31)}
    assert remind_on(date(2023, 3, 31), off) == date(2023, 3, 31)
    del off[date(2023, 3, 1)]
    assert remind_on(date(2023, 3, 31), off) == date(2023, 3, 1)


@pytest.mark.parametrize("weekday", range(7))
def test_a_week_that_nothing_is_known_of(weekday: int) -> None:
    monday = date(2040, 10, 1)
    assert is_workday(monday + timedelta(days=weekday)) == (weekday < 5)


def test_holidays_weekends_and_make_up_days() -> None:
    assert day_mark(date(2023, 6, 22)) == DayMark(False, "休", "端午")
    assert day_mark(date(2023, 6, 24)) == DayMark(False, "休", "端午"), "a Saturday within the holiday"
    assert day_mark(date(2023, 6, 25)) == DayMark(True, "班"), "a Sunday to be worked"
    assert day_mark(date(2023, 6, 17)) == DayMark(False)
    assert day_mark(date(2023, 6, 15)) == DayMark(True)


def test_what_the_office_entered_is_marked_first() -> None:
    entered = {date(2023, 6, 15): True, date(2023, 6, 17): False, date(2023, 6, 22): False}
    assert day_mark(date(2023, 6, 15), entered) == DayMark(False, "休")
    assert day_mark(date(2023, 6, 17), entered) == DayMark(True, "班")
    assert day_mark(date(2023, 6, 22), entered) == DayMark(True)


def test_a_year_that_is_not_known_has_weekends_only() -> None:
    assert day_mark(date(2040, 10, 1)) == DayMark(True), "a Monday"
    assert day_mark(date(2040, 10, 6)) == DayMark(False)


def test_a_make_up_day_and_a_plain_weekday() -> None:
    assert day_mark(date(2023, 9, 29)) == DayMark(False, "休", "中秋")
    assert day_mark(date(2023, 10, 7)) == DayMark(True, "班"), "a Saturday to be worked"
    assert day_mark(date(2023, 10, 9)) == DayMark(True)
    assert day_mark(date(2023, 10, 14)) == DayMark(False)
    assert DayMark(True) == DayMark(True, "", "")


def test_a_weekend_that_the_office_marks_off_is_marked() -> None:
    entered = {date(2023, 6, 18): True, date(2040, 10, 1): True, date(2040, 10, 6): False}
    assert day_mark(date(2023, 6, 18), entered) == DayMark(False, "休")
    assert day_mark(date(2040, 10, 1), entered) == DayMark(False, "休")
    assert day_mark(date(2040, 10, 6), entered) == DayMark(True, "班")
