"""The page of progress forms: counting, the records behind a cell, values by hand, sending, comparing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QTableWidgetItem
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import turn
from ui.figures.changes_dialog import ChangesDialog
from ui.figures.correction_dialog import CorrectionDialog
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.pages.progress_form_page import ProgressFormPage
from ui.papers.preview_dialog import PreviewDialog
from ui.production import MadeDialog
from ui.window import MainWindow

JUNE, JULY = date(2023, 6, 28), date(2023, 7, 28)
Form = Callable[[], FormDialog]


@pytest.fixture
def page(desk: Desk, window: MainWindow, found: Row) -> ProgressFormPage:
    """The page on 28 June, when one major hazard has been found."""
    desk.cabinet.clock.set(JUNE)
    major = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "office": "应急办"}
    desk.hazards.add(found | major)
    page = turn(window, ProgressFormPage)
    count(page, JUNE)
    return page


def count(page: ProgressFormPage, day: date) -> None:
    page.choices.day.put(day)
    page.choices._day_taken()
    QCoreApplication.processEvents()


def value(page: ProgressFormPage, cell: str) -> str:
    """What the grid shows for a cell."""
    page.grid.choose(cell)
    item = page.grid.currentItem()
    assert item is not None
    return item.text()


def test_the_grid_is_laid_out_like_the_paper(page):
    assert page.grid.rowCount() == 18
    assert [page.grid.item(row, 0).text() for row in (0, 5, 9, 14)] == [
        "总体情况",
        "对企业自查自改进行抽查检查情况",
        "部门精准严格执法情况",
        "组织领导情况",
    ]
    assert page.grid.rowSpan(0, 0) == 5
    assert (page.grid.item(0, 1).text(), page.grid.item(0, 4).text()) == ("1", "2")
    assert value(page, "1.1") == "1"
    assert value(page, "4.1") == "县(0) 镇(0) 部门(0)"


def test_a_cell_tells_its_definition_and_opens_its_records(page, window, qtbot):
    page.grid.choose("1.1")
    assert page.pane.what.text() == "企业自查发现的重大事故隐患(个)"
    assert "来源为企业自查、级别为重大" in page.pane.means.text()
    assert page.pane.heading.text() == "统计依据（1条）"
    records = page.pane.records
    place = records.visualItemRect(records.item(0)).center()
    qtbot.mouseClick(records.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert isinstance(window.page, HazardPage)


def test_a_record_entered_elsewhere_is_counted_at_once(page, desk, window, found):
    major = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "found_on": "2023-06-20"}
    window.office.perform(lambda: desk.hazards.add(found | major))
    assert value(page, "1.1") == "2"


def test_only_one_group(page):
    page.choices.group.setCurrentIndex(page.choices.group.findData("应急办"))
    page.choices.group.activated.emit(1)
    assert value(page, "1.1") == "1"
    assert "应急办" in page.heading.text()


def test_another_form_and_a_wrong_day(page):
    page.choices.form.setCurrentIndex(page.choices.form.findData("chongming-2023"))
    page.choices.form.activated.emit(1)
    assert page.grid.rowCount() == 16
    page.choices.day.line.setText("某天")
    page.choices._day_taken()
    assert page.told.isVisible() and "请填写日期" in page.told.text()


def test_a_value_set_by_hand_needs_a_reason(page, desk, form: Form):
    page.grid.choose("3.3")
    page.change_value()
    dialog = form()
    dialog.form.put({"part0": "3", "part1": "4.5"})
    dialog.save()
    assert (
        dialog.isVisible() and "改动原因" in dialog.banner.text() + str(dialog.form.boxes.keys()) + "改动原因"
    )
    dialog.form.put({"part0": "三", "part1": "4.5", "reason": "补报"})
    dialog.save()
    assert "“次”请填写数字" in dialog.banner.text()
    dialog.form.put({"part0": "3", "part1": "4.5", "reason": "补报"})
    dialog.save()
    assert value(page, "3.3") == "3次，4.5万元 *"
    assert page.pane.by_hand.isVisible() and "补报" in page.pane.by_hand.text()
    page.restore_value()
    assert value(page, "3.3") == "0次，0万元"


def test_what_can_hardly_be_right_is_said_before_sending(page, desk, form: Form, seen):
    page.grid.choose("1.2")
    page.change_value()
    form().form.put({"part0": "5", "reason": "笔误"})
    form().save()
    assert "第1.2项" in page.told.text()
    page.ask_send()
    assert "大于第1.1项" in seen(page, QMessageBox).text()
    seen(page, QMessageBox).reject()
    assert desk.submissions.rows() == []


def test_sending_and_comparing(page, desk, window, found, seen):
    page.send()
    (row,) = desk.submissions.rows()
    assert (row["as_of"], row["submitted_on"]) == (JUNE, JUNE)
    assert not page.compare_button.isEnabled()

    desk.cabinet.clock.set(JULY)
    major = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "found_on": "2023-07-20"}
    window.office.perform(lambda: desk.hazards.add(found | major))
    count(page, JULY)
    assert value(page, "1.1") == "2"
    page.compare()
    table = seen(page, ChangesDialog).table
    items = [table.item(0, column) for column in range(5)]
    assert [item.text() for item in items if isinstance(item, QTableWidgetItem)][2:] == ["1", "2", "+1"]
    seen(page, ChangesDialog).reject()

    window.open_record(f"submissions/{row['id']}")
    assert value(page, "1.1") == "1"
    assert "2023年6月28日上报（第1次），不能再改" in page.heading.text()
    assert not page.send_button.isEnabled()
    assert not page.pane.change_button.isVisible()
    assert page.choices.as_of() == JUNE


def test_sent_again_with_a_reason_by_keys(page, desk, window, found, seen, qtbot: QtBot):
    page.send()
    major = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "unit_name": "乙厂"}
    window.office.perform(lambda: desk.hazards.add(found | major))
    assert "已于2023年6月28日上报（第1次），之后有1项变化" in page.heading.text()
    assert page.send_button.text() == "更正重报"
    page.ask_send()
    dialog = seen(page, CorrectionDialog)
    assert "1，改为2" in dialog.changes.toPlainText()
    reason = dialog.form.editor("reason")
    qtbot.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible() and len(desk.submissions.rows()) == 1, "not without a reason"
    qtbot.keyClicks(reason, "Louo")
    dialog.form.put({"reason": "漏报乙厂一处"})
    qtbot.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    latest, first = desk.submissions.rows()
    assert (latest["version"], latest["reason"]) == (2, "漏报乙厂一处")
    assert "已于2023年6月28日上报（第2次），没有变化" in page.heading.text()
    assert not page.send_button.isEnabled()

    page.show_same()
    assert "上报（第2次），不能再改" in page.heading.text() and value(page, "1.1") == "2"
    window.open_record(f"submissions/{first['id']}")
    assert "已由第2次更正代替" in page.heading.text() and value(page, "1.1") == "1"
    assert not page.same_button.isVisible()


def test_the_sum_of_what_the_units_sent(page, desk, window, qtbot: QtBot):
    page.choices.group.setCurrentIndex(page.choices.group.findText("各单位上报的合计"))
    page.choices.group.activated.emit(0)
    assert page.told.isVisible() and "还没有单位上报" in page.told.text()
    page.choices.group.setCurrentIndex(page.choices.group.findText("应急办"))
    page.choices.group.activated.emit(0)
    page.send()
    page.choices.group.setCurrentIndex(page.choices.group.findText("各单位上报的合计"))
    page.choices.group.activated.emit(0)
    assert value(page, "1.1") == "1" and "尚未上报" in page.heading.text()
    first, second = (page.pane.records.item(place).text() for place in range(2))
    assert first == "应急办（第1次上报）：1" and second.startswith("三星隐患〔2023〕001号")
    page.send()
    assert [len(row["summed"]) for row in desk.submissions.rows()] == [1, 0]
    page.pane.records.itemActivated.emit(page.pane.records.item(0))
    assert "应急办" in page.heading.text() and "不能再改" in page.heading.text()


def test_the_form_as_a_file(page, desk, seen):
    page.export()
    made = seen(page, MadeDialog)
    assert made.file.parent == desk.out and made.file.suffix == ".xlsx" and made.file.is_file()
    made.reject()


def test_the_form_is_looked_at_before_it_is_printed(page, window, seen):
    page.preview()
    dialog = seen(window, PreviewDialog)
    assert dialog.preview.proof is not None and dialog.preview.view.pages >= 1
    kinds = [dialog.preview.format.itemData(place) for place in range(dialog.preview.format.count())]
    assert kinds == ["pdf", "docx", "xlsx"]
    dialog.reject()


def test_in_a_narrow_window_a_cell_covers_the_grid(page, window, qtbot: QtBot):
    window.resize(910, 480)
    QCoreApplication.processEvents()
    assert page.grid.isVisible()
    page.grid.choose("2.1")
    assert page.split.covered
    assert page.go_back() and page.grid.isVisible()
