"""What is asked first, and how what the clerk says is found again by the labels of a form."""

from __future__ import annotations

import pytest

from hazard_desk.sheets.questions import ASIDE, Answers, Asked, Question, ranked


def asked(kind: Asked, about: str, rows: int, *offers: str) -> Question:
    told = tuple((offer, offer) for offer in (*offers, ASIDE))
    return Question(kind, about, offers[0] if offers else "", told, rows, key=about)


def test_what_nothing_can_be_done_without_is_asked_first_and_what_is_like_nothing_last() -> None:
    unlike = asked(Asked.LABEL, "厂里自报的", 9)
    label = asked(Asked.LABEL, "排查单位数", 3, "检查企业数")
    column = asked(Asked.COLUMN, "甲", 3, "place")
    naming = asked(Asked.COLUMN, "乙", 1, "description")
    ledger = asked(Asked.LEDGER, "台账", 1, "hazards", "tips")
    word = asked(Asked.WORD, "来源:网格", 3, "企业自查")
    assert ranked([unlike, word, label, column, ledger]) == [ledger, column, word, label, unlike]
    assert ranked([column, naming], first="description", room=1) == [naming]


@pytest.mark.parametrize("said", ["", "-", "—", "不填"])
def test_a_cell_may_be_left_empty_in_several_words(said: str) -> None:
    answers = Answers({"悬挂横幅（条）": said}, values={"工作亮点": "-"})
    assert answers.meaning("别的", "悬挂横幅 (条)") == ASIDE
    assert answers.meaning("别的") is None
    assert answers.beside("工作亮点") == "-"


def test_an_answer_stands_where_its_question_came_from() -> None:
    said = Answers()
    for one, answer in (
        (asked(Asked.LEDGER, "台账", 1, "hazards"), "tips"),
        (asked(Asked.LABEL, "排查单位数", 1), "检查企业数"),
        (Question(Asked.VALUE, "来源", "", (), 2, "source"), "企业自查"),
    ):
        said = said.to(one, answer)
    assert said == Answers({"台账": "tips", "排查单位数": "检查企业数"}, values={"source": "企业自查"})
