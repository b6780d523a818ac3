"""The walk of a newcomer as the manual has it: from the first start to mailing the progress form of June."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from ui.forms.form_dialog import FormDialog
from ui.imports.dialog import ImportDialog
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.ledger_page import LedgerPage
from ui.pages.progress_form_page import ProgressFormPage
from ui.papers.preview_dialog import PreviewDialog
from ui.welcome.dialog import COPIES, OFFICE, PLACE, PLAN, WelcomeDialog
from ui.window import MainWindow

DAY = date(2023, 6, 27)


@pytest.fixture
def new_window(qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    """The window on the desk that the guide of the first start makes."""
    guide = WelcomeDialog(folder, DAY)
    qtbot.addWidget(guide)
    guide.show()
    guide.turn(OFFICE)
    guide.form.put({"office": "三星乡应急办", "clerk": "甲经办"})
    guide.go_on()
    assert guide.steps.currentIndex() == PLAN
    rows = [row for row in range(guide.plans.count()) if "三星乡" in guide.plans.item(row).text()]
    guide.plans.setCurrentRow(rows[0])
    guide.go_on()
    assert guide.steps.currentIndex() == PLACE
    guide.go_on()
    assert guide.steps.currentIndex() == COPIES
    guide.go_on()
    qtbot.waitUntil(lambda: guide.desk is not None, timeout=60_000)
    assert isinstance(guide.desk, Desk)
    window = MainWindow(Office(guide.desk, Jobs(synchronous=True)))
    window.resize(1366, 768)
    window.show()
    QCoreApplication.processEvents()
    yield window
    window.close()
    window.office.desk.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(over: QWidget, text: str) -> None:
    QCoreApplication.processEvents()
    next(b for b in over.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()
    QCoreApplication.processEvents()


def fill(window: MainWindow, values: Row) -> None:
    """Fill the form that is open and save it."""
    QCoreApplication.processEvents()
    form = next(one for one in window.findChildren(FormDialog) if one.isVisible())
    for name, value in values.items():
        form.form.editor(name).put_raw(value)
    form.save()
    assert not form.isVisible(), form.banner.text()


def to(window: MainWindow, ledger: str) -> LedgerPage:
    window.open_ledger(ledger, {})
    QCoreApplication.processEvents()
    assert isinstance(window.page, LedgerPage)
    return window.page


def test_from_the_first_start_to_the_form_of_june(
    new_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    window, desk = new_window, new_window.office.desk
    assert len(desk.tasks.all_rows()) == 34
    _collect_units(window, desk, tmp_path)
    _register_and_rectify(window)
    _check_and_activity(window)
    page = next(at for at, one in enumerate(window.pages) if isinstance(one, ProgressFormPage))
    window.go(page)
    _send_june(window, window.page, monkeypatch)
    (sent,) = desk.submissions.rows()
    assert (sent["as_of"], desk.check()) == (date(2023, 6, 28), [])


def _collect_units(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    """Step 4: the collection sheet goes out, comes back filled and is imported."""
    sheet = desk.sheets.template("enterprises", tmp_path / "采集表.xlsx")
    book = load_workbook(sheet)
    page = book.worksheets[0]
    headings = next(
        row for row in page.iter_rows() if any(str(cell.value or "").startswith("单位名称") for cell in row)
    )
    example = headings[0].row + 1
    given = {"单位名称": "三星木材加工厂", "类别": "企业", "行业领域": "工贸", "从业人数": 12}
    for cell in headings:
        for label, value in given.items():
            if str(cell.value or "").startswith(label):
                page.cell(example + 1, cell.column, value)
    book.save(sheet)
    dialog = ImportDialog(window.office, to(window, "enterprises").ledger, window)
    dialog.open()
    dialog.open_file(sheet)
    QCoreApplication.processEvents()
    dialog.take_in()
    QCoreApplication.processEvents()
    assert dialog.result is not None and not dialog.problem.text()
    dialog.reject()
    assert [row["name"] for row in desk.enterprises.select(Query())] == ["三星木材加工厂"]


def _register_and_rectify(window: MainWindow) -> None:
    """Step 5: a major hazard is registered and taken one step on."""
    page = to(window, "hazards")
    page.start_new()
    fill(
        window,
        {
            "level": "重大",
            "source": "企业自查",
            "sector": "工贸",
            "unit_name": "三星木材加工厂",
            "place": "加工车间",
            "description": "除尘系统未停用即清灰",
            "criterion": "工贸企业重大事故隐患判定标准第十一条",
            "found_on": "2023-06-20",
        },
    )
    page.table.selectRow(0)
    press(page.pane, "落实“五落实”")
    fill(
        window,
        {
            "responsible": "丙负责",
            "measures": "停机清灰",
            "funds": "0.5",
            "deadline": "2023-07-10",
            "contingency": "断电撤人",
        },
    )


def _check_and_activity(window: MainWindow) -> None:
    """Steps 6 and 7: a check whose finding becomes a hazard, and a meeting."""
    page = to(window, "checks")
    page.start_new()
    fill(
        window,
        {
            "checked_on": "2023-06-21",
            "kind": "日常",
            "unit_name": "三星木材加工厂",
            "inspectors": "甲检查、乙检查",
        },
    )
    page.table.selectRow(0)
    press(page.pane, "登记发现的问题")
    fill(window, {"level": "一般", "place": "仓库", "description": "通道堵塞", "kept_out": True})
    press(page.pane, "登记为隐患")
    fill(window, {"sector": "工贸"})
    page = to(window, "activities")
    page.start_new()
    fill(
        window,
        {
            "kind": "动员部署",
            "held_on": "2023-05-19",
            "title": "动员部署会",
            "level": "镇",
            "content": "部署专项行动",
        },
    )


def _send_june(window: MainWindow, page: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps 8 to 10: look behind a number, send, and put the paper into the draft of an e-mail."""
    assert isinstance(page, ProgressFormPage)
    page.choices.day.put(date(2023, 6, 28))
    page.choices._day_taken()
    QCoreApplication.processEvents()
    page.grid.choose("1.1")
    item = page.grid.currentItem()
    assert item is not None and item.text() == "1"
    page.send()
    window.office.desk.settings.change({"mail_to": "county@example.com"})
    drafts: list[Path] = []

    def opened(url: QUrl) -> bool:
        drafts.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    page.preview()
    dialog = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    dialog.preview.draft_mail()
    message = message_from_bytes(drafts[0].read_bytes(), policy=default)
    assert message["To"] == "county@example.com"
    (attached,) = message.iter_attachments()
    assert attached.get_content().startswith(b"%PDF")
    dialog.reject()
