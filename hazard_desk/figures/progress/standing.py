"""How a progress form stands: what is to be doubted in it, what was sent before, what is still to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hazard_desk.books.catalogue import Books
from hazard_desk.books.submissions import SubmissionRow
from hazard_desk.figures.progress.checks import (
    CellDoubt,
    Difference,
    differences,
    doubts,
    last_sent,
    replaced_by,
    sent_already,
)
from hazard_desk.figures.progress.filling import FilledProgressForm
from hazard_desk.figures.progress.groups import groups_of
from hazard_desk.library.progress_forms import is_of_desk
from hazard_desk.rules.dates import show_date


@dataclass(frozen=True)
class FormStanding:
    """A form as it is seen: with what to doubt, those sent before it, and what else can be chosen."""

    filled: FilledProgressForm
    doubts: list[CellDoubt]
    last: FilledProgressForm | None
    same: FilledProgressForm | None
    """The one that was sent for the same day, group and reading already."""
    replaced: int
    """Of one that was sent: the number of the version that counts instead, 0 for the one that counts."""
    groups: list[str]
    sent: list[SubmissionRow]

    @property
    def state(self) -> str:
        """Whether it was sent, in words."""
        if self.filled.number:
            told = f"{show_date(self.filled.filled_on)}上报（第{self.filled.version}次）"
            return told + (f"，已由第{self.replaced}次更正代替" if self.replaced else "，不能再改")
        if self.same is None:
            return "尚未上报"
        return f"{self.told_same}，{f'之后有{len(self.changes)}项变化' if self.changes else '没有变化'}"

    @property
    def told_same(self) -> str:
        """When the one of the same day was sent, and how often."""
        assert self.same is not None  # it is asked only where there is one
        return f"已于{show_date(self.same.filled_on)}上报（第{self.same.version}次）"

    @cached_property
    def changes(self) -> list[Difference]:
        """What says another thing than what was sent for the same day."""
        return differences(self.same, self.filled) if self.same else []

    @property
    def can_be_sent(self) -> bool:
        """Whether it says anything that was not sent yet."""
        if self.filled.number:
            return False
        return self.same is None or bool(self.changes)


def standing(books: Books, filled: FilledProgressForm) -> FormStanding:
    """Return how a form stands that was just counted, or that was sent."""
    last = last_sent(books, filled)
    own = books.submissions.under_any_plan(filled.form.id)
    ids = {row.id for row in own}
    ever = books.submissions.under_any_plan()
    sent = own + [row for row in ever if not is_of_desk(row.form) and row.id not in ids]
    same = None if filled.number else sent_already(books, filled)
    replaced = replaced_by(books, filled) if filled.number else 0
    return FormStanding(
        filled, doubts(filled, last), last, same, replaced, groups_of(books, filled.as_of), sent
    )
