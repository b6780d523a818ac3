"""The columns of the annex of a plan (分解表), declared once, and which column of a table is which.

Plans call the same column by many names (牵头领导, 责任领导, 分管领导 …) and put them in any order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import HeadingColumn, TableHeading, Vocabulary, find_heading, normal
from hazard_desk.library import places
from hazard_desk.library.annex.people import are_people
from hazard_desk.library.plans import SharedCell
from hazard_desk.library.reader import list_of_texts, naming, read_toml

AnnexCell = SharedCell | Literal["number", "action", "key_task", "text", "period", "note", "remark"]
TASK_LEVELS: tuple[AnnexCell, ...] = ("action", "key_task", "text")
SHARED: tuple[SharedCell, ...] = ("leads", "units", "helpers", "deadline")
"""Cells that a task may take over from the one above."""

LABELS: dict[AnnexCell, str] = {
    "number": "序号",
    "action": "主要行动",
    "key_task": "重点任务",
    "text": "具体任务",
    "leads": "牵头领导",
    "units": "责任科室",
    "helpers": "配合单位",
    "deadline": "完成时限",
    "period": "分期目标",
    "note": "其他栏目",
    "remark": "备注",
}
"""What the clerk calls a column when she says what it is."""

_YEAR_TAILS = ("", "度", "目标", "度目标", "任务", "工作目标", "工作任务", "目标任务", "度任务", "工作安排")
PERIODS: dict[str, tuple[int, str]] = {
    f"{year}年{tail}": (year, f"{year}年") for year in range(2015, 2046) for tail in _YEAR_TAILS
}
"""A column for one part of the time: its year (0 for that of the plan) and what the part is called."""
for _number, _digit in enumerate("一二三四", start=1):
    for _name in (f"{_digit}季度", f"第{_digit}季度", f"{_number}季度", f"第{_number}季度", f"Q{_number}"):
        PERIODS |= {f"{_name}{tail}": (0, f"第{_number}季度") for tail in ("", "目标", "任务", "工作安排")}
for _name in ("上半年", "下半年"):
    PERIODS |= {f"{_name}{tail}": (0, _name) for tail in ("", "目标", "任务")}
for _number in range(1, 13):
    PERIODS[f"{_number}月"] = PERIODS[f"{_number}月份"] = (0, f"{_number}月")

NO_HEADING = (
    "没有找到表头：应有一行写明“具体任务”（或“重点任务”“工作任务”“措施”等）"
    "，以及“主要行动”“牵头领导”“责任单位”“完成时限”（或相近的名称）中的至少一项"
)


def _enough(fields: Sequence[str]) -> bool:
    """A task, and either something that says who or when, or a level above it."""
    levels = sum(field in TASK_LEVELS for field in fields)
    when = {*SHARED, "period"}
    return levels > 1 or (levels == 1 and any(field in when for field in fields))


@cache
def _words() -> dict[AnnexCell, tuple[str, ...]]:
    """What the columns of such tables are called. A ``note`` is kept with the task under its own heading."""
    path = places.resources() / "sheets" / "plans.toml"
    with naming(path, "栏目名称文件"):
        told = read_toml(path)
        return {
            role: list_of_texts(label, told.get(label)) for role, label in LABELS.items() if role != "period"
        }


def words_for(role: AnnexCell) -> tuple[str, ...]:
    """Return what offices call a column. ``Refused`` names the key of the file that is wrong."""
    return tuple(PERIODS) if role == "period" else _words()[role]


def _names() -> dict[str, list[str]]:
    return {str(role): list(words_for(role)) for role in LABELS}


@cache
def annex_words() -> Vocabulary:
    """Return the words by which the columns of an annex are known."""
    return Vocabulary(_names(), several=True, enough=_enough)


@dataclass(frozen=True)
class AnnexHeading:
    """Which columns hold what, and where the rows below begin."""

    columns: Mapping[AnnexCell, tuple[int, ...]]
    labels: Mapping[AnnexCell, tuple[str, ...]]
    headings: Mapping[int, str]
    """What stands over each column."""
    top: int
    below: int
    """The first row below the heading."""
    texts: frozenset[str]
    """What stands in the heading, to know it again on the next page."""
    unknown: tuple[int, ...] = ()
    """Columns of which nothing is known."""

    @property
    def says_who(self) -> bool:
        """Whether there is a leader, a unit or a deadline: a table without is one only where no other is."""
        return bool(self.columns.keys() & {*SHARED, "period"})


def role_called(name: str) -> AnnexCell | None:
    """Return the role that the clerk names (配合单位, helpers, 不读取 is a note); None for no such role."""
    for role, label in LABELS.items():
        if name.strip() in (role, label):
            return role
    known = annex_words().field_of(name)
    return next((role for role in LABELS if role == known), None)


def annex_heading(table: Grid, told: Mapping[str, AnnexCell]) -> AnnexHeading | None:
    """Return the heading of an annex table; None for another table. ``told`` is what the clerk said."""
    heading = find_heading(table, _knowing(told) if told else annex_words(), 1)
    if heading is None:
        return None
    wanted = {normal(name): role for name, role in told.items()}
    columns = [
        (column, wanted.get(normal(column.heading)) or _by_values(column, table, heading.last + 1))
        for column in heading.columns
    ]
    return _placed(heading, columns + _nameless(heading, told))


def _knowing(told: Mapping[str, AnnexCell]) -> Vocabulary:
    """The words of annexes and what the clerk said of columns besides."""
    names = _names()
    for heading, role in told.items():
        names[role] = [*names.get(role, ()), heading]
    return Vocabulary(names, several=True, enough=_enough)


_ENDINGS: tuple[tuple[AnnexCell, str], ...] = (
    ("text", r"(?:措施|举措)$"),
    ("leads", r"^(?!.*督).*领导$"),
    ("helpers", r"(?:配合|协[办助同]|参与).*(?:单位|部门|科室|股室|站所)$"),
    ("units", r"(?:牵头|责任|主办|承办|落实|实施|主责|包保).*(?:单位|部门|科室|股室|站所)$"),
    ("deadline", r"(?:完成|办结|整改|落实|推进).*(?:时限|时间|期限|日期)$"),
)
"""How headings end that no list has."""
_EITHER = ("牵头", "主办", "责任", "责任人", "负责人", "牵头负责人")
"""Headings over people in one plan and over units in another."""


def place_told(name: str) -> int | None:
    """Return the place of a column that the clerk names by its number (第5栏), from 0; else None."""
    match = re.fullmatch(r".*第\s*(\d{1,2})\s*栏", name.strip())
    return int(match[1]) - 1 if match else None


def _nameless(heading: TableHeading, told: Mapping[str, AnnexCell]) -> list[tuple[HeadingColumn, str]]:
    """The columns without a heading of which the clerk says by their number what they are."""
    named = {column.place for column in heading.columns}
    places = {name: place for name in told if (place := place_told(name)) is not None}
    return [
        (HeadingColumn(place, "", told[name]), told[name])
        for name, place in places.items()
        if place not in named
    ]


def _by_values(column: HeadingColumn, table: Grid, first: int) -> str:
    """What a column is, where its heading alone does not tell: by its ending, by who stands in it."""
    if not column.field:
        words = normal(column.heading)
        return next((role for role, ending in _ENDINGS if re.search(ending, words)), "")
    if column.field not in ("leads", "units") or normal(column.known_by) not in _EITHER:
        return column.field
    cells = [table.text(row, column.place) for row in range(first, len(table.rows))]
    told = are_people("\n".join(filter(None, cells)))
    return column.field if told is None else ("leads" if told else "units")


def _placed(heading: TableHeading, told: Sequence[tuple[HeadingColumn, str]]) -> AnnexHeading:
    """Return the columns of each role; of two columns of one level the left one is the level above."""
    known: dict[AnnexCell, list[int]] = {role: [] for role in LABELS}
    for role, taken in known.items():
        taken += [column.place for column, field in told if field == role]
    levels = [(level, place) for level in TASK_LEVELS for place in known.pop(level)]
    columns: dict[AnnexCell, tuple[int, ...]] = {
        role: tuple(places) for role, places in known.items() if places
    }
    free = list(TASK_LEVELS)
    left_over = [place for _, place in levels[: -len(TASK_LEVELS)]]
    for level, place in reversed(levels[-len(TASK_LEVELS) :]):
        fitting = [other for other in free if TASK_LEVELS.index(other) <= TASK_LEVELS.index(level)] or free
        if not fitting:
            left_over.append(place)
            continue
        columns[fitting[-1]] = (place,)
        free = free[: free.index(fitting[-1])]
    if "text" not in columns:  # the deepest level that there is
        deepest: AnnexCell = "key_task" if "key_task" in columns else "action"
        columns["text"] = columns.pop(deepest)
    label = {column.place: column.known_by or column.heading for column, _ in told}
    labels = {
        role: tuple(dict.fromkeys(label[place] for place in places)) for role, places in columns.items()
    }
    headings = {column.place: re.sub(r"\s+", "", column.heading) for column, _ in told}
    unknown = [column.place for column, field in told if not field]
    return AnnexHeading(
        columns,
        labels,
        headings,
        heading.first,
        heading.last + 1,
        heading.texts,
        tuple(sorted(left_over + unknown)),
    )
