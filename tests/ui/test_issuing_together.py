"""One notice for all that a check found, issued by keys: what stands on it, what is asked first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from hazard_desk.books.checks.findings import LINES, enter_check
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from tests.papers.reading import read_pdf
from tests.ui.conftest import Seen
from tests.ui.hands import Hands
from ui.forms.form_dialog import FormDialog
from ui.forms.issue_form import IssueForm
from ui.pages.ledger_page import LedgerPage
from ui.papers.preview_dialog import PreviewDialog
from ui.together.form import TogetherForm
from ui.window import MainWindow

VISIT = {
    "checked_on": "2023-05-20",
    "kind": "日常",
    "unit_name": "示例木材加工厂",
    "inspectors": "甲检查、乙检查",
    "sector": "工贸",
}
PLACES = ("加工车间", "仓库", "配电室")


@pytest.fixture
def checked(window: MainWindow, desk: Desk) -> int:
    """A check of yesterday with three findings, all hazards; the window shows it."""
    lines = [{"level": "一般", "place": place, "description": "堆放杂物"} for place in PLACES]
    number = enter_check(desk.checks, VISIT | {LINES: lines}).ids[0]
    window.open_record(f"checks/{number}")
    QCoreApplication.processEvents()
    return number


def notice_button(window: MainWindow) -> QPushButton:
    page = window.page
    assert isinstance(page, LedgerPage)
    (made,) = [
        one for one in page.pane.findChildren(QPushButton) if one.text().startswith("编发限期整改意见书")
    ]
    return made


def test_by_keys_from_a_check_to_one_notice_of_its_three_hazards(
    window: MainWindow, checked: int, desk: Desk, hands: Hands, seen: Seen, form: Callable[[], FormDialog]
) -> None:
    button = notice_button(window)
    assert button.text() == "编发限期整改意见书（3条隐患）…"
    button.setFocus()
    hands.press("Space")
    dialog = form()
    assert isinstance(dialog.form, IssueForm) and dialog.form.list is not None
    assert [dialog.form.list.item(row).text()[:17] for row in range(2)] == [
        "三星隐患〔2023〕002号　仓库",
        "三星隐患〔2023〕003号　配电",
    ]
    hands.go_to("整改时限")
    hands.write("2023-06-20")
    hands.go_to("依据条款")
    hands.write("疏散通道")
    hands.press("Down", "Return")
    chosen = str(dialog.form.editor("basis").raw())
    hands.go_to("一并写明的隐患", "Tab")
    hands.press("Down", "Space", "Space")
    hands.press("Ctrl+S")
    question = seen(window, QMessageBox)
    assert isinstance(question, QMessageBox)
    assert "没有登记检查人员的证件号" in question.text() and "没有选依据条款" not in question.text()
    hands.press("Escape")
    assert desk.documents.count(Query()) == 0, "to go back is what Enter and Esc do"
    dialog.activateWindow()  # no window manager here does it
    dialog.form.list.setFocus()
    hands.press("Ctrl+S", "Tab", "Space")
    shown = seen(window, PreviewDialog)
    assert isinstance(shown, PreviewDialog) and shown.preview.proof is not None
    text = "".join(page.text for page in read_pdf(shown.preview.proof.pdf)).replace("\n", "")
    shown.accept()
    for place, name in enumerate(PLACES, start=1):
        assert f"{place}．{name}" in text
    assert chosen.strip("、").replace("、", "") and chosen.strip("、") in text
    rows = desk.hazards.select(Query())
    assert {row.notice_number for row in rows} == {"三星应急责改〔2023〕1号"}
    desk.undo()
    assert {row.notice_number for row in desk.hazards.select(Query())} == {""}


def test_one_that_is_left_out_has_no_number(
    window: MainWindow, checked: int, desk: Desk, hands: Hands, seen: Seen, form: Callable[[], FormDialog]
) -> None:
    notice_button(window).click()
    dialog = form()
    dialog.form.put(dialog.form.raw() | {"deadline": "2023-06-20"})
    hands.go_to("一并写明的隐患", "Tab")
    hands.press("Space", "Ctrl+S", "Tab", "Space")
    assert [row.notice_number != "" for row in desk.hazards.select(Query(sort="number"))] == [
        True,
        False,
        True,
    ]
    assert "仍然编发：没有选依据条款" in desk.undoable()


def test_those_of_a_firm_chosen_in_the_ledger_stand_on_one_notice(
    window: MainWindow, checked: int, desk: Desk, seen: Seen, hands: Hands, qtbot: QtBot
) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, LedgerPage)
    page.table.setFocus()
    hands.press("Ctrl+A")
    page.together.take_step(Steps.NOTICE_RECTIFY)
    qtbot.waitUntil(lambda: bool(window.findChildren(TogetherForm)))
    dialog = seen(window, TogetherForm)
    dialog.form.write({"deadline": "2023-06-20"})
    dialog.save()
    qtbot.waitUntil(lambda: dialog.question is not None)
    assert dialog.question is not None and "没有选依据条款" in dialog.question.text()
    next(one for one in dialog.question.buttons() if one.text() == "仍然编发").click()
    qtbot.waitUntil(lambda: desk.documents.count(Query()) == 1)
    assert {row.notice_number for row in desk.hazards.select(Query())} == {"三星应急责改〔2023〕1号"}
