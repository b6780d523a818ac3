"""With which of several records it was not done, and why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.books.kit.many import ManyTried
from ui.style import ROOM, letters
from ui.widgets.basics import label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.rows import by_rows

_NAME = 13
"""Characters of a record's name."""
_AT_ONCE = 300
"""So many are written at once: thousands, and as high as their reasons are long, would halt the window."""


class RefusalsDialog(Dialog):
    """Lists each record that was refused with its reason; the others are done."""

    def __init__(self, what: str, tried: ManyTried, parent: QWidget) -> None:
        super().__init__(f"{what}：没有办成的", parent)
        self._refused = tried.refused
        self.table = QTableWidget(len(tried.refused), 2, self)
        self.table.setAccessibleName("没有办成的记录和原因")
        self.table.setHorizontalHeaderLabels(["记录", "原因"])
        by_rows(self.table)
        self.table.setWordWrap(True)
        self.table.setColumnWidth(0, letters(_NAME))
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._write(0)
        head = f"{len(tried.done)}条已经办好，下面{len(tried.refused)}条没有办，原因写在后面。"
        down(
            label(head, self, "problem", wrap=True),
            Stretch(self.table),
            across(Stretch(), self.closer()),
            within=self,
            edges=ROOM,
        )
        self.take_room(760, 420, "refusals")
        if len(tried.refused) <= _AT_ONCE:
            self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _write(self, first: int) -> None:
        """Write some lines from this one on, the others once the window came round."""
        for row, one in enumerate(self._refused[first : first + _AT_ONCE], start=first):
            for column, text in enumerate((one.name, one.reason)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name}：{one.reason}")
                self.table.setItem(row, column, item)
        if first + _AT_ONCE < len(self._refused):
            QTimer.singleShot(0, self, partial(self._write, first + _AT_ONCE))
