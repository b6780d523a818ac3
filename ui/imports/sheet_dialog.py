"""A dialog that works on sheets: they may be dropped on it, and are read away from the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.imports.work import SheetWork, Work
from ui.office import Office
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog


class SheetDialog(Dialog):
    """Its ``work``, how far that is, what came of it and what was wrong; subclasses take the files."""

    help_key = "sheets"

    def __init__(self, office: Office, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setAcceptDrops(True)
        self._office = office
        self.work = SheetWork(office, self)
        self.work.progressed.connect(self._progressed)
        self.told = label("", self, "heading", wrap=True)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.hide()

    def take_files(self, files: list[Path]) -> None:
        """Go on with files that were dropped."""
        raise NotImplementedError

    def begin(self, work: Work) -> None:
        """Begin; what was wrong before is forgotten."""
        self.problem.hide()
        self.progress.setRange(0, 0)
        self.work.start(work)

    def reject(self) -> None:
        """Close; what is under way is stopped."""
        self.work.cancel()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := files_in(event):
            self.take_files(files)

    def _progressed(self, done: int, whole: int) -> None:
        self.progress.setRange(0, whole)
        self.progress.setValue(done)


def files_in(event: QDropEvent) -> list[Path]:
    """Return the files that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
