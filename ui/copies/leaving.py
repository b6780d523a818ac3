"""When the window is closed: the copy is finished behind it, and what was done today is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from hazard_desk.figures.inbox.evening import evening
from ui.copies.keeper import copy_if_due, not_made
from ui.copies.safety import Safety
from ui.jobs import Refusal
from ui.office import Office
from ui.style import ROOM, sized
from ui.widgets.basics import button, label, pause, say
from ui.widgets.layouts import Stretch, across, down

_NOTE_MS = 1_000
"""A copy that takes longer tells of itself."""
STAY_MS = 6_000
"""How long the day stays to be read; any key or a click sends it away."""


class Leaving(QObject):
    """Makes the copy that is due and tells of the day; a copy under way can be cancelled.

    Where nothing was done today, a small note tells of a copy that takes longer than a second.
    """

    def __init__(self, office: Office, safety: Safety, for_today: bool = True) -> None:
        """``for_today``: she goes, and not only to another desk."""
        super().__init__(office)
        self._office = office
        self._safety = safety
        self._for_today = for_today
        self.note = LeavingNote()
        self._soon = pause(_NOTE_MS, self.note.show, self)
        self._stay = pause(STAY_MS, self.note.close, self)

    def finish(self) -> None:
        """Return when the copy is made, cancelled or failed; what failed is told on the next first page."""
        desk = self._office.desk
        if desk.sample:
            return
        desk.tell_others("上次关闭时的备份还没有写完，请过一会儿再打开")
        self._soon.start()
        jobs = [self._office.keep(partial(copy_if_due, desk), self._made, self, self._failed)]
        if self._for_today:
            jobs.append(self._office.read(lambda: evening(desk.books).sentences, self._tell_day, self))
        for job in jobs:
            self.note.cancel_button.clicked.connect(job.cancel)
        self._wait(lambda: not all(job.finished for job in jobs))
        self._soon.stop()
        if self.note.day.text() and self.note.isVisible():
            self.note.tell_done(self._safety.failed)
            self._stay.start()
            self._wait(self.note.isVisible)
        self.note.deleteLater()

    def _wait(self, going_on: Callable[[], bool]) -> None:
        while going_on():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _tell_day(self, sentences: list[str]) -> None:
        if sentences:
            self.note.tell_day(sentences)
            self.note.show()

    def _made(self, made: bool) -> None:
        if made:
            self._safety.keep_failed("")

    def _failed(self, error: Refusal | None) -> None:
        if error is not None:
            self._safety.keep_failed(not_made(self._office.desk, error))


class LeavingNote(QWidget):
    """The small note; closing it leaves the copy to be finished. Any key closes it."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Dialog)
        self.setWindowTitle("隐患工作台")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.told = label("正在备份，可以离开", self, "heading")
        self.cancel_button = button("取消备份", self, self.close)
        self.close_button = button("关闭", self, self.close, role="primary")
        self.close_button.hide()
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.day = label("", self, wrap=True)
        self.day.hide()
        self._why = label("写完后程序自己关闭；现在取消，下次打开时再备份。", self, "soft", wrap=True)
        foot = across(Stretch(), self.cancel_button, self.close_button)
        down(self.told, self.day, self._why, self._bar, foot, within=self, edges=ROOM, gap=12)
        sized(self, least_width=440)

    def tell_day(self, sentences: Sequence[str]) -> None:
        """Tell what was done today and what comes tomorrow."""
        say(self.day, "\n".join(sentences))

    def tell_done(self, failed: str) -> None:
        """Tell that the copy is there, or why it is not."""
        self.told.setText(failed or "备份已写好，明天见")
        for widget in (self._bar, self._why, self.cancel_button):
            widget.hide()
        self.close_button.show()
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Esc and any other key send it away."""
        self.close()
