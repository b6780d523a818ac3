"""A plan from a file before there is a desk: a plan file as it is, an annex after it was looked over."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from hazard_desk.books.plans.annex_entry import plan_from
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.library.annex.reading import Annex
from hazard_desk.library.plans import load_plan
from hazard_desk.rules.fields import Row
from ui.jobs import Jobs
from ui.plans.bring_in import KINDS
from ui.plans.review import ReviewDialog


class PlanFromFile(QObject):
    """``found`` tells the plan; ``failed`` why there is none."""

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, over: QWidget, jobs: Jobs, today: date) -> None:
        super().__init__(over)
        self._over = over
        self._jobs = jobs
        self._today = today

    def choose(self) -> None:
        """Ask for the file."""
        file, _ = QFileDialog.getOpenFileName(self._over, "选择方案文件或分解表", "", KINDS)
        if file:
            self.read(Path(file))

    def read(self, file: Path) -> None:
        """Read the file and go on with what it is."""
        self.failed.emit("")
        if file.suffix.lower() == ".toml":
            try:
                self.found.emit(load_plan(file))
            except (Refused, Trouble) as error:
                self.failed.emit(error.message)
            return
        read = partial(Desk.read_annex, file, self._today.year)
        self._jobs.run(read, self._review, self, self._refused)

    def _review(self, annex: Annex) -> None:
        ReviewDialog(annex, "", self._today, self._take, self._over).open()

    def _take(self, annex: Annex, values: Row) -> None:
        self.found.emit(plan_from(annex, values, self._today))

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, Refused | Trouble):
            raise error
        self.failed.emit(error.message)
