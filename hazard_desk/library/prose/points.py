"""The tasks of a plan in prose: which of its numbered points are tasks, and what stands over them.

Points that say who does them or by when are tasks. Where none does, those of the sections are that set out
the work (主要任务, 主要内容, 重点举措), down to the last rank that has lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hazard_desk.library.annex.origins import UsedSpan
from hazard_desk.library.annex.people import is_unit
from hazard_desk.library.annex.rows import renumbered
from hazard_desk.library.annex.task import AnnexTask, doubtful, with_cell
from hazard_desk.library.annex.words import name_in, names
from hazard_desk.library.plans import SharedCell
from hazard_desk.library.prose.assigned import Assigned, assigned_in, days_amid, line_assigned
from hazard_desk.library.prose.outline import TextLine, first_sentence

_WORK = re.compile(r"任务|内容|措施|举措|重点|行动|整治|分工|事项|安排部署|工作清单|部署|要求落实|怎么做")
_NO_WORK = re.compile(
    r"要求|目标|组织领导|组织机构|保障|阶段|步骤|时间安排|进度|机制|总体|思路|原则|附则|指导思想|依据|成立|领导小组|意义"
)
WHO = "责任和时限"
OF_TASKS = ("主要行动", "重点任务", "具体任务", WHO)
"""What spans of the text that tasks were made of are called."""
_APPENDIX = re.compile(r"附\s*[件表录]\s*\d*\s*[:：]?")
_CELLS: tuple[SharedCell, ...] = ("leads", "units", "helpers", "deadline")


@dataclass
class Point:
    """A numbered line with what stands under it."""

    line: TextLine
    more: list[TextLine] = field(default_factory=list)
    """Lines without a number that go on from it."""
    below: list[Point] = field(default_factory=list)
    told: Assigned = field(default_factory=Assigned)
    text: str = ""
    """What it says, without who and when."""
    spans: list[UsedSpan] = field(default_factory=list)
    spread: bool = False
    """Only the last of the points beside it says who does it."""
    by_line: bool = False
    """A line of its own says who does it."""

    def all(self) -> Iterator[Point]:
        """Yield the point and all below it."""
        yield self
        for one in self.below:
            yield from one.all()


@dataclass
class PointsRead:
    """What the prose says of tasks."""

    tasks: list[AnnexTask] = field(default_factory=list)
    used: list[UsedSpan] = field(default_factory=list)


def outline(lines: Sequence[TextLine]) -> list[Point]:
    """Return the points of the first rank there is, each with those below it."""
    tops: list[Point] = []
    path: list[Point] = []
    for line in lines:
        if not line.rank:
            if _APPENDIX.fullmatch(line.text):
                path = []
            elif path:
                _attach(path, line)
            continue
        while path and path[-1].line.rank >= line.rank:
            path.pop()
        point = Point(line)
        point.text, point.told = assigned_in(line.text)
        _mark(point, line, point.told)
        (path[-1].below if path else tops).append(point)
        path.append(point)
    return tops


def _attach(path: list[Point], line: TextLine) -> None:
    """A line without a number belongs to the last point: it says who does it, or goes on."""
    point = path[-1]
    told = line_assigned(line.text)
    if told is None:
        rest, told = assigned_in(line.text)
        point.more.append(replace(line, text=rest))
    for cell, texts in told.cells.items():
        for text in texts:
            point.told.add(cell, text)
    _mark(point, line, told)


def _mark(point: Point, line: TextLine, told: Assigned) -> None:
    for start, end in told.spans:
        point.spans += line.spans(WHO, len(line.mark) + start, len(line.mark) + end)
    point.by_line |= bool(told.spans) and line is not point.line


def read_points(lines: Sequence[TextLine], year: int) -> PointsRead:
    """Return the tasks of a text; none where no section sets out any."""
    tops = outline(lines)
    sections = _sections(tops)
    read = PointsRead()
    made: list[AnnexTask] = []
    for action_number, (action, points) in enumerate(_actions(sections), start=1):
        before = len(made)
        if not action.told and action.line.text and _names_unit(action):
            action.told.add("units", action.line.text)
        above = _Above(action_number, name_in(_name(action))[0], told=action.told or None)
        for point in _spread(points):
            _tasks(point, above, year, made, read.used)
        if len(made) > before:
            _use(read.used, action, "主要行动")
    read.tasks = renumbered(_missing_told(made))
    return read


def _missing_told(tasks: Sequence[AnnexTask]) -> list[AnnexTask]:
    """Return the tasks with a doubt where one lacks what most of them have."""
    told = list(tasks)
    for cell, label in (("units", "责任单位"), ("deadline", "完成时限")):
        having = sum(bool(getattr(task, cell)) for task in tasks)
        if having * 2 >= len(tasks) > 0:
            told = [
                task if getattr(task, cell) else doubtful(task, cell, f"没有写明{label}，请填写。")
                for task in told
            ]
    return told


def _is_assigned(point: Point) -> bool:
    return any(one.told for one in point.all())


def _sections(tops: Sequence[Point]) -> list[Point]:
    """The sections that hold tasks."""
    explicit = [top for top in tops if any(_labelled(one) for one in top.all())]
    if explicit:
        return explicit
    work = [top for top in tops if top.below and _sets_out_work(top.line.text)]
    return work or [top for top in tops if top.below and _names_unit(top)]


def _names_unit(point: Point) -> bool:
    """Whether all that a heading says is who does what stands below it: 二、派出所."""
    found = names(point.line.text.rstrip("：:。"))[0]
    return not point.line.text.endswith("。") and len(point.line.text) <= 30 and all(map(is_unit, found))


def _labelled(point: Point) -> bool:
    """Whether a point is told who does it outright, not by a word amid its sentences."""
    return bool(point.told) and (point.by_line or point.text != point.line.text)


def _sets_out_work(name: str) -> bool:
    return bool(_WORK.search(name)) and not _NO_WORK.search(name)


def _actions(sections: Sequence[Point]) -> Iterator[tuple[Point, list[Point]]]:
    """Yield what stands over the tasks as an action, and the points below it."""
    if len(sections) == 1 and any(one.below for one in sections[0].below):
        sections = sections[0].below
    if len(sections) > 1 and not any(section.below for section in sections):
        yield Point(TextLine("")), list(sections)  # points of one rank alone
        return
    for section in sections:
        yield section, section.below or [section]


@dataclass(frozen=True)
class _Above:
    """What stands over a task."""

    action_number: int
    action: str
    key: str = ""
    told: Assigned | None = None


def _tasks(point: Point, above: _Above, year: int, made: list[AnnexTask], used: list[UsedSpan]) -> None:
    """Make the tasks of a point: those below it where they stand on lines of their own, else itself."""
    if point.below and not (_labelled(point) and not any(_is_assigned(one) for one in point.below)):
        name = name_in(_name(point))[0]
        _use(used, point, "重点任务")
        inner = _Above(above.action_number, above.action, name, point.told or above.told)
        for one in _spread(point.below):
            _tasks(one, inner, year, made, used)
        return
    own: list[UsedSpan] = []
    for one in point.all():
        _use(own, one, "具体任务")
        own += [span for line in one.more for span in line.spans("具体任务")]
    used += own
    made.append(replace(_task(point, above, year, made), origins=tuple(own)))


def _spread(points: Sequence[Point]) -> Sequence[Point]:
    """Points of which only the last says who does it, in closing, are all told so."""
    told = [point for point in points if _is_assigned(point)]
    if len(points) > 1 and told == [points[-1]] and not points[-1].below:
        for point in points[:-1]:
            point.told, point.spread = points[-1].told, True
    return points


def _task(point: Point, above: _Above, year: int, made: Sequence[AnnexTask]) -> AnnexTask:
    name, text = first_sentence(point.text)
    parts = [text, *(line.text for line in point.more)]
    parts += [f"{one.line.mark}{one.text}" for below in point.below for one in below.all()]
    if above.key:
        name, parts = above.key, [point.text, *parts[1:]]
    elif not name and len(parts) > 1 and len(point.text) <= 45:
        name, parts = point.text, parts[1:]
    before = made[-1] if made else None
    same = before and (before.action_number, before.key_task) == (above.action_number, name)
    key_number = (before.key_number if before else 0) + (not same)
    text = "\n".join(part for part in parts if part) or point.line.text
    text = re.sub(r"(?<=[。；])\s*(?=[（(]\d{1,2}[）)])", "\n", text)
    task = AnnexTask(0, above.action_number, above.action, key_number, name_in(name)[0], text)
    told = point.told or above.told or Assigned()
    for cell in _CELLS:
        if said := told.said(cell):
            task = with_cell(task, cell, said, year)
    if not told.said("deadline") and (days := days_amid(text, year)):
        task = with_cell(task, "deadline", days, year)
        task = doubtful(task, "deadline", f"完成时限是从任务的文字里读到的（{days}），请核对。")
    if point.spread:
        task = doubtful(task, "units", "责任和时限只写在同级最后一条，按共同的理解，请核对。")
    if told and not task.units and not task.leads:
        task = doubtful(task, "units", "没有写明责任单位，请填写。")
    return task


def _name(point: Point) -> str:
    """The heading of a point: its first sentence, where more follows."""
    name, _ = first_sentence(point.text)
    return name or point.text


def _use(used: list[UsedSpan], point: Point, what: str) -> None:
    used += [*point.line.spans(what), *point.spans]
