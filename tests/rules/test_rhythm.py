"""How often a duty comes back, from words to a rule and back."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.recurrence import check_rule
from hazard_desk.rules.repeats import Repeat
from hazard_desk.rules.rhythm import Rhythm, describe, read_rhythm


def words(rhythm: Rhythm) -> str:
    unit = rhythm.unit
    return describe(rhythm.kind, rhythm.period, rhythm.rrule, rhythm.at, rhythm.at_least, unit, "")


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
    assert words(read_rhythm(text, 2023)) == said


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
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", "quarter", "每年3、6、9、12月25日前"),
    ],
)
def test_rules_of_plan_files(rrule, period, said):
    check_rule(rrule)
    assert describe("recurring", period, rrule, "", 1, "次", "") == said


def test_what_has_no_rhythm():
    assert describe("triggered", "", "", "", 1, "次", "节假日前") == "遇事办理（节假日前）"
    assert describe("standing_count", "", "", "", 3, "条（幅）", "") == "随时保持3条（幅）以上"


clocks = st.none() | st.times(time(0, 0), time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0))
repeats = st.one_of(
    st.builds(Repeat, st.just("day")),
    st.builds(Repeat, st.just("week"), st.integers(1, 7), st.none(), clocks),
    st.builds(Repeat, st.just("month"), st.none() | st.integers(1, 31), at_least=st.integers(1, 5)),
    st.builds(Repeat, st.just("month"), st.integers(1, 31), st.none(), clocks),
    st.builds(Repeat, st.sampled_from(["quarter", "half", "year"])),
    st.builds(Repeat, st.just("year"), st.integers(1, 28), st.integers(1, 12)),
)


@given(repeats)
def test_words_mean_the_rule_that_they_describe(repeat):
    at = repeat.at.isoformat("minutes") if repeat.at else ""
    rhythm = Rhythm("recurring", repeat.every, repeat.rrule, at, repeat.at_least)
    assert read_rhythm(words(rhythm), 2023) == rhythm


@given(st.text())
def test_any_text_is_understood_or_refused(text):
    try:
        assert words(read_rhythm(text, 2023))
    except Refused as wrong:
        assert wrong.field == "rule"
