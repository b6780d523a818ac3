"""挂图作战图: stages, actions, tasks with lead, unit, deadline and light, on landscape A3, nothing cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.figures.board import stage_views
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    FieldsLine,
    Fill,
    Note,
    Paper,
    Table,
    TableRow,
    Title,
)
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field
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


def wall_chart(books: Books, order: Order) -> Paper:
    """Return the plan as a chart for the wall, as its tasks stand on the order's day."""
    tasks = books.tasks.select(order)
    day = order.as_of or books.today
    title = f"{books.plans.current().short}挂图作战图"
    counted = "　".join(f"{word}{number}项" for word, number in _counts(tasks) if number)
    blocks: tuple[Block, ...] = (
        Title(title),
        FieldsLine(
            (
                ("作战单位", books.office_name),
                ("任务", f"{len(tasks)}项　{counted}"),
                ("截至", show_date(day)),
            )
        ),
        *_stages(books),
        _tasks(tasks),
        Note(
            "状态栏底色：绿为已完成或按期推进，蓝为进行中，黄为逾期完成，橙为滞后，红为已逾期，灰为未开始。"
        ),
    )
    return Paper(title, blocks, landscape=True, style="ledger", mark=mark_of(books), page_size="A3")


def _counts(tasks: Sequence[TaskFacts]) -> list[tuple[str, int]]:
    return [(str(word), sum(task.status == word for task in tasks)) for word in TaskStatus]


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
