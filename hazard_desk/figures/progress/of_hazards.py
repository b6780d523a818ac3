"""Indicators of hazards: found and rectified, by source, and those under supervision (S2, S4 总体情况).

A hazard that stood voided or merged on the last day never counts; one that is listed for supervision counts
in its source and there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.figures.progress.counting import Indicator, indicator
from hazard_desk.figures.progress.pool import Pool

_SOURCES = {
    "self_found": "企业自查",
    "inspection_found": "执法检查",
    "public_reported": "群众举报",
    "assigned": "上级交办",
}
"""The first part of an indicator's id: the hazard's source."""

_COUNTS = "截至当日已作废、已并案的不计"
_RECTIFIED = "整改完成日期在统计期内，且截至当日最近一次复查没有退回、也没有重新打开"


def _found(source: str) -> Callable[[Pool], Sequence[Hazard]]:
    return lambda pool: [row for row in pool.majors[source] if row.found_on in pool.span]


def _rectified(source: str) -> Callable[[Pool], Sequence[Hazard]]:
    return lambda pool: [row for row in pool.majors[source] if row.rectified_on in pool.span]


def _supervised(pool: Pool) -> Sequence[Hazard]:
    return [row for rows in pool.majors.values() for row in rows if row.supervision_on in pool.span]


def _supervised_rectified(pool: Pool) -> Sequence[Hazard]:
    listed = (row for rows in pool.majors.values() for row in rows if row.supervision_on)
    return [row for row in listed if row.rectified_on in pool.span]


def _by_source() -> Iterator[Indicator]:
    for name, source in _SOURCES.items():
        yield indicator(
            f"{name}_major",
            f"{source}发现的重大隐患",
            "个",
            f"来源为{source}、级别为重大、发现日期在统计期内的隐患；{_COUNTS}",
            Hazards.id,
            _found(source),
        )
        yield indicator(
            f"{name}_major_rectified",
            f"{source}重大隐患中已完成整改的",
            "个",
            f"来源为{source}的重大隐患中，{_RECTIFIED}的；{_COUNTS}",
            Hazards.id,
            _rectified(source),
        )


HAZARDS = (
    *_by_source(),
    indicator(
        "supervised_major",
        "挂牌督办的重大隐患",
        "个",
        f"挂牌日期在统计期内的重大隐患，各级挂牌都算，摘牌后仍计入，同时计入其来源；{_COUNTS}",
        Hazards.id,
        _supervised,
    ),
    indicator(
        "supervised_major_rectified",
        "挂牌督办重大隐患中已完成整改的",
        "个",
        f"截至当日已挂牌督办的重大隐患中，{_RECTIFIED}的；{_COUNTS}",
        Hazards.id,
        _supervised_rectified,
    ),
)
