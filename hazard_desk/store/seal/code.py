"""The recovery code of a desk: 128 random bits as a person writes them down and types them again.

Eight groups of four letters and digits; the last six characters are a check, so that a slip is told from a
code of another desk. Letters that are taken for digits (I, L, O) are read as those; U is not used.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from hazard_desk.errors import Refused

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TAKEN_FOR = str.maketrans("ILO", "110")
_BYTES, _SECRET, _CHECK, _GROUP = 16, 26, 6, 4
"""Bytes of the secret; characters that hold it, of its check, of a group."""


def new_code() -> str:
    """Return a code that was never given before."""
    return code_of(secrets.token_bytes(_BYTES))


def code_of(secret: bytes) -> str:
    """Return 16 bytes as a code: ABCD-EFGH-…"""
    text = _signs(int.from_bytes(secret, "big"), _SECRET) + _check(secret)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def secret_of(typed: str) -> bytes:
    """Return the 16 bytes that a typed code holds, in whatever case, grouping and width of characters.

    Raises ``Refused`` telling what is wrong with it.
    """
    text = unicodedata.normalize("NFKC", typed).upper().translate(_TAKEN_FOR)
    text = "".join(sign for sign in text if sign.isalnum())
    if strange := sorted(set(text) - set(_SIGNS)):
        raise Refused(f"恢复码里没有“{'、'.join(strange)}”，请对照纸上的恢复码检查", "code")
    if len(text) != _SECRET + _CHECK:
        raise Refused(f"恢复码共{_SECRET + _CHECK}个字母和数字，现在输入了{len(text)}个，请检查", "code")
    number = sum(_SIGNS.index(sign) << 5 * place for place, sign in enumerate(reversed(text[:_SECRET])))
    secret = (number % (1 << 8 * _BYTES)).to_bytes(_BYTES, "big")
    if code_of(secret).replace("-", "") != text:
        raise Refused("恢复码有输错的地方，请逐组对照纸上的恢复码检查", "code")
    return secret


def _check(secret: bytes) -> str:
    return _signs(int.from_bytes(hashlib.sha256(b"check " + secret).digest()[:8], "big"), _CHECK)


def _signs(number: int, count: int) -> str:
    """The last ``count`` digits of a number to the base 32."""
    return "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(count)))
