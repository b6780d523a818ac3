"""Bringing a plan in from its annex: what is doubtful is coloured, put right in place, then entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

from hazard_desk.desk import Desk
from tests.books.test_plans import THREE_YEARS
from tests.sheets.annexes import LIKE_S0, Made
from ui.plans.review import ReviewDialog
from ui.plans.review_table import ReviewTable
from ui.tones import AMBER, BLUE
from ui.window import MainWindow

COLUMNS = {
    "action": 1,
    "key_task": 2,
    "text": 3,
    "leads": 4,
    "units": 5,
    "helpers": 6,
    "deadline": 7,
    "due": 8,
}


@pytest.fixture
def review(window: MainWindow, tmp_path: Path) -> ReviewDialog:
    window.plan.from_file.read(LIKE_S0.as_word(tmp_path / "分解表.docx"))
    QCoreApplication.processEvents()
    dialog = window.findChild(ReviewDialog)
    assert dialog is not None
    return dialog


def colour(table: ReviewTable, row: int, name: str) -> str:
    item = table.item(row, COLUMNS[name])
    assert item is not None
    return item.background().color().name().upper()


def write(table: ReviewTable, row: int, name: str, text: str) -> None:
    item = table.item(row, COLUMNS[name])
    assert item is not None
    item.setText(text)


def shown(table: ReviewTable, row: int, name: str) -> str:
    item = table.item(row, COLUMNS[name])
    assert item is not None
    return item.text()


def test_doubtful_and_inherited_cells_stand_out(review: ReviewDialog) -> None:
    table = review.table
    assert table.rowCount() == 6
    assert colour(table, 2, "deadline") == AMBER.ground
    assert colour(table, 4, "leads") == BLUE.ground
    assert colour(table, 5, "leads") == AMBER.ground
    table.setCurrentCell(5, 0)
    assert "牵头领导一格空白，按沿用第4项理解" in review.about.text()
    review.only.setChecked(True)
    assert table.rowCount() == 2


def test_a_correction_reaches_those_that_take_it_over(review: ReviewDialog) -> None:
    table = review.table
    write(table, 3, "leads", "赵六、钱七")
    assert shown(table, 4, "leads") == "赵六、钱七"
    write(table, 4, "units", "农业办")
    assert shown(table, 3, "units") == "经发办"
    assert colour(table, 4, "units") not in (BLUE.ground, AMBER.ground)
    write(table, 2, "deadline", "6月底前")
    assert shown(table, 2, "due") == "2024-06-30"
    assert colour(table, 2, "deadline") != AMBER.ground
    write(table, 0, "action", "责任落实行动")
    assert shown(table, 2, "action") == "责任落实行动"


def test_what_cannot_be_is_told_and_not_kept(review: ReviewDialog) -> None:
    write(review.table, 0, "text", " ")
    assert review.problem.text() == "请填写“具体任务”"
    assert shown(review.table, 0, "text") == "专题学习。"
    write(review.table, 1, "due", "2024-06-01")
    assert "与完成时限“5月15日前”不一致" in review.problem.text()
    write(review.table, 2, "due", "2024-06-30")
    assert review.problem.text() == ""
    assert shown(review.table, 2, "due") == "2024-06-30"


def test_looked_over_it_becomes_the_plan(review: ReviewDialog, window: MainWindow, desk: Desk) -> None:
    review.table.setCurrentCell(2, 0)
    review.drop.click()
    review.table.setCurrentCell(4, 0)
    review.confirm.click()
    assert not any(task.doubts for task in review.table.annex.tasks)
    review.go_on()
    assert review.form.editor("title").raw() == "甲乡安全生产2024行动方案"
    review.form.editor("title").put("")
    review.go_on()
    assert review.form.boxes["title"].below.text() == "请填写“方案名称”"
    review.form.editor("title").put("甲乡2024行动")
    review.go_on()
    assert desk.plan_title == "甲乡2024行动"
    rows = desk.tasks.all_rows()
    assert [row["number"] for row in rows] == [1, 2, 4, 5, 6]
    assert rows[-1]["inherited"] == {"leads": 4, "units": 4}
    assert desk.plans.current()["ends_on"] == date(2024, 12, 31)
    assert window.plan.toolTip().startswith("甲乡2024行动")
    desk.undo()
    assert len(desk.plans.all()) == 1


def test_left_alone_nothing_is_entered(review: ReviewDialog, desk: Desk) -> None:
    review.reject()
    assert len(desk.plans.all()) == 1


def test_a_plan_file_is_entered_at_once(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    desk.plans.enter(THREE_YEARS)
    file = desk.plans.save_file(tmp_path / "三年.toml")
    desk.undo()
    window.plan.from_file.read(file)
    assert desk.plan_title == THREE_YEARS.title


def test_a_file_that_is_no_annex_is_told(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    window.plan.from_file.read(Made([["甲", "乙"]]).as_word(tmp_path / "a.docx"))
    QCoreApplication.processEvents()
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "没有找到表头" in box.text()
    box.close()
