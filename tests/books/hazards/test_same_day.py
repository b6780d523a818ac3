"""A hazard found, put right, rechecked and signed off on one day: one act, one undo, the law of each step."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.same_day import ON_THE_SPOT, folded, form_fields, register_hazard, spot_fields
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import State
from hazard_desk.store.tables import Audit

MENDED: Row = {"on_the_spot": True, "rectified_by": "丙负责"}
RECHECKED: Row = MENDED | {"rechecked_by": "甲检查", "recheck_finding": "已清理，通道畅通"}
SIGNED_OFF: Row = RECHECKED | {"signed_off_by": "乙主任"}


@pytest.fixture
def at_once(found: Row) -> Row:
    """What is told of a hazard that was signed off on its day."""
    return found | SIGNED_OFF


def audits(desk: Desk) -> int:
    return desk.cabinet.count(Audit.select())


def wrongs(desk: Desk, values: Row) -> dict[str, str]:
    with pytest.raises(RefusedFields) as caught:
        register_hazard(desk.hazards, values)
    return caught.value.problems


def test_it_is_signed_off_by_one_act(desk: Desk, at_once: Row) -> None:
    before = audits(desk)
    change = register_hazard(desk.hazards, at_once)
    row = desk.hazards.get(change.ids[0])
    days = (row.found_on, row.rectified_on, row.rechecked_on, row.signed_off_on)
    assert (row.state, set(days)) == (State.CLOSED, {date(2023, 5, 20)})
    assert (row.rectified_by, row.rechecked_by, row.signed_off_by) == (["丙负责"], ["甲检查"], "乙主任")
    assert audits(desk) == before + 1
    assert change.title == f"登记隐患 {row.number}，当日销号"
    assert desk.check() == []


def test_one_undo_takes_all_of_it_back(desk: Desk, at_once: Row) -> None:
    (number,) = register_hazard(desk.hazards, at_once).ids
    desk.undo()
    assert desk.hazards.get(number).state == State.VOID
    assert desk.check() == []


@pytest.mark.parametrize(
    ("told", "state"),
    [(MENDED, State.RECTIFIED), (RECHECKED, State.RECHECKED), (SIGNED_OFF, State.CLOSED)],
)
def test_it_goes_as_far_as_is_told(desk: Desk, found: Row, told: Row, state: State) -> None:
    (number,) = register_hazard(desk.hazards, found | told).ids
    assert desk.hazards.get(number).state == state


def test_without_the_tick_it_is_only_registered(desk: Desk, at_once: Row) -> None:
    (number,) = register_hazard(desk.hazards, at_once | {"on_the_spot": False}).ids
    assert desk.hazards.get(number).state == State.FOUND


def test_all_that_is_lacking_is_told_at_once(desk: Desk, found: Row) -> None:
    before = audits(desk)
    told = found | {"on_the_spot": True, "signed_off_by": "乙主任", "place": ""}
    assert set(wrongs(desk, told)) == {"place", "rectified_by", "rechecked_by", "recheck_finding"}
    assert audits(desk) == before, "nothing is written, no number is spent"
    (number,) = desk.hazards.add(found).ids
    assert desk.hazards.get(number).serial == 1


def test_a_major_hazard_is_rechecked_by_another(desk: Desk, at_once: Row) -> None:
    major = at_once | {"level": "重大", "criterion": "判定标准第三条"}
    alone = major | {"rechecked_by": "丙负责", "reports": "乡政府", "done_reports": "乡政府"}
    with pytest.raises(Refused, match="整改人以外的人员复查"):
        register_hazard(desk.hazards, alone)
    assert "缺项说明" in wrongs(desk, major)["closing_reason"], "what it lacks is asked back"
    told = major | {"reports": "乡政府", "done_reports": "乡政府"}
    row = desk.hazards.get(register_hazard(desk.hazards, told).ids[0])
    assert (row.state, row.reports) == (State.CLOSED, ["乡政府（2023-05-20）"])


def test_the_tick_unfolds_what_is_asked(desk: Desk) -> None:
    names = [field.name for field in form_fields(desk.hazards.entry_fields())]
    assert len(names) == len(set(names))
    spots = {field.name for field in spot_fields()}
    assert folded({ON_THE_SPOT.name: False}) == spots
    usual = spots - folded({ON_THE_SPOT.name: True, "level": "一般"})
    assert usual == {"rectified_by", "spent", "rechecked_by", "recheck_finding", "signed_off_by"}
    assert folded({ON_THE_SPOT.name: True, "level": "重大"}) == set()
    assert spots - usual == {"reports", "done_reports", "closing_reason"}
