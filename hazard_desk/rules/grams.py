"""Text -> the tokens by which it is searched: pairs of Chinese characters, whole words of letters and digits.

A run of Han characters becomes its overlapping pairs and its last character alone (三星乡 -> 三星 星乡 乡).
So one character is the beginning of a token, and more are a phrase of pairs: found exactly, neither too
little nor too much, without a dictionary of words. What these functions return is kept in the search
index: a change to them needs ``store.search.rebuild``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache, partial

# 々, 〇, the ideographs of all planes; and U+E000–F8FF, where older systems keep rare characters of names.
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{_HAN}]+)|([^\W_{_HAN}]+)")
_HAN_RUN = re.compile(rf"[{_HAN}]+")
_NO_INITIAL = re.compile(r"[^a-z0-9]")
_ASKED_INITIALS = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*|[0-9]{4,}")
"""Letters, perhaps with digits; digits alone only when they may be the end of a phone number (尾号)."""

_NAMES = {"曾": "zēng", "翟": "zhái", "覃": "qín", "晟": "shèng"}
"""Characters that ledgers hold as names nearly always, where the dictionary puts another reading first."""


class _Folding(dict[int, str]):
    """Character -> how it is compared, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _single(unicodedata.normalize("NFKC", chr(code)), chr(code))
        self[code] = folded = _single(folded.lower(), folded)
        return folded


def _single(char: str, otherwise: str) -> str:
    return char if len(char) == 1 else otherwise


_FOLDING = _Folding()


def comparable(text: str) -> str:
    """Return ``text`` as it is compared: half-width, lower case; of the same length."""
    return text.translate(_FOLDING)


def tokens(text: str) -> list[str]:
    """Return the tokens of a whole text, in its order."""
    return [token for run in _runs(text) for token in run]


def initials(text: str) -> str:
    """Return the pinyin initials of a text, of the same length: 三星乡3号，甲 -> ``sxx3h j``.

    Letters and digits stand for themselves, a blank for anything else. Of several readings the one
    of the longest known phrase counts (重庆 -> ``cq``), else the most usual one (单 -> ``d``).
    Needs pypinyin, which ``asked_initials`` does not: reading the index costs nothing of it.
    """
    return _NO_INITIAL.sub(" ", _HAN_RUN.sub(lambda run: _first_letters(run[0]), comparable(text)))


def initials_read(text: str) -> str:
    """Return the initials without blanks in each reading that may be meant: 长岭 -> ``zl cl``."""
    said, found = comparable(text), [initials(text)]
    for at in [at for at, char in enumerate(said) if char in _READ_TWICE][:_TWICE_AT_MOST]:
        other = _READ_TWICE[said[at]].replace(found[0][at], "")[:1]
        found += [f"{one[:at]}{other}{one[at + 1 :]}" for one in found]
    return " ".join(one.replace(" ", "") for one in found)


def initial_tokens(letters: str) -> list[str]:
    """Return the tokens of what ``initials`` returned: pairs of letters, like those of characters."""
    return [token for run in letters.split() for token in _pairs(run)]


def asked(word: str) -> tuple[list[str], bool]:
    """Return the tokens that a word being typed stands for; True when the last is only a beginning.

    The list is empty when there is nothing in the word to search by.
    """
    return _unfinished(_runs(word))


def asked_initials(word: str) -> tuple[list[str], bool]:
    """Return the same as ``asked`` for a word taken as initials; [] when it cannot be such."""
    letters = comparable(word)
    return _unfinished([_pairs(letters)] if _ASKED_INITIALS.fullmatch(letters) else [])


def first_run(word: str) -> str:
    """Return the first run of characters or letters in a word, folded; "" when there is none."""
    found = _RUN.search(comparable(word))
    return found[0] if found else ""


def _runs(text: str) -> list[list[str]]:
    return [_pairs(han) if han else [word] for han, word in _RUN.findall(comparable(text))]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]


def _unfinished(runs: list[list[str]]) -> tuple[list[str], bool]:
    """The last run may go on in the text: a pair at its end is whole, a single token is a beginning."""
    if runs and len(runs[-1]) > 1:
        runs[-1].pop()
        return [token for run in runs for token in run], False
    return [token for run in runs for token in run], bool(runs)


_READ_TWICE = {"长": "cz", "乐": "ly", "重": "cz", "行": "hx", "盛": "cs", "朝": "cz", "调": "dt", "传": "cz"}
"""Characters of names whose reading no phrase decides (长岭, 乐民), with both first letters."""
_TWICE_AT_MOST = 3


@lru_cache(maxsize=50_000)  # names of units and people come again and again
def _first_letters(run: str) -> str:
    return "".join(_reader()(run, errors=lambda unknown: " " * len(unknown)))


@cache
def _reader() -> Callable[..., list[str]]:
    """Return pypinyin's reading by first letters; loading its dictionaries takes 0.3 s and 50 MB."""
    from pypinyin import Style, lazy_pinyin, load_single_dict

    load_single_dict({ord(char): reading for char, reading in _NAMES.items()})
    return partial(lazy_pinyin, style=Style.FIRST_LETTER)
