"""The steps of a hazard's closed loop, each declared once: from where to where, what it asks, does, tells.

Form and buttons, the fold, what a sheet's row tells, the paper whose issue is the step and its sentence in
the manual follow from here. They stand in the order in which steps of one day follow each other.

S0 三（二）: what can be put right at once is; all else needs person, measures, funds, deadline and
contingency plan (五落实); major hazards are reported twice (双报告) and get a plan each (一案一策);
S0 三（八）: the full list, handing over to the sector's authority, escalation (蓄水池).
"""

from __future__ import annotations

from hazard_desk.books.hazards import effects, law, telling
from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.step import Step
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.fields import Value
from hazard_desk.rules.states import (
    ESCALATED,
    FULL_LIST,
    HANDED,
    OPEN_STATES,
    STANDING,
    UNRECTIFIED,
    State,
)
from hazard_desk.store.columns import Made, names_of

_FIVE = tuple(law.FIVE)
PLAN = (
    Hazard.plan_goal,
    Hazard.plan_methods,
    Hazard.plan_resources,
    Hazard.plan_people,
    Hazard.plan_deadline,
    Hazard.plan_safety,
)
"""The parts of a plan of its own (一案一策)."""
_NEW_ROUND: tuple[tuple[Made, Value], ...] = (
    (Hazard.rectified_on, None),
    (Hazard.supervision_accepted_on, None),
    (Hazard.lapsed_on, None),
    (Hazard.done_reports, []),
)
"""What no longer holds once the work begins anew."""
_ANSWERS: tuple[tuple[Made, Value], ...] = ((Hazard.reply, ""), (Hazard.replied_on, None))
"""What was answered to another request."""


