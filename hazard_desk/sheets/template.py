"""The blank collection sheet of a ledger, for villages and enterprises to fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import NUMBERS, Field, Kind
from hazard_desk.rules.identifiers import check_credit_code, check_phone
from hazard_desk.sheets import book as of
from hazard_desk.sheets.book import LINE_HEIGHT, READABLE, Written, lines_of
from hazard_desk.sheets.marking import save_book
from hazard_desk.sheets.marks import EXAMPLE, SHEET, mark_rows

ROWS = 200
"""Blank rows that are ready to be filled; below them more may be filled, without lines around."""
HEADING_ROW = 4
EXAMPLE_ROW = HEADING_ROW + 1
FIRST_ROW = EXAMPLE_ROW + 1
_LAST_ROW = 5_000
"""Down to here the sheet itself checks what is filled in."""
_LISTS = "_选项"
_INLINE = 250
"""Characters that a drop-down may hold itself; a longer list stands in a hidden sheet."""
_NOTES = (
    "带*的栏目必填；日期写成2023-05-18的样子；有下拉箭头的请从中选择；数字后面不写单位。",
    "请勿增删、调换栏目；一行填一条，中间不空行；填好后把本文件发回，不必另外打印盖章。",
)
_FORMATS = {
    **dict.fromkeys((Kind.TEXT, Kind.LONG, Kind.CODE, Kind.NAMES), "@"),
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
_CODES: dict[object, str] = {check_phone: "13800000000", check_credit_code: "91340800MA2N00001W"}
"""What the example row shows of numbers that follow a rule."""
_LINE = Side(style="thin", color="FF000000")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TITLE_FONT, HEAD_FONT, BODY_FONT = (
    Font(name=face.name, size=face.size) for face in (of.TITLE_FONT, of.HEAD_FONT, of.BODY_FONT)
)
HEAD_FILL = PatternFill("solid", fgColor=f"FF{of.HEAD_FILL}")
_FAINT = Font(name="仿宋_GB2312", size=11, italic=True, color="FF7B8794")


def write_template(books: Books, ledger: Ledger, to: Path) -> Path:
    """Write the collection sheet of a ledger to ``to``; return it.

    Raises ``Refused`` for a ledger that takes no entries and for another ending than .xlsx.
    """
    fields = list(ledger.template_fields())
    if not fields:
        raise Refused(f"{ledger.title}随方案生成，没有采集表")
    if to.suffix.lower() != ".xlsx":
        raise Refused("采集表的文件名请以 .xlsx 结尾")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = ledger.title[:31]
    lists = _Lists(book)
    _head(sheet, books, ledger, fields)
    for place, field in enumerate(fields, start=1):
        _column(sheet, place, field)
        if rule := _rule(field, lists.source(_choices(ledger, field))):
            sheet.add_data_validation(rule)
            letter = get_column_letter(place)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{_LAST_ROW}")
    _example(sheet, fields, books.today)
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    _set_up_page(sheet, [_width(field) for field in fields])
    _protect(sheet)
    marked = book.create_sheet(SHEET)
    marked.sheet_state = "veryHidden"
    for row in mark_rows(ledger):
        marked.append(row)
    return save_book(book, to)


def _set_up_page(sheet: Worksheet, widths: list[int]) -> None:
    """Set the sheet up for A4: as many pages side by side as its columns need to be read."""
    page = sheet.page_setup
    page.orientation, page.paperSize = "landscape", 9
    page.fitToWidth, page.fitToHeight = of.pages_wide(widths), 0
    fitting, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
    assert fitting is not None and footer is not None and footer.center is not None
    fitting.fitToPage = True
    sheet.print_options.horizontalCentered = True
    footer.center.text = of.FOOTER
    sheet.page_margins.left = sheet.page_margins.right = 0.5


def _head(sheet: Worksheet, books: Books, ledger: Ledger, fields: list[Field]) -> None:
    title = f"{ledger.title}采集表" + ("（示例）" if books.sample else "")
    centred = sum(map(_width, fields)) <= READABLE
    lines = ((title, TITLE_FONT, 30), ("".join(_NOTES), BODY_FONT, 36), ("填报单位：", BODY_FONT, 22))
    for row, (text, font, height) in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, text)
        cell.font = font
        cell.alignment = Alignment(
            horizontal="center" if row == 1 and centred else "left", vertical="center", wrap_text=row == 2
        )
        width = len(fields) if row != 2 or centred else _places_of(fields, READABLE)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        sheet.row_dimensions[row].height = height
    sheet.cell(3, 1).protection = Protection(locked=False)
    needed = max(lines_of(_heading(field), _width(field)) for field in fields)
    sheet.row_dimensions[HEADING_ROW].height = needed * LINE_HEIGHT + 8


def _places_of(fields: list[Field], width: int) -> int:
    """How many of the first columns fit into so many characters; one at least."""
    total, places = 0, 0
    for field in fields:
        total += _width(field)
        places += total <= width
    return max(1, places)


def _heading(field: Field) -> str:
    return field.heading + ("*" if field.required else "")


def _width(field: Field) -> int:
    """The usual width; a date is written out in full, a heading takes four lines at the most."""
    least = 6 if field.kind is Kind.DATE else 4
    return max(field.width, least, -(-len(_heading(field)) // 4))


def _column(sheet: Worksheet, place: int, field: Field) -> None:
    below = sheet.column_dimensions[get_column_letter(place)]
    below.width = _width(field) * 2 + 1.5
    below.protection, below.number_format = _OPEN, _FORMATS.get(field.kind, "General")
    heading = sheet.cell(HEADING_ROW, place, _heading(field))
    heading.font, heading.fill, heading.border = HEAD_FONT, HEAD_FILL, BORDER
    heading.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if field.help:
        heading.comment = Comment(field.help, "")
    for row in range(EXAMPLE_ROW, FIRST_ROW + ROWS):
        cell = sheet.cell(row, place)
        cell.border, cell.font = BORDER, BODY_FONT
        cell.alignment = _WRAPPED
        cell.protection = _OPEN
        cell.number_format = _FORMATS.get(field.kind, "General")


_OPEN = Protection(locked=False)
_WRAPPED = Alignment(vertical="center", wrap_text=True)


def _example(sheet: Worksheet, fields: list[Field], today: date) -> None:
    """One row shows how to fill; import knows it by its first words and leaves it out."""
    values = [f"{EXAMPLE}，填写时请删除", *(_shown(field, today) for field in fields[1:])]
    for place, value in enumerate(values, start=1):
        sheet.cell(EXAMPLE_ROW, place, value).font = _FAINT
    sheet.cell(EXAMPLE_ROW, 1).number_format = "@"
    lines = max(lines_of(value, _width(field)) for value, field in zip(values, fields, strict=True))
    sheet.row_dimensions[EXAMPLE_ROW].height = lines * LINE_HEIGHT + 6


def _shown(field: Field, today: date) -> Written:
    if field.choices:
        return field.choices[0]
    if field.kind in (Kind.DATE, Kind.MOMENT):
        return today
    examples: dict[Kind, Written] = {
        Kind.INTEGER: 12,
        Kind.NUMBER: 1.5,
        Kind.BOOL: "是",
        Kind.CODE: _CODES.get(field.check, "0001"),
        Kind.NAMES: "张某、李某",
    }
    return examples.get(field.kind, f"（{field.label}）")


def _protect(sheet: Worksheet) -> None:
    """The head cannot be changed by mistake; there is no password, and rows may be added and sized."""
    guard = sheet.protection
    guard.sheet = True
    guard.formatCells = guard.formatColumns = guard.formatRows = False
    guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False


def _choices(ledger: Ledger, field: Field) -> tuple[str, ...]:
    """What may stand in a column: its choices, 是 and 否, or the records that it must name."""
    if field.kind is Kind.BOOL:
        return ("是", "否")
    if field.choices:
        return field.choices
    return tuple(ledger.options(field.name)) if field.name in ledger.strict_names() else ()


class _Lists:
    """Long lists of choices in a hidden sheet; short ones stand in the drop-down itself."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheet: Worksheet | None = None
        self._columns = 0

    def source(self, choices: tuple[str, ...]) -> str:
        """Return the formula of a drop-down; '' for no choices."""
        if not choices:
            return ""
        text = ",".join(choices)
        if len(text) <= _INLINE and '"' not in text and not any("," in choice for choice in choices):
            return f'"{text}"'
        if self._sheet is None:
            self._sheet = self._book.create_sheet(_LISTS)
            self._sheet.sheet_state = "hidden"
        self._columns += 1
        for row, choice in enumerate(choices, start=1):
            self._sheet.cell(row, self._columns, choice).data_type = "s"
        letter = get_column_letter(self._columns)
        return f"'{_LISTS}'!${letter}$1:${letter}${len(choices)}"


def _rule(field: Field, source: str) -> DataValidation | None:
    """What the sheet itself checks: choices as a drop-down, dates as dates, numbers as numbers."""
    if source:
        rule = DataValidation("list", formula1=source, allow_blank=True)
        rule.error = "请从下拉选项中选择"
    elif field.kind in (Kind.DATE, Kind.MOMENT):
        rule = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
        rule.error = "请填写日期，例如2023-05-18"
    elif field.kind in NUMBERS:
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.error = "请填写数字" + (f"，单位为{field.unit}，不写单位" if field.unit else "")
    else:
        return None
    rule.showErrorMessage, rule.errorTitle = True, field.label[:30]
    return rule
