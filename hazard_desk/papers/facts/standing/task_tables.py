"""The tables of 任务进展表: every task with its latest work, under its action; and how far each lead is."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.papers.model import Align, Cell, Column, Table, TableRow
from hazard_desk.rules.fields import Field
from hazard_desk.rules.numerals import chinese_numeral
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.store.columns import field_of

_SHOWN: tuple[tuple[Field, Align], ...] = (
    (field_of(TaskFacts.text), "left"),
    (field_of(TaskFacts.leads), "center"),
    (field_of(TaskFacts.units), "center"),
    (field_of(TaskFacts.deadline_text), "center"),
)
_ENTRIES = 2
"""Entries of the work log that are told, the latest."""


def tasks_by_action(books: Books, tasks: list[TaskFacts], day: date) -> Table:
    """Return every task under its action, with its latest work up to ``day``."""
    columns = (
        Column("序号", 3, "center"),
        Column("主要行动", 6),
        *(Column(field.label, field.width, align) for field, align in _SHOWN),
        Column("进展情况", 26),
        Column("状态", 5, "center"),
    )
    rows = tuple(_task_row(books, tasks, place, day) for place in range(len(tasks)))
    return Table(columns, rows)


def _task_row(books: Books, tasks: list[TaskFacts], place: int, day: date) -> TableRow:
    task = tasks[place]
    action = task.action_number
    first = place == 0 or tasks[place - 1].action_number != action
    rows = sum(1 for other in tasks if other.action_number == action)
    name = f"（{chinese_numeral(action)}）{task.action}"
    return (
        Cell(str(task.number)),
        Cell(name, rowspan=rows) if first else None,
        *(Cell(field.show(task[field.name])) for field, _ in _SHOWN),
        Cell(_progress(books, task, day)),
        Cell(task.status),
    )


def _progress(books: Books, task: TaskFacts, day: date) -> str:
    """The latest entries of the work log up to ``day``, the older first."""
    entries = [entry for entry in books.tasks.log(task.id) if entry.happened_on <= day][:_ENTRIES]
    return "\n".join(f"{entry.happened_on.isoformat()}　{entry.note}" for entry in reversed(entries))


def tasks_by_lead(tasks: list[TaskFacts]) -> Table:
    """Return how many tasks of each state every lead has."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for task in tasks:
        for lead in task.leads or ["（未明确）"]:
            counted[lead][task.status] += 1
    columns = (
        Column("牵头领导", 12, "center"),
        Column("任务数", 6, "center"),
        *(Column(str(status), 6, "center") for status in TaskStatus),
    )
    return Table(columns, tuple(_lead_row(lead, states) for lead, states in counted.items()))


def _lead_row(lead: str, states: Counter[str]) -> tuple[Cell, ...]:
    numbers = (states.total(), *(states[str(status)] for status in TaskStatus))
    return (Cell(lead), *(Cell(str(number)) for number in numbers))
