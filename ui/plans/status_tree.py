"""The tasks as a tree of three levels: action, key task, task, each with its lights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QTreeWidgetItem, QWidget

from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.books.plans.tasks import ActionNode, KeyTaskNode
from hazard_desk.rules.fields import Field
from hazard_desk.rules.tasks import TaskStatus, together
from hazard_desk.store.columns import names_of
from ui.style import INK_SOFT
from ui.tables.chip_delegate import TAIL_ROLE
from ui.tables.ledger_model import CHIP_ROLE
from ui.tones import RED
from ui.widgets.record_tree import RecordTree

_WIDEST = 6
"""Characters of a column beside the text."""
_DATED = names_of(TaskFacts.deadline_text, TaskFacts.due)
"""Red in the line of a task that is overdue."""


class StatusTree(RecordTree):
    """Shows nodes of ``tasks.tree``. The first of ``fields`` is the text, the others stand beside it."""

    def __init__(self, fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(fields, _WIDEST, parent)
        self.setIndentation(18)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setMinimumSectionSize(60)

    def show_nodes(
        self, nodes: Sequence[ActionNode], *, flat: bool = False, empty: Collection[str] = ()
    ) -> None:
        """Show the tree anew; what was chosen stays chosen, what was folded folded.

        ``flat`` is for a plan of two levels: its tasks stand under their actions by their names. The
        columns of the fields in ``empty`` are not shown.
        """
        folded = {item.text(0) for item in self._branches() if not item.isExpanded()}
        self.begin()
        for place, field in enumerate(self.shown_fields):
            self.setColumnHidden(place, field.name in empty)
        for node in nodes:
            self._add_action(node, flat)
        self.expandAll()
        for item in self._branches():
            item.setExpanded(item.text(0) not in folded)
        self.end()

    def _branches(self) -> list[QTreeWidgetItem]:
        return list(dict.fromkeys(above for leaf in self.lines.values() for above in _above(leaf)))

    def _add_action(self, node: ActionNode, flat: bool) -> None:
        top = QTreeWidgetItem(self, [f"{node.number}．{node.name}"])
        top.setFirstColumnSpanned(True)
        bold = QFont(self.font())
        bold.setBold(True)
        top.setFont(0, bold)
        top.setData(0, TAIL_ROLE, [one_light(node.lights)])
        for key in node.key_tasks:
            if flat:
                self._add_task(top, key.tasks[0], key.name)
            else:
                self._add_key_task(top, key)

    def _add_key_task(self, top: QTreeWidgetItem, node: KeyTaskNode) -> None:
        branch = QTreeWidgetItem(top, [f"{node.number}．{node.name}"])
        branch.setFirstColumnSpanned(True)
        branch.setForeground(0, QColor(INK_SOFT))
        branch.setData(0, TAIL_ROLE, [one_light(Counter(task.status for task in node.tasks))])
        for task in node.tasks:
            self._add_task(branch, task)

    def _add_task(self, branch: QTreeWidgetItem, task: TaskFacts, name: str = "") -> None:
        leaf = self.line(branch, task.id)
        for place, field in enumerate(self.shown_fields):
            shown = field.show(task[field.name])
            leaf.setText(place, shown if place else f"{task.number}　{name or shown}")
            leaf.setToolTip(place, shown)
            if field.choices:
                leaf.setData(place, CHIP_ROLE, [shown])
                leaf.setToolTip(place, task.reason)
            elif place and task.overdue and field.name in _DATED:
                leaf.setForeground(place, QColor(RED.ink))


def _above(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    while (parent := item.parent()) is not None:
        yield parent
        item = parent


def one_light(lights: Counter[str]) -> str:
    """Return the one light of several tasks, with how many are late or behind."""
    status = together(lights)
    late = status in (TaskStatus.OVERDUE, TaskStatus.BEHIND)
    return f"{status} {lights[status]}" if late else str(status)
