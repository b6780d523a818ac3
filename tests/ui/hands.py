"""The clerk's hands: keys go where the focus is, texts come by the input method, keys are counted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


class Hands:
    """Presses keys and writes texts as she does, and counts the keys pressed besides the texts."""

    def __init__(self) -> None:
        self.keys = 0
        """How many keys were pressed; one with modifiers (Ctrl+S) is one."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each where the focus then is: "Tab", "Ctrl+Return", "Alt+Down"."""
        for key in keys:
            pressed = QKeySequence(key)
            assert pressed.count() == 1 and not pressed.isEmpty(), key
            QTest.keySequence(self.under(), pressed)
            self.keys += 1
            QCoreApplication.processEvents()

    def write(self, text: str) -> None:
        """Write a text into what has the focus, in one go."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(_there(QApplication.focusObject()), event)
        QCoreApplication.processEvents()

    def go_to(self, name: str, key: str = "Return") -> None:
        """Press a key until what is called so has the focus."""
        for _ in range(60):
            if self.under().accessibleName() == name:
                return
            self.press(key)
        raise AssertionError(f"{name} is not reached with {key}")

    def under(self) -> QWidget:
        """Return the widget that the keyboard speaks to: an open list or menu, else what has the focus."""
        QCoreApplication.processEvents()
        popup = QApplication.activePopupWidget()
        found = popup or QApplication.focusWidget() or QApplication.activeWindow()
        assert found is not None, "no window has the keyboard"
        return found


def _there(found: QObject | None) -> QObject:
    assert found is not None, "nothing has the focus"
    return found
