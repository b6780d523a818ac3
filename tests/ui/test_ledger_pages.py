"""A ledger's page as the clerk works with it: add, find, filter, sort, step by step to the sign-off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.documents.issuing import called_in_menu
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Kind, Row
from tests.ui.conftest import turn
from ui.figures.majors_dialog import MajorsDialog
from ui.forms.form_dialog import FormDialog
from ui.pages.enterprise_page import EnterprisePage
from ui.pages.hazard_page import HazardPage
from ui.pages.registers_page import RegistersPage
from ui.widgets.chip import Chip
from ui.window import MainWindow

Form = Callable[[], FormDialog]
Write = Callable[[QWidget | None, str], None]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def enterprises(window: MainWindow) -> EnterprisePage:
    window.activateWindow()
    window.open_ledger("enterprises", {})
    page = window.page
    assert isinstance(page, EnterprisePage)
    return page


@pytest.fixture
def hazards(window: MainWindow) -> HazardPage:
    window.activateWindow()
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    return page


@pytest.fixture
def three(desk: Desk, found: Row, window: MainWindow) -> Iterator[list[int]]:
    """Three hazards, one of them overdue, one major."""
    entries = (
        {"deadline": "2023-05-25"},
        {"unit_name": "三星加油站", "level": "重大", "criterion": "判定标准第三条"},
        {"place": "液化气瓶间", "found_on": "2023-05-30"},
    )
    yield [desk.hazards.add(found | entry).ids[0] for entry in entries]


def fill(dialog: FormDialog, values: dict[str, str], write: Write, qtbot: QtBot) -> None:
    """Go through the form by keyboard alone: type or choose, Tab to the next."""
    asked = ((name, box) for name, box in dialog.form.boxes.items() if not box.isHidden())
    for name, box in asked:
        assert dialog.focusWidget() is box.editor.box, f"Tab did not reach {name}"
        if box.field.choices and name in values:
            for _ in range(list(box.field.choices).index(values[name]) + 1):
                qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
        elif name in values:
            write(dialog.focusWidget(), values[name])
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)


def texts(widget: QWidget) -> list[str]:
    QCoreApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def steps(page: HazardPage) -> list[str]:
    QCoreApplication.processEvents()
    return [button.text() for button in page.pane.findChildren(QPushButton) if button.isVisible()]


def press(page: QWidget, text: str) -> None:
    QCoreApplication.processEvents()
    next(b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def test_an_enterprise_is_added_by_keyboard(
    enterprises: EnterprisePage, window: MainWindow, form: Form, write: Write, qtbot: QtBot, desk: Desk
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    dialog = form()
    entered = {"name": "三星加油站", "category": "企业", "sector": "工贸", "headcount": "12"}
    fill(dialog, entered, write, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    assert enterprises.model.rowCount() == 1
    assert enterprises.table.current() == 1
    assert "三星加油站" in texts(enterprises.pane)
    assert window.notice.text.startswith("已保存：新增监管对象")
    assert desk.enterprises.get(1)["headcount"] == 12


def test_a_second_unit_of_that_name_is_refused_in_place(
    enterprises: EnterprisePage, window: MainWindow, form: Form
) -> None:
    window.office.desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"})
    enterprises.start_new()
    dialog = form()
    for name, value in (("name", "甲厂"), ("category", "企业"), ("sector", "工贸"), ("phone", "12")):
        dialog.form.editor(name).put(value)
    dialog.save()
    assert dialog.form.boxes["phone"].below.isVisible()
    dialog.form.editor("phone").put("")
    dialog.save()
    assert "已在台账中" in dialog.form.boxes["name"].below.text()
    assert window.office.desk.enterprises.count(enterprises.query()) == 1


def test_a_hazard_goes_from_discovery_to_sign_off(
    hazards: HazardPage, window: MainWindow, form: Form, found: Row, five: Row, write: Write, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    fill(form(), found, write, qtbot)
    form().save()
    number = hazards.table.current()
    assert number is not None
    assert steps(hazards)[0] == "落实“五落实”"
    assert [chip.word for chip in hazards.pane.findChildren(Chip)].count("未落实") == 3

    press(hazards, "落实“五落实”")
    dialog = form()
    assert dialog.form.raw()["happened_on"] == "2023-06-01"
    for name, value in five.items():
        dialog.form.editor(name).put(value)
    dialog.save()
    assert steps(hazards)[0] == "整改完成"

    for label, values in (
        ("整改完成", {"happened_on": "2023-05-28", "rectified_by": ["丙负责"]}),
        ("复查通过", {"happened_on": "2023-05-29", "rechecked_by": ["甲检查"], "recheck_finding": "已整改"}),
        ("销号", {"happened_on": "2023-05-30", "signed_off_by": "丁审批"}),
    ):
        press(hazards, label)
        dialog = form()
        for name, value in values.items():
            dialog.form.editor(name).put(value)
        dialog.save()
    assert window.office.desk.hazards.get(number)["state"] == "已销号"
    assert "已销号" in [chip.word for chip in hazards.pane.findChildren(Chip)]
    assert [text for text in texts(hazards.pane) if text in ("登记", "整改完成", "复查通过", "销号")] == [
        "登记",
        "整改完成",
        "复查通过",
        "销号",
    ]


def test_a_step_that_is_not_lawful_is_refused_in_its_form(
    hazards: HazardPage, window: MainWindow, hazard: int, form: Form
) -> None:
    hazards.show_record(hazard)
    press(hazards, "整改完成")
    dialog = form()
    dialog.form.editor("rectified_by").put(["丙负责"])
    dialog.save()
    assert "五落实" in dialog.form.boxes["happened_on"].below.text()
    assert window.office.desk.hazards.get(hazard)["state"] == "待整改"


def test_a_wrong_entry_is_corrected_and_both_are_kept(
    hazards: HazardPage, window: MainWindow, hazard: int, form: Form
) -> None:
    hazards.show_record(hazard)
    press(hazards, "更正")
    dialog = form()
    assert dialog.form.raw()["place"] == "加工车间"
    dialog.form.editor("place").put("成品仓库")
    dialog.save()
    assert window.office.desk.hazards.get(hazard)["place"] == "成品仓库"
    assert "登记（已更正）" in texts(hazards.pane)
    menu = next(button.menu() for button in hazards.pane.findChildren(QPushButton) if button.menu())
    next(entry for entry in menu.actions() if entry.text() == "更正登记").trigger()
    assert form().form.raw()["place"] == "成品仓库"


def test_every_lawful_step_can_be_reached(hazards: HazardPage, window: MainWindow, hazard: int) -> None:
    hazards.show_record(hazard)
    shown = set(steps(hazards))
    menu = next(button.menu() for button in hazards.pane.findChildren(QPushButton) if button.menu())
    shown |= {entry.text() for entry in menu.actions()}
    assert {called_in_menu(step) for step in window.office.desk.hazards.steps(hazard)} <= shown


def test_of_what_was_handed_over_the_answer_comes_first(hazards: HazardPage, hazard: int) -> None:
    book = hazards.office.desk.hazards
    book.step(hazard, "handed_over", {"happened_on": "2023-05-25", "handed_to": "县住建局"})
    hazards.show_record(hazard)
    assert steps(hazards)[:3] == ["收到回复", "退回", "整改完成"]
    book.step(hazard, "replied", {"happened_on": "2023-05-30", "reply": "已整改"})
    hazards.show_record(hazard)
    assert "收到回复" not in steps(hazards)


def test_a_record_is_deleted_after_a_question(
    enterprises: EnterprisePage, desk: Desk, window: MainWindow
) -> None:
    number = desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"}).ids[0]
    enterprises.show_record(number)
    press(enterprises, "删除")
    QCoreApplication.processEvents()
    question = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    press(question, "不删除")
    assert enterprises.model.rowCount() == 1
    press(enterprises, "删除")
    QCoreApplication.processEvents()
    question = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    press(question, "删除")
    assert enterprises.model.rowCount() == 0
    assert enterprises.pane.record is None


def test_searching_narrows_and_says_when_nothing_is_found(
    hazards: HazardPage, three: list[int], write: Write, qtbot: QtBot
) -> None:
    hazards.refresh()
    assert hazards.total.text() == "共3条，其中待整改3"
    hazards.start_search()
    write(hazards.search, "加油站")
    qtbot.keyClick(hazards.search, Qt.Key.Key_Return)
    assert hazards.model.rowCount() == 1
    write(hazards.search, "没有的")
    qtbot.keyClick(hazards.search, Qt.Key.Key_Return)
    assert any("没有符合条件的隐患" in text for text in texts(hazards))
    hazards.search.clear()
    qtbot.waitUntil(lambda: hazards.model.rowCount() == 3)


def test_typing_alone_searches_after_a_pause(
    hazards: HazardPage, three: list[int], write: Write, qtbot: QtBot
) -> None:
    hazards.refresh()
    write(hazards.search, "液化气")
    qtbot.waitUntil(lambda: hazards.model.rowCount() == 1)


def test_filters_come_from_the_fields_and_can_be_cleared(hazards: HazardPage, three: list[int]) -> None:
    hazards.refresh()
    assert list(hazards.filters.combos) == [field.name for field in hazards.ledger.filter_fields()]
    combo = hazards.filters.combos["level"]
    combo.setCurrentText("重大")
    assert hazards.model.rowCount() == 1
    assert hazards.filters.where() == {"level": "重大"}
    press(hazards, "清除筛选")
    assert hazards.model.rowCount() == 3


def test_a_filter_without_a_drop_down_can_be_taken_off(hazards: HazardPage, three: list[int]) -> None:
    hazards.filter_by({"overdue": "是"})
    assert [hazards.model.id_at(row) for row in range(hazards.model.rowCount())] == three[:1]
    press(hazards, "是否逾期：是")
    assert hazards.model.rowCount() == 3


def test_a_click_on_a_heading_sorts(hazards: HazardPage, three: list[int], qtbot: QtBot) -> None:
    hazards.refresh()
    header = hazards.table.horizontalHeader()
    place = [field.name for field in hazards.model.fields].index("found_on")
    hazards.table.scrollTo(hazards.model.index(0, place))
    at = QPoint(header.sectionViewportPosition(place) + 20, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hazards.model.id_at(0) == three[0]
    hazards.table.sortByColumn(place, Qt.SortOrder.DescendingOrder)
    assert hazards.model.id_at(0) == three[2]
    hazards.filters.combos["level"].setCurrentText("一般")
    assert hazards.model.id_at(0) == three[2], "the order stays while filtering"


def test_the_empty_ledger_says_how_to_begin(hazards: HazardPage) -> None:
    assert any(hazards.book.why in text for text in texts(hazards))


def test_a_units_hazards_are_one_click_away(
    enterprises: EnterprisePage, window: MainWindow, three: list[int], desk: Desk
) -> None:
    number = desk.enterprises.add({"name": "三星加油站", "category": "企业", "sector": "工贸"}).ids[0]
    enterprises.show_record(number)
    press(enterprises, "查看该单位的隐患")
    page = window.page
    assert isinstance(page, HazardPage)
    assert page.model.rowCount() == 1


def test_in_a_narrow_window_the_detail_covers_the_list_and_esc_returns(
    hazards: HazardPage, window: MainWindow, hazard: int, qtbot: QtBot
) -> None:
    window.resize(910, 480)
    hazards.refresh()
    QCoreApplication.processEvents()
    assert hazards.table.isVisible()
    assert not hazards.pane.isVisible()
    hazards.table.selectRow(0)
    qtbot.keyClick(hazards.table, Qt.Key.Key_Return)
    assert hazards.pane.isVisible()
    assert not hazards.table.isVisible()
    assert hazards.pane.isAncestorOf(window.focusWidget()), "the keyboard is with what is seen"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert hazards.table.isVisible()


def test_a_register_is_opened_filled_and_left(
    window: MainWindow, desk: Desk, form: Form, qtbot: QtBot
) -> None:
    page = turn(window, RegistersPage)
    registers = desk.registers.ledgers()
    assert page.list.topLevelItemCount() == len(registers)
    window.activateWindow()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    first = next(iter(registers.values()))
    assert page.current is not None
    assert page.current.title == first.title
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    dialog = form()
    for field in first.entry_fields():
        if field.required:
            sample = {Kind.DATE: "2023-06-01", Kind.INTEGER: "1", Kind.NUMBER: "1", Kind.NAMES: ["甲"]}
            value = field.choices[0] if field.choices else sample.get(field.kind, "甲")
            dialog.form.editor(field.name).put(value)
    dialog.save()
    assert page.current.model.rowCount() == 1
    window.activateWindow()
    QCoreApplication.processEvents()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.current is None
    assert page.list.topLevelItem(0).text(1) == "1"


def test_the_overview_of_major_hazards_shows_what_is_missing_and_opens_one(
    hazards: HazardPage, three: list[int], window: MainWindow, qtbot: QtBot
) -> None:
    hazards.show_majors()
    dialog = next(made for made in hazards.findChildren(MajorsDialog) if made.isVisible())
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    assert "共1条重大隐患，1条有缺项或逾期" in dialog.total.text()
    heads = [dialog.table.horizontalHeaderItem(place).text() for place in range(dialog.table.columnCount())]
    row = {head: dialog.table.item(0, place).text() for place, head in enumerate(heads)}
    assert {name for name, text in row.items() if text == "缺"} == {"发现报告", "五落实", "一案一策"}
    assert dialog.focusWidget() is dialog.table, "the first line is chosen, Enter opens it"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: hazards.pane.record is not None)
    assert hazards.pane.record.id == three[1]


def test_what_a_major_hazard_lacks_is_entered_from_its_pane(
    hazards: HazardPage, three: list[int], form: Form, window: MainWindow
) -> None:
    hazards.show_record(three[1])
    press(hazards, "缺发现报告")
    dialog = form()
    dialog.form.editor("reports").put(["监管单位", "乡政府"])
    dialog.save()
    assert len(window.office.desk.hazards.get(three[1]).reports) == 2
    assert "缺发现报告" not in steps(hazards)
