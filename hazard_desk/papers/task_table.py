"""重点任务分解表: the plan's tasks as the annex of the notice has them (S0 附件)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.query import Query
from hazard_desk.papers.model import Align, Cell, Column, Paper, Table, TableRow, Title
from hazard_desk.papers.tables import mark_of
from hazard_desk.rules.fields import Row, by_name
from hazard_desk.rules.numerals import chinese_numeral

_SHARED = ("leads", "units", "deadline_text")
"""Cells that the annex merges where a task takes over those of the task above."""


def task_table(books: Books, query: Query) -> Paper:
    """Return the annex table of the current plan: eight columns, merged as the office attaches it."""
    plan = books.plans.current()
    fields = {name: by_name(books.tasks.fields, name) for name in ("action", "key_task", "text", *_SHARED)}
    columns = (
        Column("序号", 3, "center"),
        *(Column(field.label, field.width, _align(name)) for name, field in fields.items()),
        Column("备注", 4),
    )
    tasks = books.tasks.select(Query(where=query.where, text=query.text))
    rows = tuple(_row(tasks, place, books) for place in range(len(tasks)))
    title = plan["annex_title"] or f"{plan['title']}任务分解表"
    return Paper(
        title=title,
        blocks=(Title(title), Table(columns, rows)),
        landscape=True,
        style="ledger",
        mark=mark_of(books),
    )


def _align(name: str) -> Align:
    return "left" if name == "text" else "center"


def _row(tasks: Sequence[Row], place: int, books: Books) -> TableRow:
    task = tasks[place]
    key = task["key_task_number"]
    show = {field.name: field.show for field in books.tasks.fields}
    shared = [_merged(tasks, place, name, show[name](task[name])) for name in _SHARED]
    return (
        _grouped(tasks, place, "key_task_number", str(key)),
        _grouped(
            tasks, place, "action_number", f"（{chinese_numeral(task['action_number'])}）{task['action']}"
        ),
        _grouped(tasks, place, "key_task_number", f"{key}．{task['key_task']}"),
        Cell(f"（{task['number']}）{task['text']}"),
        *shared,
        Cell(task["remark"]),
    )


def _grouped(tasks: Sequence[Row], place: int, by: str, text: str) -> Cell | None:
    """A cell over all rows of one group, in its first row; None in the others."""
    group = tasks[place][by]
    if place and tasks[place - 1][by] == group:
        return None
    return Cell(text, rowspan=_run(place, len(tasks), lambda at: tasks[at][by] == group))


def _merged(tasks: Sequence[Row], place: int, name: str, text: str) -> Cell | None:
    """A cell over the tasks that take this value over from the one it stands in."""
    number = tasks[place]["number"]
    of = tasks[place]["inherited_from"].get(name)
    if of is not None and any(_reaches(tasks, at, place, name) for at in range(place)):
        return None
    end = _run(place, len(tasks), lambda at: at == place or tasks[at]["inherited_from"].get(name) == number)
    return Cell(text, rowspan=end)


def _reaches(tasks: Sequence[Row], at: int, place: int, name: str) -> bool:
    """Whether the cell begun in row ``at`` runs down to row ``place``."""
    number = tasks[at]["number"]
    return all(tasks[row]["inherited_from"].get(name) == number for row in range(at + 1, place + 1))


def _run(start: int, end: int, same: Callable[[int], bool]) -> int:
    length = 0
    while start + length < end and same(start + length):
        length += 1
    return length
