"""A cell is edited where it stands: by keys, under the law, and what is refused is not lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.conftest import Write
from ui.forms.editors import Editor
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.tables.ledger_table import LedgerTable
from ui.window import MainWindow

At = Callable[[int, str], LedgerTable]
Press = Callable[..., None]
F2 = Qt.Key.Key_F2


@pytest.fixture
def editor(page: HazardPage) -> Callable[[], Editor]:
    """Return the one editor that is open in the table."""

    def find() -> Editor:
        QCoreApplication.processEvents()
        found = [one for one in page.table.viewport().findChildren(Editor) if one.isVisible()]
        assert len(found) == 1, found
        return found[0]

    return find


def editors(page: HazardPage) -> int:
    QCoreApplication.processEvents()
    return sum(one.isVisible() for one in page.table.viewport().findChildren(Editor))


def typed(write: Write, text: str) -> QWidget:
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(box, text)
    return box


def test_f2_edits_and_enter_enters_and_goes_down(
    at: At,
    press: Press,
    editor: Callable[[], Editor],
    write: Write,
    page: HazardPage,
    ids: list[int],
) -> None:
    table = at(1, "place")
    press(F2)
    assert editor().raw() == "1号车间"
    QTest.keyClick(typed(write, "东门"), Qt.Key.Key_Return)
    assert page.office.desk.hazards.get(ids[1]).place == "东门"
    assert not editors(page)
    assert QApplication.focusWidget() is table
    assert page.window().notice.text.startswith("已保存")
    page.office.desk.undo()
    assert page.office.desk.hazards.get(ids[1]).place == "1号车间"


def test_tab_enters_and_edits_the_next_cell_that_can_be(
    at: At, press: Press, editor: Callable[[], Editor], write: Write, page: HazardPage, ids: list[int]
) -> None:
    at(1, "unit_name")
    press(F2)
    QTest.keyClick(typed(write, "红星超市"), Qt.Key.Key_Tab)
    assert page.office.desk.hazards.get(ids[1]).unit_name == "红星超市"
    assert editor().field.name == "place"
    QTest.keyClick(typed(write, "收银台"), Qt.Key.Key_Tab)
    assert editor().field.name == "description"
    assert page.office.desk.hazards.get(ids[1]).place == "收银台"


def test_esc_gives_up(at: At, press: Press, write: Write, page: HazardPage, ids: list[int]) -> None:
    at(1, "place")
    press(F2)
    QTest.keyClick(typed(write, "东门"), Qt.Key.Key_Escape)
    assert not editors(page)
    assert page.office.desk.hazards.get(ids[1]).place == "1号车间"


def test_what_the_book_refuses_stays_open_and_says_why(
    at: At,
    press: Press,
    editor: Callable[[], Editor],
    write: Write,
    page: HazardPage,
    ids: list[int],
) -> None:
    at(1, "found_on")
    press(F2)
    QTest.keyClick(typed(write, "后天以后"), Qt.Key.Key_Return)
    assert editor().raw() == "后天以后"
    said = [one.text() for one in page.table.viewport().findChildren(QLabel) if one.isVisible()]
    assert any("请填写日期" in text for text in said), said
    page.table.selectionModel().setCurrentIndex(
        page.model.index(3, 0), page.table.selectionModel().SelectionFlag.ClearAndSelect
    )
    assert editor().raw() == "后天以后", "another cell cannot be entered before"
    QTest.keyClick(typed(write, "2023-05-02"), Qt.Key.Key_Return)
    assert page.office.desk.hazards.get(ids[1]).found_on.isoformat() == "2023-05-02"
    assert not editors(page)


def test_what_is_being_typed_survives_that_all_is_read_anew(
    at: At,
    press: Press,
    editor: Callable[[], Editor],
    write: Write,
    page: HazardPage,
    ids: list[int],
) -> None:
    at(1, "description")
    press(F2)
    typed(write, "还没有写完")
    page.office.desk.hazards.change(ids[1], {"place": "9号车间"})
    page.refresh()
    assert page.model.row_of(ids[1]) == 5, "the row stands elsewhere now"
    assert editor().raw() == "还没有写完"
    QTest.keyClick(editor().box, Qt.Key.Key_Return)
    assert page.office.desk.hazards.get(ids[1]).description == "还没有写完"


def test_a_field_that_a_step_told_opens_its_form(
    at: At, press: Press, page: HazardPage, form: Callable[[], FormDialog], window: MainWindow
) -> None:
    page.table.show_columns(["number", "place", "days_left", "rectified_by"])
    at(0, "days_left")
    press(F2)
    assert "由程序得出" in window.notice.text
    at(0, "number")
    press(F2)
    assert "由程序得出" in window.notice.text


def test_a_double_click_edits(at: At, editor: Callable[[], Editor], page: HazardPage) -> None:
    table = at(2, "place")
    where = table.visualRect(table.currentIndex()).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert editor().raw() == "2号车间"
