"""Recurring deadlines: how often, which day of the period, at what hour; and what can't be."""

from __future__ import annotations

from datetime import time

import pytest

from hazard_desk.rules.repeats import Repeat, read_repeat
from hazard_desk.rules.wording import Doubt


@pytest.mark.parametrize(
    ("part", "repeat"),
    [
        ("每日", Repeat("day")),
        ("每周", Repeat("week")),
        ("每月", Repeat("month")),
        ("每季度", Repeat("quarter")),
        ("每半年", Repeat("half")),
        ("每年", Repeat("year")),
        ("每周一", Repeat("week", 1)),
        ("每周六", Repeat("week", 6)),
        ("每周日前", Repeat("week", 7)),
        ("每周天", Repeat("week", 7)),
        ("每月1日前", Repeat("month", 1)),
        ("每月28日", Repeat("month", 28)),
        ("每月上旬", Repeat("month", 10)),
        ("每月中旬前", Repeat("month", 20)),
        ("每月下旬", Repeat("month")),
        ("每月底前", Repeat("month")),
        ("每季度底", Repeat("quarter")),
        ("每半年底前", Repeat("half")),
        ("每年年底前", Repeat("year")),
        ("每年底", Repeat("year")),
        ("每年12月20日前", Repeat("year", 20, 12)),
        ("每年6月底", Repeat("year", None, 6)),
        ("每年2月29日", Repeat("year", 29, 2)),
        ("每周四12点前", Repeat("week", 4, at=time(12))),
        ("每周四上午9:05前", Repeat("week", 4, at=time(9, 5))),
        ("每周五下午5点半前", Repeat("week", 5, at=time(17, 30))),
        ("每周五晚上8时15分", Repeat("week", 5, at=time(20, 15))),
        ("每周五下午17点整", Repeat("week", 5, at=time(17))),
        ("每周五中午12点", Repeat("week", 5, at=time(12))),
        ("每周五下午12点", Repeat("week", 5, at=time(12))),
        ("每月25日早上8点", Repeat("month", 25, at=time(8))),
        ("每日17:00前", Repeat("day", at=time(17))),
        ("每日24点前", Repeat("day", at=time(23, 59))),
        ("每日23:59", Repeat("day", at=time(23, 59))),
        ("每月开展2次", Repeat("month", at_least=2)),
        ("每月至少开展3次以上", Repeat("month", at_least=3)),
        ("每年不少于12次", Repeat("year", at_least=12)),
        ("请于每月28日前报送", Repeat("month", 28)),
        ("应在每周四前完成", Repeat("week", 4)),
    ],
)
def test_what_comes_back(part: str, repeat: Repeat) -> None:
    assert read_repeat(part) == (repeat, "")


@pytest.mark.parametrize(
    ("part", "repeat", "note"),
    [
        ("季度底", Repeat("quarter"), "没有写明是哪个季度末，按每季度末理解。"),
        ("半年底前", Repeat("half"), "没有写明是哪个半年末，按每半年末理解。"),
        ("每月29日前", Repeat("month", 29), "不足29天的月份按当月最后一天计算。"),
        ("每月31日", Repeat("month", 31), "不足31天的月份按当月最后一天计算。"),
    ],
)
def test_what_the_clerk_is_told_of(part: str, repeat: Repeat, note: str) -> None:
    assert read_repeat(part) == (repeat, note)


@pytest.mark.parametrize(
    "part", ["", "5月底", "长期坚持", "每", "每年6月", "每旬", "每月底前除外", "月月", "季度", "每周八"]
)
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
    ],
)
def test_words_that_do_not_belong_together(part: str, found: str) -> None:
    with pytest.raises(Doubt) as caught:
        read_repeat(part)
    known = f"中只认出“{found}”，其余文字未能识别，请核对后填写日期。"
    assert str(caught.value) == f"“{part}”" + (known if found else "未能识别，请核对后填写日期。")


@pytest.mark.parametrize("part", ["每月32日前", "每年2月30日", "每年13月底", "每月99日"])
def test_days_that_do_not_exist(part: str) -> None:
    with pytest.raises(Doubt) as caught:
        read_repeat(part)
    assert str(caught.value) == f"“{part}”不是有效的日期，请核对后填写。"


@pytest.mark.parametrize("part", ["每日25点", "每日24:01前", "每日12点60分", "每日9:60", "每周四下午99点"])
def test_hours_that_do_not_exist(part: str) -> None:
    with pytest.raises(Doubt) as caught:
        read_repeat(part)
    assert str(caught.value) == f"“{part}”不是有效的时间，请核对后填写。"


@pytest.mark.parametrize(
    ("repeat", "rrule"),
    [
        (Repeat("day"), "FREQ=DAILY"),
        (Repeat("week"), "FREQ=WEEKLY;BYDAY=SU"),
        *(
            (Repeat("week", day), f"FREQ=WEEKLY;BYDAY={word}")
            for day, word in zip(range(1, 8), ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True)
        ),
        (Repeat("month"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (Repeat("month", 28), "FREQ=MONTHLY;BYMONTHDAY=28"),
        (Repeat("month", 29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        (Repeat("month", 31), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        (Repeat("quarter"), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
        (Repeat("half"), "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        (Repeat("year"), "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        (Repeat("year", None, 6), "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"),
        (Repeat("year", 5, 6), "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=5"),
        (Repeat("year", 30, 6), "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
    ],
)
def test_the_rule_of_a_repeat(repeat: Repeat, rrule: str) -> None:
    assert repeat.rrule == rrule
