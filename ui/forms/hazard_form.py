"""The form that registers a hazard: the tick 当场整改 unfolds what else happened on that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.books.hazards.same_day import (
    ON_THE_SPOT,
    form_fields,
    register_hazard,
    spot_fields,
    unfolded,
)
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.fields import Field, Row, Value
from hazard_desk.store.columns import name_of
from ui.forms.form_dialog import FormDialog, Save
from ui.forms.record_form import RecordForm
from ui.office import Office
from ui.style import ROOM


class HazardForm(RecordForm):
    """Shows what the tick and the level ask for, and hides the rest."""

    unfolded = Signal(QWidget)
    """What was asked for besides is shown now; the last of its boxes."""

    def __init__(self, fields: Iterable[Field], today: date, parent: QWidget, edges: int = ROOM) -> None:
        super().__init__(fields, today, parent, edges)
        for name in (ON_THE_SPOT.name, name_of(Hazard.level)):
            self.editor(name).edited.connect(self._unfold)
        self._show_asked()

    def put(self, values: Mapping[str, Value]) -> None:
        super().put(values)
        self._show_asked()

    def restore(self, raw: Mapping[str, Value]) -> None:
        super().restore(raw)
        self._show_asked()

    def _unfold(self) -> None:
        if shown := self._show_asked():
            self.unfolded.emit(shown[-1])

    def _show_asked(self) -> list[QWidget]:
        """Show the boxes that are asked for; return those that were hidden until now."""
        asked = unfolded(self.raw())
        spots = [self.boxes[field.name] for field in spot_fields()]
        new: list[QWidget] = [box for box in spots if box.isHidden() and box.field.name in asked]
        for box in spots:
            box.setVisible(box.field.name in asked)
        return new


class HazardDialog(FormDialog):
    """Registers a hazard, found or found and settled on one day, in one act."""

    form: HazardForm

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

    def make_form(self, fields: Iterable[Field]) -> HazardForm:
        return HazardForm(fields, self._office.today, self)

    def _bring_into_sight(self, last: QWidget) -> None:
        """Scroll to what was unfolded, once it has its place."""
        QTimer.singleShot(0, last, partial(self.area.ensureWidgetVisible, last))
