"""The papers by which a hazard is reported, transferred, assigned, and by which its firm answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.papers.catalogue import reports_about
from hazard_desk.rules.fields import Row
from tests.papers.office import UNIT, rechecked, refusal, step

LETTERS = ("letter-transfer", "letter-escalate", "request-county", "assignment")
Told = Callable[..., str]


def test_a_major_hazard_is_reported_with_what_is_known(desk: Desk, major: int, told: Told) -> None:
    step(desk, major, "reported", 22, reports="县应急局")
    text = told("major-report", major)
    for part in (UNIT, "消除电气火灾隐患", "《判定标准》第三条", "县应急局（2023年5月22日）", "产生原因"):
        assert part in text
    assert "无" not in text.split("产生原因")[1][:1]


def test_a_general_hazard_has_no_such_report(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found).ids[0]
    assert "报告表只用于重大隐患" in refusal(desk, "major-report", number)


def test_a_transfer_goes_to_whom_the_hazard_was_handed_over(desk: Desk, major: int, told: Told) -> None:
    assert "＿＿＿：" in told("letter-transfer", major), "nobody is named yet"
    step(desk, major, "handed_over", 26, handed_to="县住建局", reply_due="2023-06-20")
    text = told("letter-transfer", major)
    for part in ("县住建局：", f"关于移送{UNIT}事故隐患的函", "于2023年6月20日前将处理结果函告"):
        assert part in text
    desk.papers.issue("letter-transfer", str(major))
    document = desk.documents.select(Query())[0]
    assert (document.addressee, document.title) == ("县住建局", f"关于移送{UNIT}事故隐患的函")
    assert document.number in told("letter-transfer", major)


def test_no_letter_tells_that_the_public_reported_it(desk: Desk, told: Told) -> None:
    tip = {"received_on": "2023-05-20", "way": "电话", "unit_name": UNIT, "content": "安全出口堵塞"}
    who = {"informant_name": "赵举报", "informant_phone": "13900000000"}
    number = desk.tips.add({**tip, **who, "verified": "属实"}).ids[0]
    values = {"level": "一般", "sector": "消防", "place": "库房"}
    hazard = desk.tips.make_hazard(number, values).ids[0]
    assert desk.hazards.get(hazard).source == "群众举报"
    for report in (*LETTERS, "hazard-board", "rectification-report", "extension-request"):
        text = told(report, hazard)
        assert "安全出口堵塞" in text, report
        for private in ("赵举报", "13900000000", "举报"):
            assert private not in text, report


def test_a_letter_upwards_says_why(desk: Desk, major: int, told: Told) -> None:
    step(desk, major, "escalated", 26, handed_to="县安委办", note="需跨乡镇协调迁改")
    for report in ("letter-escalate", "request-county"):
        assert "需跨乡镇协调迁改。" in told(report, major)
    assert "县安委办：" in told("letter-escalate", major)


def test_an_assignment_names_who_is_to_see_to_it(desk: Desk, found: Row, told: Told) -> None:
    asked = {"source": "上级交办", "assigned_number": "县安办〔2023〕8号", "feedback_due": "2023-06-15"}
    number = desk.hazards.add({**found, **asked, "office": "经发办"}).ids[0]
    desk.papers.issue("assignment", str(number))
    text = told("assignment", number)
    for part in ("经发办", "县安办〔2023〕8号", "于2023年6月15日前书面反馈", "三星应急〔2023〕1号"):
        assert part in text


def test_the_firm_answers_for_every_hazard_of_its_notice(desk: Desk, found: Row, told: Told) -> None:
    numbers = [desk.hazards.add({**found, "unit_name": UNIT, "place": place}).ids[0] for place in "甲乙丙"]
    for number in numbers[:2]:
        facts = {"notice_number": "责改〔2023〕9号", "deadline": "2023-05-31"}
        step(desk, number, "notice_rectify", 21, **facts)
    text = told("rectification-report", numbers[0])
    assert "责改〔2023〕9号" in text and "甲：" in text and "乙：" in text and "丙：" not in text


def test_what_is_done_needs_no_letter(desk: Desk, major: int) -> None:
    rechecked(desk, major)
    step(desk, major, "signed_off", 27, signed_off_by="己", closing_reason="资料齐全")
    assert refusal(desk, "letter-transfer", major) == "隐患 三星隐患〔2023〕001号 已销号，不再移送"
    assert not {report.id for report in reports_about(desk.books, "hazards", major)} & set(LETTERS)


@pytest.mark.parametrize("report", ["letter-transfer", "assignment", "extension-request"])
def test_word_takes_the_same_paper(desk: Desk, major: int, report: str) -> None:
    to = desk.folder / "paper.docx"
    desk.papers.print(report, to, None, str(major))
    assert to.stat().st_size > 5000
