"""Text -> its pinyin initials, by a table of first letters that is made at set-up.

What ``initials`` returns is kept in the search index: a change to it needs ``search.rebuild``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from hazard_desk.rules.grams import HAN, comparable

_TABLE = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "initials.txt"
"""With all else that is made at set-up, in the bundle too; by ``resources/initials/build.py``."""
_FIRST = 0x3005

_NO_INITIAL = re.compile(r"[^a-z0-9]")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_READ_TWICE = {"长": "cz", "乐": "ly", "重": "cz", "行": "hx", "盛": "cs", "朝": "cz", "调": "dt", "传": "cz"}
"""Characters of names whose reading no phrase decides (长岭, 乐民), with both first letters."""
_TWICE_AT_MOST = 3


def initials(text: str) -> str:
    """Return the pinyin initials of a text, of the same length: 三星乡3号，甲 -> ``sxx3h j``.

    Letters and digits stand for themselves, a blank for anything else. Of several readings the one
    of the longest known phrase counts (重庆 -> ``cq``), else the most usual one (单 -> ``d``).
    """
    return _NO_INITIAL.sub(" ", _HAN_RUN.sub(lambda run: _first_letters(run[0]), comparable(text)))


def initials_read(text: str) -> str:
    """Return the initials without blanks in each reading that may be meant: 长岭 -> ``zl cl``."""
    said, found = comparable(text), [initials(text)]
    for at in [at for at, char in enumerate(said) if char in _READ_TWICE][:_TWICE_AT_MOST]:
        other = _READ_TWICE[said[at]].replace(found[0][at], "")[:1]
        found += [f"{one[:at]}{other}{one[at + 1 :]}" for one in found]
    return " ".join(one.replace(" ", "") for one in found)


@lru_cache(maxsize=50_000)  # names of units and people come again and again
def _first_letters(run: str) -> str:
    """Return the first letters of a run of characters, of the same length; a blank for an unknown one.

    The longest known phrase at a place decides how its characters are read there.
    """
    table, read, at = _table(), "", 0
    while at < len(run):
        phrase, whole = table.longest(run[at:])
        if phrase:
            read += table.odd.get(phrase) or table.plain(phrase)
            at += len(phrase)
        elif whole:  # all that is left only begins a phrase
            return read + table.plain(run[at:])
        else:
            read += table.plain(run[at])
            at += 1
    return read


@dataclass(frozen=True)
class _Letters:
    characters: str
    """The letter of each, from ``_FIRST`` on."""
    phrases: list[str]
    """All known ones, sorted."""
    odd: dict[str, str]
    """The letters of phrases that are not read as their characters are."""

    def plain(self, run: str) -> str:
        """Return the letters of characters, each for itself."""
        places = (ord(char) - _FIRST for char in run)
        return "".join(self.characters[at] if 0 <= at < len(self.characters) else " " for at in places)

    def longest(self, run: str) -> tuple[str, bool]:
        """Return the longest phrase that a run begins with, '' for none; whether all of it begins one."""
        found, low = "", 0
        for end in range(1, len(run) + 1):
            begun = run[:end]
            low = bisect_left(self.phrases, begun, low)
            known = self.phrases[low] if low < len(self.phrases) else ""
            if not known.startswith(begun):
                return found, False
            if known == begun:
                found = begun
        return found, True


@cache
def _table() -> _Letters:
    characters, phrases, odd, letters = _TABLE.read_text(encoding="utf-8").split("\n")
    return _Letters(
        characters, phrases.split(" "), dict(zip(odd.split(" "), letters.split(" "), strict=True))
    )
