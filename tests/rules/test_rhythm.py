"""How often a duty comes back, from words to a rule and back."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.deadlines import parse_deadline
from hazard_desk.rules.recurrence import check_rule
from hazard_desk.rules.repeats import Repeat
from hazard_desk.rules.rhythm import Rhythm, describe, in_words, read_rhythm, rhythm_of, rhythms_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每月28日", "每月28日前"),
        ("每月月底", "每月底"),
        ("每季度", "每季度末"),
        ("每半年", "每半年末"),
        ("每年", "每年年底"),
        ("每年12月20日前", "每年12月20日前"),
        ("每星期四上午12点前", "每周四12:00前"),
        ("每月25日下午5点前", "每月25日17:00前"),
        ("每月31日", "每月31日前"),
        ("每天", "每日"),
        ("每月至少2次", "每月底至少2次"),
        ("9月30日前", "9月30日前"),
        ("行动期间至少1次", "行动期间至少1次"),
    ],
)
def test_what_the_clerk_types(text, said):
    assert in_words(read_rhythm(text, 2023)) == said


@pytest.mark.parametrize("text", ["", "长期坚持", "适时", "每月5日、每季度", "5月底和6月底", "每月32日"])
def test_what_is_no_rhythm_is_refused_with_examples(text):
    with pytest.raises(Refused, match="每月28日前") as caught:
        read_rhythm(text, 2023)
    assert caught.value.field == "rule"


@pytest.mark.parametrize(
    ("rrule", "period", "said"),
    [
        ("FREQ=MONTHLY;BYMONTH=6,7,8,9,10,11,12;BYMONTHDAY=28", "month", "6至12月每月28日前"),
        ("FREQ=MONTHLY;BYDAY=1MO", "month", "每月第1个周一前"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "month", "每月最后一个周五前"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", "month", "每2个月底"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "week", "每周一、周四前"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", "year", "每年6月底"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", "quarter", "每季度末月25日前"),
    ],
)
def test_rules_of_plan_files(rrule, period, said):
    check_rule(rrule)
    assert describe("recurring", period, rrule, "", 1, "次", "") == said


def test_what_has_no_rhythm():
    assert describe("triggered", "", "", "", 1, "次", "节假日前") == "遇事办理（节假日前）"
    assert describe("standing_count", "", "", "", 3, "条（幅）", "") == "随时保持3条（幅）以上"


clocks = st.none() | st.times(time(0, 0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
day = st.tuples(st.integers(1, 28))
nothing = st.just(())
repeats = st.one_of(
    st.builds(Repeat, st.just("day")),
    st.builds(
        Repeat,
        st.sampled_from(["week", "two_weeks"]),
        st.lists(st.integers(1, 7), min_size=1, max_size=3, unique=True).map(tuple),
        nothing,
        clocks,
    ),
    st.builds(Repeat, st.just("month"), nothing | day, at_least=st.integers(1, 5)),
    st.builds(Repeat, st.just("month"), st.tuples(st.integers(1, 31)), nothing, clocks),
    st.builds(Repeat, st.just("month"), st.sampled_from([(5, 20), (10, 20, -1), (15, -1)])),
    st.builds(Repeat, st.sampled_from(["two_months", "quarter", "half"])),
    st.builds(Repeat, st.just("quarter"), at_least=st.integers(2, 5), unit=st.sampled_from("次场")),
    st.builds(Repeat, st.just("year"), day | nothing, st.sampled_from([(6,), (6, 12), (3, 5, 10)])),
    st.builds(
        Repeat, st.just("two_months"), day, st.sampled_from([(1, 3, 5, 7, 9, 11), (2, 4, 6, 8, 10, 12)])
    ),
    st.builds(Repeat, st.just("quarter"), day, st.integers(1, 3).map(lambda m: tuple(range(m, 13, 3)))),
    st.builds(Repeat, st.just("half"), day | nothing, st.integers(1, 6).map(lambda m: (m, m + 6))),
)


@given(repeats)
def test_words_mean_the_rule_that_they_describe(repeat):
    rhythm = rhythm_of(repeat)
    assert read_rhythm(in_words(rhythm), 2023) == rhythm


@given(st.text())
def test_any_text_is_understood_or_refused(text):
    try:
        assert in_words(read_rhythm(text, 2023))
    except Refused as wrong:
        assert wrong.field == "rule"


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("每月28日前", Rhythm("recurring", "month", "FREQ=MONTHLY;BYMONTHDAY=28")),
        ("每周四12点前", Rhythm("recurring", "week", "FREQ=WEEKLY;BYDAY=TH", "12:00")),
        ("每年不少于2次", Rhythm("recurring", "year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "", 2)),
        ("9月30日前", Rhythm("recurring", "once", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30")),
        ("行动期间至少3条", Rhythm("counter", at_least=3, unit="条")),
    ],
)
def test_the_rule_that_words_mean(text, rhythm):
    assert read_rhythm(text, 2023) == rhythm
    assert Rhythm("recurring") == Rhythm("recurring", "", "", "", 1, "次")


@pytest.mark.parametrize(
    "text", ["长期坚持", "每月5日、每季度", "适时", "6月起", "长期坚持，每月", "5月底前、每月"]
)
def test_what_is_not_understood_is_named_with_examples(text):
    with pytest.raises(Refused) as caught:
        read_rhythm(text, 2023)
    assert caught.value.message == (
        f"周期“{text}”看不懂，请写成“每月28日前”“每季度”“每周四12点前”“9月30日前”或“行动期间至少1次”的样子"
    )
    assert caught.value.field == "rule"


@pytest.mark.parametrize(
    ("rrule", "period", "at", "at_least", "said"),
    [
        ("FREQ=DAILY", "day", "", 1, "每日"),
        ("FREQ=DAILY", "day", "17:30", 1, "每日17:30前"),
        ("FREQ=DAILY;INTERVAL=3", "day", "", 1, "每3日"),
        ("FREQ=DAILY;INTERVAL=10", "day", "08:00", 1, "每10日08:00前"),
        ("FREQ=WEEKLY;BYDAY=SU", "week", "", 1, "每周日前"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,WE,SA", "week", "", 1, "每2周周二、周三、周六前"),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO", "week", "09:05", 2, "每周一09:05前至少2次"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=5", "month", "", 1, "每12个月5日前"),
        ("FREQ=MONTHLY;BYMONTHDAY=10,20", "month", "", 1, "每月10日、20日前"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "month", "", 1, "每月倒数第3天前"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "month", "", 1, "每月30日前"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=1", "month", "", 1, "每月28日、29日、30日前"),
        ("FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=28", "month", "", 1, "6月每月28日前"),
        ("FREQ=MONTHLY;BYDAY=-2TH", "month", "", 1, "每月第2个周四前"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "month", "", 3, "每月底至少3次"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "quarter", "", 1, "每季度末"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", "half", "", 1, "每半年末"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "year", "", 1, "每年年底"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", "quarter", "", 1, "每年6、12月底"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20", "half", "", 1, "每半年末月20日前"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=12", "year", "", 1, "每2年5月12日前"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", "once", "", 1, "6月30日前"),
    ],
)
def test_every_rule_has_its_words(rrule, period, at, at_least, said):
    check_rule(rrule)
    assert describe("recurring", period, rrule, at, at_least, "次", "") == said


def test_what_is_to_be_done_once_in_the_campaign():
    assert describe("counter", "", "", "", 2, "场", "") == "行动期间至少2场"
    assert describe("counter", "", "FREQ=DAILY", "", 2, "场", "") == "行动期间至少2场"
    assert describe("recurring", "once", "", "", 1, "次", "") == "行动期间至少1次"


def test_every_recurrence_and_count_of_a_deadline_can_become_a_duty():
    meaning = parse_deadline("每季度检查，每月5日、20日前报送，行动期间至少演练2次", 2023)
    assert [in_words(one) for one in rhythms_of(meaning)] == [
        "每季度末",
        "每月5日、20日前",
        "行动期间至少2次",
    ]
    assert rhythms_of(parse_deadline("5月底前", 2023)) == ()
