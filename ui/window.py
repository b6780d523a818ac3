"""The main window: navigation, keys and the bar on top. It only shows pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QStackedWidget, QWidget

from hazard_desk.desk import Desk
from hazard_desk.library.progress_forms import ProgressForm
from hazard_desk.rules.fields import Field
from hazard_desk.store.known_desks import known_desks, new_folder
from ui.bar import TopBar
from ui.capture.dropping import Dropping
from ui.copies.checking import CheckNow, Findings, FoundDialog
from ui.copies.dialog import CopiesDialog
from ui.copies.keeper import Keeper
from ui.copies.making import back_up
from ui.copies.restoring import WantedCopy
from ui.copies.safety import Safety
from ui.focus.reading_order import enter, go_to_part, move_on
from ui.help import HelpWindow
from ui.icons import icon
from ui.keys import BAR_TOOLS, NEXT_PART, PAGE_KEYS, PRINT, WINDOW_KEYS
from ui.memory import Memory, WindowSizes
from ui.month.dialog import MonthDialog
from ui.navigation import Rail
from ui.office import Office
from ui.pages.desk_page import DeskPage
from ui.pages.page import Page
from ui.pages.papers import PrintDialog
from ui.pages.places import PAGES, WindowPages
from ui.pages.progress_form_page import ProgressFormPage
from ui.palette.dialog import PaletteDialog
from ui.palette.doing import Doing, Lately
from ui.panes.record_view import RecordView
from ui.pin import Locker
from ui.reminders.reminders import Reminders
from ui.sealing import SealDialog
from ui.settings.dialog import SettingsDialog
from ui.settings.text_size import take_text_size
from ui.style import ACCENT
from ui.undo.undoing import Undoing
from ui.welcome.dialog import WelcomeDialog
from ui.widgets.basics import button, pause, tool
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.notice import Notice

_NAMES_FROM = 1080
"""Window width in pixels from which the navigation shows names beside its icons."""
_MINUTE_MS = 60_000
_WANTED = QSize(1366, 768)
_SEEN_MS = 300
"""So long after it is shown a window is painted, and its first page being read."""


class MainWindow(QMainWindow):
    """The window on one desk."""

    complete = Signal()
    """All its pages are made."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.memory = Memory(office.desk.folder, self)
        take_text_size(self.memory)
        self.setWindowTitle(office.desk.office_name)
        self.setWindowIcon(icon("app", ACCENT))
        self.setMinimumSize(QSize(800, 430))
        self._centre = QWidget(self)
        self.setCentralWidget(self._centre)
        self.stack = QStackedWidget(self._centre)
        self.pages = WindowPages(office, self.stack, self._take_in)
        self._place = 0
        self.lately = Lately(office, self)
        self.doing = Doing(office, self, self)
        self.bar = self._make_bar()
        self.plan, self.date = self.bar.plan, self.bar.date
        self.rail = Rail(self.pages.places, len(PAGES), self._centre)
        self.rail.chosen.connect(self._turn)
        self._set_out()
        self.notice = Notice(self._centre)
        office.noticed.connect(self.notice.say)
        self.reminders = Reminders(office, self)
        self.reminders.wanted.connect(partial(self.go, 0))
        self.bar.named.connect(self.reminders.tray.rename)
        self.locker = Locker(office, self)
        self.locker.changed.connect(self.reminders.hush)
        self.safety = Safety(self.memory)
        self.keeper = Keeper(office, self.safety, self)
        self._bind_keys()
        self.sizes = WindowSizes(self.memory, self, self._keep_pages)
        self.dropping = Dropping(office, self, self.record_in_sight)
        self.wanted_copy: WantedCopy | None = None
        """The copy that is to be put back once this window is closed."""
        self.other_desk: Desk | None = None
        """Another desk, open already, that is to be shown once this window is closed."""
        self._manual: HelpWindow | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(_MINUTE_MS)
        self._watch.timeout.connect(self.watch_day)
        self._watch.start()
        self._day = office.today
        self.memory.place_window(self, _WANTED)
        self.go(0)
        self._making = pause(_SEEN_MS, self._make_next, self)

    @property
    def page(self) -> Page:
        """The page that is seen."""
        return self.pages[self._place]

    def go(self, place: int) -> None:
        """Show one of the pages, with the focus in it."""
        self._show_page(place)
        enter(self.page)

    def next_part(self, forward: bool = True) -> None:
        """Put the focus into the next part of the window: bar, navigation, head, list, detail."""
        go_to_part((self.bar, self.rail, self.page, *self.page.parts()), forward)

    def open_record(self, record: str) -> None:
        """Show a record (ledger/id) on its page; a stage, which has none, in a dialog."""
        self.lately.note(record)
        ledger, _, number = record.partition("/")
        holder = self.office.desk.books.plan_of(ledger, int(number))
        if holder is not None:
            self.plan.switch(holder)
        if (page := self.turn_to(ledger)) is not None:
            page.seen.show_record(int(number))
        elif ledger == "stages":
            plans = self.office.desk.plans
            RecordView("阶段", plans.stage_fields, plans.stage(int(number)), self).open()

    def open_ledger(self, ledger: str, where: Mapping[str, str]) -> None:
        """Show a ledger filtered."""
        if (page := self.turn_to(ledger)) is not None:
            page.seen.filter_by(where)

    def find_all(self) -> None:
        """Open the search over records, pages, acts and papers."""
        PaletteDialog(self.office, self.doing, self.lately, self).open()

    def capture(self) -> None:
        """Open the line of 一句话登记."""
        self.doing.capture()

    def record_in_sight(self) -> str:
        """Return the record (ledger/id) whose detail is seen, '' for none."""
        return self.page.seen.record_in_sight()

    def lock(self) -> None:
        """Lock the window, or set the password for it."""
        self.locker.ask()

    def close_month(self, form: ProgressForm | None = None, day: date | None = None) -> None:
        """Open the guide through the form that is to be sent, or through this one of a day."""
        dialog = MonthDialog(self.office, self, form, day)
        dialog.open_record.connect(self.open_record)
        dialog.open_ledger.connect(self.open_ledger)
        dialog.settings_wanted.connect(self.change_settings)
        dialog.open()

    def change_settings(self) -> None:
        """Open the form of the desk's settings."""
        SettingsDialog(self.office, self.locker, self).open()

    def show_seal(self) -> None:
        """Open the dialog about the seal on informants."""
        SealDialog(self.office, self).open()

    def show_copies(self) -> CopiesDialog:
        """Open the dialog that backs the desk up and goes back to a copy."""
        dialog = CopiesDialog(self.office, self)
        dialog.restore.connect(self._go_back_to)
        dialog.check_wanted.connect(self.check)
        dialog.open()
        return dialog

    def offer_copy(self, copy: Path) -> None:
        """Read a copy through that the program was given, and ask whether to go back to it."""
        self.show_copies().check(copy)

    def check(self) -> None:
        """Check the desk and its copies, and show what was found."""
        checking = CheckNow(self.office, self.safety, self)
        checking.found.connect(self._show_found)
        checking.start()

    def show_found(self) -> None:
        """Show what the last check found wrong with the desk."""
        self._show_found(Findings(list(self.safety.found), self.safety.proof, 0))

    def _show_found(self, found: Findings) -> None:
        dialog = FoundDialog(found, self)
        dialog.open_record.connect(self.open_record)
        dialog.restore.connect(self.show_copies)
        dialog.back_up.connect(partial(back_up, self.office, self))
        dialog.open()

    def _go_back_to(self, copy: WantedCopy) -> None:
        """Close, so that the copy can be put back; the window then opens again on it."""
        self.wanted_copy = copy
        self.close()

    def show_desks(self) -> None:
        """Offer the other desks that are known here, and the ways to a new one."""
        desk = self.office.desk
        dialog = WelcomeDialog(
            new_folder(), desk.named_day, self, self.office.jobs, known_desks(), here=desk.folder.absolute()
        )
        dialog.accepted.connect(partial(self._leave_for, dialog))
        dialog.open()

    def _leave_for(self, dialog: WelcomeDialog) -> None:
        """Close, so that this desk is let go of; the window then opens again on the other one."""
        self.other_desk = dialog.desk
        self.close()

    def print_papers(self) -> None:
        """Open the print dialog, on the paper that suits the page."""
        page = self.page.seen
        PrintDialog(self.office, self, page.report, page.query(), page.columns()).open()

    def watch_day(self) -> None:
        """When midnight has passed, everything is read anew."""
        if self._day != self.office.today:
            self._day = self.office.today
            self.office.renew()
            self.reminders.new_day()
            self.keeper.new_day()

    def show_help(self) -> None:
        """Open the manual at the chapter of the page that is seen."""
        self.open_manual("")

    def open_manual(self, key: str) -> None:
        """Open the manual beside the work; see ``Manual``."""
        self.manual.show_page(key or self.page.help_key)

    def explain(self, field: Field) -> None:
        """Open the manual at the line about a field."""
        self.manual.show_field(field)

    @property
    def manual(self) -> HelpWindow:
        """The window of the manual, made when it is wanted first."""
        if self._manual is None:
            self._manual = HelpWindow(self.pages.places, self.office.desk.books, self.memory)
        return self._manual

    def showEvent(self, event: QShowEvent) -> None:
        """The pages that are not seen are made once this one is."""
        super().showEvent(event)
        self._making.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation to icons where the width is short."""
        super().resizeEvent(event)
        self.rail.fold(event.size().width() < _NAMES_FROM)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes on in reading order."""
        return move_on(self, next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; in the navigation it goes into the page."""
        pressed = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.rail.holds_focus:
            enter(self.page)
        elif isinstance(pressed, QAbstractButton):
            pressed.click()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember sizes, go, and let running work end."""
        self._making.stop()
        self.sizes.write()
        if self._manual is not None:
            self._manual.close()
            self._manual.deleteLater()
            self._manual = None
        self.reminders.stop()
        self.hide()
        self.keeper.stop()
        self.office.stop()
        super().closeEvent(event)

    def _turn(self, place: int) -> None:
        """Show the page chosen in the navigation; arrow keys stay there, to go on choosing."""
        self._show_page(place)
        if not self.rail.holds_focus:
            enter(self.page)

    def _show_page(self, place: int) -> None:
        self._place = place
        self.stack.setCurrentWidget(self.page)
        self.rail.choose(place)

    def turn_to(self, ledger: str) -> Page | None:
        """Turn to the page that shows a ledger and return it; None where no page does."""
        if (place := self.pages.place_of(ledger)) is None:
            return None
        self.go(place)
        self.page.turn_to(ledger)
        return self.page

    def _keep_pages(self) -> None:
        for page in self.pages.made:
            page.keep(self.memory)

    def _make_next(self) -> None:
        """Make the pages that are not seen one by one, each in an event of its own."""
        if self.pages.make_next():
            self._making.start(0)
        else:
            self.complete.emit()

    def _take_in(self, page: Page) -> None:
        self.stack.addWidget(page)
        page.restore(self.memory)
        self.sizes.watch(page)
        page.open_record.connect(self.open_record)
        page.open_ledger.connect(self.open_ledger)
        if isinstance(page, ProgressFormPage):
            page.month_wanted.connect(self.close_month)
        if isinstance(page, DeskPage):
            page.copies_wanted.connect(self.show_copies)
            page.found_wanted.connect(self.show_found)
            page.report_wanted.connect(partial(self.close_month, None))
            page.start.settings_wanted.connect(self.change_settings)

    def _set_out(self) -> None:
        below = across(self.rail, Stretch(self.stack), gap=0)
        down(self.bar, Stretch(below), within=self._centre, gap=0)

    def _make_bar(self) -> TopBar:
        self.undoing = Undoing(self.office, self)
        self.undoing.open_record.connect(self.open_record)
        self.undo, self.redo = self.undoing.undo, self.undoing.redo
        self.show_acts = self.undoing.show_acts
        bar = TopBar(self.office, self._centre)
        bar.named.connect(self.setWindowTitle)
        printer = button("打印", bar, self.print_papers, "print")
        printer.setToolTip(PRINT.keys)
        bar.add(
            printer,
            *(tool(key.tip, bar, getattr(self, key.does), picture) for key, picture in BAR_TOOLS),
        )
        return bar

    def _bind_keys(self) -> None:
        for key in WINDOW_KEYS:
            act = getattr(self, key.does) if key.of_window else partial(self._on_page, key.does)
            self._bind(key.keys, act)
        self._bind("Ctrl+Shift+Z", self.redo)
        self.notice.turned.connect(self.undoing.turn)
        self._bind(f"Shift+{NEXT_PART.keys}", partial(self.next_part, False))
        for place, keys in zip(range(len(self.pages)), PAGE_KEYS, strict=False):
            self._bind(keys, partial(self.go, place))

    def _bind(self, keys: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)

    def _on_page(self, does: str) -> None:
        getattr(self.page.seen, does)()
