"""What nobody foresaw: one dialog, a log, and a desk that goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, qWarning
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.errors import Trouble
from hazard_desk.store.log import logging_to
from ui.trouble import TroubleDesk, TroubleDialog


@pytest.fixture
def troubles(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> Iterator[TroubleDesk]:
    made = TroubleDesk()
    made.install()
    yield made
    made.uninstall()
    if made.dialog is not None:
        made.dialog.close()
    caplog.get_records("call").clear()


def dialogs() -> list[TroubleDialog]:
    QCoreApplication.processEvents()
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, TroubleDialog) and w.isVisible()]


def fail() -> None:
    raise ZeroDivisionError("a bug")


def test_a_failing_slot_gives_one_dialog_and_the_button_still_works(
    qtbot: QtBot, troubles: TroubleDesk
) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(fail)
    for _ in range(3):
        button.click()
    (dialog,) = dialogs()
    assert "出现了意外问题" in dialog.text()
    assert "3处" in dialog.text()
    dialog.accept()
    assert dialogs() == []
    button.click()
    assert len(dialogs()) == 1


def test_a_failing_paint_gives_one_dialog(qtbot: QtBot, troubles: TroubleDesk) -> None:
    class Broken(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            raise ValueError("no paint")

    widget = Broken()
    qtbot.addWidget(widget)
    widget.show()
    QCoreApplication.processEvents()
    widget.update()
    QCoreApplication.processEvents()
    assert len(dialogs()) == 1
    widget.hide()


def test_a_failing_thread_is_shown_on_the_main_thread(qtbot: QtBot, troubles: TroubleDesk) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    (dialog,) = dialogs()
    assert "ZeroDivisionError: a bug" in dialog.details


def test_the_details_can_be_copied(qtbot: QtBot, troubles: TroubleDesk) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(fail)
    button.click()
    (dialog,) = dialogs()
    dialog.copy_button.click()
    assert dialog.isVisible()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


def test_trouble_with_the_disk_is_told_in_its_own_words(qtbot: QtBot, troubles: TroubleDesk) -> None:
    def full() -> None:
        raise Trouble("磁盘已满，请清理后再试")

    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(full)
    button.click()
    assert dialogs()[0].text() == "磁盘已满，请清理后再试"


def test_the_log_holds_the_trace_and_what_qt_says(
    qtbot: QtBot, troubles: TroubleDesk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(fail)
    with logging_to(tmp_path / "日志"):
        button.click()
        qWarning("said by Qt")
    text = (tmp_path / "日志" / "window.log").read_text(encoding="utf-8")
    assert "\nZeroDivisionError\n" in text
    assert "said by Qt" in text
