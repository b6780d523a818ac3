"""The days off and make-up days that the office enters, and what follows from them."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.errors import Refused
from hazard_desk.figures.due import due_items

OF_2030 = """国务院办公厅关于2030年部分节假日安排的通知
一、元旦：1月1日（周二）放假1天。
二、劳动节：5月1日（周三）至5日（周日）放假调休，共5天。4月28日（周日）上班。"""


def test_a_notice_becomes_days(desk):
    change = desk.holidays.enter_notice(OF_2030)
    assert change.title == "录入2030年节假日安排，共7天"
    days = desk.holidays.days()
    assert days[date(2030, 5, 3)] is True
    assert days[date(2030, 4, 28)] is False
    assert desk.holidays.years() == [2030]
    desk.undo()
    assert desk.holidays.days() == {}


def test_entered_again_it_replaces_its_year_and_no_other(desk):
    desk.holidays.enter_notice(OF_2030)
    desk.holidays.enter_notice("元旦：2031年1月1日（周三）放假")
    desk.holidays.enter_notice("元旦：1月1日放假1天", 2030)
    assert sorted(desk.holidays.days()) == [date(2030, 1, 1), date(2031, 1, 1)]


def test_looking_at_a_notice_enters_nothing(desk):
    assert len(desk.holidays.preview(OF_2030)) == 7
    with pytest.raises(Refused):
        desk.holidays.enter_notice("没有日期")
    assert desk.holidays.days() == {}


def test_single_days_are_corrected_by_hand(desk):
    desk.holidays.enter_notice(OF_2030)
    number = desk.holidays.add({"day": "2030-06-05", "rest": "放假", "name": "端午节"}).ids[0]
    assert desk.holidays.days()[date(2030, 6, 5)] is True
    with pytest.raises(Refused, match="已经录入"):
        desk.holidays.add({"day": "2030-06-05", "rest": "上班"})
    desk.holidays.change(number, {"rest": "上班"})
    assert desk.holidays.days()[date(2030, 6, 5)] is False


def test_reminders_follow(desk):
    """28 May 2023 was a Sunday; the office says that it is worked."""
    desk.duties.add({"title": "每月上报", "rule": "每月28日前"})

    def reminded() -> date:
        items = due_items(desk.books, date(2023, 5, 28), date(2023, 5, 28))
        return next(item.remind_on for item in items if item.title.startswith("每月上报"))

    assert reminded() == date(2023, 5, 26)
    desk.holidays.add({"day": "2023-05-28", "rest": "上班"})
    assert reminded() == date(2023, 5, 28)


def test_a_year_is_guessed_until_it_is_entered(desk):
    assert desk.holidays.notes([2023]) == []
    (note,) = desk.holidays.notes([2030])
    assert "2030年" in note and not desk.holidays.known(2030)
    desk.holidays.enter_notice(OF_2030)
    assert desk.holidays.notes([2030]) == []
    assert desk.holidays.known(2030)


def test_holidays_to_come_are_those_entered_and_those_known(desk):
    desk.holidays.enter_notice(OF_2030)
    coming = desk.holidays.coming(date(2030, 1, 1), date(2030, 12, 31))
    assert [(row["name"], row["happened_on"], row["due"]) for row in coming] == [
        ("元旦前", date(2030, 1, 1), date(2029, 12, 31)),
        ("劳动节前", date(2030, 5, 1), date(2030, 4, 30)),
    ]
    known = desk.holidays.coming(date(2023, 6, 1), date(2023, 10, 31))
    assert [row["name"] for row in known] == ["端午节前", "中秋节、国庆节前"]
