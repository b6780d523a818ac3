"""What stands in the cells of an annex: numbering before a text, several tasks in one cell, several names."""

from __future__ import annotations

import re
from itertools import pairwise

_NUMBERING = re.compile(
    r"^\s*(?:"
    r"[（(]\s*(?P<bracket>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[）)]"
    r"|(?P<arabic>\d{1,3})\s*(?:[．、]|\.(?!\d)|[）)])"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})、"
    r"|(?P<ring>[①-⑳])"
    r")\s*"
)
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}
_INNER = re.compile(r"(?:(?<=[；;。\n])|^)\s*(?=[（(]\d{1,3}[）)])|(?<=\n)\s*(?=\d{1,3}(?:[．、]|\.(?!\d)))")


_RINGS = re.compile(r"^\s*①.*②", re.DOTALL)
"""①甲；②乙 amid one text: its numbers stay."""


def without_number(text: str) -> tuple[str, int | None]:
    """Return a text without the numbering before it ((1), 1., 一、, （一）, ①), and its number."""
    match = _NUMBERING.match(text)
    if not match or not text[match.end() :].strip():
        return text.strip(), None
    words = match["bracket"] or match["arabic"] or match["chinese"]
    number = ord(match["ring"]) - ord("①") + 1 if match["ring"] else _number(words)
    return text[match.end() :].strip(), number


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS[words[0]]
    return (_DIGITS.get(tens, 1)) * 10 + _DIGITS.get(ones, 0)


def name_in(text: str) -> tuple[str, int | None]:
    """Return the name of an action or key task: one line, without numbering and closing full stop."""
    name, number = without_number(re.sub(r"\s*\n\s*", "", text))
    return name.rstrip("。．.：:"), number


def items(text: str) -> list[tuple[str, int | None]]:
    """Return the tasks in one cell: several where they are numbered in order, (1) … (2) …; else one."""
    parts = [part for part in _INNER.split(text.strip()) if part.strip()]
    read = [without_number(part) for part in parts]
    numbers = [number for _, number in read]
    ordered = all(
        later is not None and earlier is not None and later == earlier + 1
        for earlier, later in pairwise(numbers)
    )
    if len(read) < 2 or not ordered:
        read = [(text.strip(), None) if _RINGS.search(text) else without_number(text)]
    return [(joined(words), number) for words, number in read]


def joined(text: str) -> str:
    """Return a text without the line breaks of the page; those after a whole sentence are the text's own."""
    text = re.sub(r"[ \t]*\n\s*", "\n", text.strip())
    return re.sub(r"(?<![。；：！？])\n(?!\s*(?:[（(]?\d{1,2}[）)．、]|\d{1,2}\.(?!\d)|[①-⑳]))", "", text)


def names(text: str) -> tuple[list[str], str]:
    """Return the names in a cell, and what is doubtful about reading them so ('' when nothing is).

    Marks and line breaks part names, but not within brackets; so do blanks, unless they space out a name of
    two characters (王　强).
    """
    found: list[str] = []
    doubt = ""
    for part in _split(text):
        words = part.split()
        if len(words) > 1 and any(len(word) == 1 for word in words):
            if len(words) == 2 and all(len(re.sub(r"[（(].*", "", word)) == 1 for word in words):
                words = ["".join(words)]
            else:
                doubt = f"“{part.strip()}”中的空格分不清是几个名字，请核对。"
                words = [part.strip()]
        found += words
    return list(dict.fromkeys(found)), doubt


def _split(text: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += (char in "（(") - (char in "）)")
        if depth <= 0 and char in "、，,；;\n\r/":
            depth = 0
            parts.append("")
        else:
            parts[-1] += char
    joined: list[str] = []
    for part in (part.strip(" \t\u3000。") for part in parts):
        if part[:1] in ("（", "(") and joined:
            joined[-1] += part
        elif part:
            joined.append(part)
    return joined
