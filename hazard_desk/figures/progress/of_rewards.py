"""Indicators of rewards and penalties (S2, S4 部门精准严格执法情况, 举报奖励)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hazard_desk.books.rewards import OF_OFFICE, OF_UNIT, PENALTY, REPORT_REWARD, RewardRow, Rewards
from hazard_desk.books.submissions import Counted
from hazard_desk.figures.progress.counting import Indicator, indicator, total
from hazard_desk.figures.progress.pool import Pool, Test, Tests
from hazard_desk.store.columns import Made, name_of

_YUAN_IN_WAN = 10_000


def _rewards(pool: Pool) -> Sequence[RewardRow]:
    return pool.rewards


def _of(*kinds: str, targets: tuple[str, ...] = (), **marked: Test[RewardRow]) -> Tests[RewardRow]:
    """The records of these types, of these kinds of targets if any are named, so ``marked``."""
    tests: Tests[RewardRow] = {
        name_of(RewardRow.kind): lambda row, pool: row.kind in kinds,
        name_of(RewardRow.happened_on): lambda row, pool: row.happened_on in pool.span,
    }
    of_targets: Tests[RewardRow] = {
        name_of(RewardRow.target_kind): lambda row, pool: row.target_kind in targets
    }
    return {**tests, **(of_targets if targets else {}), **marked}


def _paired(pool: Pool) -> Sequence[RewardRow]:
    """Both penalties of each pair, whatever the day of either."""
    return [row for row in pool.penalties.values() if row.pair_id in pool.penalties]


def _completed(row: RewardRow, pool: Pool) -> bool:
    """Whether the later penalty of its pair lies in the span; never while a day is unknown."""
    days = [one.happened_on for one in (row, pool.penalties[row.pair_id or 0])]
    return None not in days and max(days) in pool.span


def _half(rows: Sequence[RewardRow]) -> Counted:
    return len(rows) // 2


def _made(
    id: str,
    title: str,
    unit: str,
    definition: str,
    tests: Tests[RewardRow],
    measure: Callable[[Sequence[RewardRow]], Counted] = len,
    records: Callable[[Pool], Sequence[RewardRow]] = _rewards,
    firm: Made | None = None,
) -> Indicator:
    return indicator(id, title, unit, definition, Rewards.id, records, tests, measure, firm)


def _amount(row: RewardRow) -> float | None:
    return row.amount


def _people(row: RewardRow) -> float | None:
    return row.people


_heads = total(_people, missing=1)

REWARDS = (
    _made("penalties", "行政处罚", "次", "统计期内类型为行政处罚的记录", _of(PENALTY)),
    _made(
        "penalty_money",
        "行政处罚金额",
        "万元",
        "统计期内行政处罚记录的金额合计",
        _of(PENALTY),
        total(_amount),
    ),
    _made(
        "paired_penalties",
        "企业和企业主要负责人“一案双罚”",
        "次",
        "已关联为一案双罚、两条处罚都已作出且后一条在统计期内的，企业和个人合计一次",
        {name_of(RewardRow.happened_on): _completed},
        _half,
        _paired,
    ),
    _made(
        "handed_to_justice",
        "移送司法机关",
        "人",
        "统计期内移送司法记录的人数合计，没有填人数的按1人计",
        _of("移送司法"),
        _heads,
    ),
    _made(
        "suspended_enterprises",
        "责令停产整顿",
        "家",
        "统计期内被停产整顿的监管对象，同一家只算一次",
        _of("停产整顿"),
        firm=RewardRow.target,
    ),
    _made(
        "closed_enterprises",
        "关闭取缔",
        "家",
        "统计期内被关闭取缔的监管对象，同一家只算一次",
        _of("关闭取缔"),
        firm=RewardRow.target,
    ),
    _made(
        "exposed_enterprises",
        "曝光、约谈、联合惩戒企业",
        "家",
        "统计期内被曝光、约谈或联合惩戒的监管对象，同一家不论几次只算一家",
        _of("曝光", "约谈", "联合惩戒", targets=(OF_UNIT,)),
        firm=RewardRow.target,
    ),
    _made("published_cases", "公布典型案例", "个", "统计期内公布的典型案例", _of("典型案例公布")),
    _made(
        "published_crime_cases",
        "公布的危险作业罪案例",
        "个",
        "统计期内公布的典型案例中，“危险作业罪案例”为是的",
        _of("典型案例公布", crime=lambda row, pool: row.crime),
    ),
    _made(
        "accountable_people",
        "责任倒查追责问责",
        "人",
        "统计期内追责问责记录的人数合计，没有填人数的按1人计",
        _of("追责问责"),
        _heads,
    ),
    _made(
        "enterprises_talked",
        "约谈通报企业",
        "次",
        "统计期内对单位的约谈和通报，按次数计",
        _of("约谈", "通报", targets=(OF_UNIT,)),
    ),
    _made(
        "departments_talked",
        "约谈通报有关部门及单位",
        "次",
        "统计期内对科室、村社区和单位的约谈和通报，按次数计",
        _of("约谈", "通报", targets=(OF_OFFICE, OF_UNIT)),
    ),
    _made(
        "reward_money",
        "举报奖励",
        "万元",
        "统计期内举报奖励的金额合计，台账按元登记，折算为万元",
        _of(REPORT_REWARD),
        total(_amount, divisor=_YUAN_IN_WAN),
    ),
    _made(
        "anonymous_reward_money",
        "匿名举报查实奖励",
        "万元",
        "统计期内对匿名举报的奖励金额合计，台账按元登记，折算为万元",
        _of(REPORT_REWARD, anonymous=lambda row, pool: row.anonymous),
        total(_amount, divisor=_YUAN_IN_WAN),
    ),
)
