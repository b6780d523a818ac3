"""A check beyond its cap, with too few certified inspectors, of a firm outside the plan; the yearly plan."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.checks.dated_rules import caps_on
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import RefusedFields
from hazard_desk.figures.due import due_items
from hazard_desk.library.dated_rules import bundled_rules

DAY = date(2026, 9, 15)
VISIT = {"kind": "日常", "unit_name": "甲厂", "inspectors": "王秀、李明", "checked_on": "2026-09-15"}


@pytest.fixture
def year(desk: Desk) -> Desk:
    """September 2026: a firm of the second grade, four checks a year were it dangerous, two as it is."""
    desk.cabinet.clock.set(DAY)
    firm = {"name": "甲厂", "category": "企业", "sector": "工贸", "grade": "二级"}
    desk.enterprises.add(firm)
    desk.enterprises.add(firm | {"name": "乙厂", "grade": ""})
    return desk


def told(desk: Desk, **more: object) -> str:
    """What is said of a check that is refused; '' for one that is entered."""
    try:
        desk.checks.add(VISIT | more)
    except RefusedFields as wrong:
        assert list(wrong.problems) == ["reason"]
        return wrong.problems["reason"]
    return ""


def certified(desk: Desk, name: str, **more: object) -> None:
    known = {"person": name, "level": "镇", "starts_on": "2026-01-01", "certificate": "行政执法证"}
    desk.ledgers["technical-inspectors"].add(known | more)


def planned(desk: Desk, name: str, due_on: str) -> int:
    return desk.books.check_plans.add({"unit_name": name, "due_on": due_on}).ids[0]


def test_three_plain_warnings_and_a_reason(year):
    for day in ("2026-03-01", "2026-05-01"):
        assert told(year, checked_on=day) == ""
    certified(year, "王 秀", valid_until="2026-12-31")
    planned(year, "乙厂", "2026-09-30")
    assert told(year) == (
        "“甲厂”2026年已检查2次，达到每年2次的额度（应急〔2025〕11号，待核）；"
        "检查人中持有效证件的只有王秀，应有2人以上（国办发〔2024〕54号，待核）；"
        "“甲厂”不在2026年的年度检查计划内。仍要检查的，请填写“检查理由”"
    )
    assert year.checks.count(Query()) == 2
    assert told(year, reason="有群众反映，经主要负责人同意") == ""
    number = max(year.checks.ids(Query()))
    year.checks.change(number, {"remark": "不再追问"})
    assert year.checks.get(number).reason.startswith("有群众反映")


@pytest.mark.parametrize("kind", ["带队", "举报核查", "交办核查"])
def test_what_does_not_count_for_the_cap(year, kind):
    for day in ("2026-03-01", "2026-05-01"):
        told(year, checked_on=day)
    assert told(year, kind=kind) == ""
    assert told(year, checked_on="2025-12-31", kind="日常") == "", "another year"


def test_checks_of_earlier_campaigns_are_not_concerned(year):
    certified(year, "赵一", starts_on="2023-01-01")
    planned(year, "乙厂", "2023-06-30")
    for month in range(1, 6):
        assert told(year, checked_on=f"2024-0{month}-01") == "", "before the rules held"
    assert "不在2023年" in told(year, checked_on="2023-06-01"), "a plan is the office's own"


def test_a_firm_without_a_grade_is_judged_as_having_none(year):
    for month in range(1, 7):
        assert told(year, unit_name="乙厂", checked_on=f"2026-0{month}-01") == ""
    assert "每年6次" in (said := told(year, unit_name="乙厂")) and "标准化等级没有填写，按未创建计算" in said


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({}, True),
        ({"valid_until": "2026-09-15"}, True),
        ({"valid_until": "2026-09-14"}, False),
        ({"ends_on": "2026-09-15"}, False),
        ({"ends_on": "2026-09-16"}, True),
        ({"starts_on": "2026-09-16"}, False),
        ({"certificate": ""}, False),
        ({"certificate": "", "certificate_number": "0071"}, True),
    ],
)
def test_whose_certificate_is_valid(year, facts, holds):
    certified(year, "王秀")
    certified(year, "李明", **facts)
    said = told(year)
    assert (said == "") is holds, said


def test_a_desk_without_a_list_of_certificates_cannot_tell(year):
    assert told(year) == ""


def test_what_the_office_entered_holds_for_its_class(year):
    own = {
        "grade": "二级",
        "high_risk": False,
        "most": 5,
        "since": "2026-01-01",
        "number": "市安办〔2026〕1号",
    }
    year.ledgers["check-caps"].add(own | {"checked": "已核"})
    cap = caps_on(year.cabinet, DAY).get((False, "二级"))
    assert cap is not None and (cap.most, cap.cited) == (5, "市安办〔2026〕1号")
    assert cap.exempt == bundled_rules().caps[0].exempt
    before = caps_on(year.cabinet, date(2025, 9, 1)).get((False, "二级"))
    dangerous = caps_on(year.cabinet, DAY).get((True, "二级"))
    assert before is not None and before.most == 2 and dangerous is not None and dangerous.most == 4
    assert caps_on(year.cabinet, date(2024, 12, 31)) == {}


def test_the_plan_of_the_year_says_what_was_done(year):
    march, autumn = planned(year, "甲厂", "2026-03-31"), planned(year, "甲厂", "9月底")
    other = planned(year, "乙厂", "2026-06-30")
    told(year, checked_on="2026-05-08")
    told(year, unit_name="乙厂", checked_on="2026-05-31")
    told(year, unit_name="乙厂", checked_on="2026-07-01", kind="举报核查")
    rows = {row.id: (row.state, row.done_on) for row in year.books.check_plans.of_year(2026)}
    assert rows == {
        march: ("已检查", date(2026, 5, 8)),
        autumn: ("未检查", None),
        other: ("逾期未查", None),
    }
    assert year.books.check_plans.ids(Query(where={"state": "逾期未查"})) == [other]
    told(year, unit_name="乙厂", checked_on="2026-09-01")
    assert year.books.check_plans.get(other).done_on == date(2026, 9, 1), "late, but done"


def test_the_plan_stands_among_what_is_due(year):
    planned(year, "甲厂", "2026-09-30")
    (item,) = [one for one in due_items(year.books, DAY, date(2026, 9, 30)) if one.kind == "register"]
    assert (item.title, item.open, item.record) == ("年度检查计划：甲厂", True, "check-plans/1")
    told(year)
    (item,) = [one for one in due_items(year.books, DAY, date(2026, 9, 30)) if one.kind == "register"]
    assert not item.open


def test_one_visit_does_one_of_two_checks_planned_for_a_month(year):
    second, first = planned(year, "甲厂", "2026-08-31"), planned(year, "甲厂", "2026-08-10")
    told(year, checked_on="2026-08-05")
    assert [year.books.check_plans.get(one).state for one in (first, second)] == ["已检查", "逾期未查"]
    told(year, checked_on="2026-09-02")
    assert year.books.check_plans.get(second).done_on == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"due_on": "1890-09-30"}, "due_on"), ({"due_on": "2026-09-30", "filed_on": "2026-09-16"}, "filed_on")],
)
def test_odd_days_of_a_planned_check_are_asked_back(year, facts, field):
    with pytest.raises(RefusedFields) as wrong:
        year.books.check_plans.add({"unit_name": "甲厂", **facts})
    assert list(wrong.value.problems) == [field]
