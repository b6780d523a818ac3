"""The duties, one line each: rhythm, how often met, what comes next, where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.fulfilment import DutyState
from hazard_desk.store.columns import name_of
from ui.tables.ledger_model import CHIP_ROLE
from ui.tones import RED
from ui.widgets.record_tree import RecordTree

_WIDEST = 7


class DutyList(RecordTree):
    """Shows rows of the duties by their fields."""

    def __init__(self, fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(fields, _WIDEST, parent)
        self.setRootIsDecorated(False)
        self.setAccessibleName("常态化工作")

    def show_rows(self, rows: Sequence[DutyFacts]) -> None:
        """Show these; what was chosen stays chosen."""
        self.begin()
        for row in rows:
            self._add(row)
        self.end()

    def _add(self, row: DutyFacts) -> None:
        line = self.line(self, row.id)
        for place, field in enumerate(self.shown_fields):
            shown = field.show(row[field.name])
            line.setText(place, shown)
            line.setToolTip(place, shown)
            if field.choices:
                line.setData(place, CHIP_ROLE, [shown])
            elif field.kind is Kind.INTEGER:
                line.setText(place, f"{shown}{field.unit}")
                line.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            elif field.name == name_of(DutyFacts.next_due) and row.state == DutyState.LATE:
                line.setForeground(place, QColor(RED.ink))
