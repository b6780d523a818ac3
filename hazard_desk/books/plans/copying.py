"""A plan of the desk as it stands today, as a ``Plan``: to be saved as a file or carried into a new year.

What the tables hold comes from the tables, with every change the office made; the rest (the narrative,
what a number column printed) from the file that the plan was entered from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TypeVar

from hazard_desk.books.duties.rows import OWN
from hazard_desk.books.groups import GroupRow, MembershipRow
from hazard_desk.books.plans.parts import part_of
from hazard_desk.books.plans.tables import (
    ActionRow,
    DutyRow,
    KeyTaskRow,
    PlanRegisterRow,
    PlanRow,
    SettledDoubt,
    StageRow,
    TaskPartRow,
    TaskRow,
)
from hazard_desk.library.plan_checks import FORMAT
from hazard_desk.library.plan_file import bundled_plan, plan_of_text
from hazard_desk.library.plans import (
    Action,
    Duty,
    Group,
    KeyTask,
    Member,
    Plan,
    Register,
    Stage,
    Task,
    TaskPart,
)
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Made, Record

R = TypeVar("R", bound=Record)


def plan_as_it_stands(cabinet: Cabinet, row: PlanRow, on: date) -> Plan:
    """Return the plan of a ``PlanRow`` with the tasks it asks for and who serves in its groups on a day."""
    return _Standing(cabinet, row, on).plan()


class _Standing:
    """Reads the rows of one plan."""

    def __init__(self, cabinet: Cabinet, row: PlanRow, on: date) -> None:
        self.cabinet = cabinet
        self.row = row
        row.short = row.short or row.title
        self.on = on
        self.source = plan_source(row)

    def plan(self) -> Plan:
        actions = tuple(self._actions())
        there = {task.number for action in actions for key in action.key_tasks for task in key.tasks}
        return part_of(
            Plan,
            self.row,
            self.source,
            stages=tuple(self._stages()),
            actions=actions,
            duties=tuple(self._duties(there)),
            registers=tuple(self._registers(there)),
            groups=tuple(self._groups()),
        )

    def _under(self, table: type[R], link: Made, number: int, order: Made) -> list[R]:
        return self.cabinet.records(table, table.select().where(link == number).order_by(order, table.id))

    def _stages(self) -> Iterator[Stage]:
        known = {stage.number: stage for stage in self.source.stages}
        for row in self._under(StageRow, StageRow.plan_id, self.row.id, StageRow.id):
            yield part_of(Stage, row, known.get(row.number))

    def _actions(self) -> Iterator[Action]:
        known = {action.number: action for action in self.source.actions}
        for row in self._under(ActionRow, ActionRow.plan_id, self.row.id, ActionRow.number):
            yield part_of(Action, row, known.get(row.number), key_tasks=tuple(self._key_tasks(row.id)))

    def _key_tasks(self, action: int) -> Iterator[KeyTask]:
        known = {key.number: key for above in self.source.actions for key in above.key_tasks}
        for row in self._under(KeyTaskRow, KeyTaskRow.action_id, action, KeyTaskRow.number):
            yield part_of(KeyTask, row, known.get(row.number), tasks=tuple(self._tasks(row.id)))

    def _tasks(self, key_task: int) -> Iterator[Task]:
        known = {task.number: task for task in self.source.tasks}
        for row in self._under(TaskRow, TaskRow.key_task_id, key_task, TaskRow.number):
            if row.withdrawn_on is None:
                row.doubts = [*row.doubts, *(SettledDoubt(settled).sentence for settled in row.settled)]
                source = known.get(row.number)
                yield part_of(Task, row, source, parts=tuple(self._parts(row.id, source)))

    def _parts(self, task: int, source: Task | None) -> Iterator[TaskPart]:
        known = {part.number: part for part in source.parts} if source else {}
        for row in self._under(TaskPartRow, TaskPartRow.task_id, task, TaskPartRow.number):
            if row.withdrawn_on is None:
                yield part_of(TaskPart, row, known.get(row.number))

    def _duties(self, there: set[int]) -> Iterator[Duty]:
        known = {duty.id: duty for duty in self.source.duties}
        for row in self._under(DutyRow, DutyRow.plan_id, self.row.id, DutyRow.id):
            if row.ends_on:
                continue
            # the office's own have no code and may have no basis; a plan file wants both
            row.code, row.basis = row.code or f"{OWN}{row.id}", row.basis or "本单位自行增加"
            row.tasks = [number for number in row.tasks if number in there]
            yield part_of(Duty, row, known.get(row.code))

    def _registers(self, there: set[int]) -> Iterator[Register]:
        known = {register.id: register for register in self.source.registers}
        for row in self._under(PlanRegisterRow, PlanRegisterRow.plan_id, self.row.id, PlanRegisterRow.id):
            row.tasks = [number for number in row.tasks if number in there]
            yield part_of(Register, row, known.get(row.code))

    def _groups(self) -> Iterator[Group]:
        known = {group.name: group for group in self.source.groups}
        taken = {group.id for group in self.source.groups}
        codes: dict[int | None, str] = {}
        for row in self._under(GroupRow, GroupRow.plan_id, self.row.id, GroupRow.id):
            source = known.get(row.name)
            codes[row.id] = source.id if source else _free(f"group-{row.id}", taken)
            members = tuple(self._members(row.id, source))
            yield part_of(
                Group, row, source, id=codes[row.id], parent=codes.get(row.parent_id, ""), members=members
            )

    def _members(self, group: int, source: Group | None) -> Iterator[Member]:
        known: dict[tuple[str, str, str], Member] = {}
        for one in source.members if source else ():
            known[one.role, one.person, one.post] = one
        for row in self._under(MembershipRow, MembershipRow.group_id, group, MembershipRow.id):
            if row.role and (row.ends_on is None or row.ends_on > self.on):  # a plan names no gaps
                yield part_of(Member, row, known.get((row.role, row.person, row.post)))


def plan_source(row: PlanRow) -> Plan:
    """Return the plan as it was entered; an older desk has the bundled plan or the head alone."""
    if row.source:
        return plan_of_text(row.source)
    return bundled_plan(row.code) or part_of(Plan, row, None, format=FORMAT)


@cache
def hazard_asks(code: str, source: str) -> tuple[str, ...]:
    """Return what a plan asks of hazards besides; a bundled one as it is bundled today."""
    plan = bundled_plan(code) or (plan_of_text(source) if source else None)
    return plan.hazard_asks if plan else ()


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-2"
    taken.add(name)
    return name
