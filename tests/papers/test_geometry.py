"""The measures of GB/T 9704-2012 read back from pages, in millimetres, and what stays together."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

import pytest
from PIL import Image

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import (
    Block,
    Cell,
    Column,
    FieldsLine,
    Imprint,
    Letterhead,
    Line,
    Note,
    PageBreak,
    Paper,
    Para,
    Photos,
    Picture,
    Signature,
    Table,
    Title,
)
from hazard_desk.papers.pdf.flow import sections_of
from tests.papers.reading import ReadPage
from tests.papers.test_pdf import BOTTOM, MM, PITCH, TEXT, TOP

Printed = Callable[..., list[ReadPage]]

SIGNED = Signature("三星乡人民政府", "2023年5月18日")


def first_ink(page: ReadPage) -> float:
    """How far below the sheet's upper edge the first ink stands, in mm."""
    return (page.height - max(glyph.box[3] for line in page.lines for glyph in line)) / MM


@pytest.mark.parametrize(
    "blocks",
    [
        (Para(TEXT),),
        (Title("关于做好重大事故隐患排查整治工作的通知"), Para(TEXT)),
        (Line("各村、各科室："), Para(TEXT)),
        (PageBreak(), *[Para(TEXT)] * 12),
    ],
)
def test_a_page_of_text_begins_37_mm_below_the_edge_its_number_7_mm_below_the_text(
    printed: Printed, blocks: tuple[Block, ...]
) -> None:
    for page in printed(*blocks):
        assert first_ink(page) == pytest.approx(37, abs=0.3)
        dash = next(glyph for glyph in page.glyphs if glyph.char == "—" and glyph.y < BOTTOM)
        assert (BOTTOM - dash.box[3]) / MM == pytest.approx(7, abs=0.3)


def test_the_red_mark_stands_35_mm_below_the_type_area_and_the_imprint_on_its_foot(printed: Printed) -> None:
    head = Letterhead("三星乡人民政府文件", "三星府发〔2023〕76号")
    (page,) = printed(
        head, Title("通知"), Para("安全"), SIGNED, Imprint("县安委办", "党政办", "2023年5月18日")
    )
    assert first_ink(page) == pytest.approx(37 + 35, abs=1)
    number = page.find("三星府发〔2023〕76号")
    title = page.find("通知")
    rule = number[0].y - 16 * 0.12 - 4 * MM
    assert (rule - title[0].box[3]) / PITCH == pytest.approx(2.3, abs=0.15), "two blank lines"
    imprint = page.find("党政办")
    assert BOTTOM < imprint[0].box[1] < BOTTOM + 10


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("before", range(40, 44))
def test_a_signature_overleaf_takes_two_lines_of_text_along(
    printed: Printed, before: int, short: bool
) -> None:
    last = [Para("首末两段。"), Para("此致。")] if short else [Para("末" * 80)]
    pages = printed(*[Para("前", indent=False)] * before, *last, SIGNED)
    page = next(page for page in pages if "5月18日" in page.text)
    body = [line for line in page.lines if round(line[0].size) == 16]
    assert len(body) >= 4, "two lines, the issuer, the date"


def test_a_form_that_just_overflows_is_set_tighter_and_stays_on_its_page(printed: Printed) -> None:
    (page,) = printed(*[Para("前", indent=False)] * 19, SIGNED)
    lines = [line[0].y for line in page.lines if line[0].char == "前"]
    assert all(23.5 < above - below < PITCH for above, below in pairwise(lines))
    assert len(printed(*[Para("前", indent=False)] * 24, SIGNED)) == 2
    assert len(printed(*[Para("前", indent=False)] * 23)) == 2, "plain text goes on overleaf"
    rows = tuple((Cell(f"项目{n}"), Cell("")) for n in range(26))
    form = Table((Column("项目"), Column("内容")), rows, row_lines=2)
    pages = printed(Title("登记表"), form, Note("第一联　存档"), style="ledger")
    assert len(pages) == 2, "what is much too long is left as it is"


def test_word_takes_the_same_pitch(fonts: Fonts) -> None:
    short = [Para("前", indent=False)] * 19
    paper = Paper("样张", (*short, SIGNED, PageBreak(), Para("后")))
    first, second = sections_of(paper, fonts)
    assert first.layout.pitch < second.layout.pitch == pytest.approx(PITCH)


def test_attachments_are_told_one_line_below_the_text(printed: Printed) -> None:
    names = "附件：1．" + "重大事故隐患清单" * 4 + "\n2．名单"
    (page,) = printed(Para("安全生产。"), Para(names), SIGNED)
    text, first, second = page.find("安全生产"), page.find("附件："), page.find("2．名单")
    assert text[0].y - first[0].y == pytest.approx(2 * PITCH, abs=0.1)
    assert second[0].x == pytest.approx(page.find("1．")[0].x, abs=0.1)


def _photo() -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "#888").save(file, "JPEG")
    return Picture(file.getvalue(), "整改前")


def test_photos_use_the_page_they_are_on(printed: Printed) -> None:
    def pages(lines: int) -> list[ReadPage]:
        return printed(*[Para("前", indent=False)] * lines, Photos((_photo(), _photo())))

    assert len(pages(8)) == 1
    assert len(pages(16)) == len(pages(17)) == 1, "a little smaller"
    assert "整改前" in pages(20)[1].text, "much smaller would be too small"


def test_a_table_that_begins_a_page_stands_at_its_top(printed: Printed) -> None:
    (page,) = printed(Table((Column("甲"), Column("乙")), ((Cell("一"), Cell("二")),)))
    assert page.find("甲")[0].y < TOP
    (page,) = printed(FieldsLine((("填报单位", "甲"),)))
    assert first_ink(page) >= 36


def test_small_print_stands_a_little_below_its_table(printed: Printed) -> None:
    table = Table((Column("序号", 3), Column("单位", 10)), ((Cell("1"), Cell("红岩石料加工厂")),))
    note = "注：按期整改率为按期完成整改的隐患与已到期隐患之比。"
    (apart,) = printed(table, Note(note))
    (alone,) = printed(Note(note))
    tops = [max(glyph.box[3] for glyph in page.glyphs if glyph.char == "注") for page in (apart, alone)]
    rows = 2 * (1.3 * 12 + 0.5 * 12)
    assert tops[1] - tops[0] == pytest.approx(rows + 0.3 * 12, abs=0.1)


def test_a_page_that_begins_with_text_holds_no_more_rows_than_in_word(printed: Printed) -> None:
    rows = tuple((Cell(f"第{number}行"), Cell("红岩石料加工厂")) for number in range(60))
    first, *_ = printed(Para("情况"), Para("如下："), Table((Column("序号", 3), Column("单位", 10)), rows))
    room = PITCH * 20 - 2  # for the rules
    held = int(room // (1.3 * 12 + 0.5 * 12))
    assert first.text.count("红岩石料加工厂") == held - 1
