"""The tasks as a tree of three levels: action, key task, task, each with its lights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from hazard_desk.books.plans.tasks import ActionNode, KeyTaskNode
from hazard_desk.rules.fields import Field, Row
from hazard_desk.rules.tasks import TaskStatus, together
from ui.models.chip_delegate import TAIL_ROLE, ChipDelegate, chips_width
from ui.models.ledger_model import CHIP_ROLE, ID_ROLE
from ui.style import BODY, INK_SOFT
from ui.tones import RED

_WIDEST = 6
"""Characters of a column beside the text."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class StatusTree(QTreeWidget):
    """Shows nodes of ``tasks.tree``. The first of ``fields`` is the text, the others stand beside it."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = fields
        self._leaves: dict[int, QTreeWidgetItem] = {}
        self.setColumnCount(len(fields))
        self.setHeaderLabels([field.heading for field in fields])
        self.setItemDelegate(ChipDelegate(self))
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(60)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(_LEFT)
        for place, field in enumerate(fields[1:], start=1):
            width = chips_width([max(field.choices, key=len)], self.font()) if field.choices else 0
            self.setColumnWidth(place, max(width, min(field.width, _WIDEST) * BODY + 22))
        self.currentItemChanged.connect(self._current)
        self.itemActivated.connect(self._activated)

    def show_nodes(
        self, nodes: Sequence[ActionNode], *, flat: bool = False, empty: Collection[str] = ()
    ) -> None:
        """Show the tree anew; what was chosen stays chosen, all is unfolded.

        ``flat`` is for a plan of two levels: its tasks stand under their actions by their names. The
        columns of the fields in ``empty`` are not shown.
        """
        kept = self.current()
        folded = self._folded()
        self.blockSignals(True)
        self.clear()
        self._leaves.clear()
        for place, field in enumerate(self._fields):
            self.setColumnHidden(place, field.name in empty)
        for node in nodes:
            self._add_action(node, flat)
        self.expandAll()
        for item in self._branches():
            if item.text(0) in folded:
                item.setExpanded(False)
        self.blockSignals(False)
        if kept is not None and kept in self._leaves:
            self.choose(kept)
        else:
            self.chosen.emit(None)

    def choose(self, number: int) -> None:
        """Make a task the current one and bring it into sight."""
        item = self._leaves.get(number)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)
            self.chosen.emit(number)

    def current(self) -> int | None:
        """Return the id of the current task, None when another line is current."""
        item = self.currentItem()
        return None if item is None else item.data(0, ID_ROLE)

    def _branches(self) -> list[QTreeWidgetItem]:
        return list(dict.fromkeys(above for leaf in self._leaves.values() for above in _above(leaf)))

    def _folded(self) -> set[str]:
        return {item.text(0) for item in self._branches() if not item.isExpanded()}

    def _add_action(self, node: ActionNode, flat: bool) -> None:
        top = QTreeWidgetItem(self, [f"{node.number}．{node.name}"])
        top.setFirstColumnSpanned(True)
        bold = QFont(self.font())
        bold.setBold(True)
        top.setFont(0, bold)
        top.setData(0, TAIL_ROLE, [summary(node.lights)])
        for key in node.key_tasks:
            if flat:
                self._add_task(top, key.tasks[0], key.name)
            else:
                self._add_key_task(top, key)

    def _add_key_task(self, top: QTreeWidgetItem, node: KeyTaskNode) -> None:
        branch = QTreeWidgetItem(top, [f"{node.number}．{node.name}"])
        branch.setFirstColumnSpanned(True)
        branch.setForeground(0, QColor(INK_SOFT))
        branch.setData(0, TAIL_ROLE, [summary(Counter(str(task["status"]) for task in node.tasks))])
        for task in node.tasks:
            self._add_task(branch, task)

    def _add_task(self, branch: QTreeWidgetItem, task: Row, name: str = "") -> None:
        leaf = QTreeWidgetItem(branch)
        self._leaves[task["id"]] = leaf
        leaf.setData(0, ID_ROLE, task["id"])
        for place, field in enumerate(self._fields):
            shown = field.show(task[field.name])
            leaf.setText(place, shown if place else f"{task['number']}　{name or shown}")
            leaf.setToolTip(place, shown)
            if field.choices:
                leaf.setData(place, CHIP_ROLE, [shown])
                leaf.setToolTip(place, task["reason"])
            elif place and task["overdue"] and field.name in ("deadline_text", "due"):
                leaf.setForeground(place, QColor(RED.ink))

    def _current(self, current: QTreeWidgetItem | None, previous: QTreeWidgetItem | None) -> None:
        self.chosen.emit(None if current is None else current.data(0, ID_ROLE))

    def _activated(self, item: QTreeWidgetItem) -> None:
        if (number := item.data(0, ID_ROLE)) is not None:
            self.opened.emit(number)


def _above(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    while (parent := item.parent()) is not None:
        yield parent
        item = parent


def summary(lights: Counter[str]) -> str:
    """Return the one light of several tasks, with how many are late or behind."""
    status = together(lights)
    late = status in (TaskStatus.OVERDUE, TaskStatus.BEHIND)
    return f"{status} {lights[status]}" if late else str(status)
