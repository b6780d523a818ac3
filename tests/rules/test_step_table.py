"""What each step of the loop asks for and dates, written down once more."""

from __future__ import annotations

import pytest

from hazard_desk.rules.steps import (
    ESCALATED,
    FULL_LIST,
    HANDED,
    LEVELS,
    POOLS,
    SOURCES,
    STEPS,
    SUPERVISION_LEVELS,
    State,
    StepKind,
)

K = StepKind
RECHECK = ("rechecked_by", "recheck_finding")
ASKS: dict[StepKind, tuple[str, tuple[str, ...], str]] = {
    K.REGISTERED: ("登记", (), "found_on"),
    K.COMMITTED: (
        "落实“五落实”",
        ("responsible", "measures", "funds", "deadline", "contingency"),
        "",
    ),
    K.REPORTED: ("报告（双报告）", ("reports",), ""),
    K.PLANNED: (
        "制定一案一策",
        ("plan_goal", "plan_methods", "plan_resources", "plan_people", "plan_deadline", "plan_safety"),
        "",
    ),
    K.NOTICE_RECTIFY: ("下发限期整改意见书", ("notice_number", "deadline"), ""),
    K.RECTIFIED: ("整改完成", ("rectified_by",), "rectified_on"),
    K.RECHECK_PASSED: ("复查通过", RECHECK, "rechecked_on"),
    K.RECHECK_FAILED: ("复查未通过", RECHECK, "rechecked_on"),
    K.NOTICE_RECHECK: ("出具复查意见书", ("recheck_number",), ""),
    K.SIGNED_OFF: ("销号", ("signed_off_by",), "signed_off_on"),
    K.EXTENDED: ("延期", ("deadline", "extended_by"), ""),
    K.SUPERVISED: (
        "挂牌督办",
        ("supervision_level", "supervision_number", "supervisor", "supervision_deadline"),
        "supervision_on",
    ),
    K.SUPERVISION_EXTENDED: ("督办延期", ("supervision_deadline",), ""),
    K.SUPERVISION_ACCEPTED: ("督办验收", (), "supervision_accepted_on"),
    K.SUPERVISION_REMOVED: ("摘牌", (), "supervision_removed_on"),
    K.HANDED_OVER: ("推送行业主管部门", ("handed_to",), "handed_on"),
    K.ESCALATED: ("推送蓄水池", ("handed_to",), "handed_on"),
    K.REOPENED: ("重新打开", (), ""),
    K.MERGED: ("并入其他隐患", ("merged_into",), ""),
    K.VOIDED: ("作废", (), ""),
}
PLAIN = {K.REGISTERED, K.RECHECK_PASSED, K.SIGNED_OFF, K.SUPERVISED}
"""Steps whose name says all."""


@pytest.mark.parametrize("kind", ASKS)
def test_what_a_step_is_called_asks_for_and_dates(kind: StepKind) -> None:
    step = STEPS[kind]
    assert (step.label, step.needs, step.dates) == ASKS[kind]


def test_what_a_step_may_bring_besides() -> None:
    assert {kind: step.may for kind, step in STEPS.items() if step.may} == {K.RECTIFIED: ("spent",)}


def test_all_other_steps_are_explained() -> None:
    assert {kind for kind, step in STEPS.items() if not step.help} == PLAIN


def test_the_words_of_the_notices() -> None:
    """S0 三: who found it, how grave it is, which list it stands in; the states as the forms count them."""
    assert LEVELS == ("重大", "一般")
    assert SOURCES == ("企业自查", "执法检查", "群众举报", "上级交办")
    assert POOLS == (FULL_LIST, HANDED, ESCALATED) == ("全量库", "已推送", "蓄水池")
    assert SUPERVISION_LEVELS == ("国家级", "省级", "市级", "县级", "乡镇级")
    assert [str(state) for state in State] == [
        "待整改",
        "整改中",
        "待复查",
        "待销号",
        "已销号",
        "已并案",
        "已作废",
    ]
