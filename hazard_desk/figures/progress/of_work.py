"""Indicators of work done (S2, S4 组织领导情况, 帮扶指导) and of the technical inspectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hazard_desk.books.activities import FIRMS, OWN_FIRMS, TOWNS, Activities, ActivityRow
from hazard_desk.books.registers import RegisterRow
from hazard_desk.figures.progress.counting import Indicator, indicator, total, whether
from hazard_desk.figures.progress.pool import INSPECTORS, Pool

_LEVELS = {"county": "县", "town": "镇", "department": "部门"}
_BY_LEVEL = (
    ("studies", "专题学习安全生产十五条硬措施", "专题学习"),
    ("researches", "负责人专题研究", "专题研究"),
    ("supervisions", "负责同志现场督导检查", "督导检查"),
)
"""Begin of the id, title and type of activity; each for all levels and for every one."""
_GUIDANCE = "帮扶指导"


def _held(kind: str, level: str = "") -> Callable[[Pool], Sequence[ActivityRow]]:
    return lambda pool: [row for row in pool.work[kind] if not level or row.level == level]


def _governments(kind: str) -> Callable[[Pool], Sequence[ActivityRow]]:
    """What county and town held; S4 asks for 区、乡镇."""
    wanted = (_LEVELS["county"], _LEVELS["town"])
    return lambda pool: [row for row in pool.work[kind] if row.level in wanted]


def _helped(*objects: str) -> Callable[[Pool], Sequence[ActivityRow]]:
    return lambda pool: [row for row in pool.work[_GUIDANCE] if row.object_kind in objects]


def _objects(row: ActivityRow) -> float | None:
    return row.objects


def _serving(level: str = "") -> Callable[[Pool], Sequence[RegisterRow]]:
    return lambda pool: [row for row in pool.inspectors if not level or row["level"] == level]


def _by_level() -> Iterator[Indicator]:
    for name, title, kind in _BY_LEVEL:
        for level, word in _LEVELS.items():
            definition = f"统计期内类型为{kind}、层级为{word}的工作"
            yield indicator(
                f"{level}_{name}", f"{title}（{word}）", "次", definition, Activities.id, _held(kind, word)
            )
        definition = f"统计期内类型为{kind}、层级为县（区）或镇的工作"
        yield indicator(
            f"government_{name}", f"{title}（县、镇）", "次", definition, Activities.id, _governments(kind)
        )


def _help(id: str, title: str, unit: str, what: str, *objects: str) -> Indicator:
    definition = f"统计期内类型为{_GUIDANCE}、对象类别为{what}的工作，按对象数量合计，没有填数量的按1计"
    return indicator(
        id, title, unit, definition, Activities.id, _helped(*objects), total(_objects, missing=1)
    )


def _staff(id: str, words: str, level: str) -> Indicator:
    definition = f"专兼职技术检查员名册中截至当日在岗的人员{words}"
    return indicator(id, f"专兼职技术检查员{words}", "人", definition, INSPECTORS, _serving(level))


WORK = (
    _help("helped_towns", "帮扶指导重点镇", "个次", "镇村", TOWNS),
    _help("helped_towns_and_own_firms", "帮扶指导乡镇、直属企业", "个次", "镇村或直属企业", TOWNS, OWN_FIRMS),
    _help("helped_enterprises", "帮扶指导重点企业", "家次", "重点企业", FIRMS),
    *_by_level(),
    indicator(
        "lectures", "到企业宣讲", "次", "统计期内类型为企业宣讲的工作", Activities.id, _held("企业宣讲")
    ),
    indicator(
        "programme_aired",
        "在主流媒体播放安全生产专题栏目",
        "",
        "统计期内有类型为专栏播出的工作为是，没有为否",
        Activities.id,
        _held("专栏播出"),
        whether,
    ),
    indicator(
        "assessments",
        "考核巡查督导检查",
        "次",
        "统计期内类型为考核巡查的工作",
        Activities.id,
        _held("考核巡查"),
    ),
    _staff("inspectors", "", ""),
    _staff("county_inspectors", "（县）", "县"),
    _staff("town_inspectors", "（镇）", "镇"),
)
