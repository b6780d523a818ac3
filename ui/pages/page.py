"""What all pages have in common: a name, and that they are true whenever they are seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from hazard_desk.books.kit.query import Query
from ui.memory import Memory
from ui.office import Office
from ui.reader import Reader
from ui.widgets.master_detail import MasterDetail


class Page(Reader):
    """One page of the window."""

    title: str = ""
    picture: str = ""
    ledgers: ClassVar[tuple[str, ...]] = ()
    """The ledgers whose records it shows, where they are always the same."""
    report: str = ""
    """The paper that suits the page, to begin with in the print dialog."""

    open_record = Signal(str)
    """Asks the window to show a record: ledger/id."""
    open_ledger = Signal(str, object)
    """Asks the window to show a ledger filtered by a ``where``."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self.office = office
        self._day = office.today
        office.keep_true(self)

    def age(self, touched: Iterable[str] | None) -> None:
        if self._day != (day := self.office.today):
            before, self._day = self._day, day
            self.turn_day(before)
        super().age(touched)

    def turn_day(self, before: date) -> None:
        """Midnight has passed: what stands on the day ``before``, because it was today, goes on to today."""

    @property
    def seen(self) -> Page:
        """The page that acts: itself, or one within it that it shows."""
        return self

    @property
    def help_key(self) -> str:
        """What the manual calls the page, for F1 to open the right chapter."""
        return self.ledger_id or self.picture

    def takes(self, ledger: str) -> bool:
        """Whether this is the page for the records of a ledger."""
        return ledger == self.ledger_id or ledger in self.ledgers

    def turn_to(self, ledger: str) -> None:
        """Bring a ledger that the page takes into sight, where it has several."""

    def filter_by(self, where: Mapping[str, str]) -> None:
        """Show only records with these values, where the page can."""

    @property
    def ledger_id(self) -> str:
        """The ledger whose records this page shows, '' for none."""
        return ""

    def parts(self) -> list[QWidget]:
        """Return what F6 goes to one after the other within the page, besides its head."""
        return []

    def query(self) -> Query | None:
        """Return what the page asks its ledger for, None where it has no rows."""
        return None

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns that were chosen for the page, none where they are the usual."""
        return ()

    def show_record(self, number: int) -> None:
        """Bring one record into sight."""

    def record_in_sight(self) -> str:
        """Return the record (ledger/id) whose detail is seen, '' for none."""
        return ""

    def start_new(self) -> None:
        """Begin a new record, where the page can."""

    def start_search(self) -> None:
        """Put the cursor into the search box, where there is one."""

    def export(self) -> None:
        """Write what is shown to a spreadsheet, where the page can."""

    def go_back(self) -> bool:
        """Return from the detail to the list; False when there was nothing to return from."""
        return False

    def acts(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what the buttons of the page's head and their menus do, by their words."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found: list[tuple[str, Callable[[], object]]] = []
        for made in self.findChildren(QPushButton, options=direct):
            if (menu := made.menu()) is not None:
                found += [(entry.text(), entry.trigger) for entry in menu.actions() if entry.text()]
            elif made.text() and made.isEnabled() and not made.isCheckable():
                found.append((made.text(), made.click))
        return found

    def restore(self, memory: Memory) -> None:
        """Take up sizes kept from earlier days."""

    def keep(self, memory: Memory) -> None:
        """Hand over sizes to be kept."""


class SplitPage(Page):
    """A page with a list and a detail beside it, ``split``, whose handle is kept as ``split_name``."""

    split: MasterDetail
    split_name: str

    def parts(self) -> list[QWidget]:
        return self.split.parts()

    def go_back(self) -> bool:
        """From the detail to the list."""
        if not self.split.covered:
            return False
        self.split.back()
        return True

    def restore(self, memory: Memory) -> None:
        self.split.restore(memory.text(self.split_name))

    def keep(self, memory: Memory) -> None:
        memory.keep_text(self.split_name, self.split.state())
