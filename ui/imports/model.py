"""The model of the mending table: what stands in its cells, and what was typed and is not judged yet."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtGui import QColor

from hazard_desk.sheets.incoming import Cell
from ui.imports.rows import Filter, JudgedRows, Look, RowColumn
from ui.tables.ledger_model import Index
from ui.tones import AMBER, GREY, RED

HEADS = ("行", "结果")
"""What stands left of the sheet's own columns."""
_GROUNDS = {Look.DOUBT: RED.ground, Look.GAP: AMBER.ground, Look.KEPT: GREY.ground}


class MendingModel(QAbstractTableModel):
    """The rows that a filter leaves. ``mended`` tells a cell that was written anew."""

    mended = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet: JudgedRows | None = None
        self.seen: list[int] = []
        self.columns: list[RowColumn] = []
        self._written: dict[Cell, str] = {}
        """What was typed and is not judged yet."""

    def show_rows(self, sheet: JudgedRows | None, only: Filter) -> None:
        """Show these rows of a sheet."""
        self.beginResetModel()
        self._take(sheet)
        self.seen = [] if sheet is None else sheet.by_filter[only]
        self.endResetModel()

    def renew(self, sheet: JudgedRows) -> bool:
        """Show the same rows judged anew where they stand; False where they cannot stay so."""
        if self.sheet is None or (sheet.columns, len(sheet.rows)) != (self.columns, len(self.sheet.rows)):
            return False
        self._take(sheet)
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.seen)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(HEADS) + len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | None:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.column(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.title if column else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column.title if column else HEADS[section]

    def column(self, place: int) -> RowColumn | None:
        """Return what a column of the table is; None for the number and the fate of the row."""
        return self.columns[place - len(HEADS)] if len(HEADS) <= place < self.columnCount() else None

    def first(self, only: Filter, row: int) -> int | None:
        """Return the first column that a row is seen for by this filter; None for no one column."""
        wanted = {Filter.DOUBT: Look.DOUBT, Filter.GAP: Look.GAP}.get(only)
        if self.sheet is None or wanted is None:
            return None
        looks = [self.sheet.look(self.seen[row], column) for column in self.columns]
        return len(HEADS) + looks.index(wanted) if wanted in looks else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        column = self.column(index.column())
        return flags | Qt.ItemFlag.ItemIsEditable if column and column.field else flags

    def data(self, index: Index, role: int = 0) -> str | QColor | None:
        if self.sheet is None:
            return None
        at, column = self.seen[index.row()], self.column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(at, column, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            said = self.sheet.reason(at, column) if column else self.sheet.reasons(at)
            return "\n".join(filter(None, (self._text(at, column, index.column()), said)))
        if role == Qt.ItemDataRole.BackgroundRole and column:
            ground = _GROUNDS.get(self.sheet.look(at, column))
            return QColor(ground) if ground else None
        return None

    def setData(self, index: Index, value: object, role: int = 0) -> bool:
        column = self.column(index.column())
        if self.sheet is None or column is None or value == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        cell = self.sheet.cell(self.seen[index.row()], column)
        self._written[cell] = str(value)
        self.dataChanged.emit(index, index)
        self.mended.emit(cell, str(value))
        return True

    def forget(self) -> None:
        """Show again what was judged in place of what was typed since."""
        self._written = {}
        if self.seen:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def _take(self, sheet: JudgedRows | None) -> None:
        self.sheet, self._written = sheet, {}
        self.columns = [] if sheet is None else sheet.columns

    def _text(self, at: int, column: RowColumn | None, place: int) -> str:
        assert self.sheet is not None
        if column is None:
            return self.sheet.fate(at) if place else self.sheet.where(at)
        written = self._written.get(self.sheet.cell(at, column)) if self._written else None
        return self.sheet.text(at, column) if written is None else written
