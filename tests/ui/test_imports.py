"""Importing in the window: what was understood, what will happen, taking in, marking, taking back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from hazard_desk.desk import Desk
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.stopping import stop_if_unwanted
from tests.ui.conftest import Seen
from ui.imports.columns import LEFT_OUT
from ui.imports.dialog import ImportDialog
from ui.imports.rollup import RollupDialog
from ui.imports.work import SheetWork
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.enterprise_page import EnterprisePage
from ui.pages.ledger_page import LedgerPage
from ui.production import MadeDialog
from ui.window import MainWindow


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet of a village: one good row, one without its category, an own name for a column."""
    book = Workbook()
    page: Any = book.active
    for row in (
        ["示例村企业台账"],
        ["填报单位：示例村"],
        ["序号", "企业名称", "类别", "行业", "厂里的电话"],
        [1, "示例一厂", "企业", "工贸", 13800000001],
        [2, "示例二厂", "", "工贸", 13800000002],
    ):
        page.append(row)
    book.save(tmp_path / "示例村.xlsx")
    return tmp_path / "示例村.xlsx"


@pytest.fixture
def page(window: MainWindow) -> EnterprisePage:
    found = next(page for page in window.pages if isinstance(page, EnterprisePage))
    window.go(window.pages.index(found))
    return found


@pytest.fixture
def dialog(page: EnterprisePage, seen: Seen, sheet: Path) -> ImportDialog:
    page.import_sheet()
    opened: ImportDialog = seen(page, ImportDialog)
    opened.open_file(sheet)
    return opened


def cells(dialog: ImportDialog, column: int) -> list[str]:
    model = dialog.preview.rows
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def test_what_was_understood_and_what_will_happen(dialog: ImportDialog, desk: Desk) -> None:
    assert [box.currentText() for box in dialog.columns.boxes] == [
        "单位名称*",
        "类别*",
        "行业领域*",
        LEFT_OUT,
    ]
    assert dialog.told.text() == "工作表“Sheet”，表头在第3行。将新增1行，不能导入1行"
    assert cells(dialog, 1) == ["新增", "不能导入"]
    assert cells(dialog, 2) == ["", "请填写“类别”"]
    assert not dialog.import_button.isEnabled(), "a row is refused"
    assert desk.enterprises.names() == []


def test_the_good_rows_are_taken_in_and_taken_back_whole(
    dialog: ImportDialog, page: EnterprisePage, desk: Desk, window: MainWindow
) -> None:
    dialog.good_rows.setChecked(True)
    dialog.import_button.click()
    assert desk.enterprises.names() == ["示例一厂"]
    assert page.model.rowCount() == 1
    assert window.notice.text == "导入监管对象：新增1条"
    assert dialog.import_button.isHidden()
    dialog.undo_button.click()
    assert desk.enterprises.names() == []
    assert dialog.told.text().startswith("工作表")


def test_another_column_is_chosen_and_known_the_next_time(
    dialog: ImportDialog, desk: Desk, sheet: Path
) -> None:
    box = dialog.columns.boxes[3]
    box.setCurrentIndex(box.findData("phone"))
    dialog.good_rows.setChecked(True)
    dialog.import_button.click()
    assert desk.enterprises.get(1)["phone"] == "13800000001"
    again = desk.sheets.incoming("enterprises", sheet)
    assert again.heading.fields["phone"].heading == "厂里的电话"
    assert again.heading.remembered
    assert desk.undoable() == "导入监管对象：新增1条", "what is remembered is no act of its own"
    dialog.undo_button.click()
    assert desk.enterprises.names() == []
    assert not desk.sheets.incoming("enterprises", sheet).heading.remembered


def test_one_field_for_two_columns_is_refused(dialog: ImportDialog) -> None:
    box = dialog.columns.boxes[3]
    box.setCurrentIndex(box.findData("name"))
    assert dialog.problem.text() == "有两列对应了同一个栏目，请检查"


def test_her_own_file_comes_back_marked(
    dialog: ImportDialog, window: MainWindow, seen: Seen, desk: Desk
) -> None:
    dialog.mark_button.click()
    file = seen(window, MadeDialog).file
    assert file == desk.out / "示例村-标注.xlsx"
    marked: Any = load_workbook(file).active
    assert marked["C5"].comment.text == "请填写“类别”"
    assert marked["F5"].value == "请填写“类别”"
    assert marked["B4"].comment is None


def test_only_the_refused_rows(dialog: ImportDialog) -> None:
    dialog.only_refused.setChecked(True)
    assert cells(dialog, 0) == ["5"]


def test_rows_that_are_there_are_skipped_or_updated(dialog: ImportDialog, desk: Desk) -> None:
    desk.enterprises.add({"name": "示例一厂", "category": "学校", "sector": "工贸"})
    dialog.existing.setCurrentIndex(1)
    assert cells(dialog, 1) == ["更新", "不能导入"]
    dialog.existing.setCurrentIndex(0)
    assert cells(dialog, 1) == ["已有，跳过", "不能导入"]


def test_a_file_that_is_no_sheet_is_told(dialog: ImportDialog, tmp_path: Path) -> None:
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    dialog.open_file(tmp_path / "图.xlsx")
    assert dialog.problem.text() == "“图.xlsx”是图片，不是表格"
    assert not dialog.import_button.isEnabled()


def test_a_file_is_dropped(page: EnterprisePage, seen: Seen, sheet: Path) -> None:
    page.import_sheet()
    dialog: ImportDialog = seen(page, ImportDialog)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert "表头在第3行" in dialog.told.text()


def test_what_is_stopped_leaves_nothing(office: Office, qtbot: Any) -> None:
    office = Office(office.desk, Jobs())
    work, told = SheetWork(office, office), []
    work.finished.connect(told.append)
    work.failed.connect(told.append)
    begun = threading.Event()

    def endless(progress: TellProgress) -> None:
        while True:
            begun.set()
            stop_if_unwanted()

    work.start(endless)
    assert begun.wait(10)
    work.cancel()
    office.jobs.wait()
    assert told == []


def test_every_ledger_page_writes_its_collection_sheet(
    window: MainWindow, seen: Seen, page: EnterprisePage, desk: Desk
) -> None:
    page.write_template()
    assert seen(window, MadeDialog).file == desk.out / "监管对象采集表.xlsx"
    assert all(hasattr(one, "import_sheet") for one in window.pages if isinstance(one, LedgerPage))


def test_the_sheets_of_sub_units_are_rolled_up(
    page: EnterprisePage, seen: Seen, sheet: Path, desk: Desk
) -> None:
    page.roll_up()
    dialog: RollupDialog = seen(page, RollupDialog)
    dialog.units.setText("示例村、另一村")
    dialog.take_files([sheet, sheet])
    assert dialog.files.count() == 1
    dialog.make_button.click()
    assert seen(dialog, MadeDialog).file == desk.out / "监管对象汇总表.xlsx"
    said = [dialog.found.item(row).text() for row in range(dialog.found.count())]
    aside = "示例村：没有对应栏目、已照录的列：厂里的电话"
    assert said == ["没有报：另一村", aside, "示例村：第5行没有填写“类别”"]
    assert desk.enterprises.names() == []


def test_a_roll_up_of_nothing_is_refused(page: EnterprisePage, seen: Seen) -> None:
    page.roll_up()
    dialog: RollupDialog = seen(page, RollupDialog)
    dialog.make_button.click()
    assert dialog.problem.text() == "请选择要汇总的表格"
