"""Files that are dropped anywhere in the window: photos find their records, and the clerk is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from hazard_desk.capture.photos import PlacedPhoto, place_photos
from ui.attachments.attached import sources_in
from ui.capture.photos_dialog import PhotosDialog, read_pictures
from ui.office import Office


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
        """Look where the files may belong, and ask."""
        self._office.read(partial(self._place, list(files), self._in_sight()), self._ask, self)

    def _place(self, files: list[Path], open_record: str) -> tuple[list[PlacedPhoto], list[bytes | None]]:
        return place_photos(self._office.desk.books, files, open_record), read_pictures(files)

    def _ask(self, found: tuple[list[PlacedPhoto], list[bytes | None]]) -> None:
        PhotosDialog(self._office, *found, self._window).open()
