"""Files dropped anywhere in the window: signed papers are filed by their codes, the rest is asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from hazard_desk.capture.photos import PlacedPhoto, place_photos
from ui.attachments.attached import sources_in
from ui.capture.photos_dialog import PhotosDialog, read_pictures
from ui.office import Office

if TYPE_CHECKING:
    from hazard_desk.scans.recognising import Recognised

_Found = tuple["Recognised", list[PlacedPhoto], list[bytes | None]]


class Dropping(QObject):
    """Takes what is dropped on ``window`` where nothing nearer takes it."""

    def __init__(self, office: Office, window: QWidget, in_sight: Callable[[], str]) -> None:
        """``in_sight`` tells the record (ledger/id) that is open, '' for none."""
        super().__init__(window)
        self._office, self._window, self._in_sight = office, window, in_sight
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        for box in window.findChildren(QLineEdit):
            box.setAcceptDrops(False)  # it would take the path of a photo for a text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files are welcome wherever they are dropped."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        files = [one for one in sources_in(event.mimeData()) if isinstance(one, Path)]
        if files:
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.take(files)
        return bool(files)

    def take(self, files: Sequence[Path]) -> None:
        """Look which are signed papers and file them; look where the others may belong, and ask."""
        self._office.read(partial(self._look, list(files), self._in_sight()), self._found, self)

    def _look(self, files: list[Path], open_record: str) -> _Found:
        from hazard_desk.scans.recognising import recognise  # what reads scans comes when it is wanted

        books = self._office.desk.books
        found = recognise(books, files)
        placed = place_photos(books, found.asked, open_record, found.near)
        return found, placed, read_pictures(found.asked)

    def _found(self, found: _Found) -> None:
        """File what is known, in one act; ask about the rest."""
        known, placed, pictures = found
        if known.signed:
            file = partial(self._office.desk.attachments.add_each, known.signed, known.title)
            self._office.attempt(file, self._window)
        if placed:
            PhotosDialog(self._office, placed, pictures, self._window, known.told).open()
        elif known.told:
            self._office.notice("；".join(known.told))
