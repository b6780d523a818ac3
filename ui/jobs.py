"""Work outside the GUI thread: run a function on a pool, get its result back on the GUI thread.

A job belongs to an owner (a QObject). When the owner is gone the result is dropped.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal
from shiboken6 import isValid

Result = TypeVar("Result")
Done = Callable[[Any], object]
Failed = Callable[[BaseException], None]


class Job:
    """One piece of work under way. The work may look at ``cancelled``."""

    def __init__(self, owner: QObject, then: Done, failed: Failed | None) -> None:
        self.owner = owner
        self.then = then
        self.failed = failed
        self.finished = False
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether nobody wants the result any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; its result is dropped in any case."""
        self._cancelled.set()


class Jobs(QObject):
    """Starts jobs. ``synchronous=True`` does everything at once on the calling thread (for tests)."""

    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, synchronous: bool = False) -> None:
        super().__init__(parent)
        self._synchronous = synchronous
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._running: set[Job] = set()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Start ``work``; later call ``then(result)`` or ``failed(error)`` on this thread, if owner lives."""
        job = Job(owner, then, failed)
        self._running.add(job)
        if self._synchronous:
            self._deliver(job, *_outcome(work))
        else:
            self._pool.start(partial(self._work, job, work))
        return job

    def wait(self) -> None:
        """Return when no job is left and every result has been delivered."""
        while self._running:
            self._pool.waitForDone(-1)
            QCoreApplication.sendPostedEvents(self)
            QCoreApplication.processEvents()

    def stop(self) -> None:
        """Cancel everything and return when no thread works any more; nothing is delivered after this."""
        for job in self._running:
            job.cancel()
        self._pool.waitForDone(-1)
        self._running.clear()

    def _work(self, job: Job, work: Callable[[], Any]) -> None:
        outcome = (None, None) if job.cancelled else _outcome(work)
        if isValid(self):
            self._finished.emit(job, *outcome)

    def _deliver(self, job: Job, result: Any, error: BaseException | None) -> None:
        self._running.discard(job)
        job.finished = True
        if job.cancelled or not isValid(job.owner):
            return
        if error is None:
            job.then(result)
        elif job.failed is not None:
            job.failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


def _outcome(work: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return work(), None
    except Exception as error:  # handed over to the GUI thread, which shows or logs it
        logging.getLogger(__name__).debug("job failed", exc_info=error)
        return None, error
