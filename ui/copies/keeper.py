"""What keeps the desk safe while the clerk works: copies, proofs, a check each month. Never in her way."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject, Signal

from hazard_desk.desk import Desk
from hazard_desk.rules.dates import show_moment
from ui.copies.safety import Safety
from ui.jobs import Refusal
from ui.office import Office
from ui.widgets.basics import pause

_log = logging.getLogger(__name__)
_AFTER_MS = 3_000
"""After the start the pages come first."""
_IDLE_MS = 60_000


class Keeper(QObject):
    """Works from ``start`` to ``stop``. A sample desk is not copied; nobody would miss it."""

    found = Signal(object)
    """The monthly check found something: a list of sentences."""

    def __init__(self, office: Office, safety: Safety, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._safety = safety
        self._working = False
        self._begin = pause(_AFTER_MS, self.look_after, self)
        self._idle = pause(_IDLE_MS, self.rest, self)
        office.changed.connect(self._heed)

    def start(self) -> None:
        """Begin, a moment after the window is there."""
        self._working = True
        self._begin.start()
        self._idle.start()

    def stop(self) -> None:
        """Begin nothing more; what is under way ends, for another time."""
        self._working = False
        self._begin.stop()
        self._idle.stop()
        self._office.keeping.stop()

    def new_day(self) -> None:
        """Midnight has passed with the window open."""
        if self._working:
            self._begin.start()

    def look_after(self) -> None:
        """Do what the day asks for: a copy, the proof of what is new, each month a check of everything."""
        desk, keep = self._office.desk, self._office.keep
        if desk.sample:
            return
        keep(partial(copy_if_due, desk), self._copied, self, self._not_copied)
        keep(partial(desk.copies.prove, desk.cabinet.clock.now), self._proved, self, self._not_proved)
        if self._safety.wants_check(desk.today):
            keep(desk.check, self._checked, self, self._not_proved)

    def rest(self) -> None:
        """Nothing happened for a while: bring everything into the one file of the database."""
        self._office.keep(self._office.desk.cabinet.checkpoint, _nothing, self, self._not_proved)

    def _heed(self) -> None:
        if self._working:
            self._idle.start()

    def _copied(self, made: bool) -> None:
        if made:
            self._safety.keep_failed("")
            self._office.tell_of_copies()

    def _not_copied(self, error: Refusal | None) -> None:
        if error is not None:
            self._safety.keep_failed(not_made(self._office.desk, error))
            self._office.tell_of_copies()

    def _proved(self, found: list[str]) -> None:
        if found:
            self._safety.keep_proof(found)
        self._office.tell_of_copies()

    def _checked(self, found: list[str]) -> None:
        self._safety.keep_found(found, self._office.today)
        self._office.tell_of_copies()

    def _not_proved(self, error: Refusal | None) -> None:
        if error is not None:
            _log.warning("%s", error.message)


def copy_if_due(desk: Desk) -> bool:
    """Make a copy in every place that is there, when something changed since the last; whether one was made.

    Raises ``Trouble`` where none could be made.
    """
    due = desk.copies.due()
    if due:
        desk.copies.make(thorough=False)
    return due


def not_made(desk: Desk, error: Refusal) -> str:
    """Log why a copy was not made by itself, and return the sentence for the first page."""
    _log.warning("no copy was made: %s", error.message)
    return f"{show_moment(desk.cabinet.clock.now)}自动备份时，{error.message}"


def _nothing(_: object) -> None:
    """Nobody waits for it."""
