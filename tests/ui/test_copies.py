"""Backing the whole desk up from the window, and going back to a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.copies.proving import verify_copy
from tests.conftest import TODAY
from tests.ui.conftest import Seen
from ui.app import open_window
from ui.copies import CopiesDialog
from ui.pages.desk_page import DeskPage
from ui.pages.enterprise_page import EnterprisePage
from ui.production import MadeDialog
from ui.window import MainWindow

UNIT = {"name": "示例一厂", "category": "企业", "sector": "工贸"}


def press(over: QWidget, words: str) -> None:
    QCoreApplication.processEvents()
    next(one for one in over.findChildren(QPushButton) if one.text() == words and one.isVisible()).click()


def test_a_copy_is_written_and_checked(window: MainWindow, seen: Seen, desk: Desk) -> None:
    window.show_copies()
    dialog: CopiesDialog = seen(window, CopiesDialog)
    assert dialog.told.text() == "还没有备份过"
    dialog.back_up()
    file = seen(window, MadeDialog).file
    assert file.parent == desk.folder / "backups"
    verify_copy(file)


def test_a_file_that_is_no_copy_is_refused_and_nothing_happens(
    window: MainWindow, seen: Seen, tmp_path: Path
) -> None:
    window.show_copies()
    dialog: CopiesDialog = seen(window, CopiesDialog)
    (tmp_path / "x.zip").write_bytes(b"PK")
    dialog.check(tmp_path / "x.zip")
    assert "不是隐患工作台的备份文件" in dialog.problem.text()
    assert window.wanted_copy is None
    assert window.isVisible()


def test_going_back_to_a_copy_shows_its_state_on_every_page(
    blank: Path, folder: Path, found: Row, qtbot: QtBot
) -> None:
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        copy = desk.backup()
        desk.enterprises.add(UNIT)
        desk.hazards.add(found)
    seen: list[tuple[list[str], str, str]] = []

    def told(window: MainWindow) -> tuple[list[str], str, str]:
        """What stands in the book, what its page tells, and how many hazards the first page counts."""
        page = next(page for page in window.pages if page.takes("enterprises"))
        first = window.pages[0]
        assert isinstance(page, EnterprisePage) and isinstance(first, DeskPage)
        window.office.jobs.wait()
        (waiting,) = (
            line.accessibleName()
            for line in first.hazards.findChildren(QAbstractButton)
            if line.accessibleName().startswith("待整改")
        )
        window.go(window.pages.index(page))
        window.office.jobs.wait()
        return window.office.desk.enterprises.names(), page.total.text(), waiting

    def when(act: Callable[[MainWindow], object]) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow) and widget.isVisible():
                act(widget)
                return
        QTimer.singleShot(5, partial(when, act))

    def go_back(window: MainWindow) -> None:
        seen.append(told(window))
        window.show_copies()
        dialog = window.findChild(CopiesDialog)
        assert dialog is not None
        dialog.check(copy)
        window.office.jobs.wait()
        QCoreApplication.processEvents()
        question = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
        press(question, "恢复")
        QTimer.singleShot(50, partial(when, look))

    def look(window: MainWindow) -> None:
        seen.append(told(window))
        window.close()

    QTimer.singleShot(0, partial(when, go_back))
    assert open_window(folder, TODAY) == 0
    assert seen == [(["示例一厂"], "共1条", "待整改 1"), ([], "共0条", "待整改 0")]
    assert list(folder.glob("before-restore-*")), "what was there is kept"
