"""Undo at once: what was taken back is told, and can be done again; one act after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.store.acts import Change
from hazard_desk.store.undo import take_back_deed
from ui.jobs import Refusal
from ui.office import NoticeLook, Office
from ui.production import Progress
from ui.undo.acts_dialog import ActsDialog
from ui.widgets.basics import pause

_PATIENCE_MS = 400
"""An act that takes longer is seen to be under way."""


class Undoing(QObject):
    """Takes acts back beside the window, in the order in which that was asked for."""

    open_record = Signal(str)
    """A record (ledger/id) that she wants to see."""

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__(window)
        self._office = office
        self._window = window
        self._waiting: list[Callable[[], Change]] = []
        self._progress: Progress | None = None
        self._late = pause(_PATIENCE_MS, self._show_progress, self)

    def undo(self) -> None:
        """Take the last act back."""
        self._ask(self._office.desk.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._ask(self._office.desk.redo)

    def show_acts(self) -> None:
        """Open the list of what was done today."""
        dialog = ActsDialog(self._office, self.turn_deed, self._window)
        dialog.open_record.connect(self.open_record)
        dialog.open()

    def turn(self, change: Change) -> None:
        """Take this act back; one that took an act back, or did it again, is so turned round."""
        for number in change.touched.get("audit", ()):
            self.turn_deed(number)

    def turn_deed(self, number: int) -> None:
        """Take back the act of this number in the list of what was done, or do it again."""
        self._ask(partial(take_back_deed, self._office.desk.cabinet, number))

    def _ask(self, act: Callable[[], Change]) -> None:
        self._waiting.append(act)
        if len(self._waiting) == 1:
            self._begin()

    def _begin(self) -> None:
        self._progress = Progress("正在撤销或恢复…", self._window, stoppable=False)
        self._late.start()
        self._office.read(self._waiting[0], self._done, self, self._failed, much=True)

    def _show_progress(self) -> None:
        if self._progress is not None:
            self._progress.open()

    def _done(self, change: Change) -> None:
        self._end()
        self._office.tell(change)
        self._office.notice(change.title.replace("：", "了：", 1), change)
        self._go_on()

    def _failed(self, error: Refusal | None) -> None:
        self._end()
        if error is not None:
            self._office.notice(error.message, NoticeLook.FAILED)
        self._go_on()

    def _end(self) -> None:
        self._late.stop()
        if self._progress is not None:
            self._progress.accept()
            self._progress.deleteLater()
            self._progress = None

    def _go_on(self) -> None:
        del self._waiting[0]
        if self._waiting:
            self._begin()
