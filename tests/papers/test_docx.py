"""Papers read back from Word files: page set-up, families, sizes and pitch as GB/T 9704-2012 has them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.errors import Trouble
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import (
    FILLS,
    AttachmentMark,
    Block,
    Cell,
    Chart,
    ChartSeries,
    Column,
    FieldsLine,
    Hanging,
    Heading,
    Imprint,
    Letterhead,
    Line,
    PageBreak,
    Paper,
    Para,
    Photos,
    Picture,
    Signature,
    Space,
    Table,
    TableRow,
    Title,
)
from hazard_desk.papers.word.writer import write_docx
from tests.papers.test_pdf import EVERY_BLOCK, TEXT
from tests.papers.test_pictures import picture

Written = Callable[..., Document]


@pytest.fixture
def written(fonts: Fonts) -> Written:
    """Writes blocks as a Word file (``landscape``, ``style``, ``mark`` … as for ``Paper``), opens it."""

    def write_and_open(*blocks: Block, **about: object) -> Document:
        file = io.BytesIO()
        write_docx(Paper("样张", blocks, **about), file, fonts)  # type: ignore[arg-type]
        return docx.Document(file)

    return write_and_open


def mm(length: Length | None) -> float:
    assert length is not None
    return round(length.mm, 1)


def family(line: Paragraph) -> str:
    """The family for Chinese characters of a paragraph's first run, or of its style."""
    fonts = line._p.find(f".//{qn('w:rFonts')}")
    if fonts is None:
        fonts = line.style.element.find(f".//{qn('w:rFonts')}")  # type: ignore[union-attr]
    return str(fonts.get(qn("w:eastAsia")))


def inherited(line: Paragraph, name: str) -> object:
    """A paragraph's own setting, else that of its style."""
    own = getattr(line.paragraph_format, name)
    return own if own is not None else getattr(line.style.paragraph_format, name)  # type: ignore[union-attr]


def find(document: Document, text: str) -> Paragraph:
    return next(line for line in document.paragraphs if text in line.text)


def everything(document: Document) -> str:
    said = {qn("w:noBreakHyphen"): "-"}
    pieces = document.element.body.iter(qn("w:t"), *said)
    return "".join(said.get(piece.tag) or piece.text or "" for piece in pieces)


def test_an_official_page_has_the_margins_and_the_grid(written: Written) -> None:
    section = written(Para(TEXT)).sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    above = (225 / 22 - 16 * 25.4 / 72) / 2  # of the characters of the first line
    assert [mm(side) for side in sides] == pytest.approx([37 - above, 35, 28, 26], abs=0.2)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert int(225 / 25.4 * 72 / (int(grid.get(qn("w:linePitch"))) / 20)) == 22


def test_body_text_is_16_points_of_fangsong_justified_on_the_pitch(written: Written) -> None:
    document = written(Para(TEXT))
    line = find(document, TEXT)
    style = line.style
    assert style is not None
    assert family(line) == "仿宋_GB2312"
    assert style.font.size is not None and style.font.size.pt == 16
    assert inherited(line, "line_spacing").pt == pytest.approx(28.98, abs=0.04)  # type: ignore[attr-defined]
    assert str(inherited(line, "alignment")).startswith("JUSTIFY")
    assert line._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert style.element.pPr.find(qn("w:kinsoku")).get(qn("w:val")) == "1"
    spread = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert int(room / 12700 / (16 + spread)) == 28


@pytest.mark.parametrize(
    ("block", "chinese", "size"),
    [
        (Title("通知"), "方正小标宋简体", 22),
        (Heading(1, "一、要求"), "黑体", 16),
        (Heading(2, "（一）目标"), "楷体_GB2312", 16),
        (Heading(3, "1．底数"), "仿宋_GB2312", 16),
        (Heading(4, "（1）台账"), "仿宋_GB2312", 16),
        (AttachmentMark("附件1"), "黑体", 16),
    ],
)
def test_titles_and_headings_have_their_families_and_sizes(
    written: Written, block: Block, chinese: str, size: float
) -> None:
    line = next(line for line in written(block).paragraphs if line.text)
    assert family(line) == chinese
    assert line.style is not None and line.style.font.size is not None
    assert line.style.font.size.pt == size
    assert inherited(line, "keep_with_next")
    assert not line.style.font.bold
    assert line.style.font.color is None or line.style.font.color.rgb is None


