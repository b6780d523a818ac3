"""The tables of the hazard ledger: what the events fold to today, and the events."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import peewee

from hazard_desk.books.kit.gaps import TakenIn
from hazard_desk.books.kit.lists import SECTORS
from hazard_desk.rules.fields import NAMES_FIRM, Due, Kind, Row
from hazard_desk.rules.states import (
    LEVELS,
    OPEN_STATES,
    OPEN_WORD,
    OWN_WORK,
    POOLS,
    SOURCES,
    STANDING,
    SUPERVISION_LEVELS,
    UNRECTIFIED,
    State,
)
from hazard_desk.store.columns import JsonField, Record, column, name_of, names_of


def _due(kind: str, words: str, open_states: tuple[State, ...], done: tuple[str, ...] = ()) -> Due:
    """A date of a hazard that asks for work while the hazard is in one of these states."""
    return Due(
        kind,
        words,
        done=done,
        state="state",
        done_in=tuple(state for state in State if state not in open_states),
        none_in=tuple(state for state in State if state not in STANDING),
        people=("responsible", "overseer"),
        units=("unit_name", "office"),
    )


class Hazard(TakenIn, table="hazard", indexes=((("year", "serial"), True),)):
    """What a hazard's events fold to today."""

    year = peewee.IntegerField()
    serial = peewee.IntegerField()
    enterprise_id = peewee.IntegerField(null=True, index=True)
    check_id = peewee.IntegerField(null=True, index=True)
    tip_id = peewee.IntegerField(null=True, index=True)
    number = column("编号", given=True, unique=True, width=12, searched=True)
    state = column(
        "状态",
        Kind.CHOICE,
        given=True,
        choices=tuple(State),
        groups=((OPEN_WORD, OPEN_STATES),),
        width=5,
        index=True,
    )
    level = column("级别", Kind.CHOICE, required=True, choices=LEVELS, width=4, index=True)
    source = column("来源", Kind.CHOICE, required=True, choices=SOURCES, width=6, stays=True)
    sector = column("行业领域", Kind.CHOICE, required=True, listed=SECTORS, width=8, of_firm="sector")
    unit_name = column(
        "单位名称",
        width=14,
        searched=True,
        of_firm=NAMES_FIRM,
        stays=True,
        help="可从监管对象中选择，也可直接填写",
    )
    place = column("隐患部位", required=True, width=10, searched=True)
    description = column("隐患描述", Kind.LONG, required=True, width=24, searched=True)
    category = column("隐患类别", width=7, shown=False)
    criterion = column(
        "判定依据",
        width=14,
        shown=False,
        asks=("sector", "found_on"),
        help="重大隐患必填：可从判定标准中选择，再补写条款",
    )
    regraded_on = column("级别调整日期", Kind.DATE, given=True, width=7, shown=False)
    regraded_by = column("级别调整批准人", width=7, shown=False)
    found_on = column("发现日期", Kind.DATE, required=True, width=7, index=True, now=True, stays=True)
    inspectors = column("检查人", Kind.NAMES, width=8, shown=False, stays=True)
    responsible = column("整改责任人", width=6, searched=True, of_firm="principal")
    measures = column("整改措施", Kind.LONG, width=20, shown=False)
    funds = column("整改资金", Kind.NUMBER, unit="万元", width=7, shown=False)
    deadline = column(
        "整改时限",
        Kind.DATE,
        width=7,
        index=True,
        since="found_on",
        due=_due("hazard", "{name}", OWN_WORK),
    )
    contingency = column("应急预案", Kind.LONG, width=14, shown=False)
    office = column("监管科室", width=7, of_firm="office")
    overseer = column("监管责任人", width=6, shown=False)
    extended_by = column("延期批准人", width=6, shown=False)
    lapsed_on = column("已过的原时限", Kind.DATE, given=True, width=7, shown=False)
    rectified_on = column("整改完成日期", Kind.DATE, given=True, width=7)
    rectified_by = column("整改人", Kind.NAMES, width=7, shown=False)
    spent = column("实际投入", Kind.NUMBER, unit="万元", width=7, shown=False)
    rechecked_on = column("复查日期", Kind.DATE, given=True, width=7, shown=False)
    rechecked_by = column("复查人", Kind.NAMES, width=7, shown=False)
    recheck_finding = column("复查结论", width=10, shown=False)
    signed_off_on = column("销号日期", Kind.DATE, given=True, width=7)
    signed_off_by = column("销号审批人", width=6, shown=False)
    reports = column("报告对象", Kind.NAMES, width=14, shown=False, help="发现后向谁报告，多个用顿号分开")
    done_reports = column(
        "整改后报告对象", Kind.NAMES, width=14, shown=False, help="整改完成后向谁报告，多个用顿号分开"
    )
    posted_on = column("企业公示日期", Kind.DATE, given=True, width=7, shown=False)
    posted_at = column("公示位置", width=10, shown=False)
    county_signed_on = column("县领导签字日期", Kind.DATE, given=True, width=7, shown=False)
    county_leader = column("签字的县分管领导", width=8, shown=False)
    closing_reason = column("缺项说明", Kind.LONG, width=14, shown=False)
    notice_number = column("限期整改意见书文号", width=10, shown=False)
    recheck_number = column("复查意见书文号", width=10, shown=False)
    plan_goal = column("目标任务", Kind.LONG, width=14, shown=False)
    plan_methods = column("方法措施", Kind.LONG, width=14, shown=False)
    plan_resources = column("经费物资", Kind.LONG, width=12, shown=False)
    plan_people = column("机构人员", Kind.LONG, width=12, shown=False)
    plan_deadline = column("治理时限", Kind.DATE, width=7, shown=False, since="found_on")
    plan_safety = column("安全措施和应急预案", Kind.LONG, width=14, shown=False)
    supervision_level = column("挂牌督办级别", Kind.CHOICE, choices=SUPERVISION_LEVELS, width=6, shown=False)
    supervision_on = column("挂牌日期", Kind.DATE, given=True, width=7, shown=False)
    supervision_number = column("督办文号", width=10, shown=False)
    supervisor = column("督办责任人", width=6, shown=False)
    supervision_deadline = column(
        "督办时限",
        Kind.DATE,
        width=7,
        shown=False,
        index=True,
        due=_due("supervision", "挂牌督办 {name}", UNRECTIFIED, ("supervision_removed_on",)),
    )
    supervision_accepted_on = column("督办验收日期", Kind.DATE, given=True, width=7, shown=False)
    supervision_removed_on = column("摘牌日期", Kind.DATE, given=True, width=7, shown=False)
    listed_on = column("纳入全量库日期", Kind.DATE, given=True, width=7, shown=False)
    deputy_consent = column("同意纳入的分管领导", width=8, shown=False)
    principal_consent = column("同意纳入的主要领导", width=8, shown=False)
    pool = column("所在库", Kind.CHOICE, given=True, choices=POOLS, width=5, shown=False)
    handed_to = column("推送单位", width=10, shown=False)
    handed_on = column("推送日期", Kind.DATE, given=True, width=7, shown=False)
    reply_due = column(
        "回复时限",
        Kind.DATE,
        width=7,
        shown=False,
        index=True,
        since="handed_on",
        due=_due("report", "移交回复 {name}", (State.HANDED,), ("replied_on",)),
    )
    reply = column("回复情况", Kind.LONG, width=14, shown=False)
    replied_on = column("回复日期", Kind.DATE, given=True, width=7, shown=False)
    assigned_number = column("上级交办文号", width=10, shown=False)
    feedback_due = column(
        "反馈时限",
        Kind.DATE,
        width=7,
        shown=False,
        index=True,
        since="found_on",
        due=_due("report", "上级交办反馈 {name}", OPEN_STATES),
    )
    merged_into = column("并入隐患编号", width=12, shown=False)
    progress = column("整改进展", Kind.LONG, width=16, shown=False, help="整改到哪一步，有什么困难")
    remark = column("备注", Kind.LONG, width=12, shown=False)
    overdue = column("是否逾期", Kind.BOOL, width=4, computed=True)
    days_left = column("剩余天数", Kind.INTEGER, width=4, unit="天", shown=False, computed=True)


