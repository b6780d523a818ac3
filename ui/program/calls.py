"""A second start of the program calls the window that is open: it comes to the front."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from hazard_desk.store.starting.calling import CallBox
from ui.program.front import come_to_front

if TYPE_CHECKING:
    from ui.window import MainWindow

_LOOK_MS = 1000
"""So often it is looked besides, where the system tells of no new files."""


class Calls(QObject):
    """Listens for calls from the making to ``stop``."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._box = CallBox(window.office.desk.folder)
        self._open = ExitStack()
        self._open.enter_context(self._box.open())
        self._copy: Path | None = None
        self._files = QFileSystemWatcher(self)
        if self._box.place.is_dir():
            self._files.addPath(str(self._box.place))
        self._files.directoryChanged.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        window.locker.changed.connect(self._offer)

    def look(self) -> None:
        """Answer a call that came."""
        called = self._box.take()
        if called is None:
            return
        come_to_front(self._window)
        self.offer(called.copy)

    def offer(self, copy: Path | None) -> None:
        """Offer to put a copy back, once the window is not locked."""
        self._copy = copy or self._copy
        self._offer()

    def stop(self) -> None:
        """Listen no more."""
        self._timer.stop()
        self._files.directoryChanged.disconnect(self.look)
        self._open.close()

    def _offer(self) -> None:
        if self._copy is not None and not self._window.locker.locked:
            copy, self._copy = self._copy, None
            self._window.offer_copy(copy)
