"""The month of S2: lists by the 25th, both sheets of each sub-group by the 28th, their sum, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.checks import doubts
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.figures.progress.sheets import unit_sheets
from hazard_desk.figures.progress.summing import sum_up
from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.progress_forms import find_progress_form
from tests.every_act import FOUND

FORM = find_progress_form("fangshan-2023")
JUNE = date(2023, 6, 28)
OFFICES = {"能源": "能源股", "粮食": "粮食服务股", "人防": "人防办", "帮扶村": "驻村工作队"}


@contextmanager
def on(folder: Path, day: int) -> Iterator[Desk]:
    with Desk.open(folder, date(2023, 6, day)) as desk:
        yield desk


def sub_groups(desk: Desk) -> list[str]:
    return [unit.called for unit in desk.books.units.serving(desk.today)]


def missing(desk: Desk, code: str, day: int) -> tuple[str, ...]:
    duty = next(row for row in desk.duties.all_rows() if row.code == code)
    return desk.duties.occurrence(duty.id, date(2023, 6, day).isoformat()).verdict.missing


def found(desk: Desk, sector: str) -> None:
    facts = {"level": "重大", "criterion": "判定标准第三条", "found_on": "2023-06-10"}
    desk.hazards.add(FOUND | facts | {"sector": sector, "office": OFFICES[sector]})


def test_the_month(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with Desk.create(folder, find_plan("fangshan-2023"), today=date(2023, 6, 10)) as desk:
        for sector in OFFICES:
            found(desk, sector)

    with on(folder, 25) as desk:
        assert set(missing(desk, "group-report", 25)) == set(sub_groups(desk))
        for name in sub_groups(desk):
            sent = {
                "kind": "印发文件",
                "title": f"{name}重大隐患清单",
                "held_on": "2023-06-25",
                "level": "部门",
            }
            desk.activities.add(sent | {"office": name})
        assert missing(desk, "group-report", 25) == ()

    with on(folder, 28) as desk:
        assert len(missing(desk, "progress-form", 28)) == 8
        for sheet in unit_sheets(desk.books, FORM, JUNE):
            filled = fill(desk.books, FORM, JUNE, sheet.group)
            if sheet.group == "帮扶村小组（本股室）":
                early = sum_up(desk.books, FORM, JUNE, groups=["所属行业领域"])
                assert "帮扶村小组还没有上报，合计里没有" in [one.sentence for one in doubts(early)]
            assert filled.cell("1.3").value == 1, sheet.group
            submit(desk.books, filled)
        assert {one.state for one in unit_sheets(desk.books, FORM, JUNE)} == {"已报"}
        assert missing(desk, "progress-form", 28) == ()

    with on(folder, 29) as desk:
        trades = [one.group for one in unit_sheets(desk.books, FORM, JUNE) if "行业" in one.group]
        with pytest.raises(Refused, match="报了“本股室”“所属行业领域”两张表，合在一起会重复计入"):
            sum_up(desk.books, FORM, JUNE)
        whole = sum_up(desk.books, FORM, JUNE, groups=["所属行业领域"])
        assert (whole.cell("1.3").value, whole.group, whole.unsent) == (4, "所属行业领域", ())
        submit(desk.books, fill(desk.books, FORM, JUNE, "粮食"))  # of a sector, not of a unit
        own = sum_up(desk.books, FORM, JUNE, groups=["本股室"])
        assert (own.cell("1.3").value, own.unit[-5:]) == (4, "（本股室）")
        assert {source.unit for source in whole.cell("1.3").sources} == set(trades)
        submit(desk.books, whole)

        found(desk, "粮食")  # told late: corrected and sent again
        grain = "粮食小组（所属行业领域）"
        submit(desk.books, replace(fill(desk.books, FORM, JUNE, grain), reason="补报一条"))
        again = sum_up(desk.books, FORM, JUNE, groups=["所属行业领域"])
        assert again.cell("1.3").value == 5
        assert {one.version for one in again.cell("1.3").sources if one.unit == grain} == {2}
        submit(desk.books, replace(again, reason="粮食小组更正"))
        assert submit(desk.books, own).ids, "the other sum is no correction of this one"
