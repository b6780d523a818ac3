"""Courses of a hazard for tests of the fold: its events by kind and days after discovery."""

from __future__ import annotations

from datetime import date, timedelta

from hazard_desk.books.hazards.step import CORRECTED, WITHDRAWN, Event
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.rules.fields import Kind, Row

FOUND_ON = date(2023, 5, 20)
FIVE: Row = {
    "responsible": "丙负责",
    "measures": "更换线路",
    "funds": 1.5,
    "deadline": FOUND_ON + timedelta(10),
    "contingency": "断电",
}
FACTS: dict[str, Row] = {
    Steps.REGISTERED.kind: {"level": "一般"},
    Steps.COMMITTED.kind: FIVE,
    Steps.RECTIFIED.kind: {"rectified_by": ["丁整改"], "spent": None},
    Steps.RECHECK_PASSED.kind: {"rechecked_by": ["戊复查"], "recheck_finding": "合格"},
    Steps.RECHECK_FAILED.kind: {"rechecked_by": ["戊复查"], "recheck_finding": "未穿管"},
    Steps.SIGNED_OFF.kind: {"signed_off_by": "己审批"},
    Steps.EXTENDED.kind: {"deadline": FOUND_ON + timedelta(20), "extended_by": "己审批"},
    Steps.VOIDED.kind: {},
    Steps.REPORTED.kind: {"reports": ["乡政府", "监管单位"]},
    Steps.PLANNED.kind: {"plan_goal": "消除隐患"},
    Steps.NOTICE_RECTIFY.kind: {"notice_number": "限改〔2023〕1号", "deadline": FOUND_ON + timedelta(15)},
    Steps.NOTICE_RECHECK.kind: {"recheck_number": "复查〔2023〕1号"},
    Steps.SUPERVISED.kind: {
        "supervision_number": "督办〔2023〕1号",
        "supervision_deadline": FOUND_ON + timedelta(15),
    },
    Steps.SUPERVISION_EXTENDED.kind: {"supervision_deadline": FOUND_ON + timedelta(25)},
    Steps.SUPERVISION_ACCEPTED.kind: {},
    Steps.SUPERVISION_REMOVED.kind: {},
    Steps.HANDED_OVER.kind: {"handed_to": "行业主管部门"},
    Steps.ESCALATED.kind: {"handed_to": "县安委办"},
    Steps.REOPENED.kind: {},
    Steps.LISTED.kind: {"deputy_consent": "辛", "principal_consent": "壬"},
    Steps.REGRADED.kind: {"level": "重大", "criterion": "标准", "regraded_by": "己审批"},
    Steps.REPLIED.kind: {"reply": "已整改"},
    Steps.SENT_BACK.kind: {},
    Steps.POSTED.kind: {"posted_at": "公告栏"},
    Steps.REPORTED_DONE.kind: {"done_reports": ["乡政府"]},
    Steps.COUNTY_SIGNED.kind: {"county_leader": "癸"},
    Steps.RESTORED.kind: {},
    Steps.MERGED.kind: {"merged_into": "三星隐患〔2023〕001号"},
}


def some(kind: str) -> Row:
    """Return facts of a step of which this test knows only the declaration."""
    day = FOUND_ON + timedelta(15)
    said: Row = {Kind.DATE: day, Kind.NUMBER: 1.5, Kind.INTEGER: 1, Kind.NAMES: ["庚"]}
    needed = STEPS[kind].fields[1:-1]
    return {one.name: one.choices[0] if one.choices else said.get(one.kind, "庚") for one in needed}


def course(*taken: tuple[str, int] | tuple[str, int, Row]) -> list[Event]:
    """Return events: kind, days after discovery, and facts other than usual."""
    return [
        Event(number, kind, FOUND_ON + timedelta(day), FACTS[kind] | (other[0] if other else {}))
        for number, (kind, day, *other) in enumerate(taken, start=1)
    ]


def corrected(events: list[Event], number: int, days: int, facts: Row | None = None) -> list[Event]:
    day = FOUND_ON + timedelta(days)
    return [*events, Event(len(events) + 1, CORRECTED, day, facts or {}, corrects=number)]


WHOLE = (
    (Steps.REGISTERED.kind, 0),
    (Steps.COMMITTED.kind, 1),
    (Steps.RECTIFIED.kind, 5),
    (Steps.RECHECK_PASSED.kind, 6),
    (Steps.SIGNED_OFF.kind, 7),
)


def withdrawn(events: list[Event], number: int) -> list[Event]:
    return [*events, Event(len(events) + 1, WITHDRAWN, FOUND_ON, corrects=number)]
