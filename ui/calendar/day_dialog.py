"""All that is dated on one day, as a list to open from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.figures.due import DueItem
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.due_list import DueList
from ui.widgets.layouts import Rest, across, down, put

_LINES = 10


class DayDialog(QDialog):
    """The items of a day; opening one closes the dialog."""

    open_record = Signal(str)

    def __init__(self, heading: str, items: Sequence[DueItem], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.list = DueList(self, in_dialog=True)
        self.list.setAccessibleName(f"{heading}的事项")
        self.list.show_items(items)
        self.list.setCurrentRow(0)
        self.list.open_record.connect(self._open)
        layout = down(within=self, edges=ROOM)
        told = f"共{len(items)}项，双击或按 Enter 打开" if items else "这一天没有事项"
        put(layout, label(told, self, "soft"), Rest(self.list))
        foot = across(Rest(), button("关闭", self, self.reject))
        if items:
            opener = button("打开", self, self.list.open_current, role="primary")
            opener.setDefault(True)
            foot.addWidget(opener)
        layout.addLayout(foot)
        room = parent.window().size()
        height = 120 + min(_LINES, max(2, len(items))) * self.list.sizeHintForRow(0 if items else -1)
        self.resize(min(640, room.width() - 40), max(220, min(height, room.height() - 40)))
        self.list.setFocus()

    def _open(self, record: str) -> None:
        self.accept()
        self.open_record.emit(record)
