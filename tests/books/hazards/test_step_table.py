"""What each step of the loop asks for and dates, written down once more."""

from __future__ import annotations

import pytest

from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.rules.states import (
    ESCALATED,
    FULL_LIST,
    HANDED,
    LEVELS,
    POOLS,
    SOURCES,
    SUPERVISION_LEVELS,
    State,
)
from hazard_desk.store.columns import name_of, names_of

RECHECK = ("rechecked_by", "recheck_finding")
ASKS: dict[str, tuple[str, tuple[str, ...], str]] = {
    Steps.REGISTERED.kind: ("登记", (), "found_on"),
    Steps.COMMITTED.kind: (
        "落实“五落实”",
        ("responsible", "measures", "funds", "deadline", "contingency"),
        "",
    ),
    Steps.REPORTED.kind: ("报告（双报告）", ("reports",), ""),
    Steps.PLANNED.kind: (
        "制定一案一策",
        ("plan_goal", "plan_methods", "plan_resources", "plan_people", "plan_deadline", "plan_safety"),
        "",
    ),
    Steps.NOTICE_RECTIFY.kind: ("下发限期整改意见书", ("notice_number", "deadline"), ""),
    Steps.RECTIFIED.kind: ("整改完成", ("rectified_by",), "rectified_on"),
    Steps.RECHECK_PASSED.kind: ("复查通过", RECHECK, "rechecked_on"),
    Steps.RECHECK_FAILED.kind: ("复查未通过", RECHECK, "rechecked_on"),
    Steps.NOTICE_RECHECK.kind: ("出具复查意见书", ("recheck_number",), ""),
    Steps.SIGNED_OFF.kind: ("销号", ("signed_off_by",), "signed_off_on"),
    Steps.EXTENDED.kind: ("延期", ("deadline", "extended_by"), ""),
    Steps.SUPERVISED.kind: (
        "挂牌督办",
        ("supervision_level", "supervision_number", "supervisor", "supervision_deadline"),
        "supervision_on",
    ),
    Steps.SUPERVISION_EXTENDED.kind: ("督办延期", ("supervision_deadline",), ""),
    Steps.SUPERVISION_ACCEPTED.kind: ("督办验收", (), "supervision_accepted_on"),
    Steps.SUPERVISION_REMOVED.kind: ("摘牌", (), "supervision_removed_on"),
    Steps.HANDED_OVER.kind: ("推送行业主管部门", ("handed_to",), "handed_on"),
    Steps.ESCALATED.kind: ("推送蓄水池", ("handed_to",), "handed_on"),
    Steps.REOPENED.kind: ("重新打开", (), ""),
    Steps.MERGED.kind: ("并入其他隐患", ("merged_into",), ""),
    Steps.RESTORED.kind: ("恢复单独办理", (), ""),
    Steps.LISTED.kind: ("纳入全量库", ("deputy_consent", "principal_consent"), "listed_on"),
    Steps.REGRADED.kind: ("调整级别", ("level", "regraded_by"), "regraded_on"),
    Steps.REPLIED.kind: ("收到回复", ("reply",), "replied_on"),
    Steps.SENT_BACK.kind: ("退回", (), ""),
    Steps.POSTED.kind: ("企业公示", ("posted_at",), "posted_on"),
    Steps.REPORTED_DONE.kind: ("报告整改情况（双报告）", ("done_reports",), ""),
    Steps.COUNTY_SIGNED.kind: ("县领导审核签字", ("county_leader",), "county_signed_on"),
    Steps.VOIDED.kind: ("作废", (), ""),
}
PLAIN = {Steps.REGISTERED.kind, Steps.RECHECK_PASSED.kind, Steps.SUPERVISED.kind}
"""Steps whose name says all."""


@pytest.mark.parametrize("kind", ASKS)
def test_what_a_step_is_called_asks_for_and_dates(kind: str) -> None:
    step = STEPS[kind]
    day = "" if step.dates is None else name_of(step.dates)
    assert (step.label, names_of(*step.needs), day) == ASKS[kind]


def test_what_a_step_may_bring_besides() -> None:
    assert {kind: names_of(*step.may) for kind, step in STEPS.items() if step.may} == {
        Steps.RECTIFIED.kind: ("spent",),
        Steps.REGRADED.kind: ("criterion",),
        Steps.SIGNED_OFF.kind: ("closing_reason",),
        Steps.HANDED_OVER.kind: ("reply_due",),
        Steps.ESCALATED.kind: ("reply_due",),
        Steps.SENT_BACK.kind: ("deadline",),
        Steps.RECHECK_FAILED.kind: ("deadline",),
        Steps.REOPENED.kind: ("deadline",),
    }


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
        "已移交",
        "待复查",
        "待销号",
        "已销号",
        "已并案",
        "已作废",
    ]