class Steps:
    """Every step by its name."""

    REGISTERED = Step("登记", (), State.FOUND, dates=Hazard.found_on, brings=effects.list_of_old)
    LISTED = Step(
        "纳入全量库",
        STANDING,
        needs=(Hazard.deputy_consent, Hazard.principal_consent),
        carries=(Hazard.deputy_consent, Hazard.principal_consent),
        dates=Hazard.listed_on,
        makes=((Hazard.pool, FULL_LIST),),
        guard=law.not_listed,
        tells=telling.by_list,
        help="经分管领导、主要领导同意后纳入全量库，填写同意的日期和两位领导的姓名",
    )
    REGRADED = Step(
        "调整级别",
        STANDING,
        needs=(Hazard.level, Hazard.regraded_by),
        may=(Hazard.criterion,),
        carries=(Hazard.criterion,),
        dates=Hazard.regraded_on,
        guard=law.regradable,
        tells=telling.on_its_day,
        note_required=True,
        help="重新判定后调整级别，写明原因和批准人；从这一天起按新的级别统计，以前各期不变",
    )
    COMMITTED = Step(
        "落实“五落实”",
        UNRECTIFIED,
        State.COMMITTED,
        needs=_FIVE,
        major_needs=law.OF_MAJOR,
        carries=_FIVE,
        guard=law.deadline_after_discovery,
        tells=telling.by_commitments,
        help="不能立即整改的隐患，须明确责任人、措施和时限，重大隐患还要有资金和应急预案",
    )
    REPORTED = Step(
        "报告（双报告）",
        STANDING,
        needs=(Hazard.reports,),
        brings=effects.with_day(Hazard.reports),
        tells=telling.by_reports,
        help="发现后向监管单位和乡政府等报告，可一次填写多个报告对象",
    )
    PLANNED = Step(
        "制定一案一策",
        UNRECTIFIED,
        needs=PLAN,
        carries=PLAN,
        tells=telling.by_day_or_facts,
        help="重大隐患一案一策，再次填写即为修订",
        major_only=True,
    )
    NOTICE_RECTIFY = Step(
        "下发限期整改意见书",
        UNRECTIFIED,
        needs=(Hazard.notice_number, Hazard.deadline),
        carries=(Hazard.deadline,),
        guard=law.notice_deadline,
        tells=telling.by_number,
        paper="notice-rectify",
        number=Hazard.notice_number,
        shares=(Hazard.unit_name,),
        help="编发时自动编文号，请填写限期整改的时限",
    )
    HANDED_OVER = Step(
        "推送行业主管部门",
        OPEN_STATES,
        State.HANDED,
        needs=(Hazard.handed_to,),
        may=(Hazard.reply_due,),
        dates=Hazard.handed_on,
        makes=((Hazard.pool, HANDED), *_ANSWERS),
        guard=law.reply_ahead,
        tells=telling.handed_over,
        help="分行业推送到相关行业主管部门，由其整改并按时限回复；推送后不再算本单位逾期",
    )
    ESCALATED = Step(
        "推送蓄水池",
        OPEN_STATES,
        State.HANDED,
        needs=(Hazard.handed_to,),
        may=(Hazard.reply_due,),
        dates=Hazard.handed_on,
        makes=((Hazard.pool, ESCALATED), *_ANSWERS),
        guard=law.reply_ahead,
        tells=telling.escalated,
        note_required=True,
        help="风险较大、整改存在困难的，推送到更高层级问题库，请写明理由",
    )
    REPLIED = Step(
        "收到回复",
        (State.HANDED,),
        needs=(Hazard.reply,),
        dates=Hazard.replied_on,
        tells=telling.on_its_day,
        help="接收单位回复后填写；回复已整改的，再办理“整改完成”",
    )
    SENT_BACK = Step(
        "退回",
        (State.HANDED,),
        State.COMMITTED,
        may=(Hazard.deadline,),
        makes=((Hazard.handed_to, ""), (Hazard.handed_on, None), *_ANSWERS, *_NEW_ROUND),
        brings=effects.sent_back,
        guard=law.new_round,
        taking=law.round_has_time,
        note_required=True,
        help="接收单位退回的，由本单位继续整改，请写明退回原因和新的整改时限",
    )
    POSTED = Step(
        "企业公示",
        STANDING,
        needs=(Hazard.posted_at,),
        carries=(Hazard.posted_at,),
        dates=Hazard.posted_on,
        tells=telling.by_day_or_facts,
        help="隐患和整改情况在企业醒目位置公示的，填写日期和公示位置",
    )
    SUPERVISED = Step(
        "挂牌督办",
        OPEN_STATES,
        needs=(
            Hazard.supervision_level,
            Hazard.supervision_number,
            Hazard.supervisor,
            Hazard.supervision_deadline,
        ),
        carries=(Hazard.supervisor,),
        dates=Hazard.supervision_on,
        makes=((Hazard.supervision_accepted_on, None), (Hazard.supervision_removed_on, None)),
        guard=law.not_supervised,
        tells=telling.by_day_or_facts,
        paper="notice-supervise",
        number=Hazard.supervision_number,
        supervision=False,
    )
    RECTIFIED = Step(
        "整改完成",
        UNRECTIFIED,
        State.RECTIFIED,
        needs=(Hazard.rectified_by,),
        may=(Hazard.spent,),
        carries=(Hazard.rectified_by, Hazard.spent),
        dates=Hazard.rectified_on,
        guard=law.rectifiable,
        tells=telling.in_the_round,
        help="当日整改的可直接填写；其余须先完成“五落实”",
    )
    RECHECK_PASSED = Step(
        "复查通过",
        (State.RECTIFIED,),
        State.RECHECKED,
        needs=(Hazard.rechecked_by, Hazard.recheck_finding),
        carries=(Hazard.rechecked_by,),
        dates=Hazard.rechecked_on,
        tells=telling.in_the_round,
    )
    RECHECK_FAILED = Step(
        "复查未通过",
        (State.RECTIFIED,),
        State.COMMITTED,
        needs=(Hazard.rechecked_by, Hazard.recheck_finding),
        carries=(Hazard.rechecked_by,),
        dates=Hazard.rechecked_on,
        may=(Hazard.deadline,),
        makes=_NEW_ROUND,
        brings=effects.new_deadline,
        guard=law.new_round,
        taking=law.own_round_has_time,
        help="继续整改，请定新的整改时限",
    )
    REPORTED_DONE = Step(
        "报告整改情况（双报告）",
        (State.RECTIFIED, State.RECHECKED, State.CLOSED),
        needs=(Hazard.done_reports,),
        brings=effects.with_day(Hazard.done_reports),
        tells=telling.by_reports,
        help="整改完成后再向监管单位和乡政府等报告一次，可一次填写多个报告对象",
    )
    NOTICE_RECHECK = Step(
        "出具复查意见书",
        (State.COMMITTED, State.RECTIFIED, State.RECHECKED, State.CLOSED),
        needs=(Hazard.recheck_number,),
        guard=law.noticed,
        tells=telling.by_number,
        paper="notice-recheck",
        number=Hazard.recheck_number,
        shares=(Hazard.unit_name, Hazard.notice_number),
        help="须先有限期整改意见书，并已复查",
    )
    SUPERVISION_ACCEPTED = Step(
        "督办验收",
        (State.RECTIFIED, State.RECHECKED, State.CLOSED),
        dates=Hazard.supervision_accepted_on,
        guard=law.under_supervision,
        tells=telling.on_its_day,
        supervision=True,
        help="整改完成后验收",
    )
    COUNTY_SIGNED = Step(
        "县领导审核签字",
        (State.RECTIFIED, State.RECHECKED, State.CLOSED),
        needs=(Hazard.county_leader,),
        carries=(Hazard.county_leader,),
        dates=Hazard.county_signed_on,
        tells=telling.by_day_or_facts,
        help="上级交办、群众举报的隐患办结销号，经县相关分管领导审核并签字确认",
    )
    SIGNED_OFF = Step(
        "销号",
        (State.RECHECKED,),
        State.CLOSED,
        needs=(Hazard.signed_off_by,),
        may=(Hazard.closing_reason,),
        carries=(Hazard.signed_off_by,),
        dates=Hazard.signed_off_on,
        guard=law.closable,
        tells=telling.in_the_round,
        help="复查通过后销号；还缺报告、一案一策、督办验收等的会先问，可写明原因",
    )
    EXTENDED = Step(
        "延期",
        UNRECTIFIED,
        needs=(Hazard.deadline, Hazard.extended_by),
        carries=(Hazard.extended_by,),
        guard=law.later_deadline,
        note_required=True,
        help="请写明延期原因和批准人；时限已过再延期的，仍算没有按期整改",
    )
    SUPERVISION_EXTENDED = Step(
        "督办延期",
        OPEN_STATES,
        needs=(Hazard.supervision_deadline,),
        guard=law.later_supervision,
        supervision=True,
        note_required=True,
        help="请写明延期原因",
    )
    SUPERVISION_REMOVED = Step(
        "摘牌",
        (State.RECHECKED, State.CLOSED),
        dates=Hazard.supervision_removed_on,
        guard=law.accepted,
        tells=telling.on_its_day,
        supervision=True,
        help="验收通过后摘牌；没有验收记录的，在“说明”中写明原因",
    )
    REOPENED = Step(
        "重新打开",
        (State.CLOSED,),
        State.COMMITTED,
        may=(Hazard.deadline,),
        makes=(
            *_NEW_ROUND,
            (Hazard.rechecked_on, None),
            (Hazard.signed_off_on, None),
            (Hazard.county_signed_on, None),
            (Hazard.county_leader, ""),
            (Hazard.closing_reason, ""),
        ),
        brings=effects.new_deadline,
        guard=law.new_round,
        taking=law.own_round_has_time,
        note_required=True,
        help="已销号的隐患重新出现或整改不到位，请写明原因和新的整改时限",
    )
    MERGED = Step(
        "并入其他隐患",
        OPEN_STATES,
        State.MERGED,
        needs=(Hazard.merged_into,),
        help="重复登记的隐患并入先登记的一条，不再单独统计",
    )
    RESTORED = Step(
        "恢复单独办理",
        (State.MERGED,),
        makes=((Hazard.merged_into, ""),),
        note_required=True,
        help="并错了的恢复为并案前的状态；并入的那一条作废时，本条自动恢复",
    )
    VOIDED = Step("作废", OPEN_STATES, State.VOID, note_required=True, help="请写明作废原因")


STEPS: dict[str, Step] = {step.kind: step for step in vars(Steps).values() if isinstance(step, Step)}
NUMBERS = tuple(step.number for step in STEPS.values() if step.number is not None)
"""The facts that hold the number of a paper."""
LATER = {name for step in STEPS.values() for name in step.asked} - {
    *COMMITMENTS,
    *names_of(Hazard.level, Hazard.criterion),
}
"""Fields that only a later step brings; registering does not ask for them."""


def manual_lines() -> list[str]:
    """Return a sentence of the manual for each step that may be taken."""
    return [_manual_line(step) for step in STEPS.values() if step.after]


def _manual_line(step: Step) -> str:
    told = step.help or f"{'、'.join(step.after)}的隐患可以办理"
    return f"{step.label}：{told}{f'，办后为“{step.leads_to}”' if step.leads_to else ''}。"


def step_of_paper(report: str) -> Step | None:
    """Return the step that issuing a paper is, None for a paper that is no step."""
    return next((step for step in STEPS.values() if report and step.paper == report), None)
