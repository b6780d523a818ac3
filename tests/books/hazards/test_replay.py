"""What a sheet's row tells of a hazard becomes steps, in their order and on their days."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.replay import carried, moves
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.errors import Refused
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
    assert move.kind == Steps.ESCALATED.kind
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


def told(wanted: Row, now: Row = NOW, since: date | None = FOUND) -> list[tuple[str, int, Row]]:
    """Return kind, day of May and values of each step."""
    return [(str(move.kind), move.day.day, move.values) for move in moves(now, wanted, since)]


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
        ("committed", 20, FIVE),
        ("planned", 20, {"plan_goal": "消除隐患"}),
        ("notice_rectify", 20, {"notice_number": "限改1号", "deadline": FIVE["deadline"]}),
        ("reported", 21, {"reports": ["乡政府"]}),
        ("handed_over", 21, {"handed_to": "县局"}),
        ("supervised", 21, listed),
        ("rectified", 22, {"rectified_by": ["丙"], "spent": 2.0}),
        ("recheck_passed", 22, {"rechecked_by": ["丁"], "recheck_finding": "到位"}),
        ("notice_recheck", 22, {"recheck_number": "复查1号"}),
        ("supervision_accepted", 22, {}),
        ("signed_off", 22, {"signed_off_by": "戊"}),
        ("supervision_removed", 22, {}),
    ]


def test_steps_of_one_day_follow_each_other_as_the_loop_has_them() -> None:
    one_day = {name: FOUND if isinstance(value, date) else value for name, value in FULL.items()}
    same = one_day | {"reports": ["乡政府（2023-05-20）"], "deadline": FIVE["deadline"]}
    assert kinds(same) == [
        "committed",
        "reported",
        "planned",
        "notice_rectify",
        "handed_over",
        "supervised",
        "rectified",
        "recheck_passed",
        "notice_recheck",
        "supervision_accepted",
        "signed_off",
        "supervision_removed",
    ]


def test_told_again_nothing_is_done_again() -> None:
    assert told(FULL, NOW | FULL) == []
    assert told({}) == []


def test_what_left_no_day_is_done_on_the_last_day_that_is_known() -> None:
    now = NOW | {"rectified_on": date(2023, 5, 22), "handed_on": date(2023, 5, 25), "handed_to": "县局"}
    assert told({"plan_goal": "消除隐患"}, now, None) == [("planned", 25, {"plan_goal": "消除隐患"})]
    assert told({"recheck_number": "复查1号"}, now, None) == [
        ("notice_recheck", 25, {"recheck_number": "复查1号"})
    ]


def test_a_notice_takes_the_deadline_that_the_hazard_has() -> None:
    now = NOW | {"deadline": date(2023, 5, 30)}
    values = {"notice_number": "限改1号", "deadline": date(2023, 5, 30)}
    assert told({"notice_number": "限改1号"}, now) == [("notice_rectify", 20, values)]


def test_commitments_of_the_hazard_and_of_the_row_make_five_together() -> None:
    some = {name: value for name, value in FIVE.items() if name != "funds"}
    assert told({"funds": 1.0}, NOW | some) == [("committed", 20, FIVE)]
    assert told({"funds": None}, NOW | some) == []
    assert kinds(FIVE, NOW | {"state": State.COMMITTED}) == []
    assert kinds(FIVE, NOW | FIVE) == []


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.FOUND, []),
        (State.COMMITTED, []),
        (State.RECTIFIED, ["rectified"]),
        (State.RECHECKED, ["rectified", "recheck_passed"]),
        (State.CLOSED, ["rectified", "recheck_passed", "signed_off"]),
        (State.MERGED, ["rectified", "recheck_passed", "signed_off", "merged"]),
        (State.VOID, ["rectified", "recheck_passed", "signed_off", "voided"]),
    ],
)
def test_each_state_has_its_steps_behind_it(state: State, steps: list[str]) -> None:
    assert kinds(DONE | {"state": state}) == steps


def test_an_end_comes_on_the_last_day_with_its_reason() -> None:
    assert told({"state": "已作废"}) == [("voided", 20, {"note": "由表格导入"})]
    merged = told({"state": "已并案", "merged_into": "1号", "rectified_on": date(2023, 5, 22)})
    assert merged[-1] == ("merged", 22, {"merged_into": "1号"})
    assert told({"state": "已作废"}, NOW | {"state": State.VOID}) == []
    assert told({"state": State.FOUND}) == []


def test_a_handed_hazard_says_to_whom_and_why() -> None:
    handed: Row = {"handed_on": date(2023, 5, 25), "handed_to": "县局"}
    assert told(handed) == [("handed_over", 25, {"handed_to": "县局"})]
    up = handed | {"pool": "蓄水池"}
    assert told(up) == [("escalated", 25, {"handed_to": "县局", "note": "由表格导入"})]
    assert told(up, NOW | handed) == []


@pytest.mark.parametrize(
    ("wanted", "now", "message", "field"),
    [
        ({"extended_by": "戊"}, NOW, "表格里看不出延期前的时限，请在工作台办理“延期”", "extended_by"),
        (
            {"rechecked_on": date(2023, 5, 23)},
            NOW,
            "填写了“复查日期”的，请一并填写“整改完成日期”",
            "rectified_on",
        ),
        (
            {"reports": ["县局（2023-05-22）"]},
            NOW | {"reports": ["乡政府（2023-05-21）"]},
            "“双报告”与台账中已有的不一致，请在工作台办理",
            "reports",
        ),
        ({"reports": ["乡政府"]}, NOW, "“双报告”请写明报告日期，例如 监管单位（2023-05-20）", "reports"),
        (
            {"reports": ["乡政府（昨天）"]},
            NOW,
            "“双报告”请写明报告日期，例如 监管单位（2023-05-20）",
            "reports",
        ),
        (
            {"reports": ["（2023-05-21）"]},
            NOW,
            "“双报告”请写明报告日期，例如 监管单位（2023-05-20）",
            "reports",
        ),
    ],
)
def test_a_story_that_the_row_does_not_tell(wanted: Row, now: Row, message: str, field: str) -> None:
    with pytest.raises(Refused) as caught:
        moves(now, wanted, FOUND)
    assert (caught.value.message, caught.value.field) == (message, field)


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


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (
            State.FOUND,
            {"rectified_by", "spent", "rechecked_by", "recheck_finding", "rechecked_on", "signed_off_by"},
        ),
        (State.RECTIFIED, {"rechecked_by", "recheck_finding", "rechecked_on", "signed_off_by"}),
        (State.RECHECKED, {"signed_off_by"}),
        (State.CLOSED, set()),
        (State.VOID, set()),
        (None, set()),
    ],
)
def test_facts_of_steps_not_reached_are_of_an_earlier_round(state: State | None, left: set[str]) -> None:
    wanted = FULL | {"state": state, "extended_by": "戊"}
    assert carried(wanted) == {name: wanted[name] for name in left | {"extended_by"}}
    empty = dict.fromkeys(FULL, "") | {"state": state}
    assert carried(empty) == {}
