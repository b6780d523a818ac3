"""The recurring work that a plan demands: a tick for each that becomes a duty (常态化工作)."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QListView, QWidget

from hazard_desk.library.annex.annex import FoundDuty
from hazard_desk.rules.dates import show_date
from ui.plans.review.course import ReviewCourse
from ui.tables.ledger_model import Index

Shown = str | int | Qt.CheckState | None


class DutiesModel(QAbstractListModel):
    """The recurring work of a review. What is not understood can't be ticked, and says so."""

    def __init__(self, course: ReviewCourse) -> None:
        super().__init__(course)
        self._course = course
        self._duties = course.review.duties
        course.changed.connect(self.fill)

    def fill(self) -> None:
        """Show the work as it is now."""
        duties = self._course.review.duties
        if duties != self._duties:
            self.beginResetModel()
            self._duties = duties
            self.endResetModel()
        elif duties:
            self.dataChanged.emit(self.index(0), self.index(len(duties) - 1))

    def duty_at(self, row: int) -> FoundDuty | None:
        """Return what stands in a row, or None."""
        return self._duties[row] if 0 <= row < len(self._duties) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many there are."""
        return 0 if parent.isValid() else len(self._duties)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is understood can be ticked."""
        flags = super().flags(index)
        known = self._duties[index.row()].understood
        return flags | Qt.ItemFlag.ItemIsUserCheckable if known else flags

    def data(self, index: Index, role: int = 0) -> Shown:
        """Return what a line says, and whether it is ticked."""
        duty = self._duties[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and duty.understood:
            wanted = self._course.review.wants(duty)
            return Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return duty_line(duty)
        return duty.basis if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: Index, value: int, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._course.want(self._duties[index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class FoundDutyList(QListView):
    """Shows the recurring work; Space ticks."""

    def __init__(self, course: ReviewCourse, parent: QWidget) -> None:
        super().__init__(parent)
        self._course = course
        self.duties = DutiesModel(course)
        self.setModel(self.duties)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("周期性的工作")

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Look at the task that demands it."""
        super().currentChanged(current, previous)
        duty = self.duties.duty_at(current.row())
        if duty is not None and duty.task:
            self._course.choose(duty.task)


def duty_line(duty: FoundDuty) -> str:
    """Return what a piece of recurring work is: 每月28日前：报送台账（第3项）."""
    when = "、".join(show_date(day) for day in duty.dates) or duty.rhythm
    where = f"（第{duty.task}项任务）" if duty.task else "（正文）"
    return f"{when}　{duty.title}{where}" + (
        "" if duty.understood else "　周期没有看懂，请以后在常态化工作中添加"
    )
