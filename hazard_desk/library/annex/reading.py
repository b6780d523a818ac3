"""The annex of a plan (重点任务分解表), read from a table: the tasks as understood, inherited, doubtful.

A cell that is merged with the one above is inherited; so is an empty one, within one action, but that is a
guess and flagged (S0's annex is full of both). Whatever is doubtful stands with its cell in ``doubts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from hazard_desk.grid.cells import CellContent
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.columns import SHARED, AnnexCell, AnnexHeading, find_annex
from hazard_desk.library.annex.task import AnnexTask, doubtful, taking, with_cell
from hazard_desk.library.annex.words import items, joined, name_in, names
from hazard_desk.library.plans import SharedCell
from hazard_desk.rules.dates import years_in

_NOTE = re.compile(r"^\s*(?:注|备注|说明|填表|填报|联系)")
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60
"""What lies beyond is no annex."""
_NO_TITLE = re.compile(r"^\s*(?:附件|附表|附)\s*\d*\s*[:：]?\s*$|^\s*[（(]?(?:单位|填报|日期)")


@dataclass(frozen=True)
class Annex:
    """What was understood of a table."""

    title: str
    """The plan's name, as far as the text over the table tells it."""
    annex_title: str
    year: int
    """The year of dates written without one."""
    found_in: str
    columns: Mapping[AnnexCell, tuple[str, ...]]
    """What each column was taken for: role -> the headings of its columns."""
    tasks: tuple[AnnexTask, ...]
    notes: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that the title names; the year of the dates where it names none."""
        named = (*years_in(self.annex_title), self.year)
        return min(named), max(named)


def read_annex(tables: Sequence[Grid], year: int) -> Annex:
    """Return what the annex table among ``tables`` says. ``Refused`` when none has a heading.

    ``year`` is that of dates without one, unless the title names another.
    """
    table, heading = find_annex([_within_bounds(table) for table in tables])
    annex_title = _title(table, heading)
    year = next(iter(years_in(annex_title)), year)
    reader = _Reader(table, heading, year)
    reader.read()
    others = sum(len(other.rows) > 1 for other in tables) - 1
    if others > 0:
        reader.notes.append(f"文件里还有{others}张表，没有读取。")
    title = re.match(r".*?(?:方案|计划|要点|意见)(?:（[^）]*）)?", annex_title)
    return Annex(
        title=title.group() if title else annex_title,
        annex_title=annex_title,
        year=year,
        found_in=table.called,
        columns=heading.labels,
        tasks=tuple(_renumbered(reader.tasks)),
        notes=tuple(reader.notes),
    )


def _within_bounds(table: Grid) -> Grid:
    part = table.part(_MOST_ROWS, _MOST_COLUMNS)
    return replace(part, rows=[[_in_full(cell) for cell in row] for row in part.rows])


def _in_full(cell: CellContent) -> CellContent:
    """A date as a deadline is written."""
    return f"{cell.year}年{cell.month}月{cell.day}日" if isinstance(cell, date) else cell


def _title(table: Grid, heading: AnnexHeading) -> str:
    """The line over the heading that names the table; a title in two lines is put together."""
    lines = [*table.above, *("".join(table.line(row)) for row in range(heading.top))]
    lines = [re.sub(r"\s+", "", line) for line in lines if line.strip() and not _NO_TITLE.match(line)]
    if not lines:
        return ""
    last = lines[-1]
    goes_on = re.match(r"(?:重点|工作|目标|主要|责任|任务)", last)
    if goes_on and len(lines) > 1 and re.search(r"方案(?:（[^）]*）)?$", lines[-2]):
        last = lines[-2] + last
    return last.removesuffix("（示例）")[:100]


class _Reader:
    """Goes down the rows of a table, keeping what holds for the rows below."""

    def __init__(self, table: Grid, heading: AnnexHeading, year: int) -> None:
        self.table = table
        self.heading = heading
        self.year = year
        self.tasks: list[AnnexTask] = []
        self.notes: list[str] = []
        self.made: dict[int, int] = {}
        """Row -> place of the first task made from it."""
        self.action = ("", 0)
        self.key = ("", 0)
        self.fresh_key = False

    @cached_property
    def numbered(self) -> bool:
        """Whether each row has a number of its own: then the row is the task, whatever its cell lists."""
        rows = range(self.heading.below, len(self.table.rows))
        with_task = [row for row in rows if self._own("text", row) and len(self.table.line(row)) > 1]
        return all(self._own("number", row).isdigit() for row in with_task)

    def read(self) -> None:
        """Read every row below the heading."""
        for row in range(self.heading.below, len(self.table.rows)):
            line = self.table.line(row)
            if not line or set(line) <= self.heading.texts:
                continue
            if band := self._band(row, line):
                self._begin(band)
            else:
                self._levels(row)
                self._row(row)

    def _band(self, row: int, line: list[str]) -> str:
        """A row that holds one text alone is the heading of a section, or a note."""
        own = [place for place in self.table.places(row) if self.table.text(*place)]
        if len(own) != 1 or len(line) != 1:
            return ""
        top, left = own[0]
        spans = sum(self.table.origin(row, column) == (top, left) for column in range(self.table.width))
        numbered = re.match(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])", line[0])
        across = spans > 1 and left not in self._columns("text")
        if top != row or not (numbered or across or _NOTE.match(line[0])):
            return ""
        return line[0]

    def _begin(self, band: str) -> None:
        if _NOTE.match(band):
            self.notes.append(re.sub(r"\s+", "", band))
        elif "action" not in self.heading.columns or "key_task" in self.heading.columns:
            self._new_action(band)
        else:
            self._new_key(band)

    def _levels(self, row: int) -> None:
        """Take up the action and the key task that begin in this row."""
        self.fresh_key = False
        if text := self._own("action", row):
            self._new_action(text)
        if (text := self._own("key_task", row)) and name_in(text)[0] != self.key[0]:
            self._new_key(text)

    def _new_action(self, text: str) -> None:
        name = name_in(text)[0]
        if name != self.action[0]:
            self.action = (name, self.action[1] + 1)
            levelled = "key_task" in self.heading.columns
            self.key = ("", self.key[1]) if levelled else (name, self.key[1] + 1)

    def _new_key(self, text: str) -> None:
        self.key = (name_in(text)[0], self.key[1] + 1)
        self.fresh_key = True

    def _own(self, role: AnnexCell, row: int) -> str:
        """What stands in a cell that begins in this row; '' where it belongs to the row above."""
        for column in self._columns(role):
            if self.table.origin(row, column)[0] == row:
                return self.table.text(row, column)
        return ""

    def _columns(self, role: AnnexCell) -> tuple[int, ...]:
        return self.heading.columns.get(role, ())

    def _row(self, row: int) -> None:
        text = self._own("text", row)
        doubts: dict[str, str] = {}
        if not text:
            if self.tasks and not self.fresh_key:
                self._go_on(row)
                return
            if not self.key[0]:
                return
            text = self.key[0]
            doubts["text"] = "没有写明具体任务，按重点任务理解，请核对。"
        found = items(text)
        if len(found) > 1 and self.numbered:
            doubts["text"] = f"一格里写有{len(found)}条，按一项任务的分项理解，请核对。"
            found = [(joined(text), None)]
        self.made[row] = len(self.tasks)
        first = self._task(row, *found[0], doubts)
        self.tasks.append(first)
        for words, number in found[1:]:
            self.tasks.append(self._sharing(first, words, number))

    def _task(self, row: int, text: str, number: int | None, doubts: dict[str, str]) -> AnnexTask:
        task = AnnexTask(
            number or 0,
            max(self.action[1], 1),
            self.action[0],
            max(self.key[1], 1),
            self.key[0],
            text,
            printed=self._own("number", row)[:20],
            remark=self._own("remark", row),
            doubts=doubts,
        )
        for cell in SHARED:
            if self._columns(cell):
                task = self._filled(task, cell, row)
        return task

    def _filled(self, task: AnnexTask, cell: SharedCell, row: int) -> AnnexTask:
        """Return a task with one of the cells that tasks share: its own, merged from above, or left empty."""
        places = [self.table.origin(row, column) for column in self._columns(cell)]
        own = [self.table.text(*place) for place in places if place[0] == row]
        if any(own):
            merged = [self.table.text(*place) for place in places if place[0] < row]
            return with_cell(task, cell, "、".join(filter(None, [*own, *merged])), self.year)
        above = [place for place in places if place[0] < row and place[0] in self.made]
        if above:
            return self._inheriting(task, cell, self.made[above[0][0]], "")
        if self.tasks and self.tasks[-1].action_number == task.action_number and self._has(cell):
            return self._inheriting(task, cell, len(self.tasks) - 1, "空白")
        return doubtful(task, cell, f"没有写明{self._label(cell)}，请填写。")

    def _label(self, cell: SharedCell) -> str:
        return "、".join(self.heading.labels[cell])

    def _has(self, cell: SharedCell) -> bool:
        return bool(getattr(self.tasks[-1], cell))

    def _inheriting(self, task: AnnexTask, cell: SharedCell, place: int, why: str) -> AnnexTask:
        holder = self.tasks[place]
        number = holder.inherited.get(cell, place)
        task = taking(task, cell, holder, number)
        if why:
            task = doubtful(task, cell, f"{self._label(cell)}一格{why}，按沿用第{{{number}}}项理解，请核对。")
        return task

    def _sharing(self, first: AnnexTask, words: str, number: int | None) -> AnnexTask:
        """A further task of the same cell shares everything with the first."""
        place = self.tasks.index(first)
        task = replace(first, number=number or 0, text=words, printed="", inherited={}, doubts={})
        for cell in SHARED:
            if getattr(first, cell):
                task = taking(task, cell, first, first.inherited.get(cell, place))
        return task

    def _go_on(self, row: int) -> None:
        """A row without a task of its own adds its names to the task above."""
        task = self.tasks[-1]
        leads, units = self._more_names("leads", row), self._more_names("units", row)
        task = replace(
            task,
            leads=tuple(dict.fromkeys([*task.leads, *leads])),
            units=tuple(dict.fromkeys([*task.units, *units])),
            inherited={
                cell: of
                for cell, of in task.inherited.items()
                if not {"leads": leads, "units": units, "deadline": []}[cell]
            },
        )
        text = "".join(self._own_at(row, column) for column in self._columns("deadline"))
        if text and text != task.deadline:
            task = doubtful(task, "deadline", f"同一任务另写有时限“{text}”，请核对。")
        self.tasks[-1] = task

    def _more_names(self, role: AnnexCell, row: int) -> list[str]:
        return [name for column in self._columns(role) for name in names(self._own_at(row, column))[0]]

    def _own_at(self, row: int, column: int) -> str:
        return self.table.text(row, column) if self.table.origin(row, column)[0] == row else ""


def _renumbered(tasks: Sequence[AnnexTask]) -> list[AnnexTask]:
    """Number the tasks as their own numbering has it where that runs upwards throughout, else from 1."""
    numbers = [task.number for task in tasks]
    upwards = all(0 < first < second for first, second in pairwise(numbers))
    if not upwards or not all(numbers):
        numbers = list(range(1, len(tasks) + 1))
    keys = _key_numbers(tasks)
    return [
        replace(
            task,
            number=number,
            key_number=key,
            inherited={cell: numbers[place] for cell, place in task.inherited.items()},
            doubts={cell: _numbered(doubt, numbers) for cell, doubt in task.doubts.items()},
        )
        for task, number, key in zip(tasks, numbers, keys, strict=True)
    ]


def _key_numbers(tasks: Sequence[AnnexTask]) -> list[int]:
    """Number the key tasks from 1; one without a name begins anew with each action."""
    found: list[int] = []
    before: tuple[int, int, str] | None = None
    for task in tasks:
        this = (task.action_number, task.key_number, task.key_task)
        found.append((found[-1] if found else 0) + (this != before))
        before = this
    return found


def _numbered(doubt: str, numbers: Sequence[int]) -> str:
    """Put the number of a task where its place stood."""
    return re.sub(r"\{(\d+)\}", lambda found: str(numbers[int(found.group(1))]), doubt)
