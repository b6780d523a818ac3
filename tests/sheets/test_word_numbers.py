"""Automatic numbers of Word documents, as Word prints them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.grid.document import Paragraph
from hazard_desk.grid.word.numbering import FORMATS, ListKind, ListLevel, Numbers, shown_as
from hazard_desk.sheets.reading.file import read_document, read_file
from tests.sheets.word_files import a_list, family, level, paragraph, restart, table, word_file
from tests.sheets.word_samples import OFFICIAL


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {1: "１", 12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"}),
        ("decimalEnclosedCircleChinese", {1: "①", 10: "⑩"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 21: "二十一", 103: "一〇三"}),
        (
            "chineseCountingThousand",
            {3: "三", 20: "二十", 101: "一百零一", 110: "一百一十"},
        ),
        ("japaneseCounting", {2: "二", 12: "十二"}),
        ("chineseLegalSimplified", {1: "壹", 12: "壹拾贰"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 11: "甲戌", 60: "癸亥"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("ideographDigital", {7: "七", 10: "一〇"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerLetter", {1: "a", 3: "c"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 1990: "MCMXC"}),
        ("lowerRoman", {1: "i", 8: "viii"}),
        ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {3: ""}),
        ("a format of next year", {3: "3"}),
    ],
)
def test_every_way_to_write_a_number(kind: str, shown: dict[int, str]) -> None:
    assert {number: shown_as(kind, number) for number in shown} == shown


@given(kind=st.sampled_from(sorted(FORMATS)), number=st.integers(-(10**9), 10**9))
def test_no_number_ends_the_reading(kind: str, number: int) -> None:
    assert isinstance(shown_as(kind, number), str)


@given(
    steps=st.lists(st.integers(0, 3), min_size=1, max_size=40),
    restarts=st.lists(st.integers(-1, 3), min_size=4, max_size=4),
)
def test_a_level_counts_on_by_one_or_begins_anew(steps: list[int], restarts: list[int]) -> None:
    levels = {at: ListLevel("decimal", f"%{at + 1}", 1, restarts[at]) for at in range(4)}
    numbers = Numbers({"a": ListKind("a", levels)})
    last: dict[int, int] = {}
    for at in steps:
        now = int(numbers.next("a", at))
        assert now in (1, 2, last.get(at, 0) + 1)  # 2: one that was passed over counted
        last[at] = now


def numbers_of(file: Path, body: str, numbering: str, styles: str = "") -> list[str]:
    document = read_document(word_file(file / "文.docx", body, numbering, styles))
    return [one.number for one in document.paragraphs]


def test_the_levels_of_an_official_paper(tmp_path: Path) -> None:
    deep = [0, 1, 1, 2, 2, 3, 4, 4, 3, 4, 0, 1, 2]
    body = "".join(paragraph(f"第{at}段", 1, one) for at, one in enumerate(deep))
    found = " ".join(numbers_of(tmp_path, body, OFFICIAL + a_list(1, 0)))
    assert found == "一、 （一） （二） 1. 2. （1） ① ② （2） ① 二、 （一） 1."


def test_numbers_of_several_levels_and_only_in_digits(tmp_path: Path) -> None:
    plain = family(
        0,
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3"),
    )
    legal = family(
        1, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>", start=3)
    )
    body = "".join(paragraph("段", one, at) for one, at in ((1, 0), (1, 1), (1, 2), (1, 2), (2, 0), (2, 1)))
    found = numbers_of(tmp_path, body, plain + legal + a_list(1, 0) + a_list(2, 1))
    assert found == ["第一章", "一.1", "一.1.1", "一.1.2", "第一章", "1.3"]


def test_a_list_may_begin_anew_or_go_on(tmp_path: Path) -> None:
    numbering = family(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)")) + a_list(1, 0)
    numbering += a_list(2, 0, restart(0, 1)) + a_list(3, 0, restart(0, 7)) + a_list(4, 0)
    body = "".join(paragraph("段", one, 0) for one in (1, 1, 2, 2, 3, 2, 4, 1))
    found = numbers_of(tmp_path, body, numbering)
    assert found == ["1.", "2.", "1.", "2.", "7.", "8.", "9.", "10."]


def test_a_level_that_never_begins_anew(tmp_path: Path) -> None:
    never = family(
        0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(paragraph("段", 1, at) for at in (0, 1, 1, 0, 1))
    assert numbers_of(tmp_path, body, never + a_list(1, 0)) == ["一、", "1.", "2.", "二、", "3."]


def test_a_list_may_change_a_level_of_its_family(tmp_path: Path) -> None:
    other = '<w:lvlOverride w:ilvl="0">' + level(0, "upperLetter", "%1、", start=3) + "</w:lvlOverride>"
    numbering = family(0, level(0, "decimal", "%1.")) + a_list(1, 0, other)
    assert numbers_of(tmp_path, paragraph("段", 1, 0), numbering) == ["C、"]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="条"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="numbering" w:styleId="l"><w:name w:val="公文编号"/>'
    '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
)


def test_styles_that_number_their_paragraphs(tmp_path: Path) -> None:
    numbering = OFFICIAL + family(
        1, level(0, "decimal", "%1"), level(1, "decimal", "第%2条", '<w:pStyle w:val="3"/>')
    )
    body = "".join(
        [
            paragraph("总则", style="1"),
            paragraph("目标", style="2"),
            paragraph("不编号的", "0", style="2"),
            paragraph("再一节", style="2"),
            paragraph("一条", style="3"),
            paragraph("又一条", style="3"),
            paragraph("正文"),
        ]
    )
    file = word_file(tmp_path / "文.docx", body, numbering + a_list(1, 0) + a_list(2, 1), STYLES)
    found = read_document(file).paragraphs
    assert [one.number for one in found] == ["一、", "（一）", "", "（二）", "第1条", "第2条", ""]
    assert [one.level for one in found] == [1, 2, 2, 2, 2, 2, 0]
    assert found[0] == Paragraph("总则", "一、", 1, "heading 1", 0)
    assert [one.whole for one in found[3:]] == ["（二）再一节", "第1条一条", "第2条又一条", "正文"]


def test_a_family_that_rests_on_a_list_style(tmp_path: Path) -> None:
    numbering = OFFICIAL + family(5, more='<w:numStyleLink w:val="l"/>') + a_list(3, 0) + a_list(9, 5)
    body = paragraph("段", 9, 0) + paragraph("段", 3, 0)
    assert numbers_of(tmp_path, body, numbering, STYLES) == ["一、", "二、"]


def test_a_family_that_rests_on_itself_ends(tmp_path: Path) -> None:
    numbering = family(5, more='<w:numStyleLink w:val="l"/>') + a_list(3, 5)
    assert numbers_of(tmp_path, paragraph("段", 3, 0), numbering, STYLES) == [""]


def test_bullets_unknown_lists_and_numbers_of_two_digits(tmp_path: Path) -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1-"/></w:lvl>'
    )
    numbering = family(0, level(0, "bullet", "\uf06e"), level(1, "bullet", "\uf899"), level(2, "bullet", "—"))
    numbering += family(1, custom) + a_list(1, 0) + a_list(2, 1)
    body = "".join(paragraph("段", one, at) for one, at in ((1, 0), (1, 1), (1, 2), (2, 0), (7, 0), (1, 8)))
    assert numbers_of(tmp_path, body, numbering) == ["■", "•", "—", "01-", "", ""]


def test_the_numbers_of_a_column_count_down_the_table(tmp_path: Path) -> None:
    numbering = family(0, level(0, "decimal", "%1")) + a_list(1, 0)
    rows = [["序号", "事项"], *[[paragraph("", 1, 0), f"事项{at}"] for at in range(3)]]
    (grid,) = read_file(word_file(tmp_path / "文.docx", table(rows), numbering))
    assert [row[0] for row in grid.rows] == ["序号", "1", "2", "3"]
