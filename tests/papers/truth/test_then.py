"""A paper that was issued says again what was so when it was, whatever was done since."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.papers.office import refusal, step
from tests.papers.truth.test_all_papers import told_course
from tests.papers.truth.test_sources import of_source

Told = Callable[..., str]
ISSUED = ("notice-stop", "letter-transfer", "letter-escalate", "request-county", "assignment")


@pytest.fixture
def extended(desk: Desk, found: Row) -> int:
    """A major hazard under supervision, whose supervision was extended to 25 June."""
    number = of_source(desk, found, "上级交办")
    told_course(desk, number)
    return number


def number_of(desk: Desk, number: int, report: str) -> str:
    return desk.documents.about_record(f"hazards/{number}", report)[0].number


def test_each_approval_tells_its_own_extension(desk: Desk, told: Told, extended: int) -> None:
    desk.papers.issue("notice-extension", str(extended), {"issued_on": "2023-05-24"})
    first = number_of(desk, extended, "notice-extension")
    before = told("notice-extension", first)
    assert "由2023年6月20日延长至2023年6月25日" in before
    step(desk, extended, "supervision_extended", 27, supervision_deadline="2023-08-25", note="连日下雨")
    desk.papers.issue("notice-extension", str(extended), {"issued_on": "2023-05-28"})
    second = told("notice-extension", number_of(desk, extended, "notice-extension"))
    assert "延期理由。连日下雨。" in second
    assert "由2023年6月25日延长至2023年8月25日" in second
    assert told("notice-extension", first) == before


@pytest.mark.parametrize("report", ISSUED)
def test_a_deadline_moved_later_does_not_move_in_it(
    desk: Desk, told: Told, extended: int, report: str
) -> None:
    desk.papers.issue(report, str(extended), {"issued_on": "2023-05-24"})
    drawn = number_of(desk, extended, report)
    before = told(report, drawn)
    step(desk, extended, "extended", 26, deadline="2023-07-30", extended_by="戊批准", note="雨天")
    step(desk, extended, "rectified", 28, rectified_by="丙负责")
    assert told(report, drawn) == before
    assert "2023年7月30日" not in before


def test_a_voided_paper_is_not_printed_as_if_it_held(desk: Desk, told: Told, found: Row) -> None:
    number = of_source(desk, found, "企业自查")
    desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-20", "issued_on": "2023-05-21"})
    drawn = number_of(desk, number, "notice-rectify")
    desk.documents.void(desk.documents.find(drawn) or 0, "日期写错")
    assert refusal(desk, "notice-rectify", drawn) == f"{drawn}已作废，不再打印；重新编发的请用新的文号"
    assert drawn not in told("notice-rectify", number), "of the hazard it is a draft again"
