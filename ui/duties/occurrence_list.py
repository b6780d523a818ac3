"""Every time a duty falls due, one line each, with the records that fulfil it below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.rules.fulfilment import OccurrenceState
from ui.style import ACCENT, ROW_HEIGHT, letters, sized
from ui.tables.chip_delegate import ChipDelegate, chips_width
from ui.tables.ledger_model import CHIP_ROLE

_KEY, _RECORD = Qt.ItemDataRole.UserRole + 10, Qt.ItemDataRole.UserRole + 11
_MOST_ROWS = 12


class OccurrenceList(QTreeWidget):
    """``chosen`` tells the key of an occurrence; ``open_record`` the record of evidence that was opened."""

    chosen = Signal(str)
    open_record = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderLabels(["期次", "时限", "状态"])
        self.setItemDelegate(ChipDelegate(self))
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("各期完成情况")
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setColumnWidth(1, letters(6))
        self.setColumnWidth(2, chips_width([max(OccurrenceState, key=len)], self.font()))
        self.currentItemChanged.connect(self._choose)
        self.itemActivated.connect(self._activate)
        self.itemExpanded.connect(self._fit)
        self.itemCollapsed.connect(self._fit)
        self.itemClicked.connect(self._activate)

    def show_occurrences(self, occurrences: Sequence[DutyOccurrence], today: date, key: str = "") -> None:
        """Show these; the one of ``key`` is chosen, else the first that asks for work, else the last."""
        self.clear()
        lines = {one.key: self._add(one, today) for one in occurrences}
        asks = next((one.key for one in occurrences if one.open or one.behind), "")
        line = lines.get(key) or lines.get(asks) or next(reversed(lines.values()), None)
        self._fit()
        if line is not None:
            self.setCurrentItem(line)
            self.scrollToItem(line, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _fit(self) -> None:
        """Be as tall as what is unfolded, within reason."""
        tops = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        rows = sum(1 + (top.childCount() if top.isExpanded() else 0) for top in tops if top is not None)
        sized(self, height=(min(_MOST_ROWS, max(1, rows)) + 1) * ROW_HEIGHT + 6)

    def _add(self, one: DutyOccurrence, today: date) -> QTreeWidgetItem:
        line = QTreeWidgetItem(self, [one.when.period, one.due.isoformat(), str(one.state)])
        line.setData(0, _KEY, one.key)
        line.setData(2, CHIP_ROLE, [str(one.state)])
        line.setToolTip(0, one.verdict.reason)
        for found in (found for found in one.evidence if found.on <= today):
            below = QTreeWidgetItem(line, [found.title, found.on.isoformat()])
            below.setData(0, _RECORD, found.record)
            below.setForeground(0, QColor(ACCENT))
            below.setToolTip(0, f"{found.title}\n单击打开这条记录")
        return line

    def _choose(self, line: QTreeWidgetItem | None) -> None:
        if line is not None:
            top = line.parent() or line
            top.setExpanded(True)
            self.chosen.emit(str(top.data(0, _KEY)))

    def _activate(self, line: QTreeWidgetItem) -> None:
        if record := line.data(0, _RECORD):
            self.open_record.emit(str(record))
