"""What the ledgers hold for the tasks of a plan, and where tasks stand together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from peewee import fn

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.plans.tables import PlanRegisterRow
from hazard_desk.books.registers import REGISTER, RegisterRow
from hazard_desk.rules.fields import Row
from hazard_desk.rules.fulfilment import BEHIND
from hazard_desk.rules.tasks import DutyCourse, TaskStatus, Work, together
from hazard_desk.store.cabinet import Cabinet


def work_of(cabinet: Cabinet, tasks: Sequence[Row], duties: Duties, day: date) -> dict[int, Work]:
    """Return what the ledgers hold for each task on a day, by its id. A handful of queries for all tasks."""
    last = duties.proofs.last_work(day)
    courses = _courses(duties, day)
    registers = _registers(cabinet, day)
    return {
        task["id"]: Work(
            last.get(task["id"]), tuple(courses[task["number"]]), tuple(registers[task["number"]])
        )
        for task in tasks
    }


def _courses(duties: Duties, day: date) -> dict[int, list[DutyCourse]]:
    """Return how the duties of each task went, by the task's number."""
    found: dict[int, list[DutyCourse]] = defaultdict(list)
    for duty, times in duties.courses(day):
        for number in duty["tasks"]:
            found[number].append(_course(duty, times))
    return found


def _course(duty: Row, times: Sequence[DutyOccurrence]) -> DutyCourse:
    behind = tuple(one.when.period for one in times if one.state in BEHIND)
    kept_up = duty["counted_in"] if duty["kind"] == "standing_count" else ""
    return DutyCourse(duty["title"], duty["met"], duty["should"], behind, duty["next_due"], kept_up)


def _registers(cabinet: Cabinet, day: date) -> dict[int, list[tuple[str, int]]]:
    """Return the registers with rows of each task by its number: their titles and how many rows.

    Rows bear no day of entry that can be asked for, so a day past tells nothing of them.
    """
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    if day < cabinet.clock.today:
        return found
    grouped = RegisterRow.select(REGISTER, fn.COUNT(RegisterRow.id).alias("count"))
    counts = {row["register"]: row["count"] for row in cabinet.rows(grouped.group_by(REGISTER))}
    plan = int(cabinet.setting("plan"))
    select = PlanRegisterRow.select().where(PlanRegisterRow.plan_id == plan).order_by(PlanRegisterRow.id)
    for register in cabinet.rows(select):
        for number in register["tasks"]:
            if counts.get(register["code"]):
                found[number].append((register["title"], counts[register["code"]]))
    return found


@dataclass
class Rollup:
    """Tasks that belong together, and where they stand: of an action, a key task, a leader or a unit."""

    name: str
    tasks: list[Row] = field(default_factory=list)

    @property
    def lights(self) -> Counter[str]:
        """How many tasks stand in each status."""
        return Counter(str(task["status"]) for task in self.tasks)

    @property
    def status(self) -> TaskStatus:
        return together(self.lights)

    @property
    def reason(self) -> str:
        """Why it stands so: the counts, and the numbers of the tasks that are late or behind."""
        counts = self.lights
        told = [f"{status}{counts[status]}项" for status in TaskStatus if counts[status]]
        late = [t for t in self.tasks if t["status"] in (TaskStatus.OVERDUE, TaskStatus.BEHIND)]
        numbers = "、".join(str(task["number"]) for task in late)
        return f"{len(self.tasks)}项任务：{'、'.join(told)}" + (f"（第{numbers}项需抓紧）" if late else "")


_NAMES = {"action": "action", "key_task": "key_task", "lead": "leads", "unit": "units"}


def rollup(tasks: Sequence[Row], by: str) -> list[Rollup]:
    """Return the tasks together ``by`` action, key_task, lead or unit, in the order of the plan."""
    found: dict[str, Rollup] = {}
    for task in tasks:
        names = task[_NAMES[by]]
        for name in names if isinstance(names, list) else [names]:
            found.setdefault(name, Rollup(name)).tasks.append(task)
    return list(found.values())
