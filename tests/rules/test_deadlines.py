"""Deadlines as people write them: every idiom, and nothing guessed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.deadlines import Counter, parse_deadline
from hazard_desk.rules.repeats import Repeat

MAY_15, MAY_31, DEC_31 = date(2023, 5, 15), date(2023, 5, 31), date(2023, 12, 31)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("5月底", MAY_31),
        ("5月底前", MAY_31),
        ("5月末", MAY_31),
        ("5 月 底 前", MAY_31),
        ("5月上旬", date(2023, 5, 10)),
        ("5月中旬前", date(2023, 5, 20)),
        ("5月下旬前", MAY_31),
        ("5月15日", MAY_15),
        ("5月15日前", MAY_15),
        ("5月15日之前", MAY_15),
        ("5月15号以前", MAY_15),
        ("５月１５日前", MAY_15),
        ("五月十五日", MAY_15),
        ("5月15日前(含)", MAY_15),
        ("2023.5.15", MAY_15),
        ("2023-05-15", MAY_15),
        ("2023/5/15", MAY_15),
        ("20230515", MAY_15),
        ("2023-05-15 00:00:00", MAY_15),
        ("5.15", MAY_15),
        ("截至5月15日", MAY_15),
        ("5月15日截止", MAY_15),
        ("于5月15日前上报", MAY_15),
        ("5月31日前完成整改", MAY_31),
        ("5月底前落实到位", MAY_31),
        ("2023年5月20日前", date(2023, 5, 20)),
        ("十月底", date(2023, 10, 31)),
        ("十二月三十一日前", DEC_31),
        ("12月底", DEC_31),
        ("年底前", DEC_31),
        ("年内", DEC_31),
        ("2023年底", DEC_31),
        ("2023年年底前", DEC_31),
        ("2024年底前", date(2024, 12, 31)),
        ("二〇二四年二月底", date(2024, 2, 29)),
        ("三季度末", date(2023, 9, 30)),
        ("即日起至2023年12月底", DEC_31),
    ],
)
def test_a_day(text: str, due: date) -> None:
    deadline = parse_deadline(text, 2023)

    assert (deadline.due, deadline.dates, deadline.starts) == (due, (due,), None)
    assert deadline.understood and not deadline.standing and not deadline.note
    assert deadline.text == text


@pytest.mark.parametrize(
    ("text", "starts", "due"),
    [
        ("2023年12月", date(2023, 12, 1), DEC_31),
        ("12月份", date(2023, 12, 1), DEC_31),
        ("2023年8-11月", date(2023, 8, 1), date(2023, 11, 30)),
        ("8月至11月", date(2023, 8, 1), date(2023, 11, 30)),
        ("2023年4月25日起至12月底", date(2023, 4, 25), DEC_31),
        ("2023.5.18—2023.12.31", date(2023, 5, 18), DEC_31),
        ("2023年11月到2024年1月", date(2023, 11, 1), date(2024, 1, 31)),
        ("5月底至8月15日", MAY_31, date(2023, 8, 15)),
        ("5月下旬至8月底前", date(2023, 5, 21), date(2023, 8, 31)),
        ("上半年", date(2023, 1, 1), date(2023, 6, 30)),
        ("下半年", date(2023, 7, 1), DEC_31),
        ("第三季度", date(2023, 7, 1), date(2023, 9, 30)),
        ("2024年", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024—2026年", date(2024, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_span(text: str, starts: date, due: date) -> None:
    deadline = parse_deadline(text, 2023)

    assert deadline.understood
    assert (deadline.starts, deadline.due) == (starts, due)


@pytest.mark.parametrize("text", ["长期坚持", "长期", "持续", "持续推进", "常态化", "常态化开展", "始终坚持"])
def test_standing_has_no_date(text: str) -> None:
    deadline = parse_deadline(text, 2023)

    assert deadline.standing and deadline.understood
    assert deadline.due is None and deadline.dates == () and deadline.periods == ()


@pytest.mark.parametrize(
    ("text", "repeat", "rrule"),
    [
        ("每月", Repeat("month"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每个月", Repeat("month"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每月底前", Repeat("month"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每月开展1次", Repeat("month"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("每季度", Repeat("quarter"), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        ("每半年通报一次", Repeat("half"), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        ("每年", Repeat("year"), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("每年不少于两次", Repeat("year", at_least=2), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ("每年12月20日前", Repeat("year", (20,), (12,)), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20"),
        ("每月28日前", Repeat("month", (28,)), "FREQ=MONTHLY;BYMONTHDAY=28"),
        ("每月二十五日前", Repeat("month", (25,)), "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("每周四12点前", Repeat("week", (4,), at=time(12)), "FREQ=WEEKLY;BYDAY=TH"),
        ("每星期四上午12点前", Repeat("week", (4,), at=time(12)), "FREQ=WEEKLY;BYDAY=TH"),
        ("每周五下午5点半前", Repeat("week", (5,), at=time(17, 30)), "FREQ=WEEKLY;BYDAY=FR"),
        ("每周一次", Repeat("week"), "FREQ=WEEKLY;BYDAY=SU"),
        ("每周一前", Repeat("week", (1,)), "FREQ=WEEKLY;BYDAY=MO"),
        ("每天17:00前", Repeat("day", at=time(17)), "FREQ=DAILY"),
    ],
)
def test_recurring(text: str, repeat: Repeat, rrule: str) -> None:
    deadline = parse_deadline(text, 2023)

    assert deadline.periods == (repeat,)
    assert deadline.understood and deadline.due is None
    assert repeat.rrule == rrule


def test_the_31st_of_a_short_month_is_its_last_day() -> None:
    deadline = parse_deadline("每月31日前", 2023)
    days = rrulestr(deadline.periods[0].rrule, dtstart=datetime(2023, 1, 1), cache=True)

    assert [day.day for day in days[:4]] == [31, 28, 31, 30]
    assert deadline.note


def test_quarter_end_without_its_number_is_each_one_and_says_so() -> None:
    deadline = parse_deadline("季度末", 2023)

    assert deadline.periods == (Repeat("quarter"),)
    assert "季度末" in deadline.note


@pytest.mark.parametrize(
    ("text", "counter"),
    [
        ("行动期间至少1次", Counter(1, "次")),
        ("专项行动期间至少开展两次", Counter(2, "次")),
        ("不少于3条", Counter(3, "条")),
        ("3条（幅）以上", Counter(3, "条(幅)")),
    ],
)
def test_counter(text: str, counter: Counter) -> None:
    assert parse_deadline(text, 2023).counter == counter


def test_several_dates_are_all_kept_and_the_last_is_due() -> None:
    deadline = parse_deadline("8月5日前、12月20日前", 2023)

    assert deadline.dates == (date(2023, 8, 5), date(2023, 12, 20))
    assert deadline.due == date(2023, 12, 20)


def test_a_year_holds_for_the_dates_after_it() -> None:
    assert parse_deadline("2024年8月5日前、12月20日前", 2023).due == date(2024, 12, 20)


def test_a_date_and_a_standing_duty_may_stand_together() -> None:
    deadline = parse_deadline("5月底前完成，并长期坚持", 2023)

    assert deadline.due == MAY_31 and deadline.standing


def test_recurring_from_a_month_on() -> None:
    deadline = parse_deadline("自6月份开始上报，每月28日前上报", 2023)

    assert deadline.starts == date(2023, 6, 1)
    assert deadline.periods == (Repeat("month", (28,)),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "立即",
        "及时整改",
        "尽快",
        "月底前",
        "6月前",  # before June, or before its end?
        "第三季度前",
        "8至11月前",
        "6月起",
        "原则上5月底前",
        "争取在5月底前完成大部分",
        "5月底前完成，验收另行通知",
        "5月底前除外",
        "3个月内",
        "每季度28日前",
        "每周12点前",
        "每月0次",
        "三四次",
        "不超过3次",
        "11月至3月",
        "8月起，5月底前",
        "每月至少",
        "28四次",
    ],
)
def test_what_is_not_wholly_understood_is_flagged_and_gets_no_date(text: str) -> None:
    deadline = parse_deadline(text, 2023)

    assert not deadline.understood
    assert deadline.text == text
    assert deadline.due is None and deadline.dates == () and deadline.starts is None
    assert not deadline.standing and deadline.periods == () and deadline.counter is None
    assert deadline.note.endswith("。")


@pytest.mark.parametrize(
    "text", ["2月30日", "2023年2月29日", "13月底", "每月32日前", "每年2月30日", "5月0日", "2023.6.31"]
)
def test_impossible_dates_are_flagged(text: str) -> None:
    deadline = parse_deadline(text, 2023)

    assert not deadline.understood and deadline.due is None
    assert "不是有效的日期" in deadline.note


def test_the_note_names_the_date_hidden_in_unknown_words() -> None:
    assert "“5月底前”" in parse_deadline("原则上5月底前", 2023).note


years = st.integers(2000, 2099)
months = st.integers(1, 12)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
ending = st.sampled_from(["", "前", "之前"])
KNOWN_WORDS = (
    "年 月 日 底 前 每 周 四 季度 半年 上半年 起 至 、 ， 长期坚持 5 12 28 2023 2月30日",
    "十 廿 上旬 点 至少 次 条 （ ） . - 5月底 每月 立即",
)
fragments = st.sampled_from([word for line in KNOWN_WORDS for word in line.split()])


@given(st.one_of(st.text(), st.lists(fragments, max_size=12).map("".join)), st.integers(-5, 10000))
def test_no_text_raises_and_every_text_is_kept(text: str, year: int) -> None:
    deadline = parse_deadline(text, year)

    assert deadline.text == text
    if not deadline.understood:
        assert deadline.due is None and deadline.note
    else:
        assert deadline.dates or deadline.standing or deadline.periods or deadline.counter


@given(st.lists(fragments, min_size=1, max_size=4).map("".join))
def test_a_pasted_page_is_not_a_deadline(words: str) -> None:
    page = "未" + words * 2000

    deadline = parse_deadline(page, 2023)

    assert deadline.text == page and not deadline.understood


@given(years, months, st.sampled_from(["底", "末"]), ending)
def test_month_end_is_the_last_day_of_the_month(year: int, month: int, word: str, before: str) -> None:
    expected = date(year, month, monthrange(year, month)[1])

    assert parse_deadline(f"{month}月{word}{before}", year).due == expected
    assert parse_deadline(f"{year}年{month}月{word}{before}", 1999).due == expected


@given(
    days,
    ending,
    st.sampled_from(["{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}-{1:02}-{2:02}", "{0} 年 {1} 月 {2} 号"]),
)
def test_a_written_day_is_that_day(day: date, before: str, style: str) -> None:
    assert parse_deadline(style.format(day.year, day.month, day.day) + before, 1999).due == day


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else "一二三四五六七八九"[tens - 1])
        + ("十" if tens else "")
        + "零一二三四五六七八九"[ones].strip("零")
    )


@given(days, ending)
def test_chinese_numerals_mean_the_same(day: date, before: str) -> None:
    assert parse_deadline(f"{chinese(day.month)}月{chinese(day.day)}日{before}", day.year).due == day


phrases = st.one_of(
    months.map("{}月底前".format),
    days.map(lambda day: f"{day.month}月{day.day}日"),
    st.sampled_from(["长期坚持", "每月28日前", "每季度", "年底前", "2023年12月", "行动期间至少1次"]),
)
strange = st.text("甲乙丙丁戊己庚辛鼎泰恒昌", min_size=1)


@given(phrases, strange, st.booleans())
def test_a_known_phrase_among_unknown_words_is_never_accepted(phrase: str, words: str, first: bool) -> None:
    deadline = parse_deadline(words + phrase if first else phrase + words, 2023)

    assert not deadline.understood
    assert deadline.due is None and not deadline.standing and not deadline.periods
