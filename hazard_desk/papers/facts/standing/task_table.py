"""The table of 重点任务分解表: the plan's tasks as the annex of the notice has them (S0 附件)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.papers.model import Align, Cell, Column, Table, TableRow
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.numerals import chinese_numeral
from hazard_desk.store.columns import fields_of

_OWN = fields_of(TaskFacts.action, TaskFacts.key_task, TaskFacts.text)
_SHARED = fields_of(TaskFacts.leads, TaskFacts.units, TaskFacts.helpers, TaskFacts.deadline_text)
"""Cells that the annex merges where a task takes over those of the task above."""


@dataclass(frozen=True)
class _Annex:
    """What the rows are set from: the tasks, the cells that the plan has, and its own numbering."""

    tasks: Sequence[TaskFacts]
    shared: tuple[Field, ...]
    key_marks: Mapping[int, str]
    marks: Mapping[int, str]


def task_table(books: Books, query: Query) -> Table:
    """Return the table of the current plan's tasks, merged as the office attaches it.

    A plan that names no leads, units or deadlines has no columns for them.
    """
    annex = _annex(books, query)
    columns = (
        Column("序号", 3, "center"),
        *(Column(field.label, field.width, _align(field)) for field in (*_OWN, *annex.shared)),
        Column("备注", 4),
    )
    return Table(columns, tuple(_row(annex, place) for place in range(len(annex.tasks))))


def _annex(books: Books, query: Query) -> _Annex:
    rows = list(books.plans.plan().rows())
    return _Annex(
        tasks=books.tasks.select(Query(where=query.where, text=query.text)),
        shared=tuple(one for one in _SHARED if any(task[one.name] for task in books.tasks.all_rows())),
        key_marks={key.number: key.written for _, key, _ in rows},
        marks={task.number: task.written for _, _, task in rows},
    )


def _align(field: Field) -> Align:
    return "left" if field.kind is Kind.LONG else "center"


def _row(annex: _Annex, place: int) -> TableRow:
    tasks = annex.tasks
    task = tasks[place]
    key = task.key_task_number
    action = f"（{chinese_numeral(task.action_number)}）{task.action}"
    return (
        _grouped(tasks, place, _key_task, str(key)),
        _grouped(tasks, place, _action, action),
        _grouped(tasks, place, _key_task, annex.key_marks[key] + task.key_task),
        Cell(annex.marks[task.number] + task.text),
        *(_merged(tasks, place, field) for field in annex.shared),
        Cell(task.remark),
    )


def _key_task(task: TaskFacts) -> int:
    return task.key_task_number


def _action(task: TaskFacts) -> int:
    return task.action_number


def _grouped(
    tasks: Sequence[TaskFacts], place: int, by: Callable[[TaskFacts], int], text: str
) -> Cell | None:
    """A cell over all rows of one group, in its first row; None in the others."""
    group = by(tasks[place])
    if place and by(tasks[place - 1]) == group:
        return None
    return Cell(text, rowspan=_run(place, len(tasks), lambda at: by(tasks[at]) == group))


def _merged(tasks: Sequence[TaskFacts], place: int, field: Field) -> Cell | None:
    """A cell over the tasks that take this value over from the one it stands in."""
    task, name = tasks[place], field.name
    number, of = task.number, task.inherited.get(name)
    if of is not None and any(_reaches(tasks, at, place, name) for at in range(place)):
        return None
    end = _run(place, len(tasks), lambda at: at == place or tasks[at].inherited.get(name) == number)
    return Cell(field.show(task[name]), rowspan=end)


def _reaches(tasks: Sequence[TaskFacts], at: int, place: int, name: str) -> bool:
    """Whether the cell begun in row ``at`` runs down to row ``place``."""
    number = tasks[at].number
    return all(tasks[row].inherited.get(name) == number for row in range(at + 1, place + 1))


def _run(start: int, end: int, same: Callable[[int], bool]) -> int:
    length = 0
    while start + length < end and same(start + length):
        length += 1
    return length
