"""The duties, one line each: rhythm, how often met, what comes next, where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.fulfilment import DutyState
from ui.models.chip_delegate import ChipDelegate, chips_width
from ui.models.ledger_model import CHIP_ROLE, ID_ROLE
from ui.style import BODY
from ui.tones import RED

_WIDEST = 9


class DutyList(QTreeWidget):
    """Shows rows of the duties by their ``fields``; ``chosen`` tells the id, or None."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = fields
        self._lines: dict[int, QTreeWidgetItem] = {}
        self.setColumnCount(len(fields))
        self.setHeaderLabels([field.label for field in fields])
        self.setItemDelegate(ChipDelegate(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("常态化工作")
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, field in enumerate(fields[1:], start=1):
            chips = chips_width([max(field.choices, key=len)], self.font()) if field.choices else 0
            letters = max(min(field.width, _WIDEST), len(field.label))
            self.setColumnWidth(place, max(chips, letters * BODY + 22))
        self.currentItemChanged.connect(self._current)
        self.itemActivated.connect(self._activated)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; what was chosen stays chosen."""
        kept = self.current()
        self.blockSignals(True)
        self.clear()
        self._lines = {row["id"]: self._add(row) for row in rows}
        self.blockSignals(False)
        if kept in self._lines:
            self.choose(kept)
        else:
            self.chosen.emit(None)

    def choose(self, number: int | None) -> None:
        """Make a duty the current one and bring it into sight."""
        if (line := self._lines.get(number or 0)) is not None:
            self.blockSignals(True)
            self.setCurrentItem(line)
            self.blockSignals(False)
            self.scrollToItem(line)
            self.chosen.emit(number)

    def current(self) -> int | None:
        """Return the id of the current duty."""
        line = self.currentItem()
        return None if line is None else line.data(0, ID_ROLE)

    def _add(self, row: Row) -> QTreeWidgetItem:
        line = QTreeWidgetItem(self)
        line.setData(0, ID_ROLE, row["id"])
        for place, field in enumerate(self._fields):
            shown = field.show(row[field.name])
            line.setText(place, shown)
            line.setToolTip(place, shown)
            if field.choices:
                line.setData(place, CHIP_ROLE, [shown])
            elif field.kind is Kind.INTEGER:
                line.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            elif field.name == "next_due" and row["state"] == DutyState.LATE:
                line.setForeground(place, QColor(RED.ink))
        return line

    def _current(self, current: QTreeWidgetItem | None) -> None:
        self.chosen.emit(None if current is None else current.data(0, ID_ROLE))

    def _activated(self, line: QTreeWidgetItem) -> None:
        self.opened.emit(line.data(0, ID_ROLE))
