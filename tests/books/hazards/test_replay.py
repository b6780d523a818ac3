"""What a sheet's row tells of a hazard becomes steps, in their order and on their days."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.incoming.replay import moves
from hazard_desk.books.hazards.step import Move
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import State

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


def day_of(move: Move) -> int | None:
    return None if move.day is None else move.day.day


def kinds(wanted: Row, now: Row = NOW) -> list[str]:
    return [str(move.kind) for move in moves(now, wanted)]


def test_days_in_the_row_become_steps_on_these_days() -> None:
    told = moves(NOW, DONE)
    assert [(str(move.kind), day_of(move)) for move in told] == [
        ("rectified", 22),
        ("recheck_passed", 23),
        ("signed_off", 24),
    ]
    assert told[1].values == {"rechecked_by": ["甲"], "recheck_finding": "到位"}


def test_what_is_there_already_is_not_done_again() -> None:
    now = NOW | {"state": State.RECTIFIED, "rectified_on": DONE["rectified_on"], "rectified_by": ["丙"]}
    assert kinds(DONE, now) == ["recheck_passed", "signed_off"]


def test_the_state_says_how_far_the_round_went() -> None:
    assert kinds(DONE | {"state": State.RECTIFIED}) == ["rectified"]
    assert kinds(DONE | {"state": State.CLOSED}) == ["rectified", "recheck_passed", "signed_off"]


def test_five_commitments_are_made_where_the_state_or_a_new_one_says_so() -> None:
    assert kinds(FIVE) == ["committed"]
    assert kinds(FIVE | {"state": State.COMMITTED}, NOW | FIVE) == ["committed"]
    assert kinds(FIVE | {"state": State.FOUND}) == []
    assert kinds(FIVE | {"funds": None}) == ["committed"]
    assert kinds(FIVE | {"funds": None, "level": "重大"}) == []


def test_reports_keep_their_days() -> None:
    told = moves(NOW, {"reports": ["监管单位（2023-05-21）", "乡政府（2023-05-21）", "县局（2023-05-22）"]})
    assert [(day_of(move), move.values["reports"]) for move in told] == [
        (21, ["监管单位", "乡政府"]),
        (22, ["县局"]),
    ]
    (undated,) = moves(NOW, {"reports": ["乡政府"]})
    assert (undated.day, undated.values) == (None, {"reports": ["乡政府"]})


def test_a_handed_hazard_goes_where_its_pool_says() -> None:
    handed: Row = {"handed_on": date(2023, 5, 25), "handed_to": "县局"}
    assert kinds(handed) == ["handed_over"]
    (move,) = moves(NOW, handed | {"pool": "蓄水池"})
    assert move.kind == Steps.ESCALATED.kind
    assert move.values["note"] == "由表格导入"


def test_a_recheck_without_a_day_of_rectification_presupposes_one() -> None:
    found = moves(NOW, {"rechecked_on": date(2023, 5, 23)})
    assert [(str(move.kind), day_of(move)) for move in found] == [("recheck_passed", 23), ("rectified", None)]


def test_a_state_without_any_day_tells_its_step_and_the_rectification() -> None:
    assert kinds({"state": State.RECTIFIED}) == ["rectified"]
    assert kinds({"state": State.CLOSED}) == ["rectified", "signed_off"], "nobody says that it was rechecked"
    closed: Row = {"state": State.CLOSED, "rechecked_by": ["甲"]}
    assert kinds(closed) == ["rectified", "recheck_passed", "signed_off"]


def test_what_earlier_rounds_left_is_no_step() -> None:
    left: Row = {"state": State.COMMITTED, "rectified_by": ["丙"], "rechecked_on": date(2023, 5, 23)}
    assert kinds(left | {"extended_by": "戊"}) == ["committed"]


def test_voided_comes_last() -> None:
    assert kinds(DONE | {"state": State.VOID})[-1] == "voided"


def told(wanted: Row, now: Row = NOW) -> list[tuple[str, int | None, Row]]:
    """Return kind, day of May and values of each step."""
    return [(str(move.kind), day_of(move), move.values) for move in moves(now, wanted)]


FULL: Row = {
    **FIVE,
    "reports": ["乡政府（2023-05-21）"],
    "plan_goal": "消除隐患",
    "notice_number": "限改1号",
    "handed_on": date(2023, 5, 21),
    "handed_to": "县局",
    "supervision_on": date(2023, 5, 21),
    "supervision_level": "县级",
    "supervision_number": "督办1号",
    "supervisor": "甲",
    "supervision_deadline": date(2023, 5, 30),
    "rectified_on": date(2023, 5, 22),
    "rectified_by": ["丙"],
    "spent": 2.0,
    "rechecked_on": date(2023, 5, 22),
    "rechecked_by": ["丁"],
    "recheck_finding": "到位",
    "recheck_number": "复查1号",
    "supervision_accepted_on": date(2023, 5, 22),
    "signed_off_on": date(2023, 5, 22),
    "signed_off_by": "戊",
    "supervision_removed_on": date(2023, 5, 22),
}


def test_a_whole_story_is_told_step_by_step() -> None:
    listed = {name: FULL[name] for name in FULL if name.startswith("supervis") and not name.endswith("_on")}
    assert told(FULL) == [
        ("reported", 21, {"reports": ["乡政府"]}),
        ("handed_over", 21, {"handed_to": "县局"}),
        ("supervised", 21, listed),
        ("rectified", 22, {"rectified_by": ["丙"], "spent": 2.0}),
        ("recheck_passed", 22, {"rechecked_by": ["丁"], "recheck_finding": "到位"}),
        ("supervision_accepted", 22, {}),
        ("signed_off", 22, {"signed_off_by": "戊"}),
        ("supervision_removed", 22, {}),
        ("committed", None, FIVE),
        ("planned", None, {"plan_goal": "消除隐患"}),
        ("notice_rectify", None, {"notice_number": "限改1号", "deadline": FIVE["deadline"]}),
        ("notice_recheck", None, {"recheck_number": "复查1号"}),
    ]


def test_steps_of_one_day_follow_each_other_as_the_loop_has_them() -> None:
    one_day = {name: FOUND if isinstance(value, date) else value for name, value in FULL.items()}
    same = one_day | {"reports": ["乡政府（2023-05-20）"], "deadline": FIVE["deadline"]}
    assert kinds(same) == [
        "reported",
        "handed_over",
        "supervised",
        "rectified",
        "recheck_passed",
        "supervision_accepted",
        "signed_off",
        "supervision_removed",
        "committed",
        "planned",
        "notice_rectify",
        "notice_recheck",
    ], "those that leave no day come last: they hold from the day of the import"


def test_told_again_nothing_is_done_again() -> None:
    assert told(FULL, NOW | FULL | {"state": State.CLOSED}) == []
    assert told({}) == []


def test_a_notice_takes_the_deadline_that_the_hazard_has() -> None:
    now = NOW | {"deadline": date(2023, 5, 30)}
    values = {"notice_number": "限改1号", "deadline": date(2023, 5, 30)}
    assert told({"notice_number": "限改1号"}, now) == [("notice_rectify", None, values)]


def test_commitments_of_the_hazard_and_of_the_row_make_five_together() -> None:
    some = {name: value for name, value in FIVE.items() if name != "funds"}
    assert told({"funds": 1.0}, NOW | some) == [("committed", None, FIVE)]
    assert told({"funds": None}, NOW | some) == []
    assert kinds(FIVE, NOW | {"state": State.COMMITTED}) == []
    assert kinds(FIVE, NOW | FIVE) == []


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.FOUND, []),
        (State.COMMITTED, ["committed"]),
        (State.RECTIFIED, ["rectified"]),
        (State.RECHECKED, ["rectified", "recheck_passed"]),
        (State.CLOSED, ["rectified", "recheck_passed", "signed_off"]),
        (State.MERGED, ["rectified", "recheck_passed", "signed_off", "merged"]),
        (State.VOID, ["rectified", "recheck_passed", "signed_off", "voided"]),
    ],
)
def test_each_state_has_its_steps_behind_it(state: State, steps: list[str]) -> None:
    assert kinds(DONE | {"state": state}) == steps


def test_an_end_comes_last_with_its_reason_on_a_day_that_nobody_tells() -> None:
    assert told({"state": "已作废"}) == [("voided", None, {"note": "由表格导入"})]
    merged = told({"state": "已并案", "merged_into": "1号", "rectified_on": date(2023, 5, 22)})
    assert merged[-1] == ("merged", None, {"merged_into": "1号"})
    assert told({"state": "已作废"}, NOW | {"state": State.VOID}) == []
    assert told(DONE, NOW | {"state": State.VOID}) == [], "what ended is not led on"
    assert told({"state": State.FOUND}) == []


def test_a_handed_hazard_says_to_whom_and_why() -> None:
    handed: Row = {"handed_on": date(2023, 5, 25), "handed_to": "县局"}
    assert told(handed) == [("handed_over", 25, {"handed_to": "县局"})]
    up = handed | {"pool": "蓄水池"}
    assert told(up) == [("escalated", 25, {"handed_to": "县局", "note": "由表格导入"})]
    assert kinds(up, NOW | handed | {"pool": "已推送"}) == ["escalated"]
    assert told(up, NOW | up) == []
    listed: Row = {"pool": "已推送"}
    assert told(listed, NOW | {"pool": "全量库"}) == [("handed_over", None, {})], "to whom nobody says"


@pytest.mark.parametrize(
    ("wanted", "now"),
    [
        ({"extended_by": "戊"}, NOW),
        ({"reports": ["县局（2023-05-22）"]}, NOW | {"reports": ["乡政府（2023-05-21）"]}),
    ],
)
def test_a_story_that_the_row_does_not_tell_is_no_step(wanted: Row, now: Row) -> None:
    assert moves(now, wanted) == []


@pytest.mark.parametrize("text", ["乡政府", "乡政府（昨天）", "（2023-05-21）"])
def test_a_report_without_a_day_is_told_as_it_stands(text: str) -> None:
    assert told({"reports": [text]}) == [("reported", None, {"reports": [text]})]


def test_a_day_that_cannot_be_leaves_its_step_without_one() -> None:
    (move,) = moves(NOW, {"rectified_by": ["丙"]}, {"rectified_on"})
    assert (str(move.kind), move.day, move.values) == ("rectified", None, {"rectified_by": ["丙"]})
    assert moves(NOW, {"state": State.FOUND}, {"rectified_on"}) == []


def test_a_recheck_of_what_was_rectified_before_is_told() -> None:
    now = NOW | {"rectified_on": date(2023, 5, 22), "state": State.RECTIFIED}
    assert kinds({"rechecked_on": date(2023, 5, 23), "rechecked_by": ["甲"]}, now) == ["recheck_passed"]


@pytest.mark.parametrize("text", ["乡政府（2023-05-21）", "乡政府(2023.5.21)", "乡政府 （2023年5月21日）"])
def test_reports_are_written_in_many_ways(text: str) -> None:
    assert told({"reports": [text]}) == [("reported", 21, {"reports": ["乡政府"]})]


def test_only_new_reports_are_told() -> None:
    known = ["乡政府（2023-05-21）"]
    more = [*known, "县局（2023-05-21）", "监管（科）（2023-05-23）"]
    assert told({"reports": more}, NOW | {"reports": known}) == [
        ("reported", 21, {"reports": ["县局"]}),
        ("reported", 23, {"reports": ["监管（科）"]}),
    ]
    assert told({"reports": known}, NOW | {"reports": known}) == []
