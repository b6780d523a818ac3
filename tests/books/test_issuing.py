"""Issuing twice: a letter has one number until that is voided; other papers come again."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row


@pytest.fixture
def letter(desk: Desk) -> int:
    """A record of a letter that is not issued yet."""
    told = {"kind": "督办函", "target_kind": "单位", "target": "示例木材加工厂", "reason": "进度偏慢"}
    return desk.rewards.add(told | {"happened_on": "2023-05-25"}).ids[0]


def states(desk: Desk) -> list[tuple[str, str]]:
    return [(row.number, row.state) for row in desk.documents.select(Query(sort="number"))]


def test_a_letter_is_not_given_a_second_number(desk: Desk, letter: int) -> None:
    desk.papers.issue("letter-urge", str(letter))
    told = "2023年6月1日编发，文号是三星安督〔2023〕1号；要重新编发，请先在发文登记中把它作废"
    with pytest.raises(Refused, match=told):
        desk.papers.issue("letter-urge", str(letter))
    assert states(desk) == [("三星安督〔2023〕1号", "已印发")]


def test_one_whose_number_is_voided_is_issued_anew(desk: Desk, letter: int) -> None:
    (first,) = desk.papers.issue("letter-urge", str(letter)).ids
    desk.documents.void(first, "对象写错")
    desk.papers.issue("letter-urge", str(letter))
    assert states(desk) == [("三星安督〔2023〕1号", "已作废"), ("三星安督〔2023〕2号", "已印发")]
    assert desk.rewards.get(letter).number == "三星安督〔2023〕2号"


def test_one_taken_back_is_issued_anew(desk: Desk, letter: int) -> None:
    desk.papers.issue("letter-urge", str(letter))
    desk.undo()
    desk.papers.issue("letter-urge", str(letter))
    assert states(desk) == [("三星安督〔2023〕1号", "已作废"), ("三星安督〔2023〕2号", "已印发")]


def test_each_letter_has_its_own(desk: Desk, letter: int) -> None:
    row = desk.rewards.get(letter)
    other = desk.rewards.add(row | {"target": "示例商店"}).ids[0]
    for number in (letter, other):
        desk.papers.issue("letter-urge", str(number))
    assert [number for number, _ in states(desk)] == ["三星安督〔2023〕1号", "三星安督〔2023〕2号"]


def test_a_bulletin_and_a_second_notice_are_issued_again(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found).ids[0]
    for deadline in ("2023-06-10", "2023-06-20"):
        desk.papers.issue("bulletin")
        desk.papers.issue("notice-rectify", str(number), {"deadline": deadline})
    assert [state for _, state in states(desk)] == ["已印发"] * 4
    row = desk.hazards.get(number)
    assert (row.notice_number, row.deadline) == ("三星应急责改〔2023〕2号", date(2023, 6, 20))
