"""The menu of a row where no step can be taken: Enter does the first thing that it holds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMenu

from hazard_desk.desk import Desk
from tests.every_act import SHOP
from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.pages.enterprise_page import EnterprisePage
from ui.window import MainWindow


def test_the_menu_begins_with_what_can_be_done(window: MainWindow, desk: Desk, hands: Hands) -> None:
    desk.enterprises.add(SHOP)
    turn(window, EnterprisePage).table.setFocus()
    hands.press("Shift+F10")
    QCoreApplication.processEvents()
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
    (menu,) = [one for one in shown if "导出这些" in [entry.text() for entry in one.actions()]]
    assert menu.actions()[0].text() == "打印文书"
    assert menu.activeAction() is menu.actions()[0]
    for one in shown:
        one.close()
