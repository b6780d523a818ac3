"""A check entered with what it found: each finding a hazard, one act, one undo."""

from __future__ import annotations

import pytest

from hazard_desk.books.checks.findings import (
    LINES,
    besides_fields,
    enter_check,
    folded_line,
    line_field,
    line_fields,
    note_finding,
)
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import INSPECTED, State
from hazard_desk.store.tables import Audit

VISIT: Row = {
    "checked_on": "2023-05-20",
    "kind": "日常",
    "unit_name": "示例木材加工厂",
    "inspectors": "甲检查、乙检查",
    "sector": "工贸",
}
WIRES: Row = {"level": "一般", "place": "加工车间", "description": "电线私拉乱接", "deadline": "2023-06-10"}
DOOR: Row = {
    "level": "一般",
    "place": "仓库",
    "description": "安全出口堵塞",
    "on_the_spot": True,
    "rectified_by": "丙负责",
    "rechecked_by": "甲检查",
    "recheck_finding": "已清理",
    "signed_off_by": "乙主任",
}
PAPERS: Row = {"level": "一般", "place": "办公室", "description": "台账记录不全", "kept_out": True}
NOTHING: Row = {"level": "一般", "place": " ", "description": "", "on_the_spot": False}


def entered(desk: Desk, *lines: Row) -> int:
    return enter_check(desk.checks, VISIT | {LINES: list(lines)}).ids[0]


def wrongs(desk: Desk, values: Row) -> dict[str, str]:
    with pytest.raises(RefusedFields) as caught:
        enter_check(desk.checks, values)
    return caught.value.problems


def test_three_findings_are_one_act(desk: Desk) -> None:
    before = desk.cabinet.count(Audit.select())
    change = enter_check(desk.checks, VISIT | {LINES: [WIRES, DOOR, PAPERS]})
    (check,) = change.ids
    assert desk.cabinet.count(Audit.select()) == before + 1
    assert change.title == "新增检查“2023-05-20 示例木材加工厂”，发现问题3个"
    rows = desk.hazards.select(Query(sort="number"))
    assert [(row.place, row.state, row.source) for row in rows] == [
        ("加工车间", State.FOUND, INSPECTED),
        ("仓库", State.CLOSED, INSPECTED),
    ]
    assert {row.check_id for row in rows} == {check}
    assert [one.hazard_id for one in desk.checks.findings(check)] == [rows[0].id, rows[1].id, None]
    assert desk.check() == []


def test_one_undo_takes_check_findings_and_hazards_back(desk: Desk) -> None:
    entered(desk, WIRES, DOOR)
    desk.undo()
    assert desk.checks.count(Query()) == 0
    assert {row.state for row in desk.hazards.select(Query())} == {State.VOID}
    assert desk.check() == []


def test_a_line_in_which_nothing_is_told_is_none(desk: Desk) -> None:
    check = entered(desk, NOTHING, WIRES)
    assert len(desk.checks.findings(check)) == 1
    assert enter_check(desk.checks, VISIT | {"kind": "专项"}).title.endswith("示例木材加工厂”")


def test_all_that_is_wrong_is_told_by_line_and_nothing_is_written(desk: Desk) -> None:
    lacking = VISIT | {"inspectors": "甲检查", LINES: [NOTHING, WIRES | {"place": ""}, DOOR | {"level": ""}]}
    assert set(wrongs(desk, lacking)) == {"inspectors", line_field(2, "place"), line_field(3, "level")}
    unlawful = VISIT | {
        LINES: [WIRES | {"deadline": "2023-05-01"}, DOOR | {"rectified_by": ""}, WIRES | {"level": "重大"}]
    }
    assert wrongs(desk, unlawful) == {
        line_field(1, "deadline"): "“整改时限”不能早于发现日期",
        line_field(2, "rectified_by"): "请填写“整改人”",
        line_field(3, "criterion"): "重大隐患请填写“判定依据”，写明判定标准和条款",
    }
    assert (desk.checks.count(Query()), desk.hazards.count(Query())) == (0, 0)


def test_what_the_hazard_takes_from_the_check_is_asked_there(desk: Desk) -> None:
    assert wrongs(desk, VISIT | {"sector": "", LINES: [WIRES]}) == {"sector": "请填写“行业领域”"}
    desk.enterprises.add({"name": "示例木材加工厂", "category": "企业", "sector": "建设施工"})
    enter_check(desk.checks, VISIT | {"sector": "", LINES: [WIRES]})
    (row,) = desk.hazards.select(Query())
    assert row.sector == "建设施工"


def test_what_is_found_besides_is_noted_by_the_same_line(desk: Desk) -> None:
    check = entered(desk)
    note_finding(desk.checks, check, DOOR)
    note_finding(desk.checks, check, PAPERS)
    (row,) = desk.hazards.select(Query())
    assert (row.state, row.check_id) == (State.CLOSED, check)
    desk.undo()
    desk.undo()
    assert desk.checks.findings(check) == []
    assert desk.check() == []


def test_the_sector_is_asked_where_nobody_knows_it(desk: Desk) -> None:
    (check,) = desk.checks.add(VISIT | {"sector": ""}).ids
    assert "sector" in [field.name for field in besides_fields(desk.checks, check)]
    note_finding(desk.checks, check, WIRES | {"sector": "消防"})
    (row,) = desk.hazards.select(Query())
    assert row.sector == "消防"
    assert besides_fields(desk.checks, entered(desk)) == line_fields()


def test_a_line_asks_for_what_follows_from_it() -> None:
    names = [field.name for field in line_fields()]
    assert len(names) == len(set(names))
    usual = set(names) - folded_line({"level": "一般"})
    own = {"level", "place", "description", "kept_out"}
    assert usual == own | {"responsible", "deadline", "on_the_spot"}
    major = {"level": "重大"}
    assert set(names) - folded_line(major) == usual | {"criterion"}
    assert set(names) - folded_line(major | {"kept_out": True, "on_the_spot": True}) == own
    spot = set(names) - folded_line({"level": "一般", "on_the_spot": True})
    assert "rectified_by" in spot and not spot & {"responsible", "deadline", "criterion", "reports"}
