"""A plan looked over before it is entered: where tasks stand, what columns are, which work becomes a duty."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.origins import UsedCell, UsedSpan
from hazard_desk.library.annex.plan import left_out, put_right
from hazard_desk.library.prose.review import (
    Review,
    begin,
    changed,
    column_called,
    column_told,
    wanting,
)
from tests.real.plan_layouts import LAYOUTS, Layout
from tests.real.sources import NAMES, as_word
from tests.sheets.annexes import Made


def review_of(file: Path, year: int = 2024) -> Review:
    return begin(Desk.plan_document(file), year)


@pytest.fixture
def sectors(tmp_path: Path) -> Review:
    return review_of(LAYOUTS["sectors"]().write(tmp_path))


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_task_is_found_again_where_it_stands(name: str, tmp_path: Path) -> None:
    layout: Layout = LAYOUTS[name]()
    review = review_of(layout.write(tmp_path))
    for column, role in layout.told.items():
        review = column_told(review, column, role)
    assert len(review.annex.tasks) == len(layout.tasks)
    assert all(task.origins for task in review.annex.tasks)
    for task in review.annex.tasks:
        own = task.origins[0]
        at = own.row if isinstance(own, UsedCell) else 0
        start = 0 if isinstance(own, UsedCell) else own.start
        found = review.task_at(own.place, at, start)
        texts = {one.text for one in review.annex.tasks if one.origins[0] == own}
        assert next(one.text for one in review.annex.tasks if one.number == found) in texts | {task.text}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_unread_can_be_gone_to(name: str, tmp_path: Path) -> None:
    review = review_of(as_word(name, tmp_path))
    for part in review.annex.unread:
        block = review.document.blocks[part.origin.place if part.origin else -1]
        if isinstance(part.origin, UsedSpan):
            assert not isinstance(block, Grid)
            assert part.text[:5] in block.whole[part.origin.start : part.origin.end]
        else:
            assert isinstance(block, Grid) and part.origin
            assert block.text(part.origin.row, part.origin.column) or "没有栏名" in part.text


def test_a_column_is_told_and_what_was_put_right_stays(sectors: Review) -> None:
    part = next(one for one in sectors.annex.unread if one.kind == "column")
    assert column_called(part) == "包干情形"
    assert set(sectors.offers(part)) & {"note", "remark"}
    first, second = (task.number for task in sectors.annex.tasks[:2])
    review = changed(sectors, first, partial(put_right, cell="units", text="城建办"))
    review = changed(review, second, left_out)
    told = column_told(review, "包干情形", "备注")
    assert told.annex.tasks[0].remark == "甲类"
    assert told.annex.tasks[0].units == ("城建办",)
    assert len(told.annex.tasks) == len(sectors.annex.tasks) - 1
    assert not told.annex.unread and told.lost == 0


def test_a_column_without_a_heading_is_told_by_its_number(tmp_path: Path) -> None:
    rows = [["序号", "具体任务", "责任单位", ""], ["1", "巡查", "应急办", "6月底前"]]
    review = review_of(Made(rows).as_word(tmp_path / "a.docx"))
    (part,) = review.annex.unread
    assert column_called(part) == "第4栏" and review.offers(part)[0] == "deadline"
    assert column_told(review, "第4栏", "完成时限").annex.tasks[0].deadline == "6月底前"


def test_a_row_of_which_nothing_was_made_is_told(tmp_path: Path) -> None:
    rows = [
        ["某某镇任务表", "", ""],
        ["", "填表说明：逐项填写", ""],
        ["序号", "具体任务", "责任单位"],
        ["1", "巡查", "应急办"],
    ]
    review = review_of(Made(rows).as_word(tmp_path / "a.docx"))
    assert [(one.place, one.kind) for one in review.annex.unread] == [("第1张表第2行", "paragraph")]


def test_recurring_deadlines_are_offered_as_duties(tmp_path: Path) -> None:
    rows = [
        ["序号", "具体任务", "责任单位", "完成时限"],
        ["1", "报送台账", "应急办", "每月28日前"],
        ["2", "巡查", "各村", "6月底前"],
    ]
    review = review_of(Made(rows).as_word(tmp_path / "a.docx"))
    (duty,) = review.duties
    assert (duty.title, duty.rhythm, duty.task) == ("报送台账", "每月28日前", 1)
    assert review.outcome.duties == (duty,)
    assert wanting(review, duty, wanted=False).outcome.duties == ()
    again = changed(review, 2, partial(put_right, cell="deadline", text="每季度末"))
    assert [one.task for one in again.duties] == [1, 2]
