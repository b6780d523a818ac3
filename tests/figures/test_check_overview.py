"""Who was checked, may be checked and should be checked; the closing report, its years side by side."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.desk import Desk
from hazard_desk.figures.check_overview import Overview, check_overview, firm_checks
from hazard_desk.figures.progress.by_year import by_year, years_of
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.papers.order import Order
from hazard_desk.papers.telling import tell_text
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import Reading, due_days, next_due, previous_due, span_of
from tests.papers.reading import read_pdf

DAY = date(2026, 9, 15)
FIRMS = {"甲厂": "二级", "乙厂": "", "丙矿": "一级", "丁店": "三级"}


@pytest.fixture
def year(desk: Desk) -> Desk:
    """September 2026, with four firms; the last is closed."""
    desk.cabinet.clock.set(DAY)
    for name, grade in FIRMS.items():
        firm = {"name": name, "category": "企业", "sector": "工贸", "grade": grade}
        if name == "丙矿":
            firm |= {"sector": "非煤矿山", "high_risk": True}
        desk.enterprises.add(firm | ({"status": "关闭"} if name == "丁店" else {}))
    for name, day, kind in (
        ("甲厂", "2026-02-03", "日常"),
        ("甲厂", "2026-05-03", "双随机"),
        ("甲厂", "2026-06-03", "举报核查"),
        ("丙矿", "2025-03-01", "日常"),
    ):
        desk.checks.add({"checked_on": day, "kind": kind, "unit_name": name, "inspectors": "甲、乙"})
    return desk


def names(rows: object) -> list[str]:
    return [one.firm.name for one in rows]  # type: ignore[attr-defined]


def test_who_was_checked(year):
    found = check_overview(year.books, DAY)
    assert {one.firm.name: (one.counted, one.left, one.last) for one in found.firms} == {
        "甲厂": (2, 0, date(2026, 6, 3)),
        "乙厂": (0, 6, None),
        "丙矿": (0, 2, date(2025, 3, 1)),
    }, "the closed one is left out, what was reported does not count"
    assert names(found.unchecked) == ["乙厂", "丙矿"] == names(found.long_unchecked)
    assert names(found.at_cap) == ["甲厂"]
    assert [firm.name for firm in found.uninsured] == ["丙矿"]
    assert found.firms[0].counted == firm_checks(year.books, year.enterprises.get(1), DAY).counted
    before = check_overview(year.books, date(2026, 3, 1))
    assert before.firms[0].counted == 1 and names(before.long_unchecked) == ["乙厂"]


def test_more_firms_are_not_more_statements(year):
    def asked() -> int:
        told: list[str] = []
        connection = year.cabinet.db.connection()
        connection.set_trace_callback(told.append)
        check_overview(year.books, DAY)
        connection.set_trace_callback(None)
        return len(told)

    before = asked()
    for name in ("戊厂", "己厂", "庚厂"):
        year.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
    assert asked() == before


def test_a_firm_that_is_insured_is_not_listed(year):
    duty = {"unit_name": "丙矿", "duty": "安责险", "state": "已落实", "next_due": "2026-12-31"}
    year.enterprise_duties.add(duty)
    assert check_overview(year.books, DAY).uninsured == []
    year.cabinet.clock.set(date(2027, 1, 1))
    assert [firm.name for firm in check_overview(year.books, date(2027, 1, 1)).uninsured] == ["丙矿"]
    assert check_overview(year.books, date(2024, 1, 1)).insurance is None, "no rule then"


def test_punished_again_and_not_mended(year, found: Row):
    def again() -> list[tuple[str, int, int]]:
        rows = check_overview(year.books, DAY).again
        return [(firm.name, penalties, left) for firm, penalties, left in rows]

    for number, day in enumerate(("2025-09-14", "2026-03-01", "2026-08-01")):
        fine = {"kind": "行政处罚", "target_kind": "单位", "target": "甲厂", "happened_on": day, "amount": 1}
        year.rewards.add(fine | {"reason": f"违规{number}"})
    assert again() == [], "nothing is open"
    hazard = year.hazards.add(found | {"unit_name": "甲厂", "found_on": "2026-08-01"}).ids[0]
    assert again() == [("甲厂", 2, 1)], "the first is more than a year ago"
    year.hazards.step(hazard, "voided", {"happened_on": "2026-08-02", "note": "误报"})
    assert again() == []


def test_the_reward_is_proposed_from_the_fine(year, found: Row):
    tip = year.tips.add(
        {"received_on": "2026-08-01", "way": "电话", "content": "隐患", "verified": "属实"}
    ).ids[0]
    assert "amount" not in year.tips.reward_values(tip), "there is no fine yet"
    hazard = year.tips.make_hazard(tip, found | {"unit_name": "甲厂", "found_on": "2026-08-01"}).ids[0]
    fine = {"kind": "行政处罚", "target_kind": "单位", "target": "甲厂", "happened_on": "2026-09-01"}
    fine |= {"reason": "违规", "hazard_number": year.hazards.get(hazard).number}
    year.rewards.add(fine | {"amount": 1})
    assert year.tips.reward_values(tip)["amount"] == 3000, "at least"
    year.rewards.add(fine | {"amount": 9, "reason": "又一件"})
    told = year.tips.reward_values(tip)
    assert (told["amount"], told["basis"]) == (15000, "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）")
    own = {"title": "本省办法", "share": 20, "least": 1000, "most": 16000, "since": "2026-01-01"}
    year.ledgers["reward-rates"].add(own | {"checked": "已核"})
    assert year.tips.reward_values(tip)["amount"] == 16000, "at most"


def test_the_lists_on_paper(year, tmp_path):
    year.books.check_plans.add({"unit_name": "甲厂", "due_on": "2026-05-31"})
    year.books.check_plans.add({"unit_name": "乙厂", "due_on": "2026-06-30"})
    text = "".join(page.text for page in read_pdf(year.papers.print("check-overview"))).replace("\n", "")
    for told in (
        "2026年检查执法一览",
        "一、年度检查计划：共2家次，已检查1家次",
        "二、检查额度：1家已用完（应急〔2025〕11号，待核）",
        "三、今年还没查的：2家",
        "五、屡罚未改（一年内处罚2次以上、仍有未销号隐患的）：没有。",
        "六、应投保安全生产责任保险而没有登记的（应急〔2025〕27号，待核）：1家",
    ):
        assert told in text, told


def test_the_lists_of_an_empty_desk(desk: Desk):
    paper = tell_text("check-overview", desk.books, Order())
    assert "没有适用的规定" in str(paper.blocks)
    assert isinstance(check_overview(desk.books, desk.today), Overview)


def test_years_side_by_side(desk: Desk, found: Row):
    desk.cabinet.clock.set(date(2023, 12, 31))
    spans = years_of(desk.books, desk.today)
    assert [(span.first.year, span.last) for span in spans] == [(2023, date(2023, 12, 31))]
    major = {"level": "重大", "source": "企业自查", "criterion": "判定标准"}
    desk.hazards.add(found | major)
    figures = by_year(desk.books, find_progress_form("zhiben-2024-2026"), spans)
    assert (figures[0].years, figures[0].whole) == (("1",), "1")
    text = "".join(page.text for page in read_pdf(desk.papers.print("closing-report"))).replace("\n", "")
    assert "总结报告" in text and "共排查隐患1处，其中重大事故隐患1处" in text


def test_the_closing_report_tells_of_the_form_that_the_plan_asks_for(tmp_path):
    with Desk.create(tmp_path / "desk", "fangshan-2023", today=date(2023, 12, 31)) as desk:
        text = "".join(page.text for page in read_pdf(desk.papers.print("closing-report")))
    assert "群众举报的重大事故隐患" in text.replace("\n", "") and "自拟的季度报表" not in text


def test_a_form_of_the_quarter():
    form = find_progress_form("zhiben-2024-2026")
    days = list(due_days(date(2024, 1, 1), date(2024, 12, 31), form.due_day, form.every))
    assert [(day.month, day.day) for day in days] == [(3, 25), (6, 25), (9, 25), (12, 25)]
    assert next_due(date(2024, 3, 26), 25, 3) == date(2024, 6, 25)
    assert previous_due(date(2024, 3, 25), 25, 3) == date(2023, 12, 25)
    quarter = span_of(Reading.MONTHLY, date(2024, 6, 25), date(2024, 1, 1), date(2026, 12, 31), 25, 3)
    assert quarter.first == date(2024, 3, 26)
