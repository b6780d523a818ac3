"""Recurring deadlines: how often, which day of the period, at what hour; and what can't be."""

from __future__ import annotations

from datetime import time

import pytest

from hazard_desk.rules.repeats import LAST, Repeat, read_repeat, within_periods
from hazard_desk.rules.wording import Doubt, doubt_note


@pytest.mark.parametrize(
    ("part", "repeat"),
    [
        ("每日", Repeat("day")),
        ("每周", Repeat("week")),
        ("每月", Repeat("month")),
        ("每季度", Repeat("quarter")),
        ("每半年", Repeat("half")),
        ("每年", Repeat("year")),
        ("每周一", Repeat("week", (1,))),
        ("每周六", Repeat("week", (6,))),
        ("每周日前", Repeat("week", (7,))),
        ("每周天", Repeat("week", (7,))),
        ("每月1日前", Repeat("month", (1,))),
        ("每月28日", Repeat("month", (28,))),
        ("每月上旬", Repeat("month", (10,))),
        ("每月中旬前", Repeat("month", (20,))),
        ("每月下旬", Repeat("month")),
        ("每月底前", Repeat("month")),
        ("每季度底", Repeat("quarter")),
        ("每半年底前", Repeat("half")),
        ("每年年底前", Repeat("year")),
        ("每年底", Repeat("year")),
        ("每年12月20日前", Repeat("year", (20,), (12,))),
        ("每年6月底", Repeat("year", (), (6,))),
        ("每年2月29日", Repeat("year", (29,), (2,))),
        ("每周四12点前", Repeat("week", (4,), at=time(12))),
        ("每周四上午9:05前", Repeat("week", (4,), at=time(9, 5))),
        ("每周五下午5点半前", Repeat("week", (5,), at=time(17, 30))),
        ("每周五晚上8时15分", Repeat("week", (5,), at=time(20, 15))),
        ("每周五下午17点整", Repeat("week", (5,), at=time(17))),
        ("每周五中午12点", Repeat("week", (5,), at=time(12))),
        ("每周五下午12点", Repeat("week", (5,), at=time(12))),
        ("每月25日早上8点", Repeat("month", (25,), at=time(8))),
        ("每日17:00前", Repeat("day", at=time(17))),
        ("每日24点前", Repeat("day", at=time(23, 59))),
        ("每日23:59", Repeat("day", at=time(23, 59))),
        ("每月开展2次", Repeat("month", at_least=2)),
        ("每月至少开展3次以上", Repeat("month", at_least=3)),
        ("每年不少于12次", Repeat("year", at_least=12)),
        ("请于每月28日前报送", Repeat("month", (28,))),
        ("应在每周四前完成", Repeat("week", (4,))),
        ("每月5日|20日前", Repeat("month", (5, 20))),
        ("每月5日前报送上月情况", Repeat("month", (5,))),
        ("每周一|周四", Repeat("week", (1, 4))),
        ("每2周", Repeat("two_weeks")),
        ("每2周周五前", Repeat("two_weeks", (5,))),
        ("每2个月1次", Repeat("two_months")),
        ("每旬", Repeat("month", (10, 20, LAST))),
        ("每半月", Repeat("month", (15, LAST))),
        ("半年1次", Repeat("half")),
        ("1年2次", Repeat("year", at_least=2)),
        ("每季度不少于2场", Repeat("quarter", at_least=2, unit="场")),
        ("每季度底月25日前", Repeat("quarter", (25,), (3, 6, 9, 12))),
        ("每季度首月10日前", Repeat("quarter", (10,), (1, 4, 7, 10))),
        ("每季度第2个月15日前", Repeat("quarter", (15,), (2, 5, 8, 11))),
        ("每季度结束后10日内", Repeat("quarter", (10,), (1, 4, 7, 10))),
        ("每半年底月20日前", Repeat("half", (20,), (6, 12))),
        ("每年6月", Repeat("year", (), (6,))),
        ("每年6月|12月底前", Repeat("year", (), (6, 12))),
        ("每年1月15日前|7月15日前", Repeat("year", (15,), (1, 7))),
    ],
)
def test_what_comes_back(part: str, repeat: Repeat) -> None:
    assert read_repeat(part) == (repeat, "")


@pytest.mark.parametrize(
    ("part", "repeat", "note"),
    [
        ("季度底", Repeat("quarter"), "没有写明是哪个季度末，按每季度末理解。"),
        ("半年底前", Repeat("half"), "没有写明是哪个半年末，按每半年末理解。"),
        ("每月29日前", Repeat("month", (29,)), "不足29天的月份按当月最后一天计算。"),
        ("次月5日前", Repeat("month", (5,)), "“次月”按每个月的次月理解。"),
        ("每月31日", Repeat("month", (31,)), "不足31天的月份按当月最后一天计算。"),
    ],
)
def test_what_the_clerk_is_told_of(part: str, repeat: Repeat, note: str) -> None:
    assert read_repeat(part) == (repeat, note)


