"""All that is dated on one day, as a list to open from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hazard_desk.figures.dated import DueItem
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.due_list import DueList
from ui.widgets.layouts import Stretch, across, down

_LINES = 10


class DayDialog(Dialog):
    """The items of a day; opening one closes the dialog."""

    open_record = Signal(str)

    def __init__(self, heading: str, items: Sequence[DueItem], parent: QWidget) -> None:
        super().__init__(heading, parent)
        self.list = DueList(self, in_dialog=True)
        self.list.setAccessibleName(f"{heading}的事项")
        self.list.show_items(items)
        self.list.setCurrentRow(0)
        self.list.open_record.connect(self._open)
        told = f"共{len(items)}项，双击或按 Enter 打开" if items else "这一天没有事项"
        foot = across(Stretch(), button("关闭", self, self.reject))
        if items:
            opener = button("打开", self, self.list.open_current, role="primary")
            opener.setDefault(True)
            foot.addWidget(opener)
        down(label(told, self, "soft"), Stretch(self.list), foot, within=self, edges=ROOM)
        lines = min(_LINES, max(2, len(items))) * self.list.sizeHintForRow(0 if items else -1)
        self.take_room(640, max(220, 120 + lines))
        self.list.setFocus()

    def _open(self, record: str) -> None:
        self.accept()
        self.open_record.emit(record)
