"""A form that hides what is not asked for: a tick or a choice unfolds the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from hazard_desk.rules.fields import Field, Kind, Row, Value
from ui.forms.field_box import FieldBox
from ui.forms.record_form import RecordForm
from ui.style import ROOM


class FoldingForm(RecordForm):
    """Hides the fields that are not asked for as it is filled in now."""

    def __init__(
        self,
        fields: Iterable[Field],
        today: date,
        parent: QWidget,
        folds: Callable[[Row], Collection[str]],
        edges: int = ROOM,
    ) -> None:
        """``folds`` returns the names of the fields that are not asked for, by what stands in the form."""
        self._folds = folds
        super().__init__(fields, today, parent, edges)
        for box in self.boxes.values():
            if box.field.kind in (Kind.BOOL, Kind.CHOICE):
                box.edited.connect(self._unfold)

    def folded_at_first(self) -> Collection[str]:
        return self._folds(self.raw())

    def put(self, values: Mapping[str, Value]) -> None:
        super().put(values)
        self._fold()

    def write(self, values: Mapping[str, Value]) -> None:
        super().write(values)
        self._fold()

    def restore(self, raw: Mapping[str, Value]) -> None:
        super().restore(raw)
        self._fold()

    def _unfold(self) -> None:
        if new := self._fold():
            self.grown.emit(new[-1])

    def _fold(self) -> list[FieldBox]:
        return self.fold(self._folds(self.raw()))
