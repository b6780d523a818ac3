"""Whether a table goes on in the next one, as over the end of a page, and both put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hazard_desk.grid.cells import CellContent, is_empty
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


def one_table(before: Grid, after: Grid, between: Sequence[str]) -> Grid | None:
    """Return two tables as one where the second goes on with the first; None where they are two.

    They are one where the heading comes again, or where rows of the same columns follow directly. Lines
    ``between`` them that say something stay as rows across all columns.
    """
    fitted = _fitted(before, after)
    bands = _following(before, fitted, between) if fitted else None
    return _joined(before, fitted, bands) if fitted and bands is not None else None


def _following(before: Grid, after: Grid, between: Sequence[str]) -> list[str] | None:
    """The lines that stay as rows between two parts of one table; None where they are two."""
    titles = {_plain(line) for line in (*before.above, *_titles(before))}
    bands = [line for line in between if not _CONTINUED.fullmatch(line) and _plain(line) not in titles]
    if len(bands) > _MOST_BANDS or any(_is_prose(line) or _APART.search(line) for line in bands):
        return None
    if before.width < 2:
        return None
    if sum(_repeated(before, after)):
        return bands
    return [] if not bands and _goes_on(before, after) else None


def _joined(before: Grid, after: Grid, bands: Sequence[str]) -> Grid:
    """Both parts as one table: the heading once."""
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


def _fitted(before: Grid, after: Grid) -> Grid | None:
    """The second part on the columns of the first, where it was laid out on others; None if it does not fit.

    A column that was split for one row of a page makes every heading behind it stand farther right.
    """
    if before.width == after.width:
        return after
    own, again = len(_titles(before)), len(_titles(after))
    if own >= len(before.rows) or again >= len(after.rows) or _words(before, own) != _words(after, again):
        return None
    there = [column for _, column in before.places(own)] + [before.width]
    here = [column for _, column in after.places(again)] + [after.width]
    moved: dict[int, int] = {}
    for at, (first, behind) in enumerate(pairwise(here)):
        room = there[at + 1] - there[at]
        moved |= {column: there[at] + min(column - first, room - 1) for column in range(first, behind)}
    rows: list[list[CellContent]] = []
    for cells in after.rows:
        row: list[CellContent] = [""] * before.width
        for column, cell in enumerate(cells):
            if not is_empty(cell):
                if not is_empty(row[moved[column]]):
                    return None
                row[moved[column]] = cell
        rows.append(row)
    ends = dict(zip((end - 1 for end in here[1:]), (end - 1 for end in there[1:]), strict=True))
    merges = [
        (top, moved[left], down, ends.get(right, moved[right])) for top, left, down, right in after.merges
    ]
    return replace(after, rows=rows, merges=merges)


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
