"""The pane beside the tree: one task in full, why its light stands so, and its work log."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hazard_desk.books.plans.tables import SettledDoubt, TaskFacts, TaskLogFacts
from hazard_desk.figures.targets import TargetView
from hazard_desk.library.plans import Plan
from hazard_desk.rules.dates import show_moment
from hazard_desk.store.columns import names_of
from ui.office import Office
from ui.pages.plan_view import fill_plan, marked
from ui.panes.detail_pane import DetailPane, Pieces
from ui.plans.part_acts import PartActs
from ui.plans.task_acts import TaskActs
from ui.widgets.basics import button, label, menu_button
from ui.widgets.chip import Chip
from ui.widgets.facts import Facts
from ui.widgets.layouts import Stretch, across, lay
from ui.widgets.timeline import Timeline, TimelineEntry

_HINT = "在左侧选择一项任务，这里显示详情和工作记录。"
_ABOVE = names_of(TaskFacts.number, TaskFacts.text, TaskFacts.status, TaskFacts.overdue, TaskFacts.reason)
"""Fields that the head of the pane tells."""


class TaskPane(DetailPane):
    """Shows one task, or the plan where none is chosen."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, _HINT, parent)
        self.tasks = office.desk.tasks
        self.record: TaskFacts | None = None
        self.acts = TaskActs(office, self)
        self.parts = PartActs(office, self)
        self._rows: dict[int, TaskFacts] = {}
        self._plan: tuple[Plan, Sequence[TargetView]] | None = None

    def know(self, plan: Plan, targets: Sequence[TargetView], tasks: Sequence[TaskFacts]) -> None:
        """Take what can be shown: the plan with its targets, and the tasks."""
        self._plan = (plan, targets)
        self._rows = {task.id: task for task in tasks}

    def show_task(self, number: int | None) -> None:
        """Show a task, or the plan as a whole where none is chosen."""
        self.record = self._rows.get(-1 if number is None else number)
        if self.record is not None:
            self.put(f"task/{number}", partial(self._fill, self.record))
        elif self._plan is not None:
            self.put("plan", partial(self._fill_plan, *self._plan))

    def _fill_plan(
        self, plan: Plan, targets: Sequence[TargetView], layout: QVBoxLayout, body: QWidget
    ) -> Pieces:
        layout.addWidget(label(_HINT, body, "small", wrap=True))
        yield
        fill_plan(layout, body, plan, targets)

    def add_log(self) -> None:
        """Open the form for an entry of the work log."""
        if self.record is None:
            self.office.notice("请先在左侧选择一项具体任务")
            return
        title, save = f"任务{self.record.number}　登记工作记录", partial(self.tasks.add_log, self.record.id)
        help = "登记“完成”后任务转为已完成；“重新开展”撤回完成。"
        self.ask(title, self.tasks.log_fields, save, help=help)

    def _fill(self, task: TaskFacts, layout: QVBoxLayout, body: QWidget) -> Pieces:
        head = across(label(f"任务{task.number}", body, "title"), Chip(task.status, body), Stretch())
        lay(
            layout,
            head,
            self._acts(body, task),
            label(task.reason, body, "soft", wrap=True),
            label(task.text, body, wrap=True),
        )
        for sentence in task.taken_over:
            layout.addLayout(marked("承接", sentence, body))
        for doubt in task.doubts:
            line = marked("存疑", doubt, body)
            settle = button("核对", body, partial(self.acts.settle, task, doubt), role="quiet")
            line.addWidget(settle, 0, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(line)
        for settled in task.settled:
            layout.addLayout(marked("已核对", SettledDoubt(settled).sentence, body))
        yield
        facts = Facts(body)
        facts.add_record([field for field in self.tasks.fields if field.name not in _ABOVE], task)
        layout.addWidget(facts)
        yield
        if task.parts:
            self.parts.fill(layout, body, task)
            yield
        self._add_work_log(layout, body, task)

    def _acts(self, body: QWidget, task: TaskFacts) -> QHBoxLayout:
        acts = across(button("登记工作记录", body, self.add_log, "note", "primary"))
        more = menu_button(
            "更多", body, [*self.acts.entries(task), ("新增分项…", partial(self.parts.add, task))]
        )
        lay(acts, more, Stretch())
        return acts

    def _add_work_log(self, layout: QVBoxLayout, body: QWidget, task: TaskFacts) -> None:
        layout.addWidget(label("工作记录", body, "heading"))
        entries = [self._entry(row) for row in self.tasks.log(task.id)]
        if not entries:
            layout.addWidget(label("还没有工作记录", body, "soft"))
            return
        timeline = Timeline(body)
        timeline.show_entries(entries)
        layout.addWidget(timeline)

    def _entry(self, row: TaskLogFacts) -> TimelineEntry:
        by = f"{row.who} 登记于 {show_moment(row.entered_at)}"
        title = f"分项{row.part}　{row.kind}" if row.part else row.kind
        return TimelineEntry(row.happened_on.isoformat(), title, note=row.note, by=by.strip())
