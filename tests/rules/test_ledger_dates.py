"""Dates as people type them in ledgers: facts, and deadlines, which are read as those of plans are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.dates import read_ledger_date
from hazard_desk.rules.fields import Field, Kind, read_all

TODAY, FOUND = date(2023, 6, 1), date(2023, 5, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-18",
        "2023.5.18",
        "2023.5.18.",
        "2023/5/18",
        "23/5/18",
        "23.5.18",
        "23-05-18",
        "23年5月18日",
        "2023年5月18日",
        "2023年5月18",
        "2023、5、18",
        "20230518",
        "5.18",
        "5-18",
        "5月18日",
        "5月18号",
        "二〇二三年五月十八日",
        "五月十八日",
        "45064",
        "45064.0",
        "2023-05-18 00:00:00",
        "2023年5月18日（星期四）",
        "５月１８日",
    ],
)
def test_the_ways_to_type_one_day(text: str) -> None:
    assert read_ledger_date(text, TODAY) == (FOUND, "")


@pytest.mark.parametrize("text", ["5月18日上午", "2023-05-18 09:30", "2023年5月18日下午3时", "5月18日9点半"])
def test_the_hour_is_kept_beside_the_day(text: str) -> None:
    assert read_ledger_date(text, TODAY) == (FOUND, text)


@pytest.mark.parametrize(
    "text",
    [
        "2023年5月",
        "5月底",
        "立即整改",
        "一周内",
        "5月18日、20日",
        "5月18日-20日",
        "2023年2月30日",
        "18/5/2023",
        "2023年5月18日（星期五）",
        "已整改",
        "12345",
        "99/5/18",
    ],
)
def test_a_fact_without_a_day_has_only_its_words(text: str) -> None:
    assert read_ledger_date(text, TODAY, FOUND) == (None, text)


@pytest.mark.parametrize("text", ["", " ", "—", "/", "无"])
def test_an_empty_cell_says_nothing(text: str) -> None:
    assert read_ledger_date(text, TODAY, FOUND, deadline=True) == (None, "")


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("2023-05-31", date(2023, 5, 31), ""),
        ("5月31日前", date(2023, 5, 31), ""),
        ("5月31日前完成整改", date(2023, 5, 31), ""),
        ("10月底", date(2023, 10, 31), "10月底"),
        ("9月20日前", date(2023, 9, 20), ""),
        ("2023年10月", date(2023, 10, 31), "2023年10月"),
        ("立即整改", FOUND, "立即整改"),
        ("当日", FOUND, "当日"),
        ("一周内", date(2023, 5, 25), "一周内"),
        ("15日内", date(2023, 6, 2), "15日内"),
        ("限期7天", None, "限期7天"),
        ("长期坚持", None, "长期坚持"),
        ("每月底", None, "每月底"),
        ("4月底", None, "4月底"),  # before it was found
        ("立行立改", None, "立行立改"),
    ],
)
def test_a_deadline_is_read_as_those_of_plans_are(text: str, day: date | None, words: str) -> None:
    assert read_ledger_date(text, TODAY, FOUND, deadline=True) == (day, words)


def test_without_the_day_it_counts_from_there_is_no_date() -> None:
    assert read_ledger_date("一周内", TODAY, deadline=True) == (None, "一周内")
    assert read_ledger_date("当日", TODAY) == (None, "当日")


FIELDS = (
    Field("deadline", "整改时限", Kind.DATE, since="found_on"),
    Field("found_on", "发现日期", Kind.DATE, required=True),
    Field("funds", "整改资金", Kind.NUMBER, unit="万元"),
)


def test_a_deadline_counts_from_the_day_that_its_field_names() -> None:
    values = read_all(FIELDS, {"found_on": "5.18", "deadline": "一周内", "funds": "3000元"}, TODAY)

    assert values == {"deadline": date(2023, 5, 25), "found_on": FOUND, "funds": 0.3}
    assert list(values) == ["deadline", "found_on", "funds"]


def test_a_field_tells_the_words_beside_its_value() -> None:
    deadline, found, funds = FIELDS

    assert deadline.words("10月底", TODAY) == "10月底"
    assert deadline.words("2023-10-31", TODAY) == ""
    assert found.words("2023年5月", TODAY) == "2023年5月"
    assert funds.words("约2万元", TODAY) == "约2万元"
    assert funds.words("2", TODAY) == "" and deadline.words(date(2023, 5, 18), TODAY) == ""


def test_a_dash_is_no_date_and_no_number() -> None:
    assert read_all(FIELDS, {"found_on": FOUND, "deadline": "—", "funds": "/"}, TODAY)["funds"] is None
    with pytest.raises(Refused, match="请填写“发现日期”"):
        FIELDS[1].read("—", TODAY)


@given(st.text(), st.booleans(), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_and_nothing_typed_is_lost(text: str, deadline: bool, start: date | None) -> None:
    day, words = read_ledger_date(text, TODAY, start, deadline=deadline)

    assert day is None or isinstance(day, date)
    assert words in ("", text.strip())


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_typed_day_reads_back(day: date) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    short = f"{day.year % 100:02}/{day.month}/{day.day}"
    for text in (day.isoformat(), serial, short, f"{day.year}年{day.month}月{day.day}日前"):
        assert read_ledger_date(text, TODAY, deadline=True) == (day, "")
