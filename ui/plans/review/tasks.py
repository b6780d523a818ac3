"""The tasks that were read, a table to be put right in place; what is doubtful or taken over stands out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hazard_desk.books.plans.annex_entry import CELL_OF, TASK_FIELDS, task_row
from hazard_desk.books.plans.tables import TaskFacts, TaskRow
from hazard_desk.library.annex.plan import confirmed, left_out, put_right
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.store.columns import name_of, names_of
from ui.plans.review.cell_editor import CellEditor
from ui.plans.review.course import ReviewCourse
from ui.style import letters
from ui.tables.ledger_model import Index
from ui.tones import AMBER, BLUE
from ui.widgets.rows import EDITS, by_rows

_FIXED, _WIDE = names_of(TaskRow.number, TaskRow.text)
_LAST = names_of(TaskFacts.action, TaskFacts.key_task)
_WIDEST, _NAMES, _SAMPLE = 17, 9, 60
"""Characters of a text and of other cells, and how many rows they are measured by; the rest is a tip."""
_EDIT = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Shown = str | int | QColor | None


def _shown(tasks: Sequence[AnnexTask]) -> tuple[Field, ...]:
    """The fields of a task but for what its deadline tells.

    First come those of which the document says something; what stands over the tasks comes last.
    """
    rows = [task_row(task) for task in tasks]
    fields = [field for field in TASK_FIELDS if field.name != name_of(TaskRow.standing)]
    told = {field.name for field in fields if any(field.show(row[field.name]) for row in rows)}
    return tuple(sorted(fields, key=lambda field: (field.name in _LAST, field.name not in told)))


class TasksModel(QAbstractTableModel):
    """The tasks of a review; all of them or only the doubtful."""

    def __init__(self, course: ReviewCourse) -> None:
        super().__init__(course)
        self.fields = _shown(course.review.annex.tasks)
        self._course = course
        self._only_doubtful = False
        self._tasks: list[AnnexTask] = []
        self._rows: dict[int, TaskFacts] = {}
        self.fill()
        course.changed.connect(self.fill)

    def show_doubtful(self, only: bool) -> None:
        """Show only the doubtful tasks, or all."""
        self._only_doubtful = only
        self.fill()

    def fill(self) -> None:
        """Show the tasks as they are now."""
        tasks = [task for task in self._course.review.annex.tasks if task.doubts or not self._only_doubtful]
        same = [task.number for task in tasks] == [task.number for task in self._tasks]
        if not same:
            self.beginResetModel()
        self._tasks = tasks
        self._rows.clear()
        if not same:
            self.endResetModel()
        elif tasks:
            self.dataChanged.emit(self.index(0, 0), self.index(len(tasks) - 1, len(self.fields) - 1))

    def characters(self, column: int) -> int:
        """Return how many characters a column needs: those of its heading and of its first cells."""
        field = self.fields[column]
        longest = (len(self._text(task, field)) for task in self._tasks[:_SAMPLE])
        widest = _WIDEST if field.name == _WIDE else _NAMES
        return max(min(max(longest, default=0), widest), len(field.heading) + 1)

    def task_at(self, row: int) -> AnnexTask | None:
        """Return the task in a row, or None."""
        return self._tasks[row] if 0 <= row < len(self._tasks) else None

    def row_of(self, number: int) -> int:
        """Return the row of a task, -1 where it is not shown."""
        return next((row for row, task in enumerate(self._tasks) if task.number == number), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many tasks are shown."""
        return 0 if parent.isValid() else len(self._tasks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """One column for each field."""
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | int | None:
        """The headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return self.fields[section].heading if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but the number can be edited."""
        flags = super().flags(index)
        fixed = self.fields[index.column()].name == _FIXED
        return flags if fixed else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = 0) -> Shown:
        """Return what a cell shows: its text, its ground, its tip."""
        task, field = self._tasks[index.row()], self.fields[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            text = self._text(task, field)
            return text if role == Qt.ItemDataRole.EditRole else text.replace("\n", " ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self._text(task, field), *about_cell(task, field))))
        if role == Qt.ItemDataRole.BackgroundRole:
            cell = CELL_OF.get(field.name, field.name)
            tone = AMBER if cell in task.doubts else BLUE if cell in task.inherited else None
            return QColor(tone.ground) if tone else None
        return None

    def setData(self, index: Index, value: str, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Put a cell right; the course tells why where it is not kept."""
        task, field = self._tasks[index.row()], self.fields[index.column()]
        if value == self._text(task, field):
            return False
        act = partial(put_right, cell=CELL_OF.get(field.name, field.name), text=value)
        self._course.act(task.number, act)
        return True

    def _text(self, task: AnnexTask, field: Field) -> str:
        if task.number not in self._rows:
            self._rows[task.number] = task_row(task)
        return field.show(self._rows[task.number][field.name])


class TaskTable(QTableView):
    """Shows and edits the tasks; Enter edits a cell, Delete leaves a task out, Ctrl+Enter confirms one."""

    moved = Signal()

    def __init__(self, course: ReviewCourse, parent: QWidget) -> None:
        super().__init__(parent)
        self._course = course
        self.rows = TasksModel(course)
        self.setModel(self.rows)
        by_rows(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        fields = self.rows.fields
        long = [column for column, field in enumerate(fields) if field.kind is Kind.LONG]
        self.setItemDelegate(CellEditor(long, self))
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setEditTriggers(EDITS)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("读出的任务")
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in range(len(fields)):
            self.setColumnWidth(column, letters(self.rows.characters(column)))
        self.rows.modelReset.connect(self._stay)
        course.chosen.connect(self.show_task)
        self.setCurrentIndex(self.rows.index(0, 1))

    def show_task(self, number: int) -> None:
        """Make a task the current one, where it is shown."""
        row = self.rows.row_of(number)
        if row >= 0 and row != self.currentIndex().row():
            column = max(self.currentIndex().column(), 1)
            self.setCurrentIndex(self.rows.index(row, column))

    def confirm(self) -> None:
        """What is doubtful in the current task stands as it was understood."""
        if (task := self.rows.task_at(self.currentIndex().row())) is not None and task.doubts:
            self._course.act(task.number, confirmed)

    def leave_out(self) -> None:
        """Do without the current task."""
        if (task := self.rows.task_at(self.currentIndex().row())) is not None:
            self._course.act(task.number, left_out)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the task that is current now."""
        super().currentChanged(current, previous)
        if (task := self.rows.task_at(current.row())) is not None:
            self._course.choose(task.number)
        self._row = current.row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits, Ctrl+Enter confirms, Delete leaves out."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _EDIT and self.currentIndex().isValid():
            self.confirm() if held else self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.leave_out()
        else:
            super().keyPressEvent(event)

    _row = 0

    def _stay(self) -> None:
        """After a task is gone the next one is current."""
        number = self._course.task.number if self._course.task else 0
        row = self.rows.row_of(number)
        row = row if row >= 0 else min(max(self._row, 0), self.rows.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, 1))


def about_cell(task: AnnexTask, field: Field) -> list[str]:
    """Return what is taken over or doubtful in a cell."""
    cell = CELL_OF.get(field.name, field.name)
    inherited = {str(name): number for name, number in task.inherited.items()}
    told = [f"{field.label}沿用第{inherited[cell]}项"] if cell in inherited else []
    return told + ([f"存疑：{task.doubts[cell]}"] if cell in task.doubts else [])
