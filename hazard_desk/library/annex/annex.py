"""What was understood of a plan that comes in, and what of it was not used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from hazard_desk.library.annex.columns import AnnexCell
from hazard_desk.library.annex.origins import Origin, UsedCell, UsedSpan
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.plans import Group, Stage
from hazard_desk.rules.dates import years_in

UnreadKind = Literal["column", "paragraph", "bracket"]


@dataclass(frozen=True)
class UnreadPart:
    """Something of the document that nothing was made of."""

    place: str
    """Where it stands, as the clerk is told: 第3段, 第1张表第8栏."""
    kind: UnreadKind
    text: str
    """As it is written; of a column, its heading."""
    origin: Origin | None = field(default=None, compare=False, repr=False)
    """Where to find it; of a column, the cell of its heading."""


@dataclass(frozen=True)
class FoundDuty:
    """Recurring work that the text demands, to be offered as a duty (常态化工作)."""

    title: str
    rhythm: str
    """The words that say how often: 每月28日前."""
    basis: str
    """The sentence it stands in."""
    dates: tuple[date, ...] = ()
    """The days of a report that is due once or a few times."""
    understood: bool = True
    task: int = 0
    """The number of the task that demands it; 0 where the text does so apart from all tasks."""


@dataclass(frozen=True)
class Annex:
    """What was understood of a plan, table or prose."""

    title: str
    """The plan's name, as far as the text over the table tells it."""
    annex_title: str
    year: int
    """The year of dates written without one."""
    found_in: str
    columns: Mapping[AnnexCell, tuple[str, ...]]
    """What each column was taken for: role -> the headings of its columns."""
    tasks: tuple[AnnexTask, ...]
    notes: tuple[str, ...] = ()
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    groups: tuple[Group, ...] = ()
    stages: tuple[Stage, ...] = ()
    duties: tuple[FoundDuty, ...] = ()
    doubts: tuple[str, ...] = ()
    """What is doubtful about the document as a whole; those of a task stand with it."""
    unread: tuple[UnreadPart, ...] = ()
    used: tuple[UsedSpan, ...] = field(default=(), repr=False)
    used_cells: tuple[UsedCell, ...] = field(default=(), repr=False)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that the title names; the year of the dates where it names none."""
        named = (*years_in(self.title), *years_in(self.annex_title), self.year)
        return min(named), max(named)

    @property
    def actions(self) -> int:
        """How many actions the tasks belong to."""
        return len({task.action_number for task in self.tasks})

    @property
    def key_tasks(self) -> int:
        """How many key tasks the tasks belong to."""
        return len({task.key_number for task in self.tasks})
