"""What the office may do to the tasks of its plan: add, change, move, withdraw, settle a doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hazard_desk.books.plans.tables import SettledDoubt, TaskFacts, TaskRow
from hazard_desk.rules.fields import Field, Value
from hazard_desk.store.columns import name_of
from ui.forms.form_dialog import FormDialog, Save
from ui.office import Office
from ui.panes.record_sections import HistoryDialog
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down


class TaskActs(QObject):
    """Opens the dialogs for changing a plan, over the widget it belongs to."""

    def __init__(self, office: Office, over: QWidget) -> None:
        super().__init__(over)
        self._office = office
        self._over = over
        self._edits = office.desk.task_edits

    def entries(self, task: TaskFacts) -> list[tuple[str, Callable[[], object]]]:
        """Return what can be done to one task: words and what they do."""
        acts = {"修改任务…": self.change, "撤回任务…": self.withdraw, "修改历史…": self.show_history}
        return [(words, partial(act, task)) for words, act in acts.items()]

    def add(self) -> None:
        """Ask for a new task."""
        told = "新任务列在所选重点任务的末尾，编号接着已有的任务。"
        self._form("新增任务", self._edits.add, {}, told, self._edits.fields())

    def change(self, task: TaskFacts) -> None:
        """Open the form of a task."""
        told = "改动会记入修改历史。其他任务承接本项的牵头领导、责任科室或时限的，随之改动。"
        save = partial(self._edits.change, task.id)
        self._form(f"修改任务{task.number}", save, self._edits.values(task.id), told, self._edits.fields())

    def withdraw(self, task: TaskFacts) -> None:
        """Ask from when on and why the plan no longer asks for a task."""
        help = "撤回的任务不再列入方案任务和分解表，工作记录保留，可以恢复。"
        save, values = (
            partial(self._edits.withdraw, task.id),
            {name_of(TaskRow.withdrawn_on): self._office.today},
        )
        self._form(f"撤回任务{task.number}", save, values, help, self._edits.withdraw_fields)

    def settle(self, task: TaskFacts, doubt: str) -> None:
        """Ask what was decided about a doubt."""
        save, values = (
            partial(self._edits.settle, task.id, doubt),
            {name_of(SettledDoubt.by): self._office.desk.clerk},
        )
        self._form("核对存疑", save, values, doubt, self._edits.settle_fields)

    def show_history(self, task: TaskFacts) -> None:
        """Show who changed what of a task."""
        past = self._edits.history(task.id)
        HistoryDialog(f"任务{task.number}", past, self._over).open()

    def show_withdrawn(self) -> None:
        """List the tasks that were withdrawn."""
        WithdrawnDialog(self._office, self._over).open()

    def _form(
        self, title: str, save: Save, values: Mapping[str, Value], told: str, fields: Sequence[Field]
    ) -> None:
        tasks = self._office.desk.tasks
        FormDialog(self._office, title, fields, save, self._over, values, told, tasks).open()


class WithdrawnDialog(Dialog):
    """The withdrawn tasks with day and reason; each can be taken up again."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__("已撤回的任务", parent)
        self._office = office
        self._rows = office.desk.task_edits.withdrawn()
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        for row in self._rows:
            told = f"任务{row.number}　{row.text}\n{row.withdrawn_on} 撤回：{row.withdrawn_why}"
            QListWidgetItem(told, self.list).setToolTip(row.text)
        self.list.setCurrentRow(0)
        self.restore_button = button("恢复这项任务", self, self.restore, "undo", "primary")
        foot = across(Stretch(), button("关闭", self, self.reject), self.restore_button)
        down(
            label("撤回的任务不列入方案任务和分解表，工作记录仍然保留。", self, "soft", wrap=True),
            Stretch(self.list),
            foot,
            within=self,
            edges=ROOM,
            gap=12,
        )
        self.take_room(560, 360)

    def restore(self) -> None:
        """Take the chosen task up again."""
        row = self._rows[self.list.currentRow()]
        if self._office.attempt(partial(self._office.desk.task_edits.bring_back, row.id), self):
            self.accept()
