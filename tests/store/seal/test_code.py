"""The recovery code: typed again in any shape, a slip is told."""

from __future__ import annotations

import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.store.seal.code import code_of, new_code, secret_of

SECRET = bytes(range(16))


@given(st.binary(min_size=16, max_size=16))
def test_it_holds_its_secret(secret: bytes) -> None:
    code = code_of(secret)
    assert secret_of(code) == secret
    assert [len(group) for group in code.split("-")] == [4] * 8


def test_no_two_are_alike() -> None:
    assert len({new_code() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code}。",
    ],
)
def test_it_may_be_typed_in_any_grouping(typed) -> None:
    assert secret_of(typed(code_of(SECRET))) == SECRET


def test_wide_letters_and_letters_like_digits_are_understood() -> None:
    code = code_of(SECRET)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert secret_of(wide) == SECRET
    assert secret_of(code.replace("0", "O").replace("1", "l")) == SECRET


@given(st.binary(min_size=16, max_size=16), st.data())
def test_one_wrong_character_is_told(secret: bytes, data: st.DataObject) -> None:
    code = code_of(secret)
    place = data.draw(st.sampled_from([at for at, sign in enumerate(code) if sign != "-"]))
    other = data.draw(
        st.sampled_from([sign for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if sign != code[place]])
    )
    with pytest.raises(Refused, match="有输错的地方"):
        secret_of(code[:place] + other + code[place + 1 :])


@given(st.binary(min_size=16, max_size=16), st.integers(0, 30))
def test_two_neighbours_swapped_are_told(secret: bytes, place: int) -> None:
    text = code_of(secret).replace("-", "")
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if swapped != text:
        with pytest.raises(Refused):
            secret_of(swapped)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "现在输入了0个"), ("ABCD", "现在输入了4个"), ("UUUU", "没有“U”"), ("中文", "没有“中、文”")],
)
def test_what_is_wrong_is_said(typed: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as caught:
        secret_of(typed)
    assert caught.value.field == "code"


@given(st.text(string.printable + "恢复码", max_size=40))
def test_whatever_is_typed_is_refused_or_is_a_code(typed: str) -> None:
    with suppress(Refused):
        assert code_of(secret_of(typed))
