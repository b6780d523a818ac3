"""A duty's rule becomes its occurrences within the campaign."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.recurrence import check_rule, occurrences, period_of
from hazard_desk.rules.repeats import Repeat

MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=-1"
QUARTERLY = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
HALF_YEARLY = "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"
YEARLY = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"
STARTS, ENDS = date(2023, 5, 18), date(2023, 12, 31)


def seen(rrule: str, period: str, starts: date = STARTS, ends: date = ENDS) -> list[tuple[str, str, str]]:
    found = occurrences(rrule, period, starts, ends)
    return [(each.period, each.starts.isoformat(), each.due.isoformat()) for each in found]


def test_monthly_begins_with_the_month_under_way() -> None:
    found = seen(MONTHLY, "month")

    assert len(found) == 8
    assert found[0] == ("2023年5月", "2023-05-18", "2023-05-31")
    assert found[1] == ("2023年6月", "2023-06-01", "2023-06-30")
    assert found[-1] == ("2023年12月", "2023-12-01", "2023-12-31")


def test_quarters_halves_and_the_year() -> None:
    assert seen(QUARTERLY, "quarter") == [
        ("2023年第二季度", "2023-05-18", "2023-06-30"),
        ("2023年第三季度", "2023-07-01", "2023-09-30"),
        ("2023年第四季度", "2023-10-01", "2023-12-31"),
    ]
    assert seen(HALF_YEARLY, "half") == [
        ("2023年上半年", "2023-05-18", "2023-06-30"),
        ("2023年下半年", "2023-07-01", "2023-12-31"),
    ]
    assert seen(YEARLY, "year") == [("2023年", "2023-05-18", "2023-12-31")]


def test_several_due_days_of_one_period_share_it_without_overlap() -> None:
    """Done by the tenth is done for the tenth and no other; the last takes the rest of the month."""
    found = occurrences("FREQ=MONTHLY;BYMONTHDAY=10,20", "month", date(2023, 6, 1), date(2023, 7, 31))

    assert [(one.starts.isoformat(), one.due.isoformat(), one.ends.isoformat()) for one in found] == [
        ("2023-06-01", "2023-06-10", "2023-06-10"),
        ("2023-06-11", "2023-06-20", "2023-06-30"),
        ("2023-07-01", "2023-07-10", "2023-07-10"),
        ("2023-07-11", "2023-07-20", "2023-07-31"),
    ]


def test_of_several_due_days_those_before_the_campaign_are_left_out() -> None:
    found = occurrences("FREQ=MONTHLY;BYMONTHDAY=10,20,29", "month", date(2023, 6, 15), date(2023, 6, 25))

    assert [(one.starts, one.due, one.ends) for one in found] == [
        (date(2023, 6, 15), date(2023, 6, 20), date(2023, 6, 25))
    ]


def test_two_weekdays_of_one_week() -> None:
    found = occurrences("FREQ=WEEKLY;BYDAY=MO,TH", "week", date(2023, 6, 5), date(2023, 6, 11))

    assert [(one.starts.day, one.due.day, one.ends.day) for one in found] == [(5, 5, 5), (6, 8, 11)]


def test_a_period_whose_day_has_passed_is_left_out() -> None:
    found = seen("FREQ=MONTHLY;BYMONTHDAY=28", "month", starts=date(2023, 5, 30))

    assert found[0] == ("2023年6月", "2023-06-01", "2023-06-28")


def test_the_first_and_the_last_day_of_the_campaign_count() -> None:
    assert seen("FREQ=MONTHLY;BYMONTHDAY=18", "month", ends=date(2023, 6, 18)) == [
        ("2023年5月", "2023-05-18", "2023-05-18"),
        ("2023年6月", "2023-06-01", "2023-06-18"),
    ]


def test_a_period_cut_short_by_the_end_of_the_campaign_falls_due_at_that_end() -> None:
    assert seen(MONTHLY, "month", ends=date(2023, 12, 20))[-1] == ("2023年12月", "2023-12-01", "2023-12-20")
    assert seen(YEARLY, "year", ends=date(2023, 11, 30)) == [("2023年", "2023-05-18", "2023-11-30")]


def test_a_fixed_day_beyond_the_end_of_the_campaign_does_not_come() -> None:
    found = seen("FREQ=MONTHLY;BYMONTHDAY=28", "month", ends=date(2023, 12, 20))

    assert found[-1][0] == "2023年11月"


def test_weekly_with_a_time() -> None:
    found = occurrences("FREQ=WEEKLY;BYDAY=TH", "week", date(2023, 6, 12), date(2023, 6, 30), time(12))

    assert [each.period for each in found] == [
        "2023年第24周（6月15日）",
        "2023年第25周（6月22日）",
        "2023年第26周（6月29日）",
    ]
    assert found[0].starts == date(2023, 6, 12)
    assert {each.time for each in found} == {time(12)}


def test_a_campaign_of_three_years() -> None:
    found = seen(YEARLY, "year", date(2024, 4, 15), date(2026, 12, 31))

    assert [each[0] for each in found] == ["2024年", "2025年", "2026年"]


def test_once_is_the_end_of_the_campaign_or_the_day_of_the_rule() -> None:
    assert seen("", "once") == [("行动期间", "2023-05-18", "2023-12-31")]
    assert seen("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", "once") == [("行动期间", "2023-05-18", "2023-06-30")]
    assert seen("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=12", "once") == []


@pytest.mark.parametrize(
    "rrule",
    [
        "",
        "每月",
        "FREQ=SECONDLY;BYDAY=MO",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;INTERVAL=0;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=1;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=1;FREQ=MONTHLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYMONTHDAY=1\nRDATE:20230601",
    ],
)
def test_a_malformed_rule_is_refused_by_name(rrule: str) -> None:
    with pytest.raises(Refused) as refused:
        occurrences(rrule, "month", STARTS, ENDS)

    assert f"“{rrule}”" in refused.value.message


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(Refused, match="fortnight"):
        occurrences(MONTHLY, "fortnight", STARTS, ENDS)


@given(st.text())
def test_a_rule_of_any_text_is_refused_or_understood(text: str) -> None:
    try:
        check_rule(text)
    except Refused as refused:
        assert refused.field == "rrule"


def one(first: int, last: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.just(()) | st.tuples(st.integers(first, last))


repeats = st.one_of(
    st.builds(Repeat, st.sampled_from(["week", "two_weeks"]), one(1, 7)),
    st.builds(Repeat, st.just("month"), one(1, 31)),
    st.builds(Repeat, st.sampled_from(["two_months", "quarter", "half", "year"])),
    st.builds(Repeat, st.just("year"), one(1, 28), st.integers(1, 12).map(lambda month: (month,))),
)
spans = st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))


@given(repeats, spans)
def test_every_period_that_ends_within_the_campaign_has_exactly_one_occurrence(
    repeat: Repeat, span: tuple[date, int]
) -> None:
    starts, ends = span[0], span[0] + timedelta(days=span[1])

    found = occurrences(repeat.rrule, repeat.every, starts, ends)

    names = [each.period for each in found]
    assert len(set(names)) == len(names)
    assert all(starts <= each.starts <= each.due <= ends for each in found)
    assert [each.due for each in found] == sorted(each.due for each in found)
    whole = {period_of(starts + timedelta(days=offset), repeat.every) for offset in range(span[1] + 1)}
    inside = {period for period in whole if starts <= period[0] and period[1] <= ends}
    assert inside <= {period_of(each.due, repeat.every) for each in found}


@pytest.mark.parametrize(
    ("rrule", "message"),
    [
        ("", "重复规则“”的写法有误：应以“名称=值”逐项写明，并写有 FREQ"),
        ("BYDAY=MO", "重复规则“BYDAY=MO”的写法有误：应以“名称=值”逐项写明，并写有 FREQ"),
        (
            "FREQ=DAILY;FREQ=DAILY",
            "重复规则“FREQ=DAILY;FREQ=DAILY”的写法有误：应以“名称=值”逐项写明，并写有 FREQ",
        ),
        ("FREQ=HOURLY", "重复规则“FREQ=HOURLY”中的“FREQ=HOURLY”不能识别"),
        ("FREQ=DAILY,WEEKLY", "重复规则“FREQ=DAILY,WEEKLY”中的“FREQ=DAILY,WEEKLY”不能识别"),
        ("FREQ=DAILY;INTERVAL=1,2", "重复规则“FREQ=DAILY;INTERVAL=1,2”中的“INTERVAL=1,2”不能识别"),
        ("FREQ=DAILY;INTERVAL=100", "重复规则“FREQ=DAILY;INTERVAL=100”中的“INTERVAL=100”不能识别"),
        ("FREQ=DAILY;UNTIL=20230601", "重复规则“FREQ=DAILY;UNTIL=20230601”中的“UNTIL=20230601”不能识别"),
        ("FREQ=DAILY;x", "重复规则“FREQ=DAILY;x”中的“x=”不能识别"),
        (
            "FREQ=YEARLY;BYMONTH=13;BYDAY=MO",
            "重复规则“FREQ=YEARLY;BYMONTH=13;BYDAY=MO”中的“BYMONTH=13”不能识别",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "重复规则“FREQ=MONTHLY;BYMONTHDAY=0”中的“BYMONTHDAY=0”不能识别"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,", "重复规则“FREQ=MONTHLY;BYMONTHDAY=1,”中的“BYMONTHDAY=1,”不能识别"),
        ("FREQ=MONTHLY;BYDAY=6MO", "重复规则“FREQ=MONTHLY;BYDAY=6MO”中的“BYDAY=6MO”不能识别"),
        ("FREQ=MONTHLY;BYMONTHDAY=１", "重复规则“FREQ=MONTHLY;BYMONTHDAY=１”中的“BYMONTHDAY=１”不能识别"),
        ("FREQ=WEEKLY", "重复规则“FREQ=WEEKLY”没有写明在哪一天，请用 BYMONTHDAY 或 BYDAY 写明"),
        (
            "FREQ=YEARLY;BYMONTH=6",
            "重复规则“FREQ=YEARLY;BYMONTH=6”没有写明在哪一天，请用 BYMONTHDAY 或 BYDAY 写明",
        ),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "重复规则“FREQ=WEEKLY;BYMONTHDAY=3”按周重复，不能写 BYMONTHDAY"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "重复规则“FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30”写的日期不存在",
        ),
        (
            "FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=-31",
            "重复规则“FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=-31”写的日期不存在",
        ),
    ],
)
def test_what_is_wrong_with_a_rule(rrule: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        check_rule(rrule)
    assert (refused.value.message, refused.value.field) == (message, "rrule")


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=99",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=MONTHLY;BYDAY=-5SU,5FR",
        "FREQ=MONTHLY;BYMONTHDAY=31,-31,10,20",
        "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-29,30",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=1MO",
    ],
)
def test_rules_that_can_happen(rrule: str) -> None:
    check_rule(rrule)


def test_an_unknown_period_names_itself() -> None:
    with pytest.raises(Refused) as refused:
        period_of(STARTS, "fortnight")
    assert (refused.value.message, refused.value.field) == ("周期“fortnight”不能识别", "period")


@pytest.mark.parametrize(
    ("day", "period", "first", "last"),
    [
        (date(2023, 6, 15), "day", date(2023, 6, 15), date(2023, 6, 15)),
        (date(2023, 6, 12), "week", date(2023, 6, 12), date(2023, 6, 18)),
        (date(2023, 6, 18), "week", date(2023, 6, 12), date(2023, 6, 18)),
        (date(2024, 2, 10), "month", date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 3, 31), "quarter", date(2023, 1, 1), date(2023, 3, 31)),
        (date(2023, 4, 1), "quarter", date(2023, 4, 1), date(2023, 6, 30)),
        (date(2023, 12, 1), "quarter", date(2023, 10, 1), date(2023, 12, 31)),
        (date(2023, 6, 30), "half", date(2023, 1, 1), date(2023, 6, 30)),
        (date(2023, 7, 1), "half", date(2023, 7, 1), date(2023, 12, 31)),
        (date(2023, 1, 1), "year", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_the_period_that_holds_a_day(day: date, period: str, first: date, last: date) -> None:
    assert period_of(day, period) == (first, last)


@pytest.mark.parametrize(
    ("rrule", "period", "names"),
    [
        ("FREQ=DAILY", "day", ["2023年6月29日", "2023年6月30日", "2023年7月1日"]),
        ("FREQ=WEEKLY;BYDAY=FR", "week", ["2023年第26周（6月30日）"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "month", ["2023年6月", "2023年7月"]),
        (QUARTERLY, "quarter", ["2023年第二季度", "2023年第三季度"]),
        (HALF_YEARLY, "half", ["2023年上半年", "2023年下半年"]),
        (YEARLY, "year", ["2023年"]),
        ("", "once", ["行动期间"]),
    ],
)
def test_how_papers_name_a_period(rrule: str, period: str, names: list[str]) -> None:
    assert [name for name, _, _ in seen(rrule, period, date(2023, 6, 29), date(2023, 7, 1))] == names


def test_quarters_are_named_by_their_place_in_the_year() -> None:
    found = seen(QUARTERLY, "quarter", date(2023, 1, 1), date(2023, 12, 31))
    assert [name for name, _, _ in found] == [f"2023年第{word}季度" for word in "一二三四"]


def test_what_is_done_late_is_done_until_the_period_ends() -> None:
    (one,) = occurrences("FREQ=MONTHLY;BYMONTHDAY=28", "month", date(2023, 6, 10), date(2023, 7, 20))
    assert (one.starts, one.due, one.ends) == (date(2023, 6, 10), date(2023, 6, 28), date(2023, 6, 30))
    (cut,) = occurrences("FREQ=MONTHLY;BYMONTHDAY=5", "month", date(2023, 7, 1), date(2023, 7, 20))
    assert cut.ends == date(2023, 7, 20)


def test_the_hour_of_a_deadline_is_told() -> None:
    (one,) = occurrences("", "once", STARTS, ENDS, time(9, 5))
    assert (one.starts, one.due, one.ends, one.time) == (STARTS, ENDS, ENDS, time(9, 5))
    assert one.until == "2023-12-31 09:05"
    (plain,) = occurrences("", "once", STARTS, ENDS)
    assert plain.until == "2023-12-31"


def test_a_campaign_that_ends_on_a_due_day_asks_once_for_it() -> None:
    found = occurrences("FREQ=MONTHLY;BYMONTHDAY=10,-1", "month", date(2023, 11, 15), date(2023, 12, 10))
    assert [(one.starts, one.due, one.ends) for one in found] == [
        (date(2023, 11, 15), date(2023, 11, 30), date(2023, 11, 30)),
        (date(2023, 12, 1), date(2023, 12, 10), date(2023, 12, 10)),
    ]


days_of_month = st.lists(st.integers(1, 28) | st.just(-1), min_size=1, max_size=3, unique=True)


@given(days_of_month, spans)
def test_whatever_is_due_in_a_month_is_due_once_and_begins_before(
    chosen: list[int], span: tuple[date, int]
) -> None:
    starts, ends = span[0], span[0] + timedelta(days=span[1] % 100)
    rrule = f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, chosen))}"

    found = occurrences(rrule, "month", starts, ends)

    assert all(starts <= one.starts <= one.due <= one.ends <= ends for one in found)
    assert all(one.ends < following.starts for one, following in pairwise(found))
