"""Texts are found by their pinyin initials, in each reading of a name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from hazard_desk.rules.grams import comparable
from hazard_desk.store.initials import initials, initials_read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三星乡镇", "sxxz"),
        ("三星乡3号，甲", "sxx3h j"),
        ("LNG储罐", "lngcg"),
        ("重庆路", "cql"),
        ("重大隐患", "zdyh"),
        ("行业领域银行", "hylyyh"),
        ("长期坚持村长", "cqjccz"),
        ("李喆", "lz"),
        ("单明", "dm"),  # the surname reads shàn; a surname of many readings keeps the usual one
        ("曾强", "zq"),
        ("未曾", "wc"),
        ("覃晟", "qs"),
        ("女嗯", "nn"),
        ("𬎆龘", "yd"),
        ("\ue000\ue001三", "  s"),
        ("ひé1", "  1"),
    ],
)
def test_pinyin_initials(text, expected):
    assert initials(text) == expected


@pytest.mark.parametrize(
    ("text", "letters"),
    [("长岭乐民超市", ["cllmcs", "zllmcs"]), ("红星超市", ["hxcs"]), ("校长 办", ["xzb"])],
)
def test_each_reading_of_a_name_is_found_by_its_initials(text, letters):
    assert set(letters) <= set(initials_read(text).split())


@given(st.text(st.one_of(st.characters(), st.sampled_from("三星乡重庆单喆a1，"))))
def test_initials_stand_under_their_characters(text):
    letters = initials(text)
    assert len(letters) == len(text)
    assert letters.isascii()


def test_every_common_character_has_an_initial():
    """GB 2312's 6,763 characters: what a township writes."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = [char for code in codes if (char := code.decode("gb2312", errors="ignore"))]
    assert len(characters) == 6763
    assert [char for char in characters if not initials(char).isalpha()] == []


_HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=4)


@given(st.lists(st.sampled_from(sorted(PHRASES_DICT)) | _HAN, max_size=5).map("".join))
def test_first_letters_are_those_of_the_dictionary(text):
    """The table is read as pypinyin reads, which takes 0.3 s and 50 MB; four names are read otherwise."""
    text = comparable(text).translate(dict.fromkeys(map(ord, "曾翟覃晟，· ")))
    said = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=lambda unknown: [" "] * len(unknown))
    assert initials(text) == "".join(one if re.fullmatch("[a-z]", one) else " " for one in said)
