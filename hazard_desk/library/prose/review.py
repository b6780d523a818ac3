"""A plan that comes in, looked over by the clerk before it is entered: what she says of it, step by step.

Each step gives a new ``Review``; the one before stays, so that a step can be taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Document
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.annex import Annex, FoundDuty, UnreadPart
from hazard_desk.library.annex.columns import AnnexCell
from hazard_desk.library.annex.offers import column_offers
from hazard_desk.library.annex.origins import UsedCell, UsedSpan
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.prose.duties import duties_of_tasks
from hazard_desk.library.prose.reading import read_plan, understand_plan

_LOOKED_AT = 80
"""Cells of a column that its offers are made of."""
_Anchor = tuple[int, int, int]
"""Where a task stands: block, row or first character, which of those made of that place."""


class TaskAct(Protocol):
    """Puts a task right (``put_right`` of a cell, ``confirmed``, ``left_out``)."""

    def __call__(self, annex: Annex, /, number: int) -> Annex: ...


@dataclass(frozen=True)
class Review:
    """A document, what was read of it, and what the clerk made of that."""

    document: Document
    year: int
    annex: Annex
    told: Mapping[str, str] = field(default_factory=dict)
    """What she says columns are: heading -> 栏目."""
    edits: tuple[tuple[_Anchor, TaskAct], ...] = ()
    lost: int = 0
    """How many of her corrections fit no task any more since the columns were told anew."""
    unwanted: frozenset[tuple[str, str]] = frozenset()
    """Recurring work that shall be no duty: title and rhythm."""

    @cached_property
    def duties(self) -> list[FoundDuty]:
        """The recurring work that the text and the tasks, as they are now, demand."""
        of_text = [duty for duty in self.annex.duties if not duty.task]
        titles = {duty.title for duty in of_text}
        of_tasks = duties_of_tasks(self.annex.tasks, self.annex.year)
        return of_text + [duty for duty in of_tasks if duty.title not in titles]

    def wants(self, duty: FoundDuty) -> bool:
        """Whether recurring work becomes a duty."""
        return duty.understood and (duty.title, duty.rhythm) not in self.unwanted

    @property
    def outcome(self) -> Annex:
        """The annex as it is to be entered: with the duties that she wants."""
        return replace(self.annex, duties=tuple(duty for duty in self.duties if self.wants(duty)))

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], dict[int, int]]:
        """Which tasks stand in a row of a table or in a paragraph, by the character where they begin."""
        found: dict[tuple[int, int], dict[int, int]] = {}
        for task in self.annex.tasks:
            for origin in task.origins:
                row, start = _begin(origin)
                found.setdefault((origin.place, row), {}).setdefault(start, task.number)
        return found

    def task_at(self, place: int, row: int = 0, start: int = 0) -> int | None:
        """Return the number of the task that stands in a row of a table, or in a paragraph at a character."""
        told = self._numbers.get((place, row), {})
        before = [at for at in told if at <= start]
        return told[max(before)] if before else next(iter(told.values()), None)

    def offers(self, part: UnreadPart) -> tuple[AnnexCell, ...]:
        """Return what an unread column may be, the likeliest first."""
        where = part.origin
        table = self.document.blocks[where.place] if isinstance(where, UsedCell) else None
        if not isinstance(table, Grid) or not isinstance(where, UsedCell):
            return ()
        rows = range(where.row + 1, min(len(table.rows), where.row + 1 + _LOOKED_AT))
        return column_offers(part.text, [table.cell(row, where.column) for row in rows])


def begin(document: Document, year: int) -> Review:
    """Return the review of a document: a table of which no column is known can be told there.

    ``Refused`` when it holds no task and no such table.
    """
    annex = understand_plan(document, year)
    if not annex.found_in and not any(len(table.rows) > 1 and table.width > 1 for table in document.tables):
        annex = read_plan(document, year)
    return Review(document, year, annex)


def changed(review: Review, number: int, act: TaskAct) -> Review:
    """Return the review with one task put right. Raises what ``act`` refuses."""
    anchor = next((one for one, of in _anchors(review.annex.tasks).items() if of == number), (-1, -1, -1))
    return replace(review, annex=act(review.annex, number), edits=(*review.edits, (anchor, act)))


def column_told(review: Review, column: str, role: str) -> Review:
    """Return the review after the clerk said what a column is: all is read anew, her corrections are kept.

    ``Refused`` when nothing can be read so.
    """
    said = {**review.told, column: role}
    annex, lost = understand_plan(review.document, review.year, said), 0
    numbers = _anchors(annex.tasks)
    for anchor, act in review.edits:
        try:
            annex = act(annex, numbers[anchor])
        except (KeyError, StopIteration, Refused):
            lost += 1
    return replace(review, annex=annex, told=said, lost=lost)


def wanting(review: Review, duty: FoundDuty, wanted: bool) -> Review:
    """Return the review with recurring work made a duty, or not."""
    this = frozenset({(duty.title, duty.rhythm)})
    return replace(review, unwanted=review.unwanted - this if wanted else review.unwanted | this)


def column_called(part: UnreadPart) -> str:
    """Return how an unread column is named when it is told what it is: by its heading, or its number."""
    where = part.origin
    if part.text.startswith("没有栏名") and isinstance(where, UsedCell):
        return f"第{where.column + 1}栏"
    return part.text


def _anchors(tasks: Sequence[AnnexTask]) -> dict[_Anchor, int]:
    """Where each task stands -> its number. Several may be made of one cell, in their order."""
    seen: Counter[tuple[int, int]] = Counter()
    found: dict[_Anchor, int] = {}
    for task in tasks:
        own = (task.origins[0].place, sum(_begin(task.origins[0]))) if task.origins else (-1, 0)
        found[*own, seen[own]] = task.number
        seen[own] += 1
    return found


def _begin(origin: UsedSpan | UsedCell) -> tuple[int, int]:
    """The row of a cell, or the first character of a span."""
    return (origin.row, 0) if isinstance(origin, UsedCell) else (0, origin.start)
