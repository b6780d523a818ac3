"""方案任务: the three levels of the plan with their lights, filters, and the task's own pane."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tasks import ActionNode, Tasks
from hazard_desk.rules.fields import Field, by_name
from ui.icons import icon
from ui.memory import Memory
from ui.office import Office
from ui.pages.page import Page
from ui.pages.rollup_dialog import RollupDialog
from ui.panes.task_pane import TaskPane
from ui.production import Production, free_name
from ui.style import GAP, ROOM
from ui.widgets.basics import Elided, button, label
from ui.widgets.empty import Empty
from ui.widgets.filter_bar import FilterBar
from ui.widgets.master_detail import MasterDetail
from ui.widgets.status_tree import StatusTree

_TOLD = ("number", "action", "key_task", "due")
"""What the tree itself tells, and what only the pane does: the table keeps the deadline as written."""


class TasksPage(Page):
    """The tasks of the plan."""

    title, report, picture = Tasks.title, Tasks.paper, Tasks.icon

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.tasks = office.desk.tasks
        self._plan = office.desk.plans.number
        self.search = QLineEdit(self)
        limits = by_name(self.tasks.fields, "deadline_text")
        self.filters = FilterBar([*self.tasks.filter_fields(), limits], self, self.search)
        self.tree = StatusTree(self._columns(), self)
        self.pane = TaskPane(office, self)
        self.total = Elided("", self, "soft")
        self._empty = Empty("没有符合条件的任务，可以清除筛选后再看", self)
        self._stack = QStackedWidget(self)
        self._split = MasterDetail(self._stack, self.pane, self)
        self._pause = QTimer(self)
        self._set_out()
        self._connect()
        self.setFocusProxy(self.tree)

    @property
    def ledger_id(self) -> str:
        """The ledger this page shows."""
        return self.tasks.id

    def query(self) -> Query:
        """Return what the search box and the filters ask for."""
        return Query(where=self.filters.where(), text=self.search.text().strip())

    def refresh(self) -> None:
        """Read the tree anew; what was filtered in one plan is not there in another."""
        with self.office.reading(self):
            self._refresh()

    def _refresh(self) -> None:
        if self._plan != (plan := self.office.desk.plans.number):
            self._plan = plan
            self.search.clear()
            self.filters.clear()
        options = {name: self.tasks.options(name) for name in self.filters.combos}
        empty = [name for name, values in options.items() if not values]
        self.tree.show_nodes(nodes := self.tasks.tree(self.query()), flat=self.tasks.flat, empty=empty)
        self._stack.setCurrentWidget(self.tree if nodes else self._empty)
        self.total.setText(_total(nodes, self.tasks.flat))
        self.filters.offer(options)
        for name, combo in self.filters.combos.items():
            combo.setHidden(name in empty)
        withdrawn = len(self.office.desk.task_edits.withdrawn())
        self.withdrawn.setText(f"已撤回{withdrawn}项")
        self.withdrawn.setVisible(bool(withdrawn))

    def filter_by(self, where: Mapping[str, str]) -> None:
        """Show only these tasks."""
        self.search.clear()
        self._split.back()
        labels = {name: by_name(self.tasks.fields, name).label for name in where}
        self.filters.set_where(where, labels)

    def show_record(self, number: int) -> None:
        """Bring one task into sight, whatever was filtered."""
        self.search.clear()
        self.filters.clear()
        self.tree.choose(number)
        self._split.open()

    def show_plan(self) -> None:
        """Show the plan as a whole: its head, targets and doubts."""
        self.tree.setCurrentIndex(QModelIndex())
        self._split.open()

    def start_new(self) -> None:
        """Write into the work log of the current task."""
        self.pane.add_log()

    def start_search(self) -> None:
        """Put the cursor into the search box."""
        self._split.back()
        self.search.setFocus()
        self.search.selectAll()

    def export(self) -> None:
        """Write the tasks that are shown to a spreadsheet."""
        desk = self.office.desk
        to = free_name(desk.out / f"{self.tasks.title}-{self.office.today.isoformat()}.xlsx")
        make = partial(desk.export, self.tasks.id, to, self.query())
        Production(self.office, f"正在导出“{self.tasks.title}”", make, self).start()

    def go_back(self) -> bool:
        """From the detail to the list."""
        if not self._split.covered:
            return False
        self._split.back()
        return True

    def restore(self, memory: Memory) -> None:
        """Take up the splitter."""
        self._split.restore(memory.text("splitter/tasks"))

    def keep(self, memory: Memory) -> None:
        """Hand over the splitter."""
        memory.keep_text("splitter/tasks", self._split.state())

    def show_rollup(self) -> None:
        """Show where the tasks of each leader and unit stand together, on any day."""
        dialog = RollupDialog(self.office, self)
        dialog.open_record.connect(self.open_record)
        dialog.open()

    def _columns(self) -> list[Field]:
        fields = [field for field in self.tasks.fields if field.shown and field.name not in _TOLD]
        return sorted(fields, key=lambda field: (field.name != "text", field.name != "status"))

    def _set_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(label(self.title, self, "title"))
        head.addSpacing(GAP)
        head.addWidget(self.total, 1)
        self.withdrawn = button("", self, self.pane.acts.show_withdrawn, role="quiet")
        head.addWidget(self.withdrawn)
        head.addWidget(button("新增任务", self, self.pane.acts.add, "plus"))
        head.addWidget(button("汇总", self, self.show_rollup, "registers"))
        head.addWidget(button("方案概况", self, self.show_plan, "file"))
        export = button("导出", self, self.export, "export")
        export.setToolTip("Ctrl+E")
        head.addWidget(export)
        self.search.setPlaceholderText("查找任务、领导、科室")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(QIcon(icon("search")), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(230)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, 12, ROOM, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.filters)
        layout.addWidget(self._split, 1)

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(250)
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self.refresh)
        self.filters.changed.connect(self.refresh)
        self._split.covered_changed.connect(self.filters.setHidden)
        self.tree.chosen.connect(self.pane.show_task)
        self.tree.opened.connect(self._opened)

    def _opened(self, number: int) -> None:
        self._split.open()


def _total(nodes: list[ActionNode], flat: bool) -> str:
    keys = sum(len(node.key_tasks) for node in nodes)
    tasks = sum(sum(node.lights.values()) for node in nodes)
    if flat:
        return f"{len(nodes)}个方面、{tasks}项任务"
    return f"{len(nodes)}个主要行动、{keys}个重点任务、{tasks}项具体任务"
