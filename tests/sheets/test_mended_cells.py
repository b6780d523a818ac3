"""Cells that the clerk writes anew before a sheet is taken in: they are read as those of the sheet are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.questions import Answers
from tests.sheets.conftest import Write

HEADING = ["序号", "级别", "行业领域", "隐患部位", "隐患描述", "发现日期", "整改时限"]
ROWS = [
    [1, "一般", "工贸", "配电房", "未上锁", "昨日", "一周内"],
    [2, "一般", "工贸", "仓库", "通道堵塞", "2023-05-02", "一周内"],
]


@pytest.fixture
def incoming(desk: Desk, sheet: Write) -> Incoming:
    file: Path = sheet([HEADING, *ROWS])
    return desk.sheets.incoming("hazards", file)


def test_what_is_written_anew_is_no_longer_doubtful(incoming: Incoming) -> None:
    (before, _) = incoming.entries
    assert "found_on" in before.problems
    assert before.others["发现日期"] == "昨日"
    (first, other) = incoming.mended({(0, 2, "found_on"): "2023.5.1"}).entries
    assert first.problems == {}
    assert "发现日期" not in first.others
    assert first.values["found_on"] == date(2023, 5, 1)
    assert first.values["deadline"] == date(2023, 5, 8), "what counts from it is counted anew"
    assert other.values["found_on"] == date(2023, 5, 2)


def test_what_is_no_value_stays_as_it_was_written(incoming: Incoming) -> None:
    (first, _) = incoming.mended({(0, 2, "found_on"): "前天吧"}).entries
    assert first.others["发现日期"] == "前天吧"
    assert "found_on" in first.problems


def test_a_fact_of_the_whole_sheet_is_changed_in_one_row(incoming: Incoming) -> None:
    whole = incoming.answered(Answers(values={"source": "执法检查"}))
    told = [row.values["source"] for row in whole.mended({(0, 3, "source"): "自查"}).entries]
    assert told == ["执法检查", "企业自查"]
    emptied = [row.values["source"] for row in whole.mended({(0, 3, "source"): ""}).entries]
    assert emptied == ["执法检查", ""]
