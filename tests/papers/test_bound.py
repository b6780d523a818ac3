"""Papers bound in one file: each keeps its style and pages; codes and page numbers stand in the corner."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest
import zxingcpp
from docx.oxml.ns import qn
from PIL import Image

from hazard_desk.papers.codes import PaperCode, code_said
from hazard_desk.papers.model import Cell, Column, PageBreak, Paper, Para, Picture, Scan, Table, Title
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.papers.word.writer import write_docx
from tests.papers.reading import read_pdf

CODE = PaperCode("7F3A", "notice-rectify", 17, 5)


def pdf_of(paper: Paper) -> bytes:
    file = io.BytesIO()
    write_pdf(paper, file)
    return file.getvalue()


def word_of(paper: Paper) -> docx.document.Document:
    file = io.BytesIO()
    write_docx(paper, file)
    file.seek(0)
    return docx.Document(file)


def grey_page() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (827, 1169), "#dddddd").save(file, "JPEG")
    return file.getvalue()


TABLE = Table((Column("项目"), Column("内容")), ((Cell("单位"), Cell("示例木材加工厂")),))
WHOLE = Paper(
    "案卷",
    (Title("案卷封面"),),
    numbered=False,
    parts=(
        Paper("公文", (Title("通知"), Para("正文。"), PageBreak(), Para("第二页。")), folio=1, mark="示例"),
        Paper("表", (Title("登记表"), TABLE), style="ledger", folio=3, mark="示例"),
        Paper("扫描件", (Scan(Picture(grey_page())),), style="scan", folio=4),
    ),
)


def test_every_part_keeps_its_style_and_the_pages_are_numbered_through():
    pages = read_pdf(pdf_of(WHOLE))
    corners = ["".join(glyph.char for glyph in page.glyphs if glyph.y > page.height - 45) for page in pages]
    assert [corner.replace("示例", "").strip() for corner in corners] == ["", "1", "2", "3", "4"]
    assert "— 1 —" not in "".join(page.text for page in pages), "one number a page"
    sizes = [round(page.find(word)[0].size) for page, word in ((pages[1], "正文"), (pages[3], "示例木材"))]
    assert sizes == [16, 10], "an official paper and a ledger in one file"


def test_the_word_file_has_the_same_parts_each_in_pages_and_styles_of_its_own():
    document = word_of(WHOLE)
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in document.sections]
    assert starts == ["1", "1", "3", "4"]
    margins = [round(section.left_margin.mm) for section in document.sections]
    assert margins == [28, 28, 15, 5]
    text = [line.text for line in document.paragraphs if line.text]
    assert text == ["案卷封面", "通知", "正文。", "第二页。", "登记表"]
    styles = [line.style.font.size.pt for line in document.paragraphs if line.text]
    assert styles == [22, 22, 16, 16, 18], "the ledger's title is not that of an official paper"
    pictures = [part for part in document.part.package.iter_parts() if "/media/" in part.partname]
    assert len(pictures) == 1


def test_every_table_says_what_it_says_in_the_styles_of_its_own_part():
    said = '<tbl rows="0"/></w:tbl> & "]]>'
    odd = "序\x00号\ud800\t1\n　第二行"
    tables = [
        Table((Column("项目"), Column("内容")), ((Cell(said), Cell(str(part))), (Cell(odd), Cell("末"))))
        for part in range(3)
    ]
    official = Paper("甲", (Title("甲"), tables[0], Para("其间"), tables[1]))
    whole = Paper(
        "两份", official.blocks, parts=(Paper("乙", (Title("乙"), tables[2]), style="ledger"), official)
    )
    document = word_of(whole)
    texts = [[cell.text for row in table.rows for cell in row.cells] for table in document.tables]
    rows = [
        ["项目", "内容", said, str(part), "序号 1\n　第二行".replace("　", ""), "末"]
        for part in (0, 1, 2, 0, 1)
    ]
    assert [[text.replace("　", "") for text in one] for one in texts] == rows
    styles = [table.rows[1].cells[0].paragraphs[0].style for table in document.tables]
    assert all(style.type is not None and "表格" in style.name for style in styles)
    bases = [style.base_style.font.size.pt for style in styles]
    assert bases == [16, 16, bases[2], 16, 16] and bases[2] < 16


def test_parts_that_are_not_a_case_count_their_own_pages():
    table = Paper("表", (Title("登记表"), TABLE, PageBreak(), Para("下页")), style="ledger")
    whole = Paper("两份", (Title("通知"), Para("正文。")), parts=(table,))
    texts = [page.text for page in read_pdf(pdf_of(whole))]
    assert "— 1 —" in texts[0]
    assert ["共 2 页" in text for text in texts] == [False, True, True]
    feet = [section.footer.paragraphs[0]._p.xml for section in word_of(whole).sections]
    assert "SECTIONPAGES" in feet[1] and "NUMPAGES" not in feet[1]


@pytest.mark.parametrize("dots", [150, 200])
@pytest.mark.parametrize("style", ["official", "ledger"])
def test_a_code_is_read_from_every_page(style, dots):
    paper = Paper(
        "记录", (Title("记录"), PageBreak(), Para("下页")), style=style, code=CODE.text, mark="示例"
    )
    document = pypdfium2.PdfDocument(pdf_of(paper))
    for page in document:
        found = zxingcpp.read_barcodes(page.render(scale=dots / 72, grayscale=True).to_pil())
        assert [code_said(one.text) for one in found] == [CODE]
    document.close()


def test_a_code_is_in_the_head_of_the_word_file_and_a_strange_one_says_nothing():
    section = word_of(Paper("记录", (Title("记录"),), style="ledger", code=CODE.text)).sections[0]
    (part,) = [rel.target_part for rel in section.header.part.rels.values() if rel.target_part.blob]
    picture = Image.open(io.BytesIO(part.blob))
    framed = Image.new("L", (picture.width + 64, picture.height + 64), 255)
    framed.paste(picture, (32, 32))
    assert code_said(zxingcpp.read_barcode(framed).text) == CODE
    assert code_said("https://example.org/17") is None
