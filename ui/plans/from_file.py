"""A plan from a file: a plan file is taken at once, an annex is looked over first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from hazard_desk.books.plans.annex_entry import plan_from
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.plan_file import load_plan
from hazard_desk.library.plans import Plan
from hazard_desk.library.prose.review import Review, begin
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.endings import DOCUMENTS, patterns
from ui.jobs import Jobs, Refusal
from ui.plans.review.dialog import ReviewDialog
from ui.plans.review.lines import PaperLine, paper_lines
from ui.production import Progress

KINDS = f"方案 (*.toml {patterns(DOCUMENTS)})"


class PlanFromFile(QObject):
    """Hands the plan to ``take``, which may refuse it, or tells ``failed`` why there is none."""

    def __init__(
        self,
        over: QWidget,
        jobs: Jobs,
        today: Callable[[], date],
        take: Callable[[Plan], object],
        failed: Callable[[Refusal], object],
        issuer: Callable[[], str] = str,
        taken: Callable[[], Collection[str]] = list,
    ) -> None:
        """``issuer`` tells who issues the plan of an annex, ``taken`` the ids that other plans have."""
        super().__init__(over)
        self._over, self._jobs, self._today = over, jobs, today
        self._take, self._failed, self._issuer, self._taken = take, failed, issuer, taken

    def choose(self) -> None:
        """Ask for the file."""
        file, _ = QFileDialog.getOpenFileName(self._over, "选择方案", "", KINDS)
        if file:
            self.read(Path(file))

    def read(self, file: Path) -> None:
        """Read the file and go on with what it is."""
        if file.suffix.lower() == ".toml":
            try:
                self._take(load_plan(file))
            except (Refused, Trouble) as error:
                self._failed(error)
        else:
            self._read(file)

    def _read(self, file: Path) -> None:
        """Read a document beside the window, below a dialog that can cancel it."""
        progress = Progress(f"正在读取“{file.name}”……", self._over)
        work = partial(_begun, file, self._today().year)
        progress.open()
        job = self._jobs.run(work, partial(self._review, progress), progress, partial(self._unread, progress))
        progress.rejected.connect(job.cancel)

    def _review(self, progress: Progress, begun: tuple[Review, list[PaperLine]]) -> None:
        progress.accept()
        dialog = ReviewDialog(*begun, self._issuer(), self._today(), self._enter, self._jobs, self._over)
        dialog.open()

    def _enter(self, annex: Annex, values: Row) -> None:
        self._take(plan_from(annex, values, self._today(), self._taken()))

    def _unread(self, progress: Progress, error: Refusal | None) -> None:
        progress.accept()
        if error is not None:
            self._failed(error)


def _begun(file: Path, year: int) -> tuple[Review, list[PaperLine]]:
    """Return the review of a file, and the lines of its document; what takes long is done here."""
    review = begin(Desk.plan_document(file), year)
    return review, paper_lines(review)
