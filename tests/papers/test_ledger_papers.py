"""Ledgers on paper and as sheets: the columns asked for, one unit, numbers that count, room to be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.papers.facts.families.ledger import paper_title_of
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import Cell, Column, FieldsLine, Note, Paper, Subtitle, Table, Title
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.paper_sheet import write_sheet
from tests.papers.reading import ReadPage, read_pdf
from tests.papers.test_many_columns import LATIN, wide
from tests.samples import make_sample

Printed = Callable[..., list[ReadPage]]


def read(desk: Desk, report: str, *columns: str) -> list[ReadPage]:
    to = desk.papers.print(report, desk.folder / "paper.pdf", Query(columns=columns))
    return read_pdf(to.read_bytes())


def test_a_ledger_has_the_columns_asked_for_in_their_order(desk: Desk, found: Row) -> None:
    desk.hazards.add(found)
    (page,) = read(desk, "hazard-ledger", "编号", "整改措施", "隐患描述", "state")
    heads = "".join("".join(glyph.char for glyph in line) for line in page.lines)
    assert "序号编号整改措施隐患描述状态" in heads
    assert "行业领域" not in heads


def test_a_ledger_without_rows_says_so(desk: Desk) -> None:
    for report in ("hazard-ledger", "major-hazards-overview", "score-ranking"):
        (page,) = read(desk, report)
        assert "没有" in page.text, report


def test_five_commitments_stand_side_by_side_under_their_word(desk: Desk, found: Row, five: Row) -> None:
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, "committed", five)
    (page,) = read(desk, "hazard-ledger", "编号", "整改措施", "五落实", "状态")
    over, first, last = page.find("五落实"), page.find("整改责任人"), page.find("应急预案")
    assert first[0].y < over[0].y
    assert first[0].x < over[0].x < last[-1].x
    assert "".join(page.text.split()).count("整改措施") == 1


def test_a_column_that_there_is_not_is_refused_with_those_that_there_are(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"没有“胡说”这一栏.*整改措施"):
        desk.papers.print("hazard-ledger", desk.folder / "paper.pdf", Query(columns=("胡说",)))


def test_fines_and_rewards_stand_in_one_column_of_one_unit(desk: Desk) -> None:
    common = {"target_kind": "单位", "target": "甲厂", "happened_on": "2023-05-25", "reason": "检查"}
    desk.books.rewards.add(common | {"kind": "行政处罚", "amount": 1.5, "despite": "依法处罚"})
    desk.books.rewards.add(common | {"kind": "表扬表彰", "amount": 500})
    (page,) = read(desk, "rewards-penalties")
    assert page.find("金额（元）") and page.find("15000") and page.find("500")
    assert "金额单位" not in page.text


@pytest.mark.parametrize(
    "report",
    (
        *("hazard-ledger", "major-hazards-overview", "task-progress", "calendar", "calendar-year"),
        *("wall-chart", "duty-record", "week-plan", "check-overview", "hazard-figures", "score-ranking"),
    ),
)
def test_what_is_printed_for_a_day_says_so_in_its_head(desk: Desk, report: str) -> None:
    to = desk.papers.print(report, desk.folder / "paper.pdf", Query(as_of=date(2023, 5, 24)))
    assert "截至：2023年5月24日" in "".join(read_pdf(to.read_bytes())[0].text.split())[:300]


def test_thirty_columns_take_a_sheet_of_a3_and_stay_readable(printed: Printed) -> None:
    pages = printed(wide(30, 40), landscape=True, style="ledger", page_size="wide")
    assert {round(page.width) for page in pages} == {1191}
    text = "".join("".join(page.text.split()) for page in pages)
    assert all(text.count(f"甲{row:03}") == text.count("甲001") for row in range(1, 41)), "keys in every part"
    assert all(f"40之{n}" in text for n in range(3, 31))
    (page,) = printed(wide(9, 5), landscape=True, style="ledger", page_size="wide")
    assert round(page.width) == 842, "A4 where it is enough"


LONG_WORDS = (
    "91500240MA5U0XXX9N",
    "0817-87654321",
    "三星隐患〔2023〕001号",
    LATIN,
    "2023-05-18",
    "13812345678",
)


@pytest.mark.parametrize("columns", [8, 16, 25, 40])
def test_no_text_falls_to_a_character_a_line(fonts: Fonts, columns: int) -> None:
    long = "消防通道被占用，责令立即整改并复查，逾期不改的依法处理"
    cells = [Cell(LONG_WORDS[at % 6] if at % 3 else long) for at in range(columns)]
    heads = tuple(Column(f"第{at}栏", 6 + at % 5 * 4) for at in range(columns))
    table = Table(heads, (tuple(cells),) * 3, keys=2)
    for size in ("A4", "wide"):
        file = io.BytesIO()
        paper = Paper("台账", (Title("台账"), table), landscape=True, style="ledger", page_size=size)  # type: ignore[arg-type]
        write_pdf(paper, file, fonts)
        texts = "".join(
            "".join(glyph.char for glyph in line) for p in read_pdf(file.getvalue()) for line in p.lines
        )
        assert "消防通" in texts
        for word in LONG_WORDS[4:]:
            assert texts.count(word) >= 3, word


def saved(paper: Paper, to: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write_sheet(paper, to / "paper.xlsx"))


def test_a_sheet_counts_freezes_its_heading_filters_and_fits(tmp_path: Path) -> None:
    row = (
        Cell("1", number=1),
        Cell("2023-05-18", day=date(2023, 5, 18)),
        Cell("0.5", number=0.5),
        Cell("13812345678"),
    )
    columns = (Column("序号", 3), Column("日期", 7), Column("资金（万元）", 6), Column("电话", 8))
    head = FieldsLine((("填报单位", "三星乡"),))
    book = saved(Paper("台账", (Title("台账"), head, Table(columns, (row, row)), Note("注"))), tmp_path)
    sheet = book.active
    assert sheet is not None
    values = [cell.value for cell in sheet[4]]
    assert values == [1, datetime(2023, 5, 18), 0.5, "13812345678"]
    assert sheet["B4"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D6"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_tables_of_other_columns_begin_a_sheet_of_their_own(tmp_path: Path) -> None:
    one = Table((Column("甲"), Column("乙")), ((Cell("一"), Cell("二")),))
    other = Table((Column("月份"),), ((Cell("1月"),),))
    book = saved(Paper("日历", (Title("日历"), one, one, Subtitle("到期事项"), other)), tmp_path)
    assert book.sheetnames == ["日历", "2.到期事项"]
    assert [row[0].value for row in book["日历"].iter_rows(min_row=2)] == ["甲", "一", "甲", "一"]
    assert book["2.到期事项"]["A3"].value == "1月"


@pytest.mark.parametrize("report", ["bulletin", "task-table", "calendar", "sign-in"])
def test_columns_are_refused_where_they_are_fixed(desk: Desk, report: str) -> None:
    with pytest.raises(Refused, match="栏目是固定的"):
        desk.papers.print(report, desk.folder / "paper.pdf", Query(columns=("单位名称",)))


def test_a_number_is_refused_where_no_record_is_meant(desk: Desk, found: Row) -> None:
    desk.hazards.add(found)
    with pytest.raises(Refused, match="请去掉编号"):
        desk.papers.print("hazard-ledger", desk.folder / "paper.xlsx", number="1")


def test_a_ledger_is_not_printed_for_a_day_to_come(desk: Desk) -> None:
    with pytest.raises(Refused, match="2031年6月1日还没有到"):
        desk.papers.print("hazard-ledger", desk.folder / "paper.xlsx", Query(as_of=date(2031, 6, 1)))
    desk.papers.print("calendar", desk.folder / "paper.xlsx", Query(as_of=date(2031, 6, 1)))


@pytest.mark.parametrize("ledger", ["tips", "rewards-penalties"])
def test_no_informant_is_on_a_printed_ledger_even_masked(desk: Desk, ledger: str) -> None:
    sheet = openpyxl.load_workbook(desk.papers.print(ledger, desk.folder / "paper.xlsx")).active
    assert sheet is not None
    assert "举报人" not in [cell.value for cell in sheet[3]]
    for column in ("举报人", "举报人电话", "informant", "informant_name"):
        with pytest.raises(Refused, match="没有“"):
            desk.papers.print(ledger, desk.folder / "paper.xlsx", Query(columns=(column,)))


def test_a_column_named_twice_stands_once(desk: Desk, found: Row) -> None:
    desk.hazards.add(found)
    to = desk.papers.print(
        "hazard-ledger", desk.folder / "paper.xlsx", Query(columns=("单位名称", "unit_name", "单位名称"))
    )
    sheet = openpyxl.load_workbook(to).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == ["序号", "单位名称"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("行业领域", "行业领域一览表"),
        ("隐患台账", "隐患台账"),
        ("发文登记", "发文登记表"),
        ("奖惩记录", "奖惩记录表"),
    ],
)
def test_a_ledger_has_the_title_of_a_paper(name: str, title: str) -> None:
    assert paper_title_of(name) == title


def test_pages_side_by_side_repeat_the_keys_and_grounds_are_coloured(tmp_path: Path) -> None:
    columns = tuple(Column(f"第{at}栏", 20) for at in range(9))
    row = (Cell("甲", fill="red"), *(Cell("乙") for _ in range(8)))
    for paper, keys in ((columns, "$A:$B"), (columns[:3], None)):
        table = Table(paper, (row[: len(paper)],), keys=2)
        sheet = openpyxl.load_workbook(write_sheet(Paper("表", (table,)), tmp_path / "a.xlsx")).active
        assert sheet is not None
        assert sheet.print_title_cols == keys
        assert [cell.fill.fgColor.rgb[2:] for cell in sheet[2][:2]] == ["F8D7D3", "000000"]


def test_every_sheet_of_an_empty_and_of_a_filled_desk_can_be_counted_with(tmp_path: Path) -> None:
    for folder in (make_sample(tmp_path / "sample"), None):
        with Desk.open(folder) if folder else Desk.create(tmp_path / "empty", "sanxiang-2023") as desk:
            for report in desk.papers.reports():
                if "xlsx" in report.formats:
                    _is_sound(desk.papers.print(report.id, tmp_path / f"{report.id}.xlsx"))


def _is_sound(file: Path) -> None:
    """No English, no ISO dates in words, fit to the page's width, the heading in sight."""
    for sheet in openpyxl.load_workbook(file):
        texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert [text for text in texts if re.search(r"[A-Za-z_]{4,}|\d{4}-\d\d-\d\d|None|nan", text)] == [], (
            file
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.freeze_panes or sheet.max_column == 1, file
