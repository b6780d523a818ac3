"""The pages of the window in their order, each made when it is asked for first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import overload

from PySide6.QtWidgets import QWidget

from hazard_desk.books.kit.ledger import AnyLedger, TableLedger
from hazard_desk.desk import Desk
from ui.office import Office
from ui.pages.calendar_page import CalendarPage
from ui.pages.desk_page import DeskPage
from ui.pages.duties_page import DutiesPage
from ui.pages.enterprise_page import EnterprisePage
from ui.pages.groups_page import GroupsPage
from ui.pages.hazard_page import HazardPage
from ui.pages.ledger_page import LedgerPage
from ui.pages.page import Page
from ui.pages.progress_form_page import ProgressFormPage
from ui.pages.registers_page import RegistersPage
from ui.pages.tasks_page import TasksPage

PAGES: tuple[type[Page], ...] = (
    DeskPage,
    CalendarPage,
    TasksPage,
    DutiesPage,
    GroupsPage,
    HazardPage,
    EnterprisePage,
    ProgressFormPage,
)
"""In the order of the navigation; a plain page for every other ledger follows, and one for all registers."""


@dataclass(frozen=True)
class Place:
    """A page as the navigation knows it, before it is made."""

    title: str
    picture: str
    takes: Callable[[str], bool]
    """Whether it is the page for the records of a ledger."""
    make: Callable[[Office, QWidget], Page]


class WindowPages(Sequence[Page]):
    """``take_in`` is told each page when it was made. Asking for all of them makes all."""

    def __init__(self, office: Office, parent: QWidget, take_in: Callable[[Page], object]) -> None:
        self._office, self._parent, self._take_in = office, parent, take_in
        self.places = _places(office.desk)
        self._made: dict[int, Page] = {}

    @property
    def made(self) -> list[Page]:
        """Those that are made."""
        return list(self._made.values())

    def place_of(self, ledger: str) -> int | None:
        """Return where the records of a ledger are shown, None for nowhere."""
        return next((at for at, place in enumerate(self.places) if place.takes(ledger)), None)

    def make_next(self) -> bool:
        """Make one more; return whether there was one to be made."""
        left = next((at for at in range(len(self)) if at not in self._made), None)
        if left is not None:
            self._page(left)
        return left is not None

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Page]:
        return map(self._page, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Page: ...
    @overload
    def __getitem__(self, place: slice) -> list[Page]: ...
    def __getitem__(self, place: int | slice) -> Page | list[Page]:
        if isinstance(place, slice):
            return [self._page(at) for at in range(len(self))[place]]
        return self._page(range(len(self))[place])

    def _page(self, place: int) -> Page:
        if place not in self._made:
            made = self._made[place] = self.places[place].make(self._office, self._parent)
            self._take_in(made)
        return self._made[place]


def _places(desk: Desk) -> list[Place]:
    places = [_place(desk, kind) for kind in PAGES]
    registers = Place(RegistersPage.title, RegistersPage.picture, partial(_is_register, desk), RegistersPage)
    for ledger in desk.ledgers.values():
        known = any(place.takes(ledger.id) for place in (*places, registers))
        if not known and isinstance(ledger, TableLedger):
            make = partial(_plain_page, ledger)
            places.append(Place(ledger.title, ledger.icon, ledger.id.__eq__, make))
    return [*places, registers]


def _place(desk: Desk, kind: type[Page]) -> Place:
    """The place of a page that is named by itself, or by the first of the books that it shows."""
    title, picture = kind.title, kind.picture
    if not title:
        book = desk.books.ledger(kind.ledgers[0])
        title, picture = book.title, book.icon
    return Place(title, picture, kind.ledgers.__contains__, kind)


def _plain_page(ledger: AnyLedger, office: Office, parent: QWidget) -> Page:
    return LedgerPage(office, ledger, parent)


def _is_register(desk: Desk, ledger: str) -> bool:
    return ledger in desk.registers.ledgers()
