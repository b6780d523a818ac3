"""When to remind: as the desk opens, on a new day, and now and then beside the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from hazard_desk.figures.due import DueItem
from hazard_desk.figures.reminders import of_today, reminders
from ui.memory import Memory
from ui.office import Office
from ui.reminders.dialog import ReminderDialog
from ui.reminders.silence import Silence
from ui.reminders.tray import Tray

_AGAIN_MS = 2 * 3_600_000


class Reminders(QObject):
    """Reminds from ``start`` to ``stop``; never stands in the way of closing the window."""

    open_record = Signal(str)

    def __init__(self, office: Office, memory: Memory, window: QWidget) -> None:
        super().__init__(window)
        self.silence = Silence(memory)
        self.dialog: ReminderDialog | None = None
        self.tray = Tray(office.desk.office_name, window)
        self._office = office
        self._window = window
        self._hushed = self._missed = False
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.nudge)
        office.changed.connect(self._heed)
        self.tray.clicked.connect(self._come)

    def start(self) -> None:
        """Begin to remind: what is open today is told at once."""
        self.tray.show()
        self._again.start()
        self.new_day()

    def hush(self, hushed: bool) -> None:
        """Tell nothing while the window is locked; what was missed meanwhile is told after."""
        self._hushed = hushed
        if not hushed and self._missed:
            self._missed = False
            self.new_day()

    def new_day(self) -> None:
        """Tell what is open today, unless the clerk wants no more of it."""
        self._missed = self._missed or self._hushed
        if self._hushed:
            return
        if self._again.isActive() and not self.silence.day(self._office.today):
            self._read(self._tell)

    def nudge(self) -> None:
        """Tell beside the clock what of today is still open."""
        if not self._hushed and not self.silence.day(self._office.today):
            self._read(self._tell_of_today)

    def show(self) -> None:
        """Show the reminders because the clerk asks for them, silenced or not."""
        self._read(self._open)

    def stop(self) -> None:
        """Remind no more."""
        self._again.stop()
        self.tray.hide()

    def _read(self, then: Callable[[list[DueItem]], None]) -> None:
        self._office.read(partial(reminders, self._office.desk.books), then, self)

    def _heed(self) -> None:
        """Something changed: a list that stands beside the window is read anew."""
        if self.dialog is not None and isValid(self.dialog):
            self._read(self._show_anew)

    def _show_anew(self, items: list[DueItem]) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.show_items(items)

    def _tell(self, items: list[DueItem]) -> None:
        left = self.silence.left(items)
        if left:
            self._open(items)
            self.tray.tell(left, self._office.today)

    def _tell_of_today(self, items: list[DueItem]) -> None:
        today = self._office.today
        self.tray.tell(self.silence.left(of_today(items, today)), today)

    def _open(self, items: Sequence[DueItem]) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.show_items(items)
        else:
            self.dialog = ReminderDialog(items, self._office, self.silence, self._window)
            self.dialog.open_record.connect(self.open_record)
        self.dialog.show()
        self.dialog.raise_()

    def _come(self, told: list[DueItem]) -> None:
        """Bring the window to the front, on the one item that was told, else on the list."""
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if self._hushed:
            return
        if len(told) == 1:
            self.open_record.emit(told[0].record)
        else:
            self.show()
