"""Official papers read back from PDF: the measures of GB/T 9704-2012, and what a file must be."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from hazard_desk.errors import Trouble
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.lines import NO_END, NO_START
from hazard_desk.papers.model import (
    AttachmentMark,
    Block,
    Cell,
    Column,
    DocNumber,
    FieldsLine,
    Hanging,
    Heading,
    Imprint,
    Letterhead,
    Line,
    Note,
    PageBreak,
    Paper,
    Para,
    Signature,
    Space,
    Subtitle,
    Table,
    Title,
)
from hazard_desk.papers.pdf.writer import write_pdf
from tests.papers.reading import ReadPage

Printed = Callable[..., list[ReadPage]]

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 28 * MM + 28 * 15.8, 260 * MM, 35 * MM
"""The type area on A4, from the lower left corner of the sheet."""
PITCH, ADVANCE = 225 * MM / 22, 15.8

TEXT = (
    "各村要严格落实安全生产“十五条硬措施”，以“遏较大、减总量”为目标（到2023年12月31日止），深入排查"
    "《重大事故隐患判定标准》所列情形：一是企业自查；二是执法检查……整改率应达100%——不打折扣！"
)
EVERY_BLOCK: tuple[Block, ...] = (
    Letterhead("三星乡人民政府文件", "三星府发〔2023〕76号"),
    Title("三星乡人民政府关于成立重大事故隐患专项排查整治2023行动工作领导小组的通知"),
    Subtitle("（征求意见稿）"),
    DocNumber("三星府发〔2023〕76号"),
    Line("各村、各科室、乡属各单位："),
    Heading(1, "一、总体要求"),
    Heading(2, "（一）目标"),
    Heading(3, "1．摸清底数"),
    Heading(4, "（1）建立台账"),
    *(Para(TEXT) for _ in range(6)),
    Hanging("组长：", "谭华祥　乡长"),
    Hanging("副组长：", "肖永富　副乡长" * 8),
    Space(2),
    Signature("三星乡人民政府", "2023年5月18日"),
    Imprint("县安委办", "三星乡党政办公室", "2023年5月18日"),
    AttachmentMark(),
    Title("任务分解表"),
    FieldsLine((("填报单位", "三星乡"), ("填报日期", "2023年5月18日"))),
    Table((Column("任务"), Column("时限")), ((Cell("排查"), Cell("5月底前")),)),
    Note("注：以乡应急办数据为准。"),
    PageBreak(),
    Para("完"),
)


def test_a_page_holds_22_lines_of_28_characters_on_the_grid(printed: Printed) -> None:
    page = printed(Para("安" * 28 * 30, indent=False))[0]
    lines = [[glyph for glyph in line if glyph.char == "安"] for line in page.lines]
    lines = [line for line in lines if line]
    assert [len(line) for line in lines] == [28] * 22
    for line, below in pairwise(lines):
        assert line[0].y - below[0].y == pytest.approx(PITCH, abs=0.02)
    for at, glyph in enumerate(lines[0]):
        assert glyph.x == pytest.approx(LEFT + at * ADVANCE, abs=0.05)
        assert glyph.size == pytest.approx(16)
    assert lines[0][0].box[3] < TOP
    assert lines[-1][0].box[1] > BOTTOM


def test_the_first_line_is_indented_by_two_characters(printed: Printed) -> None:
    lines = printed(Para("安" * 40))[0].lines
    assert lines[0][0].x == pytest.approx(LEFT + 2 * ADVANCE, abs=0.05)
    assert (len(lines[0]), lines[1][0].x) == (26, pytest.approx(LEFT, abs=0.05))


def test_lines_are_justified_and_no_mark_stands_where_it_may_not(printed: Printed) -> None:
    page = printed(*(Para("前" * more + TEXT) for more in range(7)))[0]
    body = [line for line in page.lines if round(line[0].size) == 16]
    assert len(body) == 22
    for line in body:
        full = line[-1].box[2] > RIGHT - ADVANCE or line[-1].char in "！，"
        assert full, "".join(glyph.char for glyph in line)
        assert line[0].char not in NO_START
        assert line[-1].char not in NO_END


def test_page_numbers_stand_7_mm_below_right_on_odd_pages_left_on_even(printed: Printed) -> None:
    first, second = printed(Para("一"), PageBreak(), Para("二"))
    one, two = first.find("—1—"), second.find("—2—")
    for dash in (one[0], two[0]):
        assert (BOTTOM - dash.box[3]) / MM == pytest.approx(7, abs=0.05)
        assert dash.size == pytest.approx(14)
    assert one[-1].box[2] == pytest.approx(RIGHT - 14, abs=1)
    assert two[0].x == pytest.approx(LEFT + 14, abs=0.1)


def test_a_turned_sheet_keeps_its_page_number_where_an_upright_one_has_it(printed: Printed) -> None:
    first, second = printed(Para("一"), PageBreak(), Para("二"), landscape=True)
    assert (round(first.width / MM), round(first.height / MM)) == (297, 210)
    one = [glyph for glyph in first.glyphs if glyph.char in "—1"]
    two = [glyph for glyph in second.glyphs if glyph.char in "—2"]
    assert {round(glyph.x, 1) for glyph in one + two} == {round(one[0].x, 1)}, "the text runs downwards"
    assert BOTTOM - 7 * MM - 14 < one[0].x < BOTTOM - 7 * MM + 1
    assert min(glyph.box[1] for glyph in one) == pytest.approx(26 * MM + 14, abs=1)
    assert max(glyph.box[3] for glyph in two) == pytest.approx((210 - 28) * MM - 14, abs=1)


def test_a_title_is_22_points_centred_and_followed_by_a_blank_line(printed: Printed) -> None:
    page = printed(Title("三星乡重大事故隐患台账"), Para("安全"))[0]
    title, text = page.find("三星乡重大事故隐患台账"), page.find("安全")
    assert title[0].size == pytest.approx(22)
    assert (title[0].box[0] + title[-1].box[2]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    assert title[0].box[3] - text[0].box[3] == pytest.approx(2 * PITCH, abs=2)


def test_headings_are_indented_and_stay_with_their_text(printed: Printed) -> None:
    pages = printed(*[Para("前", indent=False)] * 21, Heading(1, "一、要求"), Para("后"))
    assert len(pages) == 2
    assert "一、要求" in pages[1].text
    assert pages[1].find("一、要求")[0].x == pytest.approx(LEFT + 2 * ADVANCE, abs=1)


def test_the_red_head_stands_35_mm_down_with_number_and_title_below(printed: Printed) -> None:
    page = printed(Letterhead("三星乡人民政府文件", "三星府发〔2023〕76号"), Title("通知"))[0]
    mark, number, title = (page.find(text) for text in ("三星乡人民政府文件", "三星府发〔2023〕76号", "通知"))
    assert mark[0].box[3] == pytest.approx(TOP - 35 * MM, abs=mark[0].size / 8)
    assert mark[0].box[0] >= LEFT - 0.1
    assert mark[-1].box[2] <= RIGHT + 0.1
    assert mark[0].y - number[0].y > 2 * PITCH
    assert number[0].y - title[0].y > 3 * PITCH


def test_a_sealed_signature_has_its_date_four_characters_in_and_the_issuer_above(printed: Printed) -> None:
    page = printed(Para("正文。"), Signature("三星乡人民政府", "2023年5月18日"))[0]
    text, issuer, date = (page.find(text) for text in ("正文。", "三星乡人民政府", "2023年5月18日"))
    assert date[-1].box[2] == pytest.approx(RIGHT - 4 * ADVANCE, abs=2.5)
    middle = (issuer[0].box[0] + issuer[-1].box[2]) / 2
    assert middle == pytest.approx((date[0].box[0] + date[-1].box[2]) / 2, abs=1.5)
    assert text[0].y - issuer[0].y == pytest.approx(3 * PITCH, abs=0.1)


def test_an_unsealed_signature_ends_two_characters_in(printed: Printed) -> None:
    page = printed(Signature("石柱土家族自治县三星乡人民政府", "2023年5月18日", sealed=False))[0]
    issuer, date = page.find("石柱土家族自治县三星乡人民政府"), page.find("2023年5月18日")
    assert issuer[-1].box[2] == pytest.approx(RIGHT - 2 * ADVANCE, abs=1.5)
    assert date[0].x - issuer[0].x == pytest.approx(2 * ADVANCE, abs=1)


def test_a_signature_never_stands_alone_on_a_page(printed: Printed) -> None:
    pages = printed(
        *[Para("前", indent=False)] * 17, Para("安" * 28 * 3), Signature("乡政府", "2023年5月18日")
    )
    assert len(pages) == 2
    assert len(pages[1].find("安" * 26)) == 26, "two lines of the text go along"
    assert "安" in pages[0].text


def test_a_table_stays_where_it_is_when_a_signature_follows_overleaf(printed: Printed) -> None:
    rows = tuple((Cell(f"第{number}行"),) for number in range(1, 36))
    above, below = [Para("前", indent=False)] * 3, (Para("其他："), Signature("乡政府", "2023年5月18日"))
    pages = printed(*above, Para("如下："), Table((Column("事项", 9),), rows), *below)
    assert len(pages) == 2
    assert "如下" in pages[0].text and "第1行" in pages[0].text
    assert "第35行" in pages[1].text and "其他" in pages[1].text
    assert [page.text.count("事项") for page in pages] == [1, 1]


def test_leads_are_spread_and_texts_hang_below_each_other(printed: Printed) -> None:
    page = printed(Hanging("组长：", "谭华祥"), Hanging("副组长：", "肖" * 40), Hanging("", "张三"))[0]
    texts = [next((g for g in line if g.char in "谭肖张"), None) for line in page.lines]
    starts = [glyph.x for glyph in texts if glyph]
    assert starts == pytest.approx([LEFT + 7 * ADVANCE] * 4, abs=0.1)
    assert page.find("组长")[1].x == pytest.approx(LEFT + 5 * ADVANCE, abs=0.1)
    assert page.find("副组长")[2].x == pytest.approx(LEFT + 5 * ADVANCE, abs=0.1)


def test_an_attachment_begins_a_page_with_its_title_on_the_third_line(printed: Printed) -> None:
    pages = printed(Para("正文"), AttachmentMark("附件1"), Title("任务分解表"))
    mark, title = pages[1].find("附件1"), pages[1].find("任务分解表")
    assert mark[0].x == pytest.approx(LEFT, abs=0.1)
    assert mark[0].box[3] - title[0].box[3] == pytest.approx(2 * PITCH, abs=2)


def test_the_imprint_ends_with_the_type_area(printed: Printed) -> None:
    page = printed(Para("正文"), Imprint("县安委办", "三星乡党政办公室", "2023年5月18日"))[0]
    assert page.find("三星乡党政办公室")[0].y == pytest.approx(BOTTOM + 6, abs=2)
    assert page.find("2023年5月18日印发")[-1].box[2] == pytest.approx(RIGHT - 14, abs=1)
    assert "抄送：县安委办。" in page.text


@pytest.mark.parametrize("style", ["official", "ledger"])
@pytest.mark.parametrize("landscape", [False, True])
def test_every_block_prints_within_the_page_with_the_mark_on_it(
    printed: Printed, style: str, landscape: bool
) -> None:
    pages = printed(*EVERY_BLOCK, style=style, landscape=landscape, mark="示例")
    for page in pages:
        assert page.text.count("示例") == 1
        for glyph in page.glyphs:
            assert 0 < glyph.box[0] <= glyph.box[2] < page.width
            assert 0 < glyph.box[1] <= glyph.box[3] < page.height
    whole = "".join(page.text for page in pages)
    for text in (
        "三星乡人民政府文件",
        "各村、各科室、乡属各单位：",
        "填报日期：2023年5月18日",
        "5月底前",
        "注：",
    ):
        assert text in whole


def test_a3_is_twice_the_sheet_with_the_same_margins(printed: Printed) -> None:
    page = printed(Para("安" * 200, indent=False), page_size="A3", landscape=True)[0]
    assert (round(page.width / MM), round(page.height / MM)) == (420, 297)
    assert page.lines[0][0].x == pytest.approx(BOTTOM, abs=0.1)


def test_a_ledger_counts_its_pages(printed: Printed) -> None:
    pages = printed(Para("一"), PageBreak(), Para("二"), style="ledger")
    assert "第1页共2页" in pages[0].text.replace(" ", "")
    assert "第2页共2页" in pages[1].text.replace(" ", "")


@pytest.mark.parametrize("text", ["<b>粗&amp;</b>", "=1+1", '<img src="/etc/passwd"/>', "&lt;", "%s{0}\\n"])
def test_text_is_printed_as_it_was_typed(printed: Printed, text: str) -> None:
    page = printed(Title(text), Para(text), Table((Column(text),), ((Cell(text),),)))[0]
    assert page.text.replace(" ", "").count(text.replace(" ", "")) == 4


def test_a_paper_without_blocks_is_one_empty_page(printed: Printed) -> None:
    assert [page.text for page in printed()] == ["— 1 —"]


def test_the_same_paper_gives_the_same_bytes_and_names_itself(tmp_path: Path, fonts: Fonts) -> None:
    paper = Paper("三星乡隐患台账", EVERY_BLOCK)
    first, second = tmp_path / "一.pdf", tmp_path / "二.pdf"
    write_pdf(paper, first, fonts)
    write_pdf(paper, second, fonts)
    assert first.read_bytes() == second.read_bytes()
    document = pypdfium2.PdfDocument(first)
    assert document.get_metadata_value("Title") == "三星乡隐患台账"
    assert document.get_metadata_value("Creator") == "隐患工作台"
    document.close()
    assert b"Helvetica" not in first.read_bytes()


def test_papers_printed_at_the_same_time_do_not_disturb_each_other(fonts: Fonts) -> None:
    papers = [Paper("样张", (Para(char * 3000),)) for char in "安全生产"]

    def print_one(paper: Paper) -> bytes:
        file = io.BytesIO()
        write_pdf(paper, file, fonts)
        return file.getvalue()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(print_one, papers)) == [print_one(paper) for paper in papers]


def test_by_default_the_fonts_of_this_computer_print(tmp_path: Path) -> None:
    write_pdf(Paper("样张", (Para("安全"),)), tmp_path / "样张.pdf")
    assert (tmp_path / "样张.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_cannot_be_written_is_named_and_the_old_one_stays(
    tmp_path: Path, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "台账.pdf"
    to.write_bytes(b"before")

    def held_open(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", held_open)
    with pytest.raises(Trouble, match=r"台账\.pdf.*请先关闭正在打开的"):
        write_pdf(Paper("样张", (Para("安全"),)), to, fonts)
    assert to.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [to]


def test_a_folder_that_is_not_there_is_made(tmp_path: Path, fonts: Fonts) -> None:
    write_pdf(Paper("样张", ()), tmp_path / "新文件夹" / "样张.pdf", fonts)
    assert (tmp_path / "新文件夹" / "样张.pdf").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, fonts: Fonts) -> None:
    (tmp_path / "占用").write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match=r"没有\.pdf"):
        write_pdf(Paper("样张", ()), tmp_path / "占用" / "没有.pdf", fonts)


def test_a_paper_is_written_to_an_open_file(fonts: Fonts) -> None:
    file = io.BytesIO()
    write_pdf(Paper("样张", (Para("安全"),)), file, fonts)
    assert file.getvalue().startswith(b"%PDF")
