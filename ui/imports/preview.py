"""What becomes of each row of a sheet, as a table: the refused ones red, with the reason."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
    QWidget,
)

from hazard_desk.sheets.importing import Fate, Judged, Result
from ui.models.ground_delegate import GroundDelegate
from ui.models.ledger_model import Index
from ui.tones import RED

_HEADS = ("行", "结果", "问题")
_WIDEST = 200
_REASONS = 380
""" Pixels for the reasons; the tip tells those that are longer."""


class PreviewModel(QAbstractTableModel):
    """The rows of a result; all of them or only the refused."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._result: Result | None = None
        self._rows: list[Judged] = []
        self._names: list[str] = []

    def show_result(self, result: Result | None, only_refused: bool) -> None:
        """Show a result."""
        self.beginResetModel()
        self._result = result
        self._rows = [] if result is None else result.refused if only_refused else result.rows
        self._names = [] if result is None else list(result.incoming.heading.fields)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(_HEADS) + len(self._names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < len(_HEADS):
            return _HEADS[section]
        assert self._result is not None
        return self._result.incoming.fields[self._names[section - len(_HEADS)]].label

    def data(self, index: Index, role: int = 0) -> str | QColor | None:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.BackgroundRole and self._is_bad(row, index.column()):
            return QColor(RED.ground)
        return None

    def _text(self, row: Judged, column: int) -> str:
        if column == 0:
            return str(row.entry.line)
        if column == 1:
            return str(row.fate)
        if column == 2:
            return "；".join(row.problems.values())
        assert self._result is not None
        name = self._names[column - len(_HEADS)]
        return self._result.incoming.fields[name].show(row.entry.values.get(name))

    def _is_bad(self, row: Judged, column: int) -> bool:
        if row.fate is not Fate.REFUSED:
            return False
        return column < len(_HEADS) or self._names[column - len(_HEADS)] in row.problems


class PreviewTable(QTableView):
    """The table of a preview."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = PreviewModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(GroundDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.verticalHeader().hide()

    def show_result(self, result: Result | None, only_refused: bool = False) -> None:
        """Show a result; columns as wide as their first rows want."""
        self.rows.show_result(result, only_refused)
        self.horizontalHeader().setResizeContentsPrecision(50)
        self.resizeColumnsToContents()
        for column in range(self.rows.columnCount()):
            widest = _REASONS if column == len(_HEADS) - 1 else _WIDEST
            self.setColumnWidth(column, min(self.columnWidth(column), widest))
