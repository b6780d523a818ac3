"""What every dialog of the window is: gone when it is closed, never larger than what it stands over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QToolButton, QWidget

from ui.widgets.basics import button

_EDGE = 40
"""Pixels of the window that are seen beside and above a dialog, together."""


class Dialog(QDialog):
    """A dialog ``over`` the window of ``parent``, which outlives it.

    One without a parent stands by itself, and lives as long as who made it wants.
    """

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.over = self if parent is None else parent.window()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, parent is not None)
        self.setWindowTitle(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; elsewhere the main one."""
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            button, QPushButton | QToolButton
        ):
            button.click()
        else:
            super().keyPressEvent(event)

    def closer(self) -> QPushButton:
        """Return the button 关闭, which Enter presses."""
        made = button("关闭", self, self.accept)
        made.setDefault(True)
        return made

    def take_room(self, width: int, height: int) -> None:
        """Be this large, in pixels, or as large as the window allows."""
        room = self.over.size()
        self.resize(min(width, room.width() - _EDGE), min(height, room.height() - _EDGE))
