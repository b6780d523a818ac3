"""What a window shows, as words: so that two windows on one desk can be held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QWidget,
)

from hazard_desk.desk import Desk
from ui.calendar.time_axis_view import TimeAxisView
from ui.calendar.view import DaysView
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.board_page import BoardPage
from ui.pages.desk_page import DeskPage
from ui.pages.duties_page import DutiesPage
from ui.pages.page import Page
from ui.pages.progress_form_page import ProgressFormPage
from ui.pages.registers_page import RegistersPage
from ui.plans.switch import PlanSwitch
from ui.tables.chip_delegate import TAIL_ROLE
from ui.tables.ledger_model import CHIP_ROLE
from ui.widgets.chip import Chip
from ui.window import MainWindow

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.CheckStateRole,
    CHIP_ROLE,
    TAIL_ROLE,
)


def opened(desk: Desk) -> MainWindow:
    """Return a window newly opened on a desk; all jobs are done at once.

    Nothing is painted, which takes most of the time and tells nothing.
    """
    office = Office(desk, Jobs(synchronous=True))
    window = MainWindow(office)
    office.setParent(window)
    window.setUpdatesEnabled(False)
    window.resize(1366, 768)
    window.show()
    return window


def gone(window: MainWindow) -> None:
    """Put a window away."""
    window.reminders.stop()
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(window: MainWindow) -> None:
    """Choose a record on every page, and open the register of the office's own."""
    for place, page in enumerate(window.pages):
        window.go(place)
        if isinstance(page, RegistersPage):
            page.turn_to("own-1")
        board = page.current if isinstance(page, RegistersPage) else page
        if isinstance(board, BoardPage) and (numbers := board.book.ids(board.query())[:2]):
            board.listing.choose(numbers[-1])


def follow(page: Page, other: Page | None) -> None:
    """Choose on a page what is chosen on the same page of another window."""
    if isinstance(page, DeskPage) and isinstance(other, DeskPage):
        page.inbox.list.choose(other.inbox.list.currentIndex().row())
        return
    if isinstance(page, RegistersPage) and isinstance(other, RegistersPage):
        if other.current is not None:
            page.turn_to(other.current.ledger.id)
            assert page.current is not None
            follow(page.current, other.current)
    elif isinstance(page, BoardPage) and isinstance(other, BoardPage):
        if (number := other.listing.current()) is not None:
            if isinstance(page, DutiesPage) and isinstance(other, DutiesPage):
                page.pane.record, page.pane.key = other.pane.record, other.pane.key
            page.listing.choose(number)
    elif (
        isinstance(page, ProgressFormPage)
        and isinstance(other, ProgressFormPage)
        and other.pane.cell is not None
    ):
        page.grid.choose(other.pane.cell.id)


def difference(mine: QWidget, theirs: QWidget) -> tuple[list[str], list[str]]:
    """Return what only the one shows, and what only the other."""
    one, other = Counter(words(mine)), Counter(words(theirs))
    return sorted((one - other).elements()), sorted((other - one).elements())


def words(over: QWidget) -> Iterator[str]:
    """Yield everything that a widget shows: labels, buttons, menus, choices, tables, trees and lists."""
    for widget in over.findChildren(QWidget):
        if widget.isVisibleTo(over) and widget.window() is over.window():
            yield from _of(widget)


def _of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, PlanSwitch):
        yield widget.toolTip()  # its text is cut to the room there is
    elif isinstance(widget, DaysView):
        yield f"days {widget.calendar} {widget.day}"
    elif isinstance(widget, TimeAxisView):
        yield f"axis {widget.axis}"
    elif isinstance(widget, QLabel):
        yield f"label {widget.text()}"
    elif isinstance(widget, Chip):
        yield f"chip {widget.word}"
    elif isinstance(widget, QAbstractButton):
        yield f"button {widget.text() or widget.accessibleName()} {widget.isEnabled()} {widget.isChecked()}"
    elif isinstance(widget, QComboBox):
        yield f"choice {[widget.itemText(at) for at in range(widget.count())]} {widget.currentText()}"
    elif isinstance(widget, QLineEdit):
        yield f"line {widget.text()}"
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from _cells(widget, QModelIndex())
    if isinstance(widget, QPushButton) and (menu := widget.menu()) is not None:
        menu.aboutToShow.emit()
        yield from (f"menu {line}" for line in _entries(menu))


def _cells(view: QAbstractItemView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    columns = range(1 if isinstance(view, QListView) else model.columnCount(parent))
    if not parent.isValid() and not isinstance(view, QListView):
        yield f"heads {[model.headerData(at, Qt.Orientation.Horizontal) for at in columns]}"
    for row in range(model.rowCount(parent)):
        for column in columns:
            cell = model.index(row, column, parent)
            yield f"cell {row} {column} {[_told(cell.data(role)) for role in _ROLES]}"
        yield from _cells(view, model.index(row, 0, parent))


def _told(value: object) -> str:
    return str(value.color().name() if hasattr(value, "color") else value)


def _entries(menu: QMenu) -> Iterator[str]:
    for entry in menu.actions():
        if not entry.isSeparator():
            yield f"{entry.text()} {entry.isEnabled()} {entry.isChecked()}"
        if (below := _menu_of(entry)) is not None:
            yield from _entries(below)


def _menu_of(entry: QAction) -> QMenu | None:
    below = entry.menu()
    return below if isinstance(below, QMenu) else None