def test_page_numbers_stand_right_on_odd_pages_left_on_even(written: Written) -> None:
    document = written(Para("一"))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (str(odd.alignment), str(even.alignment)) == ("RIGHT (2)", "LEFT (0)")
    for line in (odd, even):
        assert line.text.replace(" ", "") == "——"
        assert line._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert family(line) == "宋体"
        assert line.runs[0].font.size is not None and line.runs[0].font.size.pt == 14
    middle = section.footer_distance.pt + 7  # type: ignore[union-attr]
    assert middle == pytest.approx((35 - 7) / 25.4 * 72, abs=0.5)


@pytest.mark.parametrize(("style", "counted"), [("ledger", False), ("official", True)])
def test_ledgers_and_records_count_their_pages(written: Written, style: str, counted: bool) -> None:
    document = written(Para("一"), style=style, counted=counted)
    assert not document.settings.odd_and_even_pages_header_footer
    line = document.sections[0].footer.paragraphs[0]
    fields = [field.get(qn("w:instr")) for field in line._p.findall(qn("w:fldSimple"))]
    assert (line.text.replace(" ", ""), fields) == ("第页共页", ["PAGE", "NUMPAGES"])


def test_the_mark_stands_on_every_page(written: Written) -> None:
    document = written(Para("一"), PageBreak(landscape=True), Para("二"), mark="示例")
    heads = [head for part in document.sections for head in (part.header, part.even_page_header)]
    assert [head.paragraphs[0].text for head in heads] == ["示例"] * 4


