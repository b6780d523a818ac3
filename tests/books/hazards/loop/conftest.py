"""The closed loop over real ledgers: what is entered for each step, and a course through all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from tests.books.hazards.kept import everything

FOUND_ON = date(2023, 5, 10)


def day(after: int) -> str:
    return (FOUND_ON + timedelta(after)).isoformat()


def on(after: int, **values: Any) -> Row:
    """Return the entry of a step so many days after discovery, as the clerk types it."""
    return {"happened_on": day(after)} | values


FIVE: Row = {
    "responsible": "丙负责",
    "measures": "更换线路并穿管",
    "funds": "1.5",
    "deadline": day(12),
    "contingency": "断电、撤人、报告",
}
PLAN: Row = {
    "plan_goal": "消除火灾隐患",
    "plan_methods": "更换线路",
    "plan_resources": "电缆两盘",
    "plan_people": "丙负责、丁整改",
    "plan_deadline": day(12),
    "plan_safety": "断电作业，专人监护",
}
LISTED: Row = {
    "supervision_level": "县级",
    "supervision_number": "示例督〔2023〕1号",
    "supervisor": "庚督办",
    "supervision_deadline": day(15),
}
RECTIFIED: Row = {"rectified_by": "丁整改", "spent": "1.2"}
FAILED: Row = {"rechecked_by": "戊复查", "recheck_finding": "未穿管"}
PASSED: Row = {"rechecked_by": "戊复查", "recheck_finding": "合格"}
SIGNED: Row = {"signed_off_by": "己审批"}
COURSE: tuple[tuple[str, int, Row, str], ...] = (
    (Steps.REPORTED.kind, 0, {"reports": "监管单位、乡政府"}, "待整改"),
    (Steps.LISTED.kind, 0, {"deputy_consent": "辛分管", "principal_consent": "壬主要"}, "待整改"),
    (Steps.REGRADED.kind, 1, {"level": "一般", "regraded_by": "己审批", "note": "复核"}, "待整改"),
    (
        Steps.REGRADED.kind,
        1,
        {"level": "重大", "criterion": "示例判定标准第三条", "regraded_by": "己审批", "note": "专家重判"},
        "待整改",
    ),
    (Steps.POSTED.kind, 1, {"posted_at": "厂区公告栏"}, "待整改"),
    (Steps.COMMITTED.kind, 1, FIVE, "整改中"),
    (Steps.PLANNED.kind, 1, PLAN, "整改中"),
    (Steps.NOTICE_RECTIFY.kind, 2, {"notice_number": "示例限改〔2023〕1号", "deadline": day(8)}, "整改中"),
    (Steps.HANDED_OVER.kind, 2, {"handed_to": "县住建局", "reply_due": day(6)}, "已移交"),
    (Steps.SUPERVISED.kind, 3, LISTED, "已移交"),
    (Steps.ESCALATED.kind, 4, {"handed_to": "县安委办", "note": "整改需停产"}, "已移交"),
    (Steps.EXTENDED.kind, 5, {"deadline": day(14), "extended_by": "己审批", "note": "材料未到"}, "已移交"),
    (Steps.SUPERVISION_EXTENDED.kind, 5, {"supervision_deadline": day(18), "note": "随整改延期"}, "已移交"),
    (Steps.RECTIFIED.kind, 6, RECTIFIED, "待复查"),
    (Steps.SUPERVISION_ACCEPTED.kind, 7, {}, "待复查"),
    (Steps.RECHECK_FAILED.kind, 7, FAILED, "已移交"),
    (Steps.RECTIFIED.kind, 9, RECTIFIED | {"spent": "1.4"}, "待复查"),
    (Steps.RECHECK_PASSED.kind, 10, PASSED, "待销号"),
    (Steps.NOTICE_RECHECK.kind, 10, {"recheck_number": "示例复查〔2023〕1号"}, "待销号"),
    (Steps.SUPERVISION_ACCEPTED.kind, 11, {}, "待销号"),
    (Steps.SUPERVISION_REMOVED.kind, 12, {}, "待销号"),
    (Steps.REPORTED_DONE.kind, 12, {"done_reports": "监管单位、乡政府"}, "待销号"),
    (Steps.COUNTY_SIGNED.kind, 12, {"county_leader": "癸县领导"}, "待销号"),
    (Steps.SIGNED_OFF.kind, 12, SIGNED, "已销号"),
    (Steps.REOPENED.kind, 14, {"note": "线路又被改动", "deadline": day(20)}, "已移交"),
    (Steps.REPLIED.kind, 14, {"reply": "请乡里整改"}, "已移交"),
    (Steps.SENT_BACK.kind, 15, {"note": "不属本单位职责", "deadline": day(16)}, "整改中"),
    (Steps.RECTIFIED.kind, 15, RECTIFIED, "待复查"),
    (Steps.RECHECK_PASSED.kind, 16, PASSED, "待销号"),
    (Steps.REPORTED_DONE.kind, 16, {"done_reports": "监管单位、乡政府"}, "待销号"),
    (Steps.SIGNED_OFF.kind, 17, SIGNED, "已销号"),
)
"""A major hazard through every step that does not end it, each with the state that it must lead to."""


@pytest.fixture
def found(found: Row) -> Row:
    return found | {"found_on": FOUND_ON.isoformat()}


@pytest.fixture
def major(desk: Desk, found: Row) -> int:
    """A registered major hazard."""
    return desk.hazards.add(found | {"level": "重大", "criterion": "示例判定标准第三条"}).ids[0]


@pytest.fixture
def minor(desk: Desk, found: Row) -> int:
    return desk.hazards.add(found).ids[0]


@pytest.fixture
def reopened(desk: Desk, major: int) -> int:
    """The hazard after the whole course."""
    for kind, after, values, _ in COURSE:
        desk.hazards.step(major, kind, on(after, **values))
    return major


@pytest.fixture
def refused(desk: Desk) -> Callable[..., Refused]:
    """Take a step that is refused, and see that nothing changed."""

    def check(number: int, kind: str, after: int, match: str, **values: Any) -> Refused:
        before = everything(desk)
        with pytest.raises(Refused, match=match) as caught:
            desk.hazards.step(number, kind, on(after, **values))
        assert everything(desk) == before
        return caught.value

    return check
