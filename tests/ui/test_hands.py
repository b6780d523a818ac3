"""The hands that the counts of keys rely on: keys reach shortcuts, forms and lists, texts are not counted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.window import MainWindow


def test_keys_are_counted_and_texts_are_not(
    window: MainWindow, hands: Hands, form: Callable[[], FormDialog]
) -> None:
    turn(window, HazardPage)
    hands.press("Ctrl+N")
    dialog = form()
    line = next(box for box in dialog.findChildren(QLineEdit) if box.isVisible())
    line.setFocus()
    hands.write("红星超市")
    assert line.text() == "红星超市"
    hands.press("Tab")
    assert QApplication.focusWidget() is not line
    hands.press("Ctrl+S")
    assert dialog.isVisible(), "not all is told yet, so it stays"
    assert hands.keys == 3
