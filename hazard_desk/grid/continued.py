"""Whether a table goes on in the next one, as over the end of a page, and both put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hazard_desk.grid.grid import Grid, Merge

_HIGHEST = 3
"""Rows of a heading."""
_TITLES = 3
"""Rows over a heading within the table."""
_LONGEST_HEADING = 30
_LONGEST_BAND = 60
_MOST_BANDS = 3
"""Lines between two parts of a table: more, or longer ones, are prose between two tables."""
_CONTINUED = re.compile(
    r"[（(【]?(?:接?(?:上表|上页|前表)|续?接?上|续附?表?|附?表?续)[\d一二三四五六七八九十]*[）)】]?(?:[:：].*)?"
    r"|[-—–\s]*(?:第?\d+页?)[-—–\s]*|.{0,40}[（(]续表?[一二三四五六七八九十\d]*[）)]"
)
_APART = re.compile(r"^附件|填报|填表|制表|审核人|报送单位")
"""Lines with which another table begins, or this one ends."""
_BAND = re.compile(r"[（(]?[一二三四五六七八九十]+[、）)]")
_VALUE = re.compile(r"[\d.\-/年月日%％]+")
_ENDS_SENTENCE = ("。", "；", ";")

Bands = list[str]


def following(before: Grid, after: Grid, between: Sequence[str]) -> Bands | None:
    """Return the lines that stay as bands between two parts of one table; None where they are two.

    They are one where the heading comes again, or where rows of the same columns follow directly.
    """
    titles = {_plain(line) for line in (*before.above, *_titles(before))}
    bands = [line for line in between if not _CONTINUED.fullmatch(line) and _plain(line) not in titles]
    if len(bands) > _MOST_BANDS or any(_is_prose(line) or _APART.search(line) for line in bands):
        return None
    if before.width != after.width or before.width < 2:
        return None
    if sum(_repeated(before, after)):
        return bands
    return [] if not bands and _goes_on(before, after) else None


def joined_tables(before: Grid, after: Grid, bands: Bands) -> Grid:
    """Return both parts as one table: the heading once, lines between them as rows across all columns."""
    first = sum(_repeated(before, after))
    titles = [text for row in range(first) for text in _only(after, row)]
    known = {_plain(line) for line in (*before.above, *_titles(before))}
    inner = [text for text in titles if not _CONTINUED.fullmatch(text) and _plain(text) not in known]
    width = before.width
    across = [[text, *[""] * (width - 1)] for text in (*bands, *inner)]
    top = len(before.rows)
    start = top + len(across) - first
    merges: list[Merge] = [*before.merges, *((top + at, 0, top + at, width - 1) for at in range(len(across)))]
    merges += [
        (max(upper, first) + start, left, lower + start, right)
        for upper, left, lower, right in after.merges
        if lower >= first
    ]
    return replace(before, rows=[*before.rows, *across, *after.rows[first:]], merges=merges)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _is_prose(line: str) -> bool:
    return len(line) > _LONGEST_BAND or line.endswith(_ENDS_SENTENCE)


def _only(table: Grid, row: int) -> list[str]:
    """The one text of a row that says nothing else."""
    line = table.line(row)
    return line if len(line) == 1 else []


def _titles(table: Grid) -> list[str]:
    """The texts of the rows at the top that say one thing each."""
    found: list[str] = []
    for row in range(min(_TITLES, len(table.rows))):
        if not (text := _only(table, row)):
            break
        found += text
    return found


def _words(table: Grid, row: int) -> list[str]:
    return [_plain(table.text(*place)) for place in table.places(row)]


def _repeated(before: Grid, after: Grid) -> tuple[int, int]:
    """How many rows of titles, and how many of the heading, come again at the top of ``after``."""
    skipped, own = len(_titles(after)), len(_titles(before))
    if skipped >= len(after.rows) or own >= len(before.rows):
        return 0, 0
    same = 0
    for at in range(_height(before, own)):
        words = _words(after, skipped + at)
        if words != _words(before, own + at) or not _is_heading(words):
            break
        same += 1
    return (skipped, same) if same else (0, 0)


def _height(table: Grid, first: int) -> int:
    """How many rows the heading takes that begins in row ``first``: those that its blocks show."""
    blocks = [block for block in table.merges if block[0] == first]
    down = max((block[2] for block in blocks), default=first) - first + 1
    across = any(block[3] > block[1] and block[2] == first for block in blocks)
    return min(max(down, 1 + across), _HIGHEST, len(table.rows) - first)


def _is_heading(words: Sequence[str]) -> bool:
    """Whether a row tells what stands below: short texts, no values, hardly one cell empty."""
    told = [word for word in words if word]
    return (
        len(set(told)) >= min(2, len(words))
        and len(told) * 2 > len(words)
        and all(len(word) <= _LONGEST_HEADING and not _VALUE.fullmatch(word) for word in told)
    )


def _goes_on(before: Grid, after: Grid) -> bool:
    """Whether the first row of ``after`` is a row of values below the heading of ``before``."""
    own, bands = len(_titles(before)), _titles(after)
    if own >= len(before.rows) or len(bands) >= len(after.rows):
        return False
    heading, words = _words(before, own), _words(after, len(bands))
    if not _is_heading(heading) or not all(map(_BAND.match, bands)) or not any(words):
        return False
    if set(filter(None, heading)) & set(words):
        return False  # a form that comes again, filled otherwise
    last = next((word for row in reversed(before.rows) if (word := _number(row))), 0)
    now = _number(after.rows[len(bands)])
    if now and last:
        return now == last + 1
    return not _is_heading(words) or any(len(word) > _LONGEST_HEADING // 2 for word in words)


def _number(row: Sequence[object]) -> int:
    """The number that a row begins with, 0 for none."""
    text = str(row[0]).strip() if row else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
