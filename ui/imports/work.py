"""Reading and taking in a sheet away from the GUI thread, with progress and cancel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from hazard_desk.sheets.importing import TellProgress
from ui.jobs import Job, Refusal
from ui.office import Office

Work = Callable[[TellProgress], object]


class SheetWork(QObject):
    """Runs one piece of work at a time; a new one or ``cancel`` ends the one before."""

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._job is not None and not self._job.finished

    def start(self, work: Work) -> None:
        """Begin; ``finished`` brings the result, ``failed`` the sentence of what is refused."""
        self.cancel()
        self._job = self._office.read(
            partial(work, self._tell), self.finished.emit, self, self._refused, much=True
        )

    def cancel(self) -> None:
        """Stop what is under way; nothing of it is kept and nothing of it is told."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _tell(self, done: int, whole: int) -> None:
        if done % _STEP == 0 or done == whole:
            self.progressed.emit(done, whole)

    def _refused(self, error: Refusal | None) -> None:
        self.failed.emit(error.message if error else "")


_STEP = 20
"""Rows between two signs of progress."""
