"""Work that nobody wants any more ends between its pieces and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.papers.model import Cell, Column, Paper, Table
from hazard_desk.printing import write_paper
from hazard_desk.rules.fields import Row
from hazard_desk.stopping import Stopped, stop_if_unwanted, while_wanted

ROWS = tuple((Cell("一"), Cell("二")) for _ in range(300))
LONG = Paper("台账", (Table((Column("甲"), Column("乙")), ROWS),))


def test_it_ends_only_inside_and_when_any_of_those_outside_stops_wanting_it() -> None:
    stop_if_unwanted()
    with while_wanted(lambda: False), while_wanted(lambda: True), pytest.raises(Stopped):
        stop_if_unwanted()
    stop_if_unwanted()


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_a_long_table_is_given_up_between_two_rows(tmp_path: Path, ending: str) -> None:
    to = tmp_path / f"台账.{ending}"
    asked = 0

    def wanted() -> bool:
        nonlocal asked
        asked += 1
        return asked < 100

    with while_wanted(wanted), pytest.raises(Stopped):
        write_paper(LONG, to)
    assert asked == 100
    assert list(tmp_path.iterdir()) == []
    assert write_paper(LONG, to).exists()


def test_an_export_is_given_up(desk: Desk, found: Row, tmp_path: Path) -> None:
    desk.hazards.add(found)
    with while_wanted(lambda: False), pytest.raises(Stopped):
        desk.sheets.export("hazards", tmp_path / "隐患.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []
