"""The parts (分项) of a task in its pane: where each stands, its log entry, what the office may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hazard_desk.books.plans.tables import TaskFacts, TaskPartFacts, TaskPartRow
from hazard_desk.rules.fields import Field, Value
from hazard_desk.store.columns import name_of
from ui.forms.form_dialog import FormDialog, Save
from ui.office import Office
from ui.panes.record_sections import HistoryDialog
from ui.widgets.basics import button, label, menu_button
from ui.widgets.chip import Chip
from ui.widgets.layouts import Stretch, across, lay


class PartActs(QObject):
    """Shows the parts of a task, and opens the dialogs for them over the widget it belongs to."""

    def __init__(self, office: Office, over: QWidget) -> None:
        super().__init__(over)
        self._office = office
        self._over = over
        self._edits = office.desk.part_edits

    def fill(self, layout: QVBoxLayout, body: QWidget, task: TaskFacts) -> None:
        """Add the parts of a task to its pane, each with its light and what can be done."""
        layout.addWidget(label("分项", body, "heading"))
        for part in task.parts:
            acts = {"修改分项…": self.change, "撤回分项…": self.withdraw, "修改历史…": self.show_history}
            more = [(words, partial(act, task, part)) for words, act in acts.items()]
            head = across(
                label(part.mark, body),
                Chip(part.status, body),
                Stretch(),
                button("登记", body, partial(self.add_log, task, part), role="quiet"),
                menu_button("更多", body, more),
            )
            lay(layout, head, label(part.text, body, wrap=True))
            who = [f"牵头：{'、'.join(part.leads)}"] if part.leads else []
            who += [f"责任单位：{'、'.join(part.units)}"] if part.units else []
            who += [f"时限：{part.deadline_text or part.due}"] if part.deadline_text or part.due else []
            for sentence in (*who, *part.doubts, part.reason):
                layout.addWidget(label(sentence, body, "small", wrap=True))

    def add(self, task: TaskFacts) -> None:
        """Ask for a new part of a task."""
        told = "新分项列在最后，有自己的牵头、时限和工作记录。"
        self._form(
            f"任务{task.number}　新增分项", partial(self._edits.add, task.id), {}, told, self._edits.fields
        )

    def add_log(self, task: TaskFacts, part: TaskPartFacts) -> None:
        """Open the form for an entry of a part's own work log."""
        tasks = self._office.desk.tasks
        save = partial(tasks.add_log, task.id, part=part.id)
        told = "登记“完成”后这个分项转为已完成；各分项都完成的，任务也转为已完成。"
        self._form(f"任务{task.number}{part.mark}　登记工作记录", save, {}, told, tasks.log_fields)

    def change(self, task: TaskFacts, part: TaskPartFacts) -> None:
        """Open the form of a part."""
        save = partial(self._edits.change, task.id, part.id)
        told = "改动会记入修改历史。"
        self._form(f"修改任务{task.number}分项{part.mark}", save, part, told, self._edits.fields)

    def withdraw(self, task: TaskFacts, part: TaskPartFacts) -> None:
        """Ask from when on and why the plan no longer asks for a part."""
        save = partial(self._edits.withdraw, task.id, part.id)
        values = {name_of(TaskPartRow.withdrawn_on): self._office.today}
        told = "撤回的分项不再列入任务，工作记录保留。"
        self._form(f"撤回任务{task.number}分项{part.mark}", save, values, told, self._edits.withdraw_fields)

    def show_history(self, task: TaskFacts, part: TaskPartFacts) -> None:
        """Show who changed what of a part."""
        past = self._edits.history(part.id)
        HistoryDialog(f"任务{task.number}分项{part.mark}", past, self._over).open()

    def _form(
        self, title: str, save: Save, values: Mapping[str, Value], told: str, fields: Sequence[Field]
    ) -> None:
        tasks = self._office.desk.tasks
        FormDialog(self._office, title, fields, save, self._over, values, told, tasks).open()
