"""When two names mean the same: of an object of supervision, of a person."""

from __future__ import annotations

import re

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANK = re.compile(r"\s+")
_FORM = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司|有限|责任")
_MARKS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[A-Za-z·.]")


def same_key(name: str) -> str:
    """Return what two spellings of one name share: no blanks, no full-width signs; brackets count."""
    return _BLANK.sub("", name).translate(_WIDE)


def like_key(name: str) -> str:
    """Return what names share that may well be one firm's: also without 有限公司 and the like, and signs.

    Two names that are alike so are offered to the clerk, never joined alone.
    """
    key = same_key(name)
    return _MARKS.sub("", _FORM.sub("", key)) or key


def person(name: str) -> str:
    """Return a person's name as it is compared: 张 三 is 张三; blanks within a foreign name stay."""
    return " ".join(name.split()) if _LETTERS.search(name) else same_key(name)
