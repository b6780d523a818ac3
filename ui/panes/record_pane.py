"""The pane beside a ledger's table: the facts of the current record and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hazard_desk.books.kit.ledger import Ledger, TableLedger
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.columns import Record
from ui.attachments.attached import Attached
from ui.casefile.case_buttons import case_buttons
from ui.forms.form_dialog import Save
from ui.office import Office
from ui.panes.detail_pane import DetailPane, Pieces
from ui.panes.record_papers import PapersButton, has_papers
from ui.panes.record_sections import HistoryDialog, Linked
from ui.style import GAP
from ui.widgets.ask import ask
from ui.widgets.basics import Elided, button, label
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import lay

R = TypeVar("R", bound=Record)


class RecordPane(DetailPane, Generic[R]):
    """Shows one record of any ledger. Other panes say more by overriding ``fill``."""

    removes: ClassVar[bool] = True
    """Whether records of this kind can be deleted."""

    open_ledger = Signal(str, object)
    open_record = Signal(str)

    def __init__(self, office: Office, ledger: TableLedger[R], parent: QWidget) -> None:
        super().__init__(office, f"在列表中选择一条{ledger.noun}，这里显示详情", parent)
        self.ledger = ledger
        self.record: R | None = None

    def show_row(self, record: R | None) -> None:
        """Show a record, or that none is chosen."""
        self.record = record
        if record is None:
            self.put_nothing()
        else:
            self.put(str(record.id), partial(self._fill, record))

    def show_past(self, record: R | None, day: date) -> None:
        """Show a record as it stood on ``day``; nothing can be done with it there."""
        self.record = None
        if record is None:
            self.put_nothing()
        else:
            self.put(f"{record.id} {day}", partial(self._fill_past, record, day))

    def _fill(self, record: R, layout: QVBoxLayout, body: QWidget) -> Pieces:
        try:
            yield from self.fill(layout, body, record)
            yield
            self._below(layout, body, record)
        except Refused as refused:  # e.g. a course that today's rules do not know
            layout.addWidget(label(refused.message, body, "problem", wrap=True))

    def _fill_past(self, record: R, day: date, layout: QVBoxLayout, body: QWidget) -> Pieces:
        lay(layout, Elided(self.name(record), body, "title"), label(f"{day.isoformat()}的情况", body, "soft"))
        yield
        facts = Facts(body)
        facts.add_record(self.ledger.fields, record)
        layout.addWidget(facts)

    def fill(self, layout: QVBoxLayout, body: QWidget, record: R) -> Pieces:
        """Put what is to be seen of ``record`` into ``body``, piece by piece; see ``DetailPane.put``."""
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
                for made in case_buttons(self.office, self.ledger.id, record.id, acts):
                    flow.addWidget(made)
            layout.addWidget(acts)
        yield
        facts = Facts(body)
        facts.add_record(self.ledger.fields, record, self.fill_gap)
        layout.addWidget(facts)
        yield
        self.extra(layout, body, record)

    def more_acts(self, acts: QWidget, record: R) -> list[QWidget]:
        """Return the buttons for what else can be done with ``record``."""
        return []

    def extra(self, layout: QVBoxLayout, body: QWidget, record: R) -> None:
        """Put what stands between the facts and the linked records."""

    def show_history(self) -> None:
        """Show who changed what of the record."""
        if self.record is not None:
            HistoryDialog(self.name(self.record), self.ledger.history(self.record.id), self).open()

    def _below(self, layout: QVBoxLayout, body: QWidget, record: R) -> None:
        """What every record has: linked records, attachments, its history."""
        links = Linked(self.office, self.ledger.id, record.id, body)
        links.open_record.connect(self.open_record)
        lay(layout, links, Attached(self.office, self.ledger.id, record.id, body))
        history = button("修改历史", body, self.show_history, "history", "quiet")
        layout.addWidget(history, 0, Qt.AlignmentFlag.AlignLeft)

    def ask_remove(self) -> None:
        """Ask whether the record is to be deleted."""
        if self.record is not None:
            text = f"要删除“{self.name(self.record)}”吗？删除后可用“撤销上一步”恢复。"
            ask(self, "删除", text, "删除", "不删除", self._remove)

    def _remove(self) -> None:
        if self.record is not None:
            self.office.attempt(partial(self.ledger.remove, self.record.id), self)

    def name(self, record: R) -> str:
        """Return how the record is called."""
        return self.ledger.name_of(record)

    def edit(self) -> None:
        """Open the form of the record."""
        self.edit_at("")

    def fill_gap(self, field: Field) -> None:
        """Open the form that fills a gap of the record, with the cursor there."""
        self.edit_at(field.name)

    def edit_field(self, field: Field) -> None:
        """Open the form that holds a field, with the cursor there, or say that none does."""
        if any(field.name == asked.name for asked in self.ledger.entry_fields()):
            self.edit_at(field.name)
        else:
            self.say_given(field)

    def say_given(self, field: Field) -> None:
        """Say that a field is not typed."""
        self.office.notice(f"“{field.label}”由程序得出，不用填写")

    def edit_at(self, at: str) -> None:
        """Open the form of the record with the cursor in the field ``at``; '' where typing begins."""
        if self.record is not None:
            save = partial(self.ledger.change, self.record.id)
            self.ask_record(f"修改{self.ledger.noun}", self.ledger, save, self.record, at=at)

    def ask_record(
        self,
        title: str,
        book: Ledger,
        save: Save,
        values: Row,
        fields: Sequence[Field] = (),
        at: str = "",
    ) -> None:
        """Open the form of a record of ``book``, or only ``fields`` of it, filled with what is known."""
        self.ask(title, fields or book.entry_fields(), save, values, ledger=book, at=at)


AnyPane = RecordPane[Any]
"""The pane of whatever rows: for what chooses among panes."""
