"""Dates as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.dates import parse_date, said_day, show_date, show_moment, with_dates_written
from hazard_desk.rules.phrases.points import months_later

DAY = date(2023, 5, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-18",
        "2023-5-18",
        "2023.5.18",
        "2023/05/18",
        "2023年5月18日",
        "2023年05月18号",
        " 2023 年 5 月 18 日 ",
        "20230518",
        "２０２３．５．１８",
        "5月18日",
        "5-18",
        "5.18",
        "05/18",
    ],
)
def test_the_ways_to_write_one_day(text):
    assert parse_date(text, 2023) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "明天",
        "2023-02-29",
        "2023-13-01",
        "2023-05",
        "5月",
        "0000-01-01",
        "2023-05-18 09:30",
        "18/5/2023",
        "x5.18",
    ],
)
def test_what_is_no_day_is_not_guessed(text):
    assert parse_date(text, 2023) is None


def test_29_february_asks_the_year():
    assert parse_date("2月29日", 2023) is None
    assert parse_date("2月29日", 2024) == date(2024, 2, 29)


@given(st.dates(min_value=date(1, 1, 1)))
def test_written_dates_read_back(day):
    assert parse_date(day.isoformat(), 2023) == day
    if day.year >= 1000:
        assert parse_date(show_date(day), 2023) == day


@given(st.text(st.characters()))
def test_any_text_is_a_day_or_none(text):
    assert parse_date(text, 2023) is None or isinstance(parse_date(text, 2023), date)


def test_papers_and_tables():
    assert show_date(date(2023, 5, 8)) == "2023年5月8日"
    assert show_date(None) == ""
    assert show_moment(datetime(2023, 5, 8, 9, 5, 30)) == "2023-05-08 09:05"


def test_months_later_stays_within_the_shorter_month():
    assert months_later(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_later(DAY, -1) == date(2023, 4, 18)


@pytest.mark.parametrize(
    ("said", "today", "ahead", "day"),
    [
        ("今天", date(2026, 3, 1), False, date(2026, 3, 1)),
        ("昨天", date(2026, 3, 1), False, date(2026, 2, 28)),
        ("31", date(2026, 3, 1), False, date(2026, 1, 31)),
        ("1号", date(2026, 3, 1), True, date(2026, 3, 1)),
        ("30", date(2026, 2, 1), True, date(2026, 3, 30)),
        ("12.25", date(2026, 1, 4), False, date(2025, 12, 25)),
        ("1.5", date(2026, 12, 20), True, date(2027, 1, 5)),
        ("6.5", date(2026, 6, 1), False, date(2026, 6, 5)),
        ("2026-12-25", date(2026, 1, 4), False, date(2026, 12, 25)),
        ("32", date(2026, 3, 1), False, None),
        ("0", date(2026, 3, 1), False, None),
        ("2.30", date(2026, 3, 1), False, None),
        ("红星超市", date(2026, 3, 1), False, None),
        ("", date(2026, 3, 1), False, None),
    ],
)
def test_a_day_as_somebody_says_it(said, today, ahead, day):
    assert said_day(said, today, ahead) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("大前天", date(2023, 5, 29)),
        ("上周五", date(2023, 5, 26)),
        ("上星期天", date(2023, 5, 28)),
        ("本周一", date(2023, 5, 29)),
        ("下周一", date(2023, 6, 5)),
    ],
)
def test_days_of_the_week_that_she_says(text, day):
    assert said_day(text, date(2023, 6, 1)) == day


def test_the_days_of_a_sentence_are_written_as_papers_write_them() -> None:
    said = "应急办（2023-10-18）；时限2023-05-31已过，编号2023-13-45、123-2023-05-180"
    told = "应急办（2023年10月18日）；时限2023年5月31日已过，编号2023-13-45、123-2023-05-180"
    assert with_dates_written(said) == told
