"""The list that drops down under a line: what may be taken into it. The line keeps cursor and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView

from hazard_desk.books.kit.offers import Offer

WIDEST = 560
"""Width in pixels of the list where its line is narrower."""
_MOST_SEEN = 12
_MEASURED = 50
"""So many lines decide how wide it is; thousands would take longer than a key."""
_ROW = 30
_ALT = Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
NONE = "（不填）"
"""How the offer to take nothing is called."""


class DropList(QObject):
    """Opens with Alt+↓, ↓ or F4; arrows choose, Enter and Tab take, Esc closes it and nothing else."""

    wanted = Signal()
    """The keys ask for all that is offered."""
    taken = Signal(str)

    def __init__(self, line: QLineEdit, stays: bool) -> None:
        """``stays``: Enter only takes and does not go on, for more may be added."""
        super().__init__(line)
        self.offers: Sequence[Offer] = ()
        """What stands in the list now."""
        self._stays = stays
        self._line = line
        line.installEventFilter(self)

    @cached_property
    def view(self) -> QListView:
        """The list itself, made when it is first seen."""
        view = QListView(self._line)
        view.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        view.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setUniformItemSizes(True)
        view.setAccessibleName("可选内容")
        view.setModel(QStringListModel(view))
        view.clicked.connect(self._take)
        return view

    @property
    def is_open(self) -> bool:
        """Whether the list is seen."""
        return "view" in vars(self) and self.view.isVisible()

    def drop(self, offers: Sequence[Offer], chosen: int) -> None:
        """Show these under the line, one of them chosen; -1 for none. Without any it is closed."""
        self.offers = offers
        if not offers or not self._line.isVisible():
            self.close()
            return
        lines = self.view.model()
        assert isinstance(lines, QStringListModel)
        lines.setStringList([one.line or NONE for one in offers])
        self._place()
        self.view.show()
        self._line.installEventFilter(self)  # once more: while it is open, the keys come to it first
        self._choose(chosen)

    def choose_any(self) -> None:
        """Choose the first where none is chosen, so that the keys have somewhere to begin."""
        if self.is_open and not self.view.currentIndex().isValid():
            self._choose(0)

    def close(self) -> None:
        """Take the list away."""
        if self.is_open:
            self.view.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are meant for the list, and close it with the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event) if self.is_open else self._open_key(event)
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate):
            self.close()
        return super().eventFilter(watched, event)

    def _open_key(self, event: QKeyEvent) -> bool:
        asked = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4)
        if asked and not event.modifiers() & ~(_ALT | Qt.KeyboardModifier.KeypadModifier):
            self.wanted.emit()
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Return whether a key was used up; of Enter and Tab what they do besides is left to the form."""
        key, chosen = event.key(), self.view.currentIndex()
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_F4) or (key == Qt.Key.Key_Up and event.modifiers() & _ALT):
            self.close()
        elif key in _MOVES and not event.modifiers() & _ALT:
            self._choose(max(0, min(chosen.row() + _MOVES[Qt.Key(key)], len(self.offers) - 1)))
        elif key in (*_ENTER, Qt.Key.Key_Tab) and not event.modifiers():
            self.close()
            if not chosen.isValid():
                return False
            self._take(chosen)
            return self._stays and key in _ENTER
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        index = self.view.model().index(row, 0)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def _take(self, chosen: QModelIndex) -> None:
        offer = self.offers[chosen.row()]
        self.close()
        self.taken.emit(offer.text)

    def _place(self) -> None:
        """Under the line, above it where the screen ends."""
        line, view = self._line, self.view
        high = min(len(self.offers), _MOST_SEEN) * max(_ROW, view.sizeHintForRow(0)) + 4
        wanted = max(view.fontMetrics().horizontalAdvance(one.line) for one in self.offers[:_MEASURED]) + 60
        view.resize(max(line.width(), min(wanted, WIDEST)), high)
        corner = line.mapToGlobal(QPoint(0, line.height() + 1))
        room = line.screen().availableGeometry()
        if corner.y() + high > room.bottom():
            corner.setY(line.mapToGlobal(QPoint(0, 0)).y() - high - 1)
        corner.setX(max(room.left(), min(corner.x(), room.right() - view.width())))
        view.move(corner)
