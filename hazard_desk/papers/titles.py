"""Breaks a title into lines of like length where the meaning allows (GB/T 9704-2012 §7.3.1).

A word is not torn (“词意完整”), 的 and its like never begin a line, and no line is left with a
character or two. The words are those of our papers; an unknown word may still be torn: then the
report gives the break itself, as \\n in the title.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise
from math import ceil, inf

from hazard_desk.papers.lines import NO_END, NO_START, Widths, break_lines, is_word

_TITLE_WORDS = """
人民政府 安全生产 委员会 办公室 应急管理 领导小组 重大事故隐患 重大隐患 台账 专项 排查
整治 攻坚 行动 方案 工作 任务 重点 分解表 责任 清单 通知 通报 通告 意见 报告 情况
调度表 统计表 登记表 明细表 汇总表 一览表 关于 印发 成立 调整 开展 做好 进一步 加强
推进 落实 组织 举报 奖励 办法 制度 监督 管理 检查 执法 挂牌 督办 风险 防控 消防 企业
单位 名单 成员 组成 人员 年度 半年 季度 月份 全乡 全镇 全县 治本攻坚 三年行动 贯彻落实 动员部署
进展 会议 简报 小结 总结 报告 事故隐患 移送 上报 协调 解决 请示 公示 延期 申请
有限公司 有限责任公司 加油站 供应站 供应点 零售点 合作社 项目部 加工厂 幼儿园 敬老院 卫生院
卫生室 门面房 客运站 水电站 养殖场 农家乐 经营部 商店 超市 小学 中学
"""
_WORDS = tuple(_TITLE_WORDS.split())
_NEVER_FIRST = frozenset("的地得了和与及等们")
_PLACES = frozenset("省市州县区旗乡镇村")
_SHORTEST = 4
"""Characters that a line has at least, where the title has enough of them."""

_MOST_LINES = 8
"""A title of more lines is no title: it is broken like plain text at once."""

_TRIED = 3
"""Numbers of lines that are tried before the title is broken like plain text."""

_TORN, _AFTER_DE, _BEFORE_ABOUT, _MORE_LINES = 60.0, 1.0, -8.0, 10.0
"""Costs of a break, in squared characters of unevenness: inside a word; after 的; before 关于; and of
a line more than needed."""


def title_lines(text: str, measure: Widths, width: float) -> list[str]:
    """Return the lines of a clean title on ``width``; \\n is kept as a break."""
    return [line for part in text.split("\n") for line in _part(part.strip(), measure, width)]


def _part(text: str, measure: Widths, width: float) -> list[str]:
    ends = [0.0, *accumulate(measure(text))]
    costs = [_break_cost(text, at) for at in range(len(text))]
    needed = max(ceil(ends[-1] / width - 0.001), 1)
    for count in range(needed, needed + _TRIED) if needed <= _MOST_LINES else ():
        cost, breaks = _best(costs, ends, width, count)
        if count > 1:  # one line more may spare a word
            more, other = _best(costs, ends, width, count + 1)
            breaks = other if more + _MORE_LINES < cost else breaks
        if breaks is not None:
            return [text[a:b].strip() for a, b in pairwise((0, *breaks, len(text)))]
    return [line.text for line in break_lines(text, measure, width)]


def _best(
    costs: list[float], ends: list[float], width: float, count: int
) -> tuple[float, tuple[int, ...] | None]:
    """The cheapest way to make ``count`` lines: its cost, and where lines end; None when there is none."""
    size = len(costs)
    even, em = ends[-1] / count, max(ends[-1] / max(size, 1), 1)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(1, count + 1):
        ways: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, breaks) in best.items():
            for stop in _stops(start, size, last=line == count):
                long = ends[stop] - ends[start]
                if long > width + 0.01:
                    break
                way = cost + ((long - even) / em) ** 2 + (costs[stop] if stop < size else 0)
                if way < ways.get(stop, (inf, ()))[0]:
                    ways[stop] = (way, (*breaks, stop))
        best = ways
    cost, found = best.get(size, (inf, None))
    return cost, found[:-1] if found else None


def _stops(start: int, size: int, last: bool) -> Iterable[int]:
    """Where a line from ``start`` may end, nearest first."""
    shortest = start + _SHORTEST if size >= 2 * _SHORTEST else start + 1
    if last:
        return [size] if size >= shortest or start == 0 else []
    return range(shortest, size)


def _break_cost(text: str, at: int) -> float:
    """What a break before the character ``at`` costs; without end where the marks forbid it."""
    before, after = text[at - 1], text[at]
    if after in NO_START or after in _NEVER_FIRST or before in NO_END or (is_word(before) and is_word(after)):
        return inf
    cost = _TORN if _inside_word(text, at) else 0
    if before == "的":
        cost += _AFTER_DE
    if text.startswith("关于", at):
        cost += _BEFORE_ABOUT
    return cost


def _inside_word(text: str, at: int) -> bool:
    """True when a break at ``at`` would tear one of the words, a number from 年, or a place from 乡."""
    if text[at - 1].isdigit() and text[at] in "年月日号":
        return True
    if any(char in _PLACES for char in text[at : at + 2]):
        return True
    return any(text.startswith(word, at - cut) for word in _WORDS for cut in range(1, len(word)) if cut <= at)
