"""Indicators of work done (S2, S4 组织领导情况, 帮扶指导) and of the technical inspectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hazard_desk.books.activities import FIRMS, OWN_FIRMS, TOWNS, Activities, ActivityRow
from hazard_desk.books.registers import RegisterRow
from hazard_desk.books.submissions import Counted
from hazard_desk.figures.progress.counting import Indicator, indicator, total, whether
from hazard_desk.figures.progress.pool import INSPECTORS, Pool, Tests
from hazard_desk.rules.identifiers import person
from hazard_desk.store.columns import name_of

_TOWN = ("镇", "乡")
_LEVELS = {"county": ("县",), "town": _TOWN, "department": ("部门",)}
_BY_LEVEL = (
    ("studies", "专题学习安全生产十五条硬措施", "专题学习"),
    ("researches", "负责人专题研究", "专题研究"),
    ("supervisions", "负责同志现场督导检查", "督导检查"),
)
"""Begin of the id, title and type of activity; each for all levels and for every one."""
_GUIDANCE = "帮扶指导"


def _work(pool: Pool) -> Sequence[ActivityRow]:
    return pool.activities


def _held(kind: str, *levels: str) -> Tests[ActivityRow]:
    """Work of a type, of these levels if any are named."""
    tests: Tests[ActivityRow] = {
        name_of(ActivityRow.kind): lambda row, pool: row.kind == kind,
        name_of(ActivityRow.held_on): lambda row, pool: row.held_on in pool.span,
    }
    of_levels: Tests[ActivityRow] = {name_of(ActivityRow.level): lambda row, pool: row.level in levels}
    return {**tests, **(of_levels if levels else {})}


def _helped(*objects: str) -> Tests[ActivityRow]:
    return {
        **_held(_GUIDANCE),
        name_of(ActivityRow.object_kind): lambda row, pool: row.object_kind in objects,
    }


def _objects(row: ActivityRow) -> float | None:
    return row.objects


def _inspectors(pool: Pool) -> Sequence[RegisterRow]:
    return pool.inspectors


def _serving(*levels: str) -> Tests[RegisterRow]:
    """Those in service on the span's last day."""
    tests: Tests[RegisterRow] = {
        "starts_on": lambda row, pool: pool.is_past(row["starts_on"]),
        "ends_on": lambda row, pool: not pool.is_past(row["ends_on"]),
    }
    of_level: Tests[RegisterRow] = {"level": lambda row, pool: row["level"] in levels}
    return {**tests, **(of_level if levels else {})}


def _made(
    id: str,
    title: str,
    unit: str,
    definition: str,
    tests: Tests[ActivityRow],
    measure: Callable[[Sequence[ActivityRow]], Counted] = len,
) -> Indicator:
    return indicator(id, title, unit, definition, Activities.id, _work, tests, measure)


def _by_level() -> Iterator[Indicator]:
    for name, title, kind in _BY_LEVEL:
        for level, words in _LEVELS.items():
            definition = f"统计期内类型为{kind}、层级为{'或'.join(words)}的工作"
            yield _made(f"{level}_{name}", f"{title}（{words[0]}）", "次", definition, _held(kind, *words))
        definition = f"统计期内类型为{kind}、层级为县（区）或乡镇的工作"
        # S4 asks for 区、乡镇
        governments = _held(kind, *_LEVELS["county"], *_TOWN)
        yield _made(f"government_{name}", f"{title}（县、镇）", "次", definition, governments)


def _help(id: str, title: str, unit: str, what: str, *objects: str) -> Indicator:
    definition = f"统计期内类型为{_GUIDANCE}、对象类别为{what}的工作，按对象数量合计，没有填数量的按1计"
    return _made(id, title, unit, definition, _helped(*objects), total(_objects, missing=1))


def _staff(id: str, words: str, *levels: str) -> Indicator:
    definition = f"专兼职技术检查员名册中截至当日在岗的人员{words}，同名的（不计空格）算一人"
    title = f"专兼职技术检查员{words}"
    return indicator(id, title, "人", definition, INSPECTORS, _inspectors, _serving(*levels), _people)


def _people(rows: Sequence[RegisterRow]) -> Counted:
    """The same person with a blank in the name is one; so is one entered for two periods."""
    return len({person(str(row["person"] or "")) or row.id for row in rows})


WORK = (
    _help("helped_towns", "帮扶指导重点镇", "个次", "镇村", TOWNS),
    _help("helped_towns_and_own_firms", "帮扶指导乡镇、直属企业", "个次", "镇村或直属企业", TOWNS, OWN_FIRMS),
    _help("helped_enterprises", "帮扶指导重点企业", "家次", "重点企业", FIRMS),
    *_by_level(),
    _made("lectures", "到企业宣讲", "次", "统计期内类型为企业宣讲的工作", _held("企业宣讲")),
    _made(
        "programme_aired",
        "在主流媒体播放安全生产专题栏目",
        "",
        "统计期内有类型为专栏播出的工作为是，没有为否",
        _held("专栏播出"),
        whether,
    ),
    _made("assessments", "考核巡查督导检查", "次", "统计期内类型为考核巡查的工作", _held("考核巡查")),
    _staff("inspectors", ""),
    _staff("county_inspectors", "（县）", "县"),
    _staff("town_inspectors", "（镇）", *_TOWN),
)
