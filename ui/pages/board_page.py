"""A book as a page: what finds and narrows its records, their list, and the current one beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QWidget

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import Field, Row, by_name
from hazard_desk.store.acts import Change
from ui.forms.entering import entry_form
from ui.forms.form_dialog import FormDialog
from ui.icons import icon
from ui.keys import EXPORT, NEW
from ui.office import Office
from ui.pages.page import SplitPage
from ui.production import Production, free_name
from ui.style import GAP, ROOM, sized
from ui.tables.ledger_table import LedgerTable
from ui.widgets.basics import Elided, button, label, pause
from ui.widgets.empty import Either, Empty, Way
from ui.widgets.filter_bar import FilterBar
from ui.widgets.group_cards import GroupCards
from ui.widgets.layouts import Stretch, across, down, lay
from ui.widgets.master_detail import MasterDetail
from ui.widgets.record_tree import RecordTree

_TYPING_PAUSE_MS = 250
_TITLE = 72


class BoardPage(SplitPage):
    """The page of one book. Subclasses make list and pane, read in ``refresh``, then show."""

    listing: LedgerTable | RecordTree | GroupCards
    how_to_fill = ""
    """How the book is filled while it is empty, said before the buttons for it."""

    def __init__(
        self, office: Office, book: Ledger, parent: QWidget, filters: Sequence[Field] = (), find: str = ""
    ) -> None:
        """``find`` says in the search box what is searched; without it there is none."""
        super().__init__(office, parent)
        self.book = book
        self.title, self.picture, self.report = book.title, book.icon, book.own_paper
        self.split_name = f"splitter/{book.id}"
        self.total = Elided("", self, "soft")
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(find)
        self.search.setAccessibleName(find)
        self.search.setVisible(bool(find))
        self.filters = FilterBar(filters, self, self.search)
        self.filters.setVisible(bool(find or filters))
        self._asked = Query()
        self._empty = Empty("", self)
        self._pause = pause(_TYPING_PAUSE_MS, self._refresh_if_other, self)

    @property
    def ledger_id(self) -> str:
        return self.book.id

    def query(self) -> Query:
        """Return what the search box and the filters ask for."""
        return Query(where=self.filters.where(), text=self.search.text().strip())

    def ask(self) -> Query:
        """Return the query that is read now."""
        self._asked = self.query()
        return self._asked

    def show_list(self, found: bool, any_there: bool) -> None:
        """Show the list; where nothing was found, how to find it, or how to fill an empty book."""
        if any_there:
            self._empty.say(f"没有符合条件的{self.book.noun}", [("清除筛选", "显示全部", self.show_all)])
        else:
            why = f"{self.book.why}。" if self.book.why else ""
            told = (f"还没有{self.book.noun}", why, self.how_to_fill)
            self._empty.say("\n".join(one for one in told if one), self.ways_to_fill())
        self._either.show_list(found)

    def ways_to_fill(self) -> list[Way]:
        """Return what an empty book offers: a button for each way to fill it."""
        return [(f"新增{self.book.noun}（{NEW.keys}）", "打开空白的登记表", self.start_new)]

    def show_all(self) -> None:
        """Show every record: nothing is searched for, nothing filtered."""
        self.search.clear()
        self.filters.clear()

    def filter_by(self, where: Mapping[str, str]) -> None:
        """Show only these records."""
        self.search.clear()
        self.split.back()
        self.choose_filters(where)

    def choose_filters(self, where: Mapping[str, str]) -> None:
        """Choose these values; what stands in the search box stays."""
        self.filters.set_where(where, {name: by_name(self.book.fields, name).label for name in where})

    def show_record(self, number: int) -> None:
        """Bring one record into sight, whatever was filtered."""
        self.search.clear()
        self.filters.clear()
        self.listing.choose(number)
        self.split.open()

    def start_new(self) -> None:
        """Open an empty form."""
        self._open_form(entry_form(self.office, self.book, self, again=True))

    def start_with(self, values: Row) -> FormDialog:
        """Open the form of a new record with what was told already, as if she had typed it."""
        dialog = entry_form(self.office, self.book, self)
        dialog.fill_in(values)
        self._open_form(dialog)
        return dialog

    def start_search(self) -> None:
        """Put the cursor into the search box."""
        self.split.back()
        self.search.setFocus()
        self.search.selectAll()

    def export(self) -> None:
        """Write the records that are shown to a spreadsheet."""
        desk = self.office.desk
        to = free_name(desk.out / f"{self.book.title}-{self.office.today.isoformat()}.xlsx")
        make = partial(desk.sheets.export, self.book.id, to, self.query())
        Production(self.office, f"正在导出“{self.book.title}”", make, self).start()

    def set_out(
        self,
        listing: LedgerTable | RecordTree | GroupCards,
        pane: QWidget | None,
        tools: Sequence[QWidget],
        below: QWidget | None = None,
    ) -> None:
        """Put everything in its place, ``below`` under the filters, and connect what all books share."""
        self.listing = listing
        if not isinstance(listing, GroupCards):
            listing.setAccessibleName(self.title)
        self._either = Either(listing, self._empty, self)
        self.split = MasterDetail(self._either, pane, self)
        self.setFocusProxy(self._either)
        title = label(self.title, self, "title")
        sized(title, least_width=_TITLE)  # a long title never keeps the window from becoming small
        head = across(title)
        head.addSpacing(GAP)
        lay(head, Stretch(self.total), *tools)
        layout = down(head, within=self, edges=(ROOM, 12, ROOM, 12), gap=10)
        if not self.filters.isHidden():
            layout.addWidget(self.filters)
            self.split.covered_changed.connect(self.filters.setHidden)
        if below is not None:
            layout.addWidget(below)
        layout.addWidget(self.split, 1)
        self._lines = layout
        self._connect()

    def put_over_list(self, line: QWidget) -> None:
        """Put a line of its own between the filters and the list."""
        self._lines.insertWidget(self._lines.count() - 1, line)

    def export_button(self) -> QWidget:
        """Return the button 导出."""
        made = button("导出", self, self.export, "export")
        made.setToolTip(EXPORT.keys)
        return made

    def new_button(self) -> QWidget:
        """Return the button that begins a new record."""
        made = button(f"新增{self.book.noun}", self, self.start_new, "plus", "primary")
        made.setToolTip(NEW.keys)
        return made

    def _connect(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.search.addAction(QIcon(icon("search")), QLineEdit.ActionPosition.LeadingPosition)
        sized(self.search, width=230)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self.refresh)
        self.filters.changed.connect(self.refresh)
        self.listing.opened.connect(self.split.open)
        self.listing.clicked.connect(self._clicked)

    def _refresh_if_other(self) -> None:
        if self.query() != self._asked:
            self.refresh()

    def _clicked(self) -> None:
        if self.split.wide:
            self.split.open()

    def _open_form(self, dialog: FormDialog) -> None:
        dialog.saved.connect(self._added)
        dialog.open()

    def _added(self, change: Change) -> None:
        self.listing.choose(change.ids[0])
