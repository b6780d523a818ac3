"""The notice beside the clock, where the system has such a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from hazard_desk.figures.due import DueItem
from ui.icons import icon
from ui.reminders.dialog import in_one_sentence
from ui.style import ACCENT

_SHOWN_MS = 10_000


class Tray(QObject):
    """An icon beside the clock that tells; without such a place it says nothing.

    ``clicked`` brings the items that were told last.
    """

    clicked = Signal(object)

    def __init__(self, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._told: list[DueItem] = []
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

    def tell(self, items: Sequence[DueItem], today: date) -> None:
        """Tell of these; of nothing when there are none."""
        self._told = list(items)
        if self._icon is not None and items:
            text = items[0].title if len(items) == 1 else in_one_sentence(items, today)
            self._icon.showMessage(self._title, text, icon("app", ACCENT), _SHOWN_MS)

    def click(self) -> None:
        """Bring what was told last."""
        self.clicked.emit(self._told)
