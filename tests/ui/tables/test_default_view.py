"""What the hazards' page shows at first: those not signed off, told apart by their first columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import Write, turn
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.tables.ledger_table import LedgerTable
from ui.window import MainWindow

At = Callable[[int, str], LedgerTable]


def test_what_is_not_signed_off_is_shown_and_the_filter_can_be_cleared(
    window: MainWindow, desk: Desk, found: Row, qtbot: QtBot
) -> None:
    one, other = (desk.hazards.add(found | {"place": place}).ids[0] for place in ("东门", "西门"))
    desk.hazards.step(other, "voided", {"happened_on": "2023-06-01", "note": "重复登记"})
    page = turn(window, HazardPage)
    page.refresh()
    assert page.filters.where() == {"state": "未销号"}
    assert page.model.ids_in([(0, 9)]) == [one]
    clear = next(b for b in page.findChildren(QPushButton) if b.text() == "清除筛选" and b.isVisible())
    clear.setFocus()
    qtbot.keyClick(clear, Qt.Key.Key_Space)
    assert page.model.rowCount() == 2
    assert page.filters.combos["state"].itemText(1) == "未销号", "and can be chosen again"


def test_a_row_is_read_as_a_sentence(window: MainWindow, desk: Desk, found: Row) -> None:
    desk.hazards.add(found | {"place": "东门", "deadline": "2023-05-30"})
    page = turn(window, HazardPage)
    page.refresh()
    said = page.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith(f"隐患部位：东门。单位名称{found['unit_name']}，隐患描述")
    assert "状态待整改，逾期" in said


def test_the_word_stands_for_several_states_on_past_days_too(desk: Desk, found: Row) -> None:
    one = desk.hazards.add(found).ids[0]
    desk.hazards.step(one, "voided", {"happened_on": "2023-06-01", "note": "重复登记"})
    asked = {"state": "未销号"}
    assert desk.hazards.ids(Query(where=asked)) == []
    day = desk.hazards.get(one).found_on
    assert desk.hazards.ids(Query(where=asked, as_of=day)) == [one]


def test_what_tells_hazards_apart_is_seen_at_once(window: MainWindow, desk: Desk, found: Row) -> None:
    desk.hazards.add(found | {"deadline": "2023-06-30"})
    page = turn(window, HazardPage)
    page.refresh()
    assert [field.label for field in page.model.fields[:4]] == [
        "单位名称",
        "隐患部位",
        "隐患描述",
        "整改时限",
    ]
    last = page.table.visualRect(page.model.index(0, 3))
    assert last.right() <= page.table.viewport().width(), "at 1366 pixels"


def test_what_is_saved_and_not_listed_is_said(
    window: MainWindow, desk: Desk, found: Row, form: Callable[[], FormDialog]
) -> None:
    page = turn(window, HazardPage)
    page.filter_by({"level": "重大"})
    page.start_with(found)
    form().save()
    QCoreApplication.processEvents()
    assert "登记隐患" in window.notice.text and "按当前筛选不列出" in window.notice.text
    page.show_all()
    page.filter_by({"level": "一般"})
    page.start_with(found | {"place": "西门"})
    form().save()
    QCoreApplication.processEvents()
    assert "按当前筛选" not in window.notice.text


def test_a_row_that_leaves_the_list_by_an_edit_in_place_is_said(
    page: HazardPage, window: MainWindow, at: At, ids: list[int], write: Write
) -> None:
    page.search.setText("2号车间")
    page.refresh()
    table = at(0, "place")
    QTest.keyClick(table, Qt.Key.Key_F2)
    box = QApplication.focusWidget()
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(box, "东门")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QCoreApplication.processEvents()
    assert page.office.desk.hazards.get(ids[2]).place == "东门"
    assert "按当前筛选不列出" in window.notice.text
