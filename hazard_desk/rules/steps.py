"""The steps of a hazard's closed loop, as declarations: from where, to where, and what each must bring.

S0 三（二）: what can be put right at once is; all else needs person, measures, funds, deadline and
contingency plan (五落实); major hazards are reported twice (双报告) and get a plan each (一案一策);
S0 三（八）: the full list, handing over to the sector's authority, escalation (蓄水池).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a hazard stands; the words are what the clerk reads."""

    FOUND = "待整改"
    COMMITTED = "整改中"
    RECTIFIED = "待复查"
    RECHECKED = "待销号"
    CLOSED = "已销号"
    MERGED = "已并案"
    VOID = "已作废"


UNRECTIFIED = (State.FOUND, State.COMMITTED)
"""States in which the rectification deadline runs."""
OPEN_STATES = (*UNRECTIFIED, State.RECTIFIED, State.RECHECKED)
STANDING = (*OPEN_STATES, State.CLOSED)
"""States of hazards that count; a merged or voided one never does."""

MAJOR = "重大"
LEVELS = (MAJOR, "一般")
SOURCES = ("企业自查", "执法检查", "群众举报", "上级交办")
FULL_LIST, HANDED, ESCALATED = POOLS = ("全量库", "已推送", "蓄水池")
SUPERVISION_LEVELS = ("国家级", "省级", "市级", "县级", "乡镇级")


class StepKind(StrEnum):
    """The kinds of events."""

    REGISTERED = "registered"
    COMMITTED = "committed"
    REPORTED = "reported"
    PLANNED = "planned"
    NOTICE_RECTIFY = "notice_rectify"
    RECTIFIED = "rectified"
    RECHECK_PASSED = "recheck_passed"
    RECHECK_FAILED = "recheck_failed"
    NOTICE_RECHECK = "notice_recheck"
    SIGNED_OFF = "signed_off"
    EXTENDED = "extended"
    SUPERVISED = "supervised"
    SUPERVISION_EXTENDED = "supervision_extended"
    SUPERVISION_ACCEPTED = "supervision_accepted"
    SUPERVISION_REMOVED = "supervision_removed"
    HANDED_OVER = "handed_over"
    ESCALATED = "escalated"
    REOPENED = "reopened"
    MERGED = "merged"
    VOIDED = "voided"
    CORRECTED = "corrected"
    """Sets an earlier event right; not a step of its own."""
    WITHDRAWN = "withdrawn"
    """Takes an earlier event back (undo); not a step of its own."""


COMMITMENTS = {
    "responsible": "责任",
    "measures": "措施",
    "funds": "资金",
    "deadline": "时限",
    "contingency": "预案",
}
"""The five commitments (五落实): field of the hazard -> its one-word name."""


@dataclass(frozen=True)
class Step:
    """What one kind of event asks for and does. ``needs`` and ``may`` are fields of the hazard."""

    kind: StepKind
    label: str
    after: tuple[State, ...]
    """The states from which the step may be taken; empty: only to begin with."""
    leads_to: State | None = None
    """The state it leads to; None leaves the state as it is."""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    """Those of them that its form takes over from what the hazard knows: people, and what stands until it is
    revised. Never a verdict, a number or a new deadline: each time says its own."""
    dates: str = ""
    """The field of the hazard that takes the day on which it happened."""
    help: str = ""
    note_required: bool = False
    major_only: bool = False


def quoted(label: str) -> str:
    """Return the label between quotation marks; its own become single ones: “落实‘五落实’”."""
    return "“" + label.translate(str.maketrans("“”", "‘’")) + "”"


_K = StepKind
_PLAN = ("plan_goal", "plan_methods", "plan_resources", "plan_people", "plan_deadline", "plan_safety")

