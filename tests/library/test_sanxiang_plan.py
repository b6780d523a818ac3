"""The bundled plan of 三星乡 (S0) agrees with its document."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.plans import Plan
from hazard_desk.rules.recurrence import occurrences

EXPECTED = Path(__file__).parents[1] / "data" / "sanxiang_expected.json"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return find_plan("sanxiang-2023")


def test_counts(plan: Plan) -> None:
    assert plan.counts() == {"actions": 8, "key_tasks": 25, "tasks": 34, "stages": 4, "duties": 14}


def test_head(plan: Plan) -> None:
    assert (plan.number, plan.issuer) == ("三星府发〔2023〕76号", "三星乡人民政府")
    assert (plan.issued_on, plan.starts_on, plan.ends_on) == (
        date(2023, 5, 18),
        date(2023, 5, 18),
        date(2023, 12, 31),
    )
    assert plan.hazard_number.format(year=2023, seq=7) == "三星隐患〔2023〕007号"


def test_every_row_agrees_with_the_annex(plan: Plan) -> None:
    rows = [
        {
            "number": task.number,
            "action": action.number,
            "key_task": key_task.number,
            "leads": list(task.leads),
            "units": list(task.units),
            "deadline": task.deadline,
            "due": task.due.isoformat() if task.due else None,
            "standing": task.standing,
            "inherited": dict(task.inherited),
        }
        for action, key_task, task in plan.rows()
    ]

    assert rows == json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_standing_and_dated_tasks(plan: Plan) -> None:
    dues = Counter(task.due for task in plan.tasks if task.due)

    assert sum(task.standing for task in plan.tasks) == 17
    assert dues == {
        date(2023, 5, 15): 2,
        date(2023, 5, 31): 7,
        date(2023, 6, 30): 4,
        date(2023, 7, 10): 1,
        date(2023, 7, 31): 1,
        date(2023, 10, 31): 1,
        date(2023, 11, 30): 1,
    }


def test_inherited_cells(plan: Plan) -> None:
    merged = {
        cell: [task.number for task in plan.tasks if cell in task.inherited] for cell in ("leads", "units")
    }

    assert merged["leads"] == merged["units"] == [12, 14, 16, 18, 20, 21, 25, 26, 30, 33]
    assert [task.number for task in plan.tasks if "deadline" in task.inherited] == [12, 14, 16, 26, 33]


def test_doubts_are_stated(plan: Plan) -> None:
    doubts = {task.number: "".join(task.doubts) for task in plan.tasks if task.doubts}

    assert {2, 3, 18, 24, 30} <= set(doubts)
    assert "谭千红" in doubts[3]
    assert "早于印发日" in doubts[2] and "早于印发日" in doubts[24]
    assert "第28项" in doubts[30]


def test_the_leading_group(plan: Plan) -> None:
    (group,) = plan.groups

    assert [(member.role, member.person) for member in group.members if not member.by_office] == [
        ("组长", "谭华祥"),
        ("副组长", "肖永富"),
        ("办公室主任", "肖永富"),
    ]
    assert [member.post for member in group.members if member.by_office] == [
        "其余各行业领域分管领导",
        "各科室负责人",
        "各村支部书记",
    ]
    assert (group.office, group.office_director) == ("乡应急办", "肖永富")


def test_stages_follow_one_another(plan: Plan) -> None:
    assert [(stage.name, stage.starts_on, stage.due) for stage in plan.stages] == [
        ("动员部署", date(2023, 5, 18), date(2023, 5, 20)),
        ("集中排查", date(2023, 5, 21), date(2023, 8, 31)),
        ("重点整治", date(2023, 9, 1), date(2023, 11, 30)),
        ("建章立制", date(2023, 12, 1), date(2023, 12, 31)),
    ]


def test_duties_fall_due_within_the_campaign(plan: Plan) -> None:
    times = {
        duty.id: len(occurrences(duty.rrule, duty.period, plan.starts_on, plan.ends_on))
        for duty in plan.duties
        if duty.kind == "recurring"
    }

    assert times == {
        "principals-inspection": 8,
        "deputies-research": 8,
        "risk-meeting": 8,
        "five-entries": 8,
        "urge-self-checks": 8,
        "cards-training": 3,
        "ledger-update": 3,
        "half-year-bulletin": 2,
        "contingency-training": 2,
        "yearly-drill": 1,
        "expert-service": 1,
        "safety-month": 1,
    }


def test_counted_and_triggered_duties(plan: Plan) -> None:
    slogans, report = (duty for duty in plan.duties if duty.kind != "recurring")

    assert (slogans.kind, slogans.at_least, slogans.unit) == ("standing_count", 3, "条（幅）")
    assert report.kind == "triggered" and report.trigger


def test_registers_and_what_only_the_narrative_says(plan: Plan) -> None:
    assert {register.id: register.tasks for register in plan.registers} == {
        "major-hazards": (9, 25),
        "problem-ledger": (),
        "work-lists": (),
        "blind-zones": (22,),
        "fire-legacy": (28,),
        "fire-facilities": (29,),
        "enforcement": (30,),
        "three-operations": (31,),
        "qualifications": (32,),
        "approval-flow": (33,),
        "full-list": (34,),
    }
    assert {"mobilisation-meeting", "hear-reports", "report-rewards", "funding", "stop-work"} <= {
        item.id for item in plan.narrative
    }
