"""Panes of what the office is divided into: a sector that is merged, a unit with what it sends."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.lists import SectorRow
from hazard_desk.books.submissions import Submissions
from hazard_desk.books.units.book import UnitRow
from hazard_desk.figures.progress.sheets import SENT, UnitSheet, unit_sheets
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.readings import next_due
from ui.forms.form_dialog import FormDialog
from ui.panes.record_pane import RecordPane
from ui.widgets.basics import button, card, label
from ui.widgets.layouts import Stretch, across


class SectorPane(RecordPane[SectorRow]):
    """A sector; its name is changed wherever it stands, and it can be merged into another."""

    def more_acts(self, acts: QWidget, record: SectorRow) -> list[QWidget]:
        return [] if record.until else [button("并入其他行业领域", acts, self.merge)]

    def merge(self) -> None:
        """Ask into which other sector this one goes."""
        if self.record is not None:
            sectors, row = self.office.desk.books.sectors, self.record
            title, save = f"“{row.name}”并入", partial(sectors.merge, row.id)
            FormDialog(self.office, title, sectors.merge_fields(), save, self, keep_draft=False).open()


class UnitPane(RecordPane[UnitRow]):
    """A unit with the sheets that it is to send next, and whether they came."""

    def extra(self, layout: QVBoxLayout, body: QWidget, record: UnitRow) -> None:
        sheets = _sheets_of(self.office.desk.books, record)
        if not sheets:
            return
        frame, inside = card(body, "调度表报送")
        for sheet in sheets:
            told = label(f"{sheet.group}　{show_date(sheet.due)}前", frame, wrap=True)
            if sheet.state == SENT:
                words = f"{show_date(sheet.sent_on)}上报（第{sheet.version}次）"
                open_it = partial(self.open_record.emit, f"{Submissions.id}/{sheet.number}")
                state: QWidget = button(words, frame, open_it, role="link")
            else:
                state = label(sheet.state, frame, "soft")
            inside.addLayout(across(Stretch(told), state))
        layout.addWidget(frame)


def _sheets_of(books: Books, unit: UnitRow) -> list[UnitSheet]:
    """The sheets of a unit for the next day of each form of the plan."""
    forms = bundled_progress_forms()
    asked = [forms[name] for name in books.plans.plan().forms if name in forms]
    return [
        sheet
        for form in asked
        for sheet in unit_sheets(books, form, max(next_due(books.today, form.due_day), form.first))
        if sheet.unit == unit.called
    ]
