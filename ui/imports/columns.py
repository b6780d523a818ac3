"""Which field each column of a sheet fills: a list that the clerk may change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.incoming_table import letter_of
from hazard_desk.sheets.questions import Answers
from ui.style import CONTROL_HEIGHT

LEFT_OUT = "（不导入）"


class ColumnsTable(QTableWidget):
    """Column of the sheet on the left, field of the ledger on the right."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, 2, parent)
        self.setHorizontalHeaderLabels(["表格中的列", "对应栏目"])
        self.verticalHeader().hide()
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for column in (0, 1):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._places: list[int] = []
        self.boxes: list[QComboBox] = []

    def show_incoming(self, incoming: Incoming) -> None:
        """List the columns of a sheet with what they were understood as."""
        columns = incoming.heading.columns
        self._places = [column.place for column in columns]
        self.boxes = []
        self.setRowCount(len(columns))
        for row, column in enumerate(columns):
            heading = QTableWidgetItem(column.heading)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setToolTip(column.heading)
            self.setItem(row, 0, heading)
            box = QComboBox(self)
            box.addItem(LEFT_OUT, "")
            for field in incoming.fields.values():
                box.addItem(field.label + ("*" if field.required else ""), field.name)
            box.setCurrentIndex(max(0, box.findData(column.field)))
            box.currentIndexChanged.connect(self.changed)
            self.setCellWidget(row, 1, box)
            self.setRowHeight(row, CONTROL_HEIGHT + 4)
            self.boxes.append(box)

    def chosen(self) -> Answers:
        """Return the field of each column, '' for one that is left out."""
        told = zip(self._places, self.boxes, strict=True)
        return Answers(columns={letter_of(place): str(box.currentData()) for place, box in told})
