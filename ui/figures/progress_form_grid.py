"""The grid of a progress form, laid out like the paper: choosing a value tells its cell."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.figures.progress.filling import FilledCell, FilledProgressForm
from ui.figures.rows import fit_rows
from ui.style import ACCENT_DARK, ACCENT_SOFT, DANGER, INK_SOFT, RAISED, px

_SECTION, _NUMBER, _LABEL, _VALUE = 0, 1, 2, 3
_LEAST = 44
"""Height of a row of short words, in pixels."""
_PART = 3
"""Columns of one item: number, label, value; a row has two."""
_CELL = Qt.ItemDataRole.UserRole


class ProgressFormGrid(QTableWidget):
    """``chosen`` tells the id of the cell that was clicked or gone to: 1.3."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 1 + 2 * _PART, parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for side in (0, _PART):
            self.horizontalHeader().setSectionResizeMode(side + _LABEL, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_SECTION, 96), (_NUMBER, 46), (_VALUE, 128)):
            for side in (0, _PART) if column else (0,):
                self.setColumnWidth(side + column, px(width))
        self._filling = False
        self.currentCellChanged.connect(self._chosen)

    def fill(self, filled: FilledProgressForm, doubted: set[str]) -> None:
        """Show a form; the values that ``doubted`` names are red, those set by hand are marked."""
        place = self._place()
        self._filling = True
        self.clear()
        self.clearSpans()
        self.setRowCount(sum((len(section.items) + 1) // 2 for section in filled.form.sections))
        row = 0
        for number, section in enumerate(filled.form.sections, start=1):
            lines = (len(section.items) + 1) // 2
            if lines > 1:
                self.setSpan(row, _SECTION, lines, 1)
            self._put(row, _SECTION, section.title, RAISED, centred=True)
            for at in range(len(section.items)):
                cell = filled.cell(f"{number}.{at + 1}")
                self._put_cell(row + at // 2, at % 2 * _PART, at + 1, cell, cell.id in doubted)
            row += lines
        self._filling = False
        self._fit()
        if place:
            self.choose(place)

    def choose(self, cell: str) -> None:
        """Choose the value of a cell by its id."""
        for row in range(self.rowCount()):
            for column in (_VALUE, _PART + _VALUE):
                item = self.item(row, column)
                if item is not None and item.data(_CELL) == cell:
                    self.setCurrentCell(row, column)
                    return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the rows as high as their words need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fit_rows(self, px(_LEAST), first_column=1)  # the merged section is spread over its rows

    def _place(self) -> str:
        item = self.currentItem()
        return str(item.data(_CELL) or "") if item is not None else ""

    def _put_cell(self, row: int, side: int, number: int, cell: FilledCell, doubted: bool) -> None:
        items = [
            self._put(row, side + _NUMBER, str(number), centred=True),
            self._put(row, side + _LABEL, cell.label),
            self._put(row, side + _VALUE, cell.text + (" *" if cell.overridden else ""), centred=True),
        ]
        value = items[-1]
        font = value.font()
        font.setBold(True)
        value.setFont(font)
        value.setForeground(QColor(DANGER if doubted else ACCENT_DARK))
        if cell.overridden:
            value.setBackground(QColor(ACCENT_SOFT))
            value.setToolTip(f"手工填写：{cell.reason}")
        items[0].setForeground(QColor(INK_SOFT))
        for item in items:
            item.setData(_CELL, cell.id)

    def _put(
        self, row: int, column: int, text: str, ground: str = "", centred: bool = False
    ) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        if centred:
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        if ground:
            item.setBackground(QColor(ground))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setItem(row, column, item)
        return item

    def _chosen(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if not self._filling and item is not None and item.data(_CELL):
            self.chosen.emit(str(item.data(_CELL)))
