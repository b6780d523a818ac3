"""起账前 in the window: listed on the first page, recorded many at once, and gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.figures.due import before_items
from tests.ui.conftest import turn
from ui.forms.form_dialog import FormDialog
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.before_dialog import BeforeDialog
from ui.pages.desk_page import DeskPage
from ui.window import MainWindow

BEGUN = date(2023, 9, 4)


@pytest.fixture
def begun(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on a desk that was begun in September."""
    with Desk.create(tmp_path / "desk", "sanxiang-2023", BEGUN, opened_on=BEGUN) as desk:
        office = Office(desk, Jobs(synchronous=True))
        window = MainWindow(office)
        window.show()
        QCoreApplication.processEvents()
        yield window
        window.close()
        office.jobs.stop()


def test_listed_beside_what_is_late_and_recorded_by_one_word(begun: MainWindow) -> None:
    page = turn(begun, DeskPage)
    books = page.office.desk.books
    count = len(before_items(books))
    late = [item for item in page.office.desk.inbox().today if item.late]
    assert late == [] and page.inbox.before_button.text() == f"起账前{count}项"
    page.inbox.before_button.click()
    (dialog,) = page.findChildren(BeforeDialog)
    assert dialog.list.count() == count
    dialog.list.selectAll()
    dialog.record_button.click()
    (form,) = dialog.findChildren(FormDialog)
    form.form.editor("note").put("起账前已办，经核实")
    form.save()
    QCoreApplication.processEvents()
    assert before_items(books) == [] and not page.inbox.before_button.isVisibleTo(page)
    assert page.findChildren(BeforeDialog) == []


def test_an_item_is_opened(begun: MainWindow) -> None:
    page = turn(begun, DeskPage)
    page.show_before()
    (dialog,) = page.findChildren(BeforeDialog)
    record = dialog.chosen()[0].record
    opened: list[str] = []
    page.open_record.connect(opened.append)
    dialog.list.open_current()
    assert opened == [record]