STEPS: dict[StepKind, Step] = {
    step.kind: step
    for step in (
        Step(_K.REGISTERED, "登记", (), State.FOUND, dates="found_on"),
        Step(
            _K.COMMITTED,
            "落实“五落实”",
            UNRECTIFIED,
            State.COMMITTED,
            needs=tuple(COMMITMENTS),
            carries=tuple(COMMITMENTS),
            help="不能立即整改的隐患，须明确责任人、措施、资金、时限和应急预案",
        ),
        Step(
            _K.REPORTED,
            "报告（双报告）",
            STANDING,
            needs=("reports",),
            help="向监管单位和乡政府等报告，可一次填写多个报告对象",
        ),
        Step(
            _K.PLANNED,
            "制定一案一策",
            UNRECTIFIED,
            needs=_PLAN,
            carries=_PLAN,
            help="重大隐患一案一策，再次填写即为修订",
            major_only=True,
        ),
        Step(
            _K.NOTICE_RECTIFY,
            "下发限期整改意见书",
            UNRECTIFIED,
            needs=("notice_number", "deadline"),
            carries=("deadline",),
            help="请填写文号和限期整改的时限",
        ),
        Step(
            _K.RECTIFIED,
            "整改完成",
            UNRECTIFIED,
            State.RECTIFIED,
            needs=("rectified_by",),
            may=("spent",),
            carries=("rectified_by", "spent"),
            dates="rectified_on",
            help="当日整改的可直接填写；其余须先完成“五落实”",
        ),
        Step(
            _K.RECHECK_PASSED,
            "复查通过",
            (State.RECTIFIED,),
            State.RECHECKED,
            needs=("rechecked_by", "recheck_finding"),
            carries=("rechecked_by",),
            dates="rechecked_on",
        ),
        Step(
            _K.RECHECK_FAILED,
            "复查未通过",
            (State.RECTIFIED,),
            State.COMMITTED,
            needs=("rechecked_by", "recheck_finding"),
            carries=("rechecked_by",),
            dates="rechecked_on",
            help="退回继续整改",
        ),
        Step(
            _K.NOTICE_RECHECK,
            "出具复查意见书",
            (State.COMMITTED, State.RECTIFIED, State.RECHECKED, State.CLOSED),
            needs=("recheck_number",),
            help="须先有限期整改意见书，并已复查",
        ),
        Step(
            _K.SIGNED_OFF,
            "销号",
            (State.RECHECKED,),
            State.CLOSED,
            needs=("signed_off_by",),
            carries=("signed_off_by",),
            dates="signed_off_on",
        ),
        Step(
            _K.EXTENDED,
            "延期",
            (State.COMMITTED,),
            needs=("deadline", "extended_by"),
            carries=("extended_by",),
            note_required=True,
            help="请写明延期原因和批准人",
        ),
        Step(
            _K.SUPERVISED,
            "挂牌督办",
            OPEN_STATES,
            needs=("supervision_level", "supervision_number", "supervisor", "supervision_deadline"),
            carries=("supervisor",),
            dates="supervision_on",
        ),
        Step(
            _K.SUPERVISION_EXTENDED,
            "督办延期",
            OPEN_STATES,
            needs=("supervision_deadline",),
            note_required=True,
            help="请写明延期原因",
        ),
        Step(
            _K.SUPERVISION_ACCEPTED,
            "督办验收",
            (State.RECTIFIED, State.RECHECKED, State.CLOSED),
            dates="supervision_accepted_on",
            help="整改完成后验收",
        ),
        Step(
            _K.SUPERVISION_REMOVED,
            "摘牌",
            (State.RECHECKED, State.CLOSED),
            dates="supervision_removed_on",
            help="验收通过后摘牌",
        ),
        Step(
            _K.HANDED_OVER,
            "推送行业主管部门",
            OPEN_STATES,
            needs=("handed_to",),
            dates="handed_on",
            help="从全量库分行业推送到相关行业主管部门",
        ),
        Step(
            _K.ESCALATED,
            "推送蓄水池",
            OPEN_STATES,
            needs=("handed_to",),
            dates="handed_on",
            note_required=True,
            help="风险较大、整改存在困难的，推送到更高层级问题库，请写明理由",
        ),
        Step(
            _K.REOPENED,
            "重新打开",
            (State.CLOSED,),
            State.COMMITTED,
            note_required=True,
            help="已销号的隐患重新出现或整改不到位，请写明原因",
        ),
        Step(
            _K.MERGED,
            "并入其他隐患",
            OPEN_STATES,
            State.MERGED,
            needs=("merged_into",),
            help="重复登记的隐患并入先登记的一条，不再单独统计",
        ),
        Step(_K.VOIDED, "作废", OPEN_STATES, State.VOID, note_required=True, help="请写明作废原因"),
    )
}
