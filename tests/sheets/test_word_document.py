"""Word documents as they are read: changes, boxes, controls, frames; tables that go on over pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.grid.continued import one_table
from hazard_desk.grid.document import Paragraph, document_of
from hazard_desk.grid.grid import Grid
from hazard_desk.sheets.reading import file as reading
from hazard_desk.sheets.reading.file import read_document, read_file
from tests.sheets.word_files import paragraph, table, word_file

RUN = "<w:r><w:t>{}</w:t></w:r>"


def texts_of(tmp_path: Path, body: str) -> list[str]:
    return [one.whole for one in read_document(word_file(tmp_path / "文.docx", body)).paragraphs]


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            '<w:r><w:t>甲</w:t><w:tab/><w:t xml:space="preserve"> 乙</w:t><w:br/><w:t>丙</w:t></w:r>',
            "甲\t 乙\n丙",
        ),
        ('<w:r><w:t>甲</w:t><w:br w:type="textWrapping"/><w:t>乙</w:t></w:r>', "甲\n乙"),
        ('<w:r><w:t>甲</w:t><w:br w:type="textWrapping" w:clear="none"/><w:t>乙</w:t></w:r>', "甲乙"),
        (f"<w:ins>{RUN.format('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新"),
        (
            f"<w:moveFrom>{RUN.format('去')}</w:moveFrom><w:moveTo>{RUN.format('来')}</w:moveTo>",
            "来",
        ),
        (
            f"<w:sdt><w:sdtPr/><w:sdtContent>{RUN.format('控件')}</w:sdtContent></w:sdt>{RUN.format('后')}",
            "控件后",
        ),
        (f"<w:hyperlink>{RUN.format('链接')}</w:hyperlink>", "链接"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>" + RUN.format("显"), "显"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + RUN.format("页"), "页"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt>"
            f"<w:rubyBase>{RUN.format('拼')}</w:rubyBase></w:ruby></w:r>",
            "拼",
        ),
    ],
)
def test_a_paragraph_says_what_is_printed(tmp_path: Path, inner: str, text: str) -> None:
    assert texts_of(tmp_path, p(inner)) == [text]


def test_a_deleted_end_joins_two_paragraphs(tmp_path: Path) -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert texts_of(tmp_path, p(gone + RUN.format("前")) + p(RUN.format("后"))) == ["前后"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p(RUN.format("框外") + box) + f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    assert texts_of(tmp_path, body) == ["框外", "框里", "控件"]


def test_footnotes_are_told_as_left_out(tmp_path: Path) -> None:
    body = p('<w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r>')
    document = read_document(word_file(tmp_path / "文.docx", body))
    assert ([one.text for one in document.paragraphs], document.notes) == (
        ["正文"],
        ("脚注和尾注没有读取。",),
    )


def test_tables_in_tables_and_frames(tmp_path: Path) -> None:
    inner = table([["子甲", "子乙"], ["子丙", "子丁"]])
    outer = table([["项目", "说明"], ["一", paragraph("见下") + inner + paragraph("")]])
    (grid,) = read_file(word_file(tmp_path / "文.docx", outer))
    assert grid.rows[1] == ["一", "见下\n子甲 子乙\n子丙 子丁"]
    frame = table([[paragraph("题") + inner + paragraph("尾")]])
    document = read_document(word_file(tmp_path / "框.docx", frame))
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Grid", "Paragraph"]
    assert document.tables[0].above == ["题"]


def test_rows_that_were_deleted_are_out_and_controls_in(tmp_path: Path) -> None:
    gone = (
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('旧')}</w:tc><w:tc>{paragraph('旧')}</w:tc></w:tr>"
    )
    cell = f"<w:sdt><w:sdtContent><w:tc>{paragraph('控')}</w:tc></w:sdtContent></w:sdt>"
    kept = f"<w:sdt><w:sdtContent><w:tr>{cell}<w:tc>{paragraph('新')}</w:tc></w:tr></w:sdtContent></w:sdt>"
    (grid,) = read_file(word_file(tmp_path / "文.docx", f"<w:tbl>{gone}{kept}</w:tbl>"))
    assert grid.rows == [["控", "新"]]


def test_the_lines_of_the_title(tmp_path: Path) -> None:
    lines = ["甲镇人民政府", "关于印发整治方案的通知", "各村（社区）：", "现印发给你们。"]
    centred = '<w:jc w:val="center"/>'
    body = "".join(paragraph(line, more=centred if at < 2 else "") for at, line in enumerate(lines))
    document = read_document(word_file(tmp_path / "文.docx", body))
    assert document.title_lines == lines[:2]
    assert [one.centred for one in document.paragraphs] == [True, True, False, False]


def test_a_large_document_is_read_apart_and_comes_back_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = paragraph("题") + table([["甲", "乙"], ["1", "2"]]) + p("<w:r><w:footnoteReference/></w:r>")
    file = word_file(tmp_path / "文.docx", body)
    here = read_document(file)
    monkeypatch.setattr(reading, "_LIGHT", 0)
    assert read_document(file) == here


HEAD = ["序号", "事项", "责任单位", "时限"]


def rows_from(first: int, count: int) -> list[list[str]]:
    return [[str(at), f"事项{at}", "甲办", "6月底前"] for at in range(first, first + count)]


def in_word(tmp_path: Path, *parts: str | list[list[str]]) -> list[Grid]:
    body = "".join(paragraph(part) if isinstance(part, str) else table(part) for part in parts)
    return read_file(word_file(tmp_path / "文.docx", body))


@pytest.mark.parametrize(
    "line", ["", "（续表）", "续表1", "任务分解表（续）", "甲镇任务分解表", "- 2 -", "接上表"]
)
def test_a_table_goes_on_after_a_page(tmp_path: Path, line: str) -> None:
    (grid,) = in_word(
        tmp_path, "甲镇任务分解表", [HEAD, *rows_from(1, 3)], "", line, [HEAD, *rows_from(4, 2)], "尾"
    )
    assert (list(grid.above), grid.title) == (["甲镇任务分解表"], "第1张表")
    assert list(grid.rows) == [HEAD, *rows_from(1, 5)]


def test_a_line_between_is_kept_as_a_row_across(tmp_path: Path) -> None:
    (grid,) = in_word(tmp_path, "一、工贸", [HEAD, *rows_from(1, 2)], "二、消防", [HEAD, *rows_from(1, 1)])
    assert grid.line(3) == ["二、消防"]
    assert grid.merges == [(3, 0, 3, 3)]
    assert len(grid.rows) == 5


def test_rows_without_a_heading_go_on_directly(tmp_path: Path) -> None:
    (grid,) = in_word(tmp_path, [HEAD, *rows_from(1, 2)], "", rows_from(3, 2), "", rows_from(5, 1))
    assert list(grid.rows) == [HEAD, *rows_from(1, 5)]


def test_a_title_within_the_table_comes_again(tmp_path: Path) -> None:
    title = WordDocument()
    for first in (1, 3):
        made = title.add_table(4, 4)
        made.cell(0, 0).merge(made.cell(0, 3)).text = "任务分解表" + "（续）" * (first > 1)
        for row, texts in enumerate([HEAD, *rows_from(first, 2)], start=1):
            for column, text in enumerate(texts):
                made.cell(row, column).text = text
        title.add_paragraph("")
    title.save(str(tmp_path / "文.docx"))
    (grid,) = read_file(tmp_path / "文.docx")
    assert list(grid.rows)[1:] == [HEAD, *rows_from(1, 4)]


def test_a_heading_of_two_rows_comes_again(tmp_path: Path) -> None:
    document = WordDocument()
    for first in (1, 2):
        made = document.add_table(3, 3)
        made.cell(0, 1).merge(made.cell(0, 2))
        made.cell(0, 0).merge(made.cell(1, 0))
        for place, text in {(0, 0): "事项", (0, 1): "责任", (1, 1): "领导", (1, 2): "单位"}.items():
            made.cell(*place).text = text
        for column, text in enumerate([f"事项{first}", "张三", "甲办"]):
            made.cell(2, column).text = text
        document.add_paragraph("续表")
    document.save(str(tmp_path / "文.docx"))
    (grid,) = read_file(tmp_path / "文.docx")
    assert [grid.line(row) for row in range(len(grid.rows))] == [
        ["事项", "责任"],
        ["事项", "领导", "单位"],
        ["事项1", "张三", "甲办"],
        ["事项2", "张三", "甲办"],
    ]
    assert grid.merges == [(0, 0, 1, 0), (0, 1, 0, 2)]


PERSONS = ["姓名", "职务", "组内职务", "电话"]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("", [PERSONS, ["张三", "镇长", "组长", "1"]]),
        ("附件2", [HEAD, *rows_from(1, 1)]),
        ("以上任务由各单位分别落实。", [HEAD, *rows_from(1, 1)]),
        ("填报单位：乙村", [HEAD, *rows_from(1, 1)]),
        ("", [["1", "2", "3"]]),
        ("", rows_from(7, 1)),
    ],
)
def test_two_tables_stay_two(tmp_path: Path, line: str, after: list[list[str]]) -> None:
    assert len(in_word(tmp_path, [HEAD, *rows_from(1, 2)], line, after)) == 2


def test_cards_filled_otherwise_stay_cards(tmp_path: Path) -> None:
    def card(name: str) -> list[list[str]]:
        return [["单位", name, "负责人", "张三"], ["地址", "某地", "电话", "1"]]

    assert len(in_word(tmp_path, card("甲厂"), "", card("位于很长很长地方的一家很大很大的乙厂"))) == 2


def test_what_is_left_of_two_tables_joined() -> None:
    first = Grid("", [HEAD, *rows_from(1, 2)])
    only_heading = one_table(first, Grid("", [HEAD]), [])
    assert only_heading is not None
    assert only_heading.rows == first.rows
    joined = document_of([first, Paragraph("续表"), Grid("", [HEAD, *rows_from(3, 1)], [(1, 1, 1, 2)])])
    assert joined.tables[0].merges == [(3, 1, 3, 2)]
    assert joined.paragraphs == []


def test_a_page_laid_out_on_other_columns_goes_on_too() -> None:
    first = Grid("", [HEAD, *rows_from(1, 2)])
    other = [
        ["序号", "事项", "", "责任单位", "时限"],
        ["3", "事项3", "", "甲办", "6月底前"],
        ["4", "", "事项4", "甲办", ""],
    ]
    joined = one_table(first, Grid("", other, [(0, 1, 0, 2), (1, 1, 1, 2)]), ["续表"])
    assert joined is not None
    assert list(joined.rows)[3:] == [["3", "事项3", "甲办", "6月底前"], ["4", "事项4", "甲办", ""]]
    assert joined.merges == []
    both = [*other, ["5", "左", "右", "甲办", ""]]
    assert one_table(first, Grid("", both, [(0, 1, 0, 2)]), ["续表"]) is None


CELL = st.sampled_from(
    ["", "1", "2", "甲", "乙", "序号", "事项", "一、甲", "很长很长很长很长的一段话很长很长"]
)


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5),
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    st.lists(st.sampled_from(["续表", "二、消防", "附件2", "甲表"]), max_size=2),
)
def test_nothing_but_a_repeated_heading_is_lost_by_joining(
    before: list[list[str]], after: list[list[str]], between: list[str]
) -> None:
    joined = one_table(Grid("", before), Grid("", after), between)
    if joined is None:
        return
    told = {cell for row in joined.rows for cell in row}
    assert told >= {cell for row in [*before, *after] for cell in row} - {""}
    assert told >= set(between) - {"续表"}
    assert len(joined.rows) >= len(before) + len(after) - 4


def test_cells_merged_across_as_wps_writes_it(tmp_path: Path) -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(text)}</w:tc>"

    across = cell("一、甲", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>")
    body = f"<w:tbl><w:tr>{across}</w:tr><w:tr>{cell('1')}{cell('2')}</w:tr></w:tbl>"
    (grid,) = read_file(word_file(tmp_path / "文.docx", body))
    assert (grid.rows, grid.merges) == ([["一、甲", ""], ["1", "2"]], [(0, 0, 0, 1)])
