"""Finds the heading of a table under its titles, and what each of its columns holds.

A heading may stand in several rows, merged across and down. What a column may be called is told by a
vocabulary: that of a ledger, or that of the annex of a plan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hazard_desk.errors import Refused
from hazard_desk.grid.cells import cell_text
from hazard_desk.grid.grid import Grid
from hazard_desk.rules.fields import clean

SEARCHED_ROWS = 40
SEARCHED_COLUMNS = 200
_HIGHEST = 3
"""Rows of a heading."""
LONGEST = 60
"""Characters of a heading; what is longer is no heading."""
_LONGEST_AROUND = 14
"""Characters of a heading within which a name is looked for: a title holds such names too."""
_UNITS = ("万元", "元", "人", "天", "个", "处", "次", "家", "米", "平方米", "小时")
_NOTE = re.compile(r"[（(【\[]([^（()）】\]]*)[）)】\]]")
IDLE = ("序号", "编次", "行号", "no", "no.")
_SENDER = re.compile(
    r"(?:填报|报送|上报|填表|编制)(?:单位|部门|村|镇|乡镇)\s*(?:[（(][^）)]*[）)])?\s*[:：]\s*([^\s　:：]+)"
)

_REMEMBERED = 20_000
"""Texts whose comparable form is kept: the same ones are asked for many times."""

Names = Mapping[str, Iterable[str]]
"""By field: what it is called."""


@lru_cache(_REMEMBERED)
def normal(text: str) -> str:
    """Return a heading as it is compared: no blanks, marks, notes; half-width."""
    text = unicodedata.normalize("NFKC", clean(text))
    return re.sub(r"[\s*＊:：、,，。.·_\-]", "", text).lower()


@lru_cache(_REMEMBERED)
def bare(text: str) -> str:
    """A heading without what stands in brackets."""
    return normal(_NOTE.sub("", unicodedata.normalize("NFKC", text))).replace("/", "")


class Vocabulary:
    """What the columns of one kind of table are called, the surest names of each field first."""

    def __init__(
        self,
        *names: Names,
        several: bool = False,
        enough: Callable[[Sequence[str]], bool] = lambda fields: True,
    ) -> None:
        """``several`` columns may hold one field, and a longer heading may have its name within.

        ``enough`` tells whether a row in which these fields are found is a heading.
        """
        self.several, self.enough = several, enough
        self.size = len({field for told in names for field in told})
        self.known = [_by_name(told) for told in names]
        self._around = sorted((name for name in self.known[-1] if len(name) > 2), key=len, reverse=True)
        self.ways = [_exact(known) for known in self.known] + [self._within] * several
        """Ways to ask which fields a text may stand for, the surest first."""

    def field_of(self, text: str) -> str:
        """Return the field that a heading stands for; '' for none."""
        return next((found[0] for way in self.ways if (found := way(text))), "")

    def _within(self, text: str) -> list[str]:
        words = bare(text)
        if len(words) > _LONGEST_AROUND:
            return []
        return next((self.known[-1][name] for name in self._around if name in words), [])


def _exact(known: Mapping[str, list[str]]) -> Callable[[str], list[str]]:
    return lambda text: [*known.get(normal(text), ()), *known.get(bare(text), ())]


def _by_name(names: Names) -> dict[str, list[str]]:
    """Turn names by field into fields by name."""
    found: dict[str, list[str]] = {}
    for field, called in names.items():
        for name in dict.fromkeys(form for one in called for form in (normal(one), bare(one))):
            found.setdefault(name, []).append(field)
    return found


@dataclass(frozen=True)
class HeadingColumn:
    """One column of a table: what stands over it, and the field that it fills."""

    place: int
    """From 0."""
    heading: str
    field: str = ""
    """Name of the field, '' for a column that is not taken in."""
    unit: str = ""
    """The unit that the heading names."""
    known_by: str = ""
    """The part of the heading that told the field."""


@dataclass(frozen=True)
class TableHeading:
    """The heading of a table: the rows it takes (from 0) and its columns."""

    first: int
    last: int
    columns: tuple[HeadingColumn, ...]
    sender: str = ""
    remembered: bool = False
    texts: frozenset[str] = frozenset()
    """What stands in its cells, to know it again on the next page."""
    naming: frozenset[str] = frozenset()
    """The fields of words that a row of data must fill: by what it is known."""

    @property
    def fields(self) -> dict[str, HeadingColumn]:
        """The columns that are taken in, by field name."""
        return {column.field: column for column in self.columns if column.field}

    @property
    def places(self) -> dict[int, str]:
        """Place of each column to the field that it fills, '' for none."""
        return {column.place: column.field for column in self.columns}

    @property
    def shape(self) -> str:
        """What two sheets have in common whose columns mean the same."""
        return "|".join(normal(column.heading) for column in self.columns)

    def mapped(self, chosen: Mapping[int, str]) -> TableHeading:
        """Return the heading with other fields for some columns; one field is never filled by two."""
        columns = [replace(one, field=chosen.get(one.place, one.field)) for one in self.columns]
        taken = [column.field for column in columns if column.field]
        if len(set(taken)) < len(taken):
            raise Refused("有两列对应了同一个栏目，请检查")
        return replace(self, columns=tuple(columns))


def find_heading(grid: Grid, words: Vocabulary, least: int = 2) -> TableHeading | None:
    """Return the heading of a table: the fewest rows in which most fields are found; None for none.

    ``least`` is how many must be found, where the vocabulary has so many.
    """
    top = grid.part(SEARCHED_ROWS + 1, SEARCHED_COLUMNS)
    best: TableHeading | None = None
    most = (min(least, words.size) - 1, SEARCHED_COLUMNS)
    for first, last in _spans(top):
        heading = _read(top, words, first, last)
        fields = [column.field for column in heading.columns if column.field]
        found = (len(set(fields)), len(fields))
        if found > most and words.enough(fields) and _is_whole(top, first, last):
            best, most = heading, found
    return best and replace(best, sender=_sender(top, best.first))


def _spans(top: Grid) -> list[tuple[int, int]]:
    """Return the rows that may be a heading, first and last: the lowest ones first, then from above."""
    found: list[tuple[int, int]] = []
    for last in range(min(len(top.rows), SEARCHED_ROWS)):
        first = _reach(top, last)
        found.append((first, last))
        if first > 0:
            found.append((_reach(top, first - 1), last))
    found = [(first, last) for first, last in found if last - first < _HIGHEST]
    found = [
        (first, last)
        for first, last in found
        if first == last or not (_is_title(top, first) or _stands_alone(top, first, last))
    ]
    return sorted(found, key=lambda span: (span[1] - span[0], span[0]))


def _reach(top: Grid, row: int) -> int:
    """The row in which the highest of the cells begins that reach into a row."""
    return min((place[0] for place in top.places(row)), default=row)


def _is_title(top: Grid, row: int) -> bool:
    told = [place for place in top.places(row) if top.text(*place)]
    return len(told) < 2 and (not told or told[0][1] == 0)


def _stands_alone(top: Grid, first: int, last: int) -> bool:
    """Whether every column has a cell of its own in each of these rows: then the rows are no one heading."""
    places = [(row, column) for row in range(first, last + 1) for column in range(top.width)]
    return all(top.origin(*place) == place and top.text(*place) for place in places)


def _read(top: Grid, words: Vocabulary, first: int, last: int) -> TableHeading:
    """Return what the columns are when the heading stands in these rows."""
    stacks = stacks_over(top, first, last)
    chosen = _chosen(words, {place: stack for place, stack in enumerate(stacks) if stack})
    if words.several:  # what is merged over several columns is one of them
        chosen = {place: one for place, one in chosen.items() if top.origin(last, place)[1] == place}
    columns = []
    for place, stack in enumerate(stacks):
        if stack and (place in chosen or normal(stack[-1]) not in IDLE):
            field, known_by = chosen.get(place, ("", ""))
            heading = "".join(stack).rstrip("*＊")
            columns.append(HeadingColumn(place, heading, field, _unit(stack[-1]), known_by.rstrip("*＊")))
    texts = frozenset(text for row in range(first, last + 1) for text in top.line(row))
    return TableHeading(first, last, tuple(columns), texts=texts)


def stacks_over(top: Grid, first: int, last: int) -> list[list[str]]:
    """Return what stands over each column in the rows of a heading, downwards, each text once."""
    return [_stack(top, first, last, column) for column in range(top.width)]


def _stack(top: Grid, first: int, last: int, column: int) -> list[str]:
    """The texts over a column downwards, each once."""
    texts = (clean(top.text(row, column)[: 4 * LONGEST]) for row in range(first, last + 1))
    return list(dict.fromkeys(text[: LONGEST + 1] for text in texts if text))


def _chosen(words: Vocabulary, stacks: Mapping[int, list[str]]) -> dict[int, tuple[str, str]]:
    """Return field and what told it by column: the surest ways to know a column come first."""
    chosen: dict[int, tuple[str, str]] = {}
    taken: set[str] = set()
    for way in words.ways:
        for called in _parts(words.several):
            for place, stack in stacks.items():
                if place in chosen:
                    continue
                free = [field for field in way(called(stack)) if words.several or field not in taken]
                if free:
                    chosen[place] = (free[0], called(stack))
                    taken.add(free[0])
    return chosen


def _parts(several: bool) -> Iterator[Callable[[list[str]], str]]:
    """What a heading of several rows is called: 整改 over 责任人 is 整改责任人, else 责任人.

    Where several columns may hold one field, what stands over all of them will do as well.
    """
    yield "".join
    yield lambda stack: stack[-1]
    if several:
        yield lambda stack: stack[0]


def _unit(text: str) -> str:
    found = [note.strip() for note in _NOTE.findall(unicodedata.normalize("NFKC", text))]
    return next((note.removeprefix("单位:") for note in found if note.removeprefix("单位:") in _UNITS), "")


def _is_whole(top: Grid, first: int, last: int) -> bool:
    """A heading is texts, not values: a row of data that happens to hold two labels is none."""
    rows = range(first, last + 1)
    cells = [text for row in rows for column in range(top.width) if (text := top.text(row, column))]
    values = [cell for cell in cells if len(cell) > LONGEST or cell.replace(".", "").isdigit()]
    return len(values) * 3 <= len(cells)


def _sender(top: Grid, before: int) -> str:
    """Who sent the table, from a line such as 填报单位：示例村 over it."""
    lines = [*top.above, *(cell_text(cell) for row in top.rows[:before] for cell in row)]
    return next((match[1] for line in lines if (match := _SENDER.search(line))), "")
