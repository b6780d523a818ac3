"""What of the window shows things read from the desk, and reads them anew once they may have changed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.jobs import Job


class Reader(QWidget):
    """Ages on every change. While it is seen it reads anew at once, else when it is shown again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tables: set[str] = set()
        """What was read from, ever, for it or anything within it."""
        self.asked: Job | None = None
        """What it reads anew at the moment, or read last."""
        self._stale = True

    def refresh(self) -> None:
        """Read anew what is shown."""
        raise NotImplementedError

    def age(self, touched: Iterable[str] | None) -> None:
        """Something was written to these tables; for None anything may be different, the day too.

        What is seen and never read from them is still true. While something is read nobody can tell.
        """
        self._stale = True
        reading = not self.tables or (self.asked is not None and not self.asked.finished)
        concerned = touched is None or reading or not self.tables.isdisjoint(touched)
        if concerned and self.isVisible():
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Refresh what went stale while it was out of sight."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()


def tables_of(part: QObject) -> set[str]:
    """Return where the reader that ``part`` belongs to notes the tables; a set of its own for none."""
    above: QObject | None = part
    while above is not None and not isinstance(above, Reader):
        above = above.parent()
    return set() if above is None else above.tables
