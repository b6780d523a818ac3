"""Hundreds of wordings of deadlines as offices write them, each with its right outcome (``wordings.txt``)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hazard_desk.rules.deadlines import Deadline, parse_deadline
from hazard_desk.rules.rhythm import in_words, rhythms_of

LINES = (Path(__file__).parent / "wordings.txt").read_text("utf-8").splitlines()
PAIRS = [tuple(line.split(" = ")) for line in LINES if line and not line.startswith("#")]


def said(deadline: Deadline) -> str:
    """Return a meaning in one line: the first day, each date with its words, 长期, each rhythm."""
    if deadline.empty or not deadline.understood:
        return "空" if deadline.empty else "待核对"
    parts = [f"{deadline.starts}起"] if deadline.starts else []
    for one in deadline.milestones:
        parts.append(" ".join(filter(None, (str(one.due), f"{one.at:%H:%M}" if one.at else "", one.text))))
    parts += ["长期"] if deadline.standing else []
    return "；".join([*parts, *map(in_words, rhythms_of(deadline))])


@pytest.mark.parametrize(("text", "outcome"), PAIRS)
def test_a_wording_in_a_plan_of_2023(text: str, outcome: str) -> None:
    deadline = parse_deadline(text, 2023)

    assert said(deadline) == outcome
    assert bool(deadline.note) or deadline.understood
    if not deadline.understood and not deadline.empty:
        assert text[:30] in deadline.note, "a doubt quotes the cell as it is written"


def test_there_are_many() -> None:
    assert len(PAIRS) >= 400


FOUND = date(2023, 5, 18)  # a Thursday


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("立即整改", "2023-05-18"),
        ("马上整改", "2023-05-18"),
        ("当日", "2023-05-18"),
        ("当天整改", "2023-05-18"),
        ("当场整改", "2023-05-18"),
        ("现场整改", "2023-05-18"),
        ("次日", "2023-05-19"),
        ("次日12时前", "2023-05-19"),
        ("3日内", "2023-05-21"),
        ("三天内", "2023-05-21"),
        ("7天", "2023-05-25"),
        ("一周内", "2023-05-25"),
        ("两周内", "2023-06-01"),
        ("15日内", "2023-06-02"),
        ("10日内完成", "2023-05-28"),
        ("半个月内", "2023-06-02"),
        ("一个月内", "2023-06-18"),
        ("3个月内", "2023-08-18"),
        ("半年内", "2023-11-18"),
        ("一年内", "2024-05-18"),
        ("24小时内", "2023-05-19"),
        ("48小时内", "2023-05-20"),
        ("3个工作日内", "2023-05-23"),
        ("15个工作日内", "2023-06-08"),
        ("30个工作日内", "2023-06-30"),  # the Dragon Boat holiday and its make-up day between
        ("自发现之日起15日内", "2023-06-02"),
        ("月底前", "2023-05-31"),
        ("本月底前", "2023-05-31"),
        ("本月25日前", "2023-05-25"),
        ("下月5日前", "2023-06-05"),
        ("下月底", "2023-06-30"),
        ("本周五前", "2023-05-19"),
        ("下周一前", "2023-05-22"),
        ("5月底前", "2023-05-31"),
        ("春节前", "2024-02-09"),
        ("国庆节前", "2023-09-28"),
        ("即日起至6月底", "2023-06-30"),
    ],
)
def test_a_wording_that_counts_from_a_day(text: str, due: str) -> None:
    deadline = parse_deadline(text, 2023, FOUND)

    assert deadline.understood, deadline.note
    assert str(deadline.due) == due


@pytest.mark.parametrize(
    "text",
    [
        "收到通知后5个工作日内",
        "接到交办后3日内",
        "立行立改",
        "及时整改",
        "尽快",
        "适时",
        "限期整改",
        "汛期前",
    ],
)
def test_what_no_day_makes_known(text: str) -> None:
    assert not parse_deadline(text, 2023, FOUND).understood


def test_the_campaign_gives_its_days() -> None:
    span = (date(2024, 1, 1), date(2026, 12, 31))

    throughout = parse_deadline("三年行动期间", 2024, span=span)
    assert (throughout.starts, throughout.due, throughout.standing) == (*span, False)
    assert parse_deadline("专项行动结束前", 2024, span=span).due == span[1]


def test_a_holiday_whose_days_are_not_set_yet() -> None:
    assert parse_deadline("2031年国庆节前", 2031).due == date(2031, 9, 30)
    assert "尚未收录" in parse_deadline("2031年春节前", 2031).note


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("—", "未填写完成时限。"),
        ("收至通知后", "“收至通知后”没有写明日期，请核对后填写。"),
        ("三年行动结束前", "“三年行动结束前”没有写明行动结束的日期，请核对后填写。"),
        (
            "6月30日（星期四）前",
            "“6月30日（星期四）前”中的日期与星期不符（2023-06-30是星期五），请核对后填写。",
        ),
        ("力争5月底前", "原文写的是“力争”，按所写日期计算。"),
        ("2025年底前基本完成", "日期之外写有“基本完成”。"),
        ("国庆节前", "按2023年中秋节、国庆节假期9月29日开始计算。"),
    ],
)
def test_what_the_clerk_is_told(text: str, note: str) -> None:
    assert parse_deadline(text, 2023).note == note
