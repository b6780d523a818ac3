"""The tasks read from an annex as a table to be put right in place; what is doubtful stands out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from hazard_desk.books.plans.annex_entry import CELL_OF, TASK_FIELDS, task_row
from hazard_desk.books.plans.tables import TaskRow
from hazard_desk.errors import Refused
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.annex.plan import put_right
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.store.columns import name_of, names_of
from ui.models.ground_delegate import GroundDelegate
from ui.style import BODY, ROW_HEIGHT
from ui.tones import AMBER, BLUE

_SHOWN = tuple(field for field in TASK_FIELDS if field.name != name_of(TaskRow.standing))
_FIXED, _WIDE = names_of(TaskRow.number, TaskRow.text)


class ReviewTable(QTableWidget):
    """Shows an annex; ``annex`` is what the clerk made of it. ``refused`` tells why an entry is not kept."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, annex: Annex, parent: QWidget) -> None:
        super().__init__(0, len(_SHOWN), parent)
        self.annex = annex
        self.only_doubtful = False
        self.setHorizontalHeaderLabels([field.heading for field in _SHOWN])
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(False)
        self.setItemDelegate(GroundDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, field in enumerate(_SHOWN):
            if field.name == _WIDE:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            self.setColumnWidth(column, (max(field.width, len(field.label)) + 1) * BODY + 12)
        self.itemChanged.connect(self._entered)
        self.fill()

    def fill(self) -> None:
        """Show the annex anew; the current cell stays."""
        row, column = self.currentRow(), self.currentColumn()
        tasks = [task for task in self.annex.tasks if task.doubts or not self.only_doubtful]
        self.blockSignals(True)
        self.setRowCount(len(tasks))
        for place, task in enumerate(tasks):
            self._fill_row(place, task)
        self.blockSignals(False)
        if tasks and row >= 0:
            self.setCurrentCell(min(row, len(tasks) - 1), column)

    def task(self) -> AnnexTask | None:
        """Return the current task, or None."""
        item = self.item(self.currentRow(), 0)
        number = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return next((task for task in self.annex.tasks if task.number == number), None)

    def change(self, act: Callable[[Annex], Annex]) -> None:
        """Put the annex right by a function of it; tell when that is refused."""
        try:
            self.annex = act(self.annex)
        except Refused as wrong:
            self.refused.emit(wrong.message)
        else:
            self.refused.emit("")
        self.fill()
        self.changed.emit()

    def _fill_row(self, place: int, task: AnnexTask) -> None:
        row = task_row(task)
        for column, field in enumerate(_SHOWN):
            text = field.show(row[field.name])
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, task.number)
            item.setToolTip("\n".join(filter(None, (text, *about(task, field.name)))))
            if field.name == _FIXED:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            cell = CELL_OF.get(field.name, field.name)
            if cell in task.doubts:
                item.setBackground(QColor(AMBER.ground))
            elif cell in task.inherited:
                item.setBackground(QColor(BLUE.ground))
            self.setItem(place, column, item)

    def _entered(self, item: QTableWidgetItem) -> None:
        number = int(item.data(Qt.ItemDataRole.UserRole))
        name = _SHOWN[item.column()].name
        text = item.text()
        self.change(lambda annex: put_right(annex, number, CELL_OF.get(name, name), text))


def about(task: AnnexTask, name: str = "") -> list[str]:
    """Return what is inherited or doubtful about a task, or about one of its cells."""
    found = []
    inherited = {str(cell): number for cell, number in task.inherited.items()}
    for field in (field for field in TASK_FIELDS if name in ("", field.name)):
        cell = CELL_OF.get(field.name, field.name)
        if cell in inherited:
            found.append(f"{field.label}沿用第{inherited[cell]}项")
        if cell in task.doubts:
            found.append(f"存疑：{task.doubts[cell]}")
    return found
