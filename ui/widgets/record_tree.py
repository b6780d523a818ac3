"""A tree whose lines are records: what is chosen in it survives when it is shown anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from hazard_desk.rules.fields import Field, Kind
from ui.style import letters
from ui.tables.chip_delegate import ChipDelegate, chips_width
from ui.tables.columns import natural_width
from ui.tables.ledger_model import ID_ROLE

_NUMBER = 3
"""Letters that a number takes with its unit."""


class RecordTree(QTreeWidget):
    """``chosen`` tells the id of the current record, or None; ``opened`` that of one to look at."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, fields: Sequence[Field], widest: int, parent: QWidget) -> None:
        """A column for each field, the first as wide as there is room, others at most ``widest`` letters.

        Units stand with the numbers, not in the headings.
        """
        super().__init__(parent)
        self.shown_fields = fields
        self.lines: dict[int, QTreeWidgetItem] = {}
        self._wanted: int | None = None
        self._place, self._stays = 0, False
        self.setColumnCount(len(fields))
        self.setHeaderLabels([field.label for field in fields])
        self.setItemDelegate(ChipDelegate(self))
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, field in enumerate(fields[1:], start=1):
            chips = chips_width([max(field.choices, key=len)], self.font()) if field.choices else 0
            wanted = natural_width(field, widest, self.font())
            if field.kind is Kind.INTEGER:
                wanted = letters(_NUMBER)
            self.setColumnWidth(place, max(chips, wanted, letters(len(field.label))))
        self.currentItemChanged.connect(self._current)
        self.itemActivated.connect(self._activated)

    def choose(self, number: int) -> None:
        """Make a record the current one and bring it into sight, as soon as the tree shows it."""
        self._wanted = number
        if (line := self.lines.get(number)) is not None:
            self.blockSignals(True)
            self.setCurrentItem(line)
            self.blockSignals(False)
            self.scrollToItem(line)
            self.chosen.emit(number)

    def current(self) -> int | None:
        """Return the id of the current record, None when another line is current."""
        return number_of(self.currentItem())

    def line(self, above: QTreeWidget | QTreeWidgetItem, number: int) -> QTreeWidgetItem:
        """Add the line of a record."""
        made = QTreeWidgetItem(above)
        made.setData(0, ID_ROLE, number)
        self.lines[number] = made
        return made

    def begin(self) -> None:
        """Take all lines out, to show them anew."""
        self._place = self.verticalScrollBar().value()
        self._stays = self._wanted is not None and self._wanted == self.current()
        self.blockSignals(True)
        self.clear()
        self.lines.clear()

    def end(self) -> None:
        """All lines are there: what was chosen is so again, in its place; what is wanted comes into sight."""
        chosen = self.lines.get(-1 if self._wanted is None else self._wanted)
        if chosen is not None:
            self.setCurrentItem(chosen)
        self.blockSignals(False)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(self._place)
        if chosen is not None and not self._stays:
            self.scrollToItem(chosen)
        self.chosen.emit(number_of(chosen))

    def _current(self, current: QTreeWidgetItem | None) -> None:
        self._wanted = number_of(current)
        self.chosen.emit(self._wanted)

    def _activated(self, line: QTreeWidgetItem) -> None:
        if (number := number_of(line)) is not None:
            self.opened.emit(number)


def number_of(line: QTreeWidgetItem | None) -> int | None:
    """Return the id of the record of a line; None for a line that is no record's."""
    number: int | None = None if line is None else line.data(0, ID_ROLE)
    return number
