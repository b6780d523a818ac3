"""The bundled plans agree with their documents: every count here is typed from the document."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from hazard_desk.books.activities import KINDS as ACTIVITIES
from hazard_desk.books.checks.book import KINDS as CHECKS
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS
from hazard_desk.books.enterprise_duties import DUTIES as FIRM_DUTIES
from hazard_desk.library.plan_file import bundled_plans, find_plan
from hazard_desk.library.plans import Plan
from hazard_desk.library.registers import bundled_registers as registers
from hazard_desk.library.registers import elsewhere
from hazard_desk.rules.fulfilment import ANY, read_code
from hazard_desk.rules.recurrence import occurrences

COUNTS = {
    "sanxiang-2023": {"actions": 8, "key_tasks": 25, "tasks": 34, "stages": 4, "duties": 14},
    "yongqiao-three-holds": {"actions": 3, "key_tasks": 12, "tasks": 12, "stages": 0, "duties": 17},
    "fangshan-2023": {"actions": 3, "key_tasks": 13, "tasks": 34, "stages": 4, "duties": 22},
    "fenghuang-2024-2026": {"actions": 8, "key_tasks": 19, "tasks": 19, "stages": 0, "duties": 15},
    "chongming-2023": {"actions": 3, "key_tasks": 17, "tasks": 17, "stages": 4, "duties": 18},
}


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {plan_id: find_plan(plan_id) for plan_id in bundled_plans()}


@pytest.fixture(scope="module")
def yongqiao(plans: dict[str, Plan]) -> Plan:
    return plans["yongqiao-three-holds"]


@pytest.fixture(scope="module")
def fangshan(plans: dict[str, Plan]) -> Plan:
    return plans["fangshan-2023"]


@pytest.fixture(scope="module")
def fenghuang(plans: dict[str, Plan]) -> Plan:
    return plans["fenghuang-2024-2026"]


@pytest.fixture(scope="module")
def chongming(plans: dict[str, Plan]) -> Plan:
    return plans["chongming-2023"]


def sizes(plan: Plan) -> list[int]:
    """How many tasks each part has."""
    return list(Counter(action.number for action, _, _ in plan.rows()).values())


def sub_items(plan: Plan) -> list[int]:
    """How many lines （1）, （2）… the text of each task has."""
    return [len(re.findall(r"^（\d）", task.text, re.MULTILINE)) for task in plan.tasks]


def days(plan: Plan, duty_id: str) -> list[date]:
    """When a duty falls due."""
    duty = next(duty for duty in plan.duties if duty.id == duty_id)
    assert duty.kind == "recurring"
    return [once.due for once in occurrences(duty.rrule, duty.period, plan.starts_on, plan.ends_on)]


def month_days(day: int, months: range, year: int = 2023) -> list[date]:
    return [date(year, month, day) for month in months]


# All of them


def test_five_plans_come_with_the_program(plans: dict[str, Plan]) -> None:
    assert {plan_id: plan.counts() for plan_id, plan in plans.items()} == COUNTS


def test_the_document_numbers(plans: dict[str, Plan]) -> None:
    assert {plan_id: (plan.number, plan.issued_on) for plan_id, plan in plans.items()} == {
        "sanxiang-2023": ("三星府发〔2023〕76号", date(2023, 5, 18)),
        "yongqiao-three-holds": ("", None),
        "fangshan-2023": ("方发改安全发〔2023〕35号", date(2023, 5, 17)),
        "fenghuang-2024-2026": ("凤凰府发〔2024〕54号", date(2024, 4, 15)),
        "chongming-2023": ("", date(2023, 5, 23)),
    }


def test_each_numbers_its_hazards_in_its_own_way(plans: dict[str, Plan]) -> None:
    numbers = {plan.hazard_number.format(year=2023, seq=1) for plan in plans.values()}
    assert len(numbers) == 5
    assert all(number.endswith("〔2023〕001号") for number in numbers)


@pytest.mark.parametrize("plan_id", COUNTS)
def test_what_fulfils_a_duty_can_be_registered(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    known = {
        "activity": ACTIVITIES,
        "firm": FIRM_DUTIES,
        "check": CHECKS,
        "form": plan.forms,
        "paper": [kind.report for kind in DOCUMENT_KINDS.values()],
        "register": (*registers(), "check-plans", "tips"),
    }
    for duty in plan.duties:
        for code in duty.fulfilled_by:
            wanted = read_code(code)
            assert wanted.name in (*known[wanted.source], ANY), f"{duty.id}: {code}"


@pytest.mark.parametrize("plan_id", COUNTS)
def test_every_register_of_a_plan_is_here_or_in_another_ledger(plans: dict[str, Plan], plan_id: str) -> None:
    named = {register.id for register in plans[plan_id].registers}
    assert named and named <= {*registers(), *elsewhere()}


@pytest.mark.parametrize("plan_id", COUNTS)
def test_texts_are_whole_and_free_of_the_page_they_came_from(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    texts = [task.text for task in plan.tasks] + [duty.basis for duty in plan.duties]
    for text in texts:
        assert text.rstrip()[-1] in "。；）", text[-20:]
        assert not re.search(r"[*#\[\]]|\d \w|^\s", text), text[:40]
    assert all(key.name and key.name[-1] not in "。：" for action in plan.actions for key in action.key_tasks)
    assert plan.notes, "every document leaves something open"


# 宿州埇桥


def test_yongqiao_has_twelve_tasks_in_three_parts(yongqiao: Plan) -> None:
    assert [action.name for action in yongqiao.actions] == [
        "狠抓主体责任落实",
        "狠抓规章制度执行",
        "狠抓常态化高质量监管",
    ]
    assert sizes(yongqiao) == [4, 3, 5]
    assert sub_items(yongqiao) == [3, 5, 3, 3, 4, 3, 3, 4, 3, 3, 4, 5]
    assert [key.written for action in yongqiao.actions for key in action.key_tasks] == [
        f"{number}．" for number in range(1, 13)
    ]
    assert {task.written for task in yongqiao.tasks} == {""}, "the heading bears the number"


def test_yongqiao_names_three_leads_and_no_dates(yongqiao: Plan) -> None:
    assert yongqiao.groups == () and yongqiao.stages == () and yongqiao.forms == ()
    assert not any(task.units or task.deadline or task.due for task in yongqiao.tasks)
    assert {task.number: task.leads for task in yongqiao.tasks if task.leads} == {8: ("局安全办",)}
    parts = {(task.number, part.number): part.leads for task in yongqiao.tasks for part in task.parts}
    assert {place: leads for place, leads in parts.items() if leads} == {
        (8, 1): ("各单位主要负责同志或分管负责同志",),
        (9, 2): ("政策法规股",),
        (10, 3): ("执法大队",),
    }
    notes = "".join(yongqiao.notes)
    assert "没有发文字号和成文日期" in notes and "没有阶段安排" in notes


def test_the_rhythm_of_yongqiao(yongqiao: Plan) -> None:
    assert len(days(yongqiao, "led-inspection")) == 12
    assert len(days(yongqiao, "enterprise-inspection")) == len(days(yongqiao, "blacklist")) == 4
    assert days(yongqiao, "half-year-drill") == [date(2023, 6, 30), date(2023, 12, 31)]
    assert days(yongqiao, "yearly-report") == [date(2023, 12, 31)]
    triggered = {duty.id: duty.trigger for duty in yongqiao.duties if duty.kind == "triggered"}
    assert "春节、元旦、清明、五一、十一" in triggered["festival-inspection"]
    assert "雨雪冰冻、汛期、高温、台风" in triggered["disaster-inspection"]
    assert "重大事故" in triggered["accident-inspection"]
    assert len(triggered) == 8


# 方山


def test_fangshan_has_15_12_and_7_items_under_their_headings(fangshan: Plan) -> None:
    assert sizes(fangshan) == [15, 12, 7]
    assert [len(action.key_tasks) for action in fangshan.actions] == [5, 5, 3]
    assert [len(key.tasks) for action in fangshan.actions for key in action.key_tasks] == [
        *(4, 4, 4, 2, 1),
        *(2, 1, 4, 2, 3),
        *(3, 2, 2),
    ]
    printed = [f"（{number}）" for part in (15, 12, 7) for number in range(1, part + 1)]
    assert [task.written for task in fangshan.tasks] == printed
    assert any("实际只列出三项" in note for note in fangshan.notes)


def test_the_groups_of_fangshan(fangshan: Plan) -> None:
    top, *sectors = fangshan.groups
    assert [(member.role, member.person or member.post) for member in top.members] == [
        ("组长", "王国锋"),
        ("副组长", "李昉珍"),
        ("副组长", "刘珍"),
        ("副组长", "张侯平"),
        ("成员", "各股室主要负责人"),
        ("办公室主任", "张侯平"),
    ]
    assert {group.parent for group in sectors} == {top.id}
    assert [
        (group.members[0].person, group.members[1].person, len(group.members) - 2) for group in sectors
    ] == [("刘珍", "杨红平", 8), ("张侯平", "高宝珍", 6), ("张侯平", "高宝珍", 1), ("张侯平", "靳益明", 2)]


def test_the_stages_of_fangshan(fangshan: Plan) -> None:
    assert [(stage.name, stage.due) for stage in fangshan.stages] == [
        ("动员部署", date(2023, 5, 20)),
        ("企业自查自改和部门帮扶", date(2023, 7, 31)),
        ("部门精准执法", date(2023, 11, 30)),
        ("巩固提高", date(2023, 12, 31)),
    ]
    assert (fangshan.starts_on, fangshan.stages[0].starts_on) == (date(2023, 4, 25), date(2023, 4, 25))


def test_the_rhythm_of_fangshan(fangshan: Plan) -> None:
    assert days(fangshan, "group-report") == month_days(25, range(4, 13))
    assert days(fangshan, "progress-form") == month_days(28, range(6, 13)), "from June on"
    assert days(fangshan, "numbered-list") == month_days(29, range(4, 13))
    thursdays = days(fangshan, "assigned-feedback")
    assert len(thursdays) == 36 and {day.isoweekday() for day in thursdays} == {4}
    assert next(duty.at for duty in fangshan.duties if duty.id == "assigned-feedback") == "12:00"
    assert len(days(fangshan, "publication")) == len(days(fangshan, "monthly-meeting")) == 9
    assert len(days(fangshan, "hear-reports")) == 3
    assert len(days(fangshan, "high-risk-drill")) == 2
    assert days(fangshan, "yearly-drill") == [date(2023, 12, 31)]
    assert Counter(duty.kind for duty in fangshan.duties) == {"recurring": 14, "counter": 4, "triggered": 4}
    assert fangshan.forms == ("fangshan-2023",)


# 凤凰镇


def test_fenghuang_has_nineteen_tasks_in_eight_groups(fenghuang: Plan) -> None:
    assert sizes(fenghuang) == [3, 1, 3, 3, 2, 3, 3, 1]
    assert [task.number for task in fenghuang.tasks] == list(range(1, 20))
    assert fenghuang.stages == ()


def test_three_years_with_a_target_and_a_training_each(fenghuang: Plan) -> None:
    yearly: dict[int, list[str]] = {}
    for target in fenghuang.targets:
        if target.year:
            assert target.due == date(target.year, 12, 31)
            yearly.setdefault(target.year, []).append(target.text)
    assert {year: len(texts) for year, texts in yearly.items()} == {2024: 2, 2025: 2, 2026: 2}
    assert "存量" in yearly[2024][0] and "增量" in yearly[2025][0] and "动态清零" in yearly[2026][0]
    assert "镇卫生院" in yearly[2024][1] and "学校" in yearly[2025][1] and "超市、宾馆" in yearly[2026][1]
    rates = [target.id for target in fenghuang.targets if (target.value, target.unit) == (100, "%")]
    assert rates == ["rectified-on-time", "double-prevention"]


def test_the_special_team_of_fenghuang(fenghuang: Plan) -> None:
    (team,) = fenghuang.groups
    assert [member.person for member in team.members if member.person] == ["柳德刚", "林毛茅"]
    assert len([member for member in team.members if member.by_office]) == 8
    assert team.office == "镇应急办" and team.office_director == ""
    assert any("治本攻坚" in doubt for doubt in team.doubts)


def test_the_rhythm_of_fenghuang_runs_over_three_years(fenghuang: Plan) -> None:
    year_ends = [date(year, 12, 31) for year in (2024, 2025, 2026)]
    for yearly in ("focus-training", "yearly-inspection", "yearly-bulletin", "evacuation-drill"):
        assert days(fenghuang, yearly) == year_ends
    assert len(days(fenghuang, "enterprise-inspection")) == 11
    assert len(days(fenghuang, "high-risk-inspection")) == 33
    assert len(days(fenghuang, "high-risk-drill")) == 6
    assert "commendations" in {item.id for item in fenghuang.narrative}


# 崇明


def test_chongming_has_6_6_and_5_tasks(chongming: Plan) -> None:
    assert sizes(chongming) == [6, 6, 5]
    printed = [f"{number}．" for part in (6, 6, 5) for number in range(1, part + 1)]
    assert [key.written for action in chongming.actions for key in action.key_tasks] == printed


def test_the_working_team_of_chongming(chongming: Plan) -> None:
    (team,) = chongming.groups
    assert Counter(member.role for member in team.members) == {
        "组长": 1,
        "常务副组长": 1,
        "副组长": 4,
        "成员": 1,
    }
    assert next(member.person for member in team.members if member.role == "常务副组长") == "黄晓霞"
    assert team.office == "区应急局（区安委办）"


def test_the_stages_and_report_dates_of_chongming(chongming: Plan) -> None:
    assert [(stage.name, stage.due) for stage in chongming.stages] == [
        ("动员部署", date(2023, 5, 20)),
        ("企业自查自改和部门帮扶", date(2023, 6, 30)),
        ("精准执法和强化督查", date(2023, 11, 30)),
        ("总结提高", date(2023, 12, 31)),
    ]
    assert days(chongming, "plan-report") == [date(2023, 5, 31)]
    assert days(chongming, "august-report") == [date(2023, 8, 5)]
    assert days(chongming, "december-report") == [date(2023, 12, 20)]
    assert days(chongming, "progress-form") == month_days(28, range(5, 13)), "from May on"
    assert chongming.forms == ("chongming-2023",)
    assert Counter(duty.kind for duty in chongming.duties) == {"recurring": 12, "counter": 4, "triggered": 2}
