"""How long the event loop of the window is held: each event is timed, the longest is what the clerk feels."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from time import perf_counter, thread_time

from PySide6.QtCore import QEvent, QObject, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from ui.jobs import Jobs
from ui.office import Office
from ui.window import MainWindow

_QUIET_MS = 400
"""So long nothing is under way until an act counts as over: pauses of typing and of choosing are shorter."""
_STEP_MS = 10
LONGEST_MS, FIRST_MS = 50.0, 100.0
"""So long an event may take, and that in which a page is painted for the first time."""
_WEIGHED = 20_000


@dataclass
class Held:
    """One act: the longest of its events on the window's thread, in milliseconds."""

    act: str
    longest: float = LONGEST_MS
    """So long its events may take."""
    events: int = 0
    within: int = 0
    """Events within the one that is under way."""
    cpu: float = 0
    """Of the event that used most time of the processor."""
    wall: float = 0
    """Of the event that took longest, however busy the machine was."""
    what: str = ""
    """The event that used most."""

    def line(self) -> str:
        """Return what came out as a line of the table."""
        return f"{self.cpu:7.1f} {self.wall:7.1f} {self.events:7}  {self.act}  ({self.what})"


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
    judged: int = 0
    """How many of the acts ``too_long`` has told of."""

    @contextmanager
    def act(self, name: str, longest: float = LONGEST_MS) -> Iterator[Held]:
        """Measure what is done inside and all that follows from it."""
        self.app.act = held = Held(name, longest)
        self.acts.append(held)
        yield held
        self.settle()
        self.app.act = None

    def do(self, name: str, work: Callable[[], object], longest: float = LONGEST_MS) -> Held:
        """Measure what is done as one event."""
        with self.act(name, longest) as held:
            QTimer.singleShot(0, self.office, work)
        return held

    def settle(self) -> None:
        """Return once nothing is under way in the background, nor waits for a pause of the clerk."""
        pools = self.office.findChildren(QThreadPool) + self.office.jobs.findChildren(QThreadPool)
        quiet = 0
        while quiet < _QUIET_MS:
            QTest.qWait(_STEP_MS)
            quiet = 0 if any(pool.activeThreadCount() for pool in pools) else quiet + _STEP_MS

    def too_long(self) -> list[str]:
        """Return the lines of the acts that held the window too long, of those since it was last asked."""
        new, self.judged = self.acts[self.judged :], len(self.acts)
        return [one.line() for one in new if one.cpu > one.longest]

    def table(self) -> str:
        """Return what came out, a line for each act, the longest first."""
        told = [one.line() for one in sorted(self.acts, key=lambda one: -one.cpu)]
        return "\n".join(["  cpu ms wall ms  events  act (its longest event)", *told])


@contextmanager
def watching(desk: Desk, app: QApplication) -> Iterator[Watch]:
    """Give out what measures the window of a desk; print its table in the end."""
    assert isinstance(app, Watched)
    office = Office(desk, Jobs())
    watch = Watch(app, office)
    app.weigh()
    yield watch
    print(f"\n{desk.hazards.count(Query()):,} hazards\n{watch.table()}")
    office.stop()


@contextmanager
def opened(watch: Watch) -> Iterator[MainWindow]:
    """Open the window as large as hers, and hold it as the program does."""
    with watch.act("the window opens", FIRST_MS):
        window = MainWindow(watch.office)
        window.resize(1366, 768)
        window.show()
    import_module("hazard_desk.papers.catalogue")  # as the program does once its window is there
    gc.collect()
    gc.freeze()
    yield window
    gc.unfreeze()
    window.close()
