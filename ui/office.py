"""What every page gets: the desk, a way to perform an act, and a way to read in the background."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.acts import Change
from ui.jobs import Done, Failed, Job, Jobs
from ui.trouble import show_refusal


class Office(QObject):
    """The desk as the window holds it. ``changed`` tells every committed act to whoever listens."""

    changed = Signal(object)
    noticed = Signal(str)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.jobs = jobs

    @property
    def today(self) -> date:
        """The desk's day."""
        return self.desk.today

    def perform(self, act: Callable[[], Change]) -> Change:
        """Do one act; once it is committed tell it to everybody. Raises what the core raises."""
        change = act()
        self.changed.emit(change)
        return change

    def attempt(self, act: Callable[[], Change], parent: QWidget) -> Change | None:
        """Do one act; show the core's sentence and return None when it is refused."""
        try:
            return self.perform(act)
        except (Refused, Trouble) as error:
            show_refusal(error, parent)
            return None

    def read(self, work: Callable[[], Any], then: Done, owner: QObject, failed: Failed | None = None) -> Job:
        """Run a pure read on a worker thread with its own connection; hand the result to ``then``."""
        return self.jobs.run(partial(self._reading, work), then, owner, failed)

    def notice(self, sentence: str) -> None:
        """Show a quiet sentence for some seconds."""
        self.noticed.emit(sentence)

    def _reading(self, work: Callable[[], Any]) -> Any:
        with self.desk.cabinet.reading():
            return work()
