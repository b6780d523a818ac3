"""The columns of the annex of a plan (分解表), declared once, and which column of a table is which.

Plans call the same column by many names (牵头领导, 责任领导, 分管领导 …) and put them in any order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import HeadingColumn, TableHeading, Vocabulary, find_heading, normal
from hazard_desk.library.annex.people import are_people
from hazard_desk.library.plans import SharedCell

AnnexCell = SharedCell | Literal["number", "action", "key_task", "text", "period", "note", "remark"]
TASK_LEVELS: tuple[AnnexCell, ...] = ("action", "key_task", "text")
SHARED: tuple[SharedCell, ...] = ("leads", "units", "helpers", "deadline")
"""Cells that a task may take over from the one above."""

_WORDS: dict[AnnexCell, str] = {
    "number": "序号 编号 项次",
    "action": """主要行动 专项行动 行动名称 行动 工作板块 板块 工作类别 任务类别 类别 重点领域 领域 方面
        行业领域 一级任务 工作事项 项目 重点行业领域 行业 大类 任务分类 分类 章节 工作目标任务""",
    "key_task": """重点任务 主要任务 重点工作任务 重点工作 工作重点 主要工作 二级任务 任务名称 反馈问题
        存在问题 问题 问题表现 具体问题 主要问题 反馈意见 问题清单 工作项目 重点事项 整治重点 重点环节
        巡查反馈问题 问题描述 检查发现问题""",
    "text": """具体任务 具体工作任务 具体工作 具体内容 工作内容 任务内容 主要内容 重点内容 整治内容 排查内容
        具体措施 工作措施 主要措施 任务措施 工作举措 主要举措 措施 举措 工作任务 目标任务 任务分解 三级任务
        工作要求 具体要求 任务 整改措施 落实措施 整治措施 推进措施 重点举措 整改举措 攻坚举措 攻坚任务
        落实举措 工作安排 措施要求 整改任务 整治任务 内容""",
    "leads": """牵头领导 责任领导 分管领导 包抓领导 包保领导 挂帅领导 联系领导 挂钩领导 牵头负责人 包案领导
        主要责任人 具体责任人 责任人 负责人 领导 督办领导 挂牌领导 牵头人 包联领导 整改责任人 责任人员
        带班领导 主管领导 县级领导 牵头县领导 镇级领导 第一责任人 直接责任人""",
    "units": """牵头单位 责任单位 责任科室 责任部门 责任股室 牵头部门 牵头科室 牵头股室 落实单位 承办单位
        承办部门 实施单位 主体单位 责任主体 单位 科室 部门 牵头 主办 主办单位 主办部门 主责单位 主责部门
        整改单位 牵头责任单位 整改责任单位 承办科室 牵头处室 责任处室 责任村居 责任村 负责单位 负责部门 责任
        牵头责任部门 第一责任单位 主要责任单位""",
    "helpers": """配合单位 配合部门 配合科室 配合股室 参与单位 协助单位 配合 协办 协办单位 协办部门 协同单位
        参加单位 协同部门 参与部门 协助部门 配合责任单位 配合处室""",
    "deadline": """完成时限 完成时间 完成期限 完成节点 办结时限 整改时限 时限要求 时间要求 时间节点
        时间安排 进度安排 进度要求 时限 期限 时间 起止时间 整改期限 完成日期 截止时间 截止日期 整改完成时限
        落实时限 推进时间 实施时间 计划完成时间 起止日期 完成年限 工作时限 时序进度
        时间进度 整改时间 办理时限""",
    "note": """完成标准 工作目标 整改目标 目标 年度目标 工作标准 验收标准 预期目标 目标要求 完成情况 进展情况
        整改情况 工作进展 督查人 督查单位 督导单位 督办单位 督导领导 督查领导 监督单位 监督人 联系人 联系电话
        联系方式 电话 经费保障 资金来源 资金 投资 成果形式 成效 预期成效 考核标准 依据 文件依据 任务来源
        整改进展 整改成效 整改状态 落实情况 目标值 指标 评价标准 输出成果 责任追究 佐证材料""",
    "remark": "备注 附注",
}
"""What the columns of such tables are called. A ``note`` is kept with the task under its own heading."""

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


def words_for(role: AnnexCell) -> list[str]:
    """Return what offices call a column."""
    return list(PERIODS) if role == "period" else _WORDS[role].split()


def _names() -> dict[str, list[str]]:
    return {str(role): words_for(role) for role in LABELS}


ANNEX = Vocabulary(_names(), several=True, enough=_enough)


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
    known = ANNEX.field_of(name)
    return next((role for role in LABELS if role == known), None)


def annex_heading(table: Grid, told: Mapping[str, AnnexCell]) -> AnnexHeading | None:
    """Return the heading of an annex table; None for another table. ``told`` is what the clerk said."""
    heading = find_heading(table, _knowing(told) if told else ANNEX, 1)
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
    for role, places in known.items():
        places += [column.place for column, field in told if field == role]
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
