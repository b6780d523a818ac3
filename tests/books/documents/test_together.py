"""Several hazards under one number: chosen by hand, found by one check, answered by one recheck notice."""

from __future__ import annotations

import pytest

from hazard_desk.books.documents.together import BESIDES
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.links import linked
from hazard_desk.rules.fields import Row

FIRM = "示例木材加工厂"
LIMIT = {"deadline": "2023-06-20"}


@pytest.fixture
def three(desk: Desk, found: Row) -> list[int]:
    """Three hazards of one firm: the first two found by one check, the third by nobody's."""
    visit = {"checked_on": "2023-05-20", "kind": "日常", "unit_name": FIRM, "inspectors": "甲检查、乙检查"}
    check = desk.checks.add(visit).ids[0]
    for place in ("配电室", "仓库"):
        desk.checks.add_finding(check, {"level": "一般", "place": place, "description": "堆放杂物"})
    made = [desk.checks.make_hazard(row.id, {"sector": "工贸"}).ids[0] for row in desk.checks.findings(check)]
    return [*made, desk.hazards.add(found | {"unit_name": FIRM, "place": "门卫室"}).ids[0]]


def numbers_of(desk: Desk, *hazards: int) -> list[str]:
    return [desk.hazards.get(one).number for one in hazards]


def test_those_of_the_same_check_are_proposed_the_others_can_be_chosen(desk: Desk, three: list[int]) -> None:
    offered = desk.books.issuing.besides("notice-rectify", three[0])
    assert [(row.id, proposed) for row, proposed in offered] == [(three[1], True), (three[2], False)]
    assert desk.books.issuing.besides("notice-supervise", three[0]) == []


def test_they_stand_under_one_number_and_come_back_together(desk: Desk, three: list[int], found: Row) -> None:
    other = desk.hazards.add(found | {"unit_name": "别家"}).ids[0]
    told = LIMIT | {BESIDES: numbers_of(desk, *three[1:])}
    change = desk.papers.issue("notice-rectify", str(three[0]), told)
    assert {desk.hazards.get(one).notice_number for one in three} == {"三星应急责改〔2023〕1号"}
    assert desk.hazards.get(other).notice_number == ""
    (document,) = desk.documents.select(Query())
    assert document.about == "、".join(numbers_of(desk, *three))
    assert {one.id for one in linked(desk.books, "documents", document.id)} == set(three)
    for one in three:
        assert [link.id for link in linked(desk.books, "hazards", one) if link.ledger == "documents"] == [
            document.id
        ]
    assert change.ids == (document.id,)
    desk.undo()
    assert {desk.hazards.get(one).notice_number for one in three} == {""}
    assert [row.state for row in desk.documents.select(Query())] == ["已作废"]
    assert desk.check() == []


def test_each_keeps_the_deadline_that_it_has(desk: Desk, three: list[int]) -> None:
    desk.hazards.change(three[1], {"deadline": "2023-07-15"})
    desk.hazards.change(three[2], {"deadline": "2023-05-25"})
    desk.papers.issue("notice-rectify", str(three[0]), LIMIT | {BESIDES: numbers_of(desk, *three[1:])})
    limits = [str(desk.hazards.get(one).deadline) for one in three]
    assert limits == ["2023-06-20", "2023-07-15", "2023-06-20"], "one that had passed before says nothing"


def test_what_has_no_place_there_draws_no_number(desk: Desk, three: list[int], found: Row) -> None:
    other = desk.hazards.add(found | {"unit_name": "别家"}).ids[0]
    for named, sentence in (
        (numbers_of(desk, other), "只有单位名称相同的隐患可以写在一份文书里"),
        (["三星隐患〔2023〕999号"], "台账里没有“三星隐患〔2023〕999号”"),
    ):
        with pytest.raises(Refused, match=sentence):
            desk.papers.issue("notice-rectify", str(three[0]), LIMIT | {BESIDES: named})
    desk.hazards.step(three[1], "voided", {"happened_on": "2023-05-21", "note": "录错"})
    with pytest.raises(Refused, match=f"{desk.hazards.get(three[1]).number}：.*已作废"):
        desk.papers.issue("notice-rectify", str(three[0]), LIMIT | {BESIDES: numbers_of(desk, three[1])})
    with pytest.raises(Refused, match="一份只写一条隐患"):
        desk.papers.issue("notice-supervise", str(three[0]), {BESIDES: numbers_of(desk, three[2])})
    assert desk.documents.count(Query()) == 0
    assert desk.hazards.get(three[0]).notice_number == ""


def test_a_recheck_notice_answers_those_of_its_notice_that_were_rechecked(
    desk: Desk, three: list[int]
) -> None:
    told = LIMIT | {BESIDES: numbers_of(desk, *three[1:]), "issued_on": "2023-05-20"}
    desk.papers.issue("notice-rectify", str(three[0]), told)
    for one in three[:2]:
        desk.hazards.step(one, "rectified", {"happened_on": "2023-05-20", "rectified_by": "丁整改"})
        told = {"rechecked_by": "甲检查、乙检查", "recheck_finding": "已清理"}
        desk.hazards.step(one, "recheck_passed", {"happened_on": "2023-06-01", **told})
    offered = desk.books.issuing.besides("notice-recheck", three[0])
    assert [(row.id, proposed) for row, proposed in offered] == [(three[1], True)]
    desk.papers.issue("notice-recheck", str(three[0]), {BESIDES: numbers_of(desk, three[1])})
    assert [desk.hazards.get(one).recheck_number for one in three] == ["三星应急复查〔2023〕1号"] * 2 + [""]
    assert desk.books.issuing.besides("notice-recheck", three[0]) == [], "both are answered"


def test_many_chosen_in_the_ledger_keep_their_firm_s_number(desk: Desk, three: list[int]) -> None:
    desk.hazards.step(three[1], "rectified", {"happened_on": "2023-05-20", "rectified_by": "丁整改"})
    taken = desk.books.issuing.step_many(three, "notice_rectify", {"happened_on": "2023-05-21", **LIMIT})
    assert taken.done == (three[0], three[2])
    assert [one.id for one in taken.refused] == [three[1]]
    assert desk.documents.count(Query()) == 1
    assert str(desk.documents.select(Query())[0].issued_on) == "2023-05-21"


def test_a_record_that_is_merged_takes_its_documents_along(desk: Desk, three: list[int]) -> None:
    desk.papers.issue("notice-rectify", str(three[0]), LIMIT | {BESIDES: numbers_of(desk, three[1])})
    with desk.cabinet.act("documents.move", "documents") as act:
        desk.documents.move_with(act, "hazards", three[1], three[2])
        act.done("示例")
    assert [row.id for row in desk.documents.about_record(f"hazards/{three[2]}")] == [1]
    assert desk.documents.about_record(f"hazards/{three[1]}") == []
