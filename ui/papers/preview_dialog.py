"""The preview of one paper in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui.office import Office
from ui.papers.preview import Chosen, Preview
from ui.style import ROOM
from ui.widgets.basics import button
from ui.widgets.layouts import down


class PreviewDialog(QDialog):
    """Shows a paper before it is saved, printed or sent."""

    def __init__(self, office: Office, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"预览：{chosen.title}")
        self.preview = Preview(office, self)
        self.preview.acts.addWidget(button("关闭", self, self.reject))
        down(self.preview, within=self, edges=ROOM)
        room = parent.window().size()
        self.resize(min(900, room.width() - 40), room.height() - 40)
        self.preview.show_paper(chosen)
