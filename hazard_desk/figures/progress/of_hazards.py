"""Indicators of hazards: found and rectified, by source, and those under supervision (S2, S4 总体情况).

A hazard that stood voided or merged on the last day never counts; one that is listed for supervision counts
in its source and there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.figures.progress.counting import Indicator, indicator
from hazard_desk.figures.progress.pool import Pool, Tests
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.columns import name_of

_SOURCES = {
    "self_found": "企业自查",
    "inspection_found": "执法检查",
    "public_reported": "群众举报",
    "assigned": "上级交办",
}
"""The first part of an indicator's id: the hazard's source."""

_COUNTS = "截至当日已作废、已并案的不计"
_RECTIFIED = "整改完成日期在统计期内，且截至当日最近一次复查没有退回、也没有重新打开"


_GRAVE: Tests[Hazard] = {name_of(Hazard.level): lambda row, pool: row.level == MAJOR}
_BEGUN: Tests[Hazard] = {name_of(Hazard.found_on): lambda row, pool: pool.has_begun(row.found_on)}
_DONE: Tests[Hazard] = {name_of(Hazard.rectified_on): lambda row, pool: row.rectified_on in pool.span}


def _hazards(pool: Pool) -> Sequence[Hazard]:
    return pool.hazards


def _from(source: str) -> Tests[Hazard]:
    return {**_GRAVE, name_of(Hazard.source): lambda row, pool: row.source == source}


def _by_source() -> Iterator[Indicator]:
    for name, source in _SOURCES.items():
        tests = _from(source)
        yield indicator(
            f"{name}_major",
            f"{source}发现的重大隐患",
            "个",
            f"来源为{source}、级别为重大、发现日期在统计期内的隐患；{_COUNTS}",
            Hazards.id,
            _hazards,
            {**tests, name_of(Hazard.found_on): lambda row, pool: row.found_on in pool.span},
        )
        yield indicator(
            f"{name}_major_rectified",
            f"{source}重大隐患中已完成整改的",
            "个",
            f"来源为{source}的重大隐患中，{_RECTIFIED}的；{_COUNTS}",
            Hazards.id,
            _hazards,
            {**tests, **_BEGUN, **_DONE},
        )


HAZARDS = (
    *_by_source(),
    indicator(
        "supervised_major",
        "挂牌督办的重大隐患",
        "个",
        f"挂牌日期在统计期内的重大隐患，何时发现的都算，各级挂牌都算，摘牌后仍计入，同时计入其来源；{_COUNTS}",
        Hazards.id,
        _hazards,
        {**_GRAVE, name_of(Hazard.supervision_on): lambda row, pool: row.supervision_on in pool.span},
    ),
    indicator(
        "supervised_major_rectified",
        "挂牌督办重大隐患中已完成整改的",
        "个",
        f"截至当日已挂牌督办的重大隐患中，{_RECTIFIED}的；{_COUNTS}",
        Hazards.id,
        _hazards,
        {
            **_GRAVE,
            name_of(Hazard.supervision_on): lambda row, pool: pool.has_begun(row.supervision_on),
            **_DONE,
        },
    ),
)
