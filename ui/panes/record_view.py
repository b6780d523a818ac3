"""A record without a page of its own, to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hazard_desk.rules.fields import Field, Row
from ui.style import ROOM
from ui.widgets.basics import button
from ui.widgets.facts import Facts


class RecordView(QDialog):
    """The facts of one record."""

    def __init__(self, title: str, fields: Sequence[Field], record: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        facts = Facts(self)
        facts.add_record(fields, record)
        close = button("关闭", self, self.accept)
        close.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        layout.setSpacing(ROOM)
        layout.addWidget(facts)
        layout.addStretch(1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(min(520, parent.window().width() - 40), 200)
