"""What every dialog of the window is: gone when it is closed, never larger than what it stands over."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QToolButton, QWidget

from hazard_desk.rules.fields import Field
from ui.focus.reading_order import move_on
from ui.memory import Memory
from ui.style import px
from ui.widgets.basics import button, field_at

_EDGE = 40
"""Pixels of the window that are seen beside and above a dialog, together."""


@runtime_checkable
class Manual(Protocol):
    """What opens the manual: the window does, a dialog hands it on to what it stands over."""

    def open_manual(self, key: str) -> None:
        """Open it at the chapter that names ``key``, '' for that of the page that is seen."""

    def explain(self, field: Field) -> None:
        """Open it at the line about a field."""


class Dialog(QDialog):
    """A dialog ``over`` the window of ``parent``, which outlives it.

    One without a parent stands by itself, and lives as long as who made it wants.
    """

    help_key = ""
    """What the manual calls it, for F1 to open the right chapter; '' for that of what it stands over."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.over = self if parent is None else parent.window()
        self._called = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, parent is not None)
        self.setWindowTitle(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; elsewhere the main one. F1 opens the manual."""
        button = self.focusWidget()
        if event.key() == Qt.Key.Key_F1:
            self._ask_manual()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            button, QPushButton | QToolButton
        ):
            button.click()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes on in reading order."""
        return move_on(self, next)

    def open_manual(self, key: str) -> None:
        """Have the window open the manual."""
        if self.over is not self and isinstance(self.over, Manual):
            self.over.open_manual(key or self.help_key)

    def explain(self, field: Field) -> None:
        """Have the window open the manual at the line about a field."""
        if self.over is not self and isinstance(self.over, Manual):
            self.over.explain(field)

    def _ask_manual(self) -> None:
        field = field_at(self.focusWidget())
        if field is None:
            self.open_manual("")
        else:
            self.explain(field)

    def closer(self) -> QPushButton:
        """Return the button 关闭, which Enter presses."""
        made = button("关闭", self, self.accept)
        made.setDefault(True)
        return made

    def take_room(self, width: int, height: int, name: str = "") -> None:
        """Be this large, in pixels at 100 percent, or as large as the window allows.

        Under a name it is as large as last time.
        """
        self._called = name
        width, height = px(width), px(height)
        memory = self._memory()
        kept = memory.text(f"size/{name}").split("x") if memory else []
        if len(kept) == 2 and all(map(str.isdigit, kept)):
            width, height = map(int, kept)
        self.fit(width, height)

    def fit(self, width: int, height: int) -> None:
        """Be so many pixels large, or as large as the window allows."""
        room = self.over.size()
        self.resize(min(width, room.width() - _EDGE), min(height, room.height() - _EDGE))

    def done(self, result: int) -> None:
        """Close, and remember the size."""
        if memory := self._memory():
            memory.keep_text(f"size/{self._called}", f"{self.width()}x{self.height()}")
        super().done(result)

    def _memory(self) -> Memory | None:
        """What the window remembers; None for a dialog whose size is not worth that."""
        return self.over.findChild(Memory) if self._called else None
