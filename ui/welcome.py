"""The first start: there is no desk yet, so choose the plan and make one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.library.plans import bundled, load_plan
from ui.style import ROOM
from ui.widgets.basics import button, label


class WelcomeDialog(QDialog):
    """Makes a desk; when it is accepted, ``desk`` is open."""

    def __init__(self, folder: Path, today: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建台账")
        self.desk: Desk | None = None
        self._folder = folder
        self._today = today
        self._ids = list(bundled())
        self.plans = QListWidget(self)
        for path in bundled().values():
            plan = load_plan(path)
            QListWidgetItem(plan.title, self.plans).setToolTip(plan.title)
        self.plans.setCurrentRow(0)
        self.plans.itemDoubleClicked.connect(self.make)
        self.problem = label("", self, "problem", wrap=True)
        self.problem.hide()
        self._set_out()

    def make(self) -> None:
        """Make the desk on the chosen plan."""
        try:
            self.desk = Desk.create(self._folder, self._ids[self.plans.currentRow()], self._today)
        except (Refused, Trouble) as error:
            self.problem.setText(error.message)
            self.problem.show()
            return
        self.accept()

    def _set_out(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("退出", self, self.reject))
        maker = button("新建台账", self, self.make, role="primary")
        maker.setDefault(True)
        foot.addWidget(maker)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        layout.setSpacing(12)
        layout.addWidget(label("这里还没有台账。请选择本单位执行的方案：", self, wrap=True))
        layout.addWidget(self.plans, 1)
        layout.addWidget(label(f"台账存放在 {self._folder}", self, "small", wrap=True))
        layout.addWidget(self.problem)
        layout.addLayout(foot)
        self.resize(560, 360)
