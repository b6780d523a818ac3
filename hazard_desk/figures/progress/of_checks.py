"""Indicators of checks (S2, S4): enterprises checked, and those in which each of seven defects was found."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.books.checks.book import CheckRow, Checks
from hazard_desk.figures.progress.counting import Indicator, indicator
from hazard_desk.figures.progress.pool import Pool, Tests
from hazard_desk.rules.fields import Field
from hazard_desk.store.columns import field_of, name_of

_DEFECTS = (
    (field_of(CheckRow.no_study), "not_studied_enterprises"),
    (field_of(CheckRow.no_lead), "not_led_enterprises"),
    (field_of(CheckRow.no_duties), "no_duty_list_enterprises"),
    (field_of(CheckRow.no_officers), "no_officers_enterprises"),
    (field_of(CheckRow.no_licence), "unlicensed_enterprises"),
    (field_of(CheckRow.bad_contracting), "bad_contracting_enterprises"),
    (field_of(CheckRow.no_drill), "no_drill_enterprises"),
)
"""The field of a check that says the defect, and the id of the indicator."""


def _checks(pool: Pool) -> Sequence[CheckRow]:
    return pool.checks


_COUNTED: Tests[CheckRow] = {
    name_of(CheckRow.checked_on): lambda row, pool: row.checked_on in pool.span,
}


def _defect(field: Field, id: str) -> Indicator:
    return indicator(
        id,
        field.label,
        "家",
        f"统计期内的检查中，“{field.label}”一项打了勾的监管对象；同一家不论查出几次，只算一家",
        Checks.id,
        _checks,
        {**_COUNTED, field.name: lambda row, pool: bool(row[field.name])},
        firm=CheckRow.unit_name,
    )


CHECKS = (
    indicator(
        "spot_checked_enterprises",
        "抽查检查的企业总数",
        "家",
        "检查日期在统计期内的检查所到的监管对象；同一家不论检查几次，只算一家",
        Checks.id,
        _checks,
        _COUNTED,
        firm=CheckRow.unit_name,
    ),
    *(_defect(field, id) for field, id in _DEFECTS),
)
