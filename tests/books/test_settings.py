"""The desk's settings: read, changed, refused, undone."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import Row


def test_new_numbers_follow_a_new_pattern(desk: Desk, found: Row) -> None:
    first = desk.hazards.add(found).ids[0]
    desk.settings.change({"hazard_number": "红岩隐患〔{year}〕{seq}号"})
    second = desk.hazards.add(found).ids[0]
    assert desk.hazards.get(first)["number"] == "三星隐患〔2023〕001号"
    assert desk.hazards.get(second)["number"] == "红岩隐患〔2023〕2号"


@pytest.mark.parametrize(
    "pattern", ["", "隐患", "{year}", "{seq}", "{seq:x", "{}{year}{seq}", "{year.x}{seq}", "{year}{seq}{0}"]
)
def test_a_pattern_that_cannot_number_is_refused(desk: Desk, pattern: str) -> None:
    with pytest.raises(RefusedFields) as wrong:
        desk.settings.change({"hazard_number": pattern})
    assert wrong.value.problems.keys() == {"hazard_number"}
    assert desk.settings.get()["hazard_number"] == "三星隐患〔{year}〕{seq:03}号"


def test_what_is_not_named_stays_and_undo_takes_it_back(desk: Desk) -> None:
    before = desk.settings.get()
    desk.settings.change({"clerk": "示例经办人"})
    assert desk.settings.get() == before | {"clerk": "示例经办人"}
    desk.undo()
    assert desk.settings.get() == before