@pytest.mark.parametrize("part", ["", "5月底", "长期坚持", "每", "每月底前除外", "月月", "季度", "每周八"])
def test_what_does_not_come_back(part: str) -> None:
    assert read_repeat(part) is None


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("每季度28日", "每季度"),
        ("每日28日", ""),
        ("每年28日前", "每年"),
        ("每月四", "每月"),
        ("每月6月5日", "每月"),
        ("每周上旬", "每周"),
        ("每季度中旬", "每季度"),
        ("每年下旬", "每年"),
        ("每月年底", "每月"),
        ("每周底", "每周"),
        ("每日底", ""),
        ("每月12点前", "每月"),
        ("每年12点", "每年"),
        ("每月底12点", "每月"),
        ("每月前", "每月"),
        ("每月0次", "每月"),
        ("每月28日至少0次", "每月"),
        ("每周首月5日", "每周"),
        ("每月首月5日", "每月"),
        ("每旬5日前", ""),
        ("每2周28日", ""),
    ],
)
def test_words_that_do_not_belong_together(part: str, found: str) -> None:
    with pytest.raises(Doubt) as caught:
        read_repeat(part)
    known = f"中只认出“{found}”，其余文字未能识别，请核对后填写日期。"
    told = f"“{part}”" + (known if found else "未能识别，请核对后填写日期。")
    assert doubt_note(part, caught.value) == told


@pytest.mark.parametrize("part", ["每月32日前", "每年6月|2月30日", "每年2月30日", "每年13月底", "每月99日"])
def test_days_that_do_not_exist(part: str) -> None:
    with pytest.raises(Doubt) as caught:
        read_repeat(part)
    assert doubt_note(part, caught.value) == f"“{part}”不是有效的日期，请核对后填写。"


@pytest.mark.parametrize("part", ["每日25点", "每日24:01前", "每日12点60分", "每日9:60", "每周四下午99点"])
def test_hours_that_do_not_exist(part: str) -> None:
    with pytest.raises(Doubt) as caught:
        read_repeat(part)
    assert doubt_note(part, caught.value) == f"“{part}”不是有效的时间，请核对后填写。"


@pytest.mark.parametrize(
    ("repeat", "rrule"),
    [
        (Repeat("day"), "FREQ=DAILY"),
        (Repeat("week"), "FREQ=WEEKLY;BYDAY=SU"),
        *(
            (Repeat("week", (day,)), f"FREQ=WEEKLY;BYDAY={word}")
            for day, word in zip(range(1, 8), ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True)
        ),
        (Repeat("month"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (Repeat("month", (28,)), "FREQ=MONTHLY;BYMONTHDAY=28"),
        (Repeat("month", (29,)), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        (Repeat("month", (31,)), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        (Repeat("quarter"), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        (Repeat("half"), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        (Repeat("year"), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        (Repeat("year", (), (6,)), "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"),
        (Repeat("year", (5,), (6,)), "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5"),
        (Repeat("year", (30,), (2, 6)), "FREQ=MONTHLY;BYMONTH=2,6;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        (Repeat("month", (5, 20)), "FREQ=MONTHLY;BYMONTHDAY=5,20"),
        (Repeat("month", (10, 20, LAST)), "FREQ=MONTHLY;BYMONTHDAY=10,20,-1"),
        (Repeat("two_weeks", (5,)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (Repeat("two_months"), "FREQ=YEARLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=-1"),
        (Repeat("quarter", (10,), (1, 4, 7, 10)), "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
        (Repeat("year", (30,), (6,)), "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
    ],
)
def test_the_rule_of_a_repeat(repeat: Repeat, rrule: str) -> None:
    assert repeat.rrule == rrule


def test_the_months_of_each_period_may_stand_in_brackets() -> None:
    half = Repeat("half")

    assert within_periods(half, "6月|12月底前") == Repeat("half", (), (6, 12))
    assert within_periods(half, "5月20日|11月20日") == Repeat("half", (20,), (5, 11))
    assert within_periods(half, "6月|11月") == Repeat("half", (), (6, 11))
    assert within_periods(half, "开展检查") is None
    assert within_periods(Repeat("month"), "6月") is None


@pytest.mark.parametrize("part", ["6月", "3月|6月", "3月|6月|12月"])
def test_months_that_do_not_fit_the_periods(part: str) -> None:
    with pytest.raises(Doubt, match="次数不符"):
        within_periods(Repeat("half"), part)


def test_months_with_different_days_are_not_one_repeat() -> None:
    for part in ("每年6月5日|12月20日前", "每月15日|30日前", "每年6月20日|12月"):
        with pytest.raises(Doubt, match="分开填写"):
            read_repeat(part)
