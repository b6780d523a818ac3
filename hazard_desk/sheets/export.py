"""A ledger, or the part of it that a query wants, as a spreadsheet that import takes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.gaps import OTHERS, without_taken_in
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import NUMBERS, Field, Kind, Value, read_others
from hazard_desk.sheets.book import BODY_FONT, Sheet, Written

_AS_THEY_ARE = (Kind.DATE, Kind.MOMENT, *NUMBERS)
_CENTRED = (Kind.CHOICE, Kind.DATE, Kind.MOMENT, Kind.BOOL, Kind.CODE, Kind.INTEGER)
_OTHER_WIDTH = 14
_FIRST_DAY = date(1900, 3, 1)
"""Before this day spreadsheets count days differently, or not at all."""


def export_ledger(
    books: Books, ledger: Ledger, query: Query, to: Path, ids: Sequence[int] | None = None
) -> Path:
    """Write the rows that ``query`` wants, with every field of the ledger, to ``to``; return it.

    With ``ids`` those rows are written instead, as they stand today. Protected fields are left out. Raises
    ``Refused`` for another ending than .xlsx.
    """
    if to.suffix.lower() != ".xlsx":
        raise Refused("导出的文件名请以 .xlsx 结尾")
    fields, rows = _columns(ledger), ledger.select(query) if ids is None else ledger.rows(ids)
    others = list(dict.fromkeys(heading for row in rows for heading in read_others(row.get(OTHERS))))
    widths = [*(field.width for field in fields), *(_OTHER_WIDTH for _ in others)]
    sheet = Sheet(ledger.title, widths, mark=ledger)
    sheet.banner(ledger.title + ("（示例）" if books.sample else ""))
    day = show_date(query.as_of or books.today)
    sheet.banner(f"填报单位：{books.office_name}　　截至：{day}", BODY_FONT, "left", 20)
    sheet.heading([*(field.heading for field in fields), *others])
    aligns = [*map(_align, fields), *("left" for _ in others)]
    for row in rows:
        told = read_others(row.get(OTHERS))
        sheet.row([*(_value(field, row[field.name]) for field in fields), *map(told.get, others)], aligns)
    return sheet.save(to)


def _columns(ledger: Ledger) -> list[Field]:
    """All columns of the ledger, and those that only import asks for; of two alike the one it asks for.

    What came in under headings of its own goes out so, at the right; what is still missing is no column.
    """
    taken = {field.name: field for field in ledger.sheet_fields()}
    asked = {field.heading for field in taken.values()}
    shown = [field for field in without_taken_in(ledger.fields) if not field.sensitive]
    shown = [field for field in shown if field.name in taken or field.heading not in asked]
    there = {field.name for field in shown}
    return shown + [field for name, field in taken.items() if name not in there]


def _value(field: Field, value: Value) -> Written:
    """Numbers and dates as they are, so that they can be counted; all else as shown text."""
    if value is None or value == "":
        return None
    early = isinstance(value, date) and _day(value) < _FIRST_DAY
    if field.kind in _AS_THEY_ARE and isinstance(value, int | float | date) and not early:
        return value
    return field.show(value) or None


def _day(value: date) -> date:
    return date(value.year, value.month, value.day)


def _align(field: Field) -> str:
    if field.kind in _CENTRED:
        return "center"
    return "right" if field.kind is Kind.NUMBER else "left"
