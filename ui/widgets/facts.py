"""Facts of a record, label beside value, long texts under their label."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hazard_desk.rules.fields import Field, Row
from ui.style import ROOM
from ui.widgets.basics import label

_LONGEST = 10
"""Characters of a name that still leave room for values beside it."""


class Facts(QWidget):
    """A grid of label and value; values wrap and can be copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(ROOM)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, value: str) -> QLabel:
        """Add one fact; return the label of its value. A long name has a line of its own."""
        row = self._grid.rowCount()
        if len(name) > _LONGEST:
            whole = label(f"{name}：{value}", self, wrap=True)
            self._grid.addWidget(whole, row, 0, 1, 2)
            return whole
        heading = label(name, self, "soft")
        heading.setAlignment(Qt.AlignmentFlag.AlignTop)
        shown = label(value, self, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setMinimumWidth(80)
        self._grid.addWidget(heading, row, 0)
        self._grid.addWidget(shown, row, 1)
        return shown

    def add_record(self, fields: Iterable[Field], record: Row) -> None:
        """Add the facts of a record that are filled in."""
        for field in fields:
            if shown := field.show(record.get(field.name)):
                self.add(field.heading, shown)
