"""What a cell of somebody's sheet means for a field: dates, amounts, yes and no, as people type them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken, CellContent, cell_text, half_width, is_empty
from hazard_desk.rules.amounts import read_amount
from hazard_desk.rules.fields import NUMBERS, Field, Kind, Value, clean

_TENTHS = re.compile(r"\d{1,2}\.[123]")
_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:\s+[\u4e00-\u9fff·]{2,4})+")
"""Several names with blanks between them; a blank within a name stands between single characters."""
_YES = ("√", "✓", "✔", "☑", "是", "有", "已", "对")
_NO = ("×", "✕", "✗", "✘", "☒", "x", "否", "无", "没有", "未", "不")
_SUFFIXES = ("隐患", "事故隐患", "安全隐患", "色", "级")
"""Words that people put after a choice: 重大事故隐患, 红色."""


def value_of(field: Field, cell: CellContent, unit: str, today: date, start: date | None = None) -> Value:
    """Return the value of a cell for a field. ``unit`` is the one that the column's heading names,
    ``start`` the day of its row that a deadline counts from (一周内).

    An empty cell gives the field's empty value, also where it is required. Raises ``Refused``.
    """
    if isinstance(cell, Broken):
        raise Refused(f"“{field.label}”{cell.reason}", field.name)
    value: Value = field.empty
    if not is_empty(cell) or (field.kind in (Kind.TEXT, Kind.LONG) and isinstance(cell, str) and clean(cell)):
        value = replace(field, required=False).read(_raw(field, cell, unit), today, start)
    return value


def _raw(field: Field, cell: CellContent, unit: str) -> date | bool | str:
    if field.kind in (Kind.DATE, Kind.MOMENT):
        return _day(field, cell)
    if field.kind in NUMBERS:
        return _amount(field, cell, unit)
    if field.kind is Kind.BOOL:
        return _yes_or_no(cell)
    text = cell_text(cell)
    if field.kind is Kind.NAMES and _NAMES.fullmatch(text.strip()):
        return "、".join(text.split())
    if field.kind is Kind.CODE:
        return half_width(text)
    return _choice(field, text) if field.kind is Kind.CHOICE else text


def _day(field: Field, cell: CellContent) -> date | str:
    if isinstance(cell, datetime) and field.kind is Kind.MOMENT:
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) and field.kind is Kind.DATE else cell
    if isinstance(cell, time | timedelta):
        raise Refused(f"“{field.label}”只有钟点，没有日期")
    text = half_width(cell_text(cell)).rstrip(".。")
    if isinstance(cell, float) and _TENTHS.fullmatch(text):
        month, day = text.split(".")
        raise Refused(
            f"“{field.label}”写成“{text}”，看不出是{month}月{day}日还是{month}月{day}0日，请写成2023-05-18的样子"
        )
    return _moment(text) if field.kind is Kind.MOMENT else text


def _moment(text: str) -> str:
    return re.sub(r"^(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?", _iso, text)


def _iso(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _amount(field: Field, cell: CellContent, unit: str) -> str:
    """A number in the unit of its field. What the cell itself says of its unit counts before the heading."""
    if isinstance(cell, bool):
        raise Refused(f"“{field.label}”请填写数字")
    text = half_width(cell_text(cell))
    amount = read_amount(text, field.unit, unit)
    return text if amount is None else format(Decimal(str(amount)), "f")


def _yes_or_no(cell: CellContent) -> bool | str:
    if isinstance(cell, bool):
        return cell
    text = half_width(cell_text(cell)).lower()
    return "是" if text in _YES else "否" if text in _NO else text


def _choice(field: Field, text: str) -> str:
    """The choice that is meant by 重大事故隐患, 红色, or by full-width letters."""
    if text.strip() in field.choices:
        return text.strip()
    wide = half_width(text).replace(" ", "")
    for choice in field.choices:
        plain = half_width(choice)
        if wide == plain or any(wide == plain + suffix for suffix in _SUFFIXES):
            return choice
    return text.strip()
