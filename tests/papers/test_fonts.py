"""Fonts by role: the office's own first, then what looks alike, then what ships; never a lost character."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import ttfonts

from hazard_desk.errors import Trouble
from hazard_desk.library.places import resources
from hazard_desk.papers import unicode_map
from hazard_desk.papers.font_files import fonts_in
from hazard_desk.papers.fonts import MISSING, Fonts
from hazard_desk.papers.model import Cell, Column, Paper, Para, Table, Title
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.printing import proof_of, write_paper
from tests.papers.reading import read_pdf

SHIPPED = resources() / "fonts"
UNUSUAL = "\U00030ede"
"""A character of Unicode 13 that the fonts that ship do not have."""


def make_font(path: Path, family: str, characters: str, *, style: str = "Regular", licence: int = 0) -> None:
    """Write a font that draws a square for each of ``characters``."""
    pen = TTGlyphPen(None)
    for corner, place in enumerate([(100, 0), (100, 800), (900, 800), (900, 0)]):
        (pen.lineTo if corner else pen.moveTo)(place)
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", *(f"g{at}" for at in range(len(characters)))]
    font = FontBuilder(1000, isTTF=True)
    font.setupHead(unitsPerEm=1000, macStyle=0 if style == "Regular" else 1)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(char): f"g{at}" for at, char in enumerate(characters)})
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    full = family if style == "Regular" else f"{family} {style}"
    font.setupNameTable(
        {"familyName": family, "styleName": style, "fullName": full, "psName": f"T{path.stem}"}
    )
    font.setupOS2(fsType=licence, fsSelection=0x40 if style == "Regular" else 0x20, sTypoAscender=880)
    font.setupPost()
    font.save(path)


def fonts_of(folder: Path) -> Fonts:
    return Fonts(fonts_in([folder]), SHIPPED)


def printers(fonts: Fonts, text: str, role: str = "仿宋") -> list[tuple[str, str]]:
    runs = fonts.runs(text, role)  # type: ignore[arg-type]
    return [(run.text, Path(run.face.name.split("#")[0]).name) for run in runs]


def test_without_other_fonts_every_role_is_printed_by_one_that_ships() -> None:
    fonts = Fonts.shipped()
    assert printers(fonts, "安全", "楷体") == [("安全", "hazard-desk-serif.ttf")]
    assert printers(fonts, "安全", "黑体") == [("安全", "hazard-desk-sans.ttf")]
    assert set(fonts.fallbacks()) == {"小标宋", "仿宋", "楷体", "黑体", "宋体"}
    assert "仿宋改用自带宋体" in fonts.advice()


def test_the_official_font_is_chosen_where_the_office_has_it(tmp_path: Path) -> None:
    make_font(tmp_path / "b.ttf", "仿宋", "安全")
    make_font(tmp_path / "a.ttf", "仿宋_GB2312", "安全")
    make_font(tmp_path / "c.TTF", "STKaiti", "安全")
    fonts = fonts_of(tmp_path)
    assert printers(fonts, "安全") == [("安全", "a.ttf")]
    assert printers(fonts, "安全", "楷体") == [("安全", "c.TTF")]
    assert "仿宋" not in fonts.fallbacks()
    assert fonts.fallbacks()["楷体"] == "STKaiti"


def test_stand_ins_for_heavy_roles_are_outlined_and_the_real_font_is_not(tmp_path: Path) -> None:
    assert Fonts.shipped().runs("安", "小标宋")[0].heavy
    assert not Fonts.shipped().runs("安", "仿宋")[0].heavy
    make_font(tmp_path / "a.ttf", "方正小标宋简体", "安")
    runs = fonts_of(tmp_path).runs("安全", "小标宋")
    assert [run.heavy for run in runs] == [False, True]


def test_a_character_that_the_font_lacks_is_printed_by_another(tmp_path: Path) -> None:
    make_font(tmp_path / "a.ttf", "仿宋", "安")
    make_font(tmp_path / "z.ttf", "SimSun-ExtB", UNUSUAL)
    found = printers(fonts_of(tmp_path), f"安全{UNUSUAL}安")
    assert found == [
        ("安", "a.ttf"),
        ("全", "hazard-desk-serif.ttf"),
        (UNUSUAL, "z.ttf"),
        ("安", "a.ttf"),
    ]


def test_a_character_that_nobody_has_is_shown_as_missing() -> None:
    fonts = Fonts.shipped()
    assert "".join(run.text for run in fonts.runs("甲\ue000乙", "仿宋")) == f"甲{MISSING}乙"
    assert fonts.widths("\ue000", "仿宋") == fonts.widths(MISSING, "仿宋")


@pytest.mark.parametrize("licence", [0x0002, 0x0100, 0x0200])
def test_a_font_that_may_not_be_embedded_is_not_chosen(tmp_path: Path, licence: int) -> None:
    make_font(tmp_path / "a.ttf", "仿宋", "安", licence=licence)
    assert fonts_in([tmp_path]) == {}


def test_the_bold_font_of_a_family_does_not_stand_for_it(tmp_path: Path) -> None:
    make_font(tmp_path / "a.ttf", "仿宋", "安", style="Bold")
    make_font(tmp_path / "b.ttf", "仿宋", "安")
    found = fonts_in([tmp_path])
    assert found["仿宋"].path.name == "b.ttf"
    assert found["仿宋 bold"].path.name == "a.ttf"


def test_damaged_font_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "empty.ttf").write_bytes(b"")
    (tmp_path / "text.ttc").write_bytes(b"ttcf and then nothing")
    make_font(tmp_path / "whole.ttf", "仿宋", "安")
    half = (tmp_path / "whole.ttf").read_bytes()
    (tmp_path / "half.ttf").write_bytes(half[: len(half) // 2])
    assert printers(fonts_of(tmp_path), "安") == [("安", "whole.ttf")]


def test_in_the_bundle_the_fonts_lie_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", "bundle", raising=False)
    assert resources() == Path("bundle") / "resources"


def test_without_the_fonts_that_ship_the_clerk_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="字体"):
        Fonts.shipped(tmp_path).runs("安", "仿宋")


def test_rare_characters_of_names_are_printed_and_read_back(tmp_path: Path) -> None:
    make_font(tmp_path / "z.ttf", "SimSun-ExtB", UNUSUAL)
    names = f"张堃李喆王䶮赵㛃陈𬎆钱{UNUSUAL}"
    file = io.BytesIO()
    write_pdf(Paper("名单", (Para(names), Title(names))), file, fonts_of(tmp_path))
    assert read_pdf(file.getvalue())[0].text.count(names) == 2


SIGNS = (
    "₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ℃℉‰①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⒈⒉㈠㈡ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴ㎡㎥㎜㎝㎞㎎㎏№℡"
    "≥≤≠≈±×÷√∶∵∴∠⊥°′″μΩΦφ∅αβγδ→←↑↓▲△▼◆◇■□●○★☆☑☒✓✔✗✘§￥€–—·•※½⅓⅔¼¾〇"
)
"""Signs that such an office types."""


@pytest.mark.parametrize("role", ["仿宋", "黑体"])
def test_every_sign_that_is_typed_is_printed_and_read_back(role: str) -> None:
    file = io.BytesIO()
    column = Column(SIGNS if role == "黑体" else "项", 30)
    assert write_pdf(Paper("单位", (Table((column,), ((Cell(SIGNS),),)),)), file, Fonts.shipped()) == ""
    text = "".join(page.text for page in read_pdf(file.getvalue()))
    assert [char for char in SIGNS if text.count(char) < (2 if role == "黑体" else 1)] == []
    assert MISSING not in text


@pytest.mark.parametrize(("char", "plain"), [("₂", "2"), ("⁵", "5")])
def test_a_digit_above_or_below_the_line_is_small(char: str, plain: str) -> None:
    shipped = Fonts.shipped()
    (small,), (digit,) = shipped.widths(char, "仿宋"), shipped.widths(plain, "仿宋")
    assert 0.5 < small / digit < 0.7
    assert (shipped.ink_top(char, "仿宋") > shipped.ink_top(plain, "仿宋")) is (char == "⁵")


def test_the_clerk_is_told_which_characters_no_font_has(tmp_path: Path) -> None:
    paper = Paper("名单", (Para("甲\ue000乙\ue001\ue000"), Title("丙")))
    assert write_pdf(paper, io.BytesIO(), Fonts.shipped()) == "\ue000\ue001"
    told: list[str] = []
    write_paper(paper, tmp_path / "a.pdf", told.append)
    sentence = "本机的字体里没有“\ue000”“\ue001”，文中印成“〓”，请改用其他写法。"
    assert told == [sentence]
    assert proof_of(paper).advice.startswith(sentence)


def test_the_map_of_rare_characters_is_mended_once() -> None:
    before = ttfonts.makeToUnicodeCMap
    unicode_map.mend()
    assert ttfonts.makeToUnicodeCMap is before
    assert "<01> <D870DF86>" in before("F", [0, 0x2C386])
    assert "<01> <5B89>" in before("F", [0, 0x5B89])
