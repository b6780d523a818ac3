"""Reads on worker threads come home in any order; what is seen is always the newest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tasks import ActionNode
from hazard_desk.desk import Desk
from hazard_desk.store.columns import table_name
from hazard_desk.store.tables import Setting
from tests.every_act import VISIT
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.tasks_page import Seen, TasksPage
from ui.reader import Reader


@pytest.fixture
def threaded(qapp: QApplication, desk: Desk) -> Iterator[Office]:
    """An office that reads on worker threads, as the clerk's does."""
    made = Office(desk, Jobs())
    yield made
    made.jobs.stop()


@pytest.fixture
def over(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_older_answer_does_not_cover_a_newer_one(
    qtbot: QtBot, threaded: Office, over: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = TasksPage(threaded, over)
    page.show()
    threaded.jobs.wait()
    whole = page.total.text()
    newest_is_shown = threading.Event()
    tree, show = page.tasks.tree, page._show

    def slow(query: Query) -> list[ActionNode]:
        found = tree(query)
        if query.text:
            newest_is_shown.wait()
        return found

    def shown(seen: Seen) -> None:
        show(seen)
        newest_is_shown.set()

    monkeypatch.setattr(page.tasks, "tree", slow)
    monkeypatch.setattr(page, "_show", shown)
    page.search.setText("宣传")
    page.refresh()
    page.search.clear()
    page.refresh()
    qtbot.waitUntil(newest_is_shown.is_set)
    threaded.jobs.wait()
    assert page.total.text() == whole


class Count(Reader):
    """Shows how many checks there are, once it is let."""

    def __init__(self, office: Office, over: QWidget) -> None:
        super().__init__(over)
        self.office = office
        self.read = threading.Event()
        self.let = threading.Event()
        self.shown: list[int] = []
        office.keep_true(self)

    def refresh(self) -> None:
        self.office.read_anew(self._count, self.shown.append, self)

    def _count(self) -> int:
        found = self.office.desk.checks.count(Query())
        self.read.set()
        self.let.wait()
        return found


def test_what_is_written_while_it_is_read_is_not_missed(threaded: Office, over: QWidget) -> None:
    count = Count(threaded, over)
    count.tables.add(table_name(Setting))  # what it showed so far came from elsewhere
    count.show()
    assert count.read.wait(10)
    threaded.perform(partial(threaded.desk.checks.add, VISIT))
    count.let.set()
    threaded.jobs.wait()
    assert count.shown == [1]
