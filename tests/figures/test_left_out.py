"""What a progress form does not count for a gap, and that it says so wherever it is read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from hazard_desk.books.activities import ActivityRow
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import RewardRow
from hazard_desk.desk import Desk
from hazard_desk.figures.progress.filling import fill, frozen, plain_progress_form, submit, thawed
from hazard_desk.figures.progress.left_out import ranges
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.papers.given import progress_form_paper
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.printing import write_paper
from hazard_desk.rules.fields import Row
from tests.books.taking import take
from tests.every_act import ACTIVITY, FINE, SHOP, UNIT, VISIT
from tests.gaps import take_out
from tests.papers.reading import read_pdf

JUNE = date(2023, 6, 28)
FORM = find_progress_form("fangshan-2023")
IDS = [number for number, _ in FORM.items()]


@pytest.fixture
def june(desk: Desk) -> Desk:
    desk.cabinet.clock.set(JUNE)
    return desk


@pytest.fixture
def major(june: Desk, found: Row) -> Callable[..., int]:
    """A major hazard, found and put right in May, that lacks what is named."""

    def register(*lacks: str, **more: object) -> int:
        known = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "found_on": "2023-05-20"}
        values = found | known | more
        number = june.hazards.add(values).ids[0]
        done = {"happened_on": values["found_on"], "rectified_by": "丁整改"}
        june.hazards.step(number, "rectified", done)
        if lacks:
            take_out(june, Hazard, number, *lacks)
        return number

    return register


def told(desk: Desk, **more: object) -> list[str]:
    return [one.sentence for one in fill(desk.books, FORM, JUNE, **more).left_out]


def test_a_form_of_whole_records_has_nothing_to_tell(june, major):
    major()
    assert fill(june.books, FORM, JUNE).left_out == ()


def test_records_without_a_source_count_nowhere_and_are_told_once(june, major):
    whole, numbers = major(), [major("source") for _ in range(3)]
    filled = fill(june.books, FORM, JUNE)
    assert filled.cell("1.1").value == 1
    assert [record.id for record in filled.cell("1.1").records] == [whole]
    (one,) = filled.left_out
    assert one.sentence == "隐患台账3条缺来源，未计入第1.1至1.8项"
    assert (one.ledger, one.lacks, one.records) == ("hazards", ("source",), tuple(numbers))
    assert june.hazards.ids(Query(where={"gaps": one.asked})) == numbers, "the filter finds them"


def test_what_another_fact_excludes_is_not_told(june, major):
    number = major("source", level="一般", criterion="")
    assert told(june) == [], "an ordinary hazard counts nowhere, whatever its source is"
    take_out(june, Hazard, number, "level", "source")
    assert told(june) == ["隐患台账1条缺级别、来源，未计入第1.1至1.8项"]
    major("source", found_on="2023-05-02")
    assert len(told(june)) == 1, "found before the plan began"


def test_only_the_cells_that_ask_for_the_missing_fact_are_named(june, major):
    major("rectified_on")
    assert told(june) == ["隐患台账1条缺整改完成日期，未计入第1.2项"]
    major("place")
    assert len(told(june)) == 1, "no cell asks where it was"


def test_history_without_its_days_counts_nowhere(june, major):
    told_so = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "description": "电线乱接"}
    take(june.hazards, told_so | {"state": "已销号"})
    assert told(june) == ["隐患台账1条缺发现日期、整改完成日期，未计入第1.1、1.2项"]
    take(june.hazards, told_so | {"state": "已销号", "found_on": date(2023, 5, 20)})
    filled = fill(june.books, FORM, JUNE)
    assert (filled.cell("1.1").value, filled.cell("1.2").value) == (1, 0)
    assert told(june)[1:] == ["隐患台账1条缺整改完成日期，未计入第1.2项"]


def test_other_ledgers_are_told_too(june):
    june.enterprises.add(SHOP)
    visit = june.checks.add(VISIT).ids[0]
    take_out(june, CheckRow, visit, "checked_on")
    assert fill(june.books, FORM, JUNE).cell("2.1").value == 0
    fine = june.rewards.add(FINE | {"target_kind": "单位"}).ids[0]
    take_out(june, RewardRow, fine, "kind")
    work = june.activities.add(ACTIVITY | {"kind": "专题学习"}).ids[0]
    take_out(june, ActivityRow, work, "level")
    checks, *rest = told(june)
    assert checks.startswith("检查执法1条缺检查日期，未计入第")
    assert {sentence.split("，")[0] for sentence in rest} == {"奖惩记录1条缺类型", "工作开展1条缺层级"}


def test_what_is_no_enterprise_of_the_ledger_is_told_by_name(june):
    june.enterprises.add(SHOP)
    for name in (UNIT, "村道三公里处", UNIT):
        june.checks.add(VISIT | {"unit_name": name})
    filled = fill(june.books, FORM, JUNE)
    checked = next(id for id, item in FORM.items() if item.indicator == "spot_checked_enterprises")
    assert filled.cell(checked).value == 1
    (said,) = filled.left_out
    assert said.sentence == f"检查执法1条的检查对象不在监管对象台账里，不算一家，未计入第{checked}项"
    assert (said.records, said.called) == ((2,), ("村道三公里处",))
    june.enterprises.add(SHOP | {"name": "村道 三公里处"})
    filled = fill(june.books, FORM, JUNE)
    assert (filled.cell(checked).value, filled.left_out) == (2, ())


def test_one_penalty_of_a_pair_without_its_day_completes_no_pair(june):
    both = [june.rewards.add(FINE | {"target_kind": kind}).ids[0] for kind in ("单位", "个人")]
    june.rewards.pair(*both)
    paired = next(number for number, item in FORM.items() if item.indicator == "paired_penalties")
    assert fill(june.books, FORM, JUNE).cell(paired).value == 1
    take_out(june, RewardRow, both[1], "happened_on")
    filled = fill(june.books, FORM, JUNE)
    assert filled.cell(paired).value == 0
    assert any(paired in one.cells and one.records == (both[1],) for one in filled.left_out)


def test_a_group_tells_those_whose_sector_nobody_told(june, major):
    major()
    major("sector", unit_name="", office="经发办")
    take_out(june, Hazard, major("sector", unit_name="", office=""), "sector")
    assert told(june) == []
    filled = fill(june.books, FORM, JUNE, "工贸")
    assert filled.cell("1.1").value == 1
    assert [one.sentence for one in filled.left_out] == ["隐患台账2条缺行业领域，未计入第1.1、1.2项"]
    assert fill(june.books, FORM, JUNE, "经发办").cell("1.1").value == 1, "its office is known"


def test_it_stands_under_the_form_in_sheet_paper_json_and_in_what_was_sent(june, major, tmp_path: Path):
    major("source")
    filled = fill(june.books, FORM, JUNE)
    sentence = "隐患台账1条缺来源，未计入第1.1至1.8项"
    paper = progress_form_paper(june.books, filled)
    printed = io.BytesIO()
    write_pdf(paper, printed)
    assert sentence in "".join(page.text for page in read_pdf(printed.getvalue()))
    sheet = openpyxl.load_workbook(write_paper(paper, tmp_path / "表.xlsx")).active
    assert any(sentence in str(cell.value or "") for row in sheet.iter_rows() for cell in row)
    (kept,) = json.loads(json.dumps(plain_progress_form(filled)))["left_out"]
    assert (kept["sentence"], kept["cells"][0], kept["lacks"]) == (sentence, "1.1", ["source"])
    number = submit(june.books, filled).ids[0]
    june.hazards.change(1, {"source": "执法检查"})
    assert told(june) == []
    assert thawed(june.books.submissions.get(number)).left_out == filled.left_out
    old = frozen(filled)
    del old.layout["left_out"]
    old.submitted_on, old.who, old.id = JUNE, "", 1
    assert thawed(old).left_out == (), "a form sent before gaps were told"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["1.1"], "1.1"),
        (["1.1", "1.2"], "1.1、1.2"),
        (["1.1", "1.2", "1.3", "2.2"], "1.1至1.3、2.2"),
        (["1.10", "2.1", "2.2"], "1.10至2.2"),
    ],
)
def test_how_cells_are_named(cells: list[str], said: str):
    assert ranges(cells, IDS) == said
