"""A quiet sentence that appears at the foot of the window and goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ui.icons import icon
from ui.style import ROOM, SURFACE
from ui.widgets.basics import label, pause
from ui.widgets.layouts import across

SHOWN_MS = 4000


class Notice(QFrame):
    """Lies over the foot of its parent; takes no focus and no clicks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("role", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark = QLabel(self)
        mark.setPixmap(icon("check", SURFACE).pixmap(QSize(18, 18)))
        self._text = label("", self)
        across(mark, self._text, within=self, edges=(ROOM, 8, ROOM, 8))
        self._timer = pause(SHOWN_MS, self.hide, self)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence as shown."""
        return self._text.text()

    def say(self, sentence: str) -> None:
        """Show a sentence for some seconds."""
        room = self._over.width() - 120
        self._text.setText(
            self._text.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, max(80, room))
        )
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 20)
