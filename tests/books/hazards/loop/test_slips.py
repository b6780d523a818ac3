"""What a clerk mistypes or does another way round: earlier days, sheets, the work of others, many at once."""

from __future__ import annotations

import pytest

from hazard_desk.books.hazards.many import named_hazards
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.states import State
from tests.books.hazards.loop.conftest import FAILED, PASSED, RECTIFIED, SIGNED, on
from tests.books.taking import take


def test_a_failed_recheck_of_what_others_put_right_asks_for_no_deadline(desk, minor):
    desk.hazards.step(minor, Steps.HANDED_OVER.kind, on(1, handed_to="县住建局"))
    desk.hazards.step(minor, Steps.RECTIFIED.kind, on(5, **RECTIFIED))
    desk.hazards.step(minor, Steps.RECHECK_FAILED.kind, on(6, **FAILED))
    row = desk.hazards.get(minor)
    assert (row.state, row.deadline, row.overdue) == (State.HANDED, None, False)


def test_a_step_entered_for_too_early_a_day_says_so(desk, minor):
    desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
    desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(5, **PASSED))
    with pytest.raises(Refused, match="时隐患为“待复查”，不能办理“销号”，请核对办理日期"):
        desk.hazards.step(minor, Steps.SIGNED_OFF.kind, on(3, **SIGNED))


def test_a_sheet_that_voids_a_hazard_gives_back_what_was_merged_into_it(desk, found):
    first, second = (desk.hazards.add(found | {"place": place}).ids[0] for place in ("甲处", "乙处"))
    into = desk.hazards.get(second).number
    desk.hazards.step(first, Steps.MERGED.kind, on(1, merged_into=into))
    take(desk.hazards, {"state": str(State.VOID)}, second)
    assert [desk.hazards.get(one).state for one in (first, second)] == [State.FOUND, State.VOID]
    assert desk.hazards.get(first).merged_into == ""
    assert desk.check() == []
    desk.undo()
    assert [desk.hazards.get(one).state for one in (first, second)] == [State.MERGED, State.FOUND]


def test_an_id_is_never_taken_for_a_number(desk, found):
    """Numbers may be plain digits; an id that the window gives is that record, a typed number that number."""
    first, second = (desk.hazards.add(found).ids[0] for _ in range(2))
    with desk.cabinet.act("test", "hazards") as act:
        act.update(Hazard, first, {"number": str(second)})
        act.done("换了编号")
    assert [row for row, _ in named_hazards(desk.cabinet, [second])] == [second]
    assert [row for row, _ in named_hazards(desk.cabinet, [str(second)])] == [first]
    assert [row for row, _ in named_hazards(desk.cabinet, ["1"])] == [1]
    typed = desk.hazards.get(second).number.replace("〔", "[").replace("〕", "] ")
    assert [row for row, _ in named_hazards(desk.cabinet, [typed])] == [second]


def test_where_all_are_refused_each_reason_is_told_once(desk, found):
    ids = [desk.hazards.add(found).ids[0] for _ in range(9)]
    desk.hazards.step(ids[-1], Steps.RECTIFIED.kind, on(0, **RECTIFIED))
    with pytest.raises(Refused) as wrong:
        desk.books.issuing.step_many(ids, Steps.SIGNED_OFF.kind, on(1, **SIGNED))
    assert wrong.value.message.count("待整改") == 1
    assert "等8条：" in wrong.value.message


def test_a_day_long_ago_or_ahead_is_asked_back_in_every_book(desk):
    visit = {"kind": "日常", "unit_name": "甲厂", "inspectors": "王秀、李明"}
    fine = {"kind": "行政处罚", "target_kind": "单位", "target": "甲厂", "reason": "违规", "despite": ""}
    for book, field, row in (
        (desk.checks, "checked_on", visit),
        (desk.tips, "received_on", {"way": "电话", "content": "隐患"}),
        (desk.rewards, "happened_on", fine),
        (desk.activities, "held_on", {"kind": "五进宣传", "title": "宣传", "level": "镇"}),
        (desk.documents, "issued_on", {"kind": "提醒函", "title": "示例"}),
    ):
        for day, says in (("1890-05-20", "距今超过10年，请核对"), ("2023-06-02", "不能晚于今天")):
            with pytest.raises(RefusedFields) as wrong:
                book.add(row | {field: day})
            assert says in wrong.value.problems[field], (book.title, day)
    desk.checks.add(visit | {"checked_on": "1990-05-20", "remark": "补录老档案"})
