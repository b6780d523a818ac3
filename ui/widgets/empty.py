"""What stands where a list would be when there is nothing to list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.icons import icon
from ui.style import GAP, INK_FAINT
from ui.widgets.basics import button, clear, label
from ui.widgets.layouts import Stretch, across, lay

Way = tuple[str, str, Callable[[], object]]
"""The words of a button, what is said of it as its tip, what it does."""


class Empty(QWidget):
    """A quiet picture, a sentence that says what to do, and a button for each way to do it."""

    def __init__(self, sentence: str, parent: QWidget, picture: str = "empty") -> None:
        super().__init__(parent)
        self.setProperty("role", "empty")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # else its focus is not drawn
        shown = QLabel(self)
        shown.setPixmap(icon(picture, INK_FAINT).pixmap(QSize(40, 40)))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence = label(sentence, self, "soft", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.ways: list[QPushButton] = []
        self._told: tuple[str, ...] = ()
        self._acts = across()
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        lay(layout, Stretch(), shown, self.sentence, across(Stretch(), self._acts, Stretch()))
        layout.addStretch(2)

    def say(self, sentence: str, ways: Sequence[Way] = ()) -> None:
        """Put another sentence, and these buttons under it. Without buttons it is a stop of Tab itself."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if ways else Qt.FocusPolicy.StrongFocus)
        told = tuple(words for words, _, _ in ways)
        if told == self._told:
            return  # the cursor may stand on one of them
        self._told = told
        clear(self._acts)
        self.ways = [
            button(words, self, act, role="" if place else "primary")
            for place, (words, _, act) in enumerate(ways)
        ]
        for made, (_, tip, _) in zip(self.ways, ways, strict=True):
            made.setToolTip(tip)
            self._acts.addWidget(made)
            made.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focused = next((one for one in self.ways if one.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused is not None:
            focused.click()
        else:
            super().keyPressEvent(event)


class Either(QStackedWidget):
    """A list, or what is said where there is nothing to list: the focus is with what is seen."""

    def __init__(self, listing: QWidget, empty: Empty, parent: QWidget) -> None:
        super().__init__(parent)
        self._listing, self._empty = listing, empty
        self.addWidget(listing)
        self.addWidget(empty)
        self.setFocusProxy(listing)

    def show_list(self, found: bool) -> None:
        """Show the list, or else that there is nothing; the focus goes over with it."""
        part: QWidget = self._listing if found else self._empty
        seen = self._empty.ways[0] if part is self._empty and self._empty.ways else part
        focus = self.window().focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        stays = focus is not None and (focus is part or part.isAncestorOf(focus))
        self.setCurrentWidget(part)
        self.setFocusProxy(seen)
        if inside and not stays:  # what is typed in a cell of the list goes on
            seen.setFocus()
