"""Reminders: told when the desk opens, silenced per day and item, never in the way."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.figures.due import DueItem
from ui.memory import Memory
from ui.pages.tasks_page import TasksPage
from ui.reminders.dialog import ReminderDialog, in_one_sentence
from ui.reminders.reminders import Reminders
from ui.reminders.silence import Silence
from ui.window import MainWindow


@pytest.fixture
def dialog(window: MainWindow) -> ReminderDialog:
    window.reminders.start()
    found = window.reminders.dialog
    assert found is not None
    assert found.isVisible()
    return found


@pytest.fixture
def told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the notice beside the clock is given to tell."""
    heard: list[list[str]] = []

    def tell(items: list[DueItem], today: date) -> None:
        heard.append([item.title for item in items])

    monkeypatch.setattr(window.reminders.tray, "tell", tell)
    return heard


def test_the_desk_opens_with_what_is_late(dialog: ReminderDialog, window: MainWindow) -> None:
    assert not dialog.isModal(), "the window can be used and closed beside it"
    assert dialog.list.count() >= 9
    assert dialog.told.text() == f"已逾期{dialog.list.count()}项。"


def test_an_item_opens_by_a_double_click(dialog: ReminderDialog, window: MainWindow, qtbot: QtBot) -> None:
    line = dialog.list.visualItemRect(dialog.list.item(0)).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=line)
    assert window.pages.index(window.page) == 0, "a click only chooses"
    dialog.opener.click()
    assert isinstance(window.page, TasksPage)
    assert dialog.isVisible()


def test_a_silenced_item_stays_silent_after_a_restart(
    dialog: ReminderDialog, window: MainWindow, desk: Desk
) -> None:
    item = dialog.list.current_item()
    before = dialog.list.count()
    dialog.quiet_item.click()
    assert dialog.list.count() == before - 1
    again = Silence(Memory(desk.folder))
    assert item is not None
    assert again.left([item]) == []
    dialog.again.click()
    assert dialog.list.count() == before
    assert Silence(Memory(desk.folder)).left([item]) == [item]


def test_silence_for_a_day_ends_with_the_day(
    dialog: ReminderDialog, window: MainWindow, desk: Desk, told: list[list[str]]
) -> None:
    dialog.quiet_day.click()
    assert not dialog.isVisible()
    other = Reminders(window.office, Memory(desk.folder), window)
    other.start()
    assert other.dialog is None
    window.reminders.nudge()
    assert told == []
    desk.cabinet.clock.set(date(2023, 6, 2))
    other.new_day()
    assert other.dialog is not None
    assert other.dialog.isVisible()
    other.stop()


def test_the_clerk_may_ask_in_spite_of_silence(window: MainWindow) -> None:
    window.reminders.silence.keep_day(date(2023, 6, 1))
    window.show_reminders()
    assert window.reminders.dialog is not None
    assert window.reminders.dialog.list.count() >= 9
    assert window.reminders.dialog.again.isVisible()


def test_midnight_tells_the_new_day(dialog: ReminderDialog, window: MainWindow, desk: Desk) -> None:
    dialog.accept()
    QCoreApplication.processEvents()
    desk.cabinet.clock.set(date(2023, 6, 2))
    window.watch_day()
    assert window.reminders.dialog is not None
    assert window.reminders.dialog.isVisible()


def test_a_notice_of_one_item_leads_to_it(window: MainWindow, dialog: ReminderDialog) -> None:
    item = dialog.list.current_item()
    dialog.accept()
    window.reminders.tray.tell([item] if item else [], window.office.today)
    window.reminders.tray.click()
    assert isinstance(window.page, TasksPage)


def test_a_notice_of_several_leads_to_the_list(window: MainWindow, told: list[list[str]]) -> None:
    window.reminders.start()
    assert window.reminders.dialog is not None
    window.reminders.dialog.accept()
    QCoreApplication.processEvents()
    assert len(told[0]) >= 9
    window.reminders.nudge()
    assert told[1] == [], "of today nothing is open"
    window.reminders.tray.click()
    assert window.reminders.dialog.isVisible()


def test_the_window_closes_with_the_reminders(window: MainWindow, dialog: ReminderDialog) -> None:
    assert window.close()
    assert not window.reminders._again.isActive()


def test_a_damaged_memory_silences_nothing(window: MainWindow, desk: Desk) -> None:
    window.memory.keep_text("reminders/silenced", "{no list")
    window.reminders.show()
    assert window.reminders.dialog is not None
    assert window.reminders.dialog.list.count() >= 9


def test_the_summary_counts_each_sort() -> None:
    today = date(2023, 6, 1)
    days = (date(2023, 5, 1), today, today, date(2023, 6, 3))
    items = [DueItem(day, "task", "任务", "未开始", day, "tasks/1", True) for day in days]
    assert in_one_sentence(items, today) == "已逾期1项，今天到期2项，即将到期1项。"
    assert in_one_sentence([], today) == ""
