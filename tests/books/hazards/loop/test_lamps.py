"""重大隐患一览: what is missing on the way from judgement to sign-off, and the question at the end."""

from __future__ import annotations

import pytest

from hazard_desk.books.hazards.lamps import LampState, missing
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.desk import Desk
from hazard_desk.figures.majors import lamps_of, majors
from tests.books.hazards.loop.conftest import FIVE, LISTED, PASSED, PLAN, RECTIFIED, SIGNED, day, on

LOOP = [
    "判定依据",
    "发现报告",
    "五落实",
    "一案一策",
    "企业公示",
    "挂牌督办",
    "整改完成",
    "整改报告",
    "复查",
    "督办验收",
    "摘牌",
    "县领导签字",
    "销号",
]


def take(desk: Desk, number: int, *steps: tuple[str, int, dict]) -> None:
    for kind, after, values in steps:
        desk.hazards.step(number, kind, on(after, **values))


def shown(desk: Desk, number: int) -> dict[str, str]:
    return {lamp.label: lamp.short for lamp in lamps_of(desk.books, desk.hazards.get(number))}


def test_one_line_for_each_with_a_lamp_for_each_part(desk, major, minor):
    (one,) = majors(desk.books)
    assert [lamp.label for lamp in one.lamps] == LOOP
    assert one.hazard.id == major
    assert one.lacking == ["发现报告", "五落实", "一案一策"]
    assert shown(desk, major) == {
        "判定依据": "已办",
        "发现报告": "缺",
        "五落实": "缺",
        "一案一策": "缺",
        "整改完成": "未到",
        "整改报告": "未到",
        "复查": "未到",
        "销号": "未到",
    }


def test_each_step_lights_its_lamp(desk, major):
    take(
        desk,
        major,
        (Steps.REPORTED.kind, 0, {"reports": "监管单位、乡政府"}),
        (Steps.COMMITTED.kind, 1, FIVE),
        (Steps.PLANNED.kind, 1, PLAN),
        (Steps.SUPERVISED.kind, 2, LISTED),
        (Steps.RECTIFIED.kind, 5, RECTIFIED),
    )
    (one,) = majors(desk.books)
    assert one.lacking == ["整改报告", "督办验收"], "摘牌 comes after the recheck"
    lit = {lamp.id for lamp in one.lamps if lamp.state is LampState.LIT}
    assert lit == {"judged", "reported", "committed", "planned", "supervised", "rectified"}


def test_what_is_missing_is_asked_back_and_answered_with_a_reason(desk, major, refused):
    take(
        desk,
        major,
        (Steps.COMMITTED.kind, 1, FIVE),
        (Steps.SUPERVISED.kind, 2, LISTED),
        (Steps.RECTIFIED.kind, 5, RECTIFIED),
        (Steps.RECHECK_PASSED.kind, 6, PASSED),
    )
    wrong = refused(
        major, Steps.SIGNED_OFF.kind, 7, "还缺：发现报告、一案一策、整改报告、督办验收、摘牌。", **SIGNED
    )
    assert wrong.field == "closing_reason"
    desk.hazards.step(major, Steps.SIGNED_OFF.kind, on(7, **SIGNED, closing_reason="企业已关闭"))
    assert desk.hazards.get(major).closing_reason == "企业已关闭"
    assert majors(desk.books)[0].lacking, "what was missing stays to be seen"


def test_an_ordinary_hazard_is_not_asked(desk, minor):
    take(desk, minor, (Steps.RECTIFIED.kind, 0, RECTIFIED), (Steps.RECHECK_PASSED.kind, 1, PASSED))
    desk.hazards.step(minor, Steps.SIGNED_OFF.kind, on(1, **SIGNED))
    assert desk.hazards.get(minor).state == "已销号"


def test_what_others_put_right_needs_no_commitments_of_ours(desk, major):
    take(desk, major, (Steps.HANDED_OVER.kind, 1, {"handed_to": "县住建局"}))
    assert majors(desk.books)[0].lacking == ["发现报告"]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("上级交办", ["企业公示", "县领导签字"]),
        ("企业自查", ["企业公示", "挂牌督办"]),
        ("群众举报", ["企业公示", "县领导签字"]),
    ],
)
def test_what_the_plan_of_fangshan_asks_besides(desk, major, found, source, asked):
    """S2: posted at the firm; self-found and inspected ones listed; assigned and reported ones signed."""
    plain = {lamp.label for lamp in missing("待销号", desk.hazards.get(major), ())}
    row = desk.hazards.get(major)
    row.source = source
    more = missing("待销号", row, ("posted", "supervised", "county_signed"))
    assert [lamp.label for lamp in more if lamp.label not in plain] == asked


def test_a_supervision_ends_without_acceptance_only_with_a_reason(desk, minor, refused):
    take(
        desk,
        minor,
        (Steps.SUPERVISED.kind, 0, LISTED),
        (Steps.RECTIFIED.kind, 0, RECTIFIED),
        (Steps.RECHECK_PASSED.kind, 1, PASSED),
    )
    refused(minor, Steps.SUPERVISION_REMOVED.kind, 2, "摘牌前须先办理“督办验收”")
    desk.hazards.step(minor, Steps.SUPERVISION_REMOVED.kind, on(2, note="县安委办已直接摘牌"))
    desk.hazards.step(minor, Steps.SIGNED_OFF.kind, on(3, **SIGNED))
    assert desk.hazards.get(minor).state == "已销号"


def test_late_is_a_lamp_too(desk, major):
    take(desk, major, (Steps.NOTICE_RECTIFY.kind, 0, {"notice_number": "1号", "deadline": day(2)}))
    assert "整改完成" in majors(desk.books)[0].lacking
