"""Rows as spans: a hundred thousand chosen rows are one span, and are never counted one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator


class Spans:
    """Rows from first to last, each span apart from the next, in their order."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        joined: list[tuple[int, int]] = []
        for first, last in sorted(spans):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        self.spans = tuple(joined)

    @classmethod
    def of(cls, rows: Iterable[int]) -> Spans:
        """Return the spans that hold just these rows."""
        return cls((row, row) for row in rows)

    def __contains__(self, row: int) -> bool:
        at = bisect_right(self.spans, row, key=lambda span: span[0]) - 1
        return at >= 0 and row <= self.spans[at][1]

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self.spans)

    def __iter__(self) -> Iterator[int]:
        for first, last in self.spans:
            yield from range(first, last + 1)
