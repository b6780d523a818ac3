"""A record without a page of its own, to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.rules.fields import Field, Row
from ui.style import ROOM
from ui.widgets.basics import button
from ui.widgets.facts import Facts
from ui.widgets.layouts import Rest, across, down


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
        down(facts, Rest(), across(Rest(), close), within=self, edges=ROOM, gap=ROOM)
        self.resize(min(520, parent.window().width() - 40), 200)
