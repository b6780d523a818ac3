"""A form generated from declared fields, each in its box."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from hazard_desk.books.kit.offers import Offered
from hazard_desk.rules.fields import NAMES_FIRM, Field, Kind, Row, Value, absent, names_in
from ui.forms.editors import Editor
from ui.forms.field_box import FieldBox
from ui.style import ROOM

TWO_COLUMNS_FROM = 620
"""Width in pixels from which the form stands in two columns."""

_PUT_FORWARD = "put forward"
"""Under what a draft keeps the names of the fields that she did not fill in herself."""
_BELOW = 999
"""The row of the grid that stands under all fields."""
_AT_ONCE, _AT_A_TIME = 4, 4
"""So many editors are made with the form, so many in each event after that."""


class RecordForm(QWidget):
    """The fields of one record, in two columns where the width allows.

    The first editors are made with it, the others by ``ask_more`` or ``ask_all``, or once one is wanted.
    """

    edited = Signal()
    grown = Signal(QWidget)
    """More is asked for and shown now; the last of it."""
    settled = Signal(str)
    """The clerk is done with this field."""

    def __init__(self, fields: Iterable[Field], today: date, parent: QWidget, edges: int = ROOM) -> None:
        """``edges`` is the room around the fields, in pixels."""
        super().__init__(parent)
        self.setProperty("role", "page")
        self.boxes = {field.name: FieldBox(field, today, self) for field in fields}
        self.folded = frozenset(self.folded_at_first())
        """The names of the fields that are not asked for now, and not shown."""
        for name, box in self.boxes.items():
            if name in self.folded:
                box.hide()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(edges, edges, edges, edges)
        self._grid.setHorizontalSpacing(ROOM + 8)
        self._grid.setVerticalSpacing(12)
        self._arrange(1)
        for box in self._to_ask()[:_AT_ONCE]:
            box.ask()
        self._proposed: Row = {}
        """What stands in the form because it was put forward, as long as the clerk did not touch it."""
        for name, box in self.boxes.items():
            box.edited.connect(partial(self._touched, name))
            box.settled.connect(partial(self.settled.emit, name))
        self._first = self.raw()

    def ask_more(self) -> Iterator[None]:
        """Make the editors that are not there yet, some at a time."""
        while left := self._to_ask():
            for box in left[:_AT_A_TIME]:
                box.ask()
            yield

    def ask_all(self) -> None:
        """Make the editors that are not there yet."""
        for _ in self.ask_more():
            pass

    def editor(self, name: str) -> Editor:
        """Return the editor of a field."""
        return self.boxes[name].editor

    def holds(self, name: str) -> bool:
        """Whether what is wrong with a field can be shown in the form."""
        return name in self.boxes

    def put(self, values: Mapping[str, Value]) -> None:
        """Show these values; from here on the form counts as untouched."""
        for name, box in self.boxes.items():
            box.put(values.get(name, box.field.empty))
            box.renew()
        self._proposed = {}
        self._first = self.raw()

    def propose(self, values: Mapping[str, Value]) -> None:
        """Put these forward where nothing stands, or what was put forward before; what was typed stays."""
        for name, value in values.items():
            if (box := self.boxes.get(name)) is None:
                continue
            now = box.raw()
            if absent(now) or now == self._proposed.get(name):
                box.put(value)
                box.forgive()
                self._proposed[name] = box.raw()

    @property
    def taking(self) -> list[Field]:
        """The fields that take over what the firm tells."""
        return [field for field in self.fields if field.of_firm not in ("", NAMES_FIRM)]

    def put_forward(self, names: Iterable[str]) -> None:
        """Let what stands in these fields give way to other proposals."""
        self._proposed |= {name: self.boxes[name].raw() for name in names if name in self.boxes}

    def _touched(self, name: str) -> None:
        self._proposed.pop(name, None)
        self.edited.emit()

    def write(self, values: Mapping[str, Value]) -> None:
        """Enter these as if she had typed them: the form counts as touched."""
        for name in values.keys() & self.boxes.keys():
            self.boxes[name].put(values[name])
            self._proposed.pop(name, None)

    def restore(self, raw: Mapping[str, Value]) -> None:
        """Show again what was typed once and not saved; the form counts as touched."""
        for name, typed in raw.items():
            if name in self.boxes:
                self.boxes[name].editor.put_raw(typed)
                self._proposed.pop(name, None)
        self.put_forward(names_in(raw.get(_PUT_FORWARD)))

    def raw(self) -> Row:
        """Return what stands in the editors, unread."""
        return {name: box.raw() for name, box in self.boxes.items()}

    def draft(self) -> Row:
        """Return what is to be kept of ``raw`` while it is not saved: all but protected fields."""
        kept = {name: box.raw() for name, box in self.boxes.items() if not box.field.sensitive}
        return kept | ({_PUT_FORWARD: list(self._proposed)} if self._proposed else {})

    @property
    def dirty(self) -> bool:
        """Whether the clerk entered something that is not saved."""
        now = self.raw().items()
        return any(typed != self._first[name] and name not in self._proposed for name, typed in now)

    @property
    def fields(self) -> list[Field]:
        """The fields in the order in which they are asked."""
        return [box.field for box in self.boxes.values()]

    def offer(self, offered: Mapping[str, Offered]) -> None:
        """Give the editors what may be taken into them."""
        for name, one in offered.items():
            self.boxes[name].offer(one)

    def show_problems(self, problems: Mapping[str, str]) -> QWidget | None:
        """Mark the wrong fields and no others; return the box of the first, or None."""
        first = None
        for name, box in self.boxes.items():
            if name in problems:
                box.accuse(problems[name])
                first = first or box
            else:
                box.forgive()
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)
        return first

    def focus_first(self) -> None:
        """Put the cursor where typing begins: the first empty field that is required or names the firm."""
        asked = [box for name, box in self.boxes.items() if name not in self.folded]
        needed = (box for box in asked if box.field.required or box.field.of_firm == NAMES_FIRM)
        box = next((box for box in needed if not box.raw()), next(iter(asked), None))
        if box is not None:
            box.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_on(self, name: str) -> QWidget | None:
        """Put the cursor into a field; return its box, None where the form has no such field."""
        box = self.boxes.get(name)
        if box is not None:
            box.editor.setFocus(Qt.FocusReason.TabFocusReason)
        return box

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab finds every field, however quick she is."""
        self.ask_all()
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, Shift+Enter back; long texts keep Enter for their lines."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        back = held == Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (back or not held):
            self.focusNextPrevChild(not back)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between one and two columns."""
        super().resizeEvent(event)
        self._arrange(2 if event.size().width() >= TWO_COLUMNS_FROM else 1)

    def height_at(self, width: int) -> int:
        """Return the height in pixels that the form needs at a width."""
        self._arrange(2 if width >= TWO_COLUMNS_FROM else 1)
        self.ensurePolished()
        self._grid.activate()
        return max(self._grid.totalHeightForWidth(width), self._grid.totalMinimumSize().height())

    def fold(self, names: Collection[str]) -> list[FieldBox]:
        """Show all fields but these; return the boxes that were not shown until now."""
        new = [box for name, box in self.boxes.items() if name in self.folded and name not in names]
        if self.folded != frozenset(names):
            other, self.folded = self.folded.symmetric_difference(names), frozenset(names)
            for name in other & self.boxes.keys():
                self.boxes[name].ask()
                self.boxes[name].setVisible(name not in self.folded)
            columns, self._columns = self._columns, 0
            self._arrange(columns)
        return new

    def folded_at_first(self) -> Collection[str]:
        """Return the names of the fields that an empty form does not ask for."""
        return ()

    def put_below(self, piece: QWidget) -> None:
        """Put what is no field of the form under its fields."""
        self._grid.addWidget(piece, _BELOW, 0, 1, 2)

    def _to_ask(self) -> list[FieldBox]:
        """The boxes that are shown and have no editor yet, in order."""
        return [box for name, box in self.boxes.items() if name not in self.folded and not box.asked]

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        row, column = 0, 0
        for name, box in self.boxes.items():
            if name in self.folded:
                self._grid.removeWidget(box)  # two in one cell would hide each other from Tab
                continue
            span = columns if box.field.kind is Kind.LONG or box.field.numbering else 1
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, span)
            column += span
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grid.setRowStretch(_BELOW + 1, 1)
