"""The columns of the annex of a plan (分解表), declared once, and which column of a table is which.

Plans call the same column by many names (牵头领导, 责任领导, 分管领导 …) and put them in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hazard_desk.errors import Refused
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import TableHeading, Vocabulary, find_heading
from hazard_desk.library.plans import SharedCell

AnnexCell = SharedCell | Literal["number", "action", "key_task", "text", "remark"]
TASK_LEVELS: tuple[AnnexCell, ...] = ("action", "key_task", "text")
SHARED: tuple[SharedCell, ...] = ("leads", "units", "deadline")
"""Cells that a task may take over from the one above."""

_WORDS: dict[AnnexCell, str] = {
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

NO_HEADING = (
    "没有找到表头：应有一行写明“具体任务”（或“重点任务”“工作任务”“措施”等）"
    "，以及“主要行动”“牵头领导”“责任单位”“完成时限”（或相近的名称）中的至少一项"
)


def _enough(fields: Sequence[str]) -> bool:
    """A task, and either something that says who or when, or a level above it."""
    levels = sum(field in TASK_LEVELS for field in fields)
    return levels > 1 or (levels == 1 and any(field in SHARED for field in fields))


ANNEX = Vocabulary({role: words.split() for role, words in _WORDS.items()}, several=True, enough=_enough)


@dataclass(frozen=True)
class AnnexHeading:
    """Which columns hold what, and where the rows below begin."""

    columns: Mapping[AnnexCell, tuple[int, ...]]
    labels: Mapping[AnnexCell, tuple[str, ...]]
    top: int
    below: int
    """The first row below the heading."""
    texts: frozenset[str]
    """What stands in the heading, to know it again on the next page."""


def find_annex(tables: Sequence[Grid]) -> tuple[Grid, AnnexHeading]:
    """Return the table with most rows under a heading, and its heading. ``Refused`` when none has one."""
    found = [(table, _placed(heading)) for table in tables if (heading := find_heading(table, ANNEX, 1))]
    if not found:
        raise Refused(NO_HEADING)
    return max(found, key=lambda pair: (_says_who(pair[1]), len(pair[0].rows) - pair[1].below))


def _says_who(heading: AnnexHeading) -> bool:
    """Whether there is a leader, a unit or a deadline: a table without is one only where no other is."""
    return bool(heading.columns.keys() & set(SHARED))


def _placed(heading: TableHeading) -> AnnexHeading:
    """Return the columns of each role; of two columns of one level the left one is the level above."""
    known: dict[AnnexCell, list[int]] = {role: [] for role in _WORDS}
    for role, places in known.items():
        places += [column.place for column in heading.columns if column.field == role]
    levels = [(level, place) for level in TASK_LEVELS for place in known.pop(level)]
    columns: dict[AnnexCell, tuple[int, ...]] = {
        role: tuple(places) for role, places in known.items() if places
    }
    free = list(TASK_LEVELS)
    for level, place in reversed(levels[-len(TASK_LEVELS) :]):
        fitting = [other for other in free if TASK_LEVELS.index(other) <= TASK_LEVELS.index(level)] or free
        columns[fitting[-1]] = (place,)
        free = free[: free.index(fitting[-1])]
        if not free:
            break
    if "text" not in columns:  # the deepest level that there is
        deepest: AnnexCell = "key_task" if "key_task" in columns else "action"
        columns["text"] = columns.pop(deepest)
    label = {column.place: column.known_by for column in heading.columns}
    labels = {
        role: tuple(dict.fromkeys(label[place] for place in places)) for role, places in columns.items()
    }
    return AnnexHeading(columns, labels, heading.first, heading.last + 1, heading.texts)
