"""How a ledger is looked at: columns, kept filters, days past, sums, pasted rows, and search over all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.drafts import Drafts
from ui.forms.form_dialog import FormDialog
from ui.forms.register_dialog import RegisterDialog
from ui.imports.dialog import ImportDialog
from ui.pages.hazard_page import HazardPage
from ui.palette.dialog import PaletteDialog
from ui.tables.columns import ColumnMenu
from ui.window import MainWindow

Form = Callable[[], FormDialog]


@pytest.fixture
def page(window: MainWindow, desk: Desk, found: Row, five: Row) -> HazardPage:
    desk.hazards.add(found)
    other = desk.hazards.add(found | {"level": "重大", "criterion": "第三条", "unit_name": "三星加油站"}).ids[
        0
    ]
    desk.hazards.step(other, "committed", five)
    window.open_ledger("hazards", {})
    assert isinstance(window.page, HazardPage)
    QCoreApplication.processEvents()
    return window.page


def headings(page: HazardPage) -> list[str]:
    return [field.heading for field in page.model.fields]


def test_columns_are_chosen_and_remembered(page: HazardPage, window: MainWindow):
    usual = headings(page)
    page.choose_columns()
    menu = page.findChild(ColumnMenu)
    next(a for a in menu.actions() if a.data() == "criterion").trigger()
    assert set(headings(page)) == {*usual, "判定依据"}
    page.keep(window.memory)
    page.table.show_columns(())
    assert headings(page) == usual
    page.restore(window.memory)
    assert "判定依据" in headings(page)
    menu.close()


def test_a_filter_is_kept_under_a_name_and_chosen_again(page: HazardPage, form: Form):
    page.filter_by({"level": "重大"})
    page.saved.ask_name()
    form().form.put({"name": "重大隐患"})
    form().save()
    page.filters.clear()
    assert page.model.rowCount() == 2
    next(action for action in page.saved.fill().actions() if action.text() == "重大隐患").trigger()
    QCoreApplication.processEvents()
    assert (page.query().where, page.model.rowCount()) == ({"level": "重大"}, 1)


def test_a_kept_filter_outlives_a_column_that_was_taken_out(page: HazardPage, desk: Desk):
    page.take_view(Query(where={"level": "重大", "gone": "是"}, sort="-gone"))
    assert page.query() == Query(where={"level": "重大"})
    assert page.model.rowCount() == 1


def test_amounts_of_what_is_shown_are_summed(page: HazardPage):
    assert "整改资金（万元）合计1.5" in page.total.text()
    page.filter_by({"level": "一般"})
    assert "合计" not in page.total.text()


def test_another_day_is_looked_at_without_doing_anything(page: HazardPage, desk: Desk):
    number = desk.hazards.ids(Query(where={"level": "重大"}))[0]
    page.look_back()
    page.past.editor.put_raw("2023-05-21")
    page.past.editor.edited.emit()
    QCoreApplication.processEvents()
    assert page.query().as_of == date(2023, 5, 21)
    row = page.model.record(page.model.row_of(number))
    assert row["state"] == "待整改" and desk.hazards.get(number)["state"] == "整改中"
    page.table.choose(number)
    assert page.pane.record is None, "nothing can be done with a day past"
    page.past.end()
    assert page.query().as_of is None


def test_rows_of_a_spreadsheet_are_pasted(page: HazardPage, desk: Desk, window: MainWindow):
    before = desk.hazards.count(Query())
    QGuiApplication.clipboard().setText(
        "级别\t来源\t行业领域\t隐患部位\t隐患描述\t发现日期\n"
        "一般\t企业自查\t工贸\t配电房\t未上锁\t2023-05-20\n一般\t\t工贸\t仓库\t堵塞\t昨天\n"
    )
    page.paste()
    dialog = next(one for one in window.findChildren(ImportDialog) if one.isVisible())
    assert dialog.told.text().startswith("粘贴的内容，表头在第1行")
    assert dialog.told.text().endswith("待补的内容：来源、发现日期")
    dialog.import_button.click()
    window.office.jobs.wait()
    assert desk.hazards.count(Query()) == before + 2, "what is not told is a gap"
    desk.undo()
    assert desk.hazards.count(Query()) == before, "one undo takes all of them back"
    assert desk.check() == []


def test_ctrl_k_finds_in_every_ledger_and_opens(
    page: HazardPage, desk: Desk, window: MainWindow, qtbot: QtBot
):
    desk.activities.add(
        {
            "kind": "应急演练",
            "held_on": "2023-05-25",
            "title": "加油站灭火演练",
            "level": "镇",
            "content": "演练",
        }
    )
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = next(one for one in window.findChildren(PaletteDialog) if one.isVisible())
    for asked in ("加油站", "jyz"):
        dialog.box.setText(asked)
        dialog.search()
        found = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert any(text.startswith("工作开展") for text in found), asked
        assert any(text.startswith("隐患台账") for text in found), asked
    place = next(row for row, text in enumerate(found) if text.startswith("隐患台账"))
    dialog.list.setCurrentRow(place)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert window.page.ledger_id == "hazards"
    assert page.pane.record["unit_name"] == "三星加油站"


def test_what_was_typed_survives_the_end_of_the_program(page: HazardPage, form: Form, desk: Desk):
    page.start_new()
    form().form.editor("place").put("锅炉房")
    form().draft.keep()
    assert len(list((desk.folder / "drafts").iterdir())) == 1
    form().done(0)  # as if the program had died: nothing was given up
    page.start_new()
    assert form().form.raw()["place"] == "锅炉房" and form().recovered.isVisible()
    form().start_over()
    assert form().form.raw()["place"] == ""
    assert list((desk.folder / "drafts").iterdir()) == []
    form().done(0)


def test_a_saved_form_leaves_no_draft(page: HazardPage, form: Form, desk: Desk, found: Row):
    page.start_new()
    form().form.put(found | {"inspectors": ["甲检查", "乙检查"]})
    form().form.editor("place").put("锅炉房")
    form().draft.keep()
    form().save()
    assert Drafts(desk.folder).get("新增隐患/new") is None


def test_protected_fields_are_never_kept_in_a_draft(window: MainWindow, form: Form, desk: Desk):
    window.open_ledger("tips", {})
    window.page.start_new()
    form().form.editor("content").put("夜间动火")
    form().form.editor("informant_name").put("王示例")
    form().draft.keep()
    (file,) = (desk.folder / "drafts").iterdir()
    assert "informant" not in file.read_text() and "content" in file.read_text()
    form().done(0)


def test_the_office_makes_a_register_of_its_own_and_gets_table_and_form(
    window: MainWindow, desk: Desk, form: Form
):
    window.open_ledger("three-operations", {})
    registers = window.page
    assert registers.seen.report == "three-operations"
    registers.go_to_list()
    assert registers.seen.report == ""
    registers.make_register()
    dialog = next(one for one in window.findChildren(RegisterDialog) if one.isVisible())
    dialog.title.setText("隐患台账")
    dialog.table.cellWidget(0, 0).setText("物资名称")
    dialog.save()
    assert dialog.banner.text() == "已有名为“隐患台账”的台账，请换一个名称"
    dialog.title.setText("防汛物资台账")
    for row, (name, kind) in enumerate((("物资名称", "短文字"), ("数量", "整数"), ("检查日期", "日期"))):
        dialog.table.cellWidget(row, 0).setText(name)
        kinds = dialog.table.cellWidget(row, 1)
        kinds.setCurrentIndex(kinds.findText(kind))
    dialog.table.cellWidget(1, 3).setText("件")
    dialog.save()
    page = registers.current
    assert [field.heading for field in page.model.fields] == ["物资名称", "数量（件）", "检查日期"]
    page.start_new()
    form().form.put({"c1": "编织袋", "c2": 200})
    form().save()
    (row,) = page.ledger.select(Query())
    assert row["c2"] == 200
    registers.redefine()
    dialog = next(one for one in window.findChildren(RegisterDialog) if one.isVisible())
    dialog.table.cellWidget(0, 0).setText("物资")
    dialog.save()
    assert registers.current.model.fields[0].label == "物资"


def test_settings_are_changed(window: MainWindow, form: Form, desk: Desk):
    window.change_settings()
    form().form.editor("clerk").put("甲经办")
    form().save()
    assert desk.clerk == "甲经办"
