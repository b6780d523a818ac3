"""方案任务: the three levels of the plan with their lights, filters, and the task's own pane."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.books.plans.tasks import ActionNode, Tasks
from hazard_desk.figures.dated import PLANS
from hazard_desk.figures.targets import TargetView, targets
from hazard_desk.library.plans import Plan
from hazard_desk.rules.fields import Field
from hazard_desk.store.columns import field_of, names_of
from ui.office import Office
from ui.pages.board_page import BoardPage
from ui.panes.task_pane import TaskPane
from ui.plans.status_tree import StatusTree
from ui.plans.task_summary import TaskSummaryDialog
from ui.widgets.basics import button
from ui.widgets.empty import Way

_TOLD = names_of(TaskFacts.number, TaskFacts.action, TaskFacts.key_task, TaskFacts.due)
"""What the tree itself tells, and what only the pane does: the table keeps the deadline as written."""


@dataclass(frozen=True)
class Seen:
    """What the page shows, read in one go."""

    nodes: list[ActionNode]
    flat: bool
    options: dict[str, list[str]]
    withdrawn: int
    plan: Plan
    targets: list[TargetView]


class TasksPage(BoardPage):
    """The tasks of the plan."""

    ledgers = (Tasks.id, PLANS)

    def __init__(self, office: Office, parent: QWidget) -> None:
        self.tasks = office.desk.tasks
        filters = [*self.tasks.filter_fields(), field_of(TaskFacts.deadline_text)]
        super().__init__(office, self.tasks, parent, filters, "查找任务、领导、科室")
        self._plan = office.desk.plans.number
        self._whole = False
        self.tree = StatusTree(self._columns(), self)
        self.pane = TaskPane(office, self)
        self.withdrawn = button("", self, self.pane.acts.show_withdrawn, role="quiet")
        tools = [
            self.withdrawn,
            button("新增任务", self, self.pane.acts.add, "plus"),
            button("汇总", self, self.show_rollup, "registers"),
            button("方案概况", self, self.show_plan, "file"),
            self.export_button(),
        ]
        self.set_out(self.tree, self.pane, tools)
        self.tree.chosen.connect(self.pane.show_task)

    def refresh(self) -> None:
        """Read the tree anew; what was filtered in one plan is not there in another."""
        if self._plan != (plan := self.office.desk.plans.number):
            self._plan = plan
            self.search.clear()
            self.filters.clear()  # reads anew by itself
        else:
            self.office.read_anew(partial(self._read, self.ask()), self._show, self)

    def turn_to(self, ledger: str) -> None:
        self._whole = ledger == PLANS

    def show_record(self, number: int) -> None:
        """Bring a task into sight, or the plan as a whole where that was turned to."""
        if self._whole:
            self._whole = False
            self.show_plan()
        else:
            super().show_record(number)

    def show_plan(self) -> None:
        """Show the plan as a whole: its head, targets and doubts."""
        self.tree.setCurrentIndex(QModelIndex())
        self.split.open()

    def ways_to_fill(self) -> list[Way]:
        return [("新增任务", "增列本单位的任务", self.pane.acts.add)]

    def start_new(self) -> None:
        """Write into the work log of the current task."""
        self.pane.add_log()

    def show_rollup(self) -> None:
        """Show where the tasks of each leader and unit stand together, on any day."""
        dialog = TaskSummaryDialog(self.office, self)
        dialog.open_record.connect(self.open_record)
        dialog.open()

    def _columns(self) -> list[Field]:
        fields = [field for field in self.tasks.fields if field.shown and field.name not in _TOLD]
        text, status = names_of(TaskFacts.text, TaskFacts.status)
        return sorted(fields, key=lambda field: (field.name != text, field.name != status))

    def _read(self, query: Query) -> Seen:
        desk = self.office.desk
        plan = desk.plans.plan()
        return Seen(
            self.tasks.tree(query),
            self.tasks.flat,
            self.tasks.options_of(self.filters.combos),
            len(desk.task_edits.withdrawn()),
            plan,
            targets(desk.books, plan.targets),
        )

    def _show(self, seen: Seen) -> None:
        empty = [name for name, values in seen.options.items() if not values]
        tasks = [task for node in seen.nodes for key in node.key_tasks for task in key.tasks]
        self.pane.know(seen.plan, seen.targets, tasks)
        self.tree.show_nodes(seen.nodes, flat=seen.flat, empty=empty)
        self.show_list(bool(seen.nodes), bool(self._asked.where or self._asked.text))
        self.total.setText(_total(seen.nodes, seen.flat))
        self.filters.offer(seen.options)
        for name, combo in self.filters.combos.items():
            combo.setHidden(name in empty)
        self.withdrawn.setText(f"已撤回{seen.withdrawn}项")
        self.withdrawn.setVisible(bool(seen.withdrawn))


def _total(nodes: list[ActionNode], flat: bool) -> str:
    keys = sum(len(node.key_tasks) for node in nodes)
    tasks = sum(sum(node.lights.values()) for node in nodes)
    parts = sum(len(task.parts) for node in nodes for key in node.key_tasks for task in key.tasks)
    of_parts = f"、{parts}个分项" if parts else ""
    if flat:
        return f"{len(nodes)}个方面、{tasks}项任务{of_parts}"
    return f"{len(nodes)}个主要行动、{keys}个重点任务、{tasks}项具体任务{of_parts}"