FIRST_COLUMNS = names_of(
    Hazard.unit_name, Hazard.place, Hazard.description, Hazard.deadline, Hazard.state, Hazard.level
)
USUAL_FILTER: Mapping[str, str] = MappingProxyType({name_of(Hazard.state): OPEN_WORD})


class HazardEvent(Record, table="hazard_event"):
    """One event of a hazard: appended, never changed but for ``state``, which the fold fills in."""

    hazard_id = peewee.IntegerField(index=True)
    kind = peewee.TextField()
    happened_on = peewee.DateField()
    entered_at = peewee.DateTimeField()
    who = peewee.TextField()
    note = peewee.TextField()
    facts: JsonField[Row] = JsonField()
    corrects = peewee.IntegerField(null=True)
    state = peewee.TextField(default="")
    past = peewee.BooleanField(default=False)
    """Whether a sheet told of it as history: it may have gaps, and its law is not asked."""
    undated = peewee.BooleanField(default=False)
    """Whether nobody told its day (日期待补): it then holds from the day on which it came in."""
    law = peewee.IntegerField(default=0)
    """The edition of the loop's law under which it was entered (``step.LAW``)."""


class EventFacts(HazardEvent):
    """An entry of the event line as the clerk reads it."""

    entry = peewee.IntegerField()
    """Its number in the line."""
    kind_label = peewee.TextField()
    lines: JsonField[list[tuple[str, str]]] = JsonField()
    """Label and shown value of what it set."""
    effective = peewee.BooleanField()
    """False for one that a later correction replaced or that was taken back."""
    withdrawn = peewee.BooleanField()
    """Whether it was taken back."""
