"""The list of the inbox: arrows, J and K go through it, Enter takes the next step; space chooses several,
Ctrl+A all that have the same next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from ui.inbox.lines import InboxLine, LinePainter, Lines

_DOWN, _UP = Qt.Key.Key_J, Qt.Key.Key_K
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class InboxList(QListView):
    """``taken`` asks for the next step, ``pressed_key`` tells any other key that has a meaning."""

    taken = Signal()
    pressed_key = Signal(str)
    moved = Signal()

    def __init__(self, keys: Sequence[str], parent: QWidget) -> None:
        """``keys`` are the letters and digits that mean something."""
        super().__init__(parent)
        self._keys = set(keys)
        self.shown = Lines(self)
        self.painter = LinePainter(self.shown, self)
        self.setModel(self.shown)
        self.setItemDelegate(self.painter)
        self.setProperty("role", "plain")
        self.setAccessibleName("今天要办的事项")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_lines(self, lines: Sequence[InboxLine]) -> None:
        """Show these; the same line stays the current one, or what comes next where it is gone."""
        row, key = self.currentIndex().row(), self._key()
        self.shown.put(lines)
        there = next((at for at, line in enumerate(lines) if line.key == key), None)
        if there is None:
            there = max(0, row)
        self.choose(there)

    def choose(self, row: int) -> None:
        """Make a line the current one, or the last where there are fewer."""
        if count := self.shown.rowCount():
            index = self.shown.index(min(max(0, row), count - 1))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        self.moved.emit()

    def go_on(self, key: str) -> None:
        """What ``key`` asks for was done: where it still stands, go on to the line after it."""
        if self._key() == key:
            self.choose(self.currentIndex().row() + 1)

    def current(self) -> InboxLine | None:
        """Return the current line."""
        index = self.currentIndex()
        return self.shown.lines[index.row()] if index.isValid() else None

    def wanted(self) -> list[InboxLine]:
        """Return the lines that are chosen, else the current one."""
        keys = self.shown.chosen
        chosen = [line for line in self.shown.lines if line.key in keys] if keys else []
        current = self.current()
        return chosen or ([current] if current else [])

    def choose_none(self) -> bool:
        """Let go of the lines that are chosen; whether there were any."""
        chosen = bool(self.shown.chosen)
        self.shown.chosen.clear()
        self.viewport().update()
        self.moved.emit()
        return chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list, choose, or ask for what a key means."""
        key, row = event.key(), self.currentIndex().row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.SelectAll) and row >= 0:
            self.shown.choose_alike(row)
            self.moved.emit()
        elif plain and key in (_DOWN, _UP):
            self.choose(row + (1 if key == _DOWN else -1))
        elif plain and key in _ENTER:
            self.taken.emit()
        elif plain and key == Qt.Key.Key_Space and row >= 0:
            self.shown.toggle(row)
            self.choose(row + 1)
        elif plain and event.text().upper() in self._keys:
            self.pressed_key.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """No letter jumps: letters have a meaning here."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the button of a line takes its next step."""
        super().mousePressEvent(event)
        if self._on_button(event.position().toPoint()):
            self.taken.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of the text wraps the lines anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _key(self) -> str:
        line = self.current()
        return line.key if line else ""

    def _on_button(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        if not index.isValid():
            return False
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        return self.painter.button(option, self.shown.lines[index.row()]).contains(at)

    def _open(self, index: QModelIndex) -> None:
        self.pressed_key.emit("O")

    def _moved(self) -> None:
        self.moved.emit()
