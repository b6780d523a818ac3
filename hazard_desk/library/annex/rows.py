"""The rows of annex tables, read downwards: the tasks as understood, inherited, doubtful.

A cell that is merged with the one above is inherited; so is an empty one, within one action, but that is a
guess and flagged (S0's annex is full of both). Whatever is doubtful stands with its cell in ``doubts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.columns import LABELS, SHARED, AnnexCell, AnnexHeading
from hazard_desk.library.annex.origins import UsedCell
from hazard_desk.library.annex.people import is_nobody
from hazard_desk.library.annex.periods import deadline_of_periods
from hazard_desk.library.annex.task import AnnexTask, doubtful, taking, with_cell
from hazard_desk.library.annex.words import items, joined, name_in
from hazard_desk.library.plans import SharedCell

HEADING, NOTE = "栏名", "注"
"""What cells of a table are used for besides its columns."""
_NOTE = re.compile(r"^\s*(?:注|备注|说明|填表|填报|联系)")
_AS_ABOVE = re.compile(r"\s*(?:同上|同左|〃|″|\"|”)\s*")
_SECTION_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?、?")
_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计)\s*[:：]?\s*")
_CONTACTS = re.compile(r"联系|电话|责任人|负责人|及人员")


class AnnexRows:
    """Goes down the rows of the tables of one annex, keeping what holds for the rows below."""

    table: Grid
    heading: AnnexHeading
    numbered: bool
    """Whether each row has a number of its own: then the row is the task, whatever its cell lists."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.place = 0
        self.used: list[UsedCell] = []
        """What was made something of, table after table."""
        self.tasks: list[AnnexTask] = []
        self.notes: list[str] = []
        self.made: dict[int, int] = {}
        """Row -> place of the first task made from it."""
        self.action = ("", 0)
        self.key = ("", 0)
        self.fresh_key = False

    def read(self, table: Grid, heading: AnnexHeading, section: str, place: int = 0) -> None:
        """Read every row below the heading; ``section`` is what the table as a whole is about, or ''.

        ``place`` is that of the table among the blocks of the document.
        """
        self.table, self.heading, self.made, self.place = table, heading, {}, place
        for row in range(heading.top, heading.below):
            self._use(row, [column for columns in heading.columns.values() for column in columns], HEADING)
        rows = range(heading.below, len(table.rows))
        tasks = [row for row in rows if self._own("text", row) and not self._band(row, table.line(row))]
        self.numbered = all(self._own("number", row).isdigit() for row in tasks)
        if section:
            self._begin(section)
        for row in rows:
            line = self.table.line(row)
            if not line or set(line) <= self.heading.texts:
                self._use(row, range(self.table.width), HEADING)
            elif _TOTAL.fullmatch(line[0]):
                continue
            elif band := self._band(row, line):
                self._use(row, range(self.table.width), self._begin(band))
            else:
                self._levels(row)
                self._row(row)

    def _band(self, row: int, line: list[str]) -> str:
        """A row that holds one text alone is the heading of a section, or a note."""
        own = [place for place in self.table.places(row) if self.table.text(*place)]
        if len(own) == 2 and own[0][1] in self._columns("number") and _SECTION_NUMBER.fullmatch(line[0]):
            return f"{line[0].rstrip('、')}、{line[1]}" if own[1][0] == row else ""
        if len(own) != 1 or len(line) != 1:
            return ""
        top, left = own[0]
        spans = sum(self.table.origin(row, column) == (top, left) for column in range(self.table.width))
        if self.notes and re.match(r"\s*\d{1,2}[.．、]", line[0]):
            return f"注：{line[0]}"
        numbered = re.match(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])", line[0])
        across = left in self._columns("number") or (spans > 1 and left not in self._columns("text"))
        if top != row or not (numbered or across or _NOTE.match(line[0])):
            return ""
        return line[0]

    def _use(self, row: int, columns: Iterable[int], what: str) -> tuple[UsedCell, ...]:
        """Keep in mind that something was made of these cells, as far as something stands in them."""
        places = dict.fromkeys(self.table.origin(row, column) for column in columns)
        used = tuple(UsedCell(self.place, *place, what) for place in places if self.table.text(*place))
        self.used += used
        return used

    def _origins(self, row: int) -> tuple[UsedCell, ...]:
        """What a task was made of: its own cells, then those it shares with the rows above."""
        used = [cell for role in LABELS for cell in self._use(row, self._columns(role), LABELS[role])]
        return tuple(sorted(used, key=lambda cell: cell.row < row))

    def _begin(self, band: str) -> str:
        """Take up what a band says; return what it was taken for."""
        if _NOTE.match(band):
            self.notes.append(re.sub(r"\s+", "", band))
            return NOTE
        if "action" not in self.heading.columns or "key_task" in self.heading.columns:
            self._new_action(band)
            return LABELS["action"]
        self._new_key(band)
        return LABELS["key_task"]

    def _levels(self, row: int) -> None:
        """Take up the action and the key task that begin in this row."""
        self.fresh_key = False
        if text := self._own("action", row):
            self._new_action(text)
            self._use(row, self._columns("action"), LABELS["action"])
        if (text := self._own("key_task", row)) and name_in(text)[0] != self.key[0]:
            self._new_key(text)
            self._use(row, self._columns("key_task"), LABELS["key_task"])

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
            notes=tuple(self._notes(row)),
            doubts=doubts,
            origins=self._origins(row),
        )
        for cell in SHARED:
            if cell == "deadline" and "period" in self.heading.columns:
                task = self._timed(task, row)
            elif self._columns(cell):
                task = self._filled(task, cell, row)
        return task

    def _notes(self, row: int) -> list[str]:
        """What stands under headings that are no part of a task, under which it is kept."""
        places = dict.fromkeys(
            self.table.origin(row, column) for column in (*self._columns("note"), *self.heading.unknown)
        )
        told = [
            (self.heading.headings.get(place[1], ""), joined(self.table.text(*place))) for place in places
        ]
        return [f"{heading}：{text}" if heading else text for heading, text in told if not is_nobody(text)]

    def _timed(self, task: AnnexTask, row: int) -> AnnexTask:
        """Return a task with the deadline that columns for years, quarters or months make."""
        told = self._periods(row)
        words = [self.table.text(row, column) for column in self._columns("deadline")]
        whole = len(told) == 1 and len(self._columns("period")) > 1
        text = told[0][1] if whole else deadline_of_periods(told, self.year)
        text = "；".join(filter(None, [*words, text]))
        if text:
            return with_cell(task, "deadline", text, self.year)
        return doubtful(task, "deadline", f"没有写明{self._label('period')}，请填写。")

    def _periods(self, row: int, *, own: bool = False) -> list[tuple[str, str]]:
        """Heading and text of the columns for years, quarters, months; ``own``: in this row alone."""
        places = {self.table.origin(row, column): column for column in reversed(self._columns("period"))}
        return [
            (self.heading.headings.get(column, ""), self.table.text(*place))
            for place, column in sorted(places.items(), key=lambda pair: pair[1])
            if not own or place[0] == row
        ]

    def _filled(self, task: AnnexTask, cell: SharedCell, row: int) -> AnnexTask:
        """Return a task with one of the cells that tasks share: its own, merged from above, or left empty."""
        places = [self.table.origin(row, column) for column in self._columns(cell)]
        own = [self.table.text(*place) for place in places if place[0] == row]
        own = [text for text in own if not _AS_ABOVE.fullmatch(text)]
        if any(own):
            merged = [self.table.text(*place) for place in places if place[0] < row]
            text = self._said(cell, [*own, *merged])
            if cell == "deadline":
                text = text or own[0]
            if text or cell == "helpers":
                return with_cell(task, cell, text, self.year, bool(_CONTACTS.search(self._label(cell))))
            return doubtful(task, cell, f"{self._label(cell)}一格写的是“{own[0]}”，没有写明，请核对。")
        above = [place for place in places if place[0] < row and place[0] in self.made]
        if above:
            return self._inheriting(task, cell, self.made[above[0][0]], "")
        if cell == "helpers":
            return task
        if self.tasks and self.tasks[-1].action_number == task.action_number and self._has(cell):
            return self._inheriting(task, cell, len(self.tasks) - 1, "空白")
        return doubtful(task, cell, f"没有写明{self._label(cell)}，请填写。")

    @staticmethod
    def _said(cell: SharedCell, texts: Sequence[str]) -> str:
        """The texts of several cells as one; a dash or 无 says nothing."""
        mark = "、" if cell == "deadline" else "\n"
        return mark.join(text for text in texts if text and not is_nobody(text))

    def _label(self, cell: AnnexCell) -> str:
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
        more = self._more(task, row)
        named = {"leads": more.leads, "units": more.units, "helpers": more.helpers}
        task = replace(
            task,
            leads=tuple(dict.fromkeys([*task.leads, *more.leads])),
            units=tuple(dict.fromkeys([*task.units, *more.units])),
            helpers=tuple(dict.fromkeys([*task.helpers, *more.helpers])),
            notes=tuple(dict.fromkeys([*task.notes, *more.notes, *self._notes(row)])),
            inherited={cell: of for cell, of in task.inherited.items() if not named.get(cell)},
            origins=tuple(dict.fromkeys([*task.origins, *self._origins(row)])),
        )
        for cell, doubt in more.doubts.items():
            task = doubtful(task, cell, doubt)
        text = "".join(self._own_at(row, column) for column in self._columns("deadline"))
        text = "；".join(filter(None, [text, deadline_of_periods(self._periods(row, own=True), self.year)]))
        if text and text != task.deadline:
            task = doubtful(task, "deadline", f"同一任务另写有时限“{text}”，请核对。")
        self.tasks[-1] = task

    def _more(self, task: AnnexTask, row: int) -> AnnexTask:
        """The task with nobody but those that this row names, read as in any other row."""
        more = replace(task, leads=(), units=(), helpers=(), notes=(), doubts={})
        for cell in SHARED:
            own = [self._own_at(row, column) for column in self._columns(cell)]
            if cell != "deadline" and (text := self._said(cell, own)):
                more = with_cell(more, cell, text, self.year, bool(_CONTACTS.search(self._label(cell))))
        return more

    def _own_at(self, row: int, column: int) -> str:
        return self.table.text(row, column) if self.table.origin(row, column)[0] == row else ""


def renumbered(tasks: Sequence[AnnexTask]) -> list[AnnexTask]:
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
