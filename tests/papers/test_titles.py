"""Titles: broken by meaning, lines of like length, no character left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.papers.texts.phrases import campaign_of
from hazard_desk.papers.titles import title_lines

WIDTH = 20
TITLES = {
    "三星乡重大事故隐患专项排查整治2023行动方案": "三星乡重大事故隐患专项排查整治2023行动",
    "凤凰镇安全生产治本攻坚三年行动实施方案（2024—2026年）": "凤凰镇安全生产治本攻坚三年行动（2024—2026年）",
    "崇明区专项排查整治2023行动工作实施方案": "崇明区专项排查整治2023行动",
    "方案编制办法": "方案编制办法",
}
"""Titles of plans, and what is done under them."""


def measure(text: str) -> list[float]:
    return [0.5 if char < "\u0100" else 1.0 for char in text]


def test_a_title_that_fits_stays_on_one_line() -> None:
    assert title_lines("三星乡重大事故隐患台账", measure, WIDTH) == ["三星乡重大事故隐患台账"]


def test_a_given_break_is_kept() -> None:
    assert title_lines("三星乡人民政府\n通知", measure, WIDTH) == ["三星乡人民政府", "通知"]


def test_words_are_not_torn_and_lines_are_of_like_length() -> None:
    lines = title_lines("关于成立三星乡重大事故隐患专项排查整治2023行动工作领导小组的通知", measure, WIDTH)
    assert lines == ["关于成立三星乡重大事故隐患专项", "排查整治2023行动工作领导小组的通知"]


def test_a_place_keeps_its_name_and_的_does_not_begin_a_line() -> None:
    title = "三星乡人民政府关于印发《三星乡重大事故隐患专项排查整治2023行动方案》的通知"
    lines = title_lines(title, measure, WIDTH)
    assert "".join(lines) == title
    assert not [line for line in lines if line.startswith(("的", "星", "乡", "》"))]


@given(st.text(alphabet="三星乡重大事故隐患的2023行动方案《》通知，", min_size=9, max_size=70))
def test_no_line_is_too_long_or_left_with_a_character_or_two(title: str) -> None:
    lines = title_lines(title, measure, WIDTH)
    assert "".join(lines) == title
    assert all(sum(measure(line)) <= WIDTH + 0.02 for line in lines)
    if len(lines) > 1 and "，，，，" not in title and "《《《《" not in title and "》》》》" not in title:
        assert min(map(len, lines)) > 2


def test_a_title_without_any_place_to_break_is_still_printed_whole() -> None:
    assert "".join(title_lines("x" * 90, measure, WIDTH)) == "x" * 90


def test_the_campaign_is_named_without_the_plan() -> None:
    assert [campaign_of(PlanRow(title=title)) for title in TITLES] == list(TITLES.values())
