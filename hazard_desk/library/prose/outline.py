"""The lines of a document in prose, and how they are numbered: 一、 （一） 1. （1） ①.

A line is a paragraph, put together where a page break cut it, without the marks that converters leave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hazard_desk.grid.document import Paragraph
from hazard_desk.library.annex.origins import UsedSpan

_RANKS = (
    re.compile(
        r"(?:第[一二三四五六七八九十]{1,3}(?:部分|章)[、.．:：]?|[一二三四五六七八九十]{1,3}\s*[、.．])\s*"
    ),
    re.compile(r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)][、.．]?\s*"),
    re.compile(r"\d{1,3}\s*(?:[、．]|\.(?!\d))\s*"),
    re.compile(r"[（(]\s*\d{1,3}\s*[）)][、.．]?\s*"),
    re.compile(r"[①-⑳]\s*"),
)
"""How a number looks, by rank: 一、 is 1, ① is 5."""
_LEFTOVERS = re.compile(r"^\s*#{1,6}\s*|\*\*|\[bookmark:[^\]]*\]|[\u200b\ufeff]")
_WHOLE = re.compile(r"[。！？；;：:”’）)〕】\]》>.]$")
_LIST = re.compile(r"^(?:[^：:]{1,14}[:：]|附件|附\s*[:：]|注\s*[:：])")
_LONG = 18
"""Characters of a line that a page break may have cut; what is shorter is a heading, a name, a date."""


@dataclass(frozen=True)
class TextLine:
    """One line of the text."""

    text: str
    """Without its number."""
    rank: int = 0
    """1 for 一、 … 5 for ①; 0 without a number."""
    mark: str = ""
    """The number as it is written."""
    parts: tuple[UsedSpan, ...] = ()
    """Where its characters stand, one after the other."""

    @property
    def whole(self) -> str:
        """The number and the text."""
        return f"{self.mark}{self.text}"

    @property
    def place(self) -> int:
        """The place of the paragraph in which it begins."""
        return self.parts[0].place

    def spans(self, what: str, start: int = 0, end: int | None = None) -> list[UsedSpan]:
        """Return where these characters of ``whole`` stand in the document; without bounds, all of it."""
        if end is None:
            return [replace(part, what=what) for part in self.parts]
        found, before = [], 0
        for part in self.parts:
            length = part.end - part.start
            first, last = max(start - before, 0), min(end - before, length)
            if first < last:
                found.append(UsedSpan(part.place, part.start + first, part.start + last, what))
            before += length
        return found


def text_lines(paragraphs: Sequence[Paragraph]) -> list[TextLine]:
    """Return the lines of the text in order."""
    lines: list[TextLine] = []
    for paragraph in paragraphs:
        begin = 0
        for text in paragraph.whole.splitlines(keepends=True):
            line = _line(text, paragraph.place, begin)
            begin += len(text)
            if line is None:
                continue
            if lines and _goes_on(lines[-1], line):
                before = lines[-1]
                lines[-1] = replace(before, text=before.text + line.text, parts=before.parts + line.parts)
            else:
                lines.append(line)
    return lines


def _line(text: str, place: int, begin: int) -> TextLine | None:
    bare = _LEFTOVERS.sub("", text).strip(" \t\n\r\u3000\xa0")
    if not re.search(r"\w", bare):
        return None
    start = max(text.find(bare[:8]), 0)
    part = UsedSpan(place, begin + start, begin + max(len(text.rstrip()), start + 1), "")
    for rank, pattern in enumerate(_RANKS, start=1):
        match = pattern.match(bare)
        if match and bare[match.end() :].strip():
            return TextLine(bare[match.end() :], rank, match.group(), (part,))
    return TextLine(bare, parts=(part,))


def _goes_on(before: TextLine, line: TextLine) -> bool:
    """Whether a page break cut the line before: it ends amid a sentence, and this one has no number."""
    if line.rank or line.place == before.place or _LIST.match(line.text) or _WHOLE.search(before.text):
        return False
    sentence = "。" if 0 < before.rank < 3 else "，。；"  # a heading of the higher ranks has commas too
    told = any(mark in before.text for mark in sentence) or (before.rank > 3 and len(before.text) > 2 * _LONG)
    return len(before.text) >= _LONG and told


def first_sentence(text: str) -> tuple[str, str]:
    """Part the name of a point (树牢红线意识。) from what is said of it; ('', text) where it has none."""
    head, mark, rest = re.sub(r"^\s+", "", text).partition("。")
    if mark and rest.strip() and len(head) <= _LONGEST_NAME:
        return head.strip(), rest.strip()
    return "", text.strip()


_LONGEST_NAME = 45
