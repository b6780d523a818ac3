"""What each column of a sheet means: judged by its heading, its values and its neighbours together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hazard_desk.grid.cells import is_empty
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import (
    SEARCHED_COLUMNS,
    HeadingColumn,
    TableHeading,
    find_heading,
    stacks_over,
)
from hazard_desk.grid.likeness import ASIDE, SURE
from hazard_desk.grid.lines import IdleLines, idle_lines
from hazard_desk.grid.pairing import best_pairs
from hazard_desk.grid.values import NO_LOOKS, Knowledge, Looks, holds_states, looks_of, sample, suits
from hazard_desk.grid.wording import Wording
from hazard_desk.rules.fields import Field, Kind

_OFFERED = 3
_WORTH = 0.05
"""A certainty below this is none, and is not offered."""
_EXACT, _CLEAR = 0.96, 0.75
_RIVAL = 0.04
"""How much a name that is known loses to another one of its column that the values suit better."""
_UNSURE = SURE - 0.05
_MANY = 0.3
"""From this share of its cells on that are states, a column may be the state that no other one is."""
_NEIGHBOUR = 0.8
"""What is left of a certainty when the left neighbour had to tell which 日期 or which 电话 is meant."""


@dataclass(frozen=True)
class ColumnGuess:
    """A column and what it is taken for: ``field`` is '' below ``SURE``, the offers are told all the same."""

    place: int
    heading: str
    field: str
    certainty: float
    """From 0 to 1: of the field, else of the best offer, or of being kept aside.

    Without a field and ``SURE``: it is known to be kept aside, or a better column has its field.
    """
    offers: tuple[tuple[str, float], ...]
    """The likeliest fields with their certainty, best first, three at the most."""
    unit: str = ""
    known_by: str = ""
    looks: Looks = NO_LOOKS


@dataclass(frozen=True)
class Understood:
    """A sheet understood: its columns, and the rows that are no data."""

    grid: Grid
    heading: TableHeading
    columns: tuple[ColumnGuess, ...]
    notes: tuple[str, ...]
    """The title and the lines above the heading."""

    @cached_property
    def lines(self) -> IdleLines:
        """The rows below the heading that are no data."""
        return idle_lines(self.grid, self.heading)

    @property
    def bands(self) -> Mapping[int, str]:
        """Rows that stand over others, by number from 0: their text."""
        return {row: band.text for row, band in self.lines.bands.items()}

    @property
    def foot(self) -> Mapping[int, str]:
        """Rows of sums and signatures, by number from 0: their first text."""
        return self.lines.foot

    @property
    def nil(self) -> Mapping[int, str]:
        """Rows that say that there is nothing to report, by number from 0: what they say."""
        return self.lines.nil


def understand_columns(
    grid: Grid, fields: Sequence[Field], words: Wording, known: Knowledge, least: int = 2
) -> Understood | None:
    """Return what the columns of a grid mean for a ledger; None where no heading is found.

    ``least`` is how many columns must be known for a row to be its heading.
    """
    heading = find_heading(grid, words, least)
    if heading is None:
        return None
    top = grid.part(heading.last + 1, SEARCHED_COLUMNS)
    stacks = stacks_over(top, heading.first, heading.last)
    looks = _looks(grid, heading, known)
    by_name = {one.name: one for one in fields}
    scores = [
        _certainties(words, by_name, stacks, column.place, looks[column.place]) for column in heading.columns
    ]
    pairs = _paired(scores, list(by_name))
    columns_look = [looks[column.place] for column in heading.columns]
    _leave_open(pairs, scores, words, columns_look)
    _ask_for_states(pairs, scores, by_name, columns_look)
    columns = tuple(
        _guess(column, told, pairs.get(place, ""), looks[column.place])
        for place, (column, told) in enumerate(zip(heading.columns, scores, strict=True))
    )
    sure = [replace(one, field=guess.field) for one, guess in zip(heading.columns, columns, strict=True)]
    naming = frozenset(one.name for one in fields if one.required and one.kind in (Kind.TEXT, Kind.LONG))
    heading = replace(heading, columns=tuple(sure), naming=naming)
    notes = [*grid.above, *(text for row in range(heading.first) for text in grid.line(row))]
    return Understood(grid, heading, columns, tuple(notes))


def _looks(grid: Grid, heading: TableHeading, known: Knowledge) -> dict[int, Looks]:
    """What the values look like by place: rows that hold but one text are no data."""
    rows = [
        row
        for row in sample(range(heading.last + 1, len(grid.rows)))
        if sum(not is_empty(cell) for cell in grid.rows[row]) > 1
    ]
    return {
        column.place: looks_of([grid.cell(row, column.place) for row in rows], known)
        for column in heading.columns
    }


def _certainties(
    words: Wording, fields: Mapping[str, Field], stacks: Sequence[Sequence[str]], place: int, looks: Looks
) -> dict[str, float]:
    """How surely a column stands for each field: by its heading, then by its values."""
    stack = stacks[place]
    told: dict[str, float] = {}
    for text, share in {stack[-1]: 0.98 if len(stack) > 1 else 1.0, "".join(stack): 1.0}.items():
        for name, score in words.scores(text).items():
            told[name] = max(told.get(name, 0), score * share)
    said = next((stacks[left] for left in range(place - 1, -1, -1) if stacks[left]), None)
    if said and (around := words.beside(said[-1], stack[-1])):
        for name, score in words.scores(around).items():
            told[name] = max(told.get(name, 0), score * _NEIGHBOUR)
    if (both := words.joined(stack[-1]))[0]:
        told = {both[0]: _EXACT}
    aside = told.pop(ASIDE, 0)
    told = {name: score if score >= aside else score / 2 for name, score in told.items()}
    fits = {name: suits(fields[name], words.kinds[name], looks) for name in told}
    best = max([0, *(fits[name] for name, score in told.items() if score >= _EXACT)])
    weighed = {name: _with_values(score, fits[name], best) for name, score in told.items()}
    return {ASIDE: aside} | {name: score for name, score in weighed.items() if score >= _WORTH}


def _with_values(score: float, fits: float, best: float) -> float:
    """A certainty of the heading and how values suit it, from -1 to 1: an exact name stays sure.

    ``best`` is how they suit the best of the exact names. Values decide between the names of a column, and
    never between columns: they speak against a known name, but raise none over a surer one of another column.

    A column that is called as its field is declared stays clear, whatever stands in it.
    """
    if score >= 1.0:
        return max(_CLEAR, score * (1 + 0.33 * min(fits, 0)))
    if score >= _EXACT:
        return score * (1 + 0.33 * min(fits, 0)) - _RIVAL * (best - max(fits, 0))
    if fits <= 0:
        return score * (1 + 0.8 * fits)
    return score + (1 - score) * 0.35 * fits * min(1.0, 2 * score)


def _paired(scores: Sequence[Mapping[str, float]], names: Sequence[str]) -> dict[int, str]:
    """The field of each column, all together: surer pairs count much more than many."""
    table = [[told.get(name, 0) ** 2 for name in names] for told in scores]
    return {column: names[place] for column, place in best_pairs(table).items()}


def _leave_open(
    pairs: Mapping[int, str], scores: Sequence[dict[str, float]], words: Wording, looks: Sequence[Looks]
) -> None:
    """Make unsure of the day of a column that names two (整改时间: by when, or when it was), if no column has
    the other one. What only a deadline can be, such as 月底前, tells which it is.
    """
    for place, name in pairs.items():
        told = scores[place]
        if words.kinds[name] != "date" or looks[place].share("term"):
            continue
        rivals = [one for one in told if one != name and words.kinds.get(one) == "date"]
        if any(told[one] >= _EXACT and one not in pairs.values() for one in rivals):
            told[name] = min(told[name], _UNSURE)


def _ask_for_states(
    pairs: Mapping[int, str],
    scores: Sequence[dict[str, float]],
    fields: Mapping[str, Field],
    looks: Sequence[Looks],
) -> None:
    """Make unsure of a column of short texts, many of them states, if none is the state: 处理结果 over 销号.

    Prose about what was done (整改情况) stays what it is called.
    """
    states = [name for name, one in fields.items() if holds_states(one)]
    if any(name in states and scores[place][name] >= SURE for place, name in pairs.items()):
        return
    for place, name in pairs.items():
        if fields[name].kind is Kind.TEXT and looks[place].share("state") >= _MANY:
            told = scores[place]
            told |= {one: max(told.get(one, 0), _UNSURE) for one in states}
            told[name] = min(told[name], _UNSURE - 0.01)


def _guess(column: HeadingColumn, told: Mapping[str, float], name: str, looks: Looks) -> ColumnGuess:
    offers = sorted(((one, score) for one, score in told.items() if one), key=lambda one: -one[1])
    if name and offers[0][0] != name and told[name] < _CLEAR and offers[0][1] > told[name] * 1.1:
        told = {**told, name: min(told[name], _UNSURE)}  # its own best went to a better column
    certainty = told[name] if name else max(told.values())
    filled = name if name and told[name] >= SURE else ""
    return ColumnGuess(
        column.place,
        column.heading,
        filled,
        round(certainty, 3),
        tuple((one, round(score, 3)) for one, score in offers[:_OFFERED]),
        column.unit,
        column.heading,
        looks,
    )
