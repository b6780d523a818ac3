"""The copy when the window is closed: the window goes at once, the copy is finished behind it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.copies.keeper import copy_if_due, not_made
from ui.copies.safety import Safety
from ui.jobs import Refusal
from ui.office import Office
from ui.style import ROOM
from ui.widgets.basics import button, label, pause
from ui.widgets.layouts import Stretch, across, down

_NOTE_MS = 1_000
"""A copy that takes longer tells of itself."""


class Leaving(QObject):
    """Makes the copy that is due; after a second a small note tells of it, and can cancel it."""

    def __init__(self, office: Office, safety: Safety) -> None:
        super().__init__(office)
        self._office = office
        self._safety = safety
        self.note = LeavingNote()
        self._soon = pause(_NOTE_MS, self.note.show, self)

    def finish(self) -> None:
        """Return when the copy is made, cancelled or failed; what failed is told on the next first page."""
        desk = self._office.desk
        if desk.sample:
            return
        desk.tell_others("上次关闭时的备份还没有写完，请过一会儿再打开")
        job = self._office.keep(partial(copy_if_due, desk), self._made, self, self._failed)
        self.note.cancel_button.clicked.connect(job.cancel)
        self._soon.start()
        while not job.finished:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._soon.stop()
        self.note.deleteLater()

    def _made(self, made: bool) -> None:
        if made:
            self._safety.keep_failed("")

    def _failed(self, error: Refusal | None) -> None:
        if error is not None:
            self._safety.keep_failed(not_made(self._office.desk, error))


class LeavingNote(QWidget):
    """The small note; closing it leaves the copy to be finished."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Dialog)
        self.setWindowTitle("隐患工作台")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.told = label("正在备份，可以离开", self, "heading")
        self.cancel_button = button("取消备份", self, self.close)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        why = label("写完后程序自己关闭；现在取消，下次打开时再备份。", self, "soft")
        foot = across(Stretch(), self.cancel_button)
        down(self.told, why, bar, foot, within=self, edges=ROOM, gap=12)
