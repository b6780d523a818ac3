"""What every dialog of the window is: gone when it is closed, never larger than what it stands over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ui.widgets.basics import button

_EDGE = 40
"""Pixels of the window that are seen beside and above a dialog, together."""


class Dialog(QDialog):
    """A dialog ``over`` the window of ``parent``, which outlives it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.over = parent.window()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)

    def closer(self) -> QPushButton:
        """Return the button 关闭, which Enter presses."""
        made = button("关闭", self, self.accept)
        made.setDefault(True)
        return made

    def take_room(self, width: int, height: int) -> None:
        """Be this large, in pixels, or as large as the window allows."""
        room = self.over.size()
        self.resize(min(width, room.width() - _EDGE), min(height, room.height() - _EDGE))
