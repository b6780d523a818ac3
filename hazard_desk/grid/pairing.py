"""Pairs columns with fields so that all pairs together are the best there are, not each for itself."""

from __future__ import annotations

from collections.abc import Sequence


def best_pairs(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Return for rows the column that each is paired with, so that the sum of the scores is highest.

    Scores are not negative; a pair that scores nothing is none. Kuhn's method, rows squared times columns.
    """
    width = max(map(len, scores), default=0)
    if not width:
        return {}
    turned = len(scores) > width
    table = (
        [list(column) for column in zip(*scores, strict=True)] if turned else [list(row) for row in scores]
    )
    rows, columns = len(table), len(table[0])
    by_row, by_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    match = [0] * (columns + 1)
    """The row, from 1, of each column, from 1."""
    for row in range(1, rows + 1):
        _place(row, table, by_row, by_column, match)
    pairs = [(match[column] - 1, column - 1) for column in range(1, columns + 1) if match[column]]
    pairs = [(row, column) for row, column in pairs if table[row][column] > 0]
    return {column: row for row, column in pairs} if turned else dict(pairs)


def _place(
    row: int, table: list[list[float]], by_row: list[float], by_column: list[float], match: list[int]
) -> None:
    """Find a column for one more row, moving others where all together gain."""
    columns = len(by_column) - 1
    match[0] = row
    least, seen, back = [float("inf")] * (columns + 1), [False] * (columns + 1), [0] * (columns + 1)
    at = 0
    while match[at]:
        seen[at] = True
        own, step, following = match[at], float("inf"), 0
        for column in range(1, columns + 1):
            if seen[column]:
                continue
            cost = -table[own - 1][column - 1] - by_row[own] - by_column[column]
            if cost < least[column]:
                least[column], back[column] = cost, at
            if least[column] < step:
                step, following = least[column], column
        for column in range(columns + 1):
            if seen[column]:
                by_row[match[column]] += step
                by_column[column] -= step
            else:
                least[column] -= step
        at = following
    while at:
        match[at] = match[back[at]]
        at = back[at]
