"""Where in the document something stands: characters of a paragraph, or a cell of a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UsedSpan:
    """Characters of a paragraph that something was made of."""

    place: int
    """The paragraph's place among the blocks of the document."""
    start: int
    end: int
    what: str
    """What was made of it: 标题, 任务, 责任 …"""


@dataclass(frozen=True)
class UsedCell:
    """A cell of a table that something was made of; of a merged block its first cell."""

    place: int
    """The table's place among the blocks of the document."""
    row: int
    column: int
    what: str
    """What was made of it: 栏名, 具体任务, 完成时限 …"""


Origin = UsedSpan | UsedCell
