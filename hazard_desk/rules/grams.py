"""Text -> the tokens by which it is searched: pairs of Chinese characters, whole words of letters and digits.

A run of Han characters becomes its overlapping pairs and its last character alone (三星乡 -> 三星 星乡 乡).
So one character is the beginning of a token, and more are a phrase of pairs: found exactly, neither too
little nor too much, without a dictionary of words. What these functions return is kept in the search
index: a change to them needs ``store.search.rebuild``.
"""

from __future__ import annotations

import re
import unicodedata

# 々, 〇, the ideographs of all planes; and U+E000–F8FF, where older systems keep rare characters of names.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
_ASKED_INITIALS = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*|[0-9]{4,}")
"""Letters, perhaps with digits; digits alone only when they may be the end of a phone number (尾号)."""


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


def initial_tokens(letters: str) -> list[str]:
    """Return the tokens of what ``store.initials`` returned: pairs of letters, like those of characters."""
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
