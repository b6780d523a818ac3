"""The one line that says what would be lost now, and the button that makes it nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ui.icons import icon
from ui.style import ACCENT, ROOM
from ui.tones import AMBER, RED
from ui.widgets.basics import button, label, restyle
from ui.widgets.layouts import Stretch, across

_INKS = {"amber": AMBER.ink, "red": RED.ink}


class FirstLine(QFrame):
    """Says it in the tone it has: plain, amber, red. ``wanted`` asks for a copy, ``look_wanted`` for more."""

    wanted = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._mark = QLabel(self)
        self.told = label("", self, wrap=True)
        self.look_button = button("查看", self, self.look_wanted.emit, role="quiet")
        self.look_button.hide()
        self.make_button = button("立即备份", self, self.wanted.emit, "backup")
        across(
            self._mark,
            Stretch(self.told),
            self.look_button,
            self.make_button,
            within=self,
            edges=(ROOM, 7, 12, 7),
        )
        self.show_sentence("", "")

    @property
    def tone(self) -> str:
        """The tone as it is shown."""
        return str(self.property("tone") or "")

    def show_sentence(self, sentence: str, tone: str) -> None:
        """Say a sentence; the tone is '' for plain, amber or red."""
        self.told.setText(sentence)
        for widget in (self, self.told):
            restyle(widget, "tone", tone)
        mark = icon("warning" if tone else "backup", _INKS.get(tone, ACCENT))
        self._mark.setPixmap(mark.pixmap(QSize(20, 20)))
