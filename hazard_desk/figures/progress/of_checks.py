"""Indicators of checks (S2, S4): enterprises checked, and those in which each of seven defects was found."""

from __future__ import annotations

from collections.abc import Callable

from hazard_desk.books.checks import CheckRow, Checks
from hazard_desk.figures.progress.counting import Indicator, Rows, distinct
from hazard_desk.figures.progress.pool import Pool
from hazard_desk.store.columns import declared

_DEFECTS = {
    "no_study": "not_studied_enterprises",
    "no_lead": "not_led_enterprises",
    "no_duties": "no_duty_list_enterprises",
    "no_officers": "no_officers_enterprises",
    "no_licence": "unlicensed_enterprises",
    "bad_contracting": "bad_contracting_enterprises",
    "no_drill": "no_drill_enterprises",
}
"""The field of a check that says the defect: the indicator."""


def _checks(pool: Pool) -> Rows:
    return list(pool.checks)


def _with(defect: str) -> Callable[[Pool], Rows]:
    return lambda pool: [row for row in pool.checks if row[defect]]


def _defect(field: str, label: str) -> Indicator:
    return Indicator(
        _DEFECTS[field],
        label,
        "家",
        f"统计期内的检查中，“{label}”一项打了勾的单位；同一单位不论查出几次，只算一家",
        Checks.id,
        _with(field),
        distinct("unit_name"),
    )


_LABELS = {field.name: field.label for field in declared(CheckRow)}

CHECKS = (
    Indicator(
        "spot_checked_enterprises",
        "抽查检查的企业总数",
        "家",
        "检查日期在统计期内的检查所到的单位；同一单位不论检查几次，只算一家",
        Checks.id,
        _checks,
        distinct("unit_name"),
    ),
    *(_defect(field, _LABELS[field]) for field in _DEFECTS),
)
