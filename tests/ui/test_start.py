"""起步 over the first page: each line opens its act and ticks itself; put away, brought back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton

from hazard_desk.books.postponed import PutOff
from hazard_desk.desk import Desk
from hazard_desk.figures.beginning import (
    COPIES,
    EARLIER,
    FIRMS,
    FORM,
    LEADS,
    MEMBERS,
    PAPER,
    RECIPIENT,
    Beginning,
    beginning,
)
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.rules.fields import Row
from tests.ui.conftest import turn
from ui.imports.dialog import ImportDialog
from ui.office import Office
from ui.pages.desk_page import DeskPage
from ui.pages.groups_page import GroupsPage
from ui.pages.papers import PrintDialog
from ui.settings.dialog import SettingsDialog
from ui.start.card import StartCard
from ui.window import MainWindow


@pytest.fixture
def card(window: MainWindow) -> StartCard:
    return turn(window, DeskPage).start


def seen_of(desk: Desk) -> Beginning:
    return beginning(desk.books, len(desk.copies.places) > 1, desk.out)


def done(desk: Desk) -> set[str]:
    return {line.id for line in seen_of(desk).lines if line.done}


def press(card: StartCard, qtbot, text: str) -> None:
    """Walk to a button with the arrow and press it."""
    found = [one for one in card.findChildren(QPushButton) if one.isVisible()]
    found[0].setFocus()
    for _ in range(30):
        focused = card.window().focusWidget()
        if isinstance(focused, QPushButton) and focused.text() == text:
            qtbot.keyClick(focused, Qt.Key.Key_Return)
            QCoreApplication.processEvents()
            return
        qtbot.keyClick(focused, Qt.Key.Key_Down)
    raise AssertionError(text)


def test_a_new_desk_lacks_what_the_plan_left_open(desk: Desk):
    seen = seen_of(desk)
    assert [line.id for line in seen.lines] == [
        FIRMS, EARLIER, LEADS, MEMBERS, FORM, RECIPIENT, COPIES, PAPER,
    ]  # fmt: skip
    assert done(desk) == {LEADS, FORM}
    assert not seen.over


def test_each_line_is_done_when_the_books_say_so(desk: Desk, found: Row, tmp_path: Path):
    desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"})
    assert FIRMS in done(desk)
    desk.hazards.add(found | {"found_on": "2023-05-30"})
    assert EARLIER not in done(desk), "found since the plan began"
    desk.hazards.add(found | {"found_on": "2023-03-01"})
    assert EARLIER in done(desk)
    for row in desk.groups.facts():
        if not row.person:
            desk.groups.change(row.id, {"person": "甲成员"})
    desk.settings.change({"mail_to": "a@example.com"})
    stick = tmp_path / "U盘"
    stick.mkdir()
    desk.copies.set_second(stick)
    desk.papers.print("task-table")
    seen = seen_of(desk)
    assert (seen.left, seen.over) == (0, True)


def test_a_line_opens_its_act_and_ticks_itself(card: StartCard, office: Office, seen, qtbot):
    press(card, qtbot, "填写")
    seen(card.window(), SettingsDialog).reject()
    assert {line.id: line.done for line in card.lines}[RECIPIENT] is False
    office.perform(lambda: office.desk.settings.change({"mail_to": "a@example.com"}))
    assert {line.id: line.done for line in card.lines}[RECIPIENT] is True
    assert card.count.text() == "已办3项，共8项"
    press(card, qtbot, "导入")
    seen(card, ImportDialog).reject()
    press(card, qtbot, "补姓名")
    assert isinstance(card.window().page, GroupsPage)


def test_a_paper_that_was_saved_ticks_its_line(card: StartCard, office: Office, seen, qtbot):
    press(card, qtbot, "选材料")
    dialog = seen(card.window(), PrintDialog)
    assert dialog.report.id == "task-table"
    office.desk.papers.print("task-table")
    dialog.reject()
    QCoreApplication.processEvents()
    assert {line.id: line.done for line in card.lines}[PAPER] is True


def test_put_away_it_stays_away_and_can_be_brought_back(card: StartCard, window: MainWindow, qtbot):
    assert card.frame.isVisible() and not card.back_button.isVisible()
    card.away_button.setFocus()
    qtbot.keyClick(card.away_button, Qt.Key.Key_Return)
    assert not card.frame.isVisible()
    assert card.back_button.text() == "起步：还有6项"
    again = MainWindow(window.office)
    again.show()
    QCoreApplication.processEvents()
    start = turn(again, DeskPage).start
    assert not start.frame.isVisible()
    start.back_button.setFocus()
    qtbot.keyClick(start.back_button, Qt.Key.Key_Return)
    assert start.frame.isVisible()
    again.close()
    again.deleteLater()


def test_once_a_form_was_sent_the_office_is_in_full_work(desk: Desk):
    form = bundled_progress_forms()["chongming-2023"]
    desk.papers.send_form(fill(desk.books, form, desk.today))
    assert seen_of(desk).left
    assert seen_of(desk).over


def test_an_office_in_full_work_sees_it_only_when_it_wants_to(card: StartCard, office: Office):
    form = bundled_progress_forms()["chongming-2023"]
    office.perform(lambda: office.desk.papers.send_form(fill(office.desk.books, form, office.today)))
    assert not card.frame.isVisible() and not card.back_button.isVisible()
    card.bring_back()
    assert card.frame.isVisible() and card.count.text() == "已办2项，共8项"


def test_where_nothing_waits_the_keyboard_begins_with_what_is_left_to_do(
    card: StartCard, window: MainWindow, desk: Desk
) -> None:
    page = turn(window, DeskPage)
    waiting = [PutOff(line.title, line.item.keys) for line in page.inbox.list.shown.lines if line.item]
    desk.books.postponed.put_off(waiting, "2030-01-01")
    window.page.refresh()
    QCoreApplication.processEvents()
    assert page.inbox.idle
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert (card.isAncestorOf(focused), focused.text()) == (True, "采集表")
