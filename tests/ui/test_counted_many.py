"""Thirty rows are acted on as one: chosen by keys, one form, one undo; what is refused is told by row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.many import ManyTried, RowRefusal
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import Seen, turn
from ui.forms.form_dialog import FormDialog
from ui.office import NoticeLook
from ui.pages.hazard_page import HazardPage
from ui.pages.ledger_page import LedgerPage
from ui.production import MadeDialog
from ui.together.refusals_dialog import RefusalsDialog
from ui.window import MainWindow

from .hands import Hands

COUNT = 30


def day(number: int) -> str:
    return f"2023-05-{number:02}"


@pytest.fixture
def thirty(desk: Desk, found: Row) -> list[int]:
    """Thirty hazards that wait for their sign-off, and one that was found today."""
    ids = [desk.hazards.add(found | {"place": f"{place}号车间"}).ids[0] for place in range(COUNT + 1)]
    step = desk.books.issuing.step_many
    step(ids[:-1], Steps.RECTIFIED.kind, {"happened_on": day(20), "rectified_by": "丁整改"})
    passed = {"happened_on": day(22), "rechecked_by": "戊复查", "recheck_finding": "合格"}
    step(ids[:-1], Steps.RECHECK_PASSED.kind, passed)
    return ids


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    window.activateWindow()
    page = turn(window, HazardPage)
    page.table.setFocus()
    QCoreApplication.processEvents()
    return Hands()


def test_thirty_are_signed_off_in_five_acts(
    thirty: list[int], window: MainWindow, desk: Desk, hands: Hands, seen: Seen
) -> None:
    page = turn(window, HazardPage)
    page.filter_by({"state": "待销号"})
    page.table.setFocus()
    hands.press("Ctrl+A")
    assert page.chosen_bar.isVisible()
    assert page.chosen_bar.count.text() == f"已选{COUNT}条"
    hands.press("Shift+F10")
    assert hands.under().actions()[0].text() == f"销号（{COUNT}条）"
    hands.press("Return")
    form = seen(window, FormDialog)
    assert isinstance(form, FormDialog)
    form.begin_at("signed_off_by")
    hands.write("己审批")
    hands.press("Ctrl+S")
    assert hands.keys <= 6
    assert {desk.hazards.get(one).state for one in thirty[:-1]} == {"已销号"}
    assert window.notice.text == f"“销号”{COUNT}条隐患"
    assert not page.chosen_bar.isVisible()
    window.activateWindow()
    hands.press("Ctrl+Z")
    assert {desk.hazards.get(one).state for one in thirty[:-1]} == {"待销号"}
    assert desk.check() == []


def test_what_is_refused_is_listed_by_row_and_never_wears_a_tick(
    thirty: list[int], window: MainWindow, desk: Desk, hands: Hands, seen: Seen
) -> None:
    page = turn(window, HazardPage)
    hands.press("Ctrl+A", "Shift+F10")
    first = hands.under().actions()[0].text()
    hands.press("Esc")
    page.together.take_step(Steps.SIGNED_OFF)
    assert first.endswith("条）")
    form = seen(window, FormDialog)
    assert isinstance(form, FormDialog)
    form.form.editor("signed_off_by").put_raw("己审批")
    form.save()
    assert form.banner.text() == ""
    told = seen(window, RefusalsDialog)
    assert isinstance(told, RefusalsDialog)
    assert told.table.rowCount() == 1
    item = told.table.item(0, 1)
    assert item is not None
    assert "待整改" in item.text()
    assert window.notice.mark is NoticeLook.FAILED
    assert desk.hazards.get(thirty[-1]).state == "待整改"


def test_thousands_that_are_refused_are_all_listed(window: MainWindow) -> None:
    refused = tuple(RowRefusal(one, f"{one}号", f"原因{one}") for one in range(1, 2_001))
    dialog = RefusalsDialog("销号", ManyTried((), refused), window)
    dialog.open()
    assert dialog.table.rowCount() == 2_000
    assert dialog.table.item(0, 1) is not None
    assert dialog.table.item(1_999, 1) is None, "not all at once: the window would stand still"
    for _ in range(10):
        QCoreApplication.processEvents()
    last = dialog.table.item(1_999, 1)
    assert last is not None
    assert last.text() == "原因2000"
    dialog.close()


def test_the_form_stays_with_what_it_lacks_and_is_done_beside_the_window(
    thirty: list[int], window: MainWindow, desk: Desk, hands: Hands, seen: Seen, qtbot: QtBot
) -> None:
    page = turn(window, HazardPage)
    hands.press("Ctrl+A")
    page.together.take_step(Steps.VOIDED)
    form = seen(window, FormDialog)
    assert isinstance(form, FormDialog)
    form.save()
    assert form.isVisible()
    assert form.form.boxes["note"].editor.box.property("wrong")
    form.form.editor("note").put_raw("误登")
    window.office.jobs.synchronous = False
    form.save()
    qtbot.waitUntil(lambda: {desk.hazards.get(one).state for one in thirty} == {"已作废"})
    qtbot.waitUntil(lambda: not window.findChildren(FormDialog))
    assert desk.check() == []


def test_one_field_of_many_is_changed_and_they_are_exported(
    window: MainWindow, desk: Desk, hands: Hands, seen: Seen
) -> None:
    for name in ("甲厂", "乙厂", "丙厂"):
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
    window.open_ledger("enterprises", {})
    page = window.page
    assert isinstance(page, LedgerPage)
    page.refresh()
    page.table.setFocus()
    hands.press("Ctrl+A")
    field = next(one for one in page.together.fields if one.name == "office")
    page.together.change_field(field)
    form = seen(window, FormDialog)
    assert isinstance(form, FormDialog)
    form.form.editor("office").put_raw("应急办")
    hands.press("Ctrl+S")
    assert {row.office for row in desk.enterprises.rows([1, 2, 3])} == {"应急办"}
    window.activateWindow()
    page.table.setFocus()
    hands.press("Ctrl+A")
    page.together.export()
    made = seen(window, MadeDialog)
    assert isinstance(made, MadeDialog)
    assert "（3条）" in made.file.name
    made.close()
    page.together.remove()
    question = seen(window, QMessageBox)
    assert isinstance(question, QMessageBox)
    next(button for button in question.buttons() if button.text() == "删除").click()
    assert desk.enterprises.names() == []
    window.activateWindow()
    hands.press("Ctrl+Z")
    assert len(desk.enterprises.names()) == 3
