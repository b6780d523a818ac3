"""Sheets of many in the window: work that is stopped, collection sheets, the roll-up."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from hazard_desk.desk import Desk
from hazard_desk.sheets.importing import TellProgress
from hazard_desk.stopping import stop_if_unwanted
from tests.ui.conftest import Seen, turn
from tests.ui.imports.conftest import Made
from ui.imports.rollup import RollupDialog
from ui.imports.work import SheetWork
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.enterprise_page import EnterprisePage
from ui.pages.ledger_page import LedgerPage
from ui.production import MadeDialog
from ui.window import MainWindow


@pytest.fixture
def sheet(made: Made) -> Path:
    """A sheet of a village: one good row, one without its category, an own name for a column."""
    return made(
        [
            ["示例村企业台账"],
            ["填报单位：示例村"],
            ["序号", "企业名称", "类别", "行业", "厂里的电话"],
            [1, "示例一厂", "企业", "工贸", 13800000001],
            [2, "示例二厂", "", "工贸", 13800000002],
        ]
    )


@pytest.fixture
def page(window: MainWindow) -> EnterprisePage:
    return turn(window, EnterprisePage)


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
