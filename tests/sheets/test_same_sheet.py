"""A sheet is what openpyxl writes, cell by cell and style by style: random rows, written in both ways."""

from __future__ import annotations

import gc
import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from hazard_desk.sheets.book import BODY_FONT, HEAD_FILL, HEAD_FONT, TITLE_FONT, Sheet, lines_of
from hazard_desk.stopping import Stopped, while_wanted

_LINE = Side(style="thin", color="FF000000")
_PARTS = (
    *(
        "隐患",
        "配电室线路老化",
        "整改",
        "𬎆",
        "é",
        "a b",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\x07",
        "１",
        "13800000000",
    ),
    *("=", "+", "-", "@", "'", "<b>", "&", '"', "_x0041_", "http://a.cn/", "{=1}"),
)
_ALIGNS = ("left", "center", "right")


class Slow:
    """A sheet as openpyxl writes it, each cell dressed by itself."""

    def __init__(self, title, widths, landscape=True, beside=None):
        self.book = beside.book if beside else Workbook()
        self.sheet = self.book.create_sheet(title) if beside else self.book.active
        self.all, self.filtered = [*beside.all, self] if beside else [self], 0
        if beside:
            beside.all = self.all
        self.sheet.title, self.widths, self.at, self.seen = title, list(widths), 0, False
        for place, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(place)].width = width * 2 + 1.5
        self.sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        self.sheet.page_setup.paperSize = 9
        self.sheet.page_setup.fitToWidth, self.sheet.page_setup.fitToHeight = -(-sum(widths) // 130), 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_options.horizontalCentered = True
        self.sheet.oddFooter.center.text = "第&P页 共&N页"
        self.sheet.page_margins.left = self.sheet.page_margins.right = 0.5

    def banner(self, text, font=TITLE_FONT, align="center", height=30):
        self._row([text], font, ["left" if sum(self.widths) > 130 else align], height, border=False)
        self.merge(self.at, 1, self.at, len(self.widths))

    def heading_rows(self, rows):
        for row in rows:
            lines = max(lines_of(label, width) for label, width in zip(row, self.widths, strict=True))
            self._row(
                [label or "" for label in row], HEAD_FONT, ["center"] * 99, lines * 16.5 + 8, filled=True
            )
        return self.at - len(rows) + 1

    def stay_in_sight(self, rows=1, filtered=True):
        if not self.seen:
            self.seen, self.filtered = True, self.at if filtered else 0
            self.sheet.print_title_rows = f"{self.at - rows + 1}:{self.at}"
            self.sheet.freeze_panes = f"A{self.at + 1}"

    def row(self, values, aligns, height=None):
        lines = max(lines_of(value, width) for value, width in zip(values, self.widths, strict=True))
        self._row(values, BODY_FONT, aligns, min(lines * 16.5 + 6 if height is None else height, 409))
        return self.at

    def merge(self, top, left, bottom, right):
        if (top, left) != (bottom, right):
            self.sheet.merged_cells.add(f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}")

    def save(self, to):
        for one in self.all:
            if one.filtered:
                one.sheet.auto_filter.ref = f"A{one.filtered}:{get_column_letter(len(one.widths))}{one.at}"
        self.book.save(to)
        return to

    def _row(self, values, face, aligns, height, border=True, filled=False):
        self.at += 1
        self.sheet.row_dimensions[self.at].height = height
        for place, (value, align) in enumerate(zip(values, aligns, strict=False), 1):
            cell = self.sheet.cell(self.at, place)
            if isinstance(value, str):
                told = ILLEGAL_CHARACTERS_RE.sub("", value).replace("_x0041_", "_x005F_x0041_")
                cell.value = told.replace("\r\n", "\n")
                cell.data_type, cell.number_format = "s", "@"
                cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "'") and bool(value)
            else:
                cell.value = value
                moment = isinstance(value, datetime)
                day = "yyyy-mm-dd" if isinstance(value, date) else "General"
                cell.number_format = "yyyy-mm-dd hh:mm" if moment else day
            cell.font = Font(name=face.name, size=face.size)
            cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
            if border:
                cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
            if filled:
                cell.fill = PatternFill("solid", fgColor=f"FF{HEAD_FILL}")


def _value(chance):
    kind = chance.randrange(9)
    text = "".join(chance.choice(_PARTS) for _ in range(chance.randrange(1, 9)))
    moment = datetime(2023, 1, 1) + timedelta(minutes=chance.randrange(10**6))
    number = chance.randrange(-(10**9), 10**15)
    told = (None, "", number, number / 1000, chance.random() < 0.5, moment.date(), moment)
    return told[kind] if kind < len(told) else text


