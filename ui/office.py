"""What every page gets: the desk, a way to perform an act, and ways to read that tell when to read anew."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.acts import Change
from ui.jobs import Failed, Job, Jobs
from ui.reader import Reader, tables_of
from ui.trouble import show_refusal

Read = TypeVar("Read")


class NoticeLook(StrEnum):
    """How a quiet sentence looks."""

    DONE = "done"
    TOLD = "told"
    FAILED = "failed"


_DONE = object()
COPIES = "copies"
"""What is kept of the copies, told of as if it were a table; whoever shows it reads it by this name."""


class Office(QObject):
    """The desk as the window holds it. Whoever shows what is read from it is told when that may be old."""

    changed = Signal(object)
    """Tables that a committed act wrote; None when anything may be different: another day, a backup."""
    acted = Signal(object)
    """The change that a committed act made."""
    noticed = Signal(str, object)
    """A quiet sentence, and the act that it tells of or how it looks (``NoticeLook``)."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._warning = ""
        self.jobs = jobs
        self.keeping = Jobs(self, jobs.synchronous, threads=1)
        """Copies, proofs and checks: one after the other, beside the reading for pages."""

    @property
    def today(self) -> date:
        """The desk's day."""
        return self.desk.today

    def perform(self, act: Callable[[], Change]) -> Change:
        """Do one act; once it is committed tell it to everybody. Raises what the core raises."""
        change = act()
        self.tell(change)
        return change

    def attempt(self, act: Callable[[], Change], parent: QWidget) -> bool:
        """Do one act and say what was done, else why not; return whether it was done."""
        try:
            self.announce(act())
        except (Refused, Trouble) as error:
            show_refusal(error, parent)
            return False
        return True

    def tell(self, change: Change) -> None:
        """Tell everybody of an act that was committed, and the clerk what she should know besides."""
        self.changed.emit(frozenset(change.touched))
        self.acted.emit(change)
        if change.warning:
            self._warning = change.warning
            QTimer.singleShot(0, self, self._warn)

    def announce(self, change: Change) -> None:
        """Tell everybody of an act that was committed, and the clerk what was done."""
        self.tell(change)
        self.notice(change.title, change)

    def tell_of_copies(self) -> None:
        """Tell everybody that a copy was made, proved, lost or found wanting."""
        self.changed.emit(frozenset((COPIES,)))

    def renew(self) -> None:
        """Tell everybody that anything may be different, though no act changed it."""
        self.changed.emit(None)

    def keep_true(self, reader: Reader) -> None:
        """From now on have a reader read anew what is no longer true."""
        self.changed.connect(reader.age)

    def read(
        self,
        work: Callable[[], Read],
        then: Callable[[Read], object],
        owner: QObject,
        failed: Failed | None = None,
        much: bool = False,
    ) -> Job:
        """Run work on a worker thread with its own connection; hand the result to ``then``.

        ``much`` is work that makes or writes thousands of things: the window is not halted by it.
        """
        run = self._undisturbed if much else self._read
        return self.jobs.run(partial(run, work, tables_of(owner)), then, owner, failed)

    def keep(
        self,
        work: Callable[[], Read],
        then: Callable[[Read], object],
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Run work on copies on the one thread that does nothing else, after what was begun before."""
        return self.keeping.run(partial(self._undisturbed, work, tables_of(owner)), then, owner, failed)

    def keep_now(
        self,
        work: Callable[[], Read],
        then: Callable[[Read], object],
        owner: QObject,
        failed: Failed | None = None,
    ) -> Job:
        """Do the same because the clerk asks for it: what began by itself gives way, for another time."""
        self.keeping.cancel()
        return self.keep(work, then, owner, failed)

    def stop(self) -> None:
        """End all work in the background; nothing is delivered after this."""
        self.keeping.stop()
        self.jobs.stop()

    def read_anew(self, work: Callable[[], Read], then: Callable[[Read], object], reader: Reader) -> None:
        """Read what a reader shows; what it asked for before and did not get yet would be older: dropped."""
        if reader.asked is not None:
            reader.asked.cancel()
        reader.asked = self.read(work, then, reader)

    def read_now(self, work: Callable[[], Read], owner: QObject) -> Read:
        """Read a little at once, for ``owner`` to show, and return it. Raises what the core raises."""
        return self._read(work, tables_of(owner))

    def in_turn(self, steps: Iterator[object], owner: QObject) -> Job:
        """Do the steps one after the other, each in an event of its own, reading a little at once in each."""

        def step() -> bool:
            return self.read_now(partial(next, steps, _DONE), owner) is not _DONE

        return self.jobs.in_turn(step, owner)

    def notice(self, sentence: str, about: NoticeLook | Change = NoticeLook.TOLD) -> None:
        """Show a quiet sentence for some seconds, with the warning of the act that it tells of.

        What tells of an act offers to take it back.
        """
        self.noticed.emit("。".join(one for one in (sentence, self._warning) if one), about)
        self._warning = ""

    def _undisturbed(self, work: Callable[[], Read], tables: set[str]) -> Read:
        """Do it without collecting garbage: it makes much, and each full pass halts the window 0.2 s."""
        gc.disable()
        try:
            return self._read(work, tables)
        finally:
            gc.enable()

    def _warn(self) -> None:
        """Nobody told of the act: the warning stands by itself."""
        if self._warning:
            self.notice("")

    def _read(self, work: Callable[[], Read], tables: set[str]) -> Read:
        with self.desk.cabinet.reading() as read:
            try:
                return work()
            finally:
                tables.update(read)
