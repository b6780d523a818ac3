"""What stands where a list would be when there is nothing to list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.icons import icon
from ui.style import GAP, INK_FAINT
from ui.widgets.basics import label
from ui.widgets.layouts import Stretch, lay


class Empty(QWidget):
    """A quiet picture and a sentence that says what to do."""

    def __init__(self, sentence: str, parent: QWidget, picture: str = "empty") -> None:
        super().__init__(parent)
        shown = QLabel(self)
        shown.setPixmap(icon(picture, INK_FAINT).pixmap(QSize(40, 40)))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence = label(sentence, self, "soft", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        lay(layout, Stretch(), shown, self.sentence)
        layout.addStretch(2)

    def say(self, sentence: str) -> None:
        """Put another sentence."""
        self.sentence.setText(sentence)
