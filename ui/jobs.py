"""Work outside the GUI thread: run a function on a pool, get its result back on the GUI thread.

A job belongs to an owner (a QObject). When the owner is gone the work stops and its result is dropped.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, QTimer, Signal
from shiboken6 import isValid

from hazard_desk.errors import Refused, Trouble
from hazard_desk.stopping import Stopped, while_wanted

Result = TypeVar("Result")
Outcome = Callable[[], object] | BaseException
"""What hands the result over, or why there is none."""
Refusal = Refused | Trouble
Failed = Callable[[Refusal | None], None]
"""Told why there is no result; None is a bug, which is told elsewhere."""


class Job:
    """One piece of work under way; long work stops when it is no longer ``wanted``."""

    def __init__(self, owner: QObject, failed: Failed | None) -> None:
        self.owner = owner
        self.failed = failed
        self.finished = False
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether nobody wants the result any more."""
        return self._cancelled.is_set()

    def wanted(self) -> bool:
        """Whether somebody waits for the result; may be asked from any thread."""
        return not self.cancelled and isValid(self.owner)

    def cancel(self) -> None:
        """Ask the work to stop; its result is dropped in any case."""
        self._cancelled.set()


class Jobs(QObject):
    """Starts jobs, at most ``threads`` at a time, the first asked for first.

    ``synchronous=True`` does everything at once on the calling thread (for tests).
    """

    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None, synchronous: bool = False, threads: int = 2) -> None:
        super().__init__(parent)
        self.synchronous = synchronous
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running: set[Job] = set()
        self._turns: deque[tuple[Job, Callable[[], bool]]] = deque()
        self._turn = QTimer(self, interval=0)  # no single shots: those may all be done before the next key
        self._turn.timeout.connect(self._take_turn)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Start ``work``; later call ``then(result)`` or ``failed(why)`` on this thread, if owner lives."""
        job = Job(owner, failed)
        self._running.add(job)
        if self.synchronous:
            self._deliver(job, _outcome(work, then))
        else:
            self._pool.start(partial(self._work, job, partial(_outcome, work, then)))
        return job

    def in_turn(self, step: Callable[[], bool], owner: QObject) -> Job:
        """Call ``step`` until nothing is left, each time in an event of its own, while ``owner`` lives.

        For what only this thread can do, as making hundreds of widgets: the window is painted and takes
        keys in between.
        """
        job = Job(owner, None)
        if self.synchronous:
            while step():
                pass
            return job
        self._running.add(job)
        self._turns.append((job, step))
        self._turn.start()
        return job

    def wait(self) -> None:
        """Return when no job is left and every result has been delivered."""
        while self._running:
            self._pool.waitForDone(-1)
            QCoreApplication.sendPostedEvents(self)
            QCoreApplication.processEvents()

    def cancel(self) -> None:
        """Cancel everything that is under way or waits."""
        for job in self._running:
            job.cancel()

    def stop(self) -> None:
        """Cancel everything and return when no thread works any more; nothing is delivered after this."""
        self.cancel()
        self._pool.waitForDone(-1)
        self._running.clear()
        self._turns.clear()
        self._turn.stop()

    def _take_turn(self) -> None:
        job, step = self._turns.popleft()
        try:
            if job.wanted() and step():
                self._turns.append((job, step))
        finally:
            if not self._turns:
                self._turn.stop()
            if all(job is not other for other, _ in self._turns):
                job.finished = True
                self._running.discard(job)

    def _work(self, job: Job, done: Callable[[], Outcome]) -> None:
        with while_wanted(job.wanted):
            outcome = done() if job.wanted() else None
        if isValid(self):
            self._finished.emit(job, outcome)

    def _deliver(self, job: Job, outcome: Outcome | None) -> None:
        self._running.discard(job)
        job.finished = True
        if outcome is None or isinstance(outcome, Stopped) or not job.wanted():
            return
        if not isinstance(outcome, BaseException):
            outcome()
            return
        ours = outcome if isinstance(outcome, Refusal) else None
        if job.failed is not None:
            job.failed(ours)
        if job.failed is None or ours is None:
            sys.excepthook(type(outcome), outcome, outcome.__traceback__)


def _outcome(work: Callable[[], Result], then: Callable[[Result], object]) -> Outcome:
    try:
        return partial(then, work())
    except Exception as error:  # handed over to the GUI thread, which shows or logs it
        logging.getLogger(__name__).debug("job failed", exc_info=error)
        return error
