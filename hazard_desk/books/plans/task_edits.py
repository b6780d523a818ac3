"""Changes that the office makes to the tasks of its plan: each one act, in the audit trail, to be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from peewee import fn

from hazard_desk.books.plans.tables import (
    ActionRow,
    KeyTaskRow,
    PlanRow,
    SettledDoubt,
    TaskFacts,
    TaskPartRow,
    TaskRow,
    tasks_with,
)
from hazard_desk.books.plans.tasks import Tasks
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.deadlines import Deadline, deadline_in
from hazard_desk.rules.fields import Field, Kind, Row, Value, read_all
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Made, declared, field_of, name_of
from hazard_desk.store.undo import Past, history

D = TypeVar("D", TaskRow, TaskPartRow)
_OF_DEADLINE = ("完成时限待核对", "完成时限不在")
"""How the doubts begin that come with a deadline and go with it."""
_DEADLINE = name_of(TaskRow.deadline_text)
_SHARED = {
    name_of(TaskRow.leads): (name_of(TaskRow.leads),),
    name_of(TaskRow.units): (name_of(TaskRow.units),),
    _DEADLINE: (_DEADLINE, name_of(TaskRow.due), name_of(TaskRow.standing)),
}
"""Cells that tasks take over from one above, and the columns that go with each."""
_WITHDRAWN = name_of(TaskRow.withdrawn_on)
_KEY_TASK = name_of(TaskFacts.key_task)


def asked_to_withdraw(why: Made, help: str) -> tuple[Field, ...]:
    """Return what is asked of a task, or of a part of one, that is withdrawn; ``why`` keeps the reason."""
    day = Field(_WITHDRAWN, "撤回日期", Kind.DATE, required=True, help=help)
    return (day, replace(field_of(why), given=False, required=True))


def withdrawal(fields: Sequence[Field], values: Mapping[str, Value], today: date) -> Row:
    """Return what is said of a withdrawal. Raises ``RefusedFields``, also for a day to come."""
    said = read_all(fields, values, today)
    day = said[_WITHDRAWN]
    if isinstance(day, date) and day > today:
        raise RefusedFields({_WITHDRAWN: "“撤回日期”不能晚于今天"})
    return said


class TaskEdits:
    """Adding, changing, moving and withdrawing tasks of the current plan, and settling their doubts."""

    withdraw_fields = asked_to_withdraw(TaskRow.withdrawn_why, "从这一天起不再列入方案任务")
    settle_fields = declared(SettledDoubt)

    def __init__(self, cabinet: Cabinet, tasks: Tasks) -> None:
        self.cabinet = cabinet
        self.tasks = tasks

    def fields(self) -> tuple[Field, ...]:
        """Return what can be entered of a task; the key task is chosen from those of the plan."""
        key_task = Field(_KEY_TASK, "所属重点任务", Kind.CHOICE, required=True, choices=tuple(self._keys()))
        return (key_task, *(field for field in declared(TaskRow) if not field.given))

    def values(self, number: int) -> TaskFacts:
        """Return a task as the form shows it."""
        row = self.tasks.get(number)
        row.key_task = _key_name(row.key_task_number, row.key_task)
        return row

    def add(self, values: Mapping[str, Value]) -> Change:
        """Add a task to the current plan, with the next free number. Raises ``RefusedFields``."""
        row = self._read(values, None)
        last = tasks_with(fn.MAX(TaskRow.number)).where(ActionRow.plan_id == self._plan.id)
        row.number, row.inherited = int(self.cabinet.scalar(last) or 0) + 1, {}
        with self.cabinet.act("tasks.add", self.tasks.id) as act:
            number = act.insert(TaskRow, row)
            act.done(f"新增任务{row.number}", number)
        return act.result

    def change(self, number: int, values: Mapping[str, Value]) -> Change:
        """Change or move a task; those that take a cell over from it follow. Raises ``RefusedFields``."""
        old = self.tasks.get(number)
        row = self._read(self.values(number) | dict(values), old)
        moved = row.key_task_id != old.key_task_id
        changed = [cell for cell, names in _SHARED.items() if any(row[name] != old[name] for name in names)]
        row.inherited = {cell: of for cell, of in old.inherited.items() if cell not in changed and not moved}
        with self.cabinet.act("tasks.change", self.tasks.id) as act:
            act.update(TaskRow, number, row)
            for other in self._followers(old.number):
                self._follow(act, other, row, old.number, changed, cut=moved)
            name = str(values.get(_KEY_TASK, ""))
            act.done(f"任务{old.number}移到“{name}”" if moved else f"修改任务{old.number}", number)
        return act.result

    def withdraw(self, number: int, values: Mapping[str, Value]) -> Change:
        """Take a task out of the plan from a day on, with the reason; its work log stays."""
        task = self.tasks.get(number)
        row = TaskRow(withdrawal(self.withdraw_fields, values, self.cabinet.clock.today))
        with self.cabinet.act("tasks.withdraw", self.tasks.id) as act:
            act.update(TaskRow, number, row)
            for other in self._followers(task.number):
                self._follow(act, other, task, task.number, [], cut=True)
            act.done(f"撤回任务{task.number}", number)
        return act.result

    def withdrawn(self) -> list[TaskFacts]:
        """Return the tasks that were withdrawn from the current plan."""
        return self.tasks.withdrawn()

    def bring_back(self, number: int) -> Change:
        """Take a withdrawn task up again."""
        row = next((row for row in self.withdrawn() if row.id == number), None)
        if row is None:
            raise Refused("这项任务没有撤回，请刷新后再看")
        with self.cabinet.act("tasks.bring_back", self.tasks.id) as act:
            asked = TaskRow()
            asked.withdrawn_on, asked.withdrawn_why = None, ""
            act.update(TaskRow, number, asked)
            act.done(f"恢复任务{row.number}", number)
        return act.result

    def settle(self, number: int, doubt: str, values: Mapping[str, Value]) -> Change:
        """Settle a doubt of a task: what was decided, by whom, today."""
        task = self.tasks.get(number)
        settled = SettledDoubt(read_all(self.settle_fields, values, self.cabinet.clock.today))
        settled.doubt, settled.on = doubt, self.cabinet.clock.today.isoformat()
        if doubt not in task.doubts:
            raise Refused("这条存疑已经核对过，请刷新后再看")
        row = TaskRow()
        row.doubts = [other for other in task.doubts if other != doubt]
        row.settled = [*task.settled, settled]
        with self.cabinet.act("tasks.settle", self.tasks.id) as act:
            act.update(TaskRow, number, row)
            act.done(f"核对任务{task.number}的存疑", number)
        return act.result

    def history(self, number: int) -> list[Past]:
        """Return what was done to a task, latest first."""
        return history(self.cabinet, TaskRow, number, declared(TaskRow))

    @property
    def _plan(self) -> PlanRow:
        return self.cabinet.row(PlanRow, int(self.cabinet.setting("plan")))

    def _keys(self) -> dict[str, int]:
        """The key tasks of the plan by the name under which they are chosen."""
        select = (
            KeyTaskRow.select()
            .join(ActionRow.model, on=(KeyTaskRow.action_id == ActionRow.id))
            .where(ActionRow.plan_id == int(self.cabinet.setting("plan")))
            .order_by(ActionRow.number, KeyTaskRow.number)
        )
        rows = self.cabinet.records(KeyTaskRow, select)
        return {_key_name(row.number, row.name): row.id for row in rows}

    def _read(self, values: Mapping[str, Value], old: TaskFacts | None) -> TaskRow:
        row = TaskRow(read_all(self.fields(), values, self.cabinet.clock.today))
        row.key_task_id = self._keys()[str(row.pop(_KEY_TASK))]
        self._date(row, *((old, old.doubts) if old else (TaskRow(), [])))
        return row

    def _date(self, row: TaskRow, old: TaskRow, doubts: list[str]) -> None:
        """Fill in the date, whether it stands, and the doubts, as the wording of the deadline has them."""
        row.doubts = list(doubts)
        row.standing = date_by_wording(self._plan, row, old).standing

    def _followers(self, number: int) -> list[TaskFacts]:
        return [row for row in self.tasks.all_rows() if number in row.inherited.values()]

    def _follow(
        self, act: Act, other: TaskFacts, row: TaskRow, number: int, changed: list[str], cut: bool
    ) -> None:
        """Bring the changed cells to a task that takes them over; with ``cut`` it keeps them as its own."""
        taken = [cell for cell, of in other.inherited.items() if of == number]
        values = TaskRow({name: row[name] for cell in taken if cell in changed for name in _SHARED[cell]})
        if _DEADLINE in values:
            values.doubts = [
                *(doubt for doubt in other.doubts if not doubt.startswith(_OF_DEADLINE)),
                *(doubt for doubt in row.doubts if doubt.startswith(_OF_DEADLINE)),
            ]
        if cut:
            values.inherited = {cell: of for cell, of in other.inherited.items() if of != number}
        if values:
            act.update(TaskRow, other.id, values)


def date_by_wording(plan: PlanRow, row: D, old: D) -> Deadline:
    """Fill in the date of a task or a part of one, and the doubts that go with it; return the meaning.

    ``row`` holds the doubts that it had. Raises ``RefusedFields`` where date and wording disagree.
    """
    text = row.deadline_text
    meaning = deadline_in(plan, text)
    same = text == old.deadline_text
    due = row.due if same or row.due != old.due else None
    if meaning.understood:
        if due not in (None, meaning.due):
            should = f"应为{meaning.due}" if meaning.due else "没有日期"
            raise RefusedFields({name_of(TaskRow.due): f"与完成时限“{text}”不一致（{should}），请改完成时限"})
        due = meaning.due
    doubts = [doubt for doubt in row.doubts if same or not doubt.startswith(_OF_DEADLINE)]
    if not same and meaning.note and text:
        doubts.append(f"{_OF_DEADLINE[0]}（{meaning.note}）")
    if not same and due and not plan.starts_on <= due <= plan.ends_on:
        doubts.append(f"{_OF_DEADLINE[1]}方案的起止日期之内，请核对。")
    row.due, row.doubts = due, doubts
    return meaning


def _key_name(number: int, name: str) -> str:
    return f"{number}．{name}"
