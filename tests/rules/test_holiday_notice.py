"""The State Council's notice of a year's holidays, pasted as it was published."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.rules.holiday_notice import notice_year, read_notice

OF_2025 = """国务院办公厅关于2025年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2025年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2024年11月12日"""
OF_2023 = """一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。"""


@pytest.mark.parametrize(("text", "year"), [(OF_2025, 2025), (OF_2023, 2023)])
def test_a_notice_says_what_the_calendar_knows(text, year):
    """Every day of the year is worked or free as the law has it."""
    entered = {one.day: one.rest for one in read_notice(text, year)}
    day = date(year, 1, 1)
    while day.year == year:
        free = entered[day] if day in entered else day.weekday() >= 5
        assert free == (not chinese_calendar.is_workday(day)), day
        day += timedelta(days=1)


def test_every_day_bears_its_holiday():
    found = {one.day: one.name for one in read_notice(OF_2025)}
    assert found[date(2025, 1, 26)] == found[date(2025, 2, 4)] == "春节"
    assert found[date(2025, 10, 11)] == "国庆节、中秋节"
    assert len(found) == 1 + 8 + 2 + 3 + 5 + 1 + 3 + 8 + 2


def test_the_year_is_the_notices():
    assert notice_year(OF_2025) == 2025
    assert notice_year("一、元旦：1月1日放假1天") is None
    assert notice_year("元旦：2027年1月1日放假") == 2027


def test_a_rest_over_the_turn_of_the_year():
    days = [one.day for one in read_notice("元旦：12月30日（周六）至1月1日（周一）放假，共3天", 2024)]
    assert days == [date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1)]


def test_a_day_in_lieu_is_free():
    found = {one.day.day: one.rest for one in read_notice("清明节：4月5日放假，4月7日补休，4月8日上班", 2027)}
    assert found == {5: True, 7: True, 8: False}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有读到"),
        ("关于做好2027年值班工作的通知", "没有读到"),
        ("元旦：1月1日（周一）放假1天", "请核对年份"),
        ("春节：2月5日至11日放假调休，共8天", "按日期是7天"),
        ("春节：2月30日放假", "不是有效的日期"),
        ("春节：2月5日至12月11日放假", "间隔过长"),
        ("春节：2月5日放假。2月5日上班", "既写放假又写上班"),
    ],
)
def test_what_cannot_be_is_refused(text, told):
    with pytest.raises(Refused, match=told):
        read_notice(text, 2027)


def test_without_a_year():
    with pytest.raises(Refused, match="年份"):
        read_notice("一、元旦：1月1日放假1天")


@given(st.text(alphabet="0123456789年月日至、，。（）周一二放假补休上班共天\n"), st.integers(2000, 2100))
def test_any_text_is_understood_or_refused(text, year):
    try:
        found = read_notice(text, year)
    except Refused:
        return
    days = [one.day for one in found]
    assert days == sorted(set(days)) != []


spans = st.tuples(st.dates(date(2027, 1, 1), date(2027, 11, 1)), st.integers(0, 9), st.booleans())


@given(spans)
def test_a_span_is_read_whole(span):
    first, more, weekdays = span
    last = first + timedelta(days=more)
    said = [f"（周{'一二三四五六日'[day.weekday()]}）" if weekdays else "" for day in (first, last)]
    begin, end = (f"{day.month}月{day.day}日{word}" for day, word in zip((first, last), said, strict=True))
    text = f"节日：{begin}至{end}放假，共{more + 1}天。"
    assert [one.day for one in read_notice(text, 2027)] == [first + timedelta(n) for n in range(more + 1)]


@pytest.mark.parametrize(
    ("text", "year", "message", "field"),
    [
        ("元旦：1月1日放假", None, "通知里没有写明年份，请填写年份", "year"),
        ("", 2027, "没有读到放假或上班的日期，请把通知中各节假日的安排原文粘贴进来", "text"),
        ("春节：2月5日放假。2月5日上班", 2027, "通知里2027-02-05既写放假又写上班，请核对", "text"),
        ("春节：2月30日放假", 2027, "“2月30日”不是有效的日期，请核对", "text"),
        ("春节：2月1日至30日放假", 2027, "“2月1日至30日”不是有效的日期，请核对", "text"),
        ("春节：5日放假", 2027, "“5日”不是有效的日期，请核对", "text"),
        (
            "元旦：1月1日（周一）放假1天",
            2027,
            "“1月1日(周一)”写的是周一，与2027年的日历不符，请核对年份",
            "text",
        ),
        (
            "春节：2月5日（周五）至6日（周日）放假",
            2027,
            "“2月5日(周五)至6日(周日)”写的是周日，与2027年的日历不符，请核对年份",
            "text",
        ),
        (
            "春节：2027年2月11日至2027年2月5日放假",
            2027,
            "“2027年2月11日至2027年2月5日”的起止日期前后颠倒或间隔过长，请核对",
            "text",
        ),
        ("春节：2月1日至3月4日放假", 2027, "“2月1日至3月4日”的起止日期前后颠倒或间隔过长，请核对", "text"),
        ("二、春节：2月5日至11日放假8天", 2027, "“2月5日至11日放假8天”写明8天，按日期是7天，请核对", "text"),
        (
            "二、春节：2月5日至11日放假，共6天",
            2027,
            "“2月5日至11日放假,共6天”写明6天，按日期是7天，请核对",
            "text",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_words(text, year, message, field):
    with pytest.raises(Refused) as caught:
        read_notice(text, year)
    assert (caught.value.message, caught.value.field) == (message, field)


def days_of(text: str, year: int = 2027) -> list[tuple[str, bool, str]]:
    return [(one.day.isoformat(), one.rest, one.name) for one in read_notice(text, year)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、元旦：1月1日放假", [("2027-01-01", True, "元旦")]),
        ("(一)元旦：1月1日放假", [("2027-01-01", True, "元旦")]),
        ("（十二）元旦：1月1日放假", [("2027-01-01", True, "元旦")]),
        ("1.元旦:1月1日放假1天", [("2027-01-01", True, "元旦")]),
        ("一、元旦：1月1日（星期五）放假", [("2027-01-01", True, "元旦")]),
        ("一、元旦：1月1日（礼拜五）放假", [("2027-01-01", True, "元旦")]),
        ("1月1日放假", [("2027-01-01", True, "")]),
        ("元旦：1月1日放假", [("2027-01-01", True, "")]),
        ("一、元 旦：１月１日 放 假", [("2027-01-01", True, "元旦")]),
        ("一、元旦：2026年1月1日放假", [("2026-01-01", True, "元旦")]),
        ("二、春节：2月6日、7日上班", [("2027-02-06", False, "春节"), ("2027-02-07", False, "春节")]),
        (
            "二、春节：2月5日、2月6日放假2天，共2天；2月7日上班",
            [("2027-02-05", True, "春节"), ("2027-02-06", True, "春节"), ("2027-02-07", False, "春节")],
        ),
        ("二、春节：2月7日上班，2月5日补休", [("2027-02-05", True, "春节"), ("2027-02-07", False, "春节")]),
        (
            "二、春节：2月5日放假\r\n一、元旦：1月1日放假",
            [("2027-01-01", True, "元旦"), ("2027-02-05", True, "春节")],
        ),
        (
            "一、元旦：12月31日至1月1日放假，共2天",
            [("2026-12-31", True, "元旦"), ("2027-01-01", True, "元旦")],
        ),
        ("二、春节：2月5日放假。2月5日放假", [("2027-02-05", True, "春节")]),
        ("二、春节：2月5日放假，2月9日照常", [("2027-02-05", True, "春节")]),
    ],
)
def test_the_ways_in_which_a_notice_is_written(text, found):
    assert days_of(text) == found


def test_a_rest_of_31_days_is_the_longest():
    assert len(days_of("春节：3月1日至31日放假，共31天")) == 31


def test_the_days_of_one_sentence_add_up():
    """A sentence may name two rests and one sum of both; what is worked does not count."""
    text = "国庆节：10月1日、3日放假，9月30日上班，10月5日补休，共3天"
    assert [one.rest for one in read_notice(text, 2027)] == [False, True, True, True]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年11月12日印发。关于2025年节假日安排", 2025),
        ("关于2025年部分节假日安排的通知，2024年", 2025),
        ("自2026年起执行", 2026),
        ("25年", None),
    ],
)
def test_the_year_that_is_meant(text, year):
    assert notice_year(text) == year


def test_the_year_of_the_notice_is_taken_when_none_is_given():
    assert days_of("关于2025年部分节假日安排的通知\n一、元旦：1月1日放假", None) == [
        ("2025-01-01", True, "元旦")
    ]
