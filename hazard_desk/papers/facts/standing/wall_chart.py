"""What 挂图作战图 tells: stages, actions, tasks with lead, unit, deadline and light, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.figures.board import stage_views
from hazard_desk.papers.model import Cell, Column, Fill, Table, TableRow
from hazard_desk.papers.order import Order
from hazard_desk.papers.wording.facts import Each, PaperFacts, Put, fact
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.numerals import chinese_numeral
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.store.columns import fields_of

_LIGHTS: dict[str, Fill] = {
    TaskStatus.NOT_STARTED: "grey",
    TaskStatus.IN_HAND: "blue",
    TaskStatus.DONE: "green",
    TaskStatus.DONE_LATE: "yellow",
    TaskStatus.OVERDUE: "red",
    TaskStatus.ON_TRACK: "green",
    TaskStatus.BEHIND: "orange",
    TaskStatus.BEFORE: "grey",
}
"""Each light also says its word: colour never speaks alone, and a copier has none."""
_STAGE_LIGHTS: dict[str, Fill] = {"已结束": "green", "进行中": "blue"}
_ONE_SHEET = 1800
"""Characters of tasks that one sheet holds."""
_FIELDS = fields_of(TaskFacts.leads, TaskFacts.units, TaskFacts.deadline_text)


def wall_chart_facts(books: Books, order: Order) -> PaperFacts:
    """Return the plan's tasks for the wall, as they stand on the order's day."""
    tasks = cache(lambda: books.tasks.select(order))
    return PaperFacts(
        {
            "任务数": fact("任务数", lambda: len(tasks()), Kind.INTEGER, "项"),
            "各状态": Each(_counted, lambda: _by_status(tasks())),
            "阶段表": Put("各阶段的时限和状态", lambda: _stages(books)),
            "任务表": Put("每项任务的状态，用底色标出", lambda: [_tasks(tasks())]),
        }
    )


def _by_status(tasks: Sequence[TaskFacts]) -> Iterator[PaperFacts]:
    for word in TaskStatus:
        if number := sum(task.status == word for task in tasks):
            yield _counted(str(word), number)


def _counted(status: str = "", number: int | None = None) -> PaperFacts:
    told = fact("状态", lambda: status)
    return PaperFacts({"状态": told, "项数": fact("项数", lambda: number, Kind.INTEGER, "项")})


def _stages(books: Books) -> list[Table]:
    """The stages as one row of cells; nothing for a plan without stages."""
    stages = stage_views(books)
    if not stages:
        return []
    cells = tuple(
        Cell(
            f"{stage.name}（{stage.deadline_text}）{stage.state}", fill=_STAGE_LIGHTS.get(stage.state, "grey")
        )
        for stage in stages
    )
    return [Table(tuple(Column("", 20, "center") for _ in stages), (cells,))]


def _tasks(tasks: Sequence[TaskFacts]) -> Table:
    """Two halves side by side, each with its own columns: a sheet is wider than it is high.

    Tasks of long texts go on over several sheets, below each other as they are read. A plan that names no
    leads, units or deadlines has no columns for them.
    """
    fields = [field for field in _FIELDS if any(task[field.name] for task in tasks)]
    columns = (
        Column("主要行动", 6, "center"),
        Column("序号", 3, "center"),
        Column("具体任务", 27),
        *(Column(field.label, 6, "center") for field in fields),
        Column("状态", 5, "center"),
    )
    if sum(len(task.text) for task in tasks) > _ONE_SHEET:
        return Table(columns, tuple(_rows(tasks, fields)))
    middle = _middle(tasks)
    left, right = (_rows(part, fields) for part in (tasks[:middle], tasks[middle:]))
    length = max(len(left), len(right))
    padded = [[*part, *_blank(length - len(part), len(columns))] for part in (left, right)]
    return Table(columns + columns, tuple((*one, *other) for one, other in zip(*padded, strict=True)))


def _blank(rows: int, columns: int) -> list[TableRow]:
    """What is left over below the shorter half: one empty cell."""
    empty: TableRow = (None,) * columns
    return [(Cell("", rows, columns), *empty[1:]), *[empty] * (rows - 1)] if rows else []


def _middle(tasks: Sequence[TaskFacts]) -> int:
    """Return where the second half begins: at the action nearest to the middle."""
    starts = [at for at in range(1, len(tasks)) if tasks[at].action_number != tasks[at - 1].action_number]
    return min(starts, key=lambda at: abs(2 * at - len(tasks)), default=len(tasks))


def _rows(tasks: Sequence[TaskFacts], fields: Sequence[Field]) -> list[TableRow]:
    rows: list[TableRow] = []
    for _, group in groupby(tasks, key=lambda task: task.action_number):
        members = list(group)
        for place, task in enumerate(members):
            action = f"（{chinese_numeral(task.action_number)}）{task.action}"
            rows.append((Cell(action, rowspan=len(members)) if place == 0 else None, *_task(task, fields)))
    return rows


def _task(task: TaskFacts, fields: Sequence[Field]) -> tuple[Cell, ...]:
    said = (field.show(task[field.name]) for field in fields)
    light = Cell(task.status, fill=_LIGHTS.get(task.status, ""))
    return (Cell(str(task.number)), Cell(task.text), *(Cell(word) for word in said), light)
