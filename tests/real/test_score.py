"""How much of the sheets and plans of the tests is understood: never less than README.md says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from tests.conftest import ROOT
from tests.real.ledger_sheets import ledger_sheets
from tests.real.score import FATES, Score, score_ledgers, score_plans


def said(name: str) -> dict[str, int]:
    """The figures of README.md."""
    line = re.search(rf"^\| {name} \|(.*)\|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert line, name
    _, _, *counts = [int(cell) for cell in line[1].split("|")[:-1]]
    return dict(zip(FATES, counts, strict=True))


def compare(name: str, score: Score) -> None:
    print(f"\n{score.row(name)}\n" + "\n".join(score.told))
    before = said(name)
    assert score.fates["understood"] >= before["understood"], score.told
    assert score.fates["wrong"] <= before["wrong"], [told for told in score.told if told.startswith("wrong")]
    assert score.fates["lost"] == before["lost"] == 0, score.told


def test_ledger_sheets(desk: Desk, tmp_path: Path) -> None:
    compare("ledger sheets", score_ledgers(desk, tmp_path))


def test_plans(tmp_path: Path) -> None:
    compare("plans", score_plans(tmp_path))


def test_the_sheets_are_of_every_kind_and_shape() -> None:
    sheets = ledger_sheets().values()
    assert len(sheets) >= 20
    assert {one.kind for one in sheets} == {"xlsx", "xls", "docx", "csv"}
    assert len({one.ledger for one in sheets}) >= 5


@pytest.mark.parametrize("name", ["two-rows", "small-places"])
def test_what_a_sheet_says_is_read_as_it_is_drawn(name: str, tmp_path: Path) -> None:
    """The sheets themselves are right: each fact stands in the file under its heading."""
    sheet = ledger_sheets()[name]
    facts = {(fact.heading, fact.text) for row in sheet.facts for fact in row}
    wanted = {"two-rows": ("资金（元）", "15000"), "small-places": ("所属村", "一村")}
    assert wanted[name] in facts
    assert sheet.write(tmp_path).stat().st_size > 0
