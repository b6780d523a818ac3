"""任务完成率 by unit, and 考核得分 (打分排队): offices or villages ranked by the scoring rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.books.rewards import RewardRow
from hazard_desk.figures.progress.counting import rounded
from hazard_desk.figures.rates import NOT_NAMED, HazardProgress, percent, progress_by
from hazard_desk.library.scoring import Scoring
from hazard_desk.rules.fields import Field
from hazard_desk.rules.readings import Span
from hazard_desk.rules.tasks import TaskStatus
from hazard_desk.store.columns import name_of, names_of

_DONE = (TaskStatus.DONE, TaskStatus.DONE_LATE)
_LETTERS = ["提醒函", "督办函", "通报"]


@dataclass(frozen=True)
class TaskProgress:
    """How many of a unit's tasks are done, and the tasks."""

    name: str
    tasks: tuple[TaskFacts, ...]

    @property
    def dated(self) -> int:
        """Tasks with a date; those that stand (长期坚持) are never done."""
        return sum(not task.standing and task.due is not None for task in self.tasks)

    @property
    def done(self) -> int:
        return sum(self._count(status) for status in _DONE)

    @property
    def overdue(self) -> int:
        return self._count(TaskStatus.OVERDUE)

    @property
    def rate(self) -> float | None:
        """任务完成率 from 0 to 1: of the dated ones; None when there is none."""
        return self.done / self.dated if self.dated else None

    def _count(self, status: TaskStatus) -> int:
        return sum(task.status == status for task in self.tasks)


@dataclass(frozen=True)
class Score:
    """One unit's score: points of each rule in its order, with what they were given for."""

    name: str
    points: float
    lines: tuple[tuple[str, str, float], ...]
    """(title of the rule, the figure as shown, points; those taken off are negative)."""
    place: int = 0


def tasks_by_unit(books: Books, day: date) -> list[TaskProgress]:
    """Return how far the tasks of every unit are on ``day``, most tasks first."""
    groups: dict[str, list[TaskFacts]] = defaultdict(list)
    for task in books.tasks.all_rows(day):
        for name in task.units or [NOT_NAMED]:
            groups[name].append(task)
    found = [TaskProgress(name, tuple(tasks)) for name, tasks in groups.items()]
    return sorted(found, key=lambda one: (-len(one.tasks), one.name))


def scores(books: Books, scoring: Scoring, by: Field, span: Span) -> list[Score]:
    """Return the scores of what a field of ``PlacedHazard`` names (offices, villages) on the span's last day.

    Best first; equals share a place.
    """
    hazards = {one.name: one for one in progress_by(books, by, span) if one.name != NOT_NAMED}
    tasks = {one.name: one for one in tasks_by_unit(books, span.last)}
    letters = Counter(row.target for row in _letters(books, span))
    found = [
        _score(name, scoring, one, tasks.get(name, TaskProgress(name, ())), letters)
        for name, one in hazards.items()
    ]
    ranked: list[Score] = []
    for place, one in enumerate(sorted(found, key=lambda one: (-one.points, one.name)), start=1):
        same = ranked and ranked[-1].points == one.points
        ranked.append(Score(one.name, one.points, one.lines, ranked[-1].place if same else place))
    return ranked


def _score(
    name: str, scoring: Scoring, hazards: HazardProgress, tasks: TaskProgress, letters: Mapping[str, int]
) -> Score:
    rates = {
        "rectified_rate": hazards.rectified_rate,
        "on_time_rate": hazards.on_time_rate,
        "task_rate": tasks.rate,
    }
    counts = {"overdue": hazards.overdue, "task_overdue": tasks.overdue, "letters": letters.get(name, 0)}
    lines = []
    for rated in scoring.rates:
        rate = rates[rated.figure]
        lines.append((rated.title, percent(rate), rounded(rated.points * (1 if rate is None else rate))))
    for deduction in scoring.deductions:
        count = counts[deduction.figure]
        lines.append((deduction.title, str(count), -min(count * deduction.each, deduction.most)))
    told = [(title, shown, round(points, 2)) for title, shown, points in lines]
    return Score(name, rounded(sum(points for *_, points in told)), tuple(told))


def _letters(books: Books, span: Span) -> list[RewardRow]:
    within = f"{span.first}..{span.last}"
    query = Query(where={name_of(RewardRow.kind): _LETTERS, name_of(RewardRow.happened_on): within})
    return books.rewards.facts(names_of(RewardRow.target), query)
