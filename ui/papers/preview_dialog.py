"""The preview of one paper in a window of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.office import Office
from ui.papers.preview import Chosen, Preview
from ui.style import ROOM
from ui.widgets.basics import button
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import down


class PreviewDialog(Dialog):
    """Shows a paper before it is saved, printed or sent."""

    def __init__(self, office: Office, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(f"预览：{chosen.title}", parent)
        self.preview = Preview(office, self)
        self.preview.acts.addWidget(button("关闭", self, self.reject))
        down(self.preview, within=self, edges=ROOM)
        self.take_room(900, self.over.height())
        self.preview.show_paper(chosen)
