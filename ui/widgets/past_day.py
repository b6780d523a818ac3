"""A strip over a ledger that looks back: the day it shows, and the way back to today."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind
from ui.forms.editors import DateEditor
from ui.widgets.basics import button, label
from ui.widgets.layouts import Stretch, across

_DAY = Field("as_of", "回看日期", Kind.DATE)


class PastDay(QWidget):
    """Hidden while the ledger shows today. ``changed`` tells that ``day`` is another one."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.day: date | None = None
        self.editor = DateEditor(_DAY, today, self)
        self.editor.stay_short()
        across(
            label(_DAY.label, self, "soft"),
            self.editor,
            label("按事情发生的日期计算，只能查看和导出。", self, "soft"),
            button("回到今天", self, self.end, "undo", "quiet"),
            Stretch(),
            within=self,
        )
        self.editor.edited.connect(self._take)
        self.editor.line.editingFinished.connect(self._take)
        self.hide()

    def begin(self) -> None:
        """Show the strip and let the clerk name a day."""
        self.show()
        self.editor.setFocus()

    def end(self) -> None:
        """Return to today."""
        self.editor.put(None)
        self.hide()
        self._set(None)

    def _take(self) -> None:
        try:
            day = self.editor.read()
        except Refused:
            return
        self._set(day)

    def _set(self, day: date | None) -> None:
        if day != self.day:
            self.day = day
            self.changed.emit()
