"""The blank collection sheet of a ledger, for villages and enterprises to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hazard_desk.errors import Refused
from hazard_desk.ledgers.books import Books
from hazard_desk.ledgers.ledger import Ledger
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.sheets.book import (
    BODY,
    BORDER,
    HEAD,
    HEAD_FILL,
    LINE_HEIGHT,
    READABLE,
    TITLE,
    lines_of,
    save_book,
    set_up_page,
)

ROWS = 200
"""Blank rows that are ready to be filled."""
HEADING_ROW = 3
_NOTE = "带*的为必填。日期请写成2023-05-18的样子，有下拉选项的请从中选择，请勿增删或调换栏目。"
_TEXTS = (Kind.TEXT, Kind.LONG, Kind.CODE, Kind.NAMES)


def write_template(books: Books, ledger: Ledger, to: Path) -> Path:
    """Write the collection sheet of a ledger to ``to``; return it.

    Raises ``Refused`` for a ledger that takes no entries and for another ending than .xlsx.
    """
    fields = [field for field in ledger.entry_fields() if not field.sensitive]
    if not fields:
        raise Refused(f"{ledger.title}随方案生成，没有采集表")
    if to.suffix.lower() != ".xlsx":
        raise Refused("采集表的文件名请以 .xlsx 结尾")
    book = Workbook()
    sheet: Any = book.active
    sheet.title = ledger.title
    _head(sheet, ledger, fields)
    for place, field in enumerate(fields, start=1):
        _column(sheet, place, field)
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    set_up_page(sheet, [_width(field) for field in fields])
    return save_book(book, to)


def _head(sheet: Any, ledger: Ledger, fields: list[Field]) -> None:
    for row, text, font, height in ((1, f"{ledger.title}采集表", TITLE, 30), (2, _NOTE, BODY, 20)):
        sheet.cell(row, 1, text).font = font
        sheet.cell(row, 1).alignment = Alignment(
            horizontal="center" if row == 1 and _fits_a_page(fields) else "left", vertical="center"
        )
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(fields))
        sheet.row_dimensions[row].height = height
    lines = max(lines_of(_heading(field), _width(field)) for field in fields)
    sheet.row_dimensions[HEADING_ROW].height = lines * LINE_HEIGHT + 8


def _fits_a_page(fields: list[Field]) -> bool:
    return sum(_width(field) for field in fields) <= READABLE


def _heading(field: Field) -> str:
    return field.heading + ("*" if field.required else "")


def _width(field: Field) -> int:
    """The usual width; a date is written out in full, a heading takes four lines at the most."""
    least = 6 if field.kind is Kind.DATE else 4
    return max(field.width, least, -(-len(_heading(field)) // 4))


def _column(sheet: Any, place: int, field: Field) -> None:
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = _width(field) * 2 + 1.5
    heading = sheet.cell(HEADING_ROW, place, _heading(field))
    heading.font, heading.fill, heading.border = HEAD, HEAD_FILL, BORDER
    heading.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row in range(HEADING_ROW + 1, HEADING_ROW + 1 + ROWS):
        cell = sheet.cell(row, place)
        cell.border, cell.font = BORDER, BODY
        if field.kind in _TEXTS:
            cell.number_format = "@"
        elif field.kind is Kind.DATE:
            cell.number_format = "yyyy-mm-dd"
    if rule := _rule(field):
        sheet.add_data_validation(rule)
        rule.add(f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + ROWS}")


def _rule(field: Field) -> DataValidation | None:
    """What the sheet itself checks: choices as a drop-down, dates as dates, numbers as numbers."""
    choices = ("是", "否") if field.kind is Kind.BOOL else field.choices
    if choices and len(",".join(choices)) < 255:
        rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        rule.error = f"请从下拉选项中选择：{'、'.join(choices)}"[:220]
    elif field.kind is Kind.DATE:
        rule = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
        rule.error = "请填写日期，例如2023-05-18"
    elif field.kind in (Kind.INTEGER, Kind.NUMBER):
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.error = "请填写数字"
    else:
        return None
    rule.showErrorMessage, rule.errorTitle = True, field.label
    return rule
