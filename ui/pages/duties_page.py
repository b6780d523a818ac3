"""常态化工作: the recurring duties of the plan and the office, and how each is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import Field, Row, by_name
from hazard_desk.store.acts import Change
from ui.duties.duty_list import DutyList
from ui.duties.duty_pane import DutyPane
from ui.duties.holiday_dialog import HolidayDialog
from ui.forms.form_dialog import FormDialog
from ui.memory import Memory
from ui.office import Office
from ui.pages.page import Page
from ui.production import Production, free_name
from ui.style import GAP, ROOM
from ui.widgets.basics import Elided, button, label
from ui.widgets.empty import Empty
from ui.widgets.filter_bar import FilterBar
from ui.widgets.master_detail import MasterDetail

_NOT_IN_LIST = ("basis", "rule", "fulfilled_by")
_FILTERS = ("state", "leads", "units")


class DutiesPage(Page):
    """The duties of the current plan."""

    title, report, picture = Duties.title, Duties.id, Duties.icon

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.duties = office.desk.duties
        self.filters = FilterBar([by_name(self.duties.fields, name) for name in _FILTERS], self)
        self.list = DutyList(self._columns(), self)
        self.pane = DutyPane(office, self)
        self.total = Elided("", self, "soft")
        self._rows: dict[int, Row] = {}
        self._empty = Empty("没有符合条件的工作事项。按 Ctrl+N 可以增列本单位的工作", self)
        self._stack = QStackedWidget(self)
        self._split = MasterDetail(self._stack, self.pane, self)
        self._set_out()
        self._connect()
        self.setFocusProxy(self.list)

    @property
    def ledger_id(self) -> str:
        return self.duties.id

    def query(self) -> Query:
        return Query(where=self.filters.where())

    def refresh(self) -> None:
        """Read the duties anew; the chosen one stays chosen."""
        with self.office.reading(self):
            rows = self.duties.select(self.query())
            options = {name: self.duties.options(name) for name in self.filters.combos}
        self._rows = {row["id"]: row for row in rows}
        self.list.show_rows(rows)
        self._stack.setCurrentWidget(self.list if rows else self._empty)
        states = Counter(str(row["state"]) for row in rows)
        parts = "、".join(f"{word}{count}项" for word, count in states.items())
        self.total.setText(f"共{len(rows)}项" + (f"：{parts}" if parts else ""))
        self.filters.offer(options)

    def filter_by(self, where: Mapping[str, str]) -> None:
        self._split.back()
        self.filters.set_where(where, {name: by_name(self.duties.fields, name).label for name in where})

    def show_record(self, number: int) -> None:
        """Bring one duty into sight, whatever was filtered."""
        if self.filters.where():
            self.filters.clear()
        self.list.choose(number)
        self._split.open()

    def start_new(self) -> None:
        """Open the form for a duty of the office's own."""
        dialog = FormDialog(
            self.office,
            f"新增{self.duties.noun}",
            self.duties.entry_fields(),
            self.duties.add,
            self,
            ledger=self.duties,
            again=True,
        )
        dialog.saved.connect(self._added)
        dialog.open()

    def enter_holidays(self) -> None:
        """Open the dialog for a year's notice of holidays."""
        HolidayDialog(self.office, self).open()

    def export(self) -> None:
        """Write the duties that are shown to a spreadsheet."""
        desk = self.office.desk
        to = free_name(desk.out / f"{self.duties.title}-{self.office.today.isoformat()}.xlsx")
        make = partial(desk.export, self.duties.id, to, self.query())
        Production(self.office, f"正在导出“{self.duties.title}”", make, self).start()

    def go_back(self) -> bool:
        """From the detail to the list."""
        if not self._split.covered:
            return False
        self._split.back()
        return True

    def restore(self, memory: Memory) -> None:
        self._split.restore(memory.text("splitter/duties"))

    def keep(self, memory: Memory) -> None:
        memory.keep_text("splitter/duties", self._split.state())

    def _columns(self) -> Sequence[Field]:
        return [field for field in self.duties.fields if field.shown and field.name not in _NOT_IN_LIST]

    def _added(self, change: Change) -> None:
        self.list.choose(change.ids[0])

    def _chosen(self, number: int | None) -> None:
        self.pane.show_duty(None if number is None else self._rows.get(number))

    def _opened(self, number: int) -> None:
        self._split.open()

    def _clicked(self) -> None:
        if self._split.wide:
            self._split.open()

    def _set_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(label(self.title, self, "title"))
        head.addSpacing(GAP)
        head.addWidget(self.total, 1)
        head.addWidget(button("节假日安排", self, self.enter_holidays, "calendar"))
        export = button("导出", self, self.export, "export")
        export.setToolTip("Ctrl+E")
        head.addWidget(export)
        new = button("新增工作事项", self, self.start_new, "plus", "primary")
        new.setToolTip("Ctrl+N")
        head.addWidget(new)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, 12, ROOM, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.filters)
        layout.addWidget(self._split, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self.refresh)
        self._split.covered_changed.connect(self.filters.setHidden)
        self.list.chosen.connect(self._chosen)
        self.list.clicked.connect(self._clicked)
        self.list.opened.connect(self._opened)
        self.pane.open_record.connect(self.open_record)
