"""What a salvage gave: how many records of each book, and what could not be put back as it was."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from hazard_desk.rescue import Salvaged
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down


class SalvagedDialog(Dialog):
    """``opened`` says that the clerk wants to go on with the new desk."""

    opened = Signal()

    def __init__(self, made: Salvaged, parent: QWidget) -> None:
        super().__init__("抢救完成", parent)
        counts = "、".join(f"{title}{count}条" for title, count in made.counts.items() if count)
        lost = QPlainTextEdit("\n".join(made.lost), self)
        lost.setTabChangesFocus(True)
        lost.setReadOnly(True)
        lost.setAccessibleName("没能原样救回的内容")
        lost.setVisible(bool(made.lost))
        go = button("打开这本台账", self, self.go, role="primary")
        go.setDefault(True)
        down(
            label(made.sentence, self, "heading", wrap=True),
            label(f"其中：{counts}。损坏的台账没有改动，仍在原处。", self, "soft", wrap=True),
            Stretch(lost),
            across(Stretch(), button("以后再说", self, self.reject), go),
            within=self,
            edges=ROOM,
            gap=12,
        )
        self.take_room(640, 420 if made.lost else 200)

    def go(self) -> None:
        """Close and go on with the new desk."""
        self.accept()
        self.opened.emit()
