"""A table as it lies on the page of an annex (分解表): its cells, what is merged, which row is its heading.

Plans call the same column by many names (牵头领导, 责任领导, 分管领导 …) and put them in any order; the
heading may stand in two rows, one over the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from hazard_desk.errors import Refused

Role = Literal["number", "action", "key_task", "text", "leads", "units", "deadline", "remark"]
LEVELS: tuple[Role, ...] = ("action", "key_task", "text")
SHARED: tuple[Literal["leads", "units", "deadline"], ...] = ("leads", "units", "deadline")
"""Cells that a task may take over from the one above."""

_WORDS: dict[Role, str] = {
    "number": "序号 编号 项次",
    "action": """主要行动 专项行动 行动名称 行动 工作板块 板块 工作类别 任务类别 类别 重点领域 领域 方面
        一级任务 工作事项 项目""",
    "key_task": "重点任务 主要任务 重点工作任务 重点工作 工作重点 主要工作 二级任务 任务名称",
    "text": """具体任务 具体工作任务 具体工作 具体内容 工作内容 任务内容 主要内容 重点内容 整治内容 排查内容
        具体措施 工作措施 主要措施 任务措施 工作举措 主要举措 措施 举措 工作任务 目标任务 任务分解 三级任务
        工作要求 具体要求 任务""",
    "leads": """牵头领导 责任领导 分管领导 包抓领导 包保领导 挂帅领导 联系领导 挂钩领导 牵头负责人
        主要责任人 具体责任人 责任人 负责人 领导""",
    "units": """牵头单位 责任单位 责任科室 责任部门 责任股室 牵头部门 牵头科室 牵头股室 配合单位 配合部门
        配合科室 落实单位 承办单位 承办部门 参与单位 协助单位 实施单位 主体单位 责任主体 单位 科室 部门""",
    "deadline": """完成时限 完成时间 完成期限 完成节点 办结时限 整改时限 时限要求 时间要求 时间节点
        时间安排 进度安排 进度要求 时限 期限 时间""",
    "remark": "备注 附注",
}
"""What the columns of such tables are called."""
_ROLE_OF: dict[str, Role] = {word: role for role, words in _WORDS.items() for word in words.split()}
_LONGEST_FIRST = sorted(_ROLE_OF, key=len, reverse=True)
_SEARCHED = 40
"""Rows from the top in which a heading is looked for."""

NO_HEADING = (
    "没有找到表头：应有一行写明“具体任务”（或“重点任务”“工作任务”“措施”等）"
    "，以及“主要行动”“牵头领导”“责任单位”“完成时限”（或相近的名称）中的至少一项"
)


def role_of(heading: str) -> Role | None:
    """Return what a column with this heading holds, or None."""
    words = re.sub(r"[（(【\[].*?[）)】\]]|[\s:：*、/]", "", heading)
    if len(words) > 14:
        return None
    if words in _ROLE_OF:
        return _ROLE_OF[words]
    return next((_ROLE_OF[word] for word in _LONGEST_FIRST if len(word) > 2 and word in words), None)


@dataclass(frozen=True)
class RawTable:
    """The cells of a table; a merged block's text stands in its first cell."""

    name: str
    """Where it was found: the sheet's name, 第1张表."""
    rows: Sequence[Sequence[str]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    """Merged blocks: first row, first column, last row, last column, from 0."""
    above: Sequence[str] = ()
    """The lines of text before the table, in order."""

    @cached_property
    def _origins(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merges
            for row in range(top, min(bottom, len(self.rows) - 1) + 1)
            for column in range(left, min(right, self.width - 1) + 1)
        }

    @cached_property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the first cell of the block that a cell belongs to."""
        return self._origins.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, or in the block that it belongs to."""
        row, column = self.origin(row, column)
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column].strip() if column < len(cells) else ""

    def line(self, row: int) -> list[str]:
        """Return the texts of a row that are not empty, a block across it once."""
        seen = dict.fromkeys(self.origin(row, column) for column in range(self.width))
        return [text for place in seen if (text := self.text(*place))]


@dataclass(frozen=True)
class Heading:
    """Which columns hold what, and where the rows below begin."""

    columns: Mapping[Role, tuple[int, ...]]
    labels: Mapping[Role, tuple[str, ...]]
    first: int
    """The first row below the heading."""
    top: int
    texts: frozenset[str] = field(default_factory=frozenset)
    """What stands in the heading, to know it again on the next page."""


def find_heading(tables: Sequence[RawTable]) -> tuple[RawTable, Heading]:
    """Return the table with most rows under a heading, and its heading. ``Refused`` when none has one."""
    found = [(table, heading) for table in tables if (heading := _heading(table))]
    if not found:
        raise Refused(NO_HEADING)
    return max(found, key=lambda pair: (_says_who(pair[1]), len(pair[0].rows) - pair[1].first))


def _says_who(heading: Heading) -> bool:
    """Whether there is a leader, a unit or a deadline: a table without is one only where no other is."""
    return bool(heading.columns.keys() & set(SHARED))


def _heading(table: RawTable) -> Heading | None:
    best: Heading | None = None
    for row in range(min(len(table.rows), _SEARCHED)):
        heading = _read_heading(table, row)
        if heading and (best is None or len(heading.columns) > len(best.columns)):
            best = heading
    return best


def _read_heading(table: RawTable, row: int) -> Heading | None:
    """Return the heading that begins in ``row``, in one line or in two."""
    second = (
        row + 1 < len(table.rows)
        and len(table.line(row)) > 1
        and any(top == bottom == row and left < right for top, left, bottom, right in table.merges)
    )
    roles: dict[int, tuple[Role, str]] = {}
    for column in range(table.width):
        upper = table.text(row, column)
        lower = table.text(row + 1, column) if second else upper
        for label in (lower,) if upper == lower else (lower, upper + lower, upper):
            if role := role_of(label):
                roles[column] = (role, label)
                break
    if second and not any(role_of(table.text(row + 1, column)) for column in roles):
        second = False
    columns = _by_role(table, row + second, roles)
    if "text" not in columns or not columns.keys() & {*SHARED, "action", "key_task"}:
        return None
    labels = {role: tuple(roles[column][1] for column in places) for role, places in columns.items()}
    texts = frozenset(label for places in labels.values() for label in places)
    return Heading(columns, labels, row + 1 + second, row, texts)


def _by_role(table: RawTable, row: int, roles: Mapping[int, tuple[Role, str]]) -> dict[Role, tuple[int, ...]]:
    """Return the columns of each role; of two columns of one level the left one is the level above."""
    found: dict[Role, list[int]] = {}
    for column, (role, _) in roles.items():
        if table.origin(row, column)[1] == column:
            found.setdefault(role, []).append(column)
    levels = [(column, level) for level in LEVELS for column in found.pop(level, [])]
    columns: dict[Role, tuple[int, ...]] = {role: tuple(places) for role, places in found.items()}
    ordered = sorted(levels, key=lambda pair: (LEVELS.index(pair[1]), pair[0]))[-len(LEVELS) :]
    free = list(LEVELS)
    for column, level in reversed(ordered):
        fitting = [other for other in free if LEVELS.index(other) <= LEVELS.index(level)] or free
        columns[fitting[-1]] = (column,)
        free = free[: free.index(fitting[-1])]
        if not free:
            break
    return _deepest_is_text(columns)


def _deepest_is_text(columns: dict[Role, tuple[int, ...]]) -> dict[Role, tuple[int, ...]]:
    if "text" not in columns:
        for level in ("key_task", "action"):
            if level in columns:
                columns["text"] = columns.pop(level)
                break
    return columns
