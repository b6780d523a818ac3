"""No act holds the window: a walk over every page, a past day, import, undo, preview and copy.

    python3 dev.py bench held

In CPU time of the window's thread, on desks of 5,000 and of 100,000 hazards: no event takes more than 50 ms,
100 ms where a page is painted for the first time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialog

from hazard_desk.desk import Desk
from tests.bench.held import FIRST_MS, Watch, opened, watching
from tests.bench.jobs import Bed
from tests.bench.of_bulk import sheet
from tests.bench.run import Desks
from tests.ui.hands import Hands
from ui.copies.making import back_up
from ui.imports.dialog import ImportDialog
from ui.pages.hazard_page import HazardPage
from ui.pages.papers import PrintDialog
from ui.window import MainWindow

PAST = "2023-08-01"
ROWS = 5_000
"""Of the sheet that is taken in."""
_SOME = 8
"""Of so many papers one is looked at."""


@pytest.fixture(scope="module", params=[5_000, 100_000], ids="{:_}".format)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with so many hazards."""
    bed = Desks(tmp_path_factory.mktemp("large")).bed(request.param)
    with bed.closing:
        yield bed.own


@pytest.fixture(scope="module")
def watch(desk: Desk, qapp: QApplication) -> Iterator[Watch]:
    with watching(desk, qapp) as watch:
        yield watch


@pytest.fixture(scope="module")
def window(watch: Watch) -> Iterator[MainWindow]:
    with opened(watch) as window:
        yield window


@pytest.fixture
def hazards(window: MainWindow, watch: Watch) -> HazardPage:
    """The page of all hazards, with nothing in front of it."""
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.done(0)
    window.activateWindow()
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    page.show_all()
    watch.settle()
    return page


def test_every_page(watch: Watch, window: MainWindow) -> None:
    for place, page in enumerate(window.pages):
        watch.do(f"page {page.title}, first", partial(window.go, place), FIRST_MS)
    for place, page in enumerate(window.pages):
        watch.do(f"page {page.title}", partial(window.go, place))
    assert watch.too_long() == []


def test_a_past_day(watch: Watch, hazards: HazardPage) -> None:
    assert hazards.past is not None
    watch.do("look back", hazards.look_back)
    with watch.act("look back: a day typed"):
        Hands().write(PAST)
        Hands().press("Return")
    assert hazards.past.day is not None
    watch.do("look back: the end of the table", hazards.table.scrollToBottom)
    watch.do("back to today", hazards.past.end)
    assert watch.too_long() == []


def test_an_import_and_taking_it_back(
    watch: Watch, hazards: HazardPage, window: MainWindow, tmp_path: Path
) -> None:
    with ExitStack() as closing:
        file = sheet(Bed(ROWS, lambda size: tmp_path, tmp_path, closing))
    before = hazards.model.rowCount()
    watch.do("import", hazards.import_sheet)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    watch.do(f"import: {ROWS:,} rows tried", partial(dialog.open_file, file))
    if dialog.on_button.isVisible():
        watch.do("import: the questions answered", dialog.go_on)
    watch.do(f"import: {ROWS:,} rows taken in", dialog.take_in)
    watch.do("import closed", dialog.accept)
    assert hazards.model.rowCount() > before
    watch.do(f"import of {ROWS:,} rows taken back", window.undo)
    watch.do("import done again", window.redo)
    watch.do("import taken back again", window.undo)
    assert hazards.model.rowCount() == before
    assert watch.too_long() == []


def test_an_act_and_its_undo(watch: Watch, hazards: HazardPage, window: MainWindow) -> None:
    number = hazards.model.id_at(0)
    assert number is not None
    change = partial(watch.office.desk.hazards.change, number, {"remark": "已电话提醒"})
    watch.do("a field changed", partial(watch.office.attempt, change, window))
    watch.do("a field changed, undone", window.undo)
    watch.do("a field changed, done again", window.redo)
    assert watch.too_long() == []


def test_a_preview(watch: Watch, hazards: HazardPage, window: MainWindow) -> None:
    watch.do("papers", window.print_papers)
    dialog = window.findChild(PrintDialog)
    assert dialog is not None
    for place in range(0, dialog.list.count(), _SOME):
        watch.do(f"paper {dialog.list.item(place).text()}", partial(dialog.list.setCurrentRow, place))
    watch.do("papers closed", dialog.reject)
    assert watch.too_long() == []


def test_a_copy(watch: Watch, hazards: HazardPage, window: MainWindow) -> None:
    watch.do("copy", partial(back_up, watch.office, window))
    watch.do("copies", window.show_copies)
    assert watch.too_long() == []
    QCoreApplication.processEvents()
