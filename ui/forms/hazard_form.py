"""The form that registers a hazard: the tick 当场整改 unfolds what else happened on that day."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from hazard_desk.books.hazards.same_day import folded, form_fields, register_hazard
from hazard_desk.rules.fields import Field, Row
from ui.forms.folding_form import FoldingForm
from ui.forms.form_dialog import FormDialog, Save
from ui.office import Office


class HazardDialog(FormDialog):
    """Registers a hazard, found or found and settled on one day, in one act."""

    form: FoldingForm

    def __init__(
        self,
        office: Office,
        title: str,
        save: Save | None,
        parent: QWidget,
        values: Row | None = None,
        again: bool = False,
    ) -> None:
        """``save`` registers otherwise than by the form alone: from a check, from a report of the public."""
        hazards = office.desk.hazards
        save = save or partial(register_hazard, hazards)
        fields = form_fields(hazards.entry_fields())
        super().__init__(office, title, fields, save, parent, values, ledger=hazards, again=again)
        self.form.unfolded.connect(self._bring_into_sight)

    def make_form(self, fields: Iterable[Field]) -> FoldingForm:
        return FoldingForm(fields, self._office.today, self, folded)

    def _bring_into_sight(self, last: QWidget) -> None:
        """Scroll to what was unfolded, once it has its place."""
        QTimer.singleShot(0, last, partial(self.area.ensureWidgetVisible, last))
