"""The pane beside a ledger's table: the facts of the current record and what can be done with it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hazard_desk.books.kit.ledger import AnyLedger
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.panes.detail_pane import DetailPane
from ui.panes.record_papers import PapersButton, has_papers
from ui.panes.record_sections import HistoryDialog, Linked
from ui.style import GAP
from ui.widgets.ask import ask
from ui.widgets.attached import Attached
from ui.widgets.basics import Elided, button, label
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout


class RecordPane(DetailPane):
    """Shows one record of any ledger. Other panes say more by overriding ``fill``."""

    removes: ClassVar[bool] = True
    """Whether records of this kind can be deleted."""

    open_ledger = Signal(str, object)
    open_record = Signal(str)

    def __init__(self, office: Office, ledger: AnyLedger, parent: QWidget) -> None:
        super().__init__(office, f"在列表中选择一条{ledger.noun}，这里显示详情", parent)
        self.ledger = ledger
        self.record: Row | None = None

    def show_row(self, record: Row | None) -> None:
        """Show a record, or that none is chosen."""
        self.record = record
        if record is None:
            self.put_nothing()
        else:
            self.put(str(record["id"]), partial(self._fill, record))

    def show_past(self, record: Row | None, day: date) -> None:
        """Show a record as it stood on ``day``; nothing can be done with it there."""
        self.record = None
        if record is None:
            self.put_nothing()
        else:
            self.put(f"{record['id']} {day}", partial(self._fill_past, record, day))

    def _fill(self, record: Row, layout: QVBoxLayout, body: QWidget) -> None:
        try:
            self.fill(layout, body, record)
            self._below(layout, body, record)
        except Refused as refused:  # e.g. a course that today's rules do not know
            layout.addWidget(label(refused.message, body, "problem", wrap=True))

    def _fill_past(self, record: Row, day: date, layout: QVBoxLayout, body: QWidget) -> None:
        layout.addWidget(Elided(self.name(record), body, "title"))
        layout.addWidget(label(f"{day.isoformat()}的情况", body, "soft"))
        facts = Facts(body)
        facts.add_record(self.ledger.fields, record)
        layout.addWidget(facts)

    def fill(self, layout: QVBoxLayout, body: QWidget, record: Row) -> None:
        """Put what is to be seen of ``record`` into ``body``."""
        layout.addWidget(Elided(self.name(record), body, "title"))
        if self.ledger.entry_fields():
            acts = QWidget(body)
            flow = FlowLayout(acts, GAP)
            flow.addWidget(button("修改", acts, self.edit, "edit"))
            if self.removes:
                flow.addWidget(button("删除", acts, self.ask_remove, "remove"))
            for more in self.more_acts(acts, record):
                flow.addWidget(more)
            if has_papers(self.ledger.id):
                flow.addWidget(PapersButton(self.office, self.ledger.id, record, acts))
            layout.addWidget(acts)
        facts = Facts(body)
        facts.add_record(self.ledger.fields, record)
        layout.addWidget(facts)
        self.extra(layout, body, record)

    def more_acts(self, acts: QWidget, record: Row) -> list[QWidget]:
        """Return the buttons for what else can be done with ``record``."""
        return []

    def extra(self, layout: QVBoxLayout, body: QWidget, record: Row) -> None:
        """Put what stands between the facts and the linked records."""

    def show_history(self) -> None:
        """Show who changed what of the record."""
        if self.record is not None:
            past = self.ledger.history(int(self.record["id"]))
            HistoryDialog(self.name(self.record), past, self).open()

    def _below(self, layout: QVBoxLayout, body: QWidget, record: Row) -> None:
        """What every record has: linked records, attachments, its history."""
        number = int(record["id"])
        links = Linked(self.office, self.ledger.id, number, body)
        links.open_record.connect(self.open_record)
        layout.addWidget(links)
        layout.addWidget(Attached(self.office, self.ledger.id, number, body))
        history = button("修改历史", body, self.show_history, "history", "quiet")
        layout.addWidget(history, 0, Qt.AlignmentFlag.AlignLeft)

    def ask_remove(self) -> None:
        """Ask whether the record is to be deleted."""
        if self.record is not None:
            text = f"要删除“{self.name(self.record)}”吗？删除后可用“撤销上一步”恢复。"
            ask(self, "删除", text, "删除", "不删除", self._remove)

    def _remove(self) -> None:
        if self.record is None:
            return
        change = self.office.attempt(partial(self.ledger.remove, int(self.record["id"])), self)
        if change is not None:
            self.office.notice(change.title)

    def name(self, record: Row) -> str:
        """Return how the record is called."""
        return self.ledger.name_of(record)

    def edit(self) -> None:
        """Open the form of the record."""
        if self.record is None:
            return
        number = int(self.record["id"])
        FormDialog(
            self.office,
            f"修改{self.ledger.noun}",
            self.ledger.entry_fields(),
            partial(self.ledger.change, number),
            self,
            values=self.record,
            ledger=self.ledger,
        ).open()
