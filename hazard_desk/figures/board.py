"""What the first page shows: the stage, what fell due before, how much of each there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.dated import Diary, DueItem
from hazard_desk.figures.due import before_items, stage_state
from hazard_desk.figures.once import reading_once
from hazard_desk.figures.targets import TargetView, targets
from hazard_desk.rules.states import MAJOR, OPEN_STATES
from hazard_desk.store.columns import name_of


@dataclass(frozen=True)
class StageView:
    """One stage as a part of the band."""

    id: int
    number: int
    name: str
    deadline_text: str
    starts_on: date
    due: date
    state: str


@dataclass(frozen=True)
class Board:
    """The figures of the first page beside the inbox."""

    today: date
    stages: list[StageView]
    targets: list[TargetView]
    before: list[DueItem]
    """What fell due before the desk was begun, with no record."""
    hazards_by_state: dict[str, int]
    major_open: int
    overdue_hazards: int
    tasks_by_status: dict[str, int]


@reading_once
def board(books: Books) -> Board:
    """Count the first page as of the desk's today."""
    diary = Diary(books)
    open_states = [str(state) for state in OPEN_STATES]
    major_open = Query(where={name_of(Hazard.level): MAJOR, name_of(Hazard.state): open_states})
    return Board(
        today=books.today,
        stages=stage_views(books),
        targets=targets(books, books.plans.targets()),
        before=before_items(books, diary=diary),
        hazards_by_state=books.hazards.count_by(name_of(Hazard.state)),
        major_open=books.hazards.count(major_open),
        overdue_hazards=books.hazards.count(Query(where={name_of(Hazard.overdue): "是"})),
        tasks_by_status=dict(Counter(row.status for row in diary.tasks)),
    )


def stage_views(books: Books) -> list[StageView]:
    """Return the stages of the plan with their state today."""
    return [
        StageView(
            stage.id,
            stage.number,
            stage.name,
            stage.deadline_text,
            stage.starts_on,
            stage.due,
            stage_state(stage.starts_on, stage.due, books.today),
        )
        for stage in books.plans.stages()
    ]
