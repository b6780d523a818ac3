"""Holidays and make-up days as a wall calendar marks them."""

from __future__ import annotations

from datetime import date

from hazard_desk.rules.workdays import DayMark, day_mark


def test_holidays_weekends_and_make_up_days() -> None:
    assert day_mark(date(2023, 6, 22)) == DayMark(False, "休", "端午")
    assert day_mark(date(2023, 6, 24)) == DayMark(False, "休", "端午"), "a Saturday within the holiday"
    assert day_mark(date(2023, 6, 25)) == DayMark(True, "班"), "a Sunday to be worked"
    assert day_mark(date(2023, 6, 17)) == DayMark(False)
    assert day_mark(date(2023, 6, 15)) == DayMark(True)


def test_what_the_office_entered_comes_first() -> None:
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
