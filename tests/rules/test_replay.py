"""What a sheet's row tells of a hazard becomes steps, in their order and on their days."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.rules.replay import carried, moves
from hazard_desk.rules.steps import State, StepKind

FOUND = date(2023, 5, 20)
NOW: Row = {"state": State.FOUND, "found_on": FOUND}
DONE: Row = {
    "rectified_on": date(2023, 5, 22),
    "rectified_by": ["丙"],
    "rechecked_on": date(2023, 5, 23),
    "rechecked_by": ["甲"],
    "recheck_finding": "到位",
    "signed_off_on": date(2023, 5, 24),
    "signed_off_by": "丁",
}
FIVE: Row = {
    "responsible": "丙",
    "measures": "更换",
    "funds": 1.0,
    "deadline": date(2023, 5, 31),
    "contingency": "断电",
}


def kinds(wanted: Row, now: Row = NOW) -> list[str]:
    return [str(move.kind) for move in moves(now, wanted, FOUND)]


def test_days_in_the_row_become_steps_on_these_days() -> None:
    told = moves(NOW, DONE)
    assert [(str(move.kind), move.day.day) for move in told] == [
        ("rectified", 22),
        ("recheck_passed", 23),
        ("signed_off", 24),
    ]
    assert told[1].values == {"rechecked_by": ["甲"], "recheck_finding": "到位"}


def test_what_is_there_already_is_not_done_again() -> None:
    now = NOW | {"rectified_on": DONE["rectified_on"], "rectified_by": ["丙"]}
    assert kinds(DONE, now) == ["recheck_passed", "signed_off"]


def test_the_state_says_how_far_the_round_went() -> None:
    assert kinds(DONE | {"state": State.RECTIFIED}) == ["rectified"]
    assert kinds(DONE | {"state": State.CLOSED}) == ["rectified", "recheck_passed", "signed_off"]


def test_five_commitments_are_made_where_the_state_or_a_new_one_says_so() -> None:
    assert kinds(FIVE) == ["committed"]
    assert kinds(FIVE | {"state": State.COMMITTED}, NOW | FIVE) == ["committed"]
    assert kinds(FIVE | {"state": State.FOUND}) == []
    assert kinds(FIVE | {"funds": None}) == []


def test_reports_keep_their_days() -> None:
    told = moves(
        NOW, {"reports": ["监管单位（2023-05-21）", "乡政府（2023-05-21）", "县局（2023-05-22）"]}, FOUND
    )
    assert [(move.day.day, move.values["reports"]) for move in told] == [
        (21, ["监管单位", "乡政府"]),
        (22, ["县局"]),
    ]
    with pytest.raises(Refused, match="请写明报告日期"):
        moves(NOW, {"reports": ["乡政府"]}, FOUND)


def test_a_handed_hazard_goes_where_its_pool_says() -> None:
    handed: Row = {"handed_on": date(2023, 5, 25), "handed_to": "县局"}
    assert kinds(handed) == ["handed_over"]
    (move,) = moves(NOW, handed | {"pool": "蓄水池"}, FOUND)
    assert move.kind is StepKind.ESCALATED
    assert move.values["note"] == "由表格导入"


def test_a_recheck_without_a_rectification_is_refused() -> None:
    with pytest.raises(Refused, match="请一并填写“整改完成日期”"):
        moves(NOW, {"rechecked_on": date(2023, 5, 23)}, FOUND)


def test_an_extension_is_not_made_up() -> None:
    with pytest.raises(Refused, match="请在工作台办理“延期”"):
        moves(NOW, {"extended_by": "戊"}, FOUND)


def test_what_earlier_rounds_left_comes_with_the_registration() -> None:
    left: Row = {"state": State.COMMITTED, "rectified_by": ["丙"], "rechecked_on": date(2023, 5, 23)}
    assert carried(left | {"extended_by": "戊"}) == {
        "rectified_by": ["丙"],
        "rechecked_on": date(2023, 5, 23),
        "extended_by": "戊",
    }
    assert carried(DONE | {"state": State.CLOSED}) == {}
    assert carried(DONE) == {}


def test_voided_comes_last() -> None:
    assert kinds(DONE | {"state": State.VOID})[-1] == "voided"
