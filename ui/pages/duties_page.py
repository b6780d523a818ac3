"""常态化工作: the recurring duties of the plan and the office, and how each is kept."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtWidgets import QWidget

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.kit.query import Query
from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.store.columns import fields_of, names_of
from ui.duties.duty_list import DutyList
from ui.duties.duty_pane import DutyPane
from ui.duties.holiday_dialog import HolidayDialog
from ui.office import Office
from ui.pages.board_page import BoardPage
from ui.widgets.basics import button

_NOT_IN_LIST = names_of(DutyFacts.basis, DutyFacts.rule, DutyFacts.fulfilled_by)
_FILTERS = fields_of(DutyFacts.state, DutyFacts.leads, DutyFacts.units)


class DutiesPage(BoardPage):
    """The duties of the current plan."""

    ledgers = (Duties.id,)

    def __init__(self, office: Office, parent: QWidget) -> None:
        self.duties = office.desk.duties
        super().__init__(office, self.duties, parent, _FILTERS)
        shown = [field for field in self.duties.fields if field.shown and field.name not in _NOT_IN_LIST]
        self.list = DutyList(shown, self)
        self.pane = DutyPane(office, self)
        self._rows: dict[int, DutyFacts] = {}
        holidays = button("节假日安排", self, self.enter_holidays, "calendar")
        self.set_out(self.list, self.pane, [holidays, self.export_button(), self.new_button()])
        self.list.chosen.connect(self._chosen)
        self.pane.open_record.connect(self.open_record)

    def refresh(self) -> None:
        """Read the duties anew; the chosen one stays chosen."""
        self.office.read_anew(partial(self._read, self.ask()), self._show, self)

    def enter_holidays(self) -> None:
        """Open the dialog for a year's notice of holidays."""
        HolidayDialog(self.office, self).open()

    def _read(self, query: Query) -> tuple[list[DutyFacts], dict[str, list[str]]]:
        return self.duties.select(query), self.duties.options_of(self.filters.combos)

    def _show(self, read: tuple[list[DutyFacts], dict[str, list[str]]]) -> None:
        rows, options = read
        self._rows = {row.id: row for row in rows}
        self.list.show_rows(rows)
        states = Counter(row.state for row in rows)
        parts = "、".join(f"{word}{count}项" for word, count in states.items())
        self.total.setText(f"共{len(rows)}项" + (f"：{parts}" if parts else ""))
        self.filters.offer(options)
        self.show_list(bool(rows), bool(self._asked.where))

    def _chosen(self, number: int | None) -> None:
        self.pane.show_duty(None if number is None else self._rows.get(number))
