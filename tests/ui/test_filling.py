"""A blank form filled in the window: by keyboard, with an answer, saved, and looked at again."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import Seen, turn
from ui.imports.filling import FillDialog
from ui.pages.progress_form_page import ProgressFormPage
from ui.production import MadeDialog
from ui.window import MainWindow


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A statistic with one label that the desk does not know."""
    book = Workbook()
    page = book.worksheets[0]
    for row in (["隐患排查情况统计表"], ["填报单位", None, "填报日期", None]):
        page.append(row)
    for row in (["发现隐患（项）", None, "其中：重大（项）", None], ["厂里自报的（项）", None, None, None]):
        page.append(row)
    for line in (2, 3, 4):
        for column in range(1, 5):
            page.cell(line, column).number_format = "0"
    page.merge_cells("A1:D1")
    book.save(tmp_path / "县里的表.xlsx")
    return tmp_path / "县里的表.xlsx"


@pytest.fixture
def page(window: MainWindow) -> ProgressFormPage:
    return turn(window, ProgressFormPage)


@pytest.fixture
def dialog(page: ProgressFormPage, desk: Desk, found: Row, seen: Seen, county: Path) -> FillDialog:
    desk.hazards.add(found)
    desk.hazards.add(found | {"source": "企业自查", "place": "库房"})
    page.fill_button.click()
    opened: FillDialog = seen(page, FillDialog)
    opened.take_files([county])
    return opened


def shown(dialog: FillDialog) -> list[str]:
    return [dialog.cells.item(row).text() for row in range(dialog.cells.count())]


def test_an_answer_fills_what_was_asked_and_the_form_is_kept(
    dialog: FillDialog, desk: Desk, page: ProgressFormPage, seen: Seen, qtbot, county: Path
) -> None:
    assert "Sheet!B4　厂里自报的（项）：空着，不能确定填什么" in shown(dialog)
    assert "Sheet!B3　发现隐患（项）：2" in shown(dialog)
    (box,) = dialog.asked.values()
    box.setFocus()
    box.lineEdit().clear()
    box.lineEdit().insert("企业自查发现隐患")
    dialog.fill_button.setFocus()
    qtbot.keyClick(dialog.fill_button, Qt.Key.Key_Return)
    assert "Sheet!B4　厂里自报的（项）：1" in shown(dialog) and dialog.asked == {}
    dialog.save_button.setFocus()
    qtbot.keyClick(dialog.save_button, Qt.Key.Key_Return)
    made = seen(dialog, MadeDialog)
    sheet = load_workbook(made.file).worksheets[0]
    assert (sheet["B3"].value, sheet["D3"].value, sheet["B4"].value) == (2, 0, 1)
    (row,) = desk.submissions.rows()
    made.accept()
    dialog.reject()
    page.show_record(row.id)
    assert "　隐患排查情况统计表　" in page.heading.text()
    cell = next(cell for cell in page.shown.filled.cells if "Sheet!B4" in cell.label)  # type: ignore[union-attr]
    page.show_cell(cell.id)
    assert page.pane.records.count() == 1
    assert "本版本没有" not in page.pane.means.text()


def test_another_day_and_scope_are_counted_anew(dialog: FillDialog, qtbot) -> None:
    dialog.day.put_raw("2023-05-19")
    dialog.fill_button.click()
    assert "Sheet!B3　发现隐患（项）：0" in shown(dialog)
    dialog.scope.setCurrentText("没有这个村")
    dialog.fill_button.click()
    assert "台账里没有“没有这个村”" in dialog.problem.text()
    dialog.day.put_raw("某一天")
    dialog.fill_button.click()
    assert "请填写日期" in dialog.problem.text()
