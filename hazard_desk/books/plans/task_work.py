"""What the ledgers hold for the tasks of a plan, and where tasks stand together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import peewee
from peewee import fn

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.opening import kept_since
from hazard_desk.books.plans.tables import DutyFacts, PlanRegisterRow, TaskFacts
from hazard_desk.books.registers import REGISTER, RegisterRow
from hazard_desk.rules.fulfilment import BEHIND
from hazard_desk.rules.tasks import DutyCourse, TaskStatus, Work, together
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of

_SETTLING = timedelta(days=30)
"""So long after a desk was begun its registers may not hold yet what is there."""


def work_of(cabinet: Cabinet, tasks: Sequence[TaskFacts], duties: Duties, day: date) -> dict[int, Work]:
    """Return what the ledgers hold for each task on a day, by its id. A handful of queries for all tasks."""
    last = duties.proofs.last_work(day)
    courses = _courses(duties, day)
    registers = _registers(cabinet, day)
    return {
        task.id: Work(last.get(task.id), tuple(courses[task.number]), tuple(registers[task.number]))
        for task in tasks
    }


def _courses(duties: Duties, day: date) -> dict[int, list[DutyCourse]]:
    """Return how the duties of each task went, by the task's number."""
    found: dict[int, list[DutyCourse]] = defaultdict(list)
    opened = kept_since(duties.cabinet)
    settling = opened is not None and day < opened + _SETTLING
    for duty, times in duties.courses(day):
        for number in duty.tasks:
            found[number].append(_course(duty, times, settling))
    return found


def _course(duty: DutyFacts, times: Sequence[DutyOccurrence], settling: bool) -> DutyCourse:
    behind = tuple(one.when.period for one in times if one.state in BEHIND)
    kept_up = duty.counted_in if duty.kind == "standing_count" else ""
    return DutyCourse(duty.title, duty.met, duty.should, behind, duty.next_due, kept_up, settling)


def _registers(cabinet: Cabinet, day: date) -> dict[int, list[tuple[str, int]]]:
    """Return the registers with rows of each task by its number: their titles and how many rows.

    Rows bear no day of entry that can be asked for, so a day past tells nothing of them.
    """
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    if day < cabinet.clock.today:
        return found
    rows = fn.COUNT(RegisterRow.id).alias(name_of(_Counted.rows))
    grouped = cabinet.records(_Counted, RegisterRow.select(REGISTER, rows).group_by(REGISTER))
    there = {counted.register: counted.rows for counted in grouped}
    plan = int(cabinet.setting("plan"))
    select = PlanRegisterRow.select().where(PlanRegisterRow.plan_id == plan).order_by(PlanRegisterRow.id)
    for register in cabinet.records(PlanRegisterRow, select):
        for number in register.tasks:
            if register.code in there:
                found[number].append((register.title, there[register.code]))
    return found


class _Counted(RegisterRow):
    """How many rows a register has."""

    rows = peewee.IntegerField()


@dataclass
class Rollup:
    """Tasks that belong together, and where they stand: of an action, a key task, a leader or a unit."""

    name: str
    tasks: list[TaskFacts] = field(default_factory=list)

    @property
    def lights(self) -> Counter[str]:
        """How many tasks stand in each status."""
        return Counter(task.status for task in self.tasks)

    @property
    def status(self) -> TaskStatus:
        return together(self.lights)

    @property
    def reason(self) -> str:
        """Why it stands so: the counts, and the numbers of the tasks that are late or behind."""
        counts = self.lights
        told = [f"{status}{counts[status]}项" for status in TaskStatus if counts[status]]
        late = [t for t in self.tasks if t.status in (TaskStatus.OVERDUE, TaskStatus.BEHIND)]
        numbers = "、".join(str(task.number) for task in late)
        return f"{len(self.tasks)}项任务：{'、'.join(told)}" + (f"（第{numbers}项需抓紧）" if late else "")


def _with_parts(names: list[str], of_parts: list[list[str]]) -> list[str]:
    return list(dict.fromkeys([*names, *(name for part in of_parts for name in part)]))


_NAMES: dict[str, Callable[[TaskFacts], list[str]]] = {
    "action": lambda task: [task.action],
    "key_task": lambda task: [task.key_task],
    "lead": lambda task: _with_parts(task.leads, [part.leads for part in task.parts]),
    "unit": lambda task: _with_parts(task.units, [part.units for part in task.parts]),
}


def rollup(tasks: Sequence[TaskFacts], by: str) -> list[Rollup]:
    """Return the tasks together ``by`` action, key_task, lead or unit, in the order of the plan.

    Who leads a part of a task, or answers for it, stands there with the task.
    """
    found: dict[str, Rollup] = {}
    for task in tasks:
        for name in _NAMES[by](task):
            found.setdefault(name, Rollup(name)).tasks.append(task)
    return list(found.values())