def _write(kind, chance, to):
    """Write two sheets by chance; the same by either kind."""
    first = None
    for name in ("隐患台账", "隐患台账（二）"):
        widths = [chance.choice((3, 6.5, 14, 24)) for _ in range(chance.randrange(2, 12))]
        sheet = kind(name, widths, chance.random() < 0.5, beside=first)
        first = first or sheet
        sheet.banner("标题" * chance.randrange(1, 9))
        sheet.banner("填报单位：应急办", BODY_FONT, "left", 20)
        heads = [[chance.choice(("栏目", "很长的一个栏目名称", None)) for _ in widths] for _ in range(2)]
        sheet.heading_rows(heads)
        sheet.stay_in_sight(2, chance.random() < 0.5)
        top = 0
        for number in range(chance.randrange(1, 30)):
            height = chance.choice((None, None, 22.5, 900))
            top = sheet.row(
                [_value(chance) for _ in widths], [chance.choice(_ALIGNS) for _ in widths], height
            )
            if number % 5 == 4:
                sheet.merge(top - 1, 1, top, 2)
    return first.save(to)


def _told(file):
    """What a reader sees of a workbook; sizes in pixels."""
    book = load_workbook(file)
    for sheet in book.worksheets:
        page = sheet.page_setup
        wide = [
            dim.width
            for _, dim in sorted(sheet.column_dimensions.items())
            for _ in range(dim.min, dim.max + 1)
        ]
        yield sheet.title, sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref
        yield sorted(map(str, sheet.merged_cells.ranges)), sheet.oddFooter.center.text
        yield page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight
        yield sheet.page_margins.left, sheet.page_margins.right, sheet.page_margins.top
        yield sheet.print_options.horizontalCentered, sheet.sheet_properties.pageSetUpPr.fitToPage
        yield [round(width * 7) for width in wide]
        for row in sheet.iter_rows():
            yield int(sheet.row_dimensions[row[0].row].height / 0.75 + 0.5)
            for cell in row:
                yield cell.coordinate, *_look(cell)


def _look(cell):
    edge, fill = cell.border, cell.fill
    sides = [
        (side.style, side.color and side.color.rgb) for side in (edge.left, edge.right, edge.top, edge.bottom)
    ]
    look = (cell.font.name, cell.font.size, cell.font.bold, sides, fill.fill_type, fill.fgColor.rgb)
    align = cell.alignment
    written = (
        cell.value,
        cell.value is not None and cell.data_type,
        cell.number_format,
        bool(cell.quotePrefix),
    )
    return (*written, *look, align.horizontal, align.vertical, bool(align.wrap_text))


@pytest.mark.parametrize("seed", range(25))
def test_both_ways_write_the_same(tmp_path: Path, seed: int) -> None:
    fast = list(_told(_write(Sheet, random.Random(seed), tmp_path / "fast.xlsx")))
    slow = list(_told(_write(Slow, random.Random(seed), tmp_path / "slow.xlsx")))
    for one, other in zip(fast, slow, strict=True):
        assert one == other


def test_text_that_looks_like_the_xml_of_a_sheet_is_text(tmp_path: Path) -> None:
    sheet = Sheet("表", [9, 9])
    sheet.row(["<r><t>甲</t></r>", "<r></r>"], ["left", "left"])
    (cells,) = load_workbook(sheet.save(tmp_path / "a.xlsx")).active.iter_rows()
    assert [cell.value for cell in cells] == ["<r><t>甲</t></r>", "<r></r>"]


def test_names_of_sheets_that_are_alike_or_unlawful(tmp_path: Path) -> None:
    first = Sheet("表[1]:一", [5])
    for name in ("表[1]:一", "长" * 40, "长" * 40, "𬎆" * 31, "'表'"):
        Sheet(name, [5], beside=first).row(["甲"], ["left"])
    titles = load_workbook(first.save(tmp_path / "a.xlsx")).sheetnames
    assert titles == ["表 1  一", "表 1  一1", "长" * 31, "长" * 30 + "1", "𬎆" * 15, "表"]


def test_a_sheet_that_is_given_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "unraisablehook", lambda told: said.append(str(told.exc_value)))
    sheet = Sheet("表", [5])
    sheet.row(["甲"], ["left"])
    with while_wanted(lambda: False), pytest.raises(Stopped):
        sheet.row(["乙"], ["left"])
    del sheet
    gc.collect()
    assert (said, list(tmp_path.iterdir())) == ([], [])
