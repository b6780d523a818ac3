"""The notice beside the clock, where the system has such a place."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from ui.icons import icon
from ui.style import ACCENT

_SHOWN_MS = 10_000


class Tray(QObject):
    """An icon beside the clock that tells; without such a place it says nothing."""

    clicked = Signal()

    def __init__(self, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._icon: QSystemTrayIcon | None = None
        if QGuiApplication.platformName() != "offscreen" and QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = QSystemTrayIcon(icon("app", ACCENT), self)
            self._icon.activated.connect(self.click)
            self._icon.messageClicked.connect(self.click)
        self.rename(title)

    def rename(self, title: str) -> None:
        """Speak under another name."""
        self._title = title
        if self._icon is not None:
            self._icon.setToolTip(title)

    def show(self) -> None:
        """Stand beside the clock."""
        if self._icon is not None:
            self._icon.show()

    def hide(self) -> None:
        """Go; nothing beside the clock keeps the program from ending."""
        if self._icon is not None:
            self._icon.hide()

    def tell(self, sentence: str) -> None:
        """Tell a sentence; nothing where it is ''."""
        if self._icon is not None and sentence:
            self._icon.showMessage(self._title, sentence, icon("app", ACCENT), _SHOWN_MS)

    def click(self) -> None:
        """Bring the window."""
        self.clicked.emit()
