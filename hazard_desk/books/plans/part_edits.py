"""Changes that the office makes to the parts (分项) of a task: who leads, by when, what it asks for."""

from __future__ import annotations

from collections.abc import Mapping

from peewee import fn

from hazard_desk.books.plans.tables import PlanRow, TaskPartFacts, TaskPartRow
from hazard_desk.books.plans.task_edits import asked_to_withdraw, date_by_wording, withdrawal
from hazard_desk.books.plans.tasks import Tasks
from hazard_desk.rules.fields import Value, read_all
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import declared
from hazard_desk.store.undo import Past, history


class PartEdits:
    """Adding, changing and withdrawing parts of the tasks of the current plan."""

    fields = tuple(field for field in declared(TaskPartRow) if not field.given)
    withdraw_fields = asked_to_withdraw(TaskPartRow.withdrawn_why, "从这一天起不再列入任务的分项")

    def __init__(self, cabinet: Cabinet, tasks: Tasks) -> None:
        self.cabinet = cabinet
        self.tasks = tasks

    def add(self, number: int, values: Mapping[str, Value]) -> Change:
        """Add a part to a task, with the next free number. Raises ``RefusedFields``."""
        task = self.tasks.get(number)
        row = self._read(values, None)
        last = TaskPartRow.select(fn.MAX(TaskPartRow.number)).where(TaskPartRow.task_id == number)
        row.task_id, row.number = number, int(self.cabinet.scalar(last) or 0) + 1
        with self.cabinet.act("tasks.add_part", self.tasks.id) as act:
            act.insert(TaskPartRow, row)
            act.done(f"任务{task.number}新增分项（{row.number}）", number)
        return act.result

    def change(self, number: int, part: int, values: Mapping[str, Value]) -> Change:
        """Change a part of a task; what is left out stays. Raises ``RefusedFields``."""
        old = self.tasks.part(number, part)
        row = self._read(old | dict(values), old)
        with self.cabinet.act("tasks.change_part", self.tasks.id) as act:
            act.update(TaskPartRow, part, row)
            act.done(f"修改任务{self.tasks.get(number).number}分项{old.mark}", number)
        return act.result

    def withdraw(self, number: int, part: int, values: Mapping[str, Value]) -> Change:
        """Take a part out of its task from a day on, with the reason; its work log stays."""
        old = self.tasks.part(number, part)
        row = TaskPartRow(withdrawal(self.withdraw_fields, values, self.cabinet.clock.today))
        with self.cabinet.act("tasks.withdraw_part", self.tasks.id) as act:
            act.update(TaskPartRow, part, row)
            act.done(f"撤回任务{self.tasks.get(number).number}分项{old.mark}", number)
        return act.result

    def history(self, part: int) -> list[Past]:
        """Return what was done to a part, latest first."""
        return history(self.cabinet, TaskPartRow, part, declared(TaskPartRow))

    def _read(self, values: Mapping[str, Value], old: TaskPartFacts | None) -> TaskPartRow:
        row = TaskPartRow(read_all(self.fields, values, self.cabinet.clock.today))
        row.doubts = list(old.doubts) if old else []
        plan = self.cabinet.row(PlanRow, int(self.cabinet.setting("plan")))
        date_by_wording(plan, row, TaskPartRow(old or {}))
        return row
