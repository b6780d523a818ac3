"""Tables read back from PDF: heads repeated, rows whole, merged cells closed and repeated overleaf."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import Cell, Column, FieldsLine, Note, Para, Table, TableRow, Title
from hazard_desk.papers.pdf.table_columns import set_columns
from hazard_desk.papers.pdf.table_grid import boxes_of, grid_of, split_tall_rows
from hazard_desk.papers.pdf.table_pages import Rows
from hazard_desk.papers.pdf.table_ruler import Ems, Ruler
from tests.papers.reading import ReadPage

Printed = Callable[..., list[ReadPage]]

WIDE = (Column("序号", 3, "center"), Column("单位", 10), Column("整改措施", 30), Column("期限", 6, "center"))


def plain_rows(count: int) -> tuple[TableRow, ...]:
    return tuple(
        (Cell(f"第{number}行"), Cell("三星供销社"), Cell(f"立即整改，共{number}处。" * 5), Cell("2023-06-30"))
        for number in range(1, count + 1)
    )


def grouped(rows: int, text: str) -> Table:
    """A table whose first cell covers all rows."""
    lines = [(Cell(text, rowspan=rows), Cell("第1行"))]
    lines += [(None, Cell(f"第{number}行")) for number in range(2, rows + 1)]  # type: ignore[misc]
    return Table((Column("行动", 10), Column("任务", 20)), tuple(lines))


def flat(pages: list[ReadPage]) -> str:
    return "".join("".join(page.text.split()) for page in pages)


def test_the_head_stands_on_every_page_and_every_row_once(printed: Printed) -> None:
    pages = printed(Table(WIDE, plain_rows(60)), landscape=True, style="ledger")
    assert len(pages) > 2
    assert all(page.text.count("整改措施") == 1 for page in pages)
    assert all(flat(pages).count(f"第{number}行") == 1 for number in range(1, 61))


def test_a_row_is_not_split_across_pages(printed: Printed) -> None:
    pages = printed(Table(WIDE, plain_rows(60)), landscape=True)
    for page in pages:
        for number in range(1, 61):
            text = "".join(page.text.split())
            assert text.count(f"共{number}处") == (5 if f"第{number}行" in text else 0)


@pytest.mark.parametrize("before", range(20, 40))
def test_a_heading_over_rows_does_not_end_a_page(printed: Printed, before: int) -> None:
    def rows(*numbers: int) -> list[TableRow]:
        return [(Cell(f"第{number}行"), Cell("")) for number in numbers]

    heading = (Cell("木坪村", colspan=2, bold=True, fill="grey"), None)
    lines = (*rows(*range(before)), heading, *rows(90, 91))
    pages = printed(Table((Column("事项", 9), Column("备注", 9)), lines), style="ledger", landscape=True)
    (page,) = [page for page in pages if "木坪村" in page.text]
    assert "第90行" in page.text


def test_a_merged_cell_is_repeated_on_each_page_in_the_middle_of_its_part(printed: Printed) -> None:
    pages = printed(grouped(90, "属地责任强化行动"), style="ledger")
    assert len(pages) > 1
    for page in pages:
        merged = page.find("属地责任强化行动")[0].y
        rows = [glyph.y for glyph in page.glyphs if glyph.char == "第" and glyph.size > 9.5]
        assert merged == pytest.approx((max(rows) + min(rows)) / 2, abs=8)


def test_a_page_ends_between_groups_when_little_is_lost(printed: Printed) -> None:
    rows: list[TableRow] = []
    for group in range(20):
        rows.append((Cell(f"第{group}组", rowspan=4), Cell("任务")))
        rows += [(None, Cell("任务"))] * 3
    pages = printed(Table((Column("行动"), Column("任务")), tuple(rows)), style="ledger")
    assert len(pages) > 1
    assert all(flat(pages).count(f"第{group}组") == 1 for group in range(20))


def test_a_merged_text_higher_than_a_page_flows_on_and_is_not_repeated(printed: Printed) -> None:
    words = [f"A{number:04d}" for number in range(700)]
    pages = printed(grouped(60, "、".join(words) + "。"), style="ledger")
    text = flat(pages)
    assert [word for word in words if text.count(word) != 1] == []
    assert "第60行" in text


def test_a_row_higher_than_a_page_is_split_between_lines(printed: Printed) -> None:
    words = [f"B{number:04d}，" for number in range(900)]
    rows = ((Cell("前"), Cell("短")), (Cell("高"), Cell("".join(words))), (Cell("后"), Cell("短")))
    pages = printed(Table((Column("甲", 4), Column("乙", 20)), rows), style="ledger")
    text = flat(pages)
    assert len(pages) > 2
    assert [word for word in words if text.count(word) != 1] == []
    assert text.index("前") < text.index("B0000") < text.index("B0899") < text.index("后")


def test_the_title_stays_with_the_first_row(printed: Printed) -> None:
    pages = printed(*[Para("前", indent=False)] * 42, Title("任务表"), Table(WIDE, plain_rows(1)))
    assert "任务表" not in pages[1].text
    assert "第1行" in pages[2].text


@pytest.mark.parametrize("rows", range(28, 42))
def test_the_foot_of_a_table_does_not_stand_alone(printed: Printed, rows: int) -> None:
    lines = tuple((Cell(f"第{number}行"), Cell("无")) for number in range(1, rows + 140))
    foot = FieldsLine((("填报人", ""), ("审核人", "")))
    pages = printed(Table((Column("甲"), Column("乙")), lines), Note("注：样张。"), foot, style="ledger")
    assert f"第{rows + 139}行" in "".join(pages[-1].text.split())
    assert flat(pages).count("填报人") == 1


def test_a_table_without_rows_is_its_head(printed: Printed) -> None:
    pages = printed(Table(WIDE, ()), FieldsLine((("填报人", ""),)), landscape=True)
    assert len(pages) == 1
    assert "整改措施" in pages[0].text


def test_several_head_rows_with_merged_cells_are_repeated(printed: Printed) -> None:
    head: tuple[TableRow, ...] = (
        (Cell("单位", rowspan=2), Cell("隐患数", colspan=2), None),
        (None, Cell("重大"), Cell("一般")),
    )
    rows = tuple((Cell("三星村"), Cell("1"), Cell("2")) for _ in range(80))
    pages = printed(Table((Column("单位"), Column("重大"), Column("一般")), rows, head), style="ledger")
    assert len(pages) > 1
    assert all(page.text.count("隐患数") == 1 and page.text.count("重大") == 1 for page in pages)


def test_long_numbers_and_codes_stay_on_one_line(printed: Printed) -> None:
    code = "91500240MA5U0XXX9N"
    cells = [Cell(code), Cell("13896012345"), Cell("2023-06-30"), *[Cell("整改情况说明文字较长" * 3)] * 12]
    columns = tuple(Column(f"第{at}栏", 10) for at in range(15))
    page = printed(Table(columns, (tuple(cells),)), landscape=True, style="ledger")[0]
    for text in (code, "13896012345", "2023-06-30"):
        assert "".join(glyph.char for glyph in page.find(text)) == text


def test_a_number_of_a_document_stays_whole_however_many_the_columns(printed: Printed) -> None:
    number = "三星隐患〔2023〕001号"
    columns = (Column("序号", 3), Column("编号", 12), *(Column(f"第{at}栏情况", 20) for at in range(12)))
    row = (Cell("1"), Cell(number), *[Cell("整改责任、措施、资金、时限和预案落实到位。")] * 12)
    (page,) = printed(Table(columns, (row,)), landscape=True, style="ledger")
    assert number in page.text


def test_a_head_stands_in_two_lines_before_a_text_is_torn(printed: Printed) -> None:
    columns = (*[Column("是否逾期未改", 4)] * 8, *[Column("整改措施落实情况", 20)] * 6)
    row = (*[Cell("否")] * 8, *[Cell("立即停止作业，撤出人员，设置警戒，按方案整改。")] * 6)
    ems = Ems(Fonts.shipped())
    every = [box for boxes in boxes_of((row,), columns, heavy=False) for box in boxes]
    every += [box for boxes in boxes_of(Table(columns, ()).header_rows, columns, heavy=True) for box in boxes]
    size, edges = set_columns(columns, every, ems, (9,), 9 * 75)
    widths = [(right - left) / size for left, right in pairwise(edges)]
    assert max(widths[:8]) < 4.7
    assert min(widths[8:]) > 7


def test_names_joined_by_commas_are_not_torn(printed: Printed) -> None:
    columns = (Column("领导", 6, "center"), Column("任务", 60))
    page = printed(Table(columns, ((Cell("谭千红、谭华祥"), Cell("安" * 300)),)), style="ledger")[0]
    assert page.find("谭华祥")
    assert page.find("谭千红、")


def test_line_breaks_in_cells_are_kept(printed: Printed) -> None:
    page = printed(Table((Column("一", 30),), ((Cell("整改措施\n责任人"),),)))[0]
    assert page.find("整改措施")[0].y > page.find("责任人")[0].y


@pytest.mark.parametrize("room", [0.5, 1.0, 1.5, 2.2, 40.0])
def test_wrapping_ends_however_narrow_the_cell(fonts: Fonts, room: float) -> None:
    ruler = Ruler(Ems(fonts), 9)
    for text in ("整改", "2023-05-18", "Electroencephalograph", "甲、乙", ""):
        assert "".join(ruler.wrap(text, "仿宋", room * 9, even=True)) == text


cells = st.text(alphabet="安全生产隐患，。“”（）2023Ab\n ", max_size=60)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_keeps_all_its_text_within_the_pages(fonts: Fonts, data: st.DataObject) -> None:
    columns, rows = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 25))
    tall = data.draw(st.integers(1, rows))
    lines: list[TableRow] = []
    for row in range(rows):
        first = Cell(data.draw(cells), rowspan=min(tall, rows - row)) if row % tall == 0 else None
        lines.append((first, *(Cell(data.draw(cells)) for _ in range(columns))))
    table = Table(tuple(Column("栏", 8) for _ in range(columns + 1)), tuple(lines))
    full, ems = 150.0, Ems(fonts)
    boxes = boxes_of(table.rows, table.columns, heavy=False)
    every = [box for row in boxes for box in row]
    size, edges = set_columns(table.columns, every, ems, (10.0,), 400)
    ruler = Ruler(ems, size)
    pages_of = Rows(split_tall_rows(grid_of(boxes, edges, ruler, full), full, ruler), ruler, full)
    printed_lines: dict[str, int] = {}
    while not pages_of.done:
        page = pages_of.take(full)
        assert page is not None
        assert sum(page.heights) <= full + 0.1
        for part in page.parts:
            room = sum(page.heights[part.first : part.end])
            assert ruler.height(len(part.lines)) <= room + 0.1 or not part.lines
            for line in part.lines:
                printed_lines[line] = printed_lines.get(line, 0) + 1
    wanted = [line for box in every for line in box.lines]
    assert all(printed_lines.get(line, 0) >= wanted.count(line) for line in wanted)
    assert edges[-1] == pytest.approx(400)


def test_a_sentence_in_a_cell_fills_its_lines_but_names_stay_whole(fonts: Fonts) -> None:
    ruler = Ruler(Ems(fonts), 10)
    sentence = "动火、吊装、有限空间、临时用电等危险作业有审批、有专人监护"
    assert ruler.wrap(sentence, "仿宋", 170, even=False)[0].startswith("动火、吊装、有限空间、临时用电")
    names = ruler.wrap("白果树下民宿、云上木坪农家乐、石桥坝村卫生室", "仿宋", 110, even=False)
    assert names == ["白果树下民宿、", "云上木坪农家乐、", "石桥坝村卫生室"]
