"""What every dialog has: Enter presses the button that has the focus, elsewhere the main one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.conftest import Seen
from ui.jobs import Jobs
from ui.welcome.dialog import OFFICE, PLACE, PLAN, WelcomeDialog
from ui.widgets.basics import button, tool
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import down
from ui.window import MainWindow


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_what_has_the_focus(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[str] = []
    dialog = Dialog("示例", window)
    line = QLineEdit(dialog)
    plain = button("上一步", dialog, lambda: pressed.append("plain"))
    sign = tool("上一页", dialog, lambda: pressed.append("sign"), "back")
    main = button("下一步", dialog, lambda: pressed.append("main"), role="primary")
    main.setDefault(True)
    down(line, plain, sign, main, within=dialog)
    dialog.open()
    for widget in (plain, sign, main, line):
        widget.setFocus()
        qtbot.keyClick(widget, key)
    assert pressed == ["plain", "sign", "main", "main"]


def test_a_form_is_left_by_enter_on_its_cancel(window: MainWindow, qtbot: QtBot, seen: Seen) -> None:
    window.go(next(place for place, page in enumerate(window.pages) if page.takes("checks")))
    window.page.start_new()
    dialog: Dialog = seen(window, Dialog)
    cancel = next(one for one in dialog.findChildren(QPushButton) if one.text() == "取消")
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    QCoreApplication.processEvents()
    assert not any(one.isVisible() for one in window.findChildren(Dialog))


def test_enter_goes_back_in_the_welcome(folder: Path, qtbot: QtBot) -> None:
    welcome = WelcomeDialog(folder, TODAY, jobs=Jobs(synchronous=True))
    qtbot.addWidget(welcome)
    welcome.show()
    back = next(one for one in welcome.findChildren(QPushButton) if one.text() == "上一步")
    for step, before in ((PLACE, PLAN), (PLAN, OFFICE)):
        welcome.turn(step)
        back.setFocus()
        qtbot.keyClick(back, Qt.Key.Key_Return)
        assert welcome.steps.currentIndex() == before