def test_pages_turn_within_a_paper_and_turn_back(written: Written) -> None:
    document = written(
        Para("一"), PageBreak(landscape=True), Para("二"), PageBreak(landscape=False), Para("三")
    )
    turned = [part.orientation for part in document.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    wide = document.sections[1]
    assert (mm(wide.page_width), mm(wide.left_margin), mm(wide.top_margin)) == (297, 35, 25.7)
    cell = wide.footer.tables[0].cell(0, 0)
    assert cell._tc.tcPr.find(qn("w:textDirection")).get(qn("w:val")) == "tbRl"
    assert not document.sections[2].footer.tables
    turned_from_the_start = written(PageBreak(landscape=True), Para("一")).sections
    assert [part.orientation for part in turned_from_the_start] == [WD_ORIENT.LANDSCAPE]


def test_a_page_break_leaves_no_empty_line(written: Written) -> None:
    document = written(Para("一"), PageBreak(), Para("二"), PageBreak(), Table((Column("甲"),), ()))
    assert [line.text for line in document.paragraphs if line.text] == ["一", "二"]
    assert find(document, "二").paragraph_format.page_break_before
    thin = document.paragraphs[2]
    assert thin.paragraph_format.page_break_before
    assert thin.paragraph_format.line_spacing is not None
    assert thin.paragraph_format.line_spacing.pt == 1  # type: ignore[union-attr]


def test_the_red_head_is_red_over_a_red_rule(written: Written) -> None:
    document = written(Letterhead("三星乡人民政府文件", "三星府发〔2023〕76号"), Title("通知"))
    mark, number = find(document, "人民政府文件"), find(document, "76号")
    assert str(mark.runs[0].font.color.rgb) == "DB0000"
    assert family(mark) == "方正小标宋简体"
    assert mm(mark.paragraph_format.space_before) == 35
    rule = number._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    assert (rule.get(qn("w:color")), rule.get(qn("w:space"))) == ("DB0000", "11")


def test_a_signature_stays_with_the_text_and_leaves_room_for_the_seal(written: Written) -> None:
    document = written(Para("正文。"), Signature("三星乡人民政府", "2023年5月18日"))
    text, issuer, date = document.paragraphs
    assert text.paragraph_format.keep_with_next
    assert issuer.paragraph_format.keep_with_next
    assert date.paragraph_format.right_indent is not None
    assert date.paragraph_format.right_indent.pt == pytest.approx(4 * 156 / 28 / 25.4 * 72, abs=0.1)
    assert issuer.paragraph_format.space_before is not None
    assert issuer.paragraph_format.space_before.pt == pytest.approx(2 * 225 / 22 / 25.4 * 72, abs=0.1)


def test_the_imprint_lies_at_the_foot_of_the_type_area_between_rules(written: Written) -> None:
    document = written(Para("正文"), Imprint("县安委办", "三星乡党政办公室", "2023年5月18日"))
    copies, issued = document.paragraphs[-3:-1]
    assert copies.text.strip() == "抄送：县安委办。"
    assert issued.text.strip() == "三星乡党政办公室\t2023年5月18日印发"
    for line, rules in ((copies, {"top": 8}), (issued, {"top": 6, "bottom": 8})):
        borders = line._p.pPr.find(qn("w:pBdr"))
        assert {b.tag.split("}")[1]: int(b.get(qn("w:sz"))) for b in borders} == rules
    frame = issued._p.pPr.find(qn("w:framePr"))
    assert (frame.get(qn("w:vAnchor")), frame.get(qn("w:yAlign"))) == ("margin", "bottom")


def test_a_table_repeats_its_head_keeps_rows_whole_and_fills_the_width(written: Written) -> None:
    columns = (Column("序号", 3, "center"), Column("隐患", 20), Column("数", 4, "right"))
    rows: tuple[TableRow, ...] = ((Cell("1"), Cell("线路老化\n未穿管", fill="red"), Cell("2")),)
    document = written(Table(columns, rows, row_lines=3), landscape=True)
    table = document.tables[0]
    head, body = table.rows[0]._tr, table.rows[1]._tr
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert body.trPr.find(qn("w:tblHeader")) is None
    assert body.trPr.find(qn("w:cantSplit")) is not None
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == pytest.approx(room / 635, abs=12)
    assert family(table.cell(0, 0).paragraphs[0]) == "黑体"
    assert family(table.cell(1, 0).paragraphs[0]) == "仿宋_GB2312"
    assert table.cell(1, 1).text == "线路老化\n未穿管"
    shade = table.cell(1, 1)._tc.tcPr.find(qn("w:shd"))
    assert shade.get(qn("w:fill")) == FILLS["red"]
    assert str(table.cell(1, 2).paragraphs[0].alignment).startswith("RIGHT")
    assert body.trHeight_val.pt > 3 * 12 > head.trHeight_val.pt  # type: ignore[union-attr]


def test_merged_cells_are_merged_across_and_down(written: Written) -> None:
    head: tuple[TableRow, ...] = (
        (Cell("单位", rowspan=2), Cell("数", colspan=2), None),
        (None, Cell("重"), Cell("轻")),
    )
    rows: tuple[TableRow, ...] = (
        (Cell("合", rowspan=3, colspan=2), None, Cell("1")),
        (None, None, Cell("2")),
        (None, None, Cell("3")),
    )
    table = written(Table((Column("甲"), Column("乙"), Column("丙")), rows, head)).tables[0]
    whole = table.cell(2, 0)._tc
    assert {table.cell(row, column)._tc for row in (2, 3, 4) for column in (0, 1)} == {whole}
    assert [table.cell(row, 2).text for row in range(5)] == ["数", "轻", "1", "2", "3"]
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert table.cell(1, 0)._tc is table.cell(0, 0)._tc


def test_two_tables_do_not_grow_together(written: Written) -> None:
    table = Table((Column("甲"),), ((Cell("一"),),))
    body = written(table, table, Photos((Picture(None),))).element.body
    tags = [child.tag.rpartition("}")[2] for child in body]
    assert tags == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


def test_photos_stand_in_a_table_and_a_lost_one_leaves_a_note(written: Written) -> None:
    photos = (Picture(picture(400, 300), "整改前"), Picture(b"no picture", "整改后"), Picture(None))
    document = written(Photos(photos))
    table = document.tables[0]
    assert [cell.text.strip() for row in table.rows for cell in row.cells] == [
        "整改前",
        "照片缺失：整改后",
        "照片缺失",
        "",
    ]
    (shape,) = document.inline_shapes
    assert shape.width / shape.height == pytest.approx(4 / 3, abs=0.02)
    assert table.cell(0, 1)._tc.tcPr.find(qn("w:tcBorders")) is not None


def test_a_chart_is_a_sharp_picture_across_the_page(written: Written) -> None:
    document = written(Chart("图1", ("甲", "乙"), (ChartSeries("数", (1, 2)),)))
    (shape,) = document.inline_shapes
    assert mm(shape.width) == pytest.approx(156, abs=0.5)
    image = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert image.image.px_width > 1800


@pytest.mark.parametrize("style", ["official", "ledger"])
@pytest.mark.parametrize("landscape", [False, True])
def test_every_block_is_written(written: Written, style: str, landscape: bool) -> None:
    document = written(*EVERY_BLOCK, style=style, landscape=landscape, mark="示例")
    text = everything(document)
    for said in (
        "三星乡人民政府文件",
        "各村、各科室",
        "副组",
        "填报日期：2023年5月18日",
        "5月底前",
        "注：",
        "完",
    ):
        assert said in text


@pytest.mark.parametrize("text", ["<b>粗&amp;</b>", "=1+1", "&lt;", "@x -y", "]]>", "张堃李喆王䶮陈𬎆"])
def test_text_is_written_as_it_was_typed(written: Written, text: str) -> None:
    blocks = (
        Para(text),
        Line(text),
        Heading(1, text),
        Hanging("组长：", text),
        Table((Column(text),), ((Cell(text),),)),
    )
    assert everything(written(*blocks)).count(text) == 6


def test_fields_are_spread_over_a_line_at_stops(written: Written) -> None:
    line = written(FieldsLine((("填报人", ""), ("审核人", "张三"), ("日期", "2023年5月18日")))).paragraphs[0]
    assert line.text == "填报人：\t审核人：张三\t日期：2023年5月18日"
    stops = [stop.position.pt for stop in line.paragraph_format.tab_stops]
    assert len(stops) == 2
    assert stops[0] < stops[1] == pytest.approx(442.4, abs=0.1), "the last ends at the margin"


def test_leads_are_spread_over_the_width_asked_for(written: Written) -> None:
    document = written(Hanging("组长：", "谭华祥"), Hanging("副组长：", "肖永富"), Hanging("", "张三"))
    lefts = {line.paragraph_format.left_indent for line in document.paragraphs}
    assert len(lefts) == 1
    spread = [
        int(line.runs[0]._r.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
        for line in document.paragraphs[:2]
    ]
    assert spread[0] == pytest.approx(2 * 15.8, abs=0.5)
    assert spread[1] == pytest.approx(15.8 / 2, abs=0.5)


def test_blank_lines_are_lines(written: Written) -> None:
    assert [line.text for line in written(Para("一"), Space(2), Para("二")).paragraphs] == [
        "一",
        "",
        "",
        "二",
    ]


def test_the_file_names_itself_and_nobody(written: Written) -> None:
    about = written(Para("一")).core_properties
    assert (about.title, about.author, about.subject, about.created) == ("样张", "", "隐患工作台", None)


def test_word_is_told_what_stands_in_for_a_family_that_is_missing(fonts: Fonts) -> None:
    file = io.BytesIO()
    write_docx(Paper("样张", (Para("一"),)), file, fonts)
    table = zipfile.ZipFile(file).read("word/fontTable.xml").decode()
    for family, alternative in (
        ("仿宋_GB2312", "仿宋"),
        ("楷体_GB2312", "楷体"),
        ("方正小标宋简体", "华文中宋"),
    ):
        assert f'w:name="{family}"><w:altName w:val="{alternative}"/>' in table


def test_a_long_table_is_written_row_by_row(fonts: Fonts) -> None:
    rows = tuple(tuple(Cell(f"{row}、{column}") for column in range(12)) for row in range(1000))
    file = io.BytesIO()
    write_docx(Paper("样张", (Table(tuple(Column("栏") for _ in range(12)), rows),)), file, fonts)
    content = zipfile.ZipFile(file).read("word/document.xml").decode()
    assert content.count("<w:tr>") == 1001
    assert "999、11" in content


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, fonts: Fonts) -> None:
    (tmp_path / "占用").write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match=r"没有\.docx"):
        write_docx(Paper("样张", ()), tmp_path / "占用" / "没有.docx", fonts)
    write_docx(Paper("样张", ()), tmp_path / "新" / "样张.docx", fonts)
    assert (tmp_path / "新" / "样张.docx").exists()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_makes_a_file_that_opens(written: Written, text: str) -> None:
    table = Table((Column("甲"),), ((Cell(text),),))
    written(Title(text), Hanging(text, text), Para(text), Line(text), table)
