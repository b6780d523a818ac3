"""How long the event loop of the window is held: each event is timed, the longest is what the clerk feels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter, thread_time

from PySide6.QtCore import QEvent, QObject, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.office import Office

_QUIET_MS = 400
"""So long nothing is under way until an act counts as over: pauses of typing and of choosing are shorter."""
_STEP_MS = 10
_WEIGHED = 20_000


@dataclass
class Held:
    """One act: the longest of its events on the window's thread, in milliseconds."""

    act: str
    events: int = 0
    within: int = 0
    """Events within the one that is under way."""
    cpu: float = 0
    """Of the event that used most time of the processor."""
    wall: float = 0
    """Of the event that took longest, however busy the machine was."""
    what: str = ""
    """The event that used most."""


class Watched(QApplication):
    """Times every event from outside; events within an event are part of it."""

    timing = False
    act: Held | None = None
    cost = 0.0
    """Milliseconds that the watching itself takes of an event within an event."""

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self.act is None:
            return super().notify(receiver, event)
        if self.timing:
            self.act.within += 1
            return super().notify(receiver, event)
        act, kind, name = self.act, event.type(), type(receiver).__name__
        self.timing, act.within = True, 0
        wall, cpu = perf_counter(), thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            watching = act.within * self.cost
            cpu, wall = (thread_time() - cpu) * 1000 - watching, (perf_counter() - wall) * 1000 - watching
            self.timing = False
            act.events += 1
            act.wall = max(act.wall, wall)
            if cpu > act.cpu:
                act.cpu, act.what = cpu, f"{name} {kind.name}"

    def weigh(self) -> None:
        """Find out what the watching costs, so that it is not counted."""
        self.act, self.timing = Held(""), True
        receiver, event = QObject(), QEvent(QEvent.Type.User)
        taken = []
        for send in (partial(self.sendEvent, receiver, event), partial(super().notify, receiver, event)):
            began = thread_time()
            for _ in range(_WEIGHED):
                send()
            taken.append((thread_time() - began) * 1000 / _WEIGHED)
        self.act, self.timing, self.cost = None, False, taken[0] - taken[1]


@dataclass
class Watch:
    """Measures acts one after the other; ``acts`` holds what came out."""

    app: Watched
    office: Office
    acts: list[Held] = field(default_factory=list)

    @contextmanager
    def act(self, name: str) -> Iterator[Held]:
        """Measure what is done inside and all that follows from it."""
        self.app.act = held = Held(name)
        self.acts.append(held)
        yield held
        self.settle()
        self.app.act = None

    def do(self, name: str, work: Callable[[], object]) -> Held:
        """Measure what is done as one event."""
        with self.act(name) as held:
            QTimer.singleShot(0, self.office, work)
        return held

    def settle(self) -> None:
        """Return once nothing is under way in the background, nor waits for a pause of the clerk."""
        pools = self.office.findChildren(QThreadPool) + self.office.jobs.findChildren(QThreadPool)
        quiet = 0
        while quiet < _QUIET_MS:
            QTest.qWait(_STEP_MS)
            quiet = 0 if any(pool.activeThreadCount() for pool in pools) else quiet + _STEP_MS

    def table(self) -> str:
        """Return what came out, a line for each act, the longest first."""
        lines = sorted(self.acts, key=lambda one: -one.cpu)
        told = [f"{one.cpu:7.1f} {one.wall:7.1f} {one.events:7}  {one.act}  ({one.what})" for one in lines]
        return "\n".join(["  cpu ms wall ms  events  act (its longest event)", *told])
