"""A plan from a file: a plan file is entered at once, an annex is looked over first."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.library.annex.reading import Annex
from hazard_desk.library.plans import load_plan
from hazard_desk.rules.fields import Row
from ui.office import Office
from ui.plans.review import ReviewDialog
from ui.trouble import show_refusal

KINDS = "方案文件或分解表 (*.toml *.docx *.xlsx *.xls *.et)"


class BringIn(QObject):
    """Brings a plan from a file into the desk."""

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__(window)
        self._office = office
        self._over = window

    def choose(self) -> None:
        """Ask for the file."""
        file, _ = QFileDialog.getOpenFileName(self._over, "选择方案文件或分解表", "", KINDS)
        if file:
            self.bring(Path(file))

    def bring(self, file: Path) -> None:
        """Read the file and go on with what it is."""
        desk = self._office.desk
        if file.suffix.lower() == ".toml":
            self._office.attempt(lambda: desk.plans.enter(load_plan(file)), self._over)
            return
        read = partial(Desk.read_annex, file, self._office.today.year)
        self._office.read(read, self._review, self, self._failed)

    def _review(self, annex: Annex) -> None:
        issuer = self._office.desk.plans.current().issuer
        ReviewDialog(annex, issuer, self._office.today, self._enter, self._over).open()

    def _enter(self, annex: Annex, values: Row) -> None:
        change = self._office.perform(lambda: self._office.desk.plans.enter_annex(annex, values))
        self._office.notice(change.title)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refused | Trouble):
            raise error
        show_refusal(error, self._over)
