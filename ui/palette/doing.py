"""What the window does for a line of Ctrl+K, or for a sentence, that needs more than a page turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change
from ui.capture.sentence_dialog import SentenceDialog
from ui.casefile.case_buttons import open_bound
from ui.forms.step_form import ask_step
from ui.office import Office
from ui.pages.board_page import BoardPage
from ui.pages.page import Page
from ui.pages.papers import PrintDialog
from ui.pages.places import WindowPages
from ui.panes.record_papers import preview_record

_KEPT = 12


class Shell(Protocol):
    """The window, as far as it is needed here."""

    pages: WindowPages

    def go(self, place: int) -> None: ...
    def open_record(self, record: str) -> None: ...
    def open_ledger(self, ledger: str, where: Mapping[str, str]) -> None: ...
    def turn_to(self, ledger: str) -> Page | None: ...


class Lately(QObject):
    """The records (ledger/id) that were opened or written last, the latest first."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._records: list[str] = []
        office.acted.connect(self._written)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def note(self, record: str) -> None:
        """Put a record first."""
        self._records = [record, *(one for one in self._records if one != record)][:_KEPT]

    def _written(self, change: Change) -> None:
        if change.ids and change.ledger in self._office.desk.ledgers:
            self.note(f"{change.ledger}/{change.ids[0]}")


class Doing:
    """Opens forms and papers over the window; keeps what was written in 一句话登记 and is not saved yet."""

    def __init__(self, office: Office, window: Shell, over: QWidget) -> None:
        self.window = window
        self._office, self._over = office, over
        self._sentence = ""

    def capture(self, text: str = "") -> None:
        """Open the line of 一句话登记; what was written there last and not saved stands in it."""
        dialog = SentenceDialog(self._office, self._over, text or self._sentence)
        dialog.box.textChanged.connect(self._keep_sentence)
        dialog.wanted.connect(self.open_filled)
        dialog.open()

    def open_filled(self, book: str, values: Row) -> None:
        """Open the form of a new record, filled with what a sentence said."""
        page = self.window.turn_to(book)
        if page is not None and isinstance(seen := page.seen, BoardPage):
            QTimer.singleShot(0, seen, partial(self._start_with, seen, values))  # once the page has turned

    def _start_with(self, page: BoardPage, values: Row) -> None:
        page.start_with(values).saved.connect(self._sentence_saved)

    def start_in(self, ledger: str) -> None:
        """Turn to a ledger and begin a new record."""
        if (page := self.window.turn_to(ledger)) is not None:
            page.seen.start_new()

    def take_step(self, number: int, kind: str) -> None:
        """Open the form of a step of a hazard, over the page that is seen."""
        ask_step(self._office, self._office.desk.hazards.get(number), STEPS[kind], self._over)

    def print_paper(self, report: str) -> None:
        """Open the print dialog on a paper about all records."""
        PrintDialog(self._office, self._over, report).open()

    def show_paper(self, report: str, record: str) -> None:
        """Open the preview of a paper about a record (ledger/id); of what is put together, what is in it."""
        ledger, _, number = record.partition("/")
        found = next(one for one in self._office.desk.papers.reports() if one.id == report)
        if found.bound:
            open_bound(self._office, report, int(number), self._over)
            return
        row = self._office.desk.books.ledger(ledger).get(int(number))
        preview_record(self._office, found, row, self._over)

    def _keep_sentence(self, text: str) -> None:
        self._sentence = text

    def _sentence_saved(self) -> None:
        self._sentence = ""
