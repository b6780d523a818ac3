"""The month of S2 as the clerk walks it in the window: lists, sheets, their sums, a correction, Thursday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import find_plan
from tests.every_act import FOUND
from tests.ui.conftest import turn
from tests.ui.test_progress_form_page import value
from ui.duties.missing_list import MissingList
from ui.figures.correction_dialog import CorrectionDialog
from ui.forms.form_dialog import FormDialog
from ui.pages.duties_page import DutiesPage
from ui.pages.progress_form_page import ProgressFormPage
from ui.window import MainWindow

Form = Callable[[], FormDialog]
LIST, SHEETS, NUMBERED = (date(2023, 6, day) for day in (25, 28, 29))
OFFICES = {"能源": "能源股", "粮食": "粮食服务股", "人防": "人防办", "帮扶村": "驻村工作队"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """S2's desk on 25 June, with a major hazard of each sector."""
    with Desk.create(tmp_path / "s2", find_plan("fangshan-2023"), today=LIST, opened_on=LIST) as desk:
        for sector, office in OFFICES.items():
            found(desk, sector, office)
        yield desk


def found(desk: Desk, sector: str, office: str) -> None:
    facts = {"level": "重大", "criterion": "判定标准第三条", "found_on": "2023-06-10"}
    desk.hazards.add(FOUND | facts | {"sector": sector, "office": office})


def choose(page: ProgressFormPage, group: str) -> None:
    place = page.choices.group.findText(group)
    assert place >= 0, group
    page.choices.group.setCurrentIndex(place)
    page.choices.group.activated.emit(place)
    QCoreApplication.processEvents()


def send(page: ProgressFormPage, qtbot: QtBot) -> None:
    """Press 上报, and say yes where it asks."""
    qtbot.mouseClick(page.send_button, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()
    asked = next(one for one in page.window().findChildren(QMessageBox) if one.isVisible())
    yes = next(button for button in asked.buttons() if button.text() == "上报")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()


def record(page: DutiesPage, form: Form, title: str) -> None:
    """Press 登记记录 for the first that is missing, and save the form as it is filled in, with a title."""
    missing = page.pane.findChildren(MissingList)[-1]
    if missing.names.count():
        missing.names.setCurrentRow(0)
    missing.record_button.click()
    dialog = form()
    for name, told in (("title", title), ("level", "部门")):
        dialog.form.editor(name).put(told)
    dialog.save()
    QCoreApplication.processEvents()


def duty(desk: Desk, words: str) -> int:
    return next(row.id for row in desk.duties.all_rows() if words in row.title)


def missing(desk: Desk, words: str, day: date) -> int:
    return len(desk.duties.occurrence(duty(desk, words), day.isoformat()).verdict.missing)


def test_the_month_in_the_window(desk: Desk, window: MainWindow, qtbot: QtBot, form: Form) -> None:
    window.open_ledger("duties", {})
    duties = window.page
    assert isinstance(duties, DutiesPage)
    duties.show_record(duty(desk, "25日前上报重大事故隐患"))
    assert missing(desk, "25日前上报重大事故隐患", LIST) == 4
    for left in (3, 2, 1, 0):
        record(duties, form, "清单")
        assert missing(desk, "25日前上报重大事故隐患", LIST) == left

    desk.cabinet.clock.set(SHEETS)
    page = turn(window, ProgressFormPage)
    page.turn_day(LIST)
    assert page.choices.as_of() == SHEETS
    for unit in ("能源小组", "粮食小组", "人防小组", "帮扶村小组"):
        for sheet in ("（本股室）", "（所属行业领域）"):
            choose(page, unit + sheet)
            assert value(page, "1.3") == "1"
            send(page, qtbot)
    assert missing(desk, "28日前上报", SHEETS) == 0

    desk.cabinet.clock.set(NUMBERED)
    choose(page, "各单位上报的合计")
    assert "两张表，合在一起会重复计入" in page.told.text() and not page.send_button.isEnabled()
    choose(page, "各单位上报的合计（所属行业领域）")
    assert value(page, "1.3") == "4"
    assert not page.pane.change_button.isVisible(), "it is changed on the sheet of the unit"
    send(page, qtbot)
    choose(page, "各单位上报的合计（本股室）")
    assert page.send_button.text() == "上报", "no correction of the other sum"

    found(desk, "粮食", "粮食服务股")
    choose(page, "粮食小组（所属行业领域）")
    assert (page.send_button.text(), value(page, "1.3")) == ("更正重报", "2")
    qtbot.mouseClick(page.send_button, Qt.MouseButton.LeftButton)
    dialog = correction(page)
    dialog.form.put({"reason": "补报一条"})
    dialog.send()
    QCoreApplication.processEvents()
    choose(page, "各单位上报的合计（所属行业领域）")
    assert (page.send_button.text(), value(page, "1.3")) == ("更正重报", "5")

    window.open_ledger("duties", {})
    for words, title in (("29日上报", "6月重大事故隐患编号清单"), ("星期四", "反馈交办隐患整改情况")):
        duties.show_record(duty(desk, words))
        record(duties, form, title)
        verdict = desk.duties.occurrence(duty(desk, words), NUMBERED.isoformat()).verdict
        assert verdict.state == "已完成", (words, verdict)


def correction(page: ProgressFormPage) -> CorrectionDialog:
    QCoreApplication.processEvents()
    return next(one for one in page.window().findChildren(CorrectionDialog) if one.isVisible())
