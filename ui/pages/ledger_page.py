"""A ledger as a page: find, filter, sort, look, add, export. Everything follows from its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from hazard_desk.books.kit.ledger import AnyLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import Field, by_name
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.icons import icon
from ui.imports.dialog import ImportDialog
from ui.imports.rollup import RollupDialog
from ui.memory import Memory
from ui.models.ledger_model import LedgerModel
from ui.models.ledger_table import LedgerTable
from ui.office import Office
from ui.pages.page import Page
from ui.panes.book_panes import PANES
from ui.panes.record_pane import RecordPane
from ui.production import Production, free_name
from ui.style import GAP, ROOM
from ui.tones import is_state_words
from ui.widgets.basics import Elided, button, label
from ui.widgets.empty import Empty
from ui.widgets.filter_bar import FilterBar
from ui.widgets.master_detail import MasterDetail
from ui.widgets.past_day import PastDay
from ui.widgets.view_tools import ColumnMenu, SavedFilters, drop_below

_TYPING_PAUSE_MS = 250


@dataclass(frozen=True)
class Totals:
    """What stands over the table, and what the drop-downs offer."""

    whole: int
    parts: dict[str, int]
    sums: list[tuple[str, float]]
    options: dict[str, list[str]]


class LedgerPage(Page):
    """The page of one ledger."""

    def __init__(self, office: Office, ledger: AnyLedger, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.ledger = ledger
        self.title, self.picture, self.report = ledger.title, ledger.icon, ledger.own_paper
        self.model = LedgerModel(office, ledger, self)
        self.table = LedgerTable(self.model, self)
        self.pane = self.make_pane()
        self.search = QLineEdit(self)
        self.filters = FilterBar(ledger.filter_fields(), self, self.search)
        self.total = Elided("", self, "soft")
        self.saved = SavedFilters(office, ledger.id, self)
        self.past = PastDay(office.today, self) if ledger.looks_back else None
        self._empty = Empty("", self)
        self._stack = QStackedWidget(self)
        self._split = MasterDetail(self._stack, self.pane, self)
        self._pause = QTimer(self)
        self._set_out()
        self._connect()
        self.setFocusProxy(self.table)

    @property
    def ledger_id(self) -> str:
        """The ledger this page shows."""
        return self.ledger.id

    def make_pane(self) -> RecordPane:
        """Return the pane for the current record."""
        kind = PANES.get(type(self.ledger), RecordPane)
        return kind(self.office, self.ledger, self)

    def turn_day(self, before: date) -> None:
        if self.past is not None:
            self.past.editor.today = self.office.today

    def query(self) -> Query:
        """Return what the search box, the filters and the header ask for."""
        day = self.past.day if self.past is not None else None
        text = self.search.text().strip()
        return replace(self.model.query, where=self.filters.where(), text=text, as_of=day)

    def refresh(self) -> None:
        """Read ids, totals and options anew; the chosen record stays chosen."""
        query = self.query()
        self.saved.set_query(query)
        self.model.ask(query)
        self.office.read(partial(self._count, query), self._counted, self)

    def filter_by(self, where: Mapping[str, str]) -> None:
        """Show only these records."""
        self.search.clear()
        self._split.back()
        labels = {name: by_name(self.ledger.fields, name).label for name in where}
        self.filters.set_where(where, labels)

    def take_view(self, query: Query) -> None:
        """Show what a saved filter asks for."""
        self.search.setText(query.text)
        self.model.query = replace(self.model.query, sort=query.sort, descending=query.descending)
        self.filter_by_saved(query)

    def filter_by_saved(self, query: Query) -> None:
        """Choose the values of a saved filter; what stands in the search box stays."""
        where = {
            name: wanted if isinstance(wanted, str) else wanted[0] for name, wanted in query.where.items()
        }
        labels = {name: by_name(self.ledger.fields, name).label for name in where}
        self.filters.set_where(where, labels)

    def choose_columns(self) -> None:
        """Open the menu of columns under its button."""
        shown = [field.name for field in self.model.fields]
        menu = ColumnMenu(self.model.choosable, shown, self)
        menu.chosen.connect(self.table.show_columns)
        drop_below(menu, self.more)

    def paste(self) -> None:
        """Take rows that were copied from a spreadsheet."""
        dialog = ImportDialog(self.office, self.ledger, self)
        dialog.open()
        dialog.open_text(QGuiApplication.clipboard().text())

    def look_back(self) -> None:
        """Ask for another day to look at."""
        if self.past is not None:
            self.past.begin()

    def show_record(self, number: int) -> None:
        """Bring one record into sight, whatever was filtered."""
        if self.past is not None:
            self.past.end()
        self.search.clear()
        self.filters.clear()
        self.table.choose(number)
        self._split.open()

    def start_new(self) -> None:
        """Open an empty form."""
        dialog = FormDialog(
            self.office,
            f"新增{self.ledger.noun}",
            self.ledger.entry_fields(),
            self.ledger.add,
            self,
            ledger=self.ledger,
            again=True,
        )
        dialog.saved.connect(self._added)
        dialog.open()

    def start_search(self) -> None:
        """Put the cursor into the search box."""
        self._split.back()
        self.search.setFocus()
        self.search.selectAll()

    def export(self) -> None:
        """Write the records that are shown to a spreadsheet."""
        desk = self.office.desk
        to = free_name(desk.out / f"{self.ledger.title}-{self.office.today.isoformat()}.xlsx")
        make = partial(desk.export, self.ledger.id, to, self.query())
        Production(self.office, f"正在导出“{self.ledger.title}”", make, self).start()

    def import_sheet(self) -> None:
        """Open the dialog that takes rows of a sheet in."""
        ImportDialog(self.office, self.ledger, self).open()

    def roll_up(self) -> None:
        """Open the dialog that adds up the sheets of many sub-units."""
        RollupDialog(self.office, self.ledger, self).open()

    def write_template(self) -> None:
        """Write the blank collection sheet."""
        to = free_name(self.office.desk.out / f"{self.ledger.title}采集表.xlsx")
        make = partial(self.office.desk.template, self.ledger.id, to)
        Production(self.office, f"正在生成“{self.ledger.title}采集表”", make, self).start()

    def go_back(self) -> bool:
        """From the detail to the list."""
        if not self._split.covered:
            return False
        self._split.back()
        return True

    def restore(self, memory: Memory) -> None:
        """Take up column widths and the splitter."""
        self.table.set_widths(memory.widths(self.ledger.id))
        self._split.restore(memory.text(f"splitter/{self.ledger.id}"))
        if kept := memory.text(f"columns/{self.ledger.id}"):
            self.table.show_columns(kept.split(","))

    def keep(self, memory: Memory) -> None:
        """Hand over column widths and the splitter."""
        memory.keep_widths(self.ledger.id, self.table.widths())
        memory.keep_text(f"splitter/{self.ledger.id}", self._split.state())
        shown = tuple(field.name for field in self.model.fields)
        memory.keep_text(f"columns/{self.ledger.id}", "" if shown == self.model.usual else ",".join(shown))

    def _set_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(label(self.ledger.title, self, "title"))
        head.addSpacing(GAP)
        head.addWidget(self.total, 1)
        for tool in self.tools():
            head.addWidget(tool)
        self.search.setPlaceholderText(self._search_hint())
        self.search.setClearButtonEnabled(True)
        self.search.addAction(QIcon(icon("search")), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(230)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, 12, ROOM, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.filters)
        if self.past is not None:
            layout.addWidget(self.past)
        layout.addWidget(self._split, 1)

    def tools(self) -> list[QWidget]:
        """Return the buttons at the top right."""
        new = button(f"新增{self.ledger.noun}", self, self.start_new, "plus", "primary")
        new.setToolTip("Ctrl+N")
        export = button("导出", self, self.export, "export")
        export.setToolTip("Ctrl+E")
        taken = button("导入", self, self.import_sheet, "import")
        blank = button("采集表", self, self.write_template, "columns")
        blank.setToolTip("生成空白采集表，发给各单位填写")
        return [self.saved, self._more(), blank, taken, export, new]

    def more_acts(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what the menu 更多 offers: words and what they do."""
        acts: list[tuple[str, Callable[[], object]]] = [("选择栏目", self.choose_columns)]
        acts.append(("粘贴多行（从表格复制）", self.paste))
        acts.append(("汇总各单位报来的表格", self.roll_up))
        if self.past is not None:
            acts.append(("回看某一天的情况", self.look_back))
        return acts

    def _more(self) -> QPushButton:
        self.more = QPushButton("更多", self)
        self.more.setProperty("menu", True)
        self.more.setAutoDefault(False)
        menu = QMenu(self.more)
        for words, act in self.more_acts():
            menu.addAction(words).triggered.connect(act)
        self.more.setMenu(menu)
        return self.more

    def _search_hint(self) -> str:
        found = [field.label for field in self.ledger.fields if field.searched]
        return f"查找{'、'.join(found[:3])}"

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._refresh_if_other)
        self.search.textEdited.connect(self._pause.start)
        self.search.textChanged.connect(self._cleared)
        self.search.returnPressed.connect(self.refresh)
        self.filters.changed.connect(self.refresh)
        self._split.covered_changed.connect(self.filters.setHidden)
        self.model.loaded.connect(self._loaded)
        self.table.chosen.connect(self._chosen)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(self._opened)
        self.pane.open_ledger.connect(self.open_ledger)
        self.pane.open_record.connect(self.open_record)
        self.saved.chosen.connect(self.take_view)
        if self.past is not None:
            self.past.changed.connect(self.refresh)

    def _refresh_if_other(self) -> None:
        if self.query() != self.model.query:
            self.refresh()

    def _cleared(self, text: str) -> None:
        if not text:
            self._pause.start()

    def _chosen(self, number: int | None) -> None:
        record = self.model.record(-1 if number is None else self.model.row_of(number))
        if self.model.query.as_of:
            self.pane.show_past(record, self.model.query.as_of)
        else:
            self.pane.show_row(record)

    def _clicked(self) -> None:
        if self._split.wide:
            self._split.open()

    def _opened(self, number: int) -> None:
        self._split.open()

    def _added(self, change: Change) -> None:
        self.table.choose(change.ids[0])

    def _loaded(self) -> None:
        narrowed = bool(self.filters.where() or self.search.text().strip())
        if narrowed:
            self._empty.say("没有符合条件的记录，可以换个查找内容或清除筛选")
        else:
            self._empty.say(f"还没有{self.ledger.noun}。按 Ctrl+N 新增第一条")
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty)

    def _state_field(self) -> Field | None:
        return next((f for f in self.ledger.filter_fields() if is_state_words(f.choices)), None)

    def _count(self, query: Query) -> Totals:
        parts: dict[str, int] = {}
        field = self._state_field()
        if field is not None and field.name not in query.where:
            for choice in field.choices:
                part = replace(query, where={**query.where, field.name: str(choice)})
                parts[str(choice)] = self.ledger.count(part)
        options = {name: self.ledger.options(name) for name in self.filters.combos}
        return Totals(self.ledger.count(query), parts, self.ledger.sums(query), options)

    def _counted(self, totals: Totals) -> None:
        parts = "、".join(f"{word}{count}" for word, count in totals.parts.items() if count)
        sums = "".join(f"；{heading}合计{total:.10g}" for heading, total in totals.sums)
        self.total.setText(f"共{totals.whole}条" + (f"，其中{parts}" if parts else "") + sums)
        self.filters.offer(totals.options)
