"""How far the yearly targets of a plan are reached, counted from the ledgers."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.figures.targets import Reached, targets
from hazard_desk.library.plan_file import find_plan


@pytest.fixture
def reached(desk):
    """What is counted for the targets of the 凤凰镇 plan on a day."""
    plan = find_plan("fenghuang-2024-2026")

    def count(day: date) -> dict[str, Reached | None]:
        desk.cabinet.clock.set(day)
        return {seen.target.id: seen.reached for seen in targets(desk.books, plan)}

    return count


@pytest.fixture
def major(found):
    return found | {"level": "重大", "criterion": "判定标准第三条"}


def test_the_stock_of_2023_goes_down_to_nothing(desk, reached, major, found, five):
    old, plain = (desk.hazards.add(values).ids[0] for values in (major, found))
    assert reached(date(2024, 6, 1))["clear-stock"] == Reached("2023年及以前的重大隐患尚有1条未销号", False)
    desk.hazards.add(major | {"found_on": "2024-05-20"})
    assert "1条" in reached(date(2024, 6, 1))["clear-stock"].text, "one found later is no stock"
    desk.hazards.step(plain, Steps.COMMITTED.kind, five)
    desk.hazards.step(old, Steps.VOIDED.kind, {"happened_on": "2024-06-01", "note": "重复登记"})
    assert reached(date(2024, 6, 1))["clear-stock"] == Reached("2023年及以前的重大隐患尚有0条未销号", True)


def test_the_increase_is_judged_when_the_year_is_over(desk, reached, major):
    desk.cabinet.clock.set(date(2025, 6, 1))
    for day in ("2024-05-20", "2024-06-20", "2025-05-20"):
        desk.hazards.add(major | {"found_on": day})
    text = "2025年新发现重大隐患1条，2024年2条"
    assert reached(date(2025, 6, 1))["stop-increase"] == Reached(text)
    assert reached(date(2025, 12, 31))["stop-increase"] == Reached(text)
    assert reached(date(2026, 1, 1))["stop-increase"] == Reached(text, True)
    desk.hazards.add(major | {"found_on": "2025-07-20"})
    assert reached(date(2026, 1, 1))["stop-increase"].met is False


def test_rectified_on_time_is_a_share_of_those_asked_for(desk, reached, major, five):
    assert reached(date(2023, 6, 1))["rectified-on-time"].met is None
    numbers = [desk.hazards.add(major).ids[0] for _ in range(3)]
    for number in numbers:
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
    assert reached(date(2023, 5, 31))["rectified-on-time"].met is None, "the deadline is today"
    desk.cabinet.clock.set(date(2023, 6, 5))
    desk.hazards.step(
        numbers[0], Steps.RECTIFIED.kind, {"happened_on": "2023-05-31", "rectified_by": "丁整改"}
    )
    desk.hazards.step(
        numbers[1], Steps.RECTIFIED.kind, {"happened_on": "2023-06-01", "rectified_by": "丁整改"}
    )
    counted = reached(date(2023, 6, 5))
    assert counted["rectified-on-time"] == Reached("按期整改率33.3%（1/3）", False)
    assert counted["dynamic-zero"] == Reached("逾期未整改的重大隐患1条", False)


def test_trainings_of_the_year(desk, reached):
    training = {"kind": "教育培训", "title": "消防安全责任人培训", "level": "镇"}
    desk.activities.add(training | {"held_on": "2023-05-20"})
    desk.cabinet.clock.set(date(2024, 6, 1))
    desk.activities.add(training | {"held_on": "2024-05-20"})
    counted = reached(date(2024, 6, 1))
    assert counted["focus-training-2024"] == Reached("2024年已开展教育培训1次")
    assert counted["focus-training-2025"] == Reached("2025年已开展教育培训0次")


def test_what_cannot_be_counted_is_left_to_people(reached):
    assert reached(date(2024, 6, 1))["fewer-accidents"] is None
