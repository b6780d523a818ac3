"""Texts become tokens: pairs of characters, words of letters and digits, pinyin initials."""

from __future__ import annotations

from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.rules.grams import (
    asked,
    asked_initials,
    comparable,
    first_run,
    initial_tokens,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("三", "三"),
        ("三星乡", "三星 星乡 乡"),
        ("三星。星乡", "三星 星 星乡 乡"),
        ("一\n二　三", "一 二 三"),
        ("LNG储罐", "lng 储罐 罐"),
        ("13号楼A栋", "13 号楼 楼 a 栋"),
        ("三政办发〔2023〕76号", "三政 政办 办发 发 2023 76 号"),
        ("１２Ａb，ｃ", "12ab c"),
        ("Ünï_ß", "ünï ß"),
        ("𬎆䶮㛃", "𬎆䶮 䶮㛃 㛃"),
        ("二〇二三年", "二〇 〇二 二三 三年 年"),
        ("\U0001f600()*\"'\0", ""),
        ("王\ue863明", "王\ue863 \ue863明 明"),
        ("\uf9d1⼀", "六一 一"),
    ],
)
def test_a_text_becomes_tokens(text, expected):
    assert tokens(text) == expected.split()


@given(st.text())
def test_folding_keeps_the_length_and_is_done_once(text):
    assert len(comparable(text)) == len(text)
    assert comparable(comparable(text)) == comparable(text)


@given(st.text(st.one_of(st.characters(), st.characters(max_codepoint=127))))
def test_tokens_hold_nothing_that_a_query_language_could_read(text):
    """Of ASCII only small letters and digits; no blanks, no lone surrogates."""
    for token in tokens(text):
        assert token == comparable(token)
        assert all(char in ascii_lowercase + digits or ord(char) > 127 for char in token)
        assert not any(char.isspace() for char in token)
        token.encode("utf-8")


@pytest.mark.parametrize(
    ("word", "expected", "beginning"),
    [
        ("三", "三", True),
        ("三星", "三星", False),
        ("三星乡", "三星 星乡", False),
        ("13", "13", True),
        ("〔2023〕76", "2023 76", True),
        ("76号", "76 号", True),
        ("76号楼", "76 号楼", False),
        ("乡，三星。", "乡 三星", False),
        ("*（”\0", "", False),
    ],
)
def test_the_end_of_a_word_asked_for_is_open(word, expected, beginning):
    assert asked(word) == (expected.split(), beginning)


@pytest.mark.parametrize(
    ("word", "expected", "beginning"),
    [
        ("s", "s", True),
        ("SXX", "sx xx", False),
        ("3hl", "3h hl", False),
        ("76", "", False),
        ("5678", "56 67 78", False),
        ("三x", "", False),
        ("a-b", "", False),
        ("é", "", False),
    ],
)
def test_letters_are_initials_and_so_are_the_last_digits_of_a_phone(word, expected, beginning):
    assert asked_initials(word) == (expected.split(), beginning)


def test_initials_become_pairs():
    assert initial_tokens("sxx3h  j") == ["sx", "xx", "x3", "3h", "h", "j"]


def test_the_first_run_of_a_word():
    assert first_run("“三星A”") == "三星"
    assert first_run("？") == ""
