"""One act for many hazards: the good ones take the step, each other one is told, one undo."""

from __future__ import annotations

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.many import RowRefusal
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row
from tests.books.hazards.kept import everything
from tests.books.hazards.loop.conftest import PASSED, RECTIFIED, SIGNED, day, on


@pytest.fixture
def thirty(desk, found) -> list[int]:
    """Thirty-two hazards, of which the last two were not rechecked."""
    numbers = [desk.hazards.add(found | {"place": f"{place}号车间"}).ids[0] for place in range(1, 33)]
    desk.books.issuing.step_many(numbers[:-1], Steps.RECTIFIED.kind, on(0, **RECTIFIED))
    desk.books.issuing.step_many(numbers[:-2], Steps.RECHECK_PASSED.kind, on(1, **PASSED))
    return numbers


def standing(desk: Desk) -> Row:
    """How many hazards there are of each state."""
    return {state: count for state, count in desk.hazards.count_by("state").items() if count}


def test_thirty_are_signed_off_and_two_refused_with_reasons(desk, thirty):
    before = everything(desk)
    taken = desk.books.issuing.step_many(thirty, Steps.SIGNED_OFF.kind, on(2, **SIGNED))
    assert taken.done == tuple(thirty[:-2])
    number = desk.hazards.get(thirty[-1]).number
    reason = "隐患当前为“待整改”，不能办理“销号”，请先办理“落实‘五落实’”或“整改完成”"
    assert taken.refused[1] == RowRefusal(thirty[-1], number, reason, "happened_on")
    assert [one.id for one in taken.refused] == thirty[-2:]
    assert (taken.change.title, taken.change.ids) == ("“销号”30条隐患", taken.done)
    assert len(everything(desk)[2]) == len(before[2]) + 1, "one act"
    assert standing(desk) == {"已销号": 30, "待复查": 1, "待整改": 1}
    assert desk.check() == []
    desk.undo()
    assert standing(desk) == {"待销号": 30, "待复查": 1, "待整改": 1}
    assert desk.check() == []


def test_they_are_named_by_id_or_number_each_once(desk, found):
    first, second = (desk.hazards.add(found).ids[0] for _ in range(2))
    named = [first, desk.hazards.get(first).number, desk.hazards.get(second).number, "三星隐患〔2023〕999号"]
    taken = desk.books.issuing.step_many(named, Steps.HANDED_OVER.kind, on(1, handed_to="县住建局"))
    assert taken.done == (first, second)
    assert [(one.id, one.reason) for one in taken.refused] == [
        (0, "台账里没有“三星隐患〔2023〕999号”，请核对编号")
    ]


def test_what_the_form_lacks_is_told_once_and_nothing_is_written(desk, thirty):
    before = everything(desk)
    with pytest.raises(RefusedFields) as caught:
        desk.books.issuing.step_many(thirty[:2], Steps.SIGNED_OFF.kind, on(2))
    assert list(caught.value.problems) == ["signed_off_by"]
    with pytest.raises(Refused, match=r"三星隐患〔2023〕031号：.*待复查.*；三星隐患〔2023〕032号：.*待整改"):
        desk.books.issuing.step_many(thirty[-2:], Steps.SIGNED_OFF.kind, on(2, **SIGNED))
    with pytest.raises(Refused, match="请先选择记录"):
        desk.books.issuing.step_many([], Steps.SIGNED_OFF.kind, on(2, **SIGNED))
    assert everything(desk) == before


def test_one_paper_for_those_of_a_firm_and_one_for_each_other(desk, found):
    firms = ("甲厂", "乙店", "甲厂", "")
    numbers = [desk.hazards.add(found | {"unit_name": firm}).ids[0] for firm in firms]
    taken = desk.books.issuing.step_many(numbers, Steps.NOTICE_RECTIFY.kind, on(1, deadline=day(9)))
    assert taken.done == tuple(numbers)
    given = [desk.hazards.get(number).notice_number for number in taken.done]
    assert given == [f"三星应急责改〔2023〕{serial}号" for serial in (1, 2, 1, 3)]
    assert desk.documents.count(Query()) == 3
    (shared,) = (row for row in desk.documents.select(Query()) if row.number == given[0])
    assert shared.about == "三星隐患〔2023〕001号、三星隐患〔2023〕003号"
    for number in (numbers[0], numbers[2]):
        assert [row.id for row in desk.documents.about_record(f"hazards/{number}")] == [shared.id]
    desk.undo()
    assert {desk.hazards.get(number).notice_number for number in numbers} == {""}
