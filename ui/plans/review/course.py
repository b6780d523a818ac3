"""How a review goes: the clerk's steps, each of which can be taken back, and which task she looks at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from hazard_desk.errors import Refused
from hazard_desk.library.annex.annex import FoundDuty
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.prose.review import Review, TaskAct, changed, column_told, wanting
from ui.jobs import Jobs, Refusal


class ReviewCourse(QObject):
    """Holds the review as it stands now. ``refused`` tells why a step was not taken, '' when it was."""

    changed = Signal()
    refused = Signal(str)
    chosen = Signal(int)
    """The number of the task that she looks at."""

    def __init__(self, review: Review, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.review = review
        self._jobs = jobs
        self._before: list[Review] = []
        self._chosen = 0

    @property
    def task(self) -> AnnexTask | None:
        """The task that she looks at."""
        return next((task for task in self.review.annex.tasks if task.number == self._chosen), None)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step to be taken back."""
        return bool(self._before)

    def choose(self, number: int) -> None:
        """Look at a task."""
        if number != self._chosen:
            self._chosen = number
            self.chosen.emit(number)

    def act(self, number: int, act: TaskAct) -> None:
        """Put one task right."""
        try:
            self._keep(changed(self.review, number, act))
        except Refused as wrong:
            self.refused.emit(wrong.message)
            self.changed.emit()

    def want(self, duty: FoundDuty, wanted: bool) -> None:
        """Make recurring work a duty, or not."""
        self._keep(wanting(self.review, duty, wanted))

    def tell(self, column: str, role: str) -> None:
        """Say what a column is: the plan is read again, beside the window."""
        review = self.review
        again = partial(self.tell, column, role)

        def then(read: Review) -> None:
            if self.review is review:
                self._keep(read)
            else:  # something was put right while it was read
                again()

        self._jobs.run(partial(column_told, review, column, role), then, self, self._unread)

    def go_back(self) -> None:
        """Take the last step back."""
        if self._before:
            self.review = self._before.pop()
            self.refused.emit("")
            self.changed.emit()

    def _keep(self, review: Review) -> None:
        self._before.append(self.review)
        self.review = review
        self.refused.emit("")
        self.changed.emit()

    def _unread(self, error: Refusal | None) -> None:
        self.refused.emit(error.message if error else "")
