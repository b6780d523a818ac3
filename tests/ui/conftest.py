"""The window for tests: drawn into memory, on a real desk, with every job done at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol, TypeVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.conftest import OFFSCREEN
from tests.ui.hands import Hands
from ui.application import make_application
from ui.forms.form_dialog import FormDialog
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.page import Page
from ui.window import MainWindow

Kind = TypeVar("Kind", bound=QWidget)
AnyPage = TypeVar("AnyPage", bound=Page)
Write = Callable[[QWidget | None, str], None]


class Seen(Protocol):
    """Finds the one visible widget of a kind below another."""

    def __call__(self, over: QWidget, kind: type[Kind]) -> Kind: ...


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest-qt what is no warning of ours."""
    config.addinivalue_line("qt_log_ignore", OFFSCREEN)


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], QApplication]:
    """pytest-qt's application is the program's own."""

    def make(arguments: list[str]) -> QApplication:
        return make_application()

    return make


@pytest.fixture(autouse=True)
def _nobody_reads_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told when the window is closed need not stand there to be read."""
    monkeypatch.setattr("ui.copies.leaving.STAY_MS", 1)


@pytest.fixture
def office(qapp: QApplication, desk: Desk) -> Iterator[Office]:
    """An office on the new desk, without threads."""
    made = Office(desk, Jobs(synchronous=True))
    yield made
    made.jobs.stop()


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """The real window at the size of the clerk's screen."""
    made = MainWindow(office)
    made.resize(1366, 768)
    made.show()
    QCoreApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def turn(window: MainWindow, kind: type[AnyPage]) -> AnyPage:
    """Go to the page of a kind by the navigation."""
    window.go(next(place for place, page in enumerate(window.pages) if isinstance(page, kind)))
    QCoreApplication.processEvents()
    page = window.page
    assert isinstance(page, kind)
    return page


@pytest.fixture
def hazard(desk: Desk, found: Row) -> int:
    """The id of a registered hazard."""
    return desk.hazards.add(found).ids[0]


@pytest.fixture
def seen() -> Seen:
    """Find the one visible widget of a kind below another."""

    def find(over: QWidget, kind: type[Kind]) -> Kind:
        QCoreApplication.processEvents()
        shown = [widget for widget in over.findChildren(kind) if widget.isVisible()]
        assert len(shown) == 1, shown
        return shown[0]

    return find


@pytest.fixture
def write() -> Write:
    """Type as a Chinese input method does: the text is committed into the widget."""

    def commit(widget: QWidget | None, text: str) -> None:
        assert widget is not None
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    return commit


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    """The clerk's hands on the keyboard of the window."""
    window.activateWindow()
    return Hands()


@pytest.fixture
def form(window: MainWindow, seen: Seen) -> Callable[[], FormDialog]:
    """Find the form that is open over the window."""

    def find() -> FormDialog:
        return seen(window, FormDialog)

    return find


@pytest.fixture
def meanwhile(qtbot: QtBot) -> Callable[[type, Callable[[QWidget], object]], None]:
    """Once a window of this kind is seen, do something with it."""

    def when_seen(kind: type, act: Callable[[QWidget], object]) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, kind) and widget.isVisible():
                act(widget)
                return
        QTimer.singleShot(5, partial(when_seen, kind, act))

    def plan(kind: type, act: Callable[[QWidget], object]) -> None:
        QTimer.singleShot(0, partial(when_seen, kind, act))

    return plan
