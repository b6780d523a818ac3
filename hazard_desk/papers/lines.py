"""Breaks Chinese text into lines: no mark where it may not stand, no word or number torn apart.

A mark that may not begin a line is pushed down together with the character before it. Widths come from
the caller: ``measure`` returns one advance per character, in the unit of ``width``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

Widths = Callable[[str], Sequence[float]]

RAISED = "¹²³" + "".join(chr(code) for code in (0x2070, *range(0x2074, 0x207A), *range(0x2080, 0x208A)))
"""Digits above and below the line: m², CO₂."""

NO_START = frozenset("，。、；：？！”’）》〉】〕」』〗…—–·％‰～,.;:?!%)]}℃℉°′″㎡㎥㎜㎝㎞㎏" + RAISED)
"""Characters that may not begin a line (GB/T 15834-2011 §5.1, 〕 of document numbers, and units' signs)."""

NO_END = frozenset("“‘（《〈【〔「『〖([{±§№≥≤￥＄")
"""Characters that may not end a line: opening marks, and signs that belong to the number after them."""

HALF_AT_END = frozenset("，。、；：？！”’）》〉】〕」』〗")
"""Marks whose right half is empty: at a line's end they need only half their width."""

BLANKS = " \u3000"
NO_BREAK = "\u00a0"
"""A blank at which no line ends."""
_HELD = re.compile(
    r"(?<![A-Za-z])[A-Z]{1,4}(?:/[A-Z]{1,2})?\d{0,2}( )(?=\d)"  # GB 35181, GB/T 9704, DB50/T 123
    r"|(?<=[№§])( )(?=\d)"
    r"|(?<=\d)( )(?=[A-Za-zμΩ℃℉°%‰㎡㎥㎜㎝㎞㎏]{1,3}(?:[²³2-3]|/[a-z]{1,3})?(?![A-Za-z]))"  # 3 mm, 0.4 MPa
)
_NUMBER = re.compile(r"[^\d\s，。；：、]{1,12}[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,6}号?")
_TOLERANCE = 0.01
_WORD = re.compile(f"[!-~À-ӿ°µ±·‰℃℉∶≈≠≤≥→√Ⅰ-ⅿ①-⓿{RAISED}]+")
"""Latin, digits, and the signs that stand in numbers and measures (to UAX #14 most of these are letters)."""
_WORD_CHARS = frozenset(char for char in map(chr, range(0x21, 0x2500)) if _WORD.match(char))
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_ODD = re.compile(f"[{_HIDDEN}\t\r\x0b\x0c\x85\u2028\u2029]")
"""What ``printable`` changes; most texts hold nothing of it."""


class BrokenLine(NamedTuple):
    """A line, its natural width, and whether a paragraph or a forced line ends with it."""

    text: str
    width: float
    last: bool


def printable(text: str) -> str:
    """Return ``text`` as it can be printed: tabs are blanks, controls and invisible marks are gone."""
    if not _ODD.search(text):
        return text
    return _INVISIBLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


def held_together(text: str) -> str:
    """Return ``text`` with no-break blanks in a standard's number, and before the unit of a number."""
    return _HELD.sub(lambda found: found[0].replace(" ", NO_BREAK), text) if " " in text else text


def break_lines(
    text: str, measure: Widths, width: float, first_indent: float = 0, half_ends: bool = False
) -> list[BrokenLine]:
    """Return the lines of clean ``text`` on ``width``, at least one; \\n breaks a line.

    The very first line is shorter by ``first_indent``. With ``half_ends`` a closing mark at a line's
    end needs half its width (for narrow cells, where pushing would leave holes).
    """
    lines: list[BrokenLine] = []
    for paragraph in text.split("\n"):
        indent = 0 if lines else first_indent
        lines += _Breaker(paragraph.rstrip(BLANKS), measure, width, half_ends).lines(indent)
    return lines


def is_word(char: str) -> bool:
    """True for a character that stays with its neighbours of the same kind: 2023-05-18, GB/T, café, 3×5."""
    return char in _WORD_CHARS


def is_number(text: str) -> bool:
    """True for the number of a document or hazard (三星隐患〔2023〕001号): a table keeps it on one line."""
    return bool(_NUMBER.fullmatch(text))


def longest_word(text: str) -> str:
    """Return the longest run of ``text`` that is not broken (by its number of characters), or ''."""
    return max(_WORD.findall(text), key=len, default="")


class _Breaker:
    def __init__(self, text: str, measure: Widths, width: float, half_ends: bool) -> None:
        self.text = text
        self.held = held_together(text)
        self.advances = measure(text)
        self.ends = list(accumulate(self.advances))
        self.width = width + _TOLERANCE
        self.half_ends = half_ends

    def lines(self, indent: float) -> list[BrokenLine]:
        lines: list[BrokenLine] = []
        start, size = 0, len(self.text)
        while True:
            stop = self._stop(start, self._begin(start) + self.width - indent)
            text = self.text[start:stop].rstrip(BLANKS)
            end = start + len(text)
            lines.append(BrokenLine(text, self._begin(end) - self._begin(start), stop >= size))
            if stop >= size:
                return lines
            start, indent = stop, 0

    def _begin(self, at: int) -> float:
        """Where the character at ``at`` begins on an endless line."""
        return self.ends[at - 1] if at else 0

    def _stop(self, start: int, limit: float) -> int:
        """The end of the line that begins at ``start`` and may reach ``limit``."""
        furthest = max(bisect_right(self.ends, limit, start), start + 1)
        furthest = self._skip_blanks(furthest)
        if furthest < len(self.text) and self._half_end_fits(furthest, limit):
            furthest = self._skip_blanks(furthest + 1)
        if furthest >= len(self.text):
            return len(self.text)
        for allowed in (self._may_break, self._between_words):
            stop = self._back(start, furthest, allowed)
            if stop == furthest or (stop > start and not self._longer_than_a_line(stop, furthest, allowed)):
                return stop
        stop = self._back(start, furthest, self._marks_allow)
        return stop if stop > start else furthest

    def _skip_blanks(self, at: int) -> int:
        """Blanks hang over the end of a line; none begins the next."""
        while at < len(self.text) and self.text[at] in BLANKS:
            at += 1
        return at

    def _half_end_fits(self, at: int, limit: float) -> bool:
        half = self.ends[at] - self.advances[at] / 2
        return self.half_ends and self.text[at] in HALF_AT_END and half <= limit

    def _back(self, start: int, stop: int, allowed: Callable[[int], bool]) -> int:
        while stop > start and not allowed(stop):
            stop -= 1
        return stop

    def _longer_than_a_line(self, stop: int, furthest: int, allowed: Callable[[int], bool]) -> bool:
        """True when what was pushed down from ``stop`` on does not fit a whole line either."""
        end = furthest
        while end < len(self.text) and not allowed(end):
            end += 1
        return self._begin(end) - self._begin(stop) > self.width

    def _may_break(self, at: int) -> bool:
        return self._between_words(at) and NO_BREAK not in self.held[at - 1 : at + 1]

    def _between_words(self, at: int) -> bool:
        torn = self.text[at - 1] in _WORD_CHARS and self.text[at] in _WORD_CHARS
        return not torn and self._marks_allow(at)

    def _marks_allow(self, at: int) -> bool:
        """True when the marks before and after ``at`` may stand at a line's end and start."""
        if self.text[at] in NO_START or self.text[at] in BLANKS:
            return False
        before = at - 1
        while before > 0 and self.text[before] in BLANKS:
            before -= 1
        return self.text[before] not in NO_END
