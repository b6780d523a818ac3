"""Reminders: one sentence beside the clock about the inbox, which leads to it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication

from hazard_desk.desk import Desk
from hazard_desk.figures.inbox.item import InboxItem, NextStep, Opens
from tests.ui.conftest import turn
from ui.pages.desk_page import DeskPage
from ui.pages.tasks_page import TasksPage
from ui.reminders.reminders import in_one_sentence
from ui.window import MainWindow


@pytest.fixture
def told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the notice beside the clock is given to tell."""
    heard: list[str] = []
    monkeypatch.setattr(window.reminders.tray, "tell", heard.append)
    return heard


def test_the_desk_opens_with_what_waits(window: MainWindow, told: list[str], desk: Desk) -> None:
    window.reminders.start()
    waiting = desk.inbox().today
    late = sum(item.late for item in waiting)
    assert told == [f"今天要办{len(waiting)}件，其中已逾期{late}件。"]


def test_a_notice_leads_to_the_inbox(window: MainWindow, told: list[str]) -> None:
    window.reminders.start()
    turn(window, TasksPage)
    window.reminders.tray.click()
    QCoreApplication.processEvents()
    assert isinstance(window.page, DeskPage)
    assert window.page.inbox.list.hasFocus()


def test_of_today_is_told_again_and_of_nothing_is_nothing(
    window: MainWindow, told: list[str], desk: Desk
) -> None:
    window.reminders.start()
    window.reminders.nudge()
    assert told[1] == "", "nothing is due on the first of June"


def test_midnight_tells_the_new_day(window: MainWindow, desk: Desk, told: list[str]) -> None:
    window.reminders.start()
    desk.cabinet.clock.set(date(2023, 6, 2))
    window.watch_day()
    assert len(told) == 2


def test_the_window_closes_with_the_reminders(window: MainWindow) -> None:
    window.reminders.start()
    assert window.close()
    assert not window.reminders._again.isActive()


def test_one_sentence() -> None:
    today = date(2023, 6, 1)

    def item(day: date) -> InboxItem:
        return InboxItem(
            "task", "任务1", "tasks/1", NextStep("查看", Opens.RECORD), due=day, late=day < today
        )

    assert in_one_sentence([item(date(2023, 5, 1)), item(today)], today) == (
        "今天要办2件，其中已逾期1件，今天到期1件。"
    )
    assert in_one_sentence([item(today)], today) == "方案任务：任务1"
    assert in_one_sentence([], today) == ""
