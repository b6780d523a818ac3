"""The informant's name and number, shown after a reason was given; nothing of it is kept here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.books.informants import ENTRY
from hazard_desk.rules.fields import Row
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.facts import Facts
from ui.widgets.layouts import Rest, across, down


class InformantDialog(QDialog):
    """Shows the protected fields of one informant."""

    def __init__(self, informant: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("举报人信息")
        facts = Facts(self)
        facts.add_record(ENTRY, informant)
        close = button("关闭", self, self.accept)
        close.setDefault(True)
        down(
            facts,
            label("请注意保密。本次查看已记录在案。", self, "small", wrap=True),
            across(Rest(), close),
            within=self,
            edges=ROOM,
            gap=ROOM,
        )
        self.setMinimumWidth(320)
