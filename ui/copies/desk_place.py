"""The second place of copies of an open desk."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.copies.places import SecondPlace
from ui.copies.reading import second_of
from ui.jobs import Refusal
from ui.office import Office
from ui.trouble import show_refusal


class DeskPlace(SecondPlace):
    """The second place of an open desk: what the clerk takes is kept at once."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office.desk.folder, parent)
        self._office = office
        self.chosen.connect(self._keep)

    def refresh(self) -> None:
        """Read it anew, in the background: a share that does not answer takes a while."""
        self._office.read(partial(second_of, self._office.desk), self._show, self)

    def _show(self, read: tuple[Path | None, str]) -> None:
        self.show_place(*read)

    def _keep(self, place: Path | None) -> None:
        work = partial(self._office.desk.copies.set_second, place)
        self._office.keep_now(work, self._kept, self, self._not_kept)

    def _kept(self, _: object) -> None:
        self.refresh()
        self._office.tell_of_copies()

    def _not_kept(self, error: Refusal | None) -> None:
        self.refresh()
        if error is not None:
            show_refusal(error, self)
