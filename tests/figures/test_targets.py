"""How far the yearly targets of a plan are reached, counted from the ledgers."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.figures.rates import PlacedHazard, progress_by
from hazard_desk.figures.targets import Reached, targets
from hazard_desk.library.plan_file import find_plan
from hazard_desk.papers.model import Line
from hazard_desk.papers.order import Order
from hazard_desk.papers.telling import tell_text
from hazard_desk.rules.readings import Span
from hazard_desk.store.columns import field_of


@pytest.fixture
def reached(desk):
    """What is counted for the targets of the 凤凰镇 plan on a day."""
    plan = find_plan("fenghuang-2024-2026")

    def count(day: date) -> dict[str, Reached | None]:
        desk.cabinet.clock.set(day)
        return {seen.target.id: seen.reached for seen in targets(desk.books, plan.targets)}

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


def test_no_target_is_reached_by_an_empty_desk(reached):
    for day in (date(2024, 12, 31), date(2026, 11, 30), date(2027, 1, 5)):
        assert [one for one in reached(day).values() if one and one.met] == []


def test_a_closed_firm_of_a_dangerous_trade_is_asked_for_nothing(desk, reached):
    firm = {"name": "丙采石场", "category": "企业", "sector": "工贸", "high_risk": "是"}
    number = desk.enterprises.add(firm).ids[0]
    assert reached(date(2024, 6, 1))["double-prevention"].met is False
    desk.enterprises.change(number, {"status": "关闭"})
    assert reached(date(2024, 6, 1))["double-prevention"].met is None


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
    assert "还没有标明“高危”的企业" in reached(date(2023, 6, 1))["rectified-on-time"].text
    unit = {"name": major["unit_name"], "category": "企业", "sector": "工贸", "high_risk": True}
    desk.enterprises.add(unit)
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
    assert counted["dynamic-zero"] == Reached("逾期未整改的重大隐患1条"), "2026 has not begun"


def test_what_cannot_be_counted_is_left_to_people(reached):
    assert reached(date(2024, 6, 1))["fewer-accidents"] is None


def test_each_sort_of_training_that_the_year_names_is_asked_for(desk, reached):
    desk.cabinet.clock.set(date(2024, 6, 1))
    training = {"kind": "教育培训", "level": "镇", "held_on": "2024-05-20"}
    desk.activities.add(training | {"title": "全体干部消防培训"})
    assert reached(date(2024, 6, 1))["focus-training-2024"].text.endswith("危化0次、卫生院0次")
    desk.activities.add(training | {"title": "危化企业主要负责人集中培训"})
    half = Reached("2024年已开展集中培训：危化1次、卫生院0次")
    assert reached(date(2024, 6, 1))["focus-training-2024"] == half
    assert reached(date(2025, 1, 1))["focus-training-2024"].met is False
    desk.activities.add(training | {"title": "镇卫生院消防安全责任人集中培训"})
    assert reached(date(2025, 1, 1))["focus-training-2024"].met is True


def test_only_enterprises_of_dangerous_trades_count_for_their_targets(desk, reached, major, five):
    for name, risky in (("危化厂", True), ("超市", False)):
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸", "high_risk": risky})
        number = desk.hazards.add(major | {"unit_name": name}).ids[0]
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
    assert reached(date(2023, 6, 5))["rectified-on-time"] == Reached("按期整改率0%（0/1）", False)
    systems = {"unit_name": "危化厂", "state": "已落实"}
    desk.enterprise_duties.add(systems | {"duty": "双重预防"})
    half = reached(date(2023, 6, 5))["double-prevention"]
    assert half == Reached("高危企业覆盖率0%（0/1），未落实的：危化厂", False)
    desk.enterprise_duties.add(systems | {"duty": "一会三卡"})
    assert reached(date(2023, 6, 5))["double-prevention"] == Reached("高危企业覆盖率100%（1/1）", True)


def test_every_check_is_to_ask_those_who_are_checked(desk):
    plan = find_plan("fangshan-2023")

    def told() -> Reached | None:
        return next(seen.reached for seen in targets(desk.books, plan.targets) if seen.target.measure)

    assert told() == Reached("还没有检查记录")
    visit = {"checked_on": "2023-05-25", "kind": "日常", "unit_name": "厂", "inspectors": "甲、乙"}
    for quizzed in ("合格", "不合格", "未抽考", ""):
        desk.checks.add(visit | {"quizzed": quizzed})
    assert told() == Reached("抽考率50%（2/4次检查）", False)


def test_the_figures_tell_dangerous_trades_apart(desk, major, five):
    def told() -> list[tuple[str, int, float | None]]:
        rows = progress_by(
            desk.books, field_of(PlacedHazard.high_risk), Span(date(2023, 5, 1), date(2023, 6, 5))
        )
        return [(row.name, row.found, row.on_time_rate) for row in rows]

    for name, risky in (("危化厂", True), ("超市", False)):
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸", "high_risk": risky})
        number = desk.hazards.add(major | {"unit_name": name}).ids[0]
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
    assert sorted(told()) == [("否", 1, 0.0), ("是", 1, 0.0)]
    paper = tell_text("hazard-figures", desk.books, Order())
    words = [block.text for block in paper.blocks if isinstance(block, Line)]
    assert "按高危企业" in words
    desk.enterprises.change(1, {"high_risk": False})
    paper = tell_text("hazard-figures", desk.books, Order())
    words = [block.text for block in paper.blocks if isinstance(block, Line)]
    assert "按高危企业" not in words


def test_a_deadline_moved_when_it_had_passed_makes_no_target_met(desk, reached, major, five):
    unit = {"name": major["unit_name"], "category": "企业", "sector": "工贸", "high_risk": True}
    desk.enterprises.add(unit)
    number = desk.hazards.add(major).ids[0]
    desk.hazards.step(number, Steps.COMMITTED.kind, five)
    desk.cabinet.clock.set(date(2023, 6, 5))
    moved = {
        "happened_on": "2023-06-05",
        "deadline": "2023-06-30",
        "extended_by": "甲乡长",
        "note": "材料未到",
    }
    desk.hazards.step(number, Steps.EXTENDED.kind, moved)
    desk.hazards.step(number, Steps.RECTIFIED.kind, {"happened_on": "2023-06-05", "rectified_by": "丁整改"})
    assert reached(date(2023, 6, 6))["rectified-on-time"] == Reached("按期整改率0%（0/1）", False)
