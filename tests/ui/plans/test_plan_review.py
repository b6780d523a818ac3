"""Bringing a plan in: beside its document it is looked over, put right in place, told what a column is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from hazard_desk.desk import Desk
from hazard_desk.library.annex.origins import UsedCell
from tests.books.test_plans import THREE_YEARS
from tests.real.plan_layouts import LAYOUTS
from tests.real.sources import as_word
from tests.sheets.annexes import LIKE_S0, Made
from ui.jobs import Jobs
from ui.plans.from_file import PlanFromFile
from ui.plans.review.dialog import ReviewDialog
from ui.plans.review.tasks import TaskTable
from ui.production import Progress
from ui.tones import AMBER, BLUE
from ui.window import MainWindow

Opened = Callable[[Path], ReviewDialog]
PLAIN = Qt.KeyboardModifier.NoModifier
RECURRING = Made(
    [
        ["序号", "具体任务", "责任单位", "完成时限"],
        ["1", "报送台账", "应急办", "每月28日前"],
        ["2", "分两轮排查", "各村", "5月底前完成首轮，10月底前完成第二轮"],
        ["3", "召开例会", "党政办", "每季度末"],
    ]
)


@pytest.fixture
def opened(window: MainWindow) -> Opened:
    def read(file: Path) -> ReviewDialog:
        window.plan.from_file.read(file)
        QCoreApplication.processEvents()
        dialog = next(one for one in window.findChildren(ReviewDialog) if one.isVisible())
        dialog.activateWindow()
        QCoreApplication.processEvents()
        return dialog

    return read


@pytest.fixture
def review(opened: Opened, tmp_path: Path) -> ReviewDialog:
    return opened(LIKE_S0.as_word(tmp_path / "分解表.docx"))


def place(table: TaskTable, name: str) -> int:
    return next(at for at, field in enumerate(table.rows.fields) if field.name == name)


def colour(table: TaskTable, row: int, name: str) -> str:
    ground = table.rows.index(row, place(table, name)).data(Qt.ItemDataRole.BackgroundRole)
    return ground.name().upper() if isinstance(ground, QColor) else ""


def shown(table: TaskTable, row: int, name: str) -> str:
    return str(table.rows.index(row, place(table, name)).data())


def write(table: TaskTable, row: int, name: str, text: str) -> None:
    table.rows.setData(table.rows.index(row, place(table, name)), text)


def press(widget: QWidget | None, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    assert widget is not None
    QTest.keyClick(widget, key, held)
    QCoreApplication.processEvents()


def test_doubtful_and_inherited_cells_stand_out(review: ReviewDialog) -> None:
    table = review.table
    assert table.rows.rowCount() == 6
    assert colour(table, 2, "deadline_text") == AMBER.ground
    assert colour(table, 4, "leads") == BLUE.ground
    assert colour(table, 5, "leads") == AMBER.ground
    review.course.choose(6)
    assert "牵头领导一格空白，按沿用第4项理解" in review.about.toPlainText()
    review.only.setChecked(True)
    assert table.rows.rowCount() == 2


def test_a_correction_reaches_those_that_take_it_over(review: ReviewDialog) -> None:
    table = review.table
    write(table, 3, "leads", "赵六、钱七")
    assert shown(table, 4, "leads") == "赵六、钱七"
    write(table, 4, "units", "农业办")
    assert shown(table, 3, "units") == "经发办"
    assert colour(table, 4, "units") == ""
    write(table, 2, "deadline_text", "6月底前")
    assert shown(table, 2, "due") == "2024-06-30"
    assert colour(table, 2, "deadline_text") == ""
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


def test_a_step_is_taken_back(review: ReviewDialog) -> None:
    write(review.table, 3, "leads", "赵六")
    review.table.leave_out()
    assert review.table.rows.rowCount() == 5
    press(review.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(review.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert review.table.rows.rowCount() == 6
    assert shown(review.table, 3, "leads") == "王五"
    assert not review.undo.isEnabled()


def test_looked_over_it_becomes_the_plan(review: ReviewDialog, window: MainWindow, desk: Desk) -> None:
    review.course.choose(3)
    review.drop.click()
    review.course.choose(6)
    review.confirm.click()
    assert not any(task.doubts for task in review.review.annex.tasks)
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


def test_a_task_shows_its_place_and_a_place_its_task(review: ReviewDialog) -> None:
    review.course.choose(4)
    line = review.paper.line
    assert line is not None and "督促自查" in line.text
    review.paper.setFocus()
    press(review.paper, Qt.Key.Key_Down)
    assert review.course.task is not None and review.course.task.number == 5
    press(review.paper, Qt.Key.Key_Return)
    assert review.table.hasFocus() and shown(review.table, review.table.currentIndex().row(), "number") == "5"


def test_an_unread_column_is_gone_to_and_told_by_keys(opened: Opened, tmp_path: Path) -> None:
    review = opened(LAYOUTS["sectors"]().write(tmp_path))
    assert "其中2栏没有认出" in review.losses.heading.text()
    write(review.table, 0, "units", "城建办")
    press(review.table, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert review.losses.list.hasFocus()
    press(review.losses.list, Qt.Key.Key_Return)
    part, line = review.losses.part, review.paper.line
    assert part is not None and isinstance(part.origin, UsedCell) and line is not None
    assert (line.place, line.row) == (part.origin.place, part.origin.row)
    offers = review.losses.role.view()
    assert offers.isVisible()
    while offers.currentIndex().data() != "备注":
        press(offers, Qt.Key.Key_Down)
    press(offers, Qt.Key.Key_Return)
    assert [task.remark for task in review.review.annex.tasks] == ["甲类", "乙类"]
    assert shown(review.table, 0, "units") == "城建办"
    assert "其中" not in review.losses.heading.text()


def test_recurring_work_is_ticked_with_space(opened: Opened, desk: Desk, tmp_path: Path) -> None:
    review = opened(RECURRING.as_word(tmp_path / "方案.docx"))
    review.course.choose(2)
    year = desk.today.year
    assert f"{year}-05-31 完成首轮；{year}-10-31 完成第二轮" in review.about.toPlainText()
    assert review.tabs.tabText(1) == "常态化工作（2/2）"
    review.tabs.setCurrentIndex(1)
    review.duties.setFocus()
    review.duties.setCurrentIndex(review.duties.duties.index(0))
    press(review.duties, Qt.Key.Key_Space)
    assert review.tabs.tabText(1) == "常态化工作（1/2）"
    review.go_on()
    review.form.editor("title").put("乙方案")
    review.go_on()
    assert desk.plan_title == "乙方案"
    assert [duty.title for duty in desk.plans.plan().duties] == ["召开例会"]


def test_a_table_of_which_no_column_is_known_can_be_told(opened: Opened, tmp_path: Path) -> None:
    rows = [["事由", "谁来办"], ["巡查渡口", "应急办"], ["检修路灯", "城建办"]]
    review = opened(Made(rows).as_word(tmp_path / "a.docx"))
    assert "没有找到表头" in review.total.text()
    review.losses.told.emit("事由", "text")
    review.losses.told.emit("谁来办", "units")
    assert [task.units for task in review.review.annex.tasks] == [("应急办",), ("城建办",)]


def test_from_file_to_plan_by_keys_alone(opened: Opened, desk: Desk, tmp_path: Path) -> None:
    review = opened(as_word("fenghuang-2024-2026", tmp_path))
    count = len(review.review.annex.tasks)
    assert review.table.hasFocus()
    press(review.table, Qt.Key.Key_Down)
    press(review.table, Qt.Key.Key_Return)
    editor = review.table.findChild(QPlainTextEdit)
    assert editor is not None and editor.hasFocus()
    QTest.keyClicks(editor, "abc")
    press(editor, Qt.Key.Key_Return)
    assert review.review.annex.tasks[1].text == "abc"
    press(review.table, Qt.Key.Key_Right)
    press(review.table, Qt.Key.Key_F2)
    names = review.table.findChild(QLineEdit)
    assert names is not None and names.hasFocus()
    press(names, Qt.Key.Key_Escape)
    for _ in range(3):
        press(review.focusWidget(), Qt.Key.Key_F6)
    assert review.table.hasFocus()
    press(review.table, Qt.Key.Key_Delete)
    assert len(review.review.annex.tasks) == count - 1
    press(review.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert review.steps.currentIndex() == 1
    press(review.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.tasks.all_rows()) == count - 1


def test_tab_goes_from_the_document_to_the_buttons(review: ReviewDialog) -> None:
    review.paper.setFocus()
    seen = [review.paper]
    while len(seen) < 20 and not review.on.hasFocus():
        press(review.focusWidget(), Qt.Key.Key_Tab)
        seen.append(review.focusWidget())
    wanted = [review.paper, review.tabs.tabBar(), review.table, review.about, review.only]
    assert [one for one in seen if one in wanted] == wanted
    assert seen[-1] is review.on and seen[-2] is review.leave


def test_reading_is_cancelled(window: MainWindow, tmp_path: Path) -> None:
    jobs = Jobs(window)
    office = window.office
    reader = PlanFromFile(window, jobs, lambda: office.today, list, list)
    reader.read(LIKE_S0.as_word(tmp_path / "分解表.docx"))
    next(one for one in window.findChildren(Progress) if one.isVisible()).reject()
    jobs.wait()
    QCoreApplication.processEvents()
    assert window.findChild(ReviewDialog) is None


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


def test_what_was_put_right_is_not_thrown_away_unasked(review: ReviewDialog) -> None:
    review.table.leave_out()
    review.reject()
    box = review.findChild(QMessageBox)
    assert box is not None and box.text() == "核对、修改过的内容还没有启用，关闭后不会保留。"
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert review.isVisible(), "Enter keeps it"
    review.course.go_back()
    review.reject()
    assert not review.isVisible()
