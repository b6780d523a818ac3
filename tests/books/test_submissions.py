"""Forms that were sent stay as they were; values set by hand need a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields

CELLS = [{"id": "1.1", "value": 3, "records": [{"ledger": "hazards", "id": 7, "title": "甲"}]}]


def sent(desk: Desk, as_of: date, group: str = "", reading: str = "累计", **more: object) -> int:
    values = {"form": "fangshan-2023", "title": "调度表", "as_of": as_of, "group": group}
    values |= {"reading": reading, "layout": {"title": "调度表"}, "cells": CELLS, **more}
    return desk.submissions.submit(values).ids[0]


def by_hand(value: object = 5, **more: object) -> dict[str, object]:
    known = {"form": "fangshan-2023", "as_of": date(2023, 6, 1), "group": "", "reading": "累计"}
    return known | {"item": "1.1", "value": value, "reason": "补报一处"} | more


def test_what_was_sent_is_kept_whole(desk):
    number = sent(desk, date(2023, 5, 28))
    row = desk.submissions.get(number)
    assert row["cells"] == CELLS and row["layout"] == {"title": "调度表"}
    assert (row["submitted_on"], row["who"]) == (desk.today, desk.clerk)
    assert "cells" not in desk.submissions.rows()[0]


def test_a_day_far_ahead_is_not_sent(desk):
    with pytest.raises(Refused, match="还早，最多提前10天上报"):
        sent(desk, desk.today + timedelta(days=11))
    assert desk.submissions.rows() == []
    sent(desk, desk.today + timedelta(days=10))


def test_the_latest_before_a_day(desk):
    april, may = sent(desk, date(2023, 4, 28)), sent(desk, date(2023, 5, 28))
    again = sent(desk, date(2023, 5, 28), reason="漏报一处")
    sent(desk, date(2023, 5, 28), group="工贸")
    latest = desk.submissions.latest
    assert latest("fangshan-2023", "", date(2023, 6, 28))["id"] == again > may
    assert latest("fangshan-2023", "", date(2023, 5, 28))["id"] == april
    assert latest("fangshan-2023", "", date(2023, 4, 28)) is None
    assert latest("chongming-2023", "", date(2023, 6, 28)) is None
    assert latest("fangshan-2023", "", date(2023, 6, 28), "当月") is None


def test_sent_again_is_another_version_with_a_reason(desk):
    first = sent(desk, date(2023, 5, 28), reason="第一次的不算")
    with pytest.raises(Refused, match="已于2023年6月1日上报（第1次），更正重报请写明更正原因") as wrong:
        sent(desk, date(2023, 5, 28), reason="  ")
    assert wrong.value.field == "reason" and len(desk.submissions.rows()) == 1
    second = sent(desk, date(2023, 5, 28), reason="漏报一处")
    others = [sent(desk, date(2023, 5, 28), group="工贸"), sent(desk, date(2023, 5, 28), reading="当月")]
    versions = desk.submissions.versions("fangshan-2023", date(2023, 5, 28), "", "累计")
    assert [(row.id, row.version, row.reason) for row in versions] == [
        (second, 2, "漏报一处"),
        (first, 1, ""),
    ]
    assert {desk.submissions.get(number).version for number in others} == {1}


def test_what_was_sent_is_not_undone_and_does_not_stand_in_the_way(desk):
    desk.submissions.override(by_hand())
    sent(desk, date(2023, 5, 28))
    assert desk.undo().title.startswith("撤销：手工改动调度表")
    assert len(desk.submissions.rows()) == 1
    assert desk.undoable() == ""


def test_a_value_set_by_hand(desk):
    desk.submissions.override(by_hand())
    desk.submissions.override(by_hand({"次": 3, "万元": 4.5}, reason="核对后"))
    asked = ("fangshan-2023", date(2023, 6, 1), "", "累计")
    (row,) = desk.submissions.overrides(*asked).values()
    assert (row["value"], row["reason"], row["who"]) == ({"次": 3, "万元": 4.5}, "核对后", desk.clerk)
    assert desk.submissions.overrides("fangshan-2023", date(2023, 6, 1), "工贸", "累计") == {}
    desk.submissions.restore(by_hand())
    assert desk.submissions.overrides(*asked) == {}
    with pytest.raises(Refused, match="没有手工改动"):
        desk.submissions.restore(by_hand())


def test_by_hand_only_with_a_reason(desk):
    with pytest.raises(RefusedFields) as wrong:
        desk.submissions.override(by_hand(reason=" "))
    assert list(wrong.value.problems) == ["reason"]
