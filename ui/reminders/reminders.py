"""Reminding of what waits, beside the clock: as the desk opens, after midnight, every two hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.figures.inbox.inbox import Inbox
from hazard_desk.figures.inbox.item import InboxItem
from ui.office import Office
from ui.program.front import come_to_front
from ui.reminders.tray import Tray

_AGAIN_MS = 2 * 3_600_000


class Reminders(QObject):
    """Reminds from ``start`` to ``stop``, never in the way of the clerk. ``wanted`` asks for the inbox."""

    wanted = Signal()

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__(window)
        self.tray = Tray(office.desk.office_name, window)
        self._office = office
        self._window = window
        self._hushed = self._missed = False
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.nudge)
        self.tray.clicked.connect(self._come)

    def start(self) -> None:
        """Begin to remind: what waits is told at once."""
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
        """Tell what waits today."""
        self._missed = self._missed or self._hushed
        if not self._hushed and self._again.isActive():
            self._read(self._tell)

    def nudge(self) -> None:
        """Tell again what is due by the end of the day."""
        if not self._hushed:
            self._read(self._tell_of_today)

    def stop(self) -> None:
        """Remind no more."""
        self._again.stop()
        self.tray.hide()

    def _read(self, then: Callable[[Inbox], None]) -> None:
        self._office.read(self._office.desk.inbox, then, self)

    def _tell(self, seen: Inbox) -> None:
        self.tray.tell(in_one_sentence(seen.today, self._office.today))

    def _tell_of_today(self, seen: Inbox) -> None:
        today = self._office.today
        self.tray.tell(in_one_sentence([item for item in seen.today if item.due == today], today))

    def _come(self) -> None:
        """Bring the window to the front, on the inbox."""
        come_to_front(self._window)
        if not self._hushed:
            self.wanted.emit()


def in_one_sentence(items: Sequence[InboxItem], today: date) -> str:
    """Return what waits in one sentence, '' when nothing does; of one thing what it is."""
    if len(items) == 1:
        return f"{items[0].kind_label}：{items[0].title}"
    late, due = sum(item.late for item in items), sum(item.due == today for item in items)
    counts = {"已逾期": late, "今天到期": due}
    parts = "，".join(f"{word}{count}件" for word, count in counts.items() if count)
    return f"今天要办{len(items)}件" + (f"，其中{parts}。" if parts else "。") if items else ""
